/** One layer of two that retry is turned off. */
import { Draft, enclosing, finish, setOptions, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export type NestedFixData =
  /** The client is told to leave it. */
  | {
      readonly kind: "client";
      readonly path: string;
      readonly make: Span;
      readonly argument: number;
      readonly name: string;
      readonly value: string;
      readonly client: string;
    }
  /** `withRetry(() => call())` becomes `call()`. */
  | { readonly kind: "unwrap"; readonly path: string; readonly call: Span; readonly by: string };

export function nestedFixes(data: NestedFixData): readonly FixOffer[] {
  if (data.kind === "client")
    return [
      {
        id: "retry/inner-off",
        title: `Turn off the retries of ${data.client}`,
        kind: "review",
        build: (context) => turnOff(context, data),
      },
    ];
  const title = `Leave out ${data.by} here: what it calls repeats already`;
  return [{ id: "retry/unwrap", title, kind: "review", build: (context) => unwrap(context, data) }];
}

function turnOff(context: FixContext, data: NestedFixData & { kind: "client" }): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.make, isMaking);
  if (draft === undefined || call === undefined) return STALE;
  const [first = data.name, ...rest] = data.name.split(".");
  const value = rest.reduceRight((inner, key) => `{ ${key}: ${inner} }`, data.value);
  const set = setOptions(draft, call, data.argument, { [first]: value });
  return set.ok ? finish(draft) : set;
}

function unwrap(context: FixContext, data: NestedFixData & { kind: "unwrap" }): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.call, ts.isCallExpression);
  if (draft === undefined || call === undefined) return STALE;
  const [run] = call.arguments;
  if (call.getStart(draft.file) !== data.call.at || call.end !== data.call.end) return { ok: true, edits: [] };
  if (run === undefined || !ts.isArrowFunction(run) || ts.isBlock(run.body) || run.parameters.length > 0)
    return { ok: false, reason: "What is repeated is more than one expression" };
  draft.replace(call, draft.source(run.body));
  return finish(draft);
}

function isMaking(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}
