/** Puts a `try … finally` around everything that uses what was taken from a pool. */
import { descendants, Draft, enclosing, finish, indentAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export interface GiveBackData {
  readonly path: string;
  /** The declaration of what is taken. */
  readonly statement: Span;
  readonly name: string;
  readonly giveBack: readonly string[];
  /** Giving back has to be waited for (`endSession()`), or only where the code does so elsewhere. */
  readonly isAsync: boolean;
}

export function giveBackFixes(data: GiveBackData): readonly FixOffer[] {
  return [{ id: "bulkhead/give-back", title: `Give \`${data.name}\` back in a \`finally\``, kind: "safe", build: (context) => giveBack(context, data) }];
}

function giveBack(context: FixContext, data: GiveBackData): FixResult {
  const draft = Draft.open(context, data.path);
  const statement = draft && enclosing(draft.file, data.statement, ts.isVariableStatement);
  if (draft === undefined || statement === undefined || !ts.isBlock(statement.parent)) return STALE;
  const { statements } = statement.parent;
  const rest = statements.slice(statements.indexOf(statement) + 1);
  const [first] = rest;
  const last = rest.at(-1);
  const call = `${data.isAsync ? "await " : ""}${data.name}.${data.giveBack[0] ?? "release"}();`;
  if (first === undefined || last === undefined) {
    draft.after(statement, call);
    return finish(draft);
  }
  const own = first.getStart(draft.file);
  if (!/\n[ \t]*$/.test(draft.text.slice(0, own))) return { ok: false, reason: "The code stands on one line; give it lines of its own first" };
  // What gave it back on some ways would give it back twice now.
  const given = rest.flatMap((each) => descendants(each)).filter((node): node is ts.ExpressionStatement => ts.isExpressionStatement(node) && gives(draft, node.expression, data));
  const lead = indentAt(draft.text, own);
  if (ts.isTryStatement(last) && rest.slice(0, -1).every((each) => isSetUp(draft, each, data))) {
    for (const each of given) removeLine(draft, each);
    if (last.finallyBlock !== undefined) draft.append(last.finallyBlock, call);
    else draft.insert(last.end, ` finally {${draft.style.newline}${lead}${draft.style.indent}${draft.styled(call)}${draft.style.newline}${lead}}`);
    return finish(draft);
  }
  const { newline, indent } = draft.style;
  const inside = indented(draft, { at: own, end: last.end }, { given, first });
  draft.swap(own, last.end, `try {${newline}${lead}${indent}${inside}${newline}${lead}} finally {${newline}${lead}${indent}${draft.styled(call)}${newline}${lead}}`);
  return finish(draft);
}

/** `await client.query("BEGIN");` */
function isSetUp(draft: Draft, statement: ts.Statement, { name }: GiveBackData): boolean {
  return ts.isExpressionStatement(statement) && draft.source(statement).startsWith(`await ${name}.`);
}

function removeLine(draft: Draft, statement: ts.Statement): void {
  const start = statement.getStart(draft.file);
  const rest = /^[ \t]*(\/\/[^\r\n]*)?\r?\n/.exec(draft.text.slice(statement.end));
  if (rest === null || !/\n[ \t]*$/.test(draft.text.slice(0, start))) draft.replace(statement, "");
  else draft.cut({ at: start - indentAt(draft.text, start).length, end: statement.end + rest[0].length });
}

function gives(draft: Draft, expression: ts.Expression, { name, giveBack }: GiveBackData): boolean {
  const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
  return ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression) && draft.source(call.expression.expression) === name && giveBack.includes(call.expression.name.text);
}

/** The text one step further in, but for lines inside of texts, and without the statements that gave it back. */
function indented(draft: Draft, { at, end }: Span, { given, first }: { readonly given: readonly ts.ExpressionStatement[]; readonly first: ts.Node }): string {
  const texts = descendants(first.parent).filter((node) => ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node));
  const isInText = (offset: number): boolean => texts.some((node) => node.getStart(draft.file) < offset && offset < node.end);
  let text = "";
  let from = at;
  while (from < end) {
    const found = draft.text.indexOf("\n", from);
    const to = found < 0 || found >= end ? end : found + 1;
    const gone = given.find((each) => from <= each.getStart(draft.file) && each.end <= to);
    const line = draft.text.slice(from, to);
    const isAlone = gone !== undefined && line.trim() === draft.source(gone);
    if (!isAlone) text += (from === at || line.trim() === "" || isInText(from) ? "" : draft.style.indent) + (gone === undefined ? line : line.replace(draft.source(gone), ""));
    from = to;
  }
  return text.trimEnd();
}
