/** Calls that make, keep, cut or chunk collections, by name, and small looks at code that `collection.ts` needs. */
import type { CallValue, Value } from "../../syntax/summary.ts";
import type { Frame } from "./traced.ts";

/** As many items as their receiver, or fewer. */
export const KEEPS = /^(filter|map|flatMap|flat|sort|toSorted|reverse|toReversed|values|keys|entries|toArray|with|toJSON|lean|then|catch)$/;
export const CUTS = /^(slice|splice|take|limit|first|sample|sampleSize)$/;
export const CHUNKS = /(chunk|batch|partition|split|paginat|windowed)/i;
export const STATICS: Readonly<Record<string, RegExp>> = { Object: /^(keys|values|entries|fromEntries|assign)$/, Array: /^(from|of)$/, Promise: /^(all|allSettled|resolve)$/ };

export function returnsOf(body: Frame["fn"]["body"], visit: (value: Value) => void): void {
  for (const step of body) {
    if (step.kind === "return" && step.value) visit(step.value);
    else if (step.kind === "if") [step.then, step.else].forEach((b) => returnsOf(b, visit));
    else if (step.kind === "loop" || step.kind === "block") returnsOf(step.body, visit);
    else if (step.kind === "try") [step.body, step.handler?.body ?? [], step.finalizer ?? []].forEach((b) => returnsOf(b, visit));
    else if (step.kind === "switch") step.cases.forEach((c) => returnsOf(c.body, visit));
  }
}

export function isThis(value: Value): boolean {
  return value.kind === "name" && value.name === "this";
}

export function chainOfPromiseAll(call: CallValue): boolean {
  return call.callee.kind === "member" && call.callee.of.kind === "name" && call.callee.of.name === "Promise" && call.callee.name === "all";
}
