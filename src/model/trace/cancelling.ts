/** Deadlines that a wrapper keeps by itself: a timer that aborts the signal which it hands out, or that rejects its promise. */
import type { CallValue, FunctionFact, NewValue, Value } from "../../syntax/summary.ts";
import type { Layer } from "../policy.ts";
import { flowOf, type Within } from "./flow.ts";
import { numberOf } from "./options.ts";
import type { Frame } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

/** `work(controller.signal)`, where a timer aborts the controller: ends what listens to the signal. */
export function deadlineOfSignal(tracer: Tracer, call: CallValue | NewValue, frame: Frame): readonly Layer[] {
  const handed = call.args.flatMap((arg) => chainOf(arg)?.join(".") ?? []);
  const timer = timersAround(tracer, frame).find(({ calls }) => handed.some((name) => name.endsWith(".signal") && calls.includes(`${name.slice(0, -"signal".length)}abort`)));
  return timer ? [layerOf(tracer, timer, frame)] : [];
}

/** `new Promise((resolve, reject) => …)` that a timer rejects, itself or by aborting a signal that it listens to. */
export function deadlineOfExecutor(tracer: Tracer, executor: FunctionFact, within: Within | undefined, frame: Frame): readonly Layer[] {
  const reject = executor.params[1]?.pattern;
  const isPromise = within?.kind === "argument" && within.index === 0 && within.call.kind === "new" && within.call.callee.kind === "name" && within.call.callee.name === "Promise";
  if (!isPromise || reject?.kind !== "name") return [];
  const inner: Frame = { path: frame.path, fn: executor, outer: frame, particular: frame.particular, depth: frame.depth + 1 };
  const timers = timersAround(tracer, inner);
  const heard = flowOf(executor).steps.flatMap(({ call }) => abortHeard(tracer, call, reject.name, frame.path));
  const timer = timers.find(({ calls }) => calls.includes(reject.name) || heard.some((name) => calls.includes(`${name}.abort`)));
  return timer ? [layerOf(tracer, timer, frame)] : [];
}

interface Timer {
  readonly call: CallValue | NewValue;
  readonly frame: Frame;
  /** Outline of what it calls when it goes off. */
  readonly calls: readonly string[];
}

function timersAround(tracer: Tracer, frame: Frame): readonly Timer[] {
  const timers: Timer[] = [];
  for (let f: Frame | undefined = frame; f && f.fn.kind !== "module"; f = f.outer) {
    for (const { call } of flowOf(f.fn).steps) {
      const callback = chainOf(call.callee)?.at(-1) === "setTimeout" ? functionIn(tracer, call.args[0], f.path) : undefined;
      if (callback) timers.push({ call, frame: f, calls: callback.calls });
    }
  }
  return timers;
}

/** `scope.signal.addEventListener("abort", () => reject(…))` → `scope` */
function abortHeard(tracer: Tracer, call: CallValue | NewValue, reject: string, path: string): readonly string[] {
  const chain = chainOf(call.callee);
  if (chain?.at(-1) !== "addEventListener" || chain.at(-2) !== "signal") return [];
  return functionIn(tracer, call.args[1], path)?.calls.includes(reject) === true ? [chain.slice(0, -2).join(".")] : [];
}

function functionIn(tracer: Tracer, value: Value | undefined, path: string): FunctionFact | undefined {
  return value?.kind === "function" ? tracer.fn({ path, id: value.id }) : undefined;
}

function layerOf(tracer: Tracer, { call, frame: at }: Timer, frame: Frame): Layer {
  const [, duration] = call.args;
  const ms = duration && numberOf(tracer.trace(duration, at));
  return { kind: "deadline", ...(ms === undefined ? {} : { ms }), place: { path: frame.path, at: call.at, end: call.callee.end }, by: "a timer" };
}
