/** The calls of one function in the order in which they run, each with what stands around it. */
import type { CallValue, FunctionFact, Instruction, LoopInstruction, NewValue, TryInstruction, Value } from "../../syntax/summary.ts";
import { innerValues } from "./walk.ts";

export interface Step {
  readonly kind: "call";
  readonly call: CallValue | NewValue;
  readonly within: Within | undefined;
  readonly awaited: boolean;
  /** Variable that holds the result, where the statement is `const x = <call>` and the call is not awaited. */
  readonly heldBy?: string;
  /** The whole statement is the call, at most with `void` before it or `.catch(…)` behind it: what it gives is left alone. */
  readonly dropped?: true;
}

/** A function written in place. */
export interface ClosureUse {
  readonly kind: "closure";
  readonly id: number;
  readonly within: Within | undefined;
}

/** What surrounds a step, innermost first. */
export type Within =
  | { readonly kind: "loop"; readonly loop: LoopInstruction; readonly up: Within | undefined }
  | { readonly kind: "try" | "handler" | "finally"; readonly of: TryInstruction; readonly up: Within | undefined }
  | { readonly kind: "branch"; readonly test: Value; readonly side: "then" | "else"; readonly up: Within | undefined }
  /** Stands in argument `index` of `call`. */
  | { readonly kind: "argument"; readonly call: CallValue | NewValue; readonly index: number; readonly up: Within | undefined }
  /** Stands in what `call`'s method is called on: `x` of `x.pipe(…)`. */
  | { readonly kind: "receiver"; readonly call: CallValue; readonly method: string; readonly up: Within | undefined };

export interface Flow {
  /** In evaluation order: arguments before their call. */
  readonly items: readonly (Step | ClosureUse)[];
  readonly steps: readonly Step[];
  readonly loops: readonly { readonly loop: LoopInstruction; readonly within: Within | undefined }[];
}

const memo = new WeakMap<FunctionFact, Flow>();

export function flowOf(fn: FunctionFact): Flow {
  const known = memo.get(fn);
  if (known) return known;
  const made = build(fn);
  memo.set(fn, made);
  return made;
}

function build(fn: FunctionFact): Flow {
  const items: (Step | ClosureUse)[] = [];
  const loops: { loop: LoopInstruction; within: Within | undefined }[] = [];
  const dropped = new Set<Value>();
  for (const param of fn.params) if (param.default) value(param.default, undefined, false);
  block(fn.body, undefined);
  return { items, loops, steps: items.filter((i): i is Step => i.kind === "call") };

  function block(body: readonly Instruction[], within: Within | undefined): void {
    for (const step of body) instruction(step, within);
  }

  function instruction(step: Instruction, within: Within | undefined): void {
    switch (step.kind) {
      case "declare":
        if (step.value) value(step.value, within, false, step.pattern.kind === "name" ? step.pattern.name : undefined);
        return;
      case "evaluate":
        drop(step.value);
        return value(step.value, within, false);
      case "throw":
        return value(step.value, within, false);
      case "return":
        // An async function's `return call()` is awaited by whoever awaits the function.
        if (step.value) value(step.value, within, true);
        return;
      case "if":
        value(step.test, within, false);
        block(step.then, { kind: "branch", test: step.test, side: "then", up: within });
        return block(step.else, { kind: "branch", test: step.test, side: "else", up: within });
      case "loop":
        return loop(step, within);
      case "try":
        block(step.body, { kind: "try", of: step, up: within });
        if (step.handler) block(step.handler.body, { kind: "handler", of: step, up: within });
        return block(step.finalizer ?? [], { kind: "finally", of: step, up: within });
      case "switch":
        value(step.on, within, false);
        for (const c of step.cases) block(c.body, { kind: "branch", test: step.on, side: "then", up: within });
        return;
      case "block":
        return block(step.body, within);
      case "break":
      case "continue":
        return;
    }
  }

  function loop(step: LoopInstruction, within: Within | undefined): void {
    loops.push({ loop: step, within });
    block(step.init, within);
    if (step.over) value(step.over, within, step.form === "await of");
    const inside: Within = { kind: "loop", loop: step, up: within };
    if (step.test) value(step.test, inside, false);
    block(step.body, inside);
    if (step.update) value(step.update, inside, false);
  }

  function drop(v: Value): void {
    if (v.kind === "unary" && v.op === "void") return drop(v.of);
    if (v.kind !== "call") return;
    dropped.add(v);
    if (v.callee.kind === "member" && /^(?:catch|finally)$/.test(v.callee.name)) drop(v.callee.of);
  }

  function value(v: Value, within: Within | undefined, awaited: boolean, heldBy?: string): void {
    switch (v.kind) {
      case "function":
        items.push({ kind: "closure", id: v.id, within });
        return;
      case "await":
        return value(v.of, within, true);
      case "assign":
        value(v.value, within, false, v.target.kind === "name" ? v.target.name : undefined);
        if (v.target.kind !== "name") value(v.target, within, false);
        return;
      case "conditional":
        value(v.test, within, false);
        value(v.then, { kind: "branch", test: v.test, side: "then", up: within }, awaited, heldBy);
        return value(v.else, { kind: "branch", test: v.test, side: "else", up: within }, awaited, heldBy);
      case "binary":
        value(v.left, within, awaited);
        return value(v.right, v.op === "&&" || v.op === "||" || v.op === "??" ? { kind: "branch", test: v.left, side: v.op === "&&" ? "then" : "else", up: within } : within, awaited);
      case "call":
      case "new":
        return call(v, within, awaited, heldBy);
      default:
        for (const inner of innerValues(v)) value(inner, within, false);
    }
  }

  function call(v: CallValue | NewValue, within: Within | undefined, awaited: boolean, heldBy: string | undefined): void {
    if (v.callee.kind === "member" && v.kind === "call") value(v.callee.of, { kind: "receiver", call: v, method: v.callee.name, up: within }, awaited);
    else value(v.callee, within, false);
    v.args.forEach((arg, index) => value(arg, { kind: "argument", call: v, index, up: within }, awaited));
    items.push({ kind: "call", call: v, within, awaited, ...(heldBy === undefined || awaited ? {} : { heldBy }), ...(dropped.has(v) ? { dropped: true as const } : {}) });
  }
}

/** True where the chain passes through a context of that kind. */
export function isWithin(within: Within | undefined, kind: Within["kind"]): boolean {
  for (let w = within; w; w = w.up) if (w.kind === kind) return true;
  return false;
}
