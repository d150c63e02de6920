/** Hands a signal that is there to the calls that do not get it. */
import { Draft, enclosing, finish, hasProperty, setOptions, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export interface SignalFixData {
  readonly path: string;
  /** `controller.signal` */
  readonly signal: string;
  readonly kind: "made" | "given" | "offered";
  readonly calls: readonly { readonly call: Span; readonly argument: number; readonly name: string }[];
  /** Where the signal is made, or the policy runs its function. */
  readonly at: Span;
}

export function signalFixes(data: SignalFixData): readonly FixOffer[] {
  if (data.calls.length === 0) return [];
  const title =
    data.calls.length === 1 ? "Pass the signal to the call" : `Pass the signal to ${data.calls.length} calls`;
  return [{ id: "timeout/pass-signal", title, kind: "safe", build: (context) => pass(context, data) }];
}

function pass(context: FixContext, data: SignalFixData): FixResult {
  const draft = Draft.open(context, data.path);
  if (draft === undefined) return STALE;
  let first: ts.CallExpression | undefined;
  for (const { call: span, argument, name } of data.calls) {
    const call = enclosing(draft.file, span, ts.isCallExpression);
    if (call === undefined) return STALE;
    first ??= call;
    if (hasProperty(call.arguments[argument], name)) continue;
    const set = setOptions(draft, call, argument, { [name]: data.signal });
    if (!set.ok) return set;
  }
  if (data.kind === "offered" && first !== undefined && !takeSignal(draft, first))
    return { ok: false, reason: "The function takes something else already" };
  return finish(draft);
}

/** `() => fetch(url)` → `({ signal }) => fetch(url, …)` */
function takeSignal(draft: Draft, call: ts.CallExpression): boolean {
  const run = ts.findAncestor(call, (node) => ts.isArrowFunction(node) || ts.isFunctionExpression(node));
  if (run === undefined || !(ts.isArrowFunction(run) || ts.isFunctionExpression(run))) return false;
  const [param] = run.parameters;
  if (param !== undefined) return draft.source(param.name).includes("signal");
  const open = draft.text.indexOf("(", run.getStart(draft.file));
  draft.insert(open + 1, "{ signal }");
  return true;
}
