/** Where a call goes: its own target, the address of the client that it is made on, and what a framework's module registered for it. */
import type { Arg } from "../../catalog/library.ts";
import type { Value } from "../../syntax/summary.ts";
import type { ClientOrigin } from "../knowledge.ts";
import type { Text } from "../text.ts";
import type { Called } from "./catalogued.ts";
import { type ClientStates, registeredOption } from "./client-state.ts";
import { keysOf, textsOf } from "./listed.ts";
import { readOption } from "./options.ts";
import { asText, textIn } from "./text-of.ts";
import { type Frame, type Origin, possibilities, refKey, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

export interface TargetContext {
  readonly tracer: Tracer;
  readonly states: ClientStates;
}

/** The client of a call, with the address that it was made or registered with. */
export function originOf(ctx: TargetContext, origin: Origin): ClientOrigin {
  const { tracer } = ctx;
  const address = addressOf(ctx, origin);
  const transport = transportOf(ctx, origin);
  const database = databaseOf(ctx, origin);
  const maker = origin.call && chainOf(origin.call.callee)?.at(-1);
  return {
    library: origin.library.package,
    type: origin.type,
    name: origin.name,
    confidence: origin.confidence,
    ...(origin.place ? { place: origin.place } : {}),
    ...(maker === undefined ? {} : { maker }),
    ...(address ? { target: address } : {}),
    ...(database === undefined ? {} : { database }),
    ...(transport === undefined ? {} : { transport }),
    ...(origin.options === undefined ? {} : { options: origin.options }),
    ...(origin.token === undefined ? {} : { token: origin.token }),
    ...keptBy(origin),
    ...(origin.injectedInto ? { injectedInto: { path: origin.injectedInto.path, name: tracer.class(origin.injectedInto)?.name ?? "" } } : {}),
  };
}

function keptBy({ place, parameter, injectedInto, name }: Origin): { readonly keptBy?: string } {
  if (place) return {};
  if (parameter) return { keptBy: `${refKey(parameter.ref)}#${parameter.index}` };
  return injectedInto ? { keptBy: `${injectedInto.path}#class${injectedInto.id}.${name}` } : {};
}

function addressOf(ctx: TargetContext, origin: Origin): Text | undefined {
  const { call, frame } = origin;
  const own = call && frame && origin.options !== undefined ? call.args[origin.options] : undefined;
  const target = (own && frame ? addressIn(ctx, own, frame) : registeredAddress(ctx, origin)) ?? madeWith(ctx, origin) ?? underToken(ctx, origin);
  if (target !== undefined) return target;
  const first = call?.args[0];
  const text = first && frame ? textIn(ctx.tracer, first, frame) : undefined;
  return text?.some((part) => part.is !== "hole") === true ? text : undefined;
}

const ADDRESS = ["baseURL", "baseUrl", "prefixUrl", "prefix", "url", "uri", "connectionString", "host", "hostname", "target", "endpoint", "brokers", "servers", "node"];

function addressIn(ctx: TargetContext, options: Value, frame: Frame): Text | undefined {
  const traced = ctx.tracer.trace(options, frame);
  if (traced.is === "const" || traced.is === "text") return asText(traced);
  for (const name of ADDRESS) {
    const read = readOption(ctx.tracer, traced, name);
    if (read.is === "set") return firstOf(ctx.tracer, read.value);
  }
  return undefined;
}

/** The address where the catalog says that a client is given it. */
function madeWith(ctx: TargetContext, { call, frame, target }: Origin): Text | undefined {
  const { tracer } = ctx;
  const arg = target && call?.args[target.arg < 0 ? call.args.length + target.arg : target.arg];
  if (!arg || !frame) return undefined;
  const options = tracer.trace(arg, frame);
  // A client that is made with another (`new Email({ transport })`) speaks to what that one speaks to.
  const inner = (target.path ?? "").split("|").map((path) => readOption(tracer, options, path)).flatMap((read) => (read.is === "set" ? instancesIn(tracer, read.value) : []));
  return inner.length === 0 ? optionAt(tracer, options, target.path) : inner.map((origin) => addressOf(ctx, origin)).find((address) => address !== undefined);
}

/** A client, or a chain of links of which one ends in the network: `links: [loggerLink(), httpBatchLink({ url })]`. */
function instancesIn(tracer: Tracer, value: Traced): readonly Origin[] {
  return possibilities(value).flatMap((one) => (one.is === "instance" ? [one.origin] : one.is === "array" ? one.value.items.flatMap((item) => instancesIn(tracer, tracer.trace(item, one.frame))) : []));
}

function optionAt(tracer: Tracer, options: Traced, path: string | undefined): Text | undefined {
  for (const one of path?.split("|") ?? []) {
    const read = readOption(tracer, options, one);
    if (read.is === "set") return known(firstOf(tracer, read.value));
    if (read.is === "parameter") return asText(read.parameter);
  }
  return undefined;
}

function known(text: Text): Text | undefined {
  return text.some((part) => part.is !== "hole") ? text : undefined;
}

/** Of a list of addresses the first speaks for all. */
function firstOf(tracer: Tracer, value: Traced): Text {
  return textsOf(tracer, value)[0] ?? [];
}

function registeredAddress(ctx: TargetContext, origin: Origin): Text | undefined {
  for (const registration of ctx.states.registrationsFor(origin)) {
    for (const name of ["baseURL", "url"]) {
      const read = registeredOption(ctx.tracer, registration, name);
      if (read.is === "set" && read.value.is !== "unknown") return asText(read.value);
    }
  }
  return undefined;
}

/** The client that a container injects under a token, or the one that this is derived from. */
function underToken(ctx: TargetContext, origin: Origin): Text | undefined {
  for (let each: Origin | undefined = origin, depth = 0; each !== undefined && depth < 3; each = each.parent, depth++) {
    const registered = ctx.states.registeredUnder(each);
    const address = registered === undefined ? undefined : optionAt(ctx.tracer, registered.options, registered.target);
    if (address !== undefined) return address;
  }
  return undefined;
}

/** `{ host, database }` of the client, or of what it was taken from (a connection of a pool). */
function databaseOf(ctx: TargetContext, origin: Origin): Text | undefined {
  for (let each: Origin | undefined = origin, depth = 0; each !== undefined && depth < 3; each = each.parent, depth++) {
    const found = ownDatabase(ctx, each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ownDatabase({ tracer, states }: TargetContext, origin: Origin): Text | undefined {
  const { call, frame, target, database } = origin;
  if (call !== undefined && frame !== undefined) {
    const named = database && call.args[database.arg];
    if (named) return known(textIn(tracer, named, frame));
    for (const index of new Set([origin.options, target?.arg])) {
      const arg = index === undefined ? undefined : call.args.at(index);
      const options = arg && tracer.trace(arg, frame);
      for (const name of options?.is === "object" ? DATABASE : []) {
        const read = readOption(tracer, options ?? { is: "unknown", why: "" }, name);
        if (read.is === "set") return known(firstOf(tracer, read.value));
      }
    }
    return undefined;
  }
  for (const registration of states.registrationsFor(origin)) {
    for (const name of DATABASE) {
      const read = registeredOption(tracer, registration, name);
      if (read.is === "set" && read.value.is !== "unknown") return known(asText(read.value));
    }
  }
  return undefined;
}

/** How the drivers and mappers of the catalog call it. */
const DATABASE = ["database", "connection.database", "dbName"];

/** `Transport.RMQ`: what carries the messages of a client that speaks in several ways. */
function transportOf(ctx: TargetContext, origin: Origin): string | undefined {
  const own = origin.call && origin.frame && origin.options !== undefined ? origin.call.args[origin.options] : undefined;
  const options = own && origin.frame ? ctx.tracer.trace(own, origin.frame) : ctx.states.registeredUnder(origin)?.options;
  const read = options === undefined ? undefined : readOption(ctx.tracer, options, "transport");
  if (read?.is !== "set") return undefined;
  return read.value.is === "foreign" ? read.value.name.split(".").at(-1) : read.value.is === "const" && typeof read.value.value === "string" ? read.value.value : undefined;
}

/** Where the call goes: its own target, joined with the client's address where that is relative. */
export function targetOf(ctx: TargetContext, called: Called): Text {
  const own = targetsOf(ctx, called)[0] ?? [];
  const base = ownBase(ctx, called) ?? addressOf(ctx, called.origin);
  const [first] = own;
  const absolute = first?.is === "known" ? /^[a-z][a-z+.-]*:\/\//i.test(first.text) : first?.is === "env";
  // A message's pattern says what is asked; the address is the broker's, and the client's own.
  const isPattern = called.facts.method === "rpc" && own.length > 0;
  if (!base || absolute || isPattern || called.facts.effect !== "request") return own;
  const joint = first?.is === "known" && !first.text.startsWith("/") ? [{ is: "known" as const, text: "/" }] : [];
  return [...base, ...(own.length > 0 ? joint : []), ...own];
}

/** A base address in the call's own options stands in for its client's: `request({ baseURL, url })`. */
function ownBase({ tracer }: TargetContext, called: Called): Text | undefined {
  const path = called.library.base;
  const arg = called.facts.options === undefined ? undefined : called.args[called.facts.options];
  if (path === undefined || arg === undefined || called.facts.effect !== "request") return undefined;
  const options = tracer.trace(arg, called.argsFrame);
  // Options that callers may give need not hold one.
  const set = path.split("|").map((one) => readOption(tracer, options, one)).find((read) => read.is === "set");
  return set?.is === "set" ? known(firstOf(tracer, set.value)) : undefined;
}

/** All that one call names: several topics are subscribed to at once. */
export function targetsOf({ tracer }: TargetContext, called: Called): readonly Text[] {
  const at = called.facts.target;
  const arg = at && argument(called, at);
  if (!arg || !at) return [];
  if (called.facts.effect !== "consume" && called.facts.effect !== "publish") return [textAt(tracer, arg, at.path, called.argsFrame)];
  return severalAt(tracer, arg, at, called.argsFrame);
}

/** The routing key of a message. */
export function keyOf({ tracer }: TargetContext, called: Called): Text | undefined {
  const at = called.facts.key;
  const arg = at && argument(called, at);
  return arg === undefined || at === undefined ? undefined : textAt(tracer, arg, at.path, called.argsFrame);
}

function argument(called: Called, { arg }: Arg): Value | undefined {
  return arg < 0 ? called.args[called.args.length + arg] : called.args[arg];
}

function severalAt(tracer: Tracer, arg: Value, at: Arg, frame: Frame): readonly Text[] {
  const traced = tracer.trace(arg, frame);
  const values = at.path === undefined ? [traced] : (at.path.split("|").map((path) => readOption(tracer, traced, path)).flatMap((read) => (read.is === "set" ? [read.value] : [])));
  const named = at.keys === true ? values.flatMap((value) => keysOf(tracer, value)) : values.flatMap((value) => textsOf(tracer, value));
  const told = named.filter((text) => text.some((part) => part.is !== "hole"));
  return told.length > 0 ? told : [textAt(tracer, arg, at.path, frame)];
}

function textAt(tracer: Tracer, arg: Value, path: string | undefined, frame: Frame): Text {
  const traced = tracer.trace(arg, frame);
  if (path === undefined || traced.is === "const" || traced.is === "text") return asText(traced);
  for (const one of path.split("|")) {
    const read = readOption(tracer, traced, one);
    if (read.is === "set") return asText(read.value);
    if (read.is === "parameter") return asText(read.parameter);
  }
  return possibilities(traced).some(isAddress) ? asText(traced) : [{ is: "hole", why: "the target is not in the call" }];
}

/** Of what may be an object with the address in it, or the address itself. */
function isAddress({ is }: Traced): boolean {
  return is === "parameter" || is === "const" || is === "text";
}
