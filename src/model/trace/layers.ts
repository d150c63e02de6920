/** What stands around a call inside its function, as layers of a policy. */
import type { RetryFacts, WrapFacts } from "../../catalog/library.ts";
import type { CallValue, NewValue } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import type { Layer, RetryPolicy } from "../policy.ts";
import { swallows } from "./exits.ts";
import type { Step, Within } from "./flow.ts";
import { callShape } from "./members.ts";
import { numberOf, readOption, traceArgument } from "./options.ts";
import { retryOfLoop } from "./retry-loop.ts";
import { type Frame, type Origin, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { isTimer } from "./timers.ts";
import { treatmentOf } from "./treatment.ts";
import { chainOf } from "./walk.ts";

/** Layers of everything in `within`, outermost first. */
export function layersAround(tracer: Tracer, within: Within | undefined, frame: Frame, depth = 0): readonly Layer[] {
  const layers: Layer[] = [];
  for (let w = within; w; w = w.up) layers.unshift(...layersOf(tracer, w, frame, depth));
  return layers;
}

/** Layers of a step, and of the uses of the variable that holds its promise (`const p = call(); await race([p, timer])`). */
export function layersOfStep(tracer: Tracer, step: Step, steps: readonly Step[], frame: Frame, depth = 0): readonly Layer[] {
  const own = layersAround(tracer, step.within, frame, depth);
  if (step.heldBy === undefined) return own;
  const held = step.heldBy;
  const later = steps.flatMap((other) => usesOf(held, other).flatMap((w) => layersOf(tracer, w, frame, depth)));
  return [...later, ...own];
}

/** Contexts that a later call gives to a variable standing in its arguments or receiver. */
function usesOf(name: string, step: Step): readonly Within[] {
  const uses: Within[] = [];
  step.call.args.forEach((arg, index) => {
    const direct = arg.kind === "name" && arg.name === name;
    const listed = arg.kind === "array" && arg.items.some((i) => i.kind === "name" && i.name === name);
    if (direct || listed) uses.push({ kind: "argument", call: step.call, index, up: undefined });
  });
  const { callee } = step.call;
  if (step.call.kind === "call" && callee.kind === "member" && callee.of.kind === "name" && callee.of.name === name) uses.push({ kind: "receiver", call: step.call, method: callee.name, up: undefined });
  return uses;
}

function layersOf(tracer: Tracer, within: Within, frame: Frame, depth: number): readonly Layer[] {
  switch (within.kind) {
    case "loop": {
      const retry = retryOfLoop(tracer, within.loop, frame);
      const place = { path: frame.path, at: within.loop.at, end: within.loop.headEnd };
      return retry ? [{ kind: "retry", policy: retry.policy, place, by: "a loop" }] : [];
    }
    case "try":
      return swallows(within.of) ? [{ kind: "swallow", place: { path: frame.path, at: within.of.at, end: within.of.at + 3 }, by: "try" }] : [];
    case "argument":
      return ofArgument(tracer, within.call, within.index, frame, depth);
    case "receiver":
      return ofReceiver(tracer, within.call, within.method, frame);
    default:
      return [];
  }
}

function ofArgument(tracer: Tracer, call: CallValue | NewValue, index: number, frame: Frame, depth: number): readonly Layer[] {
  if (isRace(call)) return raceDeadline(tracer, call, frame);
  return possibilities(tracer.trace(call.callee, frame)).flatMap((callee) => ofCallee(tracer, callee, call, index, frame, depth));
}

function ofCallee(tracer: Tracer, callee: Traced, call: CallValue | NewValue, index: number, frame: Frame, depth: number): readonly Layer[] {
  const place = { path: frame.path, at: call.callee.at, end: call.callee.end };
  switch (callee.is) {
    case "function":
      return treatmentOf(tracer, callee, index, call, frame, { around: { layersAround, layersOfStep }, depth });
    case "class":
      return treatmentOf(tracer, callee, index, call, frame, { around: { layersAround, layersOfStep }, depth });
    case "export":
    case "method": {
      const { shape } = callee;
      const by = callee.is === "export" ? titleOf(callee.library.title, callee.library.package) : titleOf(callee.origin.library.title, callee.origin.library.package);
      if (shape?.is === "wrapper" && (shape.wrap.fn === index || shape.wrap.fnPath !== undefined)) return layersOfWrap(tracer, shape.wrap, call, frame, place, by);
      // Where it runs the function that it was made with (`breaker.fire`), a function in an argument is run by that one.
      if (shape?.is === "runs" && (shape.fn === index || shape.fn === undefined) && callee.is === "method") return layersOfPolicy(tracer, callee.origin, place);
      if ((shape?.is === "class" || shape?.is === "factory") && shape.policy && shape.policy.fn === index) return layersOfWrap(tracer, shape.policy, call, frame, place, by);
      return [];
    }
    case "instance": {
      const shape = callShape(tracer, callee.origin, call);
      const by = titleOf(callee.origin.library.title, callee.origin.library.package);
      if (shape?.is === "wrapper" && shape.wrap.fn === index) return layersOfWrap(tracer, shape.wrap, call, frame, place, by);
      return shape?.is === "runs" && (shape.fn ?? 0) === index ? layersOfPolicy(tracer, callee.origin, place) : [];
    }
    default:
      return [];
  }
}

function titleOf(title: string | undefined, name: string): string {
  return title ?? name;
}

/** What an instance of a resilience library adds to the functions that it runs. */
export function layersOfPolicy(tracer: Tracer, origin: Origin, place: Place, depth = 0): readonly Layer[] {
  const made = origin.place ?? place;
  if (depth > 4 || !origin.call || !origin.frame) return [];
  const { call, frame } = origin;
  if (origin.combines) {
    return call.args.flatMap((arg) => possibilities(tracer.trace(arg, frame)).flatMap((t) => (t.is === "instance" ? layersOfPolicy(tracer, t.origin, made, depth + 1) : [])));
  }
  return origin.policy ? layersOfWrap(tracer, origin.policy, call, frame, made, origin.library.title ?? origin.library.package) : [];
}

/** The layers that a catalogued wrapper adds, with its options read. */
export function layersOfWrap(tracer: Tracer, wrap: WrapFacts, call: CallValue | NewValue, frame: Frame, place: Place, by: string): readonly Layer[] {
  const layers: Layer[] = [];
  for (const adds of wrap.adds) {
    if (adds === "retry") layers.push({ kind: "retry", policy: retryPolicyOf(tracer, wrap.retry, wrap.options === undefined ? undefined : traceArgument(tracer, call.args, wrap.options, frame)), place, by });
    else if (adds === "breaker") layers.push({ kind: "breaker", policy: { lives: lifeOf(tracer, place) }, place, by });
    else if (adds === "deadline") layers.push(...deadlineOfWrap(tracer, wrap, call, frame, place, by));
    else layers.push({ kind: adds, place, by });
  }
  return layers;
}

function deadlineOfWrap(tracer: Tracer, wrap: WrapFacts, call: CallValue | NewValue, frame: Frame, place: Place, by: string): readonly Layer[] {
  const argument = wrap.deadline && traceArgument(tracer, call.args, wrap.deadline.arg, frame);
  if (argument) {
    const bare = numberOf(argument);
    if (bare !== undefined) return bare > 0 ? [{ kind: "deadline", ms: bare, place, by }] : [];
    for (const path of wrap.deadline?.path?.split("|") ?? []) {
      const read = readOption(tracer, argument, path);
      const ms = read.is === "set" ? numberOf(read.value) : undefined;
      if (read.is === "set") {
        if (read.value.is === "const" && (read.value.value === false || read.value.value === 0)) return [];
        return [{ kind: "deadline", ...(ms === undefined ? {} : { ms }), place, by }];
      }
      if (read.is !== "absent") return [{ kind: "deadline", place, by }];
    }
    if (wrap.deadline?.path === undefined) return [{ kind: "deadline", place, by }];
  }
  const { defaultDeadlineMs } = wrap;
  if (defaultDeadlineMs === null) return [];
  if (defaultDeadlineMs === undefined) return wrap.options === undefined || argument ? [{ kind: "deadline", place, by }] : [];
  return [{ kind: "deadline", ms: defaultDeadlineMs, place, by }];
}

/** A breaker that is made inside a function lives as long as the call, unless it is kept somewhere. */
function lifeOf(tracer: Tracer, place: Place): "module" | "call" {
  const { summary } = tracer.view(place.path);
  const inside = summary?.functions.some((fn) => fn.kind !== "module" && fn.kind !== "constructor" && fn.at <= place.at && place.end <= fn.end);
  return inside === true ? "call" : "module";
}

/** A library's retry as its options set it. */
export function retryPolicyOf(tracer: Tracer, facts: RetryFacts | undefined, options: Traced | undefined): RetryPolicy {
  if (!facts) return { attempts: "unknown", wait: "unknown", jitter: "unknown", selective: "unknown" };
  const read = (name: string | undefined): Traced | undefined | "open" => {
    if (name === undefined || options === undefined) return undefined;
    const found = readOption(tracer, options, name);
    return found.is === "set" ? found.value : found.is === "absent" ? undefined : "open";
  };
  const bare = options && numberOf(options);
  const attemptsRead = bare === undefined ? read(facts.options.attempts?.name) : undefined;
  const extra = facts.options.attempts?.counts === "retries" ? 1 : 0;
  const count = bare ?? (attemptsRead === undefined || attemptsRead === "open" ? undefined : numberOf(attemptsRead));
  const forever = read(facts.options.forever);
  const attempts = forever !== undefined && forever !== "open" && !(forever.is === "const" && forever.value !== true) ? "unbounded" : count !== undefined ? (Number.isFinite(count) ? count + extra : "unbounded") : attemptsRead === undefined ? facts.attempts : "unknown";
  const isEnded = attempts === "unbounded" && forever === undefined && read(facts.options.overall) !== undefined;
  return { attempts: isEnded ? "unknown" : attempts, ...waitOfLibrary(facts, read), selective: selectivity(facts, read(facts.options.predicate)) };
}

function selectivity(facts: RetryFacts, predicate: Traced | undefined | "open"): "yes" | "no" | "unknown" {
  if (predicate !== undefined) return "yes";
  return facts.everyError ? "no" : "yes";
}

function waitOfLibrary(facts: RetryFacts, read: (name: string | undefined) => Traced | undefined | "open"): Pick<RetryPolicy, "wait" | "jitter" | "baseMs"> {
  const jitterRead = read(facts.options.jitter);
  const jitter = jitterRead === undefined ? (facts.jitter ? "yes" : "no") : jitterRead === "open" ? "unknown" : jitterRead.is === "const" && jitterRead.value === false ? "no" : "yes";
  const custom = read(facts.options.delayFunction);
  const delay = read(facts.options.delay);
  if (custom !== undefined && (custom === "open" || custom.is !== "const")) return { wait: "unknown", jitter: "unknown" };
  if (delay === "open") return { wait: "unknown", jitter };
  const base = delay && (numberOf(delay) ?? millisecondsOf(delay));
  if (delay && base === undefined) return { wait: facts.growth === "none" ? "unknown" : growthName(facts), jitter };
  const baseMs = base ?? facts.baseMs;
  const factor = read(facts.options.factor);
  const flat = factor !== undefined && factor !== "open" && numberOf(factor) === 1;
  if (baseMs === 0) return { wait: "none", jitter };
  return { wait: flat || facts.growth === "none" ? "constant" : growthName(facts), jitter, baseMs };
}

/** `"30 seconds"`, `"5m"`, as some libraries take a span of time. */
function millisecondsOf(value: Traced): number | undefined {
  const text = value.is === "const" && typeof value.value === "string" ? /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?/.exec(value.value.trim()) : null;
  return text ? Number(text[1]) * (UNITS[text[2] ?? "ms"] ?? 1) : undefined;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function growthName(facts: RetryFacts): "growing" | "unknown" {
  return facts.growth === "custom" ? "unknown" : "growing";
}

function ofReceiver(tracer: Tracer, call: CallValue, method: string, frame: Frame): readonly Layer[] {
  const place = { path: frame.path, at: call.callee.at, end: call.callee.end };
  if (method === "pipe") {
    return call.args.flatMap((arg) => {
      if (arg.kind !== "call") return [];
      const operator = tracer.trace(arg.callee, frame);
      return (operator.is === "export" || operator.is === "method") && operator.shape?.is === "operator" ? layersOfWrap(tracer, operator.shape.wrap, arg, frame, { path: frame.path, at: arg.at, end: arg.end }, chainOf(arg.callee)?.join(".") ?? "an operator") : [];
    });
  }
  return possibilities(tracer.trace(call.callee, frame)).flatMap((callee) =>
    (callee.is === "method" || callee.is === "export") && callee.shape?.is === "wrapper" && callee.shape.wrap.fn === -1 ? layersOfWrap(tracer, callee.shape.wrap, call, frame, place, method) : [],
  );
}

export function isRace(call: CallValue | NewValue): boolean {
  const chain = chainOf(call.callee);
  return chain?.length === 2 && chain[0] === "Promise" && (chain[1] === "race" || chain[1] === "any");
}

/** `Promise.race([call, timer])` bounds the wait, whoever wins. */
function raceDeadline(tracer: Tracer, call: CallValue | NewValue, frame: Frame): readonly Layer[] {
  const [list] = call.args;
  const items = list?.kind === "array" ? list.items : [];
  for (const item of items) {
    const timer = isTimer(tracer, item, frame);
    if (timer) return [{ kind: "deadline", ...(timer.ms === undefined ? {} : { ms: timer.ms }), place: { path: frame.path, at: call.at, end: call.callee.end }, by: "Promise.race" }];
  }
  return [];
}
