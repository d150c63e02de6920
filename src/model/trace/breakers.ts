/** Circuit breakers as the code makes them, and whether they outlive the call that made them. */
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import type { FunctionRef, MadeBreaker } from "../knowledge.ts";
import { type Context, nameOf } from "./contexts.ts";
import { anyValue } from "./exits.ts";
import { flowOf, type Step } from "./flow.ts";
import type { CallGraph } from "./graph.ts";
import { childBlocks } from "./walk.ts";
import { type Frame, type Origin, possibilities, refKey } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

/** Breakers that a function makes, fires and forgets. */
export function breakersOf(tracer: Tracer, graph: CallGraph, contextOf: (ref: FunctionRef) => Context, ref: FunctionRef): readonly MadeBreaker[] {
  const frame = tracer.frame(ref);
  if (!frame || frame.fn.kind === "module" || frame.fn.kind === "constructor" || frame.fn.calls.length === 0) return [];
  const { steps } = flowOf(frame.fn);
  const made = steps.flatMap((step) => {
    const making = breakerMadeBy(tracer, step.call, frame) ?? breakerFromFactory(tracer, step.call, frame);
    const fired = making && firing(steps, step, frame);
    return making && fired ? [{ step, fired, ...making }] : [];
  });
  if (made.length === 0 || runsOnce(graph, contextOf, ref)) return [];
  return made.map(({ step, fired, origin, takesAction }) => ({
    place: { path: ref.path, at: step.call.at, end: step.call.end },
    head: { path: ref.path, at: step.call.at, end: step.call.callee.end },
    fired: { path: ref.path, at: fired.call.callee.at, end: fired.call.callee.end },
    takesAction,
    in: ref,
    symbol: nameOf(tracer, ref),
    library: origin.library.package,
  }));
}

function runsOnce(graph: CallGraph, contextOf: (ref: FunctionRef) => Context, ref: FunctionRef): boolean {
  const { reached } = contextOf(ref);
  return reached.size > 0 && [...reached].every((kind) => kind === "startup") && !graph.into.has(refKey(ref));
}

interface Making {
  readonly origin: Origin;
  /** The first argument is what it guards. */
  readonly takesAction: boolean;
}

function guardsFirst({ policy }: Origin): boolean {
  return policy?.fn === 0 && policy.fnPath === undefined;
}

function breakerMadeBy(tracer: Tracer, call: CallValue | NewValue, frame: Frame): Making | undefined {
  if (!possibilities(tracer.trace(call.callee, frame)).some((t) => t.is === "export" || t.is === "method" || t.is === "instance")) return undefined;
  const made = possibilities(tracer.trace(call, frame)).find((t) => t.is === "instance" && t.origin.call === call && t.origin.policy?.adds.includes("breaker") === true);
  return made?.is === "instance" ? { origin: made.origin, takesAction: guardsFirst(made.origin) } : undefined;
}

/** `createBreaker(fn)`, a function of the workspace that makes a new one each time, and keeps none. */
function breakerFromFactory(tracer: Tracer, call: CallValue | NewValue, frame: Frame): Making | undefined {
  for (const callee of possibilities(tracer.trace(call.callee, frame))) {
    const inner = callee.is === "function" ? tracer.frame(callee.ref) : undefined;
    if (inner === undefined) continue;
    for (const made of possibilities(tracer.trace(call, frame))) {
      if (made.is !== "instance" || made.origin.policy?.adds.includes("breaker") !== true) continue;
      const { origin } = made;
      const step = flowOf(inner.fn).steps.find((each) => each.call === origin.call);
      if (step === undefined || (step.heldBy !== undefined && isKept(inner, step.heldBy))) continue;
      const [guarded] = origin.call?.args ?? [];
      const [first] = inner.fn.params;
      return { origin, takesAction: guardsFirst(origin) && guarded?.kind === "name" && first?.pattern.kind === "name" && first.pattern.name === guarded.name };
    }
  }
  return undefined;
}

/** The step that fires it, where nothing else holds on to it. */
function firing(steps: readonly Step[], made: Step, frame: Frame): Step | undefined {
  const { within } = made;
  if (within?.kind === "receiver") return steps.find((s) => s.call === within.call && FIRES.test(within.method));
  if (within?.kind === "argument" || made.heldBy === undefined) return undefined;
  const name = made.heldBy;
  if (!isLocal(frame, name) || escapes(frame, name)) return undefined;
  return steps.find(({ call }) => call.callee.kind === "member" && call.callee.of.kind === "name" && call.callee.of.name === name && FIRES.test(call.callee.name));
}

const FIRES = /^(fire|execute|exec|run|call)$/;

function isLocal(frame: Frame, name: string): boolean {
  let local = false;
  const visit = (body: Frame["fn"]["body"]): void => {
    for (const step of body) {
      if (step.kind === "declare" && step.pattern.kind === "name" && step.pattern.name === name) local = true;
      for (const inner of childBlocks(step)) visit(inner);
    }
  };
  visit(frame.fn.body);
  return local;
}

/** It is returned, handed on, put into a field or a map. */
function escapes(frame: Frame, name: string): boolean {
  return isKept(frame, name) || returns(frame.fn.body, (value) => value.kind === "name" && value.name === name);
}

/** It is handed on, put into a field or a map. */
function isKept(frame: Frame, name: string): boolean {
  const isIt = (value: Value): boolean => value.kind === "name" && value.name === name;
  return anyValue(frame.fn.body, (v) => {
    if (v.kind === "assign") return isIt(v.value);
    if (v.kind === "call" || v.kind === "new") return v.args.some(isIt);
    if (v.kind === "object") return v.properties.some((p) => isIt(p.value));
    return v.kind === "array" && v.items.some(isIt);
  });
}

function returns(body: Frame["fn"]["body"], isIt: (value: Value) => boolean): boolean {
  return body.some((step) => {
    const returned = step.kind === "return" && step.value !== undefined && isIt(step.value);
    return returned || childBlocks(step).some((inner) => returns(inner, isIt));
  });
}
