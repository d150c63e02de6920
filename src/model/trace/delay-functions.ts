/** Functions that tell a client or a queue how long to wait before its next attempt: that always tell the same, or that decide about each attempt without a look at its error. */
import type { FunctionFact, Instruction, Value } from "../../syntax/summary.ts";
import { anyValue } from "./exits.ts";
import { numberOf } from "./options.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { childBlocks } from "./walk.ts";

export interface DelayFunction {
  readonly name: string;
  readonly at: number;
  readonly end: number;
  readonly ms: number;
}

/** A function that takes over the whole decision of a client, and does not look at what the client made of the error. */
export interface DecidingFunction {
  readonly name: string;
  readonly at: number;
  readonly end: number;
  readonly ignores: string;
  /** No attempt is the last one for it. */
  readonly endless: boolean;
}

/** `retry: { calculateDelay: ({ attemptCount }) => … }`: status codes, methods and limit count only through the field that it leaves out. */
export function decidingFunctionsIn(tracer: Tracer, frame: Frame): readonly DecidingFunction[] {
  const found: DecidingFunction[] = [];
  anyValue(frame.fn.body, (v) => {
    for (const holder of v.kind === "object" ? v.properties : []) {
      if (holder.value.kind !== "object" || holder.key === undefined) continue;
      for (const property of holder.value.properties) {
        const ignores = property.key === undefined ? undefined : decidedBy(tracer, frame.path, `${holder.key}.${property.key}`);
        if (ignores === undefined || property.key === undefined) continue;
        for (const traced of possibilities(tracer.trace(property.value, frame))) {
          const fn = traced.is === "function" ? tracer.fn(traced.ref) : undefined;
          const read = fn && fieldsRead(fn);
          if (!fn || !read || read.has(ignores) || read.has("error")) continue;
          const waits = returnsIn(fn.body);
          // `() => 0` is how attempts are switched off.
          if (waits.every((r) => r.kind === "const" && r.value === 0)) continue;
          found.push({ name: property.key, at: property.at, end: property.end, ignores, endless: !read.has("attemptCount") && waits.every((r) => r.kind === "const" && r.value !== 0) });
        }
      }
    }
    return false;
  });
  return found;
}

/** What the library that a file takes its options for calls the field, where a function at that option decides. */
function decidedBy(tracer: Tracer, path: string, option: string): string | undefined {
  for (const { specifier } of tracer.view(path).summary?.imports ?? []) {
    const resolved = tracer.world.resolve(path, specifier);
    const options = resolved.is === "package" ? tracer.world.catalog.find(resolved.name)?.retry?.options : undefined;
    if (options?.delayFunction === option && options.decidedBy !== undefined) return options.decidedBy;
  }
  return undefined;
}

/** The fields of its first argument that a function looks at; `undefined` where it may look at all of them. */
function fieldsRead({ params, body }: FunctionFact): ReadonlySet<string> | undefined {
  const [first] = params;
  if (first === undefined) return new Set();
  if (first.rest || first.pattern.kind === "array" || first.pattern.kind === "other") return undefined;
  if (first.pattern.kind === "object") return first.pattern.rest === undefined ? new Set(first.pattern.properties.map(({ key }) => key)) : undefined;
  const { name } = first.pattern;
  const read = new Set<string>();
  let whole = false;
  const members = new Set<Value>();
  anyValue(body, (v) => {
    if (v.kind === "member" && v.of.kind === "name" && v.of.name === name) {
      read.add(v.name);
      members.add(v.of);
    } else if (v.kind === "name" && v.name === name && !members.has(v)) whole = true;
    return false;
  });
  return whole ? undefined : read;
}

/** Names under which such a function is asked for: ioredis, redis, got, and queues of one's own. */
const ASKED = /^(?:retryStrategy|clusterRetryStrategy|reconnectStrategy|calculateDelay|back[oO]ffStrategy|retryDelayStrategy)$/;

/** `retryStrategy: () => 200`, `this.reconnectStrategy = given ?? (() => 1000)` */
export function delayFunctionsIn(tracer: Tracer, frame: Frame): readonly DelayFunction[] {
  const found: DelayFunction[] = [];
  anyValue(frame.fn.body, (v) => {
    if (v.kind === "object") for (const p of v.properties) if (p.key !== undefined && ASKED.test(p.key)) add(p.key, p.value, p);
    if (v.kind === "assign" && v.op === "=" && v.target.kind === "member" && ASKED.test(v.target.name)) add(v.target.name, v.value, v);
    return false;
  });
  return found;

  function add(name: string, value: Value, span: { readonly at: number; readonly end: number }): void {
    const fallback = value.kind === "binary" && (value.op === "??" || value.op === "||") ? value.right : value;
    const ms = constantOf(tracer, fallback, frame);
    // One function for several options is told once, where it is made.
    const { at, end } = (fallback.kind === "name" ? declared(tracer, fallback, frame) : undefined) ?? span;
    if (ms !== undefined && ms > 0 && !found.some((one) => one.at === at)) found.push({ name, at, end, ms });
  }
}

/** What the function returns each time, where that is one number. */
function constantOf(tracer: Tracer, value: Value, frame: Frame): number | undefined {
  const constant = value.kind === "name" ? declared(tracer, value, frame) : value;
  if (constant?.kind === "call" && constant.callee.kind === "member" && constant.callee.name === "constant") return constant.args[0] && numberOf(tracer.trace(constant.args[0], frame));
  for (const traced of possibilities(tracer.trace(value, frame))) {
    const fn = traced.is === "function" ? tracer.fn(traced.ref) : undefined;
    const inner = traced.is === "function" ? tracer.frame(traced.ref) : undefined;
    if (!fn || !inner) continue;
    const returned = returnsIn(fn.body).map((r) => numberOf(tracer.trace(r, inner)));
    const [first] = returned;
    return returned.length === 1 ? first : undefined;
  }
  return undefined;
}

function declared(tracer: Tracer, value: Value & { kind: "name" }, frame: Frame): Value | undefined {
  const binding = tracer.file(frame.path)?.lookup(value.name, frame.fn, value.at);
  return binding?.kind === "variable" && binding.declarations.length === 1 && binding.assigned.length === 0 ? binding.declarations[0]?.value : undefined;
}

function returnsIn(body: readonly Instruction[]): readonly Value[] {
  return body.flatMap((step) => [...(step.kind === "return" && step.value ? [step.value] : []), ...childBlocks(step).flatMap((b) => returnsIn(b))]);
}
