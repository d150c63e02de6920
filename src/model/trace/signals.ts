/** Signals that are made, given or offered, and that no call gets. */
import type { FunctionRef, IdleSignal, Reached, Site } from "../knowledge.ts";
import type { FunctionFact, Pattern, Span, Value } from "../../syntax/summary.ts";
import { nameOf } from "./contexts.ts";
import { anyDeep, anyInstruction, lastName } from "./deep.ts";
import { flowOf } from "./flow.ts";
import type { CallGraph } from "./graph.ts";
import { type Frame, type Origin, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

export interface SignalContext {
  readonly tracer: Tracer;
  readonly graph: CallGraph;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
}

export function idleSignalsOf(ctx: SignalContext, ref: FunctionRef): readonly IdleSignal[] {
  const fn = ctx.tracer.fn(ref);
  const frame = ctx.tracer.frame(ref);
  if (!fn || !frame || fn.calls.length === 0) return [];
  return [...made(ctx, ref, fn, frame), ...given(ctx, ref, fn), ...offered(ctx, ref, fn, frame)];
}

// --------------------------------------------------------------------------------------------------------- made

function made(ctx: SignalContext, ref: FunctionRef, fn: FunctionFact, frame: Frame): readonly IdleSignal[] {
  if (fn.kind === "module" || !fn.calls.some((c) => /AbortController$|AbortSignal\.(?:timeout|any)$/.test(c))) return [];
  const found: IdleSignal[] = [];
  anyInstruction(fn.body, (step) => {
    const { value } = step.kind === "declare" ? step : { value: undefined };
    const isMade = step.kind === "declare" && step.pattern.kind === "name" && value !== undefined;
    if (!isMade || step.pattern.kind !== "name") return false;
    const { name } = step.pattern;
    const kind = madeBy(ctx.tracer, value, frame);
    if (kind === undefined || !isIdle(ctx.tracer, ref, fn, { name, kind, at: step })) return false;
    const calls = silentCalls(ctx, ref);
    if (calls.length > 0) found.push({ place: place(ref, step.pattern), in: ref, symbol: nameOf(ctx.tracer, ref), name, kind: "made", signal: kind === "controller" ? `${name}.signal` : name, calls });
    return false;
  });
  return found;
}

function madeBy(tracer: Tracer, value: Value, frame: Frame): "controller" | "signal" | undefined {
  if (value.kind === "new" && value.callee.kind === "name" && value.callee.name === "AbortController") {
    const traced = tracer.trace(value.callee, frame);
    return traced.is === "export" || traced.is === "foreign" ? "controller" : undefined;
  }
  const chain = value.kind === "call" ? chainOf(value.callee)?.join(".") : undefined;
  return chain === "AbortSignal.timeout" || chain === "AbortSignal.any" ? "signal" : undefined;
}

/** Of a controller nothing but `abort` is used; a signal is not used at all. */
function isIdle(tracer: Tracer, ref: FunctionRef, fn: FunctionFact, it: { readonly name: string; readonly kind: "controller" | "signal"; readonly at: Span }): boolean {
  let aborts = it.kind === "signal";
  const aborting = new Set<number>();
  const isUsed = anyDeep(tracer, ref.path, fn.body, (v) => {
    if (v.kind === "member" && v.name === "abort" && v.of.kind === "name" && v.of.name === it.name) {
      aborts = true;
      aborting.add(v.of.at);
      return false;
    }
    return v.kind === "name" && v.name === it.name && !aborting.has(v.at);
  });
  return aborts && !isUsed;
}

// -------------------------------------------------------------------------------------------------------- given

/** A parameter that is a signal by name and type, in a function that calls out without it. */
function given(ctx: SignalContext, ref: FunctionRef, fn: FunctionFact): readonly IdleSignal[] {
  return fn.params.flatMap(({ pattern, type }): readonly IdleSignal[] => {
    const names = namesOfSignal(pattern, type?.kind === "name" && type.name === "AbortSignal");
    return names.flatMap((at) => {
      if (anyDeep(ctx.tracer, ref.path, fn.body, (v) => v.kind === "name" && (v.name === at.name || v.name === "arguments"))) return [];
      const calls = silentCalls(ctx, ref);
      return calls.length === 0 ? [] : [{ place: place(ref, at), in: ref, symbol: nameOf(ctx.tracer, ref), name: at.name, kind: "given" as const, signal: at.name, calls }];
    });
  });
}

function namesOfSignal(pattern: Pattern, isTyped: boolean): readonly (Span & { readonly name: string })[] {
  if (pattern.kind === "name") return isTyped && /^(?:abort)?signal$/i.test(pattern.name) ? [pattern] : [];
  if (pattern.kind !== "object") return [];
  return pattern.properties.flatMap((p) => (/^(?:abort)?signal$/i.test(p.key) && p.pattern.kind === "name" ? [p.pattern] : []));
}

// ------------------------------------------------------------------------------------------------------ offered

/** A cooperative timeout ends nothing by itself: it hands out a signal, and the function does not take it. */
function offered(ctx: SignalContext, ref: FunctionRef, fn: FunctionFact, frame: Frame): readonly IdleSignal[] {
  if (!fn.calls.some((c) => c.endsWith(".execute"))) return [];
  return flowOf(fn).steps.flatMap(({ call }): readonly IdleSignal[] => {
    const [run] = call.args;
    if (call.callee.kind !== "member" || call.callee.name !== "execute" || run?.kind !== "function") return [];
    const given = ctx.tracer.fn({ path: ref.path, id: run.id });
    const policies = possibilities(ctx.tracer.trace(call.callee.of, frame)).filter((t) => t.is === "instance");
    if (!given || !policies.some(({ origin }) => isCooperative(ctx.tracer, origin, 0)) || takesSignal(ctx.tracer, ref, given)) return [];
    const calls = silentCalls(ctx, { path: ref.path, id: run.id });
    return calls.length === 0 ? [] : [{ place: { path: ref.path, at: call.callee.nameAt, end: call.callee.nameAt + "execute".length }, in: { path: ref.path, id: run.id }, symbol: nameOf(ctx.tracer, ref), name: chainOf(call.callee.of)?.join(".") ?? "the policy", kind: "offered", signal: "signal", calls }];
  });
}

function isCooperative(tracer: Tracer, origin: Origin, depth: number): boolean {
  if (!origin.call || !origin.frame || depth > 3) return false;
  const { call, frame } = origin;
  if (origin.combines) return call.args.some((arg) => possibilities(tracer.trace(arg, frame)).some((t) => t.is === "instance" && isCooperative(tracer, t.origin, depth + 1)));
  const [, strategy] = call.args;
  return origin.policy?.adds.includes("deadline") === true && strategy !== undefined && (lastName(strategy) === "Cooperative" || (strategy.kind === "const" && strategy.value === "optimistic"));
}

function takesSignal(tracer: Tracer, ref: FunctionRef, fn: FunctionFact): boolean {
  const [param] = fn.params;
  if (!param) return false;
  const names = param.pattern.kind === "name" ? [param.pattern.name] : param.pattern.kind === "object" ? param.pattern.properties.flatMap((p) => (p.pattern.kind === "name" ? [p.pattern.name] : [])) : ["?"];
  return names.includes("?") || anyDeep(tracer, ref.path, fn.body, (v) => v.kind === "name" && names.includes(v.name));
}

// -------------------------------------------------------------------------------------------------------- calls

/** Calls made here, by clients that would listen to a signal, and that get none. */
function silentCalls(ctx: SignalContext, ref: FunctionRef): readonly Site[] {
  return ctx.reach(ref).filter((r) => r.path.length === 1 && r.path[0]?.path === ref.path && r.when !== "on-failure" && listens(ctx.tracer, r.site)).map((r) => r.site).filter((site) => !mentionsSignal(ctx.tracer, ref, site.args));
}

function listens(tracer: Tracer, site: Site): boolean {
  return site.effect === "request" && site.facts.options !== undefined && tracer.world.catalog.find(site.library)?.timeout?.options.some((o) => o.unit === "signal" && o.at.includes("call")) === true;
}

function mentionsSignal(tracer: Tracer, ref: FunctionRef, args: readonly Value[]): boolean {
  const frame = tracer.frame(ref);
  return args.some((arg) => anyDeep(tracer, ref.path, [{ kind: "evaluate", value: arg, at: arg.at, end: arg.end }], (v) => {
    if (v.kind === "object" && v.properties.some((p) => /signal/i.test(p.key ?? ""))) return true;
    if (v.kind !== "name") return false;
    if (/signal|abort/i.test(v.name)) return true;
    const traced = frame && tracer.trace(v, frame);
    return traced?.is === "object" ? traced.value.properties.some((p) => /signal/i.test(p.key ?? "") || p.spread) : traced?.is === "parameter" && arg.kind === "name";
  }));
}

function place(ref: FunctionRef, span: Span): IdleSignal["place"] {
  return { path: ref.path, at: span.at, end: span.end };
}

