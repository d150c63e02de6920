/** Loops that leave when nobody waits any more. */
import { descendants, Draft, enclosing, finish, freshName, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export interface CancelFixData {
  readonly kind: "signal" | "stop";
  readonly path: string;
  readonly loop: Span;
  /** `signal`, `options.signal`, `this.stopped` */
  readonly name: string;
}

export function cancelFixes(data: CancelFixData): readonly FixOffer[] {
  const title =
    data.kind === "signal" ? `Leave the loop when ${data.name} is aborted` : `Ask ${data.name} before each attempt`;
  return [{ id: `retry/heed-${data.kind}`, title, kind: "review", build: (context) => heed(context, data) }];
}

function heed(context: FixContext, data: CancelFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const loop = draft && enclosing(draft.file, data.loop, isLoop);
  if (draft === undefined || loop === undefined) return STALE;
  return data.kind === "signal" ? heedSignal(draft, loop, data.name) : heedStop(draft, loop, data.name);
}

/** In the catch, before anything else: an aborted attempt is none that failed. */
function heedSignal(draft: Draft, loop: ts.IterationStatement, name: string): FixResult {
  if (/\.aborted\b/.test(draft.source(loop))) return { ok: true, edits: [] };
  const tried = descendants(loop.statement, (node) => !ts.isFunctionLike(node)).find(ts.isTryStatement);
  const clause = tried?.catchClause;
  if (clause === undefined) return STALE;
  const bound = clause.variableDeclaration?.name;
  if (bound !== undefined && !ts.isIdentifier(bound))
    return { ok: false, reason: "The error is taken apart where it is caught" };
  const error = bound?.text ?? freshName(draft.file, "error");
  if (bound === undefined) draft.insert(clause.block.getStart(draft.file), `(${error}) `);
  const line = `if (${name}${isSure(draft, loop, name) ? "" : "?"}.aborted) throw ${error};`;
  const [first] = clause.block.statements;
  if (first === undefined) draft.append(clause.block, line);
  else draft.before(first, line);
  return finish(draft);
}

/** A parameter or variable that is certainly a signal needs no question mark. */
function isSure(draft: Draft, loop: ts.Node, name: string): boolean {
  for (
    let owner = ts.findAncestor(loop, ts.isFunctionLike);
    owner !== undefined;
    owner = ts.findAncestor(owner.parent, ts.isFunctionLike)
  ) {
    const found = owner.parameters.find((each) => ts.isIdentifier(each.name) && each.name.text === name);
    if (found !== undefined)
      return (
        found.questionToken === undefined &&
        found.initializer === undefined &&
        found.type !== undefined &&
        draft.source(found.type) === "AbortSignal"
      );
  }
  return false;
}

function heedStop(draft: Draft, loop: ts.IterationStatement, name: string): FixResult {
  if (!ts.isBlock(loop.statement)) return { ok: false, reason: "The loop's body has no braces" };
  const [first] = loop.statement.statements;
  if (first === undefined) return STALE;
  const wanted = stopValue(draft, name);
  const line = `if (${wanted ? name : `!${name}`}) ${leave(loop)}`;
  if (draft.source(loop).includes(name)) return { ok: true, edits: [] };
  draft.before(first, line);
  return finish(draft);
}

/** Whether the flag is set or cleared to say stop. */
function stopValue(draft: Draft, name: string): boolean {
  return (
    new RegExp(`${name.replace(/[.$]/g, "\\$&")}\\s*=\\s*true`).test(draft.text) && !/running|active|alive/i.test(name)
  );
}

/** A function that owes no value can simply return. */
function leave(loop: ts.IterationStatement): string {
  const owner = ts.findAncestor(loop, ts.isFunctionLike);
  const owes =
    owner !== undefined &&
    descendants(owner, (node) => node === owner || !ts.isFunctionLike(node)).some(
      (node) => ts.isReturnStatement(node) && node.expression !== undefined,
    );
  return owes ? 'throw new Error("Stopped");' : "return;";
}

function isLoop(node: ts.Node): node is ts.IterationStatement {
  return ts.isIterationStatement(node, false);
}
