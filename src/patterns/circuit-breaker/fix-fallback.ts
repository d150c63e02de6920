/** Takes away a fallback that fails with what it stands in for, so that the failure shows at once. */
import { ancestor, Draft, finish, freshName, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";
import { removeStatement } from "./statement.ts";

export interface FallbackFixData {
  /** `fallback`: the call that sets it. `catch`: the call that a catch makes again. */
  readonly by: "fallback" | "catch";
  readonly path: string;
  readonly call: Span;
}

export function fallbackFixes(data: FallbackFixData): readonly FixOffer[] {
  const title = data.by === "fallback" ? "Take the fallback away" : "Let the failure through";
  return [{ id: "circuit-breaker/no-fallback", title, kind: "review", build: (context) => (data.by === "fallback" ? takeAway(context, data) : letThrough(context, data)) }];
}

function takeAway(context: FixContext, { path, call: span }: FallbackFixData): FixResult {
  const draft = Draft.open(context, path);
  const call = draft && nodeAt(draft.file, span);
  if (draft === undefined || call === undefined || !ts.isCallExpression(call)) return STALE;
  const { parent } = call;
  if (ts.isExpressionStatement(parent)) removeStatement(draft, parent);
  else if (ts.isPropertyAccessExpression(call.expression)) draft.cut({ at: call.expression.expression.end, end: call.end });
  else if (ts.isCallExpression(parent) && parent.arguments.length > 2) cutArgument(draft, parent, call);
  else if (ts.isCallExpression(parent) && parent.arguments.length === 2) draft.replace(parent, draft.source(parent.arguments.find((each) => each !== call) ?? parent));
  else return { ok: false, reason: "The fallback is kept in a variable; take it out of the policies that it is combined with" };
  return finish(draft);
}

function cutArgument(draft: Draft, { arguments: args }: ts.CallExpression, argument: ts.Expression): void {
  const index = args.indexOf(argument);
  const next = args[index + 1];
  const before = args[index - 1];
  if (next !== undefined) draft.cut({ at: argument.getStart(draft.file), end: next.getStart(draft.file) });
  else if (before !== undefined) draft.cut({ at: before.end, end: argument.end });
}

/** `return ask(sku);` in a catch becomes `throw error;`. */
function letThrough(context: FixContext, { path, call: span }: FallbackFixData): FixResult {
  const draft = Draft.open(context, path);
  const call = draft && nodeAt(draft.file, span);
  if (draft === undefined || call === undefined) return STALE;
  const statement = ancestor(call, (node): node is ts.ReturnStatement | ts.ExpressionStatement => ts.isReturnStatement(node) || ts.isExpressionStatement(node), ts.isFunctionLike);
  const clause = ancestor(call, ts.isCatchClause);
  if (statement === undefined || clause === undefined) return { ok: false, reason: "What the catch does with the answer is for you to decide" };
  const { variableDeclaration } = clause;
  if (variableDeclaration !== undefined && !ts.isIdentifier(variableDeclaration.name)) return { ok: false, reason: "The error is taken apart where it is caught" };
  const name = variableDeclaration === undefined ? freshName(draft.file, "error") : draft.source(variableDeclaration.name);
  if (variableDeclaration === undefined) draft.insert(clause.getStart(draft.file) + "catch".length, ` (${name})`);
  draft.replace(statement, draft.styled(`throw ${name};`));
  return finish(draft);
}
