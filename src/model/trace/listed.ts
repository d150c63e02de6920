/** What a list holds, where a call takes several names at once: a literal, what a map over one gives, the values or keys of an object. */
import type { CallValue, ObjectProperty, Value } from "../../syntax/summary.ts";
import type { Text } from "../text.ts";
import { returnValues } from "./calls.ts";
import { callFrame } from "./frames.ts";
import { asText } from "./text-of.ts";
import { type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

const MOST = 24;

/** The texts of a traced value: one for what is no list; none where nothing is known of it. */
export function textsOf(tracer: Tracer, traced: Traced): readonly Text[] {
  const known = possibilities(traced).flatMap((one) => (isList(one) ? itemsOf(tracer, one).map(asText) : []));
  return known.length > 0 ? distinct(known) : [asText(traced)];
}

/** `{ "orders.placed": handle }` names what it handles by its keys. */
export function keysOf(tracer: Tracer, traced: Traced): readonly Text[] {
  return possibilities(traced).flatMap((one) => (one.is === "object" ? one.value.properties.flatMap((property) => keyOf(tracer, property, one.frame)) : []));
}

function keyOf(tracer: Tracer, property: ObjectProperty, frame: Frame): readonly Text[] {
  if (property.key !== undefined) return [[{ is: "known", text: property.key }]];
  return property.computed ? [asText(tracer.trace(property.computed, frame))] : [];
}

function isList(traced: Traced): boolean {
  return traced.is === "array" || (traced.is === "result" && traced.call.kind === "call");
}

/** What a list holds, one by one. */
export function itemsOf(tracer: Tracer, list: Traced): readonly Traced[] {
  if (list.is === "array") return list.value.items.slice(0, MOST).flatMap((item) => (item.kind === "spread" ? spreadOf(tracer, item, list.frame) : [tracer.trace(item, list.frame)]));
  if (list.is !== "result" || list.call.kind !== "call" || list.call.callee.kind !== "member") return list.is === "parameter" ? [list] : [];
  const { callee } = list.call;
  if (callee.name === "map" || callee.name === "flatMap") return mapped(tracer, list.call, list.frame);
  if (callee.of.kind === "name" && callee.of.name === "Object" && (callee.name === "values" || callee.name === "keys")) return ofObject(tracer, list.call, list.frame, callee.name);
  return [];
}

function spreadOf(tracer: Tracer, item: Value, frame: Frame): readonly Traced[] {
  return item.kind === "spread" ? possibilities(tracer.trace(item.of, frame)).flatMap((one) => itemsOf(tracer, one)) : [];
}

/** `topics.map((topic) => topic.name)`; of a list that callers give, the parameter, so that they are asked. */
function mapped(tracer: Tracer, call: CallValue, frame: Frame): readonly Traced[] {
  const [each] = call.args;
  const callback = each && possibilities(tracer.trace(each, frame)).find((one) => one.is === "function");
  if (call.callee.kind !== "member" || callback?.is !== "function") return [];
  const lists = possibilities(tracer.trace(call.callee.of, frame));
  const open = lists.find((one) => one.is === "parameter");
  if (open !== undefined) return [open];
  const fn = tracer.fn(callback.ref);
  if (fn === undefined) return [];
  return lists.flatMap((list) => itemsOf(tracer, list)).slice(0, MOST).flatMap((item) => {
    const inner = callFrame(tracer, callback.ref, { args: [item], frame: callback.frame, depth: frame.depth });
    return inner === undefined ? [] : returnValues(fn).map((value) => tracer.trace(value, inner));
  });
}

function ofObject(tracer: Tracer, call: CallValue, frame: Frame, what: "values" | "keys"): readonly Traced[] {
  const [of] = call.args;
  const objects = of === undefined ? [] : possibilities(tracer.trace(of, frame));
  return objects.flatMap((object): readonly Traced[] => {
    if (object.is === "object") return object.value.properties.slice(0, MOST).flatMap((property) => (property.spread || property.key === undefined ? [] : [what === "keys" ? { is: "const" as const, value: property.key } : tracer.trace(property.value, object.frame)]));
    if (object.is === "module") return enumMembers(tracer, object.path, what);
    return object.is === "parameter" ? [object] : [];
  });
}

/** An enum of the workspace is traced as `file::enum::name`. */
function enumMembers(tracer: Tracer, path: string, what: "values" | "keys"): readonly Traced[] {
  const [file = "", , name] = path.split("::");
  const fact = name === undefined ? undefined : tracer.file(file)?.type(name);
  const frame = tracer.frame({ path: file, id: 0 });
  if (fact?.kind !== "enum" || frame === undefined) return [];
  return fact.members.map((member) => (what === "values" && member.value ? tracer.trace(member.value, frame) : { is: "const" as const, value: member.name }));
}

function distinct(texts: readonly Text[]): readonly Text[] {
  return [...new Map(texts.map((text) => [JSON.stringify(text), text])).values()];
}
