/** Where a call stands, as far as it decides which protection anybody would miss there. */
import type { Value } from "../../syntax/summary.ts";
import type { Circumstance, FunctionRef } from "../knowledge.ts";
import type { Step } from "./flow.ts";
import { isNeverRun } from "./empty-rounds.ts";
import { isInComponent } from "./pages.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

/** A call, or the call of a wrapper on the way to it. */
export interface Stand {
  readonly step: Step;
  readonly ref: FunctionRef;
}

/** What holds for the call on one way to it; each once, in this order. */
export function circumstancesOf(tracer: Tracer, stands: readonly Stand[]): readonly Circumstance[] {
  const found: Circumstance[] = [];
  if (stands.some(({ step }) => isForDevelopers(step))) found.push("development");
  if (stands.some(({ ref }) => isOnPage(tracer, ref))) found.push("page");
  if (stands.some(({ step, ref }) => asksForStream(step) || readsAsStream(tracer, ref) || functionsAround(tracer, ref).some(isStreaming))) found.push("streams");
  if (stands.some(({ ref }) => namesAround(tracer, ref).some(isProbing))) found.push("probe");
  if (stands.some(({ step, ref }) => isNeverRun(tracer, step, ref))) found.push("never");
  return found;
}

/** Behind `process.env.NODE_ENV === "development"`. */
function isForDevelopers(step: Step): boolean {
  for (let within = step.within; within; within = within.up) {
    if (within.kind === "branch" && testsFor(within.test, within.side === "then")) return true;
  }
  return false;
}

function testsFor(test: Value, holds: boolean): boolean {
  if (test.kind !== "binary") return false;
  if (test.op === (holds ? "&&" : "||")) return testsFor(test.left, holds) || testsFor(test.right, holds);
  const isEqual = test.op === "===" || test.op === "==";
  if (!isEqual && test.op !== "!==" && test.op !== "!=") return false;
  const sides = [test.left, test.right];
  const mode = sides.find((side) => side.kind === "const");
  const isMode = sides.some((side) => /^(?:NODE_ENV|nodeEnv|APP_ENV)$/.test(chainOf(side)?.at(-1) ?? ""));
  if (!isMode || mode?.kind !== "const") return false;
  return mode.value === "production" ? isEqual !== holds : isEqual === holds && /^(?:dev|development|local|test)$/.test(String(mode.value));
}

function isOnPage(tracer: Tracer, ref: FunctionRef): boolean {
  const summary = tracer.view(ref.path).summary;
  const fn = tracer.fn(ref);
  return summary !== undefined && fn !== undefined && isInComponent(summary, fn);
}

/** Names of the function and of those around it. */
function functionsAround(tracer: Tracer, ref: FunctionRef): readonly string[] {
  const names: string[] = [];
  for (let fn = tracer.fn(ref); fn && fn.kind !== "module"; fn = tracer.fn({ path: ref.path, id: fn.parent })) names.push(fn.name);
  return names;
}

/** Names of the functions, of the class that they are members of, and of the file. */
function namesAround(tracer: Tracer, ref: FunctionRef): readonly string[] {
  const owner = tracer.fn(ref)?.classId ?? -1;
  const file = ref.path.slice(ref.path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  return [file, tracer.class({ path: ref.path, id: owner })?.name ?? "", ...functionsAround(tracer, ref)];
}

/** Long polls and streams last as long as there is something to say: a bound on the whole would cut them off. */
function isStreaming(name: string): boolean {
  return /(?:^|_)(?:long_?poll(?:s|ing|er)?|streams?|streaming|streamed|sse|event_?source|websockets?|proxy_stream)(?:_|$)/.test(wordsOf(name));
}

function isProbing(name: string): boolean {
  return /(?:^|_)(?:health(?:z|y|check|checks)?|readiness|liveness|readyz|livez|heartbeat|ping|ping_check)(?:_|$)/.test(wordsOf(name));
}

/** `performLongPoll` → `perform_long_poll` */
function wordsOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_").toLowerCase();
}

/** `{ responseType: "stream" }`, `headers: { accept: "text/event-stream" }` */
function asksForStream(step: Step): boolean {
  return step.call.args.some((arg) => saysStream(arg, 0));
}

function saysStream(value: Value, depth: number): boolean {
  if (value.kind === "const") return value.value === "text/event-stream";
  if (value.kind !== "object" || depth > 3) return false;
  return value.properties.some((p) => (p.value.kind === "const" ? (p.key === "responseType" && p.value.value === "stream") || p.value.value === "text/event-stream" : saysStream(p.value, depth + 1)));
}

/** `response.body.pipeTo(out)` in the function that calls, whatever it names the answer. */
function readsAsStream(tracer: Tracer, ref: FunctionRef): boolean {
  return tracer.fn(ref)?.calls.some((call) => /\.(?:body|data)\.(?:pipe|pipeTo|pipeThrough|getReader)$/.test(call)) === true;
}
