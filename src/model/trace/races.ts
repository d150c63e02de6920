/** `Promise.race([work, timer])`: whether the loser is told to stop, and the timer cleared. */
import type { FunctionRef, Race, Reached, Site } from "../knowledge.ts";
import type { CallValue, FunctionFact, NewValue, Value } from "../../syntax/summary.ts";
import { nameOf } from "./contexts.ts";
import { anyDeep, lastName } from "./deep.ts";
import { flowOf } from "./flow.ts";
import type { CallGraph } from "./graph.ts";
import { isRace } from "./layers.ts";
import { isTimer } from "./timers.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";
import { waitOf } from "./waits.ts";

export interface RaceContext {
  readonly tracer: Tracer;
  readonly graph: CallGraph;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
}

export function racesOf(ctx: RaceContext, ref: FunctionRef): readonly Race[] {
  const fn = ctx.tracer.fn(ref);
  const frame = ctx.tracer.frame(ref);
  if (!fn || !frame || !fn.calls.includes("Promise.race")) return [];
  return flowOf(fn).steps.flatMap(({ call }) => (isRace(call) && call.kind === "call" && lastName(call.callee) === "race" ? raceOf(ctx, ref, fn, frame, call) : []));
}

function raceOf(ctx: RaceContext, ref: FunctionRef, fn: FunctionFact, frame: Frame, call: CallValue): readonly Race[] {
  const [list] = call.args;
  if (list?.kind !== "array" || list.items.length !== 2) return [];
  const timers = list.items.map((item) => isTimer(ctx.tracer, item, frame));
  const index = timers.findIndex((t) => t !== undefined);
  const timer = list.items[index];
  const work = list.items[1 - index];
  if (index < 0 || !timer || !work || timers[1 - index] !== undefined) return [];
  const told = workOf(ctx, ref, frame, work);
  if (!told) return [];
  const timerStays = !clearsTimer(ctx.tracer, ref, fn, timer, frame);
  const goesOn = !told.isParameter && !isStopped(ctx.tracer, ref, fn, told.call);
  if (!timerStays && !goesOn) return [];
  const duration = durationOf(ctx.tracer, ref, timer, frame);
  const { ms, resolves } = timers[index] ?? {};
  return [
    {
      place: { path: ref.path, at: call.at, end: call.end },
      head: { path: ref.path, at: call.callee.at, end: call.callee.end },
      in: ref,
      symbol: nameOf(ctx.tracer, ref),
      work: { path: ref.path, at: work.at, end: work.end },
      workName: told.name,
      goesOn,
      timerStays,
      ...(told.site ? { site: told.site } : {}),
      ...(ms === undefined ? {} : { ms }),
      ...(resolves ? { resolves } : {}),
      ...(duration ? { duration: { path: ref.path, at: duration.at, end: duration.end } } : {}),
    },
  ];
}

interface Work {
  readonly name: string;
  readonly call: CallValue | NewValue | undefined;
  readonly site: Site | undefined;
  readonly isParameter: boolean;
}

/** Work that leaves the process, or a promise that was handed in. */
function workOf(ctx: RaceContext, ref: FunctionRef, frame: Frame, work: Value): Work | undefined {
  const value = work.kind === "await" ? work.of : work;
  if (value.kind === "name") {
    const binding = ctx.tracer.file(ref.path)?.lookup(value.name, frame.fn, value.at);
    if (binding?.kind === "parameter" && binding.fn.id === ref.id) return { name: value.name, call: undefined, site: undefined, isParameter: true };
    const declared = binding?.kind === "variable" ? binding.declarations[0]?.value : undefined;
    return declared && declared.kind !== "name" ? workOf(ctx, ref, frame, declared) : undefined;
  }
  if (value.kind !== "call") return undefined;
  if (possibilities(ctx.tracer.trace(value.callee, frame)).some((t) => t.is === "parameter" && t.path.length === 0)) return { name: lastName(value.callee), call: value, site: undefined, isParameter: value.args.length === 0 };
  const reached = ctx.reach(ref).find((r) => r.path[0] !== undefined && value.at <= r.path[0].at && r.path[0].end <= value.end && LEAVES.has(r.site.effect));
  if (!reached) return undefined;
  return { name: (chainOf(value.callee)?.join(".") ?? lastName(value.callee)) || "the work", call: value, site: reached.path.length === 1 ? reached.site : undefined, isParameter: false };
}

const LEAVES: ReadonlySet<string> = new Set(["request", "query", "sdk", "cache"]);

/** The work gets a signal, or something ends it when the race is over. */
function isStopped(tracer: Tracer, ref: FunctionRef, fn: FunctionFact, call: CallValue | NewValue | undefined): boolean {
  if (call && anyDeep(tracer, ref.path, [{ kind: "evaluate", value: call, at: call.at, end: call.end }], (v) => /signal|abort|cancel/i.test(lastName(v)) || (v.kind === "object" && v.properties.some((p) => /signal|abort|cancel|timeout/i.test(p.key ?? ""))))) return true;
  return anyDeep(tracer, ref.path, fn.body, (v) => v.kind === "call" && /^(?:abort|destroy|cancel\w*|terminate|kill|close|end|disconnect|release|unsubscribe|quit)$/i.test(lastName(v.callee)));
}

/** `clearTimeout` in the function, or in the one that makes the timer; a timer that keeps nothing alive counts too. */
function clearsTimer(tracer: Tracer, ref: FunctionRef, fn: FunctionFact, timer: Value, frame: Frame): boolean {
  const clears = (v: Value): boolean => v.kind === "call" && /^(?:clearTimeout|unref|clear|cancel|abort|dispose)$/i.test(lastName(v.callee));
  for (let f: FunctionFact | undefined = fn, depth = 0; f && f.kind !== "module" && depth < 2; f = tracer.fn({ path: ref.path, id: f.parent }), depth++) if (anyDeep(tracer, ref.path, f.body, clears)) return true;
  const made = timer.kind === "call" ? timer : undefined;
  if (!made) return false;
  if (made.args.some((arg) => arg.kind === "object" && arg.properties.some((p) => p.key === "signal" || p.key === "ref"))) return true;
  return possibilities(tracer.trace(made.callee, frame)).some((t) => {
    const inner = t.is === "function" ? tracer.fn(t.ref) : undefined;
    // A helper out of sight may clear it; one in sight does so or does not.
    return t.is === "function" ? inner !== undefined && anyDeep(tracer, t.ref.path, inner.body, clears) : t.is === "foreign" && t.package !== "global";
  });
}

/** The expression of the timer's duration, where it stands in the function itself. */
function durationOf(tracer: Tracer, ref: FunctionRef, timer: Value, frame: Frame): Value | undefined {
  const made = timer.kind === "name" ? declaredAs(tracer, ref, timer, frame) : timer;
  if (made?.kind === "call" || made?.kind === "new") {
    const wait = waitOf(tracer, made, frame)?.duration;
    if (wait) return within(tracer, ref, wait);
    const [first] = made.args;
    if (made.kind === "new" && first?.kind === "function") {
      const fn = tracer.fn({ path: ref.path, id: first.id });
      const set = fn && flowOf(fn).steps.find((s) => lastName(s.call.callee) === "setTimeout");
      return set?.call.args[1] && within(tracer, ref, set.call.args[1]);
    }
    if (made.kind === "call" && made.callee.kind === "member" && made.callee.name === "then") return durationOf(tracer, ref, made.callee.of, frame);
    return made.args.find((arg) => arg.kind === "const" && typeof arg.value === "number");
  }
  return undefined;
}

function declaredAs(tracer: Tracer, ref: FunctionRef, name: Value & { kind: "name" }, frame: Frame): Value | undefined {
  const binding = tracer.file(ref.path)?.lookup(name.name, frame.fn, name.at);
  return binding?.kind === "variable" ? binding.declarations[0]?.value : undefined;
}

function within(tracer: Tracer, ref: FunctionRef, value: Value): Value | undefined {
  const fn = tracer.fn(ref);
  return fn && fn.at <= value.at && value.end <= fn.end ? value : undefined;
}
