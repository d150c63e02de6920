/**
 * Calls whose address callers decide from afar: a client of a shared package is made with its address (`new UsersClient(env.URL)`,
 * `super(url)`) in one service and used in methods that say nothing of it. Such a call is made once for each maker. So is a
 * connection that a function of a shared package opens (`connectTo(env.MONGO_URL)`).
 */
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import type { FunctionRef, Program, Site } from "../knowledge.ts";
import type { Text, TextPart } from "../text.ts";
import { superCall } from "../trace/fields.ts";
import { flowOf } from "../trace/flow.ts";
import { itemsOf } from "../trace/listed.ts";
import { propertyOf } from "../trace/members.ts";
import { asText } from "../trace/text-of.ts";
import { type ClassKey, type Frame, possibilities } from "../trace/traced.ts";
import type { Tracer } from "../trace/tracer.ts";
import type { Variant } from "./inherited.ts";

type Open = Extract<TextPart, { readonly is: "parameter" }> & { readonly ref: FunctionRef };

const MAX_CLIMB = 4;
const MAX_MAKERS = 24;

type CallsOf = Program["callsTo"];

export function constructedVariants(tracer: Tracer, sites: readonly Site[], callsOf: CallsOf): readonly Variant[] {
  const asked: Asked = { callsOf, known: new Map() };
  const variants = new Map<string, Variant>();
  for (const site of sites) {
    const isConnect = site.effect === "connect";
    if (!isConnect && site.effect !== "request" && site.effect !== "publish" && site.effect !== "consume") continue;
    // What is reached in several ways is told once for each of them, and its makers are the same each time.
    for (const { path, text } of filled(tracer, site.target, { asked, isConnect })) variants.set(`${site.id} ${path} ${JSON.stringify(text)}`, { site: site.id, path, target: text });
  }
  return [...variants.values()];
}

interface Asked {
  readonly callsOf: CallsOf;
  /** What was found of a parameter at a depth: many methods of one client share its address. */
  readonly known: Map<string, readonly Filled[]>;
}

interface Filled {
  /** File of the maker that decides it. */
  readonly path: string;
  readonly text: Text;
}

/** Requests through plain functions are followed to their callers one by one; a store is opened once, by whichever function does it. */
function filled(tracer: Tracer, target: Text, { asked, isConnect }: { readonly asked: Asked; readonly isConnect: boolean }): readonly Filled[] {
  const open = target.find((part): part is Open => isOpen(part));
  if (open === undefined) return [];
  const ways = isConnect || tracer.fn(open.ref)?.kind === "constructor" ? waysOf(tracer, open, asked, 0) : elementsAt(tracer, open);
  return ways.map(({ path, text }) => ({ path, text: target.flatMap((part) => (part === open || isSameParameter(part, open) ? text : [part])) }));
}

function isOpen(part: TextPart): part is Open {
  return part.is === "parameter" && part.ref !== undefined;
}

function isSameParameter(part: TextPart, open: Open): boolean {
  return isOpen(part) && part.name === open.name && part.ref.id === open.ref.id && part.ref.path === open.ref.path;
}

const GOES_THROUGH = /^(?:map|forEach|flatMap|filter|some|every|find)$/;

/** What a function is given that goes through a list: `Object.values(services).map((url) => axios.get(url))`. */
function elementsAt(tracer: Tracer, open: Open): readonly Filled[] {
  const { path, id } = open.ref;
  const parent = tracer.fn({ path, id: tracer.fn(open.ref)?.parent ?? -1 });
  const frame = parent === undefined ? undefined : tracer.frame({ path, id: parent.id });
  const use = parent === undefined ? undefined : flowOf(parent).items.find((item) => item.kind === "closure" && item.id === id);
  const call = use?.within?.kind === "argument" && use.within.index === 0 ? use.within.call : undefined;
  if (frame === undefined || call?.callee.kind !== "member" || !GOES_THROUGH.test(call.callee.name)) return [];
  const [pattern] = tracer.fn(open.ref)?.params.map((param) => param.pattern) ?? [];
  const [name = "", ...rest] = open.name.split(".");
  const key = pattern?.kind === "object" ? pattern.properties.find((property) => property.pattern.kind === "name" && property.pattern.name === name)?.key : undefined;
  if (pattern === undefined || (pattern.kind === "name" ? pattern.name !== name : key === undefined)) return [];
  const items = possibilities(tracer.trace(call.callee.of, frame)).flatMap((list) => itemsOf(tracer, list)).slice(0, MAX_MAKERS);
  return items.flatMap((item) => {
    const text = asText([...(key === undefined ? [] : [key]), ...rest].reduce((traced, one) => propertyOf(tracer, traced, one), item));
    return text[0] === undefined || text[0].is === "hole" || text[0].is === "parameter" ? [] : [{ path, text }];
  });
}

/** What a parameter is given at each call of its function, as far as that is an address. */
function waysOf(tracer: Tracer, open: Open, asked: Asked, climb: number): readonly Filled[] {
  if (climb > MAX_CLIMB) return [];
  const key = `${open.ref.path}#${open.ref.id} ${open.name} ${climb}`;
  const known = asked.known.get(key);
  if (known !== undefined) return known;
  const ways = callersOf(tracer, open.ref, asked.callsOf).slice(0, MAX_MAKERS).flatMap(({ call, from }): readonly Filled[] => {
    const frame = tracer.frame(from);
    const text = frame === undefined ? [] : givenAt(tracer, open, call, frame);
    const [first] = text;
    if (first === undefined || first.is === "hole") return [];
    return isOpen(first) ? further(first).map((way) => ({ path: way.path, text: [...way.text, ...text.slice(1)] })) : [{ path: from.path, text }];
  });
  const distinct = [...new Map(ways.map((way) => [`${way.path} ${JSON.stringify(way.text)}`, way])).values()];
  asked.known.set(key, distinct);
  return distinct;

  function further(next: Open): readonly Filled[] {
    const elements = elementsAt(tracer, next);
    return elements.length > 0 ? elements : waysOf(tracer, next, asked, climb + 1);
  }
}

function givenAt(tracer: Tracer, open: Open, call: CallValue | NewValue, frame: Frame): Text {
  const [name = "", ...path] = open.name.split(".");
  const params = tracer.fn(open.ref)?.params ?? [];
  const index = params.findIndex(({ pattern }) => (pattern.kind === "name" ? pattern.name === name : pattern.kind === "object" && pattern.properties.some((property) => property.pattern.kind === "name" && property.pattern.name === name)));
  const arg: Value | undefined = call.args[index];
  if (arg === undefined) return [];
  const pattern = params[index]?.pattern;
  const keys = pattern?.kind === "object" ? [pattern.properties.find((property) => property.pattern.kind === "name" && property.pattern.name === name)?.key ?? name, ...path] : path;
  return asText(keys.reduce((traced, key) => propertyOf(tracer, traced, key), tracer.trace(arg, frame)));
}

/** Calls of a function; of a constructor `super(…)` of those that extend its class as well. */
function callersOf(tracer: Tracer, ref: FunctionRef, callsOf: CallsOf): ReturnType<CallsOf> {
  const fn = tracer.fn(ref);
  const fact = fn?.kind === "constructor" ? tracer.class({ path: ref.path, id: fn.classId }) : undefined;
  const below = fact === undefined || fact.name === "" ? [] : tracer.implementors(ref.path, fact.name).flatMap((key) => superOf(tracer, key) ?? []);
  return [...callsOf(ref), ...below];
}

function superOf(tracer: Tracer, key: ClassKey): { readonly from: FunctionRef; readonly call: CallValue } | undefined {
  const from = { path: key.path, id: tracer.class(key)?.constructorId ?? -1 };
  const constructor = from.id < 0 ? undefined : tracer.fn(from);
  const call = constructor === undefined ? undefined : superCall(constructor);
  return call === undefined ? undefined : { from, call };
}
