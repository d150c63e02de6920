/** Variables of the environment, with the defaults that a schema gives them. */
import type { ObjectValue, Value } from "../../syntax/summary.ts";
import { asText } from "./text-of.ts";
import type { Frame, Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

/** A schema that says what each variable is. */
export interface Schema {
  readonly value: ObjectValue;
  readonly frame: Frame;
}

const MAX_CHAIN = 8;

/** A variable of the environment, with its default. */
export function variableOf(tracer: Tracer, schemas: readonly Schema[], name: string): Traced {
  // What a schema makes of the environment stands in one of these: `safeParse(process.env).data`.
  if (schemas.length > 0 && /^(?:data|value|output|env)$/.test(name)) return { is: "environment", schemas };
  for (const { value, frame } of schemas) {
    const spec = value.properties.find(({ key }) => key === name)?.value;
    const given = spec && defaultIn(tracer, spec, frame, 0);
    const fallback = given && asText(given);
    if (fallback && fallback.length > 0) return { is: "text", text: [{ is: "env", name, fallback }] };
  }
  return { is: "text", text: [{ is: "env", name }] };
}

/** `z.string().default("x")`, `url({ default: "x" })` */
function defaultIn(tracer: Tracer, spec: Value, frame: Frame, depth: number): Traced | undefined {
  if (spec.kind !== "call" || depth > MAX_CHAIN) return undefined;
  const [first] = spec.args;
  if (first && spec.callee.kind === "member" && /^(?:default|prefault|catch)$/.test(spec.callee.name)) return tracer.trace(first, frame);
  for (const arg of spec.args) {
    const property = arg.kind === "object" ? arg.properties.find(({ key }) => key === "default" || key === "devDefault") : undefined;
    if (property) return tracer.trace(property.value, frame);
  }
  return spec.callee.kind === "member" ? defaultIn(tracer, spec.callee.of, frame, depth + 1) : undefined;
}
