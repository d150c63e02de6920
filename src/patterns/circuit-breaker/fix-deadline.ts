/** Gives the calls of a breaker a deadline: by the breaker's own option, by a policy inside it, or at the call. */
import { ancestor, descendants, Draft, finish, nodeAt, setOptions, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";
import type { TimeoutFixData } from "../timeout/data.ts";
import { timeoutFixes } from "../timeout/fix.ts";

export type DeadlineFixData =
  | { readonly by: "option" | "policy"; readonly path: string; readonly made: Span; readonly options: number }
  | { readonly by: "call"; readonly call: TimeoutFixData };

export function deadlineFixes(data: DeadlineFixData): readonly FixOffer[] {
  if (data.by === "call") return timeoutFixes(data.call);
  return [{ id: "circuit-breaker/deadline", title: "Let the breaker give up on a call after 10 s", kind: "review", build: (context) => giveDeadline(context, data) }];
}

function giveDeadline(context: FixContext, { by, path, made: span, options }: DeadlineFixData & { readonly by: "option" | "policy" }): FixResult {
  const draft = Draft.open(context, path);
  const made = draft && nodeAt(draft.file, span);
  if (draft === undefined || made === undefined || !(ts.isCallExpression(made) || ts.isNewExpression(made))) return STALE;
  if (by === "option") {
    const set = setOptions(draft, made, options, { timeout: "10_000" });
    return set.ok ? finish(draft) : set;
  }
  return withPolicy(draft, made);
}

/** cockatiel: the deadline stands inside the breaker, so that running out of time is a failure to it. */
function withPolicy(draft: Draft, made: ts.Expression): FixResult {
  const { parent } = made;
  const isCombined = ts.isCallExpression(parent) && /(^|\.)wrap$/.test(draft.source(parent.expression));
  if (!isCombined && usesBeyondExecute(draft, made)) return { ok: false, reason: "The breaker's own events are listened to; combine it with a timeout by hand" };
  const names = isCombined ? ["timeout", "TimeoutStrategy"] : ["timeout", "TimeoutStrategy", "wrap"];
  const local = draft.import({ specifier: "cockatiel", names });
  const deadline = `${local("timeout")}(10_000, ${local("TimeoutStrategy")}.Aggressive)`;
  if (isCombined) draft.insert(made.end, `, ${deadline}`);
  else {
    draft.insert(made.getStart(draft.file), `${local("wrap")}(`);
    draft.insert(made.end, `, ${deadline})`);
  }
  return finish(draft);
}

/** `breaker.onBreak(…)`, `breaker.state`: what a combination of policies does not have. */
function usesBeyondExecute(draft: Draft, made: ts.Expression): boolean {
  const declaration = ancestor(made, ts.isVariableDeclaration);
  if (declaration === undefined || declaration.initializer !== made || !ts.isIdentifier(declaration.name)) return false;
  const { text } = declaration.name;
  return descendants(draft.file).some((node) => ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === text && node.name.text !== "execute");
}
