/** What protects a function from above: over all ways that lead to it, the weakest of each aspect. */
import type { FunctionFact } from "../../syntax/summary.ts";
import type { Entry, FunctionRef } from "../knowledge.ts";
import type { Evidence, Layer } from "../policy.ts";
import type { GraphEdge } from "./graph.ts";
import { layersAround, layersOfStep } from "./layers.ts";
import { returnValues } from "./calls.ts";
import { anyValue } from "./exits.ts";
import { flowOf, type Step } from "./flow.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

export type ReachedBy = "request" | "message" | "schedule" | "startup";

export interface Context {
  /** Present only where every way has one. */
  readonly deadline?: Layer;
  readonly breaker?: Layer;
  readonly bulkhead?: Layer;
  readonly fallback?: Layer;
  /** Opened above, so that all queries of the way share one connection. */
  readonly transaction?: Layer;
  /** Retries on the way that repeats most. */
  readonly retries: readonly Layer[];
  readonly reached: ReadonlySet<ReachedBy>;
  /** On every way something is started and left to itself. */
  readonly unwatched?: true;
  /** Calls on the least protected way, outermost first. */
  readonly way: readonly Evidence[];
}

const MAX_WAY = 6;

/** A function among those that contexts are carried through. */
export interface Passing {
  readonly ref: FunctionRef;
  readonly into: readonly GraphEdge[];
  readonly link: {
    readonly edges: readonly GraphEdge[];
    /** What decorators put around it, whoever calls it. */
    readonly around: readonly Layer[];
  };
  /** Whom each edge leads to, with the number in the list, which is negative where it is not among them. */
  readonly targets: readonly ({ readonly at: number } | undefined)[];
}

export const NO_CONTEXT: Context = { retries: [], reached: new Set(), way: [] };
const SEEDS: Readonly<Record<ReachedBy | "nobody", Context>> = { request: seedOf("request"), message: seedOf("message"), schedule: seedOf("schedule"), startup: seedOf("startup"), nobody: NO_CONTEXT };

function seedOf(kind: ReachedBy): Context {
  return { ...NO_CONTEXT, reached: new Set([kind]) };
}

/** Contexts of functions, by their number in the list: all that lead to one of them are among them. `entries` are called from outside. */
export function contextsOf(tracer: Tracer, functions: readonly Passing[], entries: readonly { readonly at: number; readonly kind: Entry["kind"] }[]): readonly (Context | undefined)[] {
  const contexts = new Array<Context | undefined>(functions.length).fill(undefined);
  const queue: number[] = [];
  const queued = new Uint8Array(functions.length);
  const rounds = new Uint8Array(functions.length);
  for (const { at, kind } of entries) arrive(at, SEEDS[kind], undefined);
  for (let at = 0; at < functions.length; at++) {
    const one = functions[at];
    if (one?.ref.id === 0) arrive(at, SEEDS.startup, undefined);
    else if (one?.into.length === 0 && contexts[at] === undefined) arrive(at, SEEDS.nobody, undefined);
  }
  for (let next = 0; next < queue.length; next++) {
    const at = queue[next] ?? 0;
    const one = functions[at];
    if (!one) continue;
    queued[at] = 0;
    const own = contexts[at] ?? NO_CONTEXT;
    const { edges } = one.link;
    for (let index = 0; index < edges.length; index++) {
      const to = one.targets[index]?.at ?? -1;
      const edge = edges[index];
      if (to >= 0 && edge) flow(edge, own, to);
    }
  }
  return contexts;

  function flow(edge: GraphEdge, from: Context, to: number): void {
    const wrapped = wrap(from, layersOfEdge(tracer, edge));
    const reached = reachedThrough(tracer, edge, from.reached);
    const seen = reached === wrapped.reached ? wrapped : { ...wrapped, reached };
    // Where somebody watches already, it makes no difference.
    const before = contexts[to];
    const unwatched = (before === undefined || before.unwatched) && !seen.unwatched && isLeft(tracer, edge);
    arrive(to, unwatched ? { ...seen, unwatched: true } : seen, edge);
  }

  function arrive(at: number, outside: Context, by: GraphEdge | undefined): void {
    const before = contexts[at];
    const without = wrap(outside, functions[at]?.link.around ?? []);
    if (before && isNoWeaker(without, before)) return;
    const incoming = by?.kind === "call" ? { ...without, way: [...without.way.slice(-MAX_WAY), callerOf(tracer, by)] } : without;
    const after = before ? meet(before, incoming) : incoming;
    const round = (rounds[at] ?? 0) + 1;
    rounds[at] = round;
    if (round > 40) return;
    contexts[at] = after;
    if (queued[at] === 1) return;
    queued[at] = 1;
    queue.push(at);
  }
}

function callerOf(tracer: Tracer, edge: GraphEdge): Evidence {
  const fn = tracer.fn(edge.from);
  const known = callers.get(edge);
  if (known !== undefined && known.fn === fn) return known.evidence;
  const evidence: Evidence = { says: `called by ${nameOf(tracer, edge.from)}`, place: { path: edge.from.path, at: edge.call.callee.at, end: edge.call.callee.end } };
  callers.set(edge, { fn, evidence });
  return evidence;
}

/** What is said of an edge, as long as nobody edits the file that it comes from. */
const callers = new WeakMap<GraphEdge, { readonly fn: FunctionFact | undefined; readonly evidence: Evidence }>();

/** A call of something that waits, as a statement of its own, and with no callback that would be told. */
function isLeft(tracer: Tracer, { kind, step, to }: GraphEdge): boolean {
  if (kind !== "call" || step === undefined || !leavesAlone(step)) return false;
  const fn = tracer.fn(to);
  return fn !== undefined && mayWait(fn);
}

function mayWait(fn: FunctionFact): boolean {
  const known = waiting.get(fn);
  if (known !== undefined) return known;
  const waits = anyValue(fn.body, (value) => value.kind === "await") || returnValues(fn).some((value) => value.kind === "call");
  waiting.set(fn, waits);
  return waits;
}

/** A function stays the same object as long as nobody edits its file. */
const waiting = new WeakMap<FunctionFact, boolean>();

/** Whether nobody is told of what comes of a call. */
export function leavesAlone({ dropped, call }: Step): boolean {
  return dropped === true && !call.args.some((arg) => arg.kind === "function" || (arg.kind === "name" && /^(?:res|response|reply|ctx|next|cb|callback|done|resolve|reject)$/.test(arg.name)));
}

/** Receivers of a function that run it there and then. */
const RUNS_AT_ONCE = /^(?:then|catch|finally|map|forEach|flatMap|filter|reduce|some|every|find|sort|call|apply|run|exec|execute|bootstrap|main|start|retry|pRetry|setTimeout|setImmediate|nextTick|queueMicrotask|Promise|all|race|listen|connect|on|once)$/;

/** What is only handed over at start-up (`const handler = asyncHandler(async (req, res) => …)`) runs when it is called, and not then. */
function reachedThrough(tracer: Tracer, edge: GraphEdge, reached: Context["reached"]): Context["reached"] {
  if (edge.kind === "call" || !reached.has("startup") || edge.inner) return reached;
  if (RUNS_AT_ONCE.test(chainOf(edge.call.callee)?.at(-1) ?? "then")) return reached;
  const later = new Set([...reached].filter((by) => by !== "startup"));
  const [first = "", second = ""] = (tracer.fn(edge.to)?.params ?? []).map((p) => (p.pattern.kind === "name" ? p.pattern.name : ""));
  if (/^_?req(uest)?$/.test(first) && /^_?(res(ponse)?|reply|rep|h)$/.test(second)) later.add("request");
  return later;
}

export function nameOf(tracer: Tracer, ref: FunctionRef): string {
  const fn = tracer.fn(ref);
  if (!fn || fn.kind === "module") return ref.path.slice(ref.path.lastIndexOf("/") + 1);
  const owner = fn.classId >= 0 ? tracer.class({ path: ref.path, id: fn.classId })?.name : undefined;
  if (fn.name !== "") return owner ? `${owner}.${fn.name}` : fn.name;
  return fn.parent >= 0 ? nameOf(tracer, { path: ref.path, id: fn.parent }) : "a function";
}

/** Layers between the start of the caller and the callee. */
export function layersOfEdge(tracer: Tracer, edge: GraphEdge): readonly Layer[] {
  const known = tracer.knownLayers(edge);
  if (known) return known;
  const frame = tracer.frame(edge.from);
  if (!frame) return edge.inner ?? [];
  return tracer.edgeLayers(edge, frame, () => {
    const around = edge.kind === "call" && edge.step ? layersOfStep(tracer, edge.step, flowOf(frame.fn).steps, frame) : layersAround(tracer, edge.within, frame);
    return edge.inner ? [...around, ...edge.inner] : around;
  });
}

/** A context seen from inside `layers`. */
export function wrap(context: Context, layers: readonly Layer[]): Context {
  if (layers.length === 0) return context;
  const deadline = least([context.deadline, ...layers.filter((l) => l.kind === "deadline")]);
  const breaker = context.breaker ?? layers.find((l) => l.kind === "breaker");
  const bulkhead = context.bulkhead ?? layers.find((l) => l.kind === "bulkhead");
  const fallback = context.fallback ?? layers.find((l) => l.kind === "fallback" || l.kind === "swallow");
  const transaction = context.transaction ?? layers.find((l) => l.kind === "transaction");
  return {
    ...context,
    ...(deadline ? { deadline } : {}),
    ...(breaker ? { breaker } : {}),
    ...(bulkhead ? { bulkhead } : {}),
    ...(fallback ? { fallback } : {}),
    ...(transaction ? { transaction } : {}),
    retries: [...context.retries, ...layers.filter((l) => l.kind === "retry")].slice(0, 6),
  };
}

function least(layers: readonly (Layer | undefined)[]): Layer | undefined {
  let best: Layer | undefined;
  for (const layer of layers) {
    if (layer?.kind !== "deadline") continue;
    if (!best || (layer.ms ?? Infinity) < ((best.kind === "deadline" ? best.ms : undefined) ?? Infinity)) best = layer;
  }
  return best;
}

/** The weaker of both in every aspect. */
function meet(a: Context, b: Context): Context {
  const weaker = a.deadline === undefined ? a : b.deadline === undefined ? b : a.breaker === undefined ? a : b;
  const pick = (key: "breaker" | "bulkhead" | "fallback" | "transaction"): Layer | undefined => (a[key] && b[key] ? a[key] : undefined);
  const deadline = a.deadline && b.deadline ? (msOf(a.deadline) >= msOf(b.deadline) ? a.deadline : b.deadline) : undefined;
  const breaker = pick("breaker");
  const bulkhead = pick("bulkhead");
  const fallback = pick("fallback");
  const transaction = pick("transaction");
  return {
    ...(deadline ? { deadline } : {}),
    ...(breaker ? { breaker } : {}),
    ...(bulkhead ? { bulkhead } : {}),
    ...(fallback ? { fallback } : {}),
    ...(transaction ? { transaction } : {}),
    retries: a.retries.length >= b.retries.length ? a.retries : b.retries,
    ...(a.unwatched && b.unwatched ? { unwatched: true as const } : {}),
    reached: isWithin(b.reached, a.reached) ? a.reached : isWithin(a.reached, b.reached) ? b.reached : new Set([...a.reached, ...b.reached]),
    way: weaker.way,
  };
}

function msOf(layer: Layer): number {
  return layer.kind === "deadline" ? (layer.ms ?? Infinity) : Infinity;
}

/** Whether `meet(before, incoming)` would be `before`. Most ways that lead to a function tell nothing new, so nothing is made for them. */
function isNoWeaker(incoming: Context, before: Context): boolean {
  if (before.deadline && (!incoming.deadline || msOf(incoming.deadline) > msOf(before.deadline))) return false;
  if ((before.breaker && !incoming.breaker) || (before.bulkhead && !incoming.bulkhead) || (before.fallback && !incoming.fallback) || (before.transaction && !incoming.transaction)) return false;
  if (before.unwatched && !incoming.unwatched) return false;
  if (incoming.retries.length > before.retries.length) return false;
  return isWithin(incoming.reached, before.reached);
}

function isWithin(part: Context["reached"], whole: Context["reached"]): boolean {
  if (part === whole) return true;
  for (const kind of part) if (!whole.has(kind)) return false;
  return true;
}
