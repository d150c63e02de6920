/** How control leaves a block: what a retry loop and a swallowing catch are told by. */
import type { Instruction, TryInstruction, Value } from "../../syntax/summary.ts";
import { childBlocks, walkValue, walkValues } from "./walk.ts";

/** True where running the block can come to its end, or to a `continue`. */
export function canGoOn(body: readonly Instruction[]): boolean {
  for (const step of body) {
    if (step.kind === "throw" || step.kind === "return" || step.kind === "break") return false;
    if (step.kind === "continue") return true;
    if (step.kind === "if" && !canGoOn(step.then) && step.else.length > 0 && !canGoOn(step.else)) return containsContinue(step.then) || containsContinue(step.else);
    if (step.kind === "if" && (containsContinue(step.then) || containsContinue(step.else))) return true;
    if (step.kind === "block" && !canGoOn(step.body)) return false;
    if (step.kind === "try" && !canGoOn(step.body) && (!step.handler || !canGoOn(step.handler.body))) return false;
  }
  return true;
}

function containsContinue(body: readonly Instruction[]): boolean {
  return body.some((step) => step.kind === "continue" || (step.kind !== "loop" && childBlocks(step).some(containsContinue)));
}

/** A `throw` that may happen anywhere in the block. */
export function mayThrow(body: readonly Instruction[]): boolean {
  return body.some((step) => step.kind === "throw" || childBlocks(step).some(mayThrow));
}

/** An exit (return, break, throw) under some condition, not in nested loops. */
export function mayLeave(body: readonly Instruction[], kinds: readonly Instruction["kind"][]): boolean {
  return body.some((step) => kinds.includes(step.kind) || (step.kind !== "loop" && step.kind !== "switch" && childBlocks(step).some((b) => mayLeave(b, kinds))) || (step.kind === "loop" && kinds.includes("return") && childBlocks(step).some((b) => mayLeave(b, ["return"]))));
}

/** True where a catch neither throws on nor hands the error to its caller. */
export function swallows(tried: TryInstruction): boolean {
  if (!tried.handler) return false;
  return !mayThrow(tried.handler.body) && !rejects(tried.handler.body);
}

/** `return Promise.reject(e)`, `reject(e)`, `next(e)` count as passing an error on. */
function rejects(body: readonly Instruction[]): boolean {
  return anyValue(body, (v) => v.kind === "call" && ((v.callee.kind === "member" && v.callee.name === "reject") || (v.callee.kind === "name" && /^(reject|next|done|callback|cb)$/.test(v.callee.name))));
}

/** Try statements of a loop's body, in blocks and branches, not in nested loops or handlers. */
export function triesIn(body: readonly Instruction[]): readonly TryInstruction[] {
  return body.flatMap((step): readonly TryInstruction[] => {
    if (step.kind === "try") return [step, ...triesIn(step.body)];
    if (step.kind === "loop") return [];
    return childBlocks(step).flatMap((b) => triesIn(b));
  });
}

export function anyValue(body: readonly Instruction[], test: (value: Value) => boolean): boolean {
  let hit = false;
  const visit = (v: Value): void => {
    if (!hit && test(v)) hit = true;
  };
  const block = (steps: readonly Instruction[]): void => {
    for (const step of steps) {
      if (hit) return;
      walkValues(step, visit);
      for (const inner of childBlocks(step)) block(inner);
    }
  };
  block(body);
  return hit;
}

export function namesIn(value: Value): ReadonlySet<string> {
  const names = new Set<string>();
  walkValue(value, (v) => {
    if (v.kind === "name") names.add(v.name);
    else if (v.kind === "member" && v.of.kind === "name" && v.of.name === "this") names.add(`this.${v.name}`);
  });
  return names;
}

/** Names that are assigned in a block (`x = …`, `x++`, `this.x = …` as `this.x`). */
export function assignedIn(body: readonly Instruction[]): ReadonlySet<string> {
  const names = new Set<string>();
  anyValue(body, (v) => {
    const target = v.kind === "assign" ? v.target : v.kind === "unary" && (v.op === "++" || v.op === "--") ? v.of : undefined;
    if (target?.kind === "name") names.add(target.name);
    if (target?.kind === "member" && target.of.kind === "name" && target.of.name === "this") names.add(`this.${target.name}`);
    return false;
  });
  return names;
}
