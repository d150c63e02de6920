/** Functions that tell a client or a queue how long to wait before its next attempt, and always tell the same. */
import type { Instruction, Value } from "../../syntax/summary.ts";
import { anyValue } from "./exits.ts";
import { numberOf } from "./options.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { childBlocks } from "./walk.ts";

export interface DelayFunction {
  readonly name: string;
  readonly at: number;
  readonly end: number;
  readonly ms: number;
}

/** Names under which such a function is asked for: ioredis, redis, got, and queues of one's own. */
const ASKED = /^(?:retryStrategy|clusterRetryStrategy|reconnectStrategy|calculateDelay|back[oO]ffStrategy|retryDelayStrategy)$/;

/** `retryStrategy: () => 200`, `this.reconnectStrategy = given ?? (() => 1000)` */
export function delayFunctionsIn(tracer: Tracer, frame: Frame): readonly DelayFunction[] {
  const found: DelayFunction[] = [];
  anyValue(frame.fn.body, (v) => {
    if (v.kind === "object") for (const p of v.properties) if (p.key !== undefined && ASKED.test(p.key)) add(p.key, p.value, p);
    if (v.kind === "assign" && v.op === "=" && v.target.kind === "member" && ASKED.test(v.target.name)) add(v.target.name, v.value, v);
    return false;
  });
  return found;

  function add(name: string, value: Value, span: { readonly at: number; readonly end: number }): void {
    const fallback = value.kind === "binary" && (value.op === "??" || value.op === "||") ? value.right : value;
    const ms = constantOf(tracer, fallback, frame);
    // One function for several options is told once, where it is made.
    const { at, end } = (fallback.kind === "name" ? declared(tracer, fallback, frame) : undefined) ?? span;
    if (ms !== undefined && ms > 0 && !found.some((one) => one.at === at)) found.push({ name, at, end, ms });
  }
}

/** What the function returns each time, where that is one number. */
function constantOf(tracer: Tracer, value: Value, frame: Frame): number | undefined {
  const constant = value.kind === "name" ? declared(tracer, value, frame) : value;
  if (constant?.kind === "call" && constant.callee.kind === "member" && constant.callee.name === "constant") return constant.args[0] && numberOf(tracer.trace(constant.args[0], frame));
  for (const traced of possibilities(tracer.trace(value, frame))) {
    const fn = traced.is === "function" ? tracer.fn(traced.ref) : undefined;
    const inner = traced.is === "function" ? tracer.frame(traced.ref) : undefined;
    if (!fn || !inner) continue;
    const returned = returnsIn(fn.body).map((r) => numberOf(tracer.trace(r, inner)));
    const [first] = returned;
    return returned.length === 1 ? first : undefined;
  }
  return undefined;
}

function declared(tracer: Tracer, value: Value & { kind: "name" }, frame: Frame): Value | undefined {
  const binding = tracer.file(frame.path)?.lookup(value.name, frame.fn, value.at);
  return binding?.kind === "variable" && binding.declarations.length === 1 && binding.assigned.length === 0 ? binding.declarations[0]?.value : undefined;
}

function returnsIn(body: readonly Instruction[]): readonly Value[] {
  return body.flatMap((step) => [...(step.kind === "return" && step.value ? [step.value] : []), ...childBlocks(step).flatMap((b) => returnsIn(b))]);
}
