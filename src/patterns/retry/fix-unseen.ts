/** Lets the failure of an attempt come to whoever repeats it. */
import {
  ancestor,
  descendants,
  Draft,
  enclosing,
  finish,
  freshName,
  STALE,
  ts,
  wholePromise,
} from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export interface UnseenFixData {
  readonly why: "caught" | "answer" | "started";
  readonly path: string;
  /** The catch, the call whose answer hides the failure, or the call that was started too early. */
  readonly place: Span;
  /** It is an own loop that repeats, and no function that was handed over. */
  readonly isLoop: boolean;
}

const TITLE = {
  caught: "Let the failure through to the retry",
  answer: "Throw when the server says that it cannot answer now",
  started: "Start the work anew in each attempt",
} as const;

export function unseenFixes(data: UnseenFixData): readonly FixOffer[] {
  const build = data.why === "caught" ? letThrough : data.why === "answer" ? throwOnStatus : startLater;
  return [
    {
      id: `retry/unseen-${data.why}`,
      title: TITLE[data.why],
      kind: "review",
      build: (context) => build(context, data),
    },
  ];
}

/** The catch ends in `throw error` instead of in a value. */
function letThrough(context: FixContext, data: UnseenFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const clause = draft && enclosing(draft.file, data.place, ts.isCatchClause);
  if (draft === undefined) return STALE;
  if (clause === undefined) return dropCatch(draft, data);
  const { block, variableDeclaration } = clause;
  if (descendants(block, (node) => !ts.isFunctionLike(node)).some(ts.isThrowStatement)) return { ok: true, edits: [] };
  const name = variableDeclaration?.name;
  if (name !== undefined && !ts.isIdentifier(name))
    return { ok: false, reason: "The error is taken apart where it is caught" };
  const error = name?.text ?? "error";
  if (name === undefined) draft.insert(block.getStart(draft.file), `(${error}) `);
  const returns = descendants(block, (node) => !ts.isFunctionLike(node)).filter(ts.isReturnStatement);
  for (const each of returns) draft.replace(each, draft.styled(`throw ${error};`));
  const last = block.statements.at(-1);
  if (last === undefined || !ts.isReturnStatement(last)) draft.append(block, `throw ${error};`);
  return finish(draft);
}

/** `load().catch(() => undefined)` loses its `.catch`. */
function dropCatch(draft: Draft, data: UnseenFixData): FixResult {
  const access = enclosing(draft.file, data.place, ts.isPropertyAccessExpression);
  if (access === undefined || access.name.text !== "catch" || !ts.isCallExpression(access.parent))
    return { ok: true, edits: [] };
  draft.replace(access.parent, draft.source(access.expression));
  return finish(draft);
}

function throwOnStatus(context: FixContext, data: UnseenFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.place, ts.isCallExpression);
  if (draft === undefined || call === undefined) return STALE;
  const scope = ts.findAncestor(call, ts.isFunctionLike) ?? draft.file;
  if (/\.status >= 500/.test(draft.source(scope))) return { ok: true, edits: [] };
  const awaited = ts.isAwaitExpression(call.parent) ? call.parent : undefined;
  const declared =
    awaited !== undefined && ts.isVariableDeclaration(awaited.parent) && ts.isIdentifier(awaited.parent.name)
      ? awaited.parent
      : undefined;
  const statement = ts.findAncestor(call, ts.isStatement);
  if (declared !== undefined && statement !== undefined && ts.isVariableStatement(statement)) {
    draft.after(statement, check(declared.name.getText(draft.file)));
    return finish(draft);
  }
  const name = freshName(draft.file, "response");
  if (
    statement !== undefined &&
    ts.isReturnStatement(statement) &&
    (statement.expression === call || statement.expression === awaited) &&
    isAsync(scope)
  ) {
    draft.replace(
      statement,
      draft.styled(
        `const ${name} = await ${draft.source(call)};\n${check(name)}\nreturn ${name};`,
        leadOf(draft, statement),
      ),
    );
    return finish(draft);
  }
  const arrow = call.parent;
  if (ts.isArrowFunction(arrow) && arrow.body === call) return openArrow(draft, arrow, call, name);
  return { ok: false, reason: "The answer is used where it comes in: give it a name first" };
}

/** `() => fetch(url)` becomes a block that looks at the answer. */
function openArrow(draft: Draft, arrow: ts.ArrowFunction, call: ts.Expression, name: string): FixResult {
  const outer = leadOf(draft, arrow);
  const lead = outer + draft.style.indent;
  const { newline } = draft.style;
  const body = draft.styled(
    `const ${name} = await ${draft.source(wholePromise(call))};\n${check(name)}\nreturn ${name};`,
    lead,
  );
  if (!isAsync(arrow)) draft.insert(arrow.getStart(draft.file), "async ");
  draft.replace(call, `{${newline}${lead}${body}${newline}${outer}}`);
  return finish(draft);
}

/** Only what another attempt may mend: a refusal is an answer. */
function check(name: string): string {
  return `if (${name}.status >= 500 || ${name}.status === 429) throw new Error(\`The server answered \${${name}.status}\`);`;
}

function startLater(context: FixContext, data: UnseenFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.place, ts.isCallExpression);
  if (draft === undefined || call === undefined) return STALE;
  if (ts.isArrowFunction(call.parent)) return { ok: true, edits: [] };
  if (!data.isLoop) {
    draft.insert(call.getStart(draft.file), "() => ");
    return finish(draft);
  }
  const declared = call.parent;
  if (!ts.isVariableDeclaration(declared) || !ts.isIdentifier(declared.name))
    return { ok: false, reason: "The promise is not kept in a variable of its own" };
  const { text } = declared.name;
  const owner = ancestor(declared, ts.isFunctionLike) ?? draft.file;
  const uses = descendants(owner).filter(
    (node) => ts.isIdentifier(node) && node.text === text && node !== declared.name && !isPropertyName(node),
  );
  if (declared.type !== undefined) return { ok: false, reason: "The variable says that it is a promise" };
  draft.insert(call.getStart(draft.file), "() => ");
  for (const use of uses) draft.insert(use.end, "()");
  return finish(draft);
}

function isPropertyName(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}

function leadOf(draft: Draft, node: ts.Node): string {
  const start = draft.text.lastIndexOf("\n", node.getStart(draft.file) - 1) + 1;
  return /^[ \t]*/.exec(draft.text.slice(start))?.[0] ?? "";
}

function isAsync(node: ts.Node): boolean {
  return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Async) !== 0;
}
