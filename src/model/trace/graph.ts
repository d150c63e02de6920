/** Who calls whom: calls, functions handed over, and the catalogued calls that leave the process. */
import type { CallFacts } from "../../catalog/library.ts";
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import type { Entry, FunctionRef } from "../knowledge.ts";
import { type Called, factsOfCall } from "./catalogued.ts";
import { decorationsOf } from "./decorations.ts";
import { flowOf, type Step, type Within } from "./flow.ts";
import type { Layer } from "../policy.ts";
import { layersOfPolicy } from "./layers.ts";
import { type ClassKey, type Frame, type Origin, possibilities, type Traced, type TracedFunction } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

/** `from` runs `to`: by a call, by handing it to something that runs it, or by running a function written in place. */
export interface GraphEdge {
  readonly from: FunctionRef;
  readonly to: FunctionRef;
  readonly kind: "call" | "handed";
  /** The call, or the call that it is handed to. */
  readonly call: CallValue | NewValue;
  readonly step: Step | undefined;
  readonly within: Within | undefined;
  readonly callee: TracedFunction | undefined;
  /** Layers that lie between the call and the function, besides those around the call. */
  readonly inner?: readonly Layer[];
  /** What is called gives its own arguments to the function: `breaker.fire(request)`. */
  readonly fires?: true;
}

export interface RawCall extends Called {
  readonly ref: FunctionRef;
  readonly step: Step;
}

/** What one function does: all that others need to know of it. */
export interface FunctionLink {
  readonly edges: readonly GraphEdge[];
  readonly raw: readonly RawCall[];
  readonly entries: readonly Entry[];
  /** What decorators put around it. */
  readonly around: readonly Layer[];
  /** It has a loop, calls itself, or hands work to what may repeat, settle or guard it: how it is reached matters. */
  readonly isNotable: boolean;
}

export interface CallGraph {
  readonly out: { readonly get: (key: string) => readonly GraphEdge[] | undefined };
  readonly into: { readonly get: (key: string) => readonly GraphEdge[] | undefined; readonly has: (key: string) => boolean };
  /** Something outside calls it. */
  readonly isEntry: (key: string) => boolean;
}

const SERVES: ReadonlySet<CallFacts["effect"]> = new Set(["route", "consume", "schedule", "middleware"]);
const SETTLES = /^Promise\.(all|allSettled)$/;
const NOTHING: FunctionLink = { edges: [], raw: [], entries: [], around: [], isNotable: false };

/** Whom a function runs, and which of its calls leave the process. */
export function linkOf(tracer: Tracer, ref: FunctionRef): FunctionLink {
  const frame = tracer.frame(ref);
  const fn = tracer.fn(ref);
  if (!frame || !fn || (fn.calls.length === 0 && fn.body.length === 0)) return NOTHING;
  const flow = flowOf(fn);
  if (flow.items.length === 0 && flow.loops.length === 0) return NOTHING;
  const edges: GraphEdge[] = [];
  const raw: RawCall[] = [];
  const entries: Entry[] = [];
  let isNotable = flow.loops.length > 0 || fn.calls.some((c) => SETTLES.test(c) || c === "setTimeout");
  if (fn.calls.length > 0) {
    for (const item of flow.items) {
      isNotable ||= item.within?.kind === "argument";
      if (item.kind === "closure") closure(ref, item.id, item.within, frame);
      else step(ref, item, frame);
    }
  }
  return { edges, raw, entries, around: decorationsOf(tracer, ref), isNotable: isNotable || edges.some((edge) => edge.kind === "handed" || isAround(tracer, edge.to, ref)) };

  function closure(ref: FunctionRef, id: number, within: Within | undefined, frame: Frame): void {
    const holder = argumentAround(within);
    if (!holder) return;
    const serves = factsOfCall(tracer, holder.call, frame);
    if (serves && SERVES.has(serves.facts.effect)) return entry({ path: ref.path, id }, serves, holder.call, frame);
    add({ from: ref, to: { path: ref.path, id }, kind: "handed", call: holder.call, step: undefined, within, callee: undefined });
  }

  function step(ref: FunctionRef, item: Step, frame: Frame): void {
    const called = factsOfCall(tracer, item.call, frame);
    if (called) raw.push({ ...called, ref, step: item });
    const serves = called && SERVES.has(called.facts.effect) ? called : undefined;
    const stored = policyFunction(tracer, item.call, frame);
    item.call.args.forEach((arg, index) => {
      if (index === stored) return;
      for (const fn of functionsIn(tracer, arg, frame)) {
        if (serves) entry(fn.ref, serves, item.call, frame);
        else add({ from: ref, to: fn.ref, kind: "handed", call: item.call, step: item, within: { kind: "argument", call: item.call, index, up: item.within }, callee: fn });
      }
    });
    const callees = possibilities(tracer.trace(item.call.callee, frame));
    isNotable ||= callees.some(isPolicy);
    if (called) return;
    for (const callee of callees) {
      callEdge(ref, item, callee);
      if (callee.is === "method" && callee.shape?.is === "runs" && callee.shape.fn === undefined) fires(ref, item, callee.origin);
    }
  }

  /** `breaker.fire()` runs the function that the breaker was made with, inside what the breaker adds. */
  function fires(ref: FunctionRef, item: Step, origin: Origin): void {
    const given = origin.policy && origin.call?.args[origin.policy.fn];
    if (!given || !origin.frame) return;
    const place = { path: ref.path, at: item.call.callee.at, end: item.call.callee.end };
    for (const fn of possibilities(tracer.trace(given, origin.frame))) {
      if (fn.is === "function") add({ from: ref, to: fn.ref, kind: "handed", call: item.call, step: item, within: item.within, callee: fn, inner: layersOfPolicy(tracer, origin, place), fires: true });
    }
  }

  function callEdge(ref: FunctionRef, item: Step, callee: Traced): void {
    if (callee.is === "function") add({ from: ref, to: callee.ref, kind: "call", call: item.call, step: item, within: item.within, callee });
    if (callee.is === "class" && item.call.kind === "new") {
      const constructor = constructorOf(tracer, callee.class);
      if (constructor) add({ from: ref, to: constructor, kind: "call", call: item.call, step: item, within: item.within, callee: undefined });
    }
  }

  function entry(fn: FunctionRef, called: Called, call: CallValue | NewValue, frame: Frame): void {
    const kind = called.facts.effect === "consume" ? "message" : called.facts.effect === "schedule" ? "schedule" : "request";
    const [first] = call.args;
    const path = first?.kind === "const" && typeof first.value === "string" ? ` ${first.value}` : "";
    entries.push({ kind, function: fn, place: { path: frame.path, at: call.callee.at, end: call.callee.end }, title: `${called.verb.toUpperCase()}${path}` });
  }

  function add(edge: GraphEdge): void {
    edges.push(edge);
  }
}

/** A class without a constructor has that of its base class. */
function constructorOf(tracer: Tracer, key: ClassKey): FunctionRef | undefined {
  for (let at = key, climbed = 0; climbed < 6; climbed++) {
    const fact = tracer.class(at);
    if (!fact) return undefined;
    if (fact.constructorId >= 0) return { path: at.path, id: fact.constructorId };
    const base = fact.extends ? tracer.superOf(fact, at) : undefined;
    if (base?.is !== "self") return undefined;
    at = base.class;
  }
  return undefined;
}

/** The function itself, or one around it. */
function isAround(tracer: Tracer, outer: FunctionRef, inner: FunctionRef): boolean {
  if (outer.path !== inner.path) return false;
  for (let fn = tracer.fn(inner); fn; fn = fn.parent >= 0 ? tracer.fn({ path: inner.path, id: fn.parent }) : undefined) if (fn.id === outer.id) return true;
  return false;
}

/** A library's call that repeats, or makes what guards. */
function isPolicy(callee: Traced): boolean {
  const shape = callee.is === "export" || callee.is === "method" ? callee.shape : undefined;
  switch (shape?.is) {
    case "wrapper":
    case "operator":
    case "attaches":
      return shape.wrap.adds.includes("retry");
    case "factory":
      return shape.policy !== undefined || shape.engine !== undefined;
    case "class":
      return shape.policy !== undefined;
    default:
      return callee.is === "instance" || shape?.is === "instance";
  }
}

/** Index of the function that a policy object is made with: it runs when the object is fired. */
function policyFunction(tracer: Tracer, call: CallValue | NewValue, frame: Frame): number | undefined {
  const callee = tracer.trace(call.callee, frame);
  const shape = callee.is === "export" ? callee.shape : undefined;
  return (shape?.is === "class" || shape?.is === "factory") && shape.policy && shape.policy.fn >= 0 && hasFiring(tracer, callee) ? shape.policy.fn : undefined;
}

function hasFiring(tracer: Tracer, callee: Traced): boolean {
  if (callee.is !== "export" || (callee.shape.is !== "class" && callee.shape.is !== "factory")) return false;
  const type = tracer.world.catalog.type(callee.library, callee.shape.type);
  return type !== undefined && Object.values(type.facts.methods).some((m) => m.is === "runs" && m.fn === undefined);
}

/** The innermost call in whose arguments something stands. */
export function argumentAround(within: Within | undefined): (Within & { kind: "argument" }) | undefined {
  return within?.kind === "argument" ? within : undefined;
}

/** Functions named in an argument: `handler`, `this.handle`, `this.handle.bind(this)`, a list of them. */
function functionsIn(tracer: Tracer, arg: Value, frame: Frame): readonly TracedFunction[] {
  if (arg.kind === "array") return arg.items.slice(0, 8).flatMap((item) => functionsIn(tracer, item, frame));
  if (arg.kind === "object") return arg.properties.slice(0, 16).flatMap((p) => (p.value.kind === "name" || p.value.kind === "member" ? functionsIn(tracer, p.value, frame) : []));
  const named = arg.kind === "name" || arg.kind === "member" || (arg.kind === "call" && chainOf(arg.callee)?.at(-1) === "bind");
  return named && !isNoFunction(tracer, arg, frame) ? possibilities(tracer.trace(arg, frame)).filter((t): t is TracedFunction => t.is === "function") : [];
}

/**
 * What can be told of a name at once: a parameter is what callers give, and a variable that holds data holds no function. Most
 * arguments are one of these, and need not be followed.
 */
function isNoFunction(tracer: Tracer, arg: Value, frame: Frame): boolean {
  const name = arg.kind === "member" ? arg.of : arg;
  if (name.kind !== "name" || name.name === "this" || name.name === "super") return false;
  const binding = tracer.view(frame.path).lookup(name.name, frame.fn, name.at);
  if (binding?.kind === "parameter") return binding.fallback === undefined && (arg.kind === "name" || binding.fn.params[binding.index]?.type === undefined);
  if (binding?.kind !== "variable" || arg.kind === "member") return false;
  return binding.assigned.every(({ value }) => isData(value)) && binding.declarations.every((d) => d.value !== undefined && isData(d.value) && d.path.length === 0 && !d.element && d.by?.type === undefined);
}

function isData(value: Value): boolean {
  return value.kind === "const" || value.kind === "template" || value.kind === "object" || value.kind === "array" || value.kind === "unary";
}
