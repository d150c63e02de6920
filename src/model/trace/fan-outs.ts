/** Work that starts once for each item of a collection, all at once: `Promise.all(items.map(…))`. */
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import type { FanOut, FunctionRef, Reached, Site } from "../knowledge.ts";
import type { Place } from "../finding.ts";
import { Collections } from "./collection.ts";
import { type Context, nameOf } from "./contexts.ts";
import { flowOf, type Step, type Within } from "./flow.ts";
import type { CallGraph } from "./graph.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

export interface FanOutContext {
  readonly tracer: Tracer;
  readonly graph: CallGraph;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
  readonly contextOf: (ref: FunctionRef) => Context;
  readonly at: (call: CallValue | NewValue, path: string) => readonly Site[];
}

/** One function run for each item: where, over what, and what it is. */
interface Mapped {
  readonly call: CallValue;
  readonly over: Value;
  /** The function, where it is one that can be followed; else what the call itself reaches. */
  readonly run: FunctionRef | undefined;
  readonly by: FanOut["form"]["by"];
  readonly work: Value | undefined;
}

export function fanOutsOf(ctx: FanOutContext, ref: FunctionRef): readonly FanOut[] {
  const frame = ctx.tracer.frame(ref);
  if (!frame || !frame.fn.calls.some((c) => SETTLES.test(c))) return [];
  const collections = new Collections(ctx);
  return flowOf(frame.fn).steps.flatMap((step) => settledBy(ctx, collections, ref, frame, step));
}

const SETTLES = /^Promise\.(all|allSettled)$/;

function settledBy(ctx: FanOutContext, collections: Collections, ref: FunctionRef, frame: Frame, step: Step): readonly FanOut[] {
  const { call } = step;
  const [list] = call.args;
  if (call.kind !== "call" || !list || !SETTLES.test(chainOf(call.callee)?.join(".") ?? "")) return [];
  return mappedIn(ctx, list, frame).map((mapped) => {
    const size = collections.sizeOf(mapped.over, frame);
    const context = ctx.contextOf(ref);
    return {
      place: { path: ref.path, at: call.at, end: call.end },
      head: { path: ref.path, at: call.callee.at, end: call.callee.end },
      each: { path: ref.path, at: mapped.call.at, end: mapped.call.end },
      form: { by: mapped.by, work: workIs(ctx, ref, mapped.work), direct: list === mapped.call },
      settlesAll: chainOf(call.callee)?.at(-1) === "allSettled",
      ...(mapped.run ? { run: mapped.run } : {}),
      in: ref,
      symbol: nameOf(ctx.tracer, ref),
      over: chainOf(mapped.over)?.join(".") ?? "",
      size: size.is,
      evidence: size.evidence,
      ...(size.byCaller ? { byCaller: true as const } : {}),
      runs: runsOf(ctx, ref, mapped),
      ...(context.transaction === undefined ? {} : { inTransaction: true as const }),
      reached: [...context.reached],
    };
  });
}

function workIs(ctx: FanOutContext, ref: FunctionRef, work: Value | undefined): FanOut["form"]["work"] {
  if (work?.kind === "function") return ctx.tracer.fn({ path: ref.path, id: work.id })?.kind === "arrow" ? "arrow" : "other";
  return work?.kind === "name" || work?.kind === "member" ? "named" : "other";
}

/** What each item starts. */
function runsOf(ctx: FanOutContext, ref: FunctionRef, { call, run }: Mapped): readonly Reached[] {
  if (run) return ctx.reach(run);
  const inside = (place: Place | undefined): boolean => place !== undefined && call.at <= place.at && place.end <= call.end;
  return ctx.reach(ref).filter((r) => inside(r.path[0]));
}

/** The calls that make a list of promises, one for each item. */
function mappedIn(ctx: FanOutContext, list: Value, frame: Frame, depth = 0): readonly Mapped[] {
  if (depth > 4) return [];
  switch (list.kind) {
    case "await":
    case "spread":
      return mappedIn(ctx, list.of, frame, depth);
    case "array":
      return list.items.flatMap((item) => (item.kind === "spread" ? mappedIn(ctx, item.of, frame, depth + 1) : []));
    case "conditional":
      return [...mappedIn(ctx, list.then, frame, depth + 1), ...mappedIn(ctx, list.else, frame, depth + 1)];
    case "name":
      return heldIn(ctx, list, frame, depth);
    case "call":
      return ofCall(ctx, list, frame, depth);
    default:
      return [];
  }
}

function ofCall(ctx: FanOutContext, call: CallValue, frame: Frame, depth: number): readonly Mapped[] {
  const { callee } = call;
  if (callee.kind !== "member") return [];
  const [first, second] = call.args;
  if (callee.name === "from" && callee.of.kind === "name" && callee.of.name === "Array" && first && second) return [{ call, over: first, run: functionOf(ctx, second, frame), by: "from", work: second }];
  if ((callee.name === "map" || callee.name === "flatMap") && first && call.args.length === 1) return [{ call, over: callee.of, run: functionOf(ctx, first, frame), by: callee.name, work: first }];
  return /^(filter|flat|concat)$/.test(callee.name) ? mappedIn(ctx, callee.of, frame, depth + 1) : [];
}

/** A variable that holds the promises: made by a `map`, or filled in a loop. */
function heldIn(ctx: FanOutContext, list: Value & { kind: "name" }, frame: Frame, depth: number): readonly Mapped[] {
  const binding = ctx.tracer.file(frame.path)?.lookup(list.name, frame.fn, list.at);
  if (binding?.kind !== "variable" || binding.fn !== frame.fn) return [];
  const made = binding.declarations.flatMap((d) => (d.value && d.path.length === 0 && !d.element ? mappedIn(ctx, d.value, frame, depth + 1) : []));
  return [...made, ...pushedTo(list.name, frame)];
}

/** `for (const item of items) promises.push(work(item))` */
function pushedTo(name: string, frame: Frame): readonly Mapped[] {
  return flowOf(frame.fn).steps.flatMap(({ call, within }): readonly Mapped[] => {
    const over = loopAround(within);
    const { callee } = call;
    const pushes = call.kind === "call" && callee.kind === "member" && callee.name === "push" && callee.of.kind === "name" && callee.of.name === name;
    return pushes && over ? [{ call, over, run: undefined, by: "push", work: call.args.length === 1 ? call.args[0] : undefined }] : [];
  });
}

function loopAround(within: Within | undefined): Value | undefined {
  for (let w = within; w; w = w.up) if (w.kind === "loop") return w.loop.form === "of" ? w.loop.over : undefined;
  return undefined;
}

function functionOf(ctx: FanOutContext, value: Value, frame: Frame): FunctionRef | undefined {
  const found = possibilities(ctx.tracer.trace(value, frame)).find((t) => t.is === "function");
  return found?.is === "function" ? found.ref : undefined;
}
