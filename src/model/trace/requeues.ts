/** Messages that go back to their queue whenever they could not be handled. */
import type { CallValue, Instruction, NewValue, TryInstruction, Value } from "../../syntax/summary.ts";
import { anyValue, mayLeave } from "./exits.ts";
import { flowOf } from "./flow.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { waitOf } from "./waits.ts";

export interface Requeue {
  readonly call: CallValue | NewValue;
  /** `channel.nack` */
  readonly name: string;
  /** What failed before. */
  readonly tried: TryInstruction;
  readonly waits: boolean;
}

/** `catch { channel.nack(message, false, true) }`, where neither the code nor the queue counts how often a message came. */
export function requeuesIn(tracer: Tracer, frame: Frame): readonly Requeue[] {
  const found = flowOf(frame.fn).steps.flatMap(({ call, within }): readonly Requeue[] => {
    // A branch around it tells failures, or messages, apart.
    if (within?.kind !== "handler" || !putsBack(tracer, call, frame)) return [];
    const before = (within.of.handler?.body ?? []).filter((step) => step.end <= call.at);
    if (mayLeave(before, ["return", "throw", "break", "continue"])) return [];
    return [{ call, name: nameOf(call.callee), tried: within.of, waits: before.some((step) => anyValue([step], (v) => v.kind === "call" && waitOf(tracer, v, frame) !== undefined)) }];
  });
  return found.length > 0 && !counts(frame) ? found : [];
}

/** The catalog knows the argument that decides; what is said there must be known, or left out. */
function putsBack(tracer: Tracer, call: CallValue | NewValue, frame: Frame): boolean {
  return possibilities(tracer.trace(call.callee, frame)).some((callee) => {
    const requeues = callee.is === "method" && callee.shape?.is === "call" ? callee.shape.call.requeues : undefined;
    if (requeues === undefined) return false;
    const said = call.args[requeues.arg];
    const traced = said && tracer.trace(said, frame);
    return traced === undefined ? requeues.byDefault : traced.is === "const" && traced.value === true;
  });
}

/** Something around asks how often the message came, or gives the queue a limit: a quorum queue has one of its own. */
function counts(frame: Frame): boolean {
  for (let f: Frame | undefined = frame; f; f = f.outer) if (anyValue(f.fn.body as readonly Instruction[], isCount)) return true;
  return false;
}

function isCount(value: Value): boolean {
  if (value.kind === "member") return COUNTS.test(value.name);
  if (value.kind === "const") return typeof value.value === "string" && COUNTS.test(value.value);
  return value.kind === "object" && value.properties.some(({ key }) => key !== undefined && COUNTS.test(key));
}

/** RabbitMQ's headers, queue arguments and fields (rabbitmq.com: dead lettering, quorum queues), and what people call a count of their own. */
const COUNTS = /^(?:x-death|x-delivery-(?:limit|count)|x-queue-type|redelivered|delivery-?count|x-?(?:retry|retries|attempts?)(?:-?count)?|retry-?count|retries)$/i;

function nameOf(callee: Value): string {
  if (callee.kind === "name") return callee.name;
  if (callee.kind !== "member") return "";
  const of = nameOf(callee.of);
  return of === "" ? callee.name : `${of}.${callee.name}`;
}
