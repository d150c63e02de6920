/** Rounds over a list that the code leaves empty: `Object.values(services).map(ask)`, where `services` is `{}`. */
import type { CallValue, Value } from "../../syntax/summary.ts";
import type { FunctionRef } from "../knowledge.ts";
import { anyValue } from "./exits.ts";
import { flowOf, type Step } from "./flow.ts";
import { type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

const ROUNDS = /^(?:map|flatMap|forEach|filter|every|some|reduce|find)$/;

/** A call that stands in a round over nothing. */
export function isNeverRun(tracer: Tracer, step: Step, ref: FunctionRef): boolean {
  const frame = tracer.frame(ref);
  if (frame === undefined) return false;
  for (let within = step.within; within; within = within.up) if (within.kind === "loop" && within.loop.over && isEmpty(tracer, within.loop.over, frame)) return true;
  for (let inner: Frame | undefined = frame; inner?.outer; inner = inner.outer) {
    const { outer, fn } = inner;
    const round = flowOf(outer.fn).steps.find(({ call }) => call.args.some((arg) => arg.kind === "function" && arg.id === fn.id))?.call;
    if (round?.kind === "call" && round.callee.kind === "member" && ROUNDS.test(round.callee.name) && isEmpty(tracer, round.callee.of, outer)) return true;
  }
  return false;
}

function isEmpty(tracer: Tracer, list: Value, frame: Frame): boolean {
  const held = list.kind === "call" ? ofObject(list) : list;
  if (held === undefined || (held.kind !== "name" && held.kind !== "member")) return false;
  const traced = possibilities(tracer.trace(held, frame));
  return traced.length > 0 && traced.every((one) => isEmptyLiteral(one) && !isFilled(tracer, one, frame.path, held));
}

/** `Object.values(of)` */
function ofObject({ callee, args }: CallValue): Value | undefined {
  return callee.kind === "member" && callee.of.kind === "name" && callee.of.name === "Object" && /^(?:keys|values|entries)$/.test(callee.name) ? args[0] : undefined;
}

/** Of a module, so that whoever fills it can be seen: a local list is filled as often as not. */
function isEmptyLiteral(one: Traced): one is Traced & { is: "object" | "array" } {
  if (one.is !== "object" && one.is !== "array") return false;
  return one.frame.fn.kind === "module" && (one.is === "object" ? one.value.properties.length === 0 : one.value.items.length === 0 && !one.value.cut);
}

/** Something is put into it, in the file that declares it or in the one that goes through it. */
function isFilled(tracer: Tracer, one: Traced & { is: "object" | "array" }, path: string, held: Value): boolean {
  const declared = one.frame.fn.body.flatMap((step) => (step.kind === "declare" && step.value === one.value && step.pattern.kind === "name" ? [step.pattern.name] : []));
  const here = held.kind === "name" || held.kind === "member" ? [held.name] : [];
  return fills(tracer, one.frame.path, declared) || fills(tracer, path, here);
}

function fills(tracer: Tracer, path: string, names: readonly string[]): boolean {
  const functions = tracer.view(path).summary?.functions ?? [];
  const isIt = (value: Value): boolean => (value.kind === "name" || value.kind === "member") && names.includes(value.name);
  return functions.some((fn) =>
    anyValue(fn.body, (value) => {
      if (value.kind === "assign") return isIt(value.target) || ((value.target.kind === "member" || value.target.kind === "index") && isIt(value.target.of));
      if (value.kind !== "call" || value.callee.kind !== "member") return false;
      return (isIt(value.callee.of) && /^(?:push|unshift|set|add|splice)$/.test(value.callee.name)) || (value.callee.name === "assign" && value.args.some(isIt));
    }),
  );
}
