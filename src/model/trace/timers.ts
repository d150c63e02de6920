/** Promises that settle by the clock: the timer of a race. */
import type { FunctionFact, Value } from "../../syntax/summary.ts";
import { enter } from "./calls.ts";
import { flowOf } from "./flow.ts";
import { numberOf } from "./options.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

/** Undefined where the value is no timer; `ms` where its duration is known. */
export function isTimer(tracer: Tracer, value: Value, frame: Frame, depth = 0): { readonly ms?: number } | undefined {
  if (depth > 4) return undefined;
  switch (value.kind) {
    case "await":
      return isTimer(tracer, value.of, frame, depth + 1);
    case "name": {
      const binding = tracer.file(frame.path)?.lookup(value.name, frame.fn, value.at);
      if (binding?.kind !== "variable") return undefined;
      for (const d of binding.declarations) {
        const found = d.value && isTimer(tracer, d.value, frame, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    case "new": {
      const [executor] = value.args;
      const fn = executor?.kind === "function" ? tracer.fn({ path: frame.path, id: executor.id }) : undefined;
      return fn && value.callee.kind === "name" && value.callee.name === "Promise" ? timerIn(tracer, fn, { path: frame.path, fn, outer: frame, particular: frame.particular, depth: frame.depth + 1 }) : undefined;
    }
    case "call":
      return ofCall(tracer, value, frame, depth);
    default:
      return undefined;
  }
}

function ofCall(tracer: Tracer, value: Value & { kind: "call" }, frame: Frame, depth: number): { readonly ms?: number } | undefined {
  // `sleep(1000).then(() => { throw … })`
  if (value.callee.kind === "member" && (value.callee.name === "then" || value.callee.name === "finally")) return isTimer(tracer, value.callee.of, frame, depth + 1);
  for (const callee of possibilities(tracer.trace(value.callee, frame))) {
    if ((callee.is === "export" || callee.is === "method") && callee.shape?.is === "sleep") {
      const arg = value.args[callee.shape.ms];
      return withMs(arg && numberOf(tracer.trace(arg, frame)));
    }
    if (callee.is !== "function") continue;
    const fn = tracer.fn(callee.ref);
    const inner = fn && enter(tracer, callee, value, frame);
    if (!fn || !inner || fn.calls.length > 10) continue;
    const own = timerIn(tracer, fn, inner);
    if (own) return own;
    for (const step of flowOf(fn).steps) {
      const found = isTimer(tracer, step.call, inner, depth + 1);
      if (found) return found;
    }
  }
  const name = value.callee.kind === "name" ? value.callee.name : value.callee.kind === "member" ? value.callee.name : "";
  return /^(time|timed)_?out|timer|reject_?after|deadline/i.test(name) ? {} : undefined;
}

function timerIn(tracer: Tracer, fn: FunctionFact, frame: Frame): { readonly ms?: number } | undefined {
  for (const step of flowOf(fn).steps) {
    const { callee, args } = step.call;
    const isSet = (callee.kind === "name" && callee.name === "setTimeout") || (callee.kind === "member" && callee.name === "setTimeout");
    if (!isSet) continue;
    return withMs(args[1] && numberOf(tracer.trace(args[1], frame)));
  }
  return undefined;
}

function withMs(ms: number | undefined): { readonly ms?: number } {
  return ms === undefined ? {} : { ms };
}
