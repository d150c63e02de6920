/** Strings and numbers as the program builds them. */
import type { BinaryValue, TemplateValue, UnaryValue, Value } from "../../syntax/summary.ts";
import type { Text, TextPart } from "../text.ts";
import { anyOf, type Frame, possibilities, type Traced, unknown } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

export function textOf(tracer: Tracer, value: BinaryValue | TemplateValue | UnaryValue, frame: Frame): Traced {
  if (value.kind === "template") return { is: "text", text: merge(value.parts.flatMap((part) => [...textIn(tracer, part, frame)])) };
  if (value.kind === "unary") return unary(tracer, value, frame);
  return binary(tracer, value, frame);
}

/** The string that a value is, with holes where it is not known. */
export function textIn(tracer: Tracer, value: Value, frame: Frame): Text {
  return asText(tracer.trace(value, frame));
}

export function asText(traced: Traced): Text {
  const [best] = [...possibilities(traced)].sort((a, b) => rank(a) - rank(b));
  switch (best?.is) {
    case "const":
      return best.value === null ? [] : [{ is: "known", text: String(best.value) }];
    case "text":
      return best.text;
    case "parameter":
      return [{ is: "parameter", name: best.name, ref: best.ref }];
    case "unknown":
      return [{ is: "hole", why: best.why }];
    default:
      return [{ is: "hole", why: "it is built at run time" }];
  }
}

function rank(traced: Traced): number {
  if (traced.is === "text") return traced.text.some((p) => p.is === "hole") ? 2 : 0;
  if (traced.is === "const") return traced.value === null ? 5 : 1;
  return traced.is === "parameter" ? 3 : 4;
}

function merge(parts: readonly TextPart[]): Text {
  const merged: TextPart[] = [];
  for (const part of parts) {
    const last = merged[merged.length - 1];
    if (part.is === "known" && last?.is === "known") merged[merged.length - 1] = { is: "known", text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}

function unary(tracer: Tracer, value: UnaryValue, frame: Frame): Traced {
  const inner = tracer.trace(value.of, frame);
  if (value.op === "-" && inner.is === "const" && typeof inner.value === "number") return { is: "const", value: -inner.value };
  if (value.op === "+") return inner;
  if (value.op === "!" && inner.is === "const") return { is: "const", value: !inner.value };
  return unknown("an operator that is not followed");
}

function binary(tracer: Tracer, value: BinaryValue, frame: Frame): Traced {
  const left = tracer.trace(value.left, frame);
  if (value.op === "??" || value.op === "||") return withFallback(tracer, left, value, frame);
  const right = tracer.trace(value.right, frame);
  if (value.op === "&&") return right;
  if (left.is === "const" && right.is === "const" && typeof left.value === "number" && typeof right.value === "number") {
    const folded = fold(value.op, left.value, right.value);
    if (folded !== undefined) return { is: "const", value: folded };
  }
  if (value.op === "+") {
    const text = merge([...asText(left), ...asText(right)]);
    if (text.some((p) => p.is === "known" || p.is === "env")) return { is: "text", text };
  }
  return unknown("arithmetic over values that are not known");
}

/** `a ?? b`: an environment read remembers its fallback; elsewhere both are possible. */
function withFallback(tracer: Tracer, left: Traced, value: BinaryValue, frame: Frame): Traced {
  if (left.is === "const" && left.value !== null && left.value !== "" && left.value !== 0 && left.value !== false) return left;
  if (left.is === "text" && left.text.length === 1) {
    const [part] = left.text;
    if (part?.is === "env" && !part.fallback) return { is: "text", text: [{ ...part, fallback: textIn(tracer, value.right, frame) }] };
  }
  const right = tracer.trace(value.right, frame);
  return left.is === "const" ? right : anyOf([left, right]);
}

function fold(op: string, a: number, b: number): number | undefined {
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? undefined : a / b;
    case "**":
      return a ** b;
    case "%":
      return b === 0 ? undefined : a % b;
    default:
      return undefined;
  }
}
