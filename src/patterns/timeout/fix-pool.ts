/** Bounds the wait for a connection. */
import { Draft, enclosing, finish, setOptions, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";
import { duration } from "./duration.ts";

export interface PoolFixData {
  readonly path: string;
  readonly make: Span;
  readonly argument: number;
  readonly option: string;
}

/** A connection that is not free by then will not be soon. */
const WAIT_MS = 5_000;

export function poolFixes(data: PoolFixData): readonly FixOffer[] {
  const title = `Wait for a connection no longer than ${WAIT_MS / 1_000} s`;
  return [{ id: "timeout/bound-wait", title, kind: "review", build: (context) => bound(context, data) }];
}

function bound(context: FixContext, data: PoolFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.make, isMaking);
  if (draft === undefined || call === undefined) return STALE;
  const set = setOptions(draft, call, data.argument, { [data.option]: duration(WAIT_MS) });
  return set.ok ? finish(draft) : set;
}

function isMaking(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}
