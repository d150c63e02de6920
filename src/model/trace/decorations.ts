/** What decorators put around the method under them: those of libraries by the catalog, those of the workspace by what they do. */
import { names } from "../../catalog/index.ts";
import type { CallValue, DecoratorFact, FunctionFact, Instruction, Value } from "../../syntax/summary.ts";
import type { FunctionRef } from "../knowledge.ts";
import type { Layer } from "../policy.ts";
import { decoratorFacts } from "./entries.ts";
import { callFrame } from "./frames.ts";
import { layersAround, layersOfStep, layersOfWrap } from "./layers.ts";
import { type Frame, possibilities, type TracedFunction } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { aroundCalls } from "./treatment.ts";
import { walkInstructions, walkValues } from "./walk.ts";

export function decorationsOf(tracer: Tracer, ref: FunctionRef): readonly Layer[] {
  const fn = tracer.fn(ref);
  return fn === undefined || fn.decorators.length === 0 ? [] : fn.decorators.flatMap((decorator) => layersOf(tracer, ref.path, fn, decorator));
}

function layersOf(tracer: Tracer, path: string, fn: FunctionFact, decorator: DecoratorFact): readonly Layer[] {
  const frame = tracer.frame({ path, id: Math.max(fn.parent, 0) });
  if (frame === undefined) return [];
  const means = decoratorFacts(tracer, path, fn, decorator);
  const place = { path, at: decorator.at, end: decorator.end };
  if (means !== undefined) return means.kind === "layer" ? layersOfWrap(tracer, means.wrap, asCall(decorator), frame, place, decorator.name) : [];
  const followed = wrapperOf(tracer, decorator, frame).flatMap((made) => ofWrapper(tracer, made, frame));
  if (followed.length > 0) return followed;
  return OPENS_TRANSACTION.test(decorator.name) ? [{ kind: "transaction", place, by: decorator.name }] : [];
}

/** An interceptor that a decorator only marks a method for is out of reach; the name says enough. */
const OPENS_TRANSACTION = new RegExp(names.transactionDecorator, "i");

function asCall({ name, args, at, end }: DecoratorFact): CallValue {
  const [head = "", ...rest] = name.split(".");
  const callee = rest.reduce<Value>((of, part) => ({ kind: "member", of, name: part, optional: false, nameAt: at, at, end }), { kind: "name", name: head, at, end });
  return { kind: "call", callee, args: args ?? [], typeArgs: [], at, end };
}

/** The function that is given the method: the decorator itself, or what calling it gives. */
function wrapperOf(tracer: Tracer, decorator: DecoratorFact, frame: Frame): readonly TracedFunction[] {
  const call = asCall(decorator);
  return possibilities(tracer.trace(decorator.args === undefined ? call.callee : call, frame)).filter((one) => one.is === "function");
}

function ofWrapper(tracer: Tracer, { ref, frame: outer }: TracedFunction, from: Frame): readonly Layer[] {
  const fn = tracer.fn(ref);
  const frame = callFrame(tracer, ref, { args: [], frame: outer, depth: from.depth });
  if (fn === undefined || frame === undefined) return [];
  const params = fn.params.map(({ pattern }) => (pattern.kind === "name" ? pattern.name : ""));
  const descriptor = params[2];
  const original = descriptor === undefined ? params[0] : heldBy(fn.body, descriptor);
  if (original === undefined || original === "") return [];
  return replacements(fn.body, descriptor).flatMap((id) => {
    const inner = tracer.fn({ path: ref.path, id });
    return inner === undefined ? [] : aroundCalls(tracer, inner, { path: ref.path, fn: inner, outer: frame, particular: true, depth: frame.depth + 1 }, original, { around: { layersAround, layersOfStep }, depth: 0 });
  });
}

/** `const original = descriptor.value` */
function heldBy(body: readonly Instruction[], descriptor: string): string | undefined {
  let name: string | undefined;
  walkInstructions(body, (step) => {
    if (step.kind === "declare" && step.pattern.kind === "name" && step.value !== undefined && isValueOf(step.value, descriptor)) name ??= step.pattern.name;
  });
  return name;
}

function isValueOf(value: Value, descriptor: string): boolean {
  return value.kind === "member" && value.name === "value" && value.of.kind === "name" && value.of.name === descriptor;
}

/** Functions that take the method's place: `descriptor.value = async function …`, or what is returned. */
function replacements(body: readonly Instruction[], descriptor: string | undefined): readonly number[] {
  const found = new Set<number>();
  walkInstructions(body, (step) => {
    if (step.kind === "return") for (const value of [step.value, ...(step.value?.kind === "object" ? step.value.properties.filter(({ key }) => key === "value").map((property) => property.value) : [])]) if (value?.kind === "function") found.add(value.id);
    if (descriptor !== undefined) walkValues(step, (value) => {
      if (value.kind === "assign" && value.value.kind === "function" && isValueOf(value.target, descriptor)) found.add(value.value.id);
    });
  });
  return [...found];
}
