/** Keys by which the other side of a task tells a second attempt from the first. */
import type { Value } from "../../syntax/summary.ts";
import type { FunctionRef } from "../knowledge.ts";
import { flowOf } from "./flow.ts";
import { possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

const KEY = /idempot|dedup|request_?id|(?:order|payment|transaction|charge|invoice|transfer|reference|workflow|run|operation)_?id$|(?:^|_)key$|uuid|nonce|[a-z]Key$/i;
const MAX_DEPTH = 2;

/** The code of a task is seen, and neither it nor whoever asks for the task hands on a key. One that is made and kept is none. */
export function handsOnNoKey(tracer: Tracer, code: readonly FunctionRef[], task: { readonly name: string; readonly path: string }): boolean {
  return code.length > 0 && !code.some((ref) => handsOn(tracer, ref, 0)) && !isGiven(tracer, task);
}

function handsOn(tracer: Tracer, ref: FunctionRef, depth: number): boolean {
  const [fn, frame] = [tracer.fn(ref), tracer.frame(ref)];
  if (!fn || !frame) return true;
  return flowOf(fn).steps.some(({ call }) => {
    if (call.args.some(namesKey)) return true;
    const called = depth < MAX_DEPTH ? possibilities(tracer.trace(call.callee, frame)) : [];
    return called.some((one) => one.is === "function" && handsOn(tracer, one.ref, depth + 1));
  });
}

function isGiven(tracer: Tracer, { name, path }: { readonly name: string; readonly path: string }): boolean {
  const functions = tracer.view(path).summary?.functions ?? [];
  return functions.some((fn) => flowOf(fn).steps.some(({ call }) => nameOf(call.callee) === name && call.args.some(namesKey)));
}

function nameOf(callee: Value): string | undefined {
  return callee.kind === "name" || callee.kind === "member" ? callee.name : undefined;
}

function namesKey(value: Value): boolean {
  switch (value.kind) {
    case "name":
    case "member":
      return KEY.test(value.name);
    case "object":
      return value.properties.some(({ key, value: held }) => (key !== undefined && KEY.test(key)) || namesKey(held));
    case "template":
      return value.parts.some(namesKey);
    default:
      return false;
  }
}
