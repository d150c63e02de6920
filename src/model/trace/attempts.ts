/** What is run again when it failed, with what makes repeating it unsafe or vain. */
import type { Attempt, FunctionRef, Reached, Site } from "../knowledge.ts";
import type { Layer } from "../policy.ts";
import type { CallValue, FunctionFact, Instruction, LoopInstruction, NewValue, Span, Value } from "../../syntax/summary.ts";
import { heedlessOf } from "./attempt-cancel.ts";
import { freshKeyIn, looksAtError } from "./attempt-errors.ts";
import { leftoversOf } from "./attempt-state.ts";
import { unseenIn, unseenStart } from "./attempt-unseen.ts";
import { factsOfCall } from "./catalogued.ts";
import { type Context, layersOfEdge, nameOf } from "./contexts.ts";
import { anyValue, mayThrow } from "./exits.ts";
import { flowOf } from "./flow.ts";
import type { CallGraph, GraphEdge } from "./graph.ts";
import { layersAround } from "./layers.ts";
import { recursionsOf } from "./recursions.ts";
import { endsForSure, retryOfLoop } from "./retry-loop.ts";
import { type Frame, possibilities, refKey } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

export interface AttemptContext {
  readonly tracer: Tracer;
  readonly graph: CallGraph;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
  readonly contextOf: (ref: FunctionRef) => Context;
}

/** The repeated code with where it stands. */
export interface Body {
  readonly ref: FunctionRef;
  readonly fn: FunctionFact;
  readonly frame: Frame;
  readonly steps: readonly Instruction[];
  readonly span: Span;
  /** The loop that it stands in, where it is an own one. */
  readonly loop?: LoopInstruction;
}

export function attemptsOf(ctx: AttemptContext, ref: FunctionRef): readonly Attempt[] {
  const sure = new Map<string, boolean>();
  const own = loopsOf(ctx, ref, sure);
  const handed = (ctx.graph.out.get(refKey(ref)) ?? []).flatMap((edge) => handedOf(ctx, edge, sure));
  return [...own, ...handed, ...startedOf(ctx, ref), ...recursedOf(ctx, ref)];
}

/** What a function tried before it calls itself again. */
function recursedOf(ctx: AttemptContext, ref: FunctionRef): readonly Attempt[] {
  const frame = ctx.tracer.frame(ref);
  if (!frame) return [];
  return recursionsOf(ctx, ref, frame).flatMap(({ target, call, policy, tried }): readonly Attempt[] => {
    const fn = ctx.tracer.fn(target);
    const around = ctx.tracer.frame(target);
    if (!fn || !around || !tried?.handler || anyValue(fn.body, tellsRepeats)) return [];
    const body: Body = { ref: target, fn, frame: around, steps: tried.body, span: { at: tried.at, end: tried.handler.at } };
    return [
      {
        ...shared(ctx, body, call, call.callee, target),
        leftovers: [],
        by: "a loop",
        own: true,
        recurs: true,
        policy,
        repeats: sitesWithin(ctx, target, tried.body),
        generic: callsParameter(ctx.tracer, tried.body, around) || callsGiven(ctx.tracer, tried.body, around),
        looksAtError: policy.selective === "yes" || looksAtError(ctx, target.path, [...tried.body, ...tried.handler.body], body),
      },
    ];
  });
}

function loopsOf(ctx: AttemptContext, ref: FunctionRef, sure: Map<string, boolean>): readonly Attempt[] {
  const fn = ctx.tracer.fn(ref);
  const frame = ctx.tracer.frame(ref);
  if (!fn || !frame || fn.calls.length === 0) return [];
  return flowOf(fn).loops.flatMap(({ loop }): readonly Attempt[] => {
    const retry = retryOfLoop(ctx.tracer, loop, frame);
    if (!retry) return [];
    const { tried } = retry;
    const isSure = endsForSure(loop, tried) && !mayThrow(tried.body);
    sure.set(`${ref.path}#${loop.at}`, isSure);
    const body: Body = { ref, fn, frame, steps: tried.body, span: { at: tried.at, end: tried.handler?.at ?? tried.end }, loop };
    const repeats = sitesWithin(ctx, ref, tried.body);
    const generic = callsParameter(ctx.tracer, tried.body, frame);
    const unseen = isSure && !generic ? (unseenStart(ctx, body) ?? unseenIn(ctx, body)) : undefined;
    const heedless = heedlessOf(ctx.tracer, loop, retry, body);
    return [
      {
        ...shared(ctx, body, { at: loop.at, end: loop.end }, { at: loop.at, end: loop.headEnd }),
        by: "a loop",
        own: true,
        policy: retry.policy,
        repeats,
        generic,
        looksAtError: retry.policy.selective === "yes" || looksAtError(ctx, ref.path, [...loop.body], body),
        ...(heedless ? { heedless } : {}),
        ...(unseen ? { unseen } : {}),
      },
    ];
  });
}

function handedOf(ctx: AttemptContext, edge: GraphEdge, sure: ReadonlyMap<string, boolean>): readonly Attempt[] {
  const retry = edge.kind === "handed" ? retryAround(ctx, edge) : undefined;
  const fn = retry && ctx.tracer.fn(edge.to);
  const frame = ctx.tracer.frame(edge.to);
  if (!retry || !fn || !frame) return [];
  const body: Body = { ref: edge.to, fn, frame, steps: fn.body, span: { at: fn.at, end: fn.end } };
  const repeats = ctx.reach(edge.to).map((r) => r.site).filter(leaves);
  const generic = callsParameter(ctx.tracer, fn.body, frame);
  const isSure = !looksAtResult(edge.call) && (sure.get(`${retry.place.path}#${retry.place.at}`) ?? !repeatsResults(ctx, retry.place.path));
  const unseen = isSure && !generic ? unseenIn(ctx, body) : undefined;
  const callerBody: Body = { ...body, ref: edge.from };
  return [
    {
      ...shared(ctx, body, edge.call, edge.call.callee, edge.from),
      by: retry.by === "a loop" ? (chainOf(edge.call.callee)?.at(-1) ?? "a loop") : retry.by,
      own: false,
      policy: retry.policy,
      repeats,
      generic,
      looksAtError: retry.policy.selective === "yes" || looksAtError(ctx, edge.from.path, [{ kind: "evaluate", value: edge.call, at: edge.call.at, end: edge.call.end }], callerBody),
      ...(unseen ? { unseen } : {}),
    },
  ];
}

/** A wrapper that repeats is given a promise, and not a function: the work has begun, and will not begin again. */
function startedOf(ctx: AttemptContext, ref: FunctionRef): readonly Attempt[] {
  const fn = ctx.tracer.fn(ref);
  const frame = ctx.tracer.frame(ref);
  if (!fn || !frame) return [];
  const flow = flowOf(fn);
  return flow.steps.flatMap((step): readonly Attempt[] => {
    const { within } = step;
    if (within?.kind !== "argument" || step.call.kind !== "call" || !isPromiseArgument(step.call, within.call, within.index)) return [];
    const retry = startsWork(ctx, step.call, frame) ? layersAround(ctx.tracer, { ...within, up: undefined }, frame).findLast(isRetry) : undefined;
    if (!retry) return [];
    const body: Body = { ref, fn, frame, steps: [], span: step.call };
    const place = { path: ref.path, at: step.call.at, end: step.call.end };
    return [
      {
        ...shared(ctx, body, within.call, within.call.callee),
        by: retry.by === "a loop" ? (chainOf(within.call.callee)?.at(-1) ?? "a loop") : retry.by,
        own: false,
        policy: retry.policy,
        repeats: ctx.reach(ref).filter((r) => r.path[0]?.at === step.call.at && r.path[0].end === step.call.end).map((r) => r.site),
        generic: false,
        looksAtError: true,
        unseen: { why: "started", place, by: chainOf(step.call.callee)?.join(".") ?? "the call" },
      },
    ];
  });
}

function isPromiseArgument(call: CallValue, holder: CallValue | NewValue, index: number): boolean {
  const arg = holder.args[index];
  return arg === call && !(holder.callee.kind === "member" && /^(?:then|catch|all|race|allSettled|pipe)$/.test(holder.callee.name));
}

/** Calls out, or an async function of the workspace: what comes back is a promise that is under way. */
function startsWork(ctx: AttemptContext, call: CallValue, frame: Frame): boolean {
  if (possibilities(ctx.tracer.trace(call.callee, frame)).some((t) => t.is === "function" && ctx.tracer.fn(t.ref)?.isAsync === true)) return true;
  return factsOfCall(ctx.tracer, call, frame)?.facts.returns === "promise";
}

function shared(ctx: AttemptContext, body: Body, span: Span, head: Span, from: FunctionRef = body.ref): Pick<Attempt, "place" | "head" | "in" | "symbol" | "body" | "startup" | "leftovers" | "freshKey"> {
  const { reached } = ctx.contextOf(from);
  const name = nameOf(ctx.tracer, from);
  const key = freshKeyIn(ctx.tracer, body);
  return {
    place: { path: from.path, at: span.at, end: span.end },
    head: { path: from.path, at: head.at, end: head.end },
    in: from,
    symbol: name,
    body: { path: body.ref.path, at: body.span.at, end: body.span.end },
    startup: (reached.has("startup") && reached.size === 1) || /(?:^|\.)(?:connect|reconnect|init|start|bootstrap|onModuleInit|onApplicationBootstrap|waitFor|ensure)\w*$/i.test(name),
    leftovers: leftoversOf(ctx, body),
    ...(key ? { freshKey: key } : {}),
  };
}

/** The retry that a call puts around the function in its argument; what stands around the call itself is another's. */
function retryAround(ctx: AttemptContext, edge: GraphEdge): (Layer & { kind: "retry" }) | undefined {
  const frame = ctx.tracer.frame(edge.from);
  if (edge.within?.kind !== "argument" || edge.within.call !== edge.call || !frame) return undefined;
  if (!layersOfEdge(ctx.tracer, edge).some(isRetry)) return undefined;
  return layersAround(ctx.tracer, { ...edge.within, up: undefined }, frame).findLast(isRetry);
}

function isRetry(layer: Layer): layer is Layer & { kind: "retry" } {
  return layer.kind === "retry";
}

export function sitesWithin(ctx: AttemptContext, ref: FunctionRef, body: readonly Instruction[]): readonly Site[] {
  return ctx.reach(ref).filter((r) => body.some((step) => step.at <= (r.path[0]?.at ?? -1) && (r.path[0]?.end ?? -1) <= step.end)).map((r) => r.site).filter(leaves);
}

const LEAVES: ReadonlySet<string> = new Set(["request", "query", "connect", "transaction", "cache", "publish", "sdk"]);

function leaves(site: Site): boolean {
  return LEAVES.has(site.effect);
}

function callsParameter(tracer: Tracer, body: readonly Instruction[], frame: Frame): boolean {
  return anyValue(body, (v) => v.kind === "call" && possibilities(tracer.trace(v.callee, frame)).some((t) => t.is === "parameter" && t.typed === undefined && t.path.length === 0));
}

/** `answer.deduplicated`: the other side tells what it had before. */
function tellsRepeats(v: Value): boolean {
  return (v.kind === "name" || v.kind === "member") && /dedup|duplicate|idempot|already/i.test(v.name);
}

/** `this.callback(batch)`: what to do was given with the options that the object was made with. */
function callsGiven(tracer: Tracer, body: readonly Instruction[], frame: Frame): boolean {
  return anyValue(body, (v) => v.kind === "await" && v.of.kind === "call" && v.of.callee.kind === "member" && GIVEN.test(v.of.callee.name) && possibilities(tracer.trace(v.of.callee, frame)).some((t) => t.is === "parameter" && t.path.length === 1));
}

const GIVEN = /^(?:callback|handler|fn|func|action|operation|task|work|processor?|run|execute|on[A-Z]\w*)$/;

/** Options by which an answer, and not only an error, leads to another attempt. */
function looksAtResult(call: CallValue | NewValue): boolean {
  return call.args.some((arg) => arg.kind === "object" && arg.properties.some((p) => p.key !== undefined && /^(?:until|retryIf|isDone|\w*result\w*|retryOn|validate\w*|check\w*)$/i.test(p.key)));
}

function repeatsResults(ctx: AttemptContext, path: string): boolean {
  return ctx.tracer.view(path).summary?.functions.some((fn) => fn.calls.some((c) => /\bhandle\w*Result|orWhenResult|orResult/.test(c))) === true;
}
