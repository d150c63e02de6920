/**
 * How a function of the workspace treats a function that it is given: adds a deadline, repeats it, guards it, swallows its
 * errors. Computed from what its body does, never from its name (save for a class that calls itself a circuit breaker, which
 * silences "missing" and no more).
 */
import type { CallValue, FunctionFact, NewValue, Value } from "../../syntax/summary.ts";
import type { Layer } from "../policy.ts";
import { boundOf } from "./bounding.ts";
import { enter } from "./calls.ts";
import { deadlineOfExecutor, deadlineOfSignal } from "./cancelling.ts";
import { anyValue, assignedIn, namesIn } from "./exits.ts";
import { flowOf, type Step, type Within } from "./flow.ts";
import { memberFunction } from "./members.ts";
import { type ClassKey, type Frame, possibilities, type Traced, type TracedFunction } from "./traced.ts";
import { callFrame } from "./frames.ts";
import type { Tracer } from "./tracer.ts";
import { walkInstructions } from "./walk.ts";

const MAX_DEPTH = 4;

/** How layers around a place are read: given by `layers.ts`, which asks this file in turn. */
export interface Surroundings {
  readonly layersAround: (tracer: Tracer, within: Within | undefined, frame: Frame, depth?: number) => readonly Layer[];
  readonly layersOfStep: (tracer: Tracer, step: Step, steps: readonly Step[], frame: Frame, depth?: number) => readonly Layer[];
}

/** A use of a function in an argument, while its treatment is looked for. */
export interface Use {
  readonly around: Surroundings;
  readonly depth: number;
  /** The function takes an argument, and may listen to a signal that it is given. */
  readonly listens?: boolean;
}

/** Layers that calling `callee` puts around the function in argument `index`. */
export function treatmentOf(tracer: Tracer, callee: TracedFunction | (Traced & { is: "class" }), index: number, call: CallValue | NewValue, frame: Frame, use: Use): readonly Layer[] {
  if (use.depth >= MAX_DEPTH) return [];
  if (callee.is === "class") return ofConstructor(tracer, callee.class, index, call, frame, use);
  const fn = tracer.fn(callee.ref);
  const inner = fn && enter(tracer, callee, call, frame);
  if (!fn || !inner) return [];
  const given = call.args[index];
  const listens = given?.kind === "function" ? (tracer.fn({ path: frame.path, id: given.id })?.params.length ?? 0) > 0 : (use.listens ?? true);
  const direct = ofParameter(tracer, fn, inner, index, { ...use, listens });
  return [...byClassName(tracer, fn, inner), ...direct];
}

/** Layers around the places where `fn` calls its parameter, or hands it on. */
function ofParameter(tracer: Tracer, fn: FunctionFact, frame: Frame, index: number, use: Use): readonly Layer[] {
  const pattern = fn.params[index]?.pattern;
  if (pattern?.kind !== "name") return [];
  return aroundCalls(tracer, fn, frame, pattern.name, use);
}

/** Layers around the places where `fn` calls what goes by `name`, or hands it on. */
export function aroundCalls(tracer: Tracer, fn: FunctionFact, frame: Frame, name: string, use: Use): readonly Layer[] {
  const flow = flowOf(fn);
  for (const step of flow.steps) {
    if (calls(step.call, name)) return [...(use.listens ? deadlineOfSignal(tracer, step.call, frame) : []), ...guardOf(tracer, fn, step, frame), ...boundOf(tracer, fn, frame), ...use.around.layersOfStep(tracer, step, flow.steps, frame, use.depth + 1)];
    const handed = step.call.args.findIndex((arg) => arg.kind === "name" && arg.name === name);
    if (handed >= 0) {
      const below = possibilities(tracer.trace(step.call.callee, frame)).flatMap((t) => argumentLayers(tracer, t, step.call, handed, frame, use));
      return [...use.around.layersOfStep(tracer, step, flow.steps, frame, use.depth + 1), ...below];
    }
  }
  // In a function written inside (`return new Promise(…)`, `this.queue.push(() => fn())`).
  for (const item of flow.items) {
    if (item.kind !== "closure") continue;
    const inner = tracer.fn({ path: frame.path, id: item.id });
    if (!inner || !mentions(inner, name)) continue;
    const innerFrame: Frame = { path: frame.path, fn: inner, outer: frame, particular: frame.particular, depth: frame.depth + 1 };
    const below = aroundCalls(tracer, inner, innerFrame, name, deeper(use));
    return [...deadlineOfExecutor(tracer, inner, item.within, frame), ...use.around.layersAround(tracer, item.within, frame, use.depth + 1), ...below];
  }
  return [];
}

function argumentLayers(tracer: Tracer, callee: Traced, call: CallValue | NewValue, index: number, frame: Frame, use: Use): readonly Layer[] {
  if (callee.is === "function" || callee.is === "class") return treatmentOf(tracer, callee, index, call, frame, deeper(use));
  return use.around.layersAround(tracer, { kind: "argument", call, index, up: undefined }, frame, use.depth + 1);
}

function deeper(use: Use): Use {
  return { ...use, depth: use.depth + 1 };
}

function calls(call: CallValue | NewValue, name: string): boolean {
  const { callee } = call;
  if (callee.kind === "name") return callee.name === name;
  return callee.kind === "member" && callee.of.kind === "name" && callee.of.name === name && /^(call|apply)$/.test(callee.name);
}

function mentions(fn: FunctionFact, name: string): boolean {
  return anyValue(fn.body, (v) => v.kind === "name" && v.name === name) || fn.calls.includes(name);
}

/** A class that keeps the function (`this.action = action`) and calls it in a method. */
function ofConstructor(tracer: Tracer, key: ClassKey, index: number, call: CallValue | NewValue, frame: Frame, use: Use): readonly Layer[] {
  const fact = tracer.class(key);
  const constructor = fact && fact.constructorId >= 0 ? tracer.fn({ path: key.path, id: fact.constructorId }) : undefined;
  const pattern = constructor?.params[index]?.pattern;
  if (!fact || !constructor || pattern?.kind !== "name") return [];
  const field = constructor.params[index]?.property === true ? pattern.name : fieldSetFrom(constructor, pattern.name);
  if (field === undefined) return [];
  for (const id of fact.members) {
    const method = tracer.fn({ path: key.path, id });
    const step = method && flowOf(method).steps.find((s) => isField(s.call.callee, field));
    if (!method || !step || call.kind !== "new") continue;
    const inner = callFrame(tracer, { path: key.path, id }, { args: [], self: { is: "self", class: key, made: { call, frame } }, depth: frame.depth });
    if (inner) return [...byClassName(tracer, method, inner), ...guardOf(tracer, method, step, inner), ...boundOf(tracer, method, inner), ...use.around.layersOfStep(tracer, step, flowOf(method).steps, inner, use.depth + 1)];
  }
  return [];
}

function fieldSetFrom(constructor: FunctionFact, name: string): string | undefined {
  let field: string | undefined;
  anyValue(constructor.body, (v) => {
    if (v.kind === "assign" && v.value.kind === "name" && v.value.name === name && v.target.kind === "member") field = v.target.name;
    return false;
  });
  return field;
}

function isField(callee: Value, field: string): boolean {
  return callee.kind === "member" && callee.name === field && callee.of.kind === "name" && callee.of.name === "this";
}

/**
 * A hand-written breaker: before the call the method may leave because of state that the failure path writes. The state is a
 * field of `this`, a variable of the module, or what other methods of the object read and write.
 */
function guardOf(tracer: Tracer, fn: FunctionFact, step: Step, frame: Frame): readonly Layer[] {
  const written = failureWrites(tracer, fn, frame);
  if (written.size === 0) return [];
  const read = refusalReads(tracer, fn, step, frame);
  if (![...read].some((name) => written.has(name))) return [];
  const lives = fn.classId >= 0 ? "instance" : "module";
  return [{ kind: "breaker", policy: { lives }, place: { path: frame.path, at: fn.nameAt, end: fn.nameEnd }, by: fn.name }];
}

/** State that is changed in a catch, directly or through another method of the object. */
function failureWrites(tracer: Tracer, fn: FunctionFact, frame: Frame): ReadonlySet<string> {
  const names = new Set<string>();
  walkInstructions(fn.body, (step) => {
    if (step.kind !== "try" || !step.handler) return;
    for (const name of assignedIn(step.handler.body)) if (isState(name, fn)) names.add(name);
    anyValue(step.handler.body, (v) => {
      for (const name of v.kind === "call" ? stateOfMethod(tracer, v, frame, "writes") : []) names.add(name);
      return false;
    });
  });
  return names;
}

/** State that decides whether the method refuses before it comes to the call. */
function refusalReads(tracer: Tracer, fn: FunctionFact, call: Step, frame: Frame): ReadonlySet<string> {
  const names = new Set<string>();
  walkInstructions(fn.body, (step) => {
    if (step.kind !== "if" || step.at > call.call.at) return;
    const refuses = step.then.some((s) => s.kind === "throw" || s.kind === "return") || step.then.some((s) => s.kind === "if" && s.then.some((t) => t.kind === "throw" || t.kind === "return"));
    if (!refuses) return;
    const tests: Value[] = [step.test, ...step.then.flatMap((s) => (s.kind === "if" ? [s.test] : []))];
    for (const test of tests) {
      for (const name of namesIn(test)) names.add(name);
      anyValue([{ kind: "evaluate", value: test, at: test.at, end: test.end }], (v) => {
        for (const name of v.kind === "call" ? stateOfMethod(tracer, v, frame, "reads") : []) names.add(name);
        return false;
      });
    }
  });
  return names;
}

function isState(name: string, fn: FunctionFact): boolean {
  return name.startsWith("this.") || !fn.params.some((p) => p.pattern.kind === "name" && p.pattern.name === name);
}

function stateOfMethod(tracer: Tracer, call: CallValue, frame: Frame, what: "reads" | "writes"): readonly string[] {
  if (call.callee.kind !== "member" || call.callee.of.kind !== "name" || call.callee.of.name !== "this") return [];
  const self = tracer.name("this", frame, call.at);
  const fact = self.is === "self" ? tracer.class(self.class) : undefined;
  const member = self.is === "self" && fact ? memberFunction(tracer, fact, self.class, call.callee.name, false) : undefined;
  const method = member && self.is === "self" ? tracer.fn({ path: self.class.path, id: member.id }) : undefined;
  if (!method) return [];
  if (what === "writes") return [...assignedIn(method.body)].filter((n) => n.startsWith("this."));
  const names = new Set<string>();
  anyValue(method.body, (v) => {
    if (v.kind === "member" && v.of.kind === "name" && v.of.name === "this") names.add(`this.${v.name}`);
    return false;
  });
  return [...names];
}

/** A class that calls itself a breaker is taken at its word, so far as to silence "missing". */
function byClassName(tracer: Tracer, fn: FunctionFact, frame: Frame): readonly Layer[] {
  const fact = fn.classId >= 0 ? tracer.class({ path: frame.path, id: fn.classId }) : undefined;
  if (!fact || !/circuit|breaker/i.test(fact.name)) return [];
  return [{ kind: "breaker", policy: { lives: "instance" }, place: { path: frame.path, at: fn.nameAt, end: fn.nameEnd }, by: fact.name }];
}
