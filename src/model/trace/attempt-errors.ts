/** Whether what failed is looked at before it is tried again, and keys that are made anew in each attempt. */
import type { Attempt, FunctionRef } from "../knowledge.ts";
import type { Instruction, Value } from "../../syntax/summary.ts";
import type { AttemptContext, Body } from "./attempts.ts";
import { anyDeep, lastName } from "./deep.ts";
import { refKey } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

/** Words by which code tells a passing failure from a permanent one, or gives up early. */
const TELLS = /^(?:status|statusCode|statusText|ok|code|errno|sqlState|retryable|transient|permanent|fatal|bail|stopRetry\w*|AbortError|NonRetriable\w*|Unrecoverable\w*|is\w*(?:Error|Retr\w*|Transient|Conflict|Timeout|Abort\w*)|should\w*Retry\w*|can\w*Retry|retryOn\w*|retryIf|shouldRetry|predicate|filter)$/i;

/** Given by the standard library and by loggers, and no look at what kind of error it is. */
const NO_TELL = /^(?:isArray|isError|isNativeError|instanceOfError)$/;

/** Something in the repeated code, or around it, looks at the status or the kind of an error. */
export function looksAtError(ctx: AttemptContext, path: string, around: readonly Instruction[], body: Body): boolean {
  if (anyDeep(ctx.tracer, path, around, tells)) return true;
  return anyDeep(ctx.tracer, body.ref.path, body.steps, tells) || called(ctx, body.ref, 2);
}

function tells(v: Value): boolean {
  if (v.kind === "binary") return v.op === "instanceof" && lastName(v.right) !== "Error";
  if (v.kind === "object") return v.properties.some((p) => p.key !== undefined && TELLS.test(p.key));
  if (v.kind !== "name" && v.kind !== "member") return false;
  return TELLS.test(v.name) && !NO_TELL.test(v.name);
}

/** A function that the attempt calls throws a telling error, or bails out. */
function called(ctx: AttemptContext, ref: FunctionRef, depth: number): boolean {
  return (ctx.graph.out.get(refKey(ref)) ?? []).some((edge) => {
    const fn = ctx.tracer.fn(edge.to);
    if (fn?.calls.some((c) => /(?:AbortError|NonRetr\w+|Unrecoverable\w*|bail)$/.test(c)) === true) return true;
    return depth > 0 && edge.to.path === ref.path && called(ctx, edge.to, depth - 1);
  });
}

/** Names under which a key travels that lets the other side tell a repeated request. */
export const KEY_NAME = /idempot|dedup|^(?:x-)?request-?id$|^(?:client|request)-?token$|^message-?id$|^(?:MessageDeduplicationId|ClientRequestToken|nonce|msgID|Nats-Msg-Id)$/i;

const MAKES_KEY = /^(?:uuid|uuidv\d|uuid4|v1|v4|v7|randomUUID|nanoid|ulid|cuid|cuid2|createId|generateId|newId|randomBytes)$/i;

/** `messageId: uuid()` inside the attempt: each attempt looks like a new message. */
export function freshKeyIn(tracer: Tracer, body: Body): Attempt["freshKey"] {
  let found: Attempt["freshKey"];
  anyDeep(tracer, body.ref.path, body.steps, (v) => {
    if (v.kind !== "object" || found) return false;
    for (const p of v.properties) if (p.key !== undefined && KEY_NAME.test(p.key) && isMadeHere(tracer, p.value, body)) found = { path: body.ref.path, at: p.at, end: p.end, name: p.key };
    return found !== undefined;
  });
  return found;
}

function isMadeHere(tracer: Tracer, value: Value, body: Body): boolean {
  if (value.kind === "call" && value.callee.kind === "member" && /^(?:toString|replace|slice|substring)$/.test(value.callee.name)) return isMadeHere(tracer, value.callee.of, body);
  if (value.kind === "call") return MAKES_KEY.test(lastName(value.callee)) && isWithin(value, body);
  if (value.kind !== "name") return false;
  const binding = tracer.file(body.ref.path)?.lookup(value.name, body.fn, value.at);
  if (binding?.kind !== "variable" || binding.declarations.length !== 1 || binding.assigned.length > 0) return false;
  const [declared] = binding.declarations;
  return declared?.value !== undefined && isWithin(declared.value, body) && declared.value.kind === "call" && isMadeHere(tracer, declared.value, body);
}

function isWithin(value: Value, { span }: Body): boolean {
  return span.at <= value.at && value.end <= span.end;
}
