/** Circuit breakers that the code wrote for itself, and whether only one call asks again once the pause is over. */
import type { CallValue, CodeSummary, FunctionFact, Instruction, TryInstruction, Value } from "../../syntax/summary.ts";
import type { FunctionRef, HandmadeBreaker } from "../knowledge.ts";
import { nameOf } from "./contexts.ts";
import { anyValue } from "./exits.ts";
import { flowOf } from "./flow.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf, childBlocks, walkInstructions, walkValue } from "./walk.ts";

export function handmadeBreakersOf(tracer: Tracer, ref: FunctionRef): readonly HandmadeBreaker[] {
  const frame = tracer.frame(ref);
  if (!frame || frame.fn.kind === "module" || frame.fn.calls.length === 0 || !frame.fn.body.some((step) => holdsTry(step))) return [];
  const summary = tracer.world.files.get(ref.path);
  const breaker = summary && speaksOfBreakers(ref.path, summary) ? breakerIn(tracer, frame.fn, frame) : undefined;
  return breaker ? [breaker] : [];
}

/** A breaker that nothing in its file calls so is not told from a lock or a limit. */
function speaksOfBreakers(path: string, { classes, functions }: CodeSummary): boolean {
  const named = /circuit|breaker|half[-_ ]?open|tripp/i;
  return named.test(path) || classes.some(({ name, fields }) => named.test(name) || fields.some((field) => named.test(field.name))) || functions.some(({ name }) => named.test(name));
}

function holdsTry(step: Instruction): boolean {
  return step.kind === "try" || childBlocks(step).some((body) => body.some(holdsTry));
}

function breakerIn(tracer: Tracer, fn: FunctionFact, frame: Frame): HandmadeBreaker | undefined {
  const tried = triesOf(fn).find((each) => each.handler && callsWhatItGuards(fn, each));
  if (!tried?.handler) return undefined;
  const before = stepsBefore(fn.body, tried.at);
  const refusals = before.flatMap((step) => refusalsIn(step));
  const reads = readIn(tracer, refusals.flatMap(({ tests }) => tests), frame);
  const written = new Set(writesIn(tracer, tried.handler.body, frame).map(({ name }) => name));
  if (refusals.length === 0 || ![...reads.names].some((name) => written.has(name) && isKept(tracer, name, fn, frame))) return undefined;
  const admission = writesIn(tracer, before, frame);
  const half = admission.find(({ value }) => value !== undefined && isHalfOpen(value));
  const isNamed = half !== undefined || mentionsHalfOpen(tracer, fn, frame);
  if (!isNamed && !(reads.time && callsItselfBreaker(tracer, fn, frame))) return undefined;
  const waits = fn.calls.some((call) => /(^|\.)(acquire|tryAcquire|runExclusive|lock)$/.test(call));
  return {
    place: { path: frame.path, at: fn.nameAt, end: fn.nameEnd },
    function: { path: frame.path, at: fn.at, end: fn.end },
    guarded: { path: frame.path, at: tried.at, end: tried.end },
    symbol: nameOf(tracer, { path: frame.path, id: fn.id }),
    limitsProbes: waits || admission.some((write) => isPermit(write, reads)),
    ...(half ? { halfOpen: { path: frame.path, at: half.at, end: half.end } } : {}),
  };
}

function triesOf(fn: FunctionFact): readonly TryInstruction[] {
  const tries: TryInstruction[] = [];
  walkInstructions(fn.body, (step) => {
    if (step.kind === "try") tries.push(step);
  });
  return tries;
}

/** It runs a function that it was given, or that its object keeps. */
function callsWhatItGuards(fn: FunctionFact, tried: TryInstruction): boolean {
  const given = new Set(fn.params.flatMap(({ pattern }) => (pattern.kind === "name" ? [pattern.name] : [])));
  return anyValue(tried.body, (v) => {
    if (v.kind !== "call") return false;
    if (v.callee.kind === "name") return given.has(v.callee.name) || /^fetch$/.test(v.callee.name);
    const chain = chainOf(v.callee);
    return chain?.[0] === "this" && chain.length === 2 && /^(action|fn|func|operation|request|call|callback|command|task|execute\w*|protected\w*)$/i.test(chain[1] ?? "") ? true : v.args.some((arg) => arg.kind === "call" && arg.callee.kind === "name" && given.has(arg.callee.name));
  });
}

/** Statements that run before an offset, at whatever depth that stands. */
function stepsBefore(body: readonly Instruction[], at: number): readonly Instruction[] {
  return body.flatMap((step) => (step.end <= at ? [step] : step.at < at ? childBlocks(step).flatMap((inner) => stepsBefore(inner, at)) : []));
}

interface Refusal {
  readonly tests: readonly Value[];
}

/** Ways out by throwing or returning, each with the tests that lead there. */
function refusalsIn(step: Instruction, tests: readonly Value[] = []): readonly Refusal[] {
  if (step.kind === "throw" || step.kind === "return") return tests.length > 0 ? [{ tests }] : [];
  if (step.kind === "if") return [...step.then, ...step.else].flatMap((inner) => refusalsIn(inner, [...tests, step.test]));
  return childBlocks(step).flatMap((body) => body.flatMap((inner) => refusalsIn(inner, step.kind === "switch" ? [...tests, step.on] : tests)));
}

interface Reads {
  readonly names: ReadonlySet<string>;
  /** Constants that names are compared with, as `name=constant`. */
  readonly compared: ReadonlySet<string>;
  readonly time: boolean;
}

/** What tests read, in themselves and in the methods and getters that they ask. */
function readIn(tracer: Tracer, tests: readonly Value[], frame: Frame): Reads {
  const names = new Set<string>();
  const compared = new Set<string>();
  let time = false;
  const visit = (value: Value, depth: number): void =>
    walkValue(value, (v) => {
      const name = stateName(v);
      if (name !== undefined) names.add(name);
      if (v.kind === "binary" && /^===?$/.test(v.op)) for (const [one, other] of [[v.left, v.right], [v.right, v.left]] as const) compared.add(`${stateName(one) ?? ""}=${constantText(other) ?? ""}`);
      if (chainOf(v)?.join(".") === "Date.now" || chainOf(v)?.join(".") === "performance.now" || (v.kind === "new" && v.callee.kind === "name" && v.callee.name === "Date")) time = true;
      const asked = depth < 2 ? bodyAsked(tracer, v, frame) : undefined;
      if (asked) walkInstructions(asked, (step) => valuesOf(step).forEach((inner) => visit(inner, depth + 1)));
    });
  for (const test of tests) visit(test, 0);
  return { names, compared, time };
}

interface Write {
  readonly name: string;
  /** Absent for `++` and `+=`. */
  readonly value?: Value;
  readonly at: number;
  readonly end: number;
}

/** State that statements change, themselves or through a method of the object. */
function writesIn(tracer: Tracer, body: readonly Instruction[], frame: Frame, depth = 0): readonly Write[] {
  const writes: Write[] = [];
  anyValue(body, (v) => {
    const target = v.kind === "assign" ? stateName(v.target) : v.kind === "unary" && v.op === "++" ? stateName(v.of) : undefined;
    if (target !== undefined) writes.push({ name: target, ...(v.kind === "assign" && v.op === "=" ? { value: v.value } : {}), at: v.at, end: v.end });
    const asked = depth < 2 ? bodyAsked(tracer, v, frame) : undefined;
    if (asked) writes.push(...writesIn(tracer, asked, frame, depth + 1));
    return false;
  });
  return writes;
}

/** The body of a method, getter or function of the file that an expression runs. */
function bodyAsked(tracer: Tracer, v: Value, frame: Frame): readonly Instruction[] | undefined {
  if (v.kind === "member" && v.of.kind === "name" && v.of.name === "this") {
    const getter = tracer.view(frame.path).summary?.functions.find((fn) => fn.kind === "getter" && fn.name === v.name && fn.classId === frame.fn.classId);
    return getter?.body;
  }
  if (v.kind !== "call") return undefined;
  const called = possibilities(tracer.trace((v satisfies CallValue).callee, frame)).find((t) => t.is === "function");
  return called?.is === "function" && called.ref.path === frame.path ? tracer.fn(called.ref)?.body : undefined;
}

/** Whether what is written before the call makes the next caller be refused. */
function isPermit({ name, value }: Write, reads: Reads): boolean {
  if (!reads.names.has(name)) return false;
  if (value === undefined) return true;
  const constant = constantText(value);
  if (constant === undefined) return true;
  if (/^(0|false|null|undefined)$/.test(constant)) return false;
  return constant === "true" || reads.compared.has(`${name}=${constant}`);
}

function constantText(value: Value): string | undefined {
  if (value.kind === "const") return String(value.value);
  const chain = chainOf(value);
  return chain && chain.length > 1 && chain[0] !== "this" ? chain.join(".") : undefined;
}

function stateName(value: Value): string | undefined {
  if (value.kind === "name") return value.name;
  return value.kind === "member" && value.of.kind === "name" && value.of.name === "this" ? `this.${value.name}` : undefined;
}

/** A field, or a variable that outlives the call. */
function isKept(tracer: Tracer, name: string, fn: FunctionFact, frame: Frame): boolean {
  if (name.startsWith("this.")) return true;
  const binding = tracer.file(frame.path)?.lookup(name, fn, fn.end);
  return binding?.kind === "variable" && binding.fn.id !== fn.id;
}

function isHalfOpen(value: Value): boolean {
  return /half/i.test(constantText(value) ?? "");
}

function mentionsHalfOpen(tracer: Tracer, fn: FunctionFact, frame: Frame): boolean {
  const summary = tracer.view(frame.path).summary;
  const owner = fn.classId >= 0 ? summary?.classes[fn.classId] : undefined;
  const scope = owner ?? (fn.parent > 0 ? summary?.functions[fn.parent] : undefined) ?? fn;
  return (summary?.functions ?? []).some((each) => each.kind !== "module" && scope.at <= each.at && each.end <= scope.end && anyValue(each.body, (v) => /half[-_ ]?open/i.test(constantText(v) ?? (v.kind === "member" ? v.name : ""))));
}

function callsItselfBreaker(tracer: Tracer, fn: FunctionFact, frame: Frame): boolean {
  const owner = fn.classId >= 0 ? tracer.class({ path: frame.path, id: fn.classId })?.name : undefined;
  return /circuit|breaker/i.test(`${owner ?? ""} ${fn.name} ${frame.path}`) && flowOf(fn).steps.length > 0;
}

function valuesOf(step: Instruction): readonly Value[] {
  const values: Value[] = [];
  if (step.kind === "if") values.push(step.test);
  if ((step.kind === "return" || step.kind === "declare") && step.value) values.push(step.value);
  if (step.kind === "evaluate") values.push(step.value);
  return values;
}
