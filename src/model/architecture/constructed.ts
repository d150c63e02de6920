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
  const told = new Set<string>();
  for (const site of sites) {
    if (site.effect !== "connect" && site.effect !== "request" && site.effect !== "publish" && site.effect !== "consume") continue;
    // What is reached in several ways is told once for each of them, and its makers are the same each time.
    if (!site.target.some(isOpen) || told.size === told.add(`${site.id} ${JSON.stringify(site.target)}`).size) continue;
    for (const { path, text } of filled(tracer, site, asked)) variants.set(`${site.id} ${path} ${JSON.stringify(text)}`, { site: site.id, path, target: text });
  }
  return [...variants.values()];
}

interface Asked {
  readonly callsOf: CallsOf;
  /** What was found of a parameter at a depth: many methods of one client share its address. */
  readonly known: Map<string, readonly Way[]>;
}

interface Filled {
  /** File of the maker that decides it. */
  readonly path: string;
  readonly text: Text;
}

/**
 * Requests through plain functions are followed to their callers one by one; a store is opened once, by whichever function does it.
 * A function that makes others (`createClient(host) { return { get: () => axios.get(host) } }`) is to them what a constructor is.
 */
function filled(tracer: Tracer, { target, effect, in: at }: Site, asked: Asked): readonly Filled[] {
  const open = target.find((part): part is Open => isOpen(part));
  if (open === undefined) return [];
  const elements = elementsAt(tracer, open);
  const isMaker = tracer.fn(open.ref)?.kind === "constructor" || (open.ref.path === at.path && open.ref.id !== at.id && elements.length === 0);
  const ways = effect === "connect" || isMaker ? waysOf(tracer, asksFor(open, target), asked, 0) : elements.map((element) => wayOf(open, element));
  return ways.map(({ path, texts }) => ({ path, text: filledIn(target, open.ref, texts) }));
}

/** Parameters of one function that an address is made of: what they are given belongs together. */
interface Asks {
  readonly ref: FunctionRef;
  readonly names: readonly string[];
}

interface Way {
  readonly path: string;
  readonly texts: ReadonlyMap<string, Text>;
}

function asksFor(open: Open, text: Text): Asks {
  return { ref: open.ref, names: [...new Set([open, ...text.filter((part): part is Open => isOpen(part) && isSame(part.ref, open.ref))].map(({ name }) => name))] };
}

function wayOf({ name }: Open, { path, text }: Filled): Way {
  return { path, texts: new Map([[name, text]]) };
}

function filledIn(text: Text, ref: FunctionRef, texts: Way["texts"]): Text {
  return text.flatMap((part) => (isOpen(part) && isSame(part.ref, ref) ? (texts.get(part.name) ?? [part]) : [part]));
}

function isSame(a: FunctionRef, b: FunctionRef): boolean {
  return a.id === b.id && a.path === b.path;
}

function isOpen(part: TextPart): part is Open {
  return part.is === "parameter" && part.ref !== undefined;
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

/** What parameters are given at each call of their function, as far as the first of them is an address. */
function waysOf(tracer: Tracer, asks: Asks, asked: Asked, climb: number): readonly Way[] {
  if (climb > MAX_CLIMB) return [];
  const key = `${asks.ref.path}#${asks.ref.id} ${asks.names.join()} ${climb}`;
  const known = asked.known.get(key);
  if (known !== undefined) return known;
  const ways = callersOf(tracer, asks.ref, asked.callsOf).slice(0, MAX_MAKERS).flatMap(({ call, from }): readonly Way[] => {
    const frame = tracer.frame(from);
    const given = frame === undefined ? [] : asks.names.map((name) => [name, givenAt(tracer, { ref: asks.ref, name }, call, frame)] as const);
    const first = given[0]?.[1][0];
    if (first === undefined || first.is === "hole") return [];
    const texts = new Map(given.filter(([, text]) => text.length > 0));
    if (!isOpen(first)) return [{ path: from.path, texts }];
    return further(first, [...texts.values()].flat()).map((way) => ({ path: way.path, texts: new Map([...texts].map(([name, text]) => [name, filledIn(text, first.ref, way.texts)])) }));
  });
  const distinct = [...new Map(ways.map((way) => [JSON.stringify([way.path, ...way.texts]), way])).values()];
  asked.known.set(key, distinct);
  return distinct;

  function further(next: Open, texts: Text): readonly Way[] {
    const elements = elementsAt(tracer, next);
    return elements.length > 0 ? elements.map((element) => wayOf(next, element)) : waysOf(tracer, asksFor(next, texts), asked, climb + 1);
  }
}

function givenAt(tracer: Tracer, asked: Pick<Open, "ref" | "name">, call: CallValue | NewValue, frame: Frame): Text {
  const [name = "", ...path] = asked.name.split(".");
  const params = tracer.fn(asked.ref)?.params ?? [];
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
