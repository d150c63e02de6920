/** Promises that settle by the clock: the timer of a race. */
import type { FunctionFact, Value } from "../../syntax/summary.ts";
import { enter } from "./calls.ts";
import { flowOf } from "./flow.ts";
import { numberOf } from "./options.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

export interface Timer {
  /** Absent where nothing in sight tells its duration. */
  readonly ms?: number;
  /** It gives a value when its time is up; others reject, or may. */
  readonly resolves?: true;
}

/** Undefined where the value is no timer. */
export function isTimer(tracer: Tracer, value: Value, frame: Frame, depth = 0): Timer | undefined {
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
      if (!fn || value.callee.kind !== "name" || value.callee.name !== "Promise") return undefined;
      const timer = timerIn(tracer, fn, { path: frame.path, fn, outer: frame, particular: frame.particular, depth: frame.depth + 1 });
      // Whoever takes no second parameter cannot reject.
      return timer && fn.params.length === 1 && !fn.params[0]?.rest ? { ...timer, resolves: true } : timer;
    }
    case "call":
      return ofCall(tracer, value, frame, depth);
    default:
      return undefined;
  }
}

function ofCall(tracer: Tracer, value: Value & { kind: "call" }, frame: Frame, depth: number): Timer | undefined {
  // `sleep(1000).then(() => { throw … })`
  if (value.callee.kind === "member" && (value.callee.name === "then" || value.callee.name === "finally")) {
    const timer = isTimer(tracer, value.callee.of, frame, depth + 1);
    // What follows may throw.
    return timer && withMs(timer.ms);
  }
  for (const callee of possibilities(tracer.trace(value.callee, frame))) {
    if ((callee.is === "export" || callee.is === "method") && callee.shape?.is === "sleep") {
      const arg = value.args[callee.shape.ms];
      return { ...withMs(arg && numberOf(tracer.trace(arg, frame))), resolves: true };
    }
    if (callee.is !== "function") continue;
    const fn = tracer.fn(callee.ref);
    const inner = fn && enter(tracer, callee, value, frame);
    if (!fn || !inner || fn.calls.length > 10) continue;
    const own = timerIn(tracer, fn, inner);
    if (own) return own;
    for (const step of flowOf(fn).steps) {
      const found = isTimer(tracer, step.call, inner, depth + 1);
      if (found) return fn.body.some(({ kind }) => kind === "throw") ? withMs(found.ms) : found;
    }
  }
  const name = value.callee.kind === "name" ? value.callee.name : value.callee.kind === "member" ? value.callee.name : "";
  return /^(time|timed)_?out|timer|reject_?after|deadline/i.test(name) ? {} : undefined;
}

function timerIn(tracer: Tracer, fn: FunctionFact, frame: Frame): Timer | undefined {
  for (const step of flowOf(fn).steps) {
    const { callee, args } = step.call;
    const isSet = (callee.kind === "name" && callee.name === "setTimeout") || (callee.kind === "member" && callee.name === "setTimeout");
    if (!isSet) continue;
    return withMs(args[1] && numberOf(tracer.trace(args[1], frame)));
  }
  return undefined;
}

function withMs(ms: number | undefined): Timer {
  return ms === undefined ? {} : { ms };
}
