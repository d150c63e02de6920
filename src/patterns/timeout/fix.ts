/** Repairs of calls without deadline: at the shared client where there is one, else at the call. */
import { Draft, enclosing, finish, setOptions, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { TimeoutFixData, TimeoutInstance } from "./data.ts";
import { duration, nested } from "./duration.ts";
import { boundCall } from "./fix-call.ts";

const DEFAULT_MS = 10_000;

export function timeoutFixes(data: TimeoutFixData): readonly FixOffer[] {
  const { instance, ms = DEFAULT_MS } = data;
  const atCall: FixOffer = {
    id: "timeout/at-call",
    title: `Give this call ${seconds(ms)}`,
    kind: "review",
    build: (context) => boundCall(context, data, ms),
  };
  if (instance === undefined) return [atCall];
  const atInstance: FixOffer = {
    id: "timeout/at-client",
    title: `Give every call of ${instance.client} ${seconds(ms)}`,
    kind: "review",
    build: (context) => boundInstance(context, instance, ms),
  };
  return [atInstance, atCall];
}

function seconds(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000} s` : `${ms} ms`;
}

function boundInstance(context: FixContext, instance: TimeoutInstance, ms: number): FixResult {
  const draft = Draft.open(context, instance.path);
  if (draft === undefined) return STALE;
  const wishes = nested(instance.name, duration(ms, instance.unit));
  const call = enclosing(draft.file, instance.make, isMaking);
  if (call !== undefined && isMadeBy(draft, call, instance)) {
    const set = setOptions(draft, call, instance.argument, wishes);
    return set.ok ? finish(draft) : set;
  }
  const name = enclosing(draft.file, instance.make, ts.isIdentifier);
  if (name === undefined) return STALE;
  draft.insert(
    name.end,
    `.register(${draft.expression(
      `{ ${Object.entries(wishes)
        .map(([key, value]) => `${key}: ${value}`)
        .join(", ")} }`,
    )})`,
  );
  return finish(draft);
}

/** The span names the call or its callee, and not one of its arguments. */
function isMadeBy(draft: Draft, call: ts.CallExpression | ts.NewExpression, { make }: TimeoutInstance): boolean {
  return call.getStart(draft.file) === make.at || make.end <= call.expression.end;
}

function isMaking(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}
