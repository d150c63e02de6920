/** Whether a value is a promise whose work has started: then nothing can hold it back any more. */
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import type { Given } from "../knowledge.ts";
import { returnValues } from "./calls.ts";
import { factsOfCall } from "./catalogued.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

const REMOTE: ReadonlySet<string> = new Set(["request", "query", "sdk", "publish", "cache", "transaction", "connect"]);

/** What somebody who wants a function is given. */
export function givenBy(tracer: Tracer, value: Value, frame: Frame): Given {
  const place = { path: frame.path, at: value.at, end: value.end };
  if (value.kind === "function") return heldPromise(tracer, value, frame) ?? { is: "function", place };
  const started = startedBy(tracer, value, frame);
  if (started) return { is: "promise", place, form: started.call === value ? "call" : "name", starts: { path: started.frame.path, at: started.call.at, end: started.call.end } };
  return { is: possibilities(tracer.trace(value, frame)).some((t) => t.is === "function" || t.is === "method") ? "function" : "unknown", place };
}

/** `() => promise`, where the promise was made outside. */
function heldPromise(tracer: Tracer, value: Value & { kind: "function" }, frame: Frame): Given | undefined {
  const fn = tracer.fn({ path: frame.path, id: value.id });
  const [only] = fn ? returnValues(fn) : [];
  const held = only?.kind === "await" ? only.of : only;
  if (!fn || fn.body.length !== 1 || held?.kind !== "name") return undefined;
  const inner = tracer.frame({ path: frame.path, id: fn.id });
  const binding = tracer.file(frame.path)?.lookup(held.name, fn, held.at);
  if (!inner || binding?.kind !== "variable" || binding.fn === fn || binding.assigned.length > 0) return undefined;
  const started = startedBy(tracer, held, inner);
  return started && { is: "promise", place: { path: frame.path, at: value.at, end: value.end }, form: "held", starts: { path: started.frame.path, at: started.call.at, end: started.call.end } };
}

interface Started {
  readonly call: CallValue | NewValue;
  readonly frame: Frame;
}

function startedBy(tracer: Tracer, value: Value, frame: Frame, depth = 0): Started | undefined {
  if (depth > 4) return undefined;
  if (value.kind === "call" || value.kind === "new") return isPromiseOf(tracer, value, frame, depth) ? { call: value, frame } : undefined;
  if (value.kind !== "name") return undefined;
  const binding = tracer.file(frame.path)?.lookup(value.name, frame.fn, value.at);
  if (binding?.kind !== "variable") return undefined;
  const [only] = binding.declarations;
  const at = only && tracer.frame({ path: frame.path, id: only.fn.id });
  return only?.value && at && binding.declarations.length === 1 && only.path.length === 0 && !only.element ? startedBy(tracer, only.value, at, depth + 1) : undefined;
}

function isPromiseOf(tracer: Tracer, call: CallValue | NewValue, frame: Frame, depth: number): boolean {
  const { callee } = call;
  if (call.kind === "new") return callee.kind === "name" && callee.name === "Promise";
  if (callee.kind === "member" && callee.of.kind === "name" && callee.of.name === "Promise") return /^(all|allSettled|race|any|resolve|reject)$/.test(callee.name);
  if (callee.kind === "member" && /^(then|catch|finally)$/.test(callee.name)) return startedBy(tracer, callee.of, frame, depth + 1) !== undefined;
  if (callee.kind === "member" && callee.name === "bind") return false;
  const called = factsOfCall(tracer, call, frame);
  if (called) return called.facts.returns === "promise" && REMOTE.has(called.facts.effect);
  const functions = possibilities(tracer.trace(callee, frame)).flatMap((t) => (t.is === "function" ? [t] : []));
  return functions.length > 0 && functions.every(({ ref }) => {
    const fn = tracer.fn(ref);
    const inner = tracer.frame(ref);
    if (!fn || !inner || fn.isGenerator) return false;
    if (fn.isAsync) return true;
    const values = returnValues(fn);
    return values.length > 0 && values.every((each) => startedBy(tracer, each, inner, depth + 1) !== undefined);
  });
}
