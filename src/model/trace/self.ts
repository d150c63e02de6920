/** What `this` is where an expression stands. */
import type { FunctionFact, Instruction, ObjectValue, Value } from "../../syntax/summary.ts";
import { type ClassKey, type Frame, type Traced, unknown } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { childBlocks, innerValues, ownValues } from "./walk.ts";

export function selfOf(tracer: Tracer, frame: Frame): Traced {
  for (let f: Frame | undefined = frame; f; f = f.outer) {
    if (f.self) return f.self;
    if (f.fn.classId >= 0 && f.fn.kind !== "arrow" && f.fn.kind !== "function") {
      const key: ClassKey = { path: f.path, id: f.fn.classId };
      return f.fn.isStatic ? { is: "class", class: key } : { is: "self", class: key };
    }
    if (f.fn.classId >= 0 && f.fn.kind === "arrow") return { is: "self", class: { path: f.path, id: f.fn.classId } };
    const around = f.fn.kind === "arrow" ? classOfInitialiser(tracer, f) : objectOf(tracer, f);
    if (around) return around;
  }
  return unknown("this is not bound to a class");
}

/** An arrow function written in a field's initialiser (`breaker = new Breaker(() => this.call())`). */
function classOfInitialiser(tracer: Tracer, { path, fn }: Frame): Traced | undefined {
  for (const fact of tracer.view(path).summary?.classes ?? []) {
    if (fact.parent !== fn.parent || fn.at < fact.at || fact.end < fn.end) continue;
    const field = fact.fields.find((each) => each.value !== undefined && each.at <= fn.at && fn.end <= each.end);
    if (field) return field.isStatic ? { is: "class", class: { path, id: fact.id } } : { is: "self", class: { path, id: fact.id } };
  }
  return undefined;
}

/** The object that a method is written in (`{ one() {}, all() { return this.one(); } }`). */
function objectOf(tracer: Tracer, { path, fn, outer }: Frame): Traced | undefined {
  if (fn.kind === "module" || fn.classId >= 0 || !outer) return undefined;
  const value = objectAround(tracer.fn({ path, id: fn.parent })?.body ?? [], fn);
  return value && { is: "object", value, frame: outer };
}

function objectAround(body: readonly Instruction[], fn: FunctionFact): ObjectValue | undefined {
  const step = body.find((each) => encloses(each, fn));
  if (!step) return undefined;
  const inside = childBlocks(step).map((block) => objectAround(block, fn)).find((found) => found !== undefined);
  return inside ?? objectIn(ownValues(step), fn);
}

function objectIn(values: readonly Value[], fn: FunctionFact): ObjectValue | undefined {
  const value = values.find((each) => encloses(each, fn));
  if (!value) return undefined;
  if (value.kind === "object" && value.properties.some((p) => p.value.kind === "function" && p.value.id === fn.id)) return value;
  return objectIn(innerValues(value), fn);
}

function encloses(span: { readonly at: number; readonly end: number }, { at, end }: FunctionFact): boolean {
  return span.at <= at && end <= span.end;
}
