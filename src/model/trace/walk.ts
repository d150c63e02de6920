/** Walks over instruction trees and values. Nested functions are not entered: they have bodies of their own. */
import type { Instruction, Value } from "../../syntax/summary.ts";

/** Visits every instruction, outermost first. */
export function walkInstructions(body: readonly Instruction[], visit: (step: Instruction) => void): void {
  for (const step of body) {
    visit(step);
    for (const inner of childBlocks(step)) walkInstructions(inner, visit);
  }
}

/** The blocks of an instruction, in program order. */
export function childBlocks(step: Instruction): readonly (readonly Instruction[])[] {
  switch (step.kind) {
    case "if":
      return [step.then, step.else];
    case "loop":
      return [step.init, step.body];
    case "try":
      return [step.body, step.handler?.body ?? [], step.finalizer ?? []];
    case "switch":
      return step.cases.map((c) => c.body);
    case "block":
      return [step.body];
    default:
      return [];
  }
}

/** Values that stand in an instruction itself, not in its blocks. */
export function ownValues(step: Instruction): readonly Value[] {
  switch (step.kind) {
    case "declare":
    case "return":
      return step.value ? [step.value] : [];
    case "evaluate":
    case "throw":
      return [step.value];
    case "if":
      return [step.test];
    case "loop":
      return [step.over, step.test, step.update].filter((v) => v !== undefined);
    case "switch":
      return [step.on, ...step.cases.flatMap((c) => (c.test ? [c.test] : []))];
    default:
      return [];
  }
}

/** Visits every value of one instruction (not of its blocks), outermost first. */
export function walkValues(step: Instruction, visit: (value: Value) => void): void {
  for (const value of ownValues(step)) walkValue(value, visit);
}

export function walkValue(value: Value, visit: (value: Value) => void): void {
  visit(value);
  for (const inner of innerValues(value)) walkValue(inner, visit);
}

/** Direct parts of a value in evaluation order. */
export function innerValues(value: Value): readonly Value[] {
  switch (value.kind) {
    case "template":
      return value.parts;
    case "object":
      return value.properties.flatMap((p) => (p.computed ? [p.computed, p.value] : [p.value]));
    case "array":
      return value.items;
    case "member":
      return [value.of];
    case "index":
      return [value.of, value.key];
    case "call":
    case "new":
      return [value.callee, ...value.args];
    case "unary":
    case "await":
    case "spread":
    case "yield":
    case "yield*":
      return [value.of];
    case "binary":
      return [value.left, value.right];
    case "conditional":
      return [value.test, value.then, value.else];
    case "assign":
      return [value.value, value.target];
    case "other":
      return value.inner;
    default:
      return [];
  }
}

/** Dotted chain of names (`this.http.get`); undefined where a link is no name. */
export function chainOf(value: Value): readonly string[] | undefined {
  if (value.kind === "name") return [value.name];
  if (value.kind === "member") {
    const below = chainOf(value.of);
    return below && [...below, value.name];
  }
  if (value.kind === "await") return chainOf(value.of);
  return undefined;
}
