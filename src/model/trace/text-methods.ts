/** Strings that go through methods and constructors of the language on their way to a call: trimmed, split, made into a URL. */
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import type { Text } from "../text.ts";
import { asText } from "./text-of.ts";
import { anyOf, type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

/** Methods that leave an address or a name what it is; a list in one string stays that string until it is taken apart. */
const KEEPS = new Set(["trim", "trimEnd", "trimStart", "toString", "split", "replace", "replaceAll", "toLowerCase", "valueOf", "normalize", "toUpperCase", "filter", "sort", "required", "asString", "asUrlString", "asUrlObject", "asArray"]);

const TIDIES = new Set(["trim", "trimEnd", "replace", "replaceAll", "toString"]);

/** What a call gives that makes one string of another; `undefined` where it is no such call. */
export function textResult(tracer: Tracer, call: CallValue | NewValue, frame: Frame): Traced | undefined {
  if (call.kind === "new") return isUrl(tracer, call.callee, frame) ? urlOf(tracer, call, frame) : undefined;
  const { callee } = call;
  if (callee.kind !== "member" || (!KEEPS.has(callee.name) && callee.name !== "concat" && callee.name !== "default")) return undefined;
  const of = possibilities(tracer.trace(callee.of, frame));
  const strings = of.filter(isString);
  if (strings.length === 0) return tidied(of, callee.name);
  return anyOf(strings.map((string) => changed(tracer, string, callee.name, call, frame)));
}

/** An address that callers give stays the one that they give: `baseUrl.replace(/\/$/, "")`. */
function tidied(of: readonly Traced[], name: string): Traced | undefined {
  const [only] = of;
  return of.length === 1 && only?.is === "parameter" && only.typed === undefined && TIDIES.has(name) ? only : undefined;
}

function isString(traced: Traced): boolean {
  return traced.is === "text" || (traced.is === "const" && typeof traced.value === "string");
}

function changed(tracer: Tracer, string: Traced, name: string, call: CallValue, frame: Frame): Traced {
  const [first, second] = call.args;
  if (name === "default") return withDefault(tracer, string, first && tracer.trace(first, frame));
  if (name === "concat") return { is: "text", text: [...asText(string), ...(first ? asText(tracer.trace(first, frame)) : [])] };
  if (string.is !== "const" || typeof string.value !== "string") return string;
  if (name === "toLowerCase") return { is: "const", value: string.value.toLowerCase() };
  if (name === "toUpperCase") return { is: "const", value: string.value.toUpperCase() };
  const [from, to] = [constant(first), constant(second)];
  if ((name === "replace" || name === "replaceAll") && from !== undefined && to !== undefined) return { is: "const", value: name === "replace" ? string.value.replace(from, to) : string.value.replaceAll(from, to) };
  return string;
}

/** `env.get("URL").default("http://…")` */
function withDefault(tracer: Tracer, string: Traced, fallback: Traced | undefined): Traced {
  const [part] = string.is === "text" ? string.text : [];
  return part?.is === "env" && part.fallback === undefined && fallback ? { is: "text", text: [{ ...part, fallback: asText(fallback) }] } : string;
}

function constant(value: Value | undefined): string | undefined {
  return value?.kind === "const" && typeof value.value === "string" ? value.value : undefined;
}

function isUrl(tracer: Tracer, callee: Value, frame: Frame): boolean {
  if (callee.kind !== "name" || callee.name !== "URL") return false;
  const traced = tracer.trace(callee, frame);
  return traced.is === "foreign" || traced.is === "export";
}

/** `new URL(path, base)` */
function urlOf(tracer: Tracer, { args: [path, base] }: NewValue, frame: Frame): Traced | undefined {
  if (path === undefined) return undefined;
  const own = tracer.trace(path, frame);
  if (base === undefined) return own;
  const text = asText(own);
  const [start] = text;
  if (start?.is === "known" && /^[a-z][a-z+.-]*:\/\//i.test(start.text)) return own;
  return { is: "text", text: [...withoutSlash(asText(tracer.trace(base, frame))), ...(start?.is === "known" && start.text.startsWith("/") ? [] : [{ is: "known" as const, text: "/" }]), ...text] };
}

function withoutSlash(text: Text): Text {
  const last = text.at(-1);
  return last?.is === "known" && last.text.endsWith("/") ? [...text.slice(0, -1), { is: "known", text: last.text.slice(0, -1) }] : text;
}
