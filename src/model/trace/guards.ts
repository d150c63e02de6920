/** Circuit breakers of libraries: where each is made, what it is given, what it runs, and what answers in its place. */
import type { CallValue, FunctionFact, NewValue, Span, Value } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import type { Breaker, BreakerFallback, Firing, FunctionRef, Given, Reached } from "../knowledge.ts";
import { nameOf } from "./contexts.ts";
import { flowOf, type Step, type Within } from "./flow.ts";
import { layersOfPolicy } from "./layers.ts";
import { givenBy } from "./started.ts";
import { type Frame, type Origin, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

export interface GuardContext {
  readonly tracer: Tracer;
  readonly functions: readonly FunctionRef[];
  readonly reach: (ref: FunctionRef) => readonly Reached[];
}

interface Building {
  readonly made: Origin & { readonly call: CallValue | NewValue; readonly frame: Frame };
  readonly in: FunctionRef;
  readonly symbol: string;
  readonly firings: Firing[];
  readonly fallbacks: BreakerFallback[];
}

/** Every breaker that a library makes in the workspace, with the calls that fire it. */
export function guardsIn(ctx: GuardContext, makings: readonly Making[]): readonly Breaker[] {
  const found = new Map<CallValue | NewValue, Building>();
  for (const { call, frame, ref } of makings) {
    const origin = madeBy(ctx.tracer, call, frame);
    if (origin) found.set(call, { made: { ...origin, call, frame }, in: ref, symbol: nameOf(ctx.tracer, ref), firings: [], fallbacks: [] });
  }
  if (found.size === 0) return [];
  for (const ref of ctx.functions) {
    const frame = ctx.tracer.frame(ref);
    if (!frame || !frame.fn.calls.some((call) => /(?:^|\.)(?:fire|call|exec|execute|run|fallback)$/.test(call))) continue;
    for (const step of flowOf(frame.fn).steps) use(ctx, step, { ref, frame }, found);
  }
  return [...found.values()].map((each) => finished(ctx, each));
}

/** A call that makes a breaker. */
export interface Making {
  readonly call: CallValue | NewValue;
  readonly frame: Frame;
  readonly ref: FunctionRef;
}

/** Calls in the functions of a file, and in the initialisers of its fields. */
export function makingsIn(tracer: Tracer, path: string): readonly Making[] {
  const { summary } = tracer.view(path);
  if (summary === undefined) return [];
  const found: Making[] = [];
  for (const fn of summary.functions) {
    const ref = { path, id: fn.id };
    const frame = fn.calls.length > 0 ? tracer.frame(ref) : undefined;
    for (const { call } of frame ? flowOf(fn).steps : []) if (frame && mayMake(tracer, call, frame)) found.push({ call, frame, ref });
  }
  for (const fact of summary.classes) {
    const ref = { path, id: Math.max(fact.constructorId, fact.parent, 0) };
    const frame = tracer.frame({ path, id: Math.max(fact.parent, 0) });
    for (const { value } of fact.fields) if (frame && (value?.kind === "call" || value?.kind === "new") && mayMake(tracer, value, frame)) found.push({ call: value, frame, ref });
  }
  return found;
}

/** Only what a library gives is looked at any closer. */
function mayMake(tracer: Tracer, call: CallValue | NewValue, frame: Frame): boolean {
  return possibilities(tracer.trace(call.callee, frame)).some((t) => t.is === "export" || t.is === "method" || t.is === "instance") && madeBy(tracer, call, frame) !== undefined;
}

function madeBy(tracer: Tracer, call: CallValue | NewValue, frame: Frame): Origin | undefined {
  const made = possibilities(tracer.trace(call, frame)).find((t) => t.is === "instance" && t.origin.call === call && t.origin.policy?.adds.includes("breaker") === true);
  return made?.is === "instance" ? made.origin : undefined;
}

/** A step that fires a breaker, or gives it something to fall back on. */
function use(ctx: GuardContext, step: Step, at: { readonly ref: FunctionRef; readonly frame: Frame }, found: ReadonlyMap<CallValue | NewValue, Building>): void {
  const { call } = step;
  if (call.kind !== "call" || call.callee.kind !== "member" || !/^(fire|call|exec|execute|run|fallback)$/.test(call.callee.name)) return;
  for (const callee of possibilities(ctx.tracer.trace(call.callee, at.frame))) {
    if (callee.is !== "method") continue;
    for (const made of breakersIn(ctx.tracer, callee.origin)) {
      const building = made.call && found.get(made.call);
      if (!building) continue;
      if (callee.shape?.is === "runs") building.firings.push(firing(ctx, step, { ...at, made, given: callee.shape.fn }));
      if (callee.name === "fallback") building.fallbacks.push(...fallbackOf(ctx, call, 0, at));
      const known = new Set(building.fallbacks.map(({ place }) => place.at));
      building.fallbacks.push(...combinedFallbacks(ctx, callee.origin).filter(({ place }) => !known.has(place.at)));
    }
  }
}

/** The breaker itself, or those among the policies that it combines. */
function breakersIn(tracer: Tracer, origin: Origin, depth = 0): readonly Origin[] {
  if (origin.policy?.adds.includes("breaker") === true) return [origin];
  if (!origin.combines || !origin.call || !origin.frame || depth > 3) return [];
  const { call, frame } = origin;
  return call.args.flatMap((arg) => possibilities(tracer.trace(arg, frame)).flatMap((t) => (t.is === "instance" ? breakersIn(tracer, t.origin, depth + 1) : [])));
}

function firing(ctx: GuardContext, step: Step, at: { readonly ref: FunctionRef; readonly frame: Frame; readonly made: Origin; readonly given: number | undefined }): Firing {
  const { call } = step;
  const action = at.given === undefined ? undefined : call.args[at.given];
  const own = at.given === undefined && at.made.policy && at.made.call && at.made.frame ? functionsOf(ctx.tracer, at.made.call.args[at.made.policy.fn], at.made.frame) : [];
  const given = call.args.flatMap((arg) => functionsOf(ctx.tracer, arg, at.frame));
  return {
    place: { path: at.frame.path, at: call.at, end: call.end },
    callee: { path: at.frame.path, at: call.callee.at, end: call.callee.end },
    in: at.ref,
    ...(action ? { given: givenBy(ctx.tracer, action, at.frame) } : {}),
    actions: [...own, ...given],
    runs: [...own, ...given].flatMap(ctx.reach),
    caught: handlersAround(step.within).flatMap(({ at: start, end }) => ctx.reach(at.ref).filter(({ path: [first] }) => first !== undefined && start <= first.at && first.end <= end)),
  };
}

/** Catches that the failure of a step comes to. */
function handlersAround(within: Within | undefined): readonly Span[] {
  const handlers: Span[] = [];
  for (let w = within; w; w = w.up) if (w.kind === "try" && w.of.handler) handlers.push(w.of.handler);
  return handlers;
}

function functionsOf(tracer: Tracer, value: Value | undefined, frame: Frame): readonly FunctionRef[] {
  if (!value) return [];
  return possibilities(tracer.trace(value, frame)).flatMap((t) => (t.is === "function" ? [t.ref] : []));
}

/** A policy among those that it is combined with (`wrap(fallback(handleAll, answer), breaker)`). */
function combinedFallbacks(ctx: GuardContext, origin: Origin): readonly BreakerFallback[] {
  const { call, frame } = origin;
  if (!origin.combines || !call || !frame) return [];
  return call.args.flatMap((arg) => possibilities(ctx.tracer.trace(arg, frame))).flatMap((t) => (t.is === "instance" && t.origin.policy?.adds.includes("fallback") === true && t.origin.call && t.origin.frame ? fallbackOf(ctx, t.origin.call, 1, { frame: t.origin.frame }) : []));
}

function fallbackOf(ctx: GuardContext, call: CallValue | NewValue, index: number, at: { readonly frame: Frame }): readonly BreakerFallback[] {
  const value = call.args[index];
  const [ref] = functionsOf(ctx.tracer, value, at.frame);
  const fn = ref && ctx.tracer.fn(ref);
  if (!value || !ref || !fn) return [];
  return [{ place: { path: at.frame.path, at: value.at, end: value.end }, call: { path: at.frame.path, at: call.at, end: call.end }, function: ref, rethrows: rethrows(fn), runs: ctx.reach(ref) }];
}

/** `(error) => { throw error; }` and `(error) => Promise.reject(error)`: one of its parameters, unchanged, and nothing else. */
function rethrows(fn: FunctionFact): boolean {
  const [only] = fn.body;
  const names = fn.params.flatMap(({ pattern }) => (pattern.kind === "name" ? [pattern.name] : []));
  if (fn.body.length !== 1 || !only || (only.kind !== "throw" && only.kind !== "return") || !only.value) return false;
  const value = only.kind === "throw" ? only.value : rejected(only.value);
  return value?.kind === "name" && names.includes(value.name);
}

function rejected(value: Value): Value | undefined {
  return value.kind === "call" && value.callee.kind === "member" && value.callee.name === "reject" && value.callee.of.kind === "name" && value.callee.of.name === "Promise" ? value.args[0] : undefined;
}

function finished(ctx: GuardContext, { made, in: ref, symbol, firings, fallbacks }: Building): Breaker {
  const { call, frame } = made;
  const place: Place = { path: frame.path, at: call.at, end: call.end };
  const action = made.policy?.fn === 0 ? call.args[0] : undefined;
  const given: Given | undefined = action && givenBy(ctx.tracer, action, frame);
  return {
    place,
    head: { path: frame.path, at: call.at, end: call.callee.end },
    in: ref,
    symbol,
    library: made.library.package,
    name: made.name,
    ...(made.options === undefined ? {} : { options: made.options }),
    ...(given ? { given } : {}),
    lives: livesOf(ctx.tracer, ref, call),
    hasDeadline: layersOfPolicy(ctx.tracer, made, place).some((layer) => layer.kind === "deadline"),
    firings,
    fallbacks,
  };
}

function livesOf(tracer: Tracer, ref: FunctionRef, call: CallValue | NewValue): Breaker["lives"] {
  const fn = tracer.fn(ref);
  const owner = tracer.view(ref.path).summary?.classes.find((fact) => fact.at <= call.at && call.end <= fact.end);
  const inMember = owner !== undefined && fn !== undefined && fn.kind !== "module" && fn.kind !== "constructor";
  if (!owner) return fn?.kind === "module" ? "module" : "call";
  if (inMember) return "call";
  if (owner.fields.some((field) => field.isStatic && field.at <= call.at && call.end <= field.end)) return "module";
  return owner.decorators.some(({ name }) => /^(Injectable|Controller|Service|Singleton|singleton)$/.test(name)) ? "singleton" : "instance";
}
