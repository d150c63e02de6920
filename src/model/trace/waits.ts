/** Waiting: which calls sleep, for how long, and whether the wait grows from one attempt to the next. */
import type { CallValue, FunctionFact, Instruction, NewValue, Value } from "../../syntax/summary.ts";
import { anyValue, namesIn } from "./exits.ts";
import { flowOf, isWithin } from "./flow.ts";
import { type Frame, possibilities } from "./traced.ts";
import { enter } from "./calls.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf, childBlocks, walkValue } from "./walk.ts";

/** A wait: its duration as an expression, with the frame that it stands in. */
export interface Wait {
  readonly at: number;
  readonly end: number;
  readonly duration: Value | undefined;
  readonly frame: Frame;
  /** The function that is called waits under some condition only. */
  readonly sometimes?: true;
}

export interface WaitShape {
  readonly wait: "none" | "constant" | "growing" | "unknown";
  readonly jitter: "yes" | "no" | "unknown";
  readonly baseMs?: number;
}

/** The wait that a call makes, where it sleeps: `sleep(ms)`, `new Promise(r => setTimeout(r, ms))`, a function that does so. */
export function waitOf(tracer: Tracer, call: CallValue | NewValue, frame: Frame, depth = 0): Wait | undefined {
  if (depth > 3) return undefined;
  if (call.kind === "new" && call.callee.kind === "name" && call.callee.name === "Promise") return promiseWait(tracer, call, frame);
  // `wait.until({ date })`: of an engine that keeps the program's place meanwhile, so that no timer is in sight.
  if (WAITS.test(chainOf(call.callee)?.join(".") ?? "")) return { at: call.at, end: call.end, duration: undefined, frame };
  const callees = possibilities(tracer.trace(call.callee, frame));
  for (const callee of callees) {
    if ((callee.is === "export" || callee.is === "method") && callee.shape?.is === "sleep") return { at: call.at, end: call.end, duration: call.args[callee.shape.ms], frame };
    if (callee.is === "function") {
      const fn = tracer.fn(callee.ref);
      const inner = fn && enter(tracer, callee, call, frame);
      const found = fn && inner && sleepsIn(tracer, fn, inner, depth);
      if (found) return { at: call.at, end: call.end, duration: found.duration, frame: found.frame, ...(found.sometimes ? { sometimes: true } : {}) };
    }
  }
  // What a function of the workspace is called says nothing that its code does not: `delay(attempt)` may reckon one, and not wait.
  if (callees.every((callee) => callee.is === "function")) return undefined;
  // A helper out of sight (another library's): only a telling name and a single argument count.
  const name = call.callee.kind === "name" ? call.callee.name : call.callee.kind === "member" ? call.callee.name : "";
  if (/^(sleep|delay|wait|pause|setTimeout|backoff)(ms|for|async)?$/i.test(name) && !/^setTimeout$/.test(name)) return { at: call.at, end: call.end, duration: call.args.find((a) => a.kind !== "function"), frame };
  return undefined;
}

const WAITS = /(?:^|\.)(?:wait|sleep|pause|delay)\.(?:for|until)$/i;

/** `new Promise((resolve) => setTimeout(resolve, ms))` */
function promiseWait(tracer: Tracer, call: NewValue, frame: Frame): Wait | undefined {
  const [executor] = call.args;
  if (executor?.kind !== "function") return undefined;
  const fn = tracer.fn({ path: frame.path, id: executor.id });
  if (!fn) return undefined;
  const inner: Frame = { path: frame.path, fn, outer: frame, particular: frame.particular, depth: frame.depth + 1 };
  for (const step of flowOf(fn).steps) {
    const { callee } = step.call;
    const isTimer = (callee.kind === "name" && callee.name === "setTimeout") || (callee.kind === "member" && callee.name === "setTimeout");
    const [first, duration] = step.call.args;
    if (!isTimer || !first) continue;
    const resolve = fn.params[0]?.pattern;
    const resolves = resolve?.kind === "name" && (namesIn(first).has(resolve.name) || (first.kind === "function" && callsName(tracer, frame.path, first.id, resolve.name)));
    if (resolves) return { at: call.at, end: call.end, duration, frame: inner };
  }
  return undefined;
}

function callsName(tracer: Tracer, path: string, id: number, name: string): boolean {
  const fn = tracer.fn({ path, id });
  return fn !== undefined && fn.calls.includes(name);
}

function sleepsIn(tracer: Tracer, fn: FunctionFact, frame: Frame, depth: number): Wait | undefined {
  // Only short helpers: a function that sleeps somewhere among other work is no sleep.
  if (fn.calls.length > 12) return undefined;
  const steps = flowOf(fn).steps;
  for (const step of steps) {
    const found = waitOf(tracer, step.call, frame, depth + 1);
    if (found?.duration) return isWithin(step.within, "branch") ? { ...found, sometimes: true } : found;
  }
  return undefined;
}

/** How a wait changes between attempts; `varying` are the names that change from one attempt to the next. */
export function shapeOfWait(tracer: Tracer, wait: Wait, varying: ReadonlySet<string>): WaitShape {
  if (!wait.duration) return { wait: "unknown", jitter: "unknown" };
  const seen = new Set<Value>();
  const look = { grows: false, random: false, opaque: false, retryAfter: false };
  visit(wait.duration, wait.frame, 0);
  const ms = tracer.trace(wait.duration, wait.frame);
  const baseMs = ms.is === "const" && typeof ms.value === "number" ? { baseMs: ms.value } : {};
  const jitter = look.random ? "yes" : look.opaque ? "unknown" : "no";
  if (look.retryAfter) return { wait: "unknown", jitter };
  if (look.grows) return { wait: "growing", jitter };
  if (ms.is === "const" && ms.value === 0) return { wait: "none", jitter: "no" };
  return { wait: look.opaque ? "unknown" : "constant", jitter, ...baseMs };

  function visit(value: Value, frame: Frame, depth: number): void {
    if (depth > 10 || seen.has(value)) return;
    seen.add(value);
    switch (value.kind) {
      case "name":
        return name(value, frame, depth);
      case "const":
        if (typeof value.value === "string" && /retry-after/i.test(value.value)) look.retryAfter = true;
        return;
      case "call":
      case "new":
        return called(value, frame, depth);
      case "member":
        if (value.of.kind === "name" && value.of.name === "this") {
          if (varying.has(`this.${value.name}`)) look.grows = true;
          return;
        }
        if (/retryafter/i.test(value.name)) look.retryAfter = true;
        if (value.of.kind === "name" && varying.has(`${value.of.name}.${value.name}`)) look.grows = true;
        return visit(value.of, frame, depth + 1);
      case "index":
        if ([...namesIn(value.key)].some((n) => varying.has(n))) look.grows = true;
        return visit(value.key, frame, depth + 1);
      default:
        walkOnce(value, (inner) => visit(inner, frame, depth + 1));
    }
  }

  function name(value: Value & { kind: "name" }, frame: Frame, depth: number): void {
    if (varying.has(value.name)) look.grows = true;
    const binding = tracer.file(frame.path)?.lookup(value.name, frame.fn, value.at);
    if (binding?.kind === "variable") {
      for (const d of binding.declarations) if (d.value && !d.element) visit(d.value, frame, depth + 1);
      for (const a of binding.assigned) {
        if (a.op !== "=" || namesIn(a.value).has(value.name)) look.grows = true;
        visit(a.value, frame, depth + 1);
      }
    } else if (binding?.kind === "parameter") {
      const argument = argumentOf(frame, binding.fn.id, binding.index);
      if (argument) visit(argument.value, argument.frame, depth + 1);
    }
  }

  function called(value: CallValue | NewValue, frame: Frame, depth: number): void {
    const chain = value.callee.kind === "member" ? `${value.callee.of.kind === "name" ? value.callee.of.name : "?"}.${value.callee.name}` : value.callee.kind === "name" ? value.callee.name : "?";
    if (/^Math\.random$|random(Int|Bytes)?$|jitter/i.test(chain)) {
      look.random = true;
      return;
    }
    const varies = value.args.some((a) => [...namesIn(a)].some((n) => varying.has(n)));
    const isMath = /^(Math\.(min|max|pow|floor|ceil|round|trunc|abs)|Number|parseInt|parseFloat)$/.test(chain);
    if (varies) look.grows = true;
    for (const arg of value.args) visit(arg, frame, depth + 1);
    if (isMath) return;
    const callee = tracer.trace(value.callee, frame);
    const fn = callee.is === "function" ? tracer.fn(callee.ref) : undefined;
    const inner = callee.is === "function" && fn && frame.depth < 10 ? enter(tracer, callee, value, frame) : undefined;
    // Chance may come in by a statement of its own (`delay *= Math.random()`), and not in what is returned.
    if (fn && anyValue(fn.body, isChance)) look.random = true;
    if (fn && inner) for (const returned of returnsIn(fn.body)) visit(returned, inner, depth + 1);
    else look.opaque = true;
  }
}

function isChance(v: Value): boolean {
  if (v.kind === "member") return (v.name === "random" && v.of.kind === "name" && v.of.name === "Math") || /^(?:randomInt|randomBytes)$|jitter/i.test(v.name);
  return v.kind === "name" && /^randomInt$|jitter/i.test(v.name);
}

/** The expression that the followed call gives for a parameter. */
function argumentOf(frame: Frame, fn: number, index: number): { value: Value; frame: Frame } | undefined {
  for (let f: Frame | undefined = frame; f; f = f.outer) {
    const value = f.fn.id === fn ? f.entered?.call.args[index] : undefined;
    if (value && f.entered) return { value, frame: f.entered.frame };
  }
  return undefined;
}

function walkOnce(value: Value, visit: (inner: Value) => void): void {
  walkValue(value, (inner) => {
    if (inner !== value) visit(inner);
  });
}

function returnsIn(body: readonly Instruction[]): readonly Value[] {
  return body.flatMap((step) => [...(step.kind === "return" && step.value ? [step.value] : []), ...childBlocks(step).flatMap((b) => returnsIn(b))]);
}

