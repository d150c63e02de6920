/**
 * Calls that pick their address out of a table or a list: `services[name]`, `for (const url of urls)`. Such a call is made once for
 * each entry. Other choices (`isProduction ? a : b`) are of one system at a time, and stay one call.
 */
import type { Value } from "../../syntax/summary.ts";
import type { Site } from "../knowledge.ts";
import type { Text } from "../text.ts";
import { itemsOf } from "../trace/listed.ts";
import { propertyOf } from "../trace/members.ts";
import { asText, textIn } from "../trace/text-of.ts";
import { type Frame, possibilities, type Traced } from "../trace/traced.ts";
import type { Tracer } from "../trace/tracer.ts";
import type { Variant } from "./inherited.ts";

const MOST = 24;
const MAX_DEPTH = 6;

export function pickedVariants(tracer: Tracer, sites: readonly Site[]): readonly Variant[] {
  return sites.flatMap((site) => {
    const value = site.effect === "request" ? addressOf(site) : undefined;
    const frame = value === undefined ? undefined : tracer.frame(site.in);
    if (value === undefined || frame === undefined) return [];
    const base = site.target.slice(0, Math.max(0, site.target.length - textIn(tracer, value, frame).length));
    const picked = textsIn(tracer, value, frame, 0);
    return picked.length < 2 ? [] : picked.map((text) => ({ site: site.id, path: site.in.path, target: [...base, ...text] }));
  });
}

/** The argument that names the address. */
function addressOf({ facts: { target }, args }: Site): Value | undefined {
  const arg = target === undefined ? undefined : args[target.arg];
  if (arg?.kind !== "object") return arg;
  return arg.properties.find(({ key }) => key !== undefined && target?.path?.split("|").includes(key))?.value;
}

/** Every text that a value may be by what it is picked from; one where nothing is picked. */
function textsIn(tracer: Tracer, value: Value, frame: Frame, depth: number): readonly Text[] {
  if (depth > MAX_DEPTH) return [textIn(tracer, value, frame)];
  if (value.kind === "template") return joined(value.parts.map((part) => textsIn(tracer, part, frame, depth + 1)));
  if (value.kind === "binary" && value.op === "+") return joined([value.left, value.right].map((part) => textsIn(tracer, part, frame, depth + 1)));
  const declared = declaredAs(tracer, value, frame);
  if (declared !== undefined && !declared.isElement) return textsIn(tracer, declared.value, declared.frame, depth + 1);
  const picked = pickedFrom(tracer, value, frame, depth);
  const texts = distinct(picked.map((one) => asText(one)).filter((text) => text.length > 0 && text[0]?.is !== "hole" && text[0]?.is !== "parameter"));
  return texts.length > 0 ? texts.slice(0, MOST) : [textIn(tracer, value, frame)];
}

/** What a value may be; empty where it is not picked from several. */
function pickedFrom(tracer: Tracer, value: Value, frame: Frame, depth: number): readonly Traced[] {
  if (depth > MAX_DEPTH) return [];
  if (value.kind === "index") {
    const key = tracer.trace(value.key, frame);
    if (key.is === "const") return [];
    return possibilities(tracer.trace(value.of, frame)).flatMap((table) => (table.is === "object" ? table.value.properties.flatMap((property) => (property.spread ? [] : [tracer.trace(property.value, table.frame)])) : itemsOf(tracer, table)));
  }
  if (value.kind === "member") return pickedFrom(tracer, value.of, frame, depth + 1).map((one) => propertyOf(tracer, one, value.name));
  const declared = declaredAs(tracer, value, frame);
  if (declared === undefined) return [];
  return declared.isElement ? possibilities(tracer.trace(declared.value, declared.frame)).flatMap((list) => itemsOf(tracer, list)) : pickedFrom(tracer, declared.value, declared.frame, depth + 1);
}

/** The one value that a variable ever has, or the list that it goes through. */
function declaredAs(tracer: Tracer, value: Value, frame: Frame): { readonly value: Value; readonly frame: Frame; readonly isElement: boolean } | undefined {
  const binding = value.kind === "name" ? tracer.file(frame.path)?.lookup(value.name, frame.fn, value.at) : undefined;
  if (binding?.kind !== "variable" || binding.assigned.length > 0) return undefined;
  const [only, ...others] = binding.declarations;
  if (only?.value === undefined || only.path.length > 0 || others.length > 0) return undefined;
  const around = binding.fn.id === frame.fn.id ? frame : tracer.frame({ path: frame.path, id: binding.fn.id });
  return around === undefined ? undefined : { value: only.value, frame: around, isElement: only.element };
}

function joined(parts: readonly (readonly Text[])[]): readonly Text[] {
  return parts.reduce<readonly Text[]>((before, texts) => before.flatMap((start) => texts.map((text) => [...start, ...text])).slice(0, MOST), [[]]);
}

function distinct(texts: readonly Text[]): readonly Text[] {
  return [...new Map(texts.map((text) => [JSON.stringify(text), text])).values()];
}
