/** What a variable or a parameter holds: all that is declared and assigned, what a call gives, what its written type says. */
import type { FunctionFact, Value } from "../../syntax/summary.ts";
import type { Declared } from "./bindings.ts";
import { elementOf, namedAfter, patternName } from "./declared-value.ts";
import { flowOf } from "./flow.ts";
import { frameOf } from "./frames.ts";
import { propertyOf } from "./members.ts";
import { anyOf, type Frame, type Traced, unknown } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { valueOfType } from "./types.ts";

export function valueOfVariable(tracer: Tracer, declared: readonly Declared[], assigned: readonly { value: Value; fn: FunctionFact }[], frame: Frame): Traced {
  const [first] = declared;
  if (!first) return unknown("nothing is declared");
  // `query = query.where(…)`, again and again: the variable is looked at once.
  if (tracer.pending.comesBack(first)) return unknown("refers to itself");
  tracer.pending.begin(first);
  const traced = variableValue(tracer, declared, assigned, frame);
  tracer.pending.end(first);
  return traced;
}

function variableValue(tracer: Tracer, declared: readonly Declared[], assigned: readonly { value: Value; fn: FunctionFact }[], frame: Frame): Traced {
  const values: Traced[] = [];
  for (const d of declared) {
    const at = frameOf(frame, d.fn.id) ?? tracer.frame({ path: frame.path, id: d.fn.id });
    if (!at) continue;
    if (d.value) {
      const whole = tracer.trace(d.value, at);
      let part = d.element ? elementOf(tracer, whole) : whole;
      for (const key of d.path) part = propertyOf(tracer, part, key);
      if (part.is === "unknown" && d.fallback) part = tracer.trace(d.fallback, at);
      values.push(namedAfter(part, d));
    }
    if (d.by?.type && (values.length === 0 || values.every((v) => v.is === "unknown" || v.is === "result"))) {
      const typed = valueOfType(tracer, d.by.type, frame.path, d.path.length === 0 ? patternName(d) : "");
      if (typed.is !== "unknown" && typed.is !== "record") values.push(typed);
    }
  }
  for (const a of assigned) {
    const at = frameOf(frame, a.fn.id) ?? tracer.frame({ path: frame.path, id: a.fn.id });
    if (at && !(a.value.kind === "const" && a.value.value === null)) values.push(tracer.trace(a.value, at));
  }
  return anyOf(values.filter((v, _, all) => all.length === 1 || !(v.is === "const" && v.value === null)));
}

export function valueOfParameter(tracer: Tracer, fn: FunctionFact, index: number, path: readonly string[], name: string, frame: Frame, fallback: Value | undefined): Traced {
  const at = frameOf(frame, fn.id);
  const given = at?.args?.[index];
  if (given && !(given.is === "const" && given.value === null && fallback)) {
    let part = given;
    for (const key of path) part = propertyOf(tracer, part, key);
    if (part.is !== "unknown" || !fallback) return part;
  }
  const base = at ?? tracer.frame({ path: frame.path, id: fn.id });
  if (at?.args && fallback && base) return tracer.trace(fallback, base);
  const fact = fn.params[index];
  let typed = fact?.type ? valueOfType(tracer, fact.type, frame.path, name) : undefined;
  if (typed === undefined && index === 0 && !at?.args) typed = settledFor(tracer, fn, frame);
  for (const key of path) typed = typed && propertyOf(tracer, typed, key);
  const parameter: Traced = {
    is: "parameter",
    ref: { path: frame.path, id: fn.id },
    index,
    path,
    name,
    ...(typed && typed.is !== "unknown" ? { typed } : {}),
  };
  return fallback && base && !at?.args ? anyOf([parameter, tracer.trace(fallback, base)]) : parameter;
}

/** What `.then((value) => …)` is given, where that is a client or an object of the workspace. */
function settledFor(tracer: Tracer, fn: FunctionFact, frame: Frame): Traced | undefined {
  const parent = { path: frame.path, id: fn.parent };
  const [around, outer] = [tracer.fn(parent), frameOf(frame, fn.parent) ?? tracer.frame(parent)];
  const use = around && flowOf(around).items.find((item) => item.kind === "closure" && item.id === fn.id);
  const within = use?.within;
  if (outer === undefined || within?.kind !== "argument" || within.index !== 0) return undefined;
  const { callee } = within.call;
  if (callee.kind !== "member" || callee.name !== "then") return undefined;
  const settled = tracer.trace(callee.of, outer);
  return settled.is === "instance" || settled.is === "self" ? settled : undefined;
}
