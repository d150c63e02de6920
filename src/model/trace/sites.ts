/**
 * Calls that leave the process, each told once, where its target and options are decided: a wrapper that is handed its URL, its
 * client or its options is seen through to its callers.
 */
import type { FunctionRef, Site } from "../knowledge.ts";
import type { Confidence, Place } from "../finding.ts";
import type { Aspect, Evidence, Layer, Policy, Repeater, RetryPolicy } from "../policy.ts";
import type { Text } from "../text.ts";
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import { argumentAt, constOf, enter } from "./calls.ts";
import { circumstancesOf } from "./circumstances.ts";
import { type Called, factsOfCall } from "./catalogued.ts";
import { type Context, layersOfEdge, leavesAlone, nameOf, wrap } from "./contexts.ts";
import { decorationsOf } from "./decorations.ts";
import { type DeadlineContext, deadlineOf, type DeadlineRead } from "./deadline.ts";
import { flowOf, type Step } from "./flow.ts";
import type { CallGraph, GraphEdge, RawCall } from "./graph.ts";
import { layersOfStep, layersOfPolicy, layersOfWrap, retryPolicyOf } from "./layers.ts";
import { idempotencyOf } from "./idempotency.ts";
import { readOption } from "./options.ts";
import { keyOf, originOf, targetOf, targetsOf } from "./site-targets.ts";
import { type Frame, type Origin, possibilities, refKey, sameRef, type TracedFunction } from "./traced.ts";
import { chainOf } from "./walk.ts";

const MAX_LIFT = 5;
const MAX_CALLERS = 200;

export interface SiteContext extends DeadlineContext {
  readonly graph: CallGraph;
  readonly contextOf: (ref: { path: string; id: number }) => Context;
}

export interface Emitted {
  readonly site: Site;
  /** The call where it is told: the library's call, or the call of a wrapper. */
  readonly at: CallValue | NewValue;
}

/** All sites of a catalogued call. */
export function sitesOf(ctx: SiteContext, raw: RawCall): readonly Emitted[] {
  const frame = ctx.tracer.frame(raw.ref);
  return frame ? emit(ctx, raw, raw, frame, { at: raw.step, ref: raw.ref, frame, layers: [], chain: [], hops: [] }, 0) : [];
}

/** Where a site stands while it is lifted from wrapper to caller. */
interface Standing {
  readonly at: Step;
  readonly ref: FunctionRef;
  readonly frame: Frame;
  /** Layers of the wrappers passed, innermost last. */
  readonly layers: readonly Layer[];
  readonly chain: readonly Evidence[];
  /** Calls of wrappers from here down to the function that makes the library's call, each with the function that it stands in. */
  readonly hops: readonly Hop[];
}

interface Hop {
  readonly step: Step;
  readonly ref: FunctionRef;
  /** Set where the call runs a function that something was made with before. */
  readonly fired?: TracedFunction;
}

function emit(ctx: SiteContext, raw: RawCall, called: Called, callFrame: Frame, standing: Standing, depth: number): readonly Emitted[] {
  const deadline = deadlineOf(ctx, called, callFrame);
  const target = targetOf(ctx, called);
  const owner = openParameter(ctx, called, { deadline, target }, standing.ref);
  const callers = owner && depth < MAX_LIFT ? (ctx.graph.into.get(refKey(owner)) ?? []).filter((e) => (e.kind === "call" || e.fires) && e.step && e.callee) : [];
  const lifted = callers.slice(0, MAX_CALLERS).flatMap((edge) => lift(ctx, raw, standing, edge, depth));
  return lifted.length > 0 ? lifted : [{ site: siteOf(ctx, raw, called, standing, deadline, target), at: standing.at.call }];
}

/**
 * The function whose parameter decides what the call is: its client, where it goes, or how long it may take. Of several the
 * innermost is asked first: who calls the outer one has not said yet what the inner one is given.
 */
function openParameter(ctx: SiteContext, called: Called, open: { readonly deadline: DeadlineRead; readonly target: Text }, from: FunctionRef): FunctionRef | undefined {
  const owners = [called.origin.parameter?.ref, open.deadline.open?.ref, ...ownersOfTarget(called, open.target)].filter((ref) => ref !== undefined && ref.path === from.path);
  for (let fn = ctx.tracer.fn(from); fn; fn = fn.parent >= 0 ? ctx.tracer.fn({ path: from.path, id: fn.parent }) : undefined) {
    const owner = owners.find((ref) => ref?.id === fn?.id);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

function ownersOfTarget({ facts }: Called, target: Text): readonly (FunctionRef | undefined)[] {
  if (facts.effect === "publish" || facts.effect === "consume") return target.map((part) => (part.is === "parameter" ? part.ref : undefined));
  const [first] = target;
  return facts.effect === "request" && first?.is === "parameter" ? [first.ref] : [];
}

/** Tells the call at one caller of the wrapper, with the arguments that this caller gives. */
function lift(ctx: SiteContext, raw: RawCall, standing: Standing, edge: GraphEdge, depth: number): readonly Emitted[] {
  const { step, callee } = edge;
  const callerFrame = ctx.tracer.frame(edge.from);
  const entered = step && callee && callerFrame && enter(ctx.tracer, callee, step.call, callerFrame);
  if (!step || !entered || !callerFrame) return [];
  const rawFrame = replay(ctx, raw, standing, entered);
  const again = rawFrame && factsOfCall(ctx.tracer, raw.step.call, rawFrame);
  if (!again) return [];
  const fn = ctx.tracer.fn(standing.ref);
  const within = [...(edge.inner ?? []), ...decorationsOf(ctx.tracer, edge.to), ...layersBetween(ctx, edge.to, standing.ref), ...(fn ? layersOfStep(ctx.tracer, standing.at, flowOf(fn).steps, standing.frame) : [])];
  const place = { path: standing.ref.path, at: standing.at.call.callee.at, end: standing.at.call.callee.end };
  const chain = [{ says: `through ${nameOf(ctx.tracer, standing.ref)}`, place }, ...standing.chain];
  return emit(ctx, raw, again, rawFrame, { at: step, ref: edge.from, frame: callerFrame, layers: [...within, ...standing.layers], chain, hops: [{ step, ref: edge.from, ...(edge.fires ? { fired: callee } : {}) }, ...standing.hops] }, depth + 1);
}

/** What a function puts around one that is written inside it and handed on (`breaker.fire(() => fetch(url))`). */
function layersBetween(ctx: SiteContext, outer: FunctionRef, inner: FunctionRef): readonly Layer[] {
  const parent = ctx.tracer.fn(inner)?.parent ?? -1;
  if (sameRef(outer, inner) || parent < 0) return [];
  const edge = ctx.graph.into.get(refKey(inner))?.find(({ from }) => from.path === inner.path && from.id === parent);
  return [...layersBetween(ctx, outer, { path: inner.path, id: parent }), ...(edge ? layersOfEdge(ctx.tracer, edge) : [])];
}

/** The frame of the library's call when the wrapper outermost on the way is entered with `entered`. */
function replay(ctx: SiteContext, raw: RawCall, standing: Standing, entered: Frame): Frame | undefined {
  let frame = descend(ctx, entered, standing.ref);
  for (const [index, hop] of standing.hops.entries()) {
    if (!frame) return undefined;
    const callee = hop.fired ?? possibilities(ctx.tracer.trace(hop.step.call.callee, frame)).find((t) => t.is === "function");
    const next = callee?.is === "function" ? enter(ctx.tracer, callee, hop.step.call, frame) : undefined;
    frame = next && descend(ctx, next, standing.hops[index + 1]?.ref ?? raw.ref);
  }
  return frame;
}

/** The frame of a function written inside the function of `frame`. */
function descend(ctx: SiteContext, frame: Frame, to: FunctionRef): Frame | undefined {
  const fn = ctx.tracer.fn(to);
  if (!fn || to.path !== frame.path) return undefined;
  if (fn.id === frame.fn.id) return frame;
  const outer = fn.parent >= 0 ? descend(ctx, frame, { path: to.path, id: fn.parent }) : undefined;
  return outer && { path: to.path, fn, outer, particular: true, depth: outer.depth + 1, ...(outer.self ? { self: outer.self } : {}) };
}

function siteOf(ctx: SiteContext, raw: RawCall, called: Called, standing: Standing, deadline: DeadlineRead, target: Text): Site {
  const { call } = standing.at;
  const { path } = standing.ref;
  const fn = ctx.tracer.fn(standing.ref);
  const around = fn ? layersOfStep(ctx.tracer, standing.at, flowOf(fn).steps, standing.frame) : [];
  const context = ctx.contextOf(standing.ref);
  const layers = [...around, ...standing.layers];
  const seen = wrap(context, layers);
  const callee = calleePlace(path, call);
  const rawPlace = calleePlace(raw.ref.path, raw.step.call);
  const method = verbOf(ctx, called);
  const confidence: Confidence = called.origin.confidence;
  const entity = entityOf(ctx, called);
  const more = targetsOf(ctx, called).slice(1);
  const key = keyOf(ctx, called);
  const isProxy = called.library.category.includes("gateway");
  const configured = isProxy ? configuredAt(ctx, called) : undefined;
  return {
    id: `${path}#${callee.at}<${rawPlace.path}#${rawPlace.at}`,
    place: { path, at: call.at, end: call.end },
    callee,
    raw: rawPlace,
    rawCall: { path: raw.ref.path, at: raw.step.call.at, end: raw.step.call.end, text: calleeText(raw.step.call, called), symbol: nameOf(ctx.tracer, raw.ref) },
    ...(configured ? { configuredAt: configured } : {}),
    circumstances: circumstancesOf(ctx.tracer, [{ step: raw.step, ref: raw.ref }, ...standing.hops]),
    in: standing.ref,
    symbol: nameOf(ctx.tracer, standing.ref),
    library: called.library.package,
    effect: called.facts.effect,
    facts: called.facts,
    access: accessOf(called, method, target),
    idempotent: idempotentOf(called, method),
    verb: method,
    calleeText: calleeText(call, called),
    origin: originOf(ctx, called.origin),
    target,
    ...(more.length === 0 ? {} : { alsoTargets: more }),
    ...(key === undefined ? {} : { key }),
    ...(entity === undefined ? {} : { entity }),
    args: called.args,
    confidence,
    policy: policyOf(ctx, called, deadline, seen, layers, standing.chain),
    way: [...context.way, ...standing.chain],
    // A proxy is made at start-up and calls out for every request.
    reached: isProxy ? "request" : reachedBy(context, fn?.kind),
    awaited: raw.step.awaited,
    ...(context.unwatched || [raw.step, ...standing.hops.map(({ step }) => step)].some(leavesAlone) ? { unwatched: true as const } : {}),
  };
}

/** Options that another function or constant puts together. */
function configuredAt(ctx: SiteContext, called: Called): Place | undefined {
  const options = called.facts.options === undefined ? undefined : called.args[called.facts.options];
  if (!options || options.kind === "object") return undefined;
  const [made] = possibilities(ctx.tracer.trace(options, called.argsFrame)).flatMap((one) => (one.is === "object" ? [{ path: one.frame.path, at: one.value.at, end: one.value.end }] : []));
  return made;
}

function calleePlace(path: string, call: CallValue | NewValue): Place {
  const { callee } = call;
  return callee.kind === "member" ? { path, at: callee.nameAt, end: callee.nameAt + callee.name.length } : { path, at: callee.at, end: callee.end };
}

/** `this.http.post`, `axios.create().post` */
function calleeText({ callee }: CallValue | NewValue, called: Called): string {
  return writtenAs(callee) ?? called.origin.name;
}

function writtenAs(value: Value): string | undefined {
  const below = value.kind === "member" ? writtenAs(value.of) : value.kind === "call" ? writtenAs(value.callee) : undefined;
  if (value.kind === "member") return below === undefined ? undefined : `${below}.${value.name}`;
  if (value.kind === "call") return below === undefined ? undefined : `${below}()`;
  return chainOf(value)?.join(".");
}

function reachedBy(context: Context, kind: string | undefined): Site["reached"] {
  for (const by of ["request", "message", "schedule"] as const) if (context.reached.has(by)) return by;
  return context.reached.has("startup") || kind === "module" ? "startup" : "unknown";
}

function verbOf(ctx: SiteContext, called: Called): string {
  const at = called.facts.methodAt;
  const arg = at && called.args[at.arg];
  if (arg && at.path !== undefined) {
    const read = readOption(ctx.tracer, ctx.tracer.trace(arg, called.argsFrame), at.path);
    if (read.is === "set" && read.value.is === "const" && typeof read.value.value === "string") return read.value.value.toUpperCase();
    if (read.is === "absent") return "GET";
    return "REQUEST";
  }
  if (at && !arg) return "GET";
  return called.verb;
}

function accessOf(called: Called, verb: string, target: Text): Site["access"] {
  switch (called.facts.access) {
    case "read":
    case "write":
      return called.facts.access;
    case "by-method":
      return verb === "GET" || verb === "HEAD" || verb === "OPTIONS" ? "read" : verb === "REQUEST" ? "unknown" : "write";
    case "by-text": {
      const text = target.map((p) => (p.is === "known" ? p.text : " ? ")).join("").trim();
      return /^(with\b[\s\S]*\)\s*)?select\b|^show\b|^explain\b/i.test(text) && !/\b(insert|update|delete)\b/i.test(text) ? "read" : /\b(insert|update|delete|merge|create|alter|drop|truncate|upsert)\b/i.test(text) ? "write" : "unknown";
    }
    case "none":
      return "unknown";
  }
}

function idempotentOf(called: Called, verb: string): Site["idempotent"] {
  const { idempotent } = called.facts;
  if (idempotent === "by-method") return verb === "REQUEST" ? "unknown" : /^(GET|HEAD|OPTIONS|PUT|DELETE|TRACE)$/.test(verb);
  return idempotent;
}

function entityOf(ctx: SiteContext, called: Called): string | undefined {
  const at = called.facts.entity;
  const arg = at && argumentAt({ ...EMPTY_CALL, args: called.args }, at.arg);
  if (arg) {
    if (at.path !== undefined) {
      const read = readOption(ctx.tracer, ctx.tracer.trace(arg, called.argsFrame), at.path);
      if (read.is === "set" && read.value.is === "const") return String(read.value.value);
    } else {
      const known = constOf(ctx.tracer, arg, called.argsFrame);
      if (typeof known === "string") return known;
      const chain = chainOf(arg);
      if (chain && /^[A-Z]/.test(chain.at(-1) ?? "")) return chain.at(-1);
    }
  }
  return called.origin.entity;
}

const EMPTY_CALL: CallValue = { kind: "call", callee: { kind: "name", name: "", at: 0, end: 0 }, args: [], typeArgs: [], at: 0, end: 0 };

function policyOf(ctx: SiteContext, called: Called, deadline: DeadlineRead, seen: Context, layers: readonly Layer[], chain: readonly Evidence[]): Policy {
  const attached = attachedLayers(ctx, called);
  const all = wrap(seen, attached);
  const repeaters = repeatersOf(ctx, called, all.retries);
  return {
    deadline: withOuter(deadline.aspect, all.deadline),
    retry: retryOf(repeaters),
    breaker: all.breaker?.kind === "breaker" ? { is: "known", value: all.breaker.policy, evidence: [{ says: `a breaker by ${all.breaker.by}`, place: all.breaker.place }] } : { is: "absent", evidence: [{ says: "no circuit breaker on the way", ...(chain[0]?.place ? { place: chain[0].place } : {}) }] },
    bulkhead: all.bulkhead ? { is: "present", evidence: [{ says: "concurrency is bounded", place: all.bulkhead.place }] } : { is: "absent", evidence: [] },
    fallback: all.fallback ? { is: "present", evidence: [{ says: "failures are answered here", place: all.fallback.place }] } : { is: "absent", evidence: [] },
    idempotency: idempotencyOf(ctx.tracer, called),
    layers: [...layers, ...attached],
    repeaters,
  };
}

/** Policies and attachments that an instance carries itself (`axiosRetry(client)`, a proxied client). */
function attachedLayers(ctx: SiteContext, called: Called): readonly Layer[] {
  const layers: Layer[] = [];
  for (let o: Origin | undefined = called.origin, i = 0; o && i < 4; o = o.parent, i++) {
    for (const a of ctx.states.of(o).attached) layers.push(...layersOfWrap(ctx.tracer, a.wrap, a.call, a.frame, a.place, a.by));
    if (o.policy && o.place) layers.push(...layersOfPolicy(ctx.tracer, o, o.place));
  }
  return layers;
}

function withOuter(own: Aspect<number>, outer: Layer | undefined): Aspect<number> {
  if (outer?.kind !== "deadline") return own;
  const evidence: readonly Evidence[] = [{ says: `a deadline by ${outer.by}`, place: outer.place }];
  if (own.is === "known" && (outer.ms === undefined || own.value <= outer.ms)) return own;
  return outer.ms === undefined ? { is: "present", evidence } : { is: "known", value: outer.ms, evidence };
}

function repeatersOf(ctx: SiteContext, called: Called, around: readonly Layer[]): readonly Repeater[] {
  const own = clientRetry(ctx, called);
  const layers = around.flatMap((l): readonly Repeater[] => (l.kind === "retry" ? [{ policy: l.policy, by: l.by, place: l.place, isClient: false }] : []));
  return own ? [...layers, own] : layers;
}

function retryOf(repeaters: readonly Repeater[]): Aspect<RetryPolicy> {
  const evidence = repeaters.map(({ isClient, by, place }): Evidence => ({ says: isClient ? `${by} repeats by itself` : `repeated by ${by}`, ...(place ? { place } : {}) }));
  const [first] = repeaters;
  if (!first) return { is: "absent", evidence: [{ says: "nothing repeats it" }] };
  const attempts = repeaters.reduce<RetryPolicy["attempts"]>((product, { policy: p }) => (product === "unbounded" || p.attempts === "unbounded" ? "unbounded" : product === "unknown" || p.attempts === "unknown" ? "unknown" : product * p.attempts), 1);
  return { is: "known", value: { ...first.policy, attempts }, evidence };
}

/** The client's own retry, where the library has one and it is on. */
function clientRetry(ctx: SiteContext, called: Called): Repeater | undefined {
  const facts = called.library.retry;
  if (!facts) return undefined;
  const { origin } = called;
  const arg = origin.call && origin.options !== undefined ? origin.call.args[origin.options] : undefined;
  const options = arg && origin.frame ? ctx.tracer.trace(arg, origin.frame) : undefined;
  const named = facts.options.attempts?.name;
  const set = options && named !== undefined ? readOption(ctx.tracer, options, named).is === "set" : false;
  if (!facts.byDefault && !set) return undefined;
  const policy = retryPolicyOf(ctx.tracer, facts, options);
  if (policy.attempts === 1 || policy.attempts === 0) return undefined;
  return { policy, by: called.library.title ?? called.library.package, isClient: true, ...(origin.place ? { place: origin.place } : {}) };
}
