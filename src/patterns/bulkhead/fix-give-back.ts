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
  readonly shape: GiveBackShape;
}

/**
 * `finally`: around all that follows. `try`: it is filled later, and the `try` that this happens in gets the `finally`. `catch`: a
 * transaction, which is rolled back where something fails. `earlier`: its transaction is rolled back before it is given back.
 */
export type GiveBackShape = { readonly by: "finally" | "try" | "catch" } | { readonly by: "earlier"; readonly before: Span; readonly undo: string };

export function giveBackFixes(data: GiveBackData): readonly FixOffer[] {
  const { name, shape } = data;
  switch (shape.by) {
    case "catch":
      return [{ id: "bulkhead/roll-back", title: `Roll \`${name}\` back when something fails`, kind: "review", build: (context) => rollBack(context, data) }];
    case "earlier":
      return [{ id: "bulkhead/roll-back-first", title: `Roll back before \`${name}\` is given back`, kind: "review", build: (context) => rollBackFirst(context, data.path, shape.before, `await ${name}.${shape.undo};`) }];
    case "try":
      return [{ id: "bulkhead/give-back", title: `Give \`${name}\` back in the \`finally\` of its \`try\``, kind: "safe", build: (context) => giveBackInTry(context, data) }];
    case "finally":
      return [{ id: "bulkhead/give-back", title: `Give \`${name}\` back in a \`finally\``, kind: "safe", build: (context) => giveBack(context, data) }];
  }
}

function rollBackFirst(context: FixContext, path: string, before: Span, undo: string): FixResult {
  const draft = Draft.open(context, path);
  const statement = draft && enclosing(draft.file, before, ts.isExpressionStatement);
  if (draft === undefined || statement === undefined || !(ts.isBlock(statement.parent) || ts.isCaseClause(statement.parent))) return STALE;
  draft.before(statement, undo);
  return finish(draft);
}

/** The outermost `try` that it is filled in, beside the declaration. */
function giveBackInTry(context: FixContext, data: GiveBackData): FixResult {
  const draft = Draft.open(context, data.path);
  const filled = draft && enclosing(draft.file, data.statement, ts.isExpressionStatement);
  if (draft === undefined || filled === undefined) return STALE;
  const tried = triesAround(filled).at(-1);
  if (tried === undefined) return { ok: false, reason: "Nothing tries what it is filled in" };
  const call = `${data.isAsync ? "await " : ""}${data.name}?.${data.giveBack[0] ?? "release"}();`;
  for (const each of descendants(tried)) if (ts.isExpressionStatement(each) && gives(draft, each.expression, data)) removeLine(draft, each);
  if (tried.finallyBlock !== undefined) draft.append(tried.finallyBlock, call);
  else finallyAfter(draft, tried, call);
  return finish(draft);
}

function triesAround(node: ts.Node): readonly ts.TryStatement[] {
  const found: ts.TryStatement[] = [];
  for (let at: ts.Node = node; !ts.isSourceFile(at) && !ts.isFunctionLike(at); at = at.parent) if (ts.isTryStatement(at)) found.push(at);
  return found;
}

function finallyAfter(draft: Draft, tried: ts.Node, call: string): void {
  const lead = indentAt(draft.text, tried.getStart(draft.file));
  draft.insert(tried.end, ` finally {${draft.style.newline}${lead}${draft.style.indent}${draft.styled(call)}${draft.style.newline}${lead}}`);
}

/** The rest of the block in a `try` whose `catch` rolls back and throws on. */
function rollBack(context: FixContext, data: GiveBackData): FixResult {
  const draft = Draft.open(context, data.path);
  const statement = draft && enclosing(draft.file, data.statement, ts.isVariableStatement);
  if (draft === undefined || statement === undefined || !ts.isBlock(statement.parent)) return STALE;
  const { statements } = statement.parent;
  const first = statements[statements.indexOf(statement) + 1];
  const last = statements.at(-1);
  if (first === undefined || last === undefined) return { ok: false, reason: "Nothing is done in the transaction" };
  const own = first.getStart(draft.file);
  if (!/\n[ \t]*$/.test(draft.text.slice(0, own))) return { ok: false, reason: "The code stands on one line; give it lines of its own first" };
  const { newline, indent } = draft.style;
  const lead = indentAt(draft.text, own);
  const inside = indented(draft, { at: own, end: last.end }, { given: [], first });
  const lines = ["try {", `${indent}${inside}`, "} catch (error) {", `${indent}${draft.styled(`await ${data.name}.rollback();`)}`, `${indent}${draft.styled("throw error;")}`, "}"];
  draft.swap(own, last.end, lines.map((line, index) => (index === 0 ? line : `${lead}${line}`)).join(newline));
  return finish(draft);
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
    else finallyAfter(draft, last, call);
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
