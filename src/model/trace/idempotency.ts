/** Whether a call carries something by which the other side can tell that it was made before. */
import type { Aspect } from "../policy.ts";
import type { Value } from "../../syntax/summary.ts";
import { KEY_NAME } from "./attempt-errors.ts";
import type { Called } from "./catalogued.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { innerValues } from "./walk.ts";

const MAX_DEPTH = 6;
const UPSERT = /\bon\s+conflict\b|\bon\s+duplicate\s+key\b|\binsert\s+ignore\b|\bmerge\s+into\b|\bwhere\s+not\s+exists\b/i;
const MENTIONS_KEY = /idempot|dedup/i;

export function idempotencyOf(tracer: Tracer, called: Called): Aspect<"method" | "key" | "upsert"> {
  if (called.facts.idempotent === true) return { is: "known", value: "method", evidence: [] };
  const seen = new Set<Value>();
  for (const arg of called.args) {
    const found = look(tracer, arg, called.argsFrame, seen, 0);
    if (found) return { is: "known", value: found, evidence: [] };
  }
  return { is: "unknown", evidence: [] };
}

function look(tracer: Tracer, value: Value, frame: Frame, seen: Set<Value>, depth: number): "key" | "upsert" | undefined {
  if (depth > MAX_DEPTH || seen.has(value)) return undefined;
  seen.add(value);
  if (value.kind === "const") return typeof value.value === "string" ? ofText(value.value) : undefined;
  if (value.kind === "object") for (const p of value.properties) if (p.key !== undefined && KEY_NAME.test(p.key)) return "key";
  if ((value.kind === "name" || value.kind === "member") && (MENTIONS_KEY.test(value.name) || KEY_NAME.test(value.name))) return "key";
  const inner = innerValues(value);
  for (const each of inner) {
    const found = look(tracer, each, frame, seen, depth + 1);
    if (found) return found;
  }
  return value.kind === "name" ? behind(tracer, value, frame, seen, depth) : undefined;
}

/** What a name stands for: an object that is built elsewhere, with what is assigned to its properties later. */
function behind(tracer: Tracer, value: Value & { kind: "name" }, frame: Frame, seen: Set<Value>, depth: number): "key" | "upsert" | undefined {
  const binding = tracer.file(frame.path)?.lookup(value.name, frame.fn, value.at);
  const written = binding?.kind === "variable" ? [...binding.declarations.flatMap((d) => d.value ?? []), ...binding.assigned.map((a) => a.value)] : [];
  for (const each of written) {
    const found = look(tracer, each, frame, seen, depth + 1);
    if (found) return found;
  }
  for (const traced of possibilities(tracer.trace(value, frame))) {
    if (traced.is === "object" && !written.includes(traced.value)) {
      const found = look(tracer, traced.value, traced.frame, seen, depth + 1);
      if (found) return found;
    }
  }
  return undefined;
}

function ofText(text: string): "key" | "upsert" | undefined {
  if (UPSERT.test(text)) return "upsert";
  return text.length < 60 && MENTIONS_KEY.test(text) ? "key" : undefined;
}
