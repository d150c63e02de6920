/** Settings that a library reads out of the environment by a schema (`schema.parse(process.env)`), with the defaults that the schema gives. */
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import type { Schema } from "./env-variables.ts";
import { propertyOf } from "./members.ts";
import { asText } from "./text-of.ts";
import { type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

const MAX_CHAIN = 8;

/** What a call gives that is handed the environment, as such or in its options: the environment, with the defaults of the schemas. */
export function validated(tracer: Tracer, call: CallValue | NewValue, frame: Frame): Traced | undefined {
  if (!call.args.some((arg) => isEnvironment(tracer, arg, frame))) return undefined;
  return { is: "environment", schemas: schemasOf(tracer, call, frame, 0) };
}

function isEnvironment(tracer: Tracer, arg: Value, frame: Frame): boolean {
  if (arg.kind === "object") return arg.properties.some(({ key, spread, value }) => (spread || key === "runtimeEnv" || key === "env") && isEnvironment(tracer, value, frame));
  return (arg.kind === "member" || arg.kind === "name") && tracer.trace(arg, frame).is === "environment";
}

/** Objects among the arguments of a call, and of those that made what it is called on: `z.object({ … }).strict().parse(process.env)`. */
function schemasOf(tracer: Tracer, call: CallValue | NewValue, frame: Frame, depth: number): readonly Schema[] {
  if (depth > MAX_CHAIN) return [];
  const own = call.args.flatMap((arg) => possibilities(tracer.trace(arg, frame)).flatMap((one): readonly Schema[] => (one.is === "object" ? [one, ...partsOf(tracer, one)] : one.is === "result" ? schemasOf(tracer, one.call, one.frame, depth + 1) : [])));
  const { callee } = call;
  if (callee.kind !== "member") return own;
  const receivers = callee.of.kind === "call" ? [{ call: callee.of, frame }] : possibilities(tracer.trace(callee.of, frame)).flatMap((one) => (one.is === "result" ? [one] : []));
  return [...own, ...receivers.flatMap((one) => schemasOf(tracer, one.call, one.frame, depth + 1))];
}

/** `createEnv({ server: { … }, client: { … } })` */
function partsOf(tracer: Tracer, { value, frame }: Schema): readonly Schema[] {
  return value.properties.filter(({ key }) => key === "server" || key === "client" || key === "shared").flatMap((property) => possibilities(tracer.trace(property.value, frame)).filter((one) => one.is === "object"));
}

/** `config.get("payments.url")` of a schema whose leaves name a variable and a default. */
export function configured(tracer: Tracer, call: CallValue, frame: Frame): Traced | undefined {
  const [path] = call.args;
  if (call.callee.kind !== "member" || call.callee.name !== "get" || path?.kind !== "const" || typeof path.value !== "string") return undefined;
  const keys = path.value.split(".");
  for (const made of possibilities(tracer.trace(call.callee.of, frame))) {
    if (made.is !== "result" || made.of.is !== "foreign") continue;
    for (const arg of made.call.args) {
      const leaf = keys.reduce<Traced>((traced, key) => propertyOf(tracer, traced, key), tracer.trace(arg, made.frame));
      if (leaf.is !== "object") continue;
      const [name, fallback] = [propertyOf(tracer, leaf, "env"), propertyOf(tracer, leaf, "default")];
      if (name.is === "const" && typeof name.value === "string") return { is: "text", text: [{ is: "env", name: name.value, fallback: asText(fallback) }] };
      if (fallback.is === "const") return fallback;
    }
  }
  return undefined;
}
