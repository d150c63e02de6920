/** Loops that go on although nobody waits any more: their signal is aborted, or the process is told to stop. */
import type { Heedless } from "../knowledge.ts";
import type { LoopInstruction, Span, Value } from "../../syntax/summary.ts";
import type { Body } from "./attempts.ts";
import { anyDeep, lastName } from "./deep.ts";
import { anyValue, assignedIn } from "./exits.ts";
import type { RetryLoop } from "./retry-loop.ts";
import type { Tracer } from "./tracer.ts";

export function heedlessOf(tracer: Tracer, loop: LoopInstruction, retry: RetryLoop, body: Body): Heedless | undefined {
  if (retry.policy.selective === "yes") return undefined;
  return unheardSignal(tracer, loop, retry, body) ?? unheardStop(tracer, loop, retry, body);
}

// ------------------------------------------------------------------------------------------------------- signal

function unheardSignal(tracer: Tracer, loop: LoopInstruction, retry: RetryLoop, body: Body): Heedless | undefined {
  const signal = signalGiven(tracer, loop, body);
  if (!signal) return undefined;
  const heeds = anyDeep(tracer, body.ref.path, [loop], listens) || inHandler(retry, signal.name) || (loop.test !== undefined && mentions(loop.test, signal.name));
  return heeds ? undefined : { kind: "signal", name: signal.name, place: { path: body.ref.path, at: signal.at.at, end: signal.at.end } };
}

function listens(v: Value): boolean {
  if (v.kind === "member") return /^(?:aborted|throwIfAborted|reason|isCancellationRequested|cancelled|canceled)$/.test(v.name);
  if (v.kind === "const") return typeof v.value === "string" && /^(?:AbortError|ABORT_ERR|ERR_CANCELED|CanceledError|TimeoutError)$/.test(v.value);
  return v.kind === "name" && /abort(?:ed|error)|isCancel/i.test(v.name);
}

/** `backoff(attempt, { signal })` in the catch throws when the signal is aborted, and so ends the loop. */
function inHandler(retry: RetryLoop, name: string): boolean {
  return anyValue(retry.tried.handler?.body ?? [], (v) => textOf(v) === name) || retry.waits.some((w) => w.duration !== undefined && textOf(w.duration) === name);
}

/** A signal from outside of the loop that the attempt hands on. */
function signalGiven(tracer: Tracer, loop: LoopInstruction, body: Body): { readonly name: string; readonly at: Span } | undefined {
  let found: { name: string; at: Span } | undefined;
  anyValue(body.steps, (v) => {
    if (found || (v.kind !== "call" && v.kind !== "new")) return false;
    for (const given of v.args.flatMap(handed)) if (isFromOutside(tracer, loop, body, given)) found ??= { name: textOf(given), at: given };
    return found !== undefined;
  });
  return found;
}

/** Signals among the arguments: `signal`, `{ signal }`, `{ signal: options.signal }`. */
function handed(arg: Value): readonly Value[] {
  if (arg.kind === "object") return arg.properties.flatMap((p) => (p.key === "signal" || p.key === "abortSignal" ? handed(p.value) : []));
  return (arg.kind === "name" || arg.kind === "member") && /^(?:abort)?signal$/i.test(arg.name) ? [arg] : [];
}

function isFromOutside(tracer: Tracer, loop: LoopInstruction, body: Body, given: Value): boolean {
  const root = rootOf(given);
  if (root === "this") return true;
  const binding = tracer.file(body.ref.path)?.lookup(root, body.fn, given.at);
  if (binding?.kind === "parameter") return true;
  const at = binding?.kind === "variable" ? binding.declarations[0]?.by : undefined;
  return at !== undefined && !(loop.at <= at.at && at.end <= loop.end);
}

function rootOf(value: Value): string {
  return value.kind === "member" ? rootOf(value.of) : value.kind === "name" ? value.name : "";
}

function textOf(value: Value): string {
  if (value.kind === "name") return value.name;
  return value.kind === "member" ? `${textOf(value.of)}.${value.name}` : "";
}

function mentions(value: Value, name: string): boolean {
  return anyValue([{ kind: "evaluate", value, at: value.at, end: value.end }], (v) => textOf(v) === name);
}

// --------------------------------------------------------------------------------------------------------- stop

const STOPS = /^(?:stop|close|shutdown|destroy|dispose|disconnect|quit|onModuleDestroy|onApplicationShutdown|beforeApplicationShutdown)$/;
const FLAG = /stop|clos|shut|destroy|dispos|quit|running|active|alive|ended|terminat|cancel/i;

/** The class has a method that says stop by a flag, and its endless loop does not look at it. */
function unheardStop(tracer: Tracer, loop: LoopInstruction, retry: RetryLoop, body: Body): Heedless | undefined {
  if (retry.policy.attempts !== "unbounded" || body.fn.classId < 0) return undefined;
  const fact = tracer.class({ path: body.ref.path, id: body.fn.classId });
  for (const id of fact?.members ?? []) {
    const stop = tracer.fn({ path: body.ref.path, id });
    if (!stop || !STOPS.test(stop.name)) continue;
    const flag = [...assignedIn(stop.body)].find((name) => name.startsWith("this.") && FLAG.test(name) && isFlag(stop.body, name));
    if (flag === undefined) continue;
    const heeds = anyDeep(tracer, body.ref.path, [loop], (v) => textOf(v) === flag || (v.kind === "call" && /stop|clos|shut|running|abort/i.test(lastName(v.callee))));
    if (!heeds) return { kind: "stop", name: flag, place: { path: body.ref.path, at: stop.nameAt, end: stop.nameEnd } };
  }
  return undefined;
}

function isFlag(body: Parameters<typeof anyValue>[0], name: string): boolean {
  return anyValue(body, (v) => v.kind === "assign" && textOf(v.target) === name && v.value.kind === "const" && typeof v.value.value === "boolean");
}
