/** Bodies with the functions that are written inside them. */
import type { FunctionFact, Instruction, Value } from "../../syntax/summary.ts";
import { anyValue } from "./exits.ts";
import type { Tracer } from "./tracer.ts";
import { walkInstructions } from "./walk.ts";

/** True where a value of the body, or of a function written inside it, passes the test. */
export function anyDeep(tracer: Tracer, path: string, body: readonly Instruction[], test: (value: Value) => boolean): boolean {
  return anyValue(body, (v) => {
    if (test(v)) return true;
    const fn = v.kind === "function" ? tracer.fn({ path, id: v.id }) : undefined;
    return fn !== undefined && anyDeep(tracer, path, fn.body, test);
  });
}

/** The body of a function with the defaults of its parameters left out: what runs when it is called. */
export function anyInFunction(tracer: Tracer, path: string, fn: FunctionFact, test: (value: Value) => boolean): boolean {
  return anyDeep(tracer, path, fn.body, test);
}

/** Last name of what a value is called or called by: `status` of `error.response.status`. */
export function lastName(value: Value): string {
  if (value.kind === "name") return value.name;
  if (value.kind === "member") return value.name;
  return value.kind === "call" || value.kind === "new" ? lastName(value.callee) : "";
}

/** Some instruction of the body, nested functions left out. */
export function anyInstruction(body: readonly Instruction[], test: (step: Instruction) => boolean): boolean {
  let hit = false;
  walkInstructions(body, (step) => {
    if (!hit && test(step)) hit = true;
  });
  return hit;
}
