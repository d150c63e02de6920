/** Connections that a framework's module opens for a service: `TypeOrmModule.forRoot({ host, database })`, whoever asks the database later. */
import type { CallValue, Value } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import type { Text } from "../text.ts";
import { factoryResult, optionsMade } from "../trace/factories.ts";
import { itemsOf } from "../trace/listed.ts";
import { readOption } from "../trace/options.ts";
import { asText } from "../trace/text-of.ts";
import { type Frame, possibilities, type Traced } from "../trace/traced.ts";
import type { Tracer } from "../trace/tracer.ts";
import { engineIn, isMapper, STORE_ENGINES } from "./engines.data.ts";
import type { Summaries } from "./manifests.ts";

export interface OpenedStore {
  /** File of the module that asks for it. */
  readonly path: string;
  readonly place: Place;
  /** Library whose calls go through it. */
  readonly library: string;
  readonly engine?: string;
  readonly address?: Text;
  readonly database?: Text;
}

const MAX_DEPTH = 4;
const ADDRESS = ["url", "uri", "clientUrl", "connectionString", "socket.host", "host", "replication.master.host", "replication.master.url"];
const DATABASE = ["database", "dbName", "replication.master.database"];
const ENGINE = ["type", "dialect"];

export function openedStores(tracer: Tracer, summaries: Summaries): readonly OpenedStore[] {
  return [...summaries.values()].flatMap((summary) => {
    const frame = summary.kind === "code" && summary.classes.some((fact) => fact.decorators.length > 0) ? tracer.frame({ path: summary.path, id: 0 }) : undefined;
    if (frame === undefined || summary.kind !== "code") return [];
    const modules = summary.classes.flatMap((fact) => fact.decorators.filter((decorator) => decorator.name === "Module").flatMap((decorator) => decorator.args ?? []));
    return modules.flatMap((meta) => inImports(tracer, { value: meta, frame }, { path: summary.path, depth: 0 }));
  });
}

interface At {
  readonly value: Value;
  readonly frame: Frame;
}

interface Asked {
  readonly path: string;
  readonly depth: number;
}

/** Of `{ imports: [ … ] }` of a module. */
function inImports(tracer: Tracer, { value, frame }: At, asked: Asked): readonly OpenedStore[] {
  const list = value.kind === "object" ? value.properties.find((property) => property.key === "imports")?.value : undefined;
  const arrays = list === undefined ? [] : possibilities(tracer.trace(list, frame));
  return arrays.flatMap((array) => (array.is === "array" ? array.value.items.flatMap((item) => inItem(tracer, { value: item.kind === "spread" ? item.of : item, frame: array.frame }, asked)) : []));
}

function inItem(tracer: Tracer, { value, frame }: At, asked: Asked): readonly OpenedStore[] {
  if (asked.depth > MAX_DEPTH) return [];
  const next = { ...asked, depth: asked.depth + 1 };
  if (value.kind === "call") {
    const opened = registered(tracer, value, frame, asked);
    if (opened !== undefined) return opened;
    return possibilities(tracer.trace(value, frame)).flatMap((made) => (made.is === "object" ? inImports(tracer, { value: made.value, frame: made.frame }, next) : []));
  }
  return possibilities(tracer.trace(value, frame)).flatMap((traced) => {
    if (traced.is !== "class" || traced.class.path === asked.path) return [];
    const inner = tracer.frame({ path: traced.class.path, id: 0 });
    const metas = tracer.class(traced.class)?.decorators.find((decorator) => decorator.name === "Module")?.args ?? [];
    return inner === undefined ? [] : metas.flatMap((meta) => inImports(tracer, { value: meta, frame: inner }, next));
  });
}

/** `undefined` for what is no registration of a library's module. */
function registered(tracer: Tracer, call: CallValue, frame: Frame, { path }: Asked): readonly OpenedStore[] | undefined {
  if (call.callee.kind !== "member") return undefined;
  const holder = tracer.trace(call.callee.of, frame);
  if (holder.is !== "export" || holder.shape.is !== "module") return undefined;
  const index = holder.shape.registers[call.callee.name];
  const [first] = call.args;
  if (index === undefined || first === undefined) return [];
  const [owner = holder.library.package] = holder.shape.provides.includes(":") ? holder.shape.provides.split(":") : [];
  const place = { path: frame.path, at: call.at, end: call.end };
  const options = optionsMade(tracer, tracer.trace(call.args[index] ?? first, frame));
  const base = { path, place, library: owner };
  if (holder.shape.provides.endsWith("Cache")) return cacheStores(tracer, options).map((store) => ({ ...base, ...store }));
  const plain = tracer.trace(first, frame);
  const address = index > 0 && (plain.is === "const" || plain.is === "text") ? asText(plain) : textAt(tracer, options, ADDRESS);
  const database = textAt(tracer, options, DATABASE);
  const engine = engineIn(STORE_ENGINES, owner) ?? engineNamed(textAt(tracer, options, ENGINE));
  return engine === undefined && !(isMapper(owner) && address !== undefined) ? [] : [{ ...base, ...(engine === undefined ? {} : { engine }), ...(address === undefined ? {} : { address }), ...(database === undefined ? {} : { database }) }];
}

function textAt(tracer: Tracer, options: Traced, names: readonly string[]): Text | undefined {
  for (const name of names) {
    const read = readOption(tracer, options, name);
    const text = read.is === "set" ? asText(read.value) : [];
    if (text.some((part) => part.is !== "hole")) return text;
  }
  return undefined;
}

/** Of a mapper's `type: "postgres"`. */
function engineNamed(text: Text | undefined): string | undefined {
  const [part] = text ?? [];
  if (part?.is !== "known") return undefined;
  return ENGINES[part.text] ?? (/^(?:mysql|postgres|mariadb|mssql|mongodb|oracle|cockroachdb)$/.test(part.text) ? part.text : undefined);
}

const ENGINES: Readonly<Record<string, string>> = { "aurora-mysql": "mysql", "aurora-postgres": "postgres", mongo: "mongodb", postgresql: "postgres" };

/** What a cache is kept in, where that is a server: `{ stores: [new KeyvRedis(url)] }`, `{ store: redisStore, host }`. */
function cacheStores(tracer: Tracer, options: Traced): readonly Pick<OpenedStore, "engine" | "address">[] {
  const held = ["stores", "store"].map((name) => readOption(tracer, options, name)).flatMap((read) => (read.is === "set" ? [read.value] : []));
  return held.flatMap((value) => possibilities(value).flatMap((one) => (one.is === "array" ? itemsOf(tracer, one) : [one]))).flatMap((store) => {
    const { from, made } = behind(tracer, store);
    const engine = from === undefined ? undefined : engineIn(STORE_ENGINES, from);
    if (engine === undefined) return [];
    const address = made === undefined ? textAt(tracer, options, ADDRESS) : made.is === "const" || made.is === "text" ? asText(made) : textAt(tracer, made, ADDRESS);
    return [{ engine, ...(address === undefined ? {} : { address }) }];
  });
}

/** The package that a store comes from, and what it was made with; a function that is still to be called was made with nothing. */
function behind(tracer: Tracer, store: Traced): { readonly from?: string; readonly made?: Traced } {
  switch (store.is) {
    case "foreign":
      return { from: store.package };
    case "export":
      return { from: store.library.package };
    case "instance": {
      const { library, call, frame } = store.origin;
      const [arg] = call?.args ?? [];
      // `new Keyv({ store: new KeyvRedis(url) })`
      const made = arg && frame ? tracer.trace(arg, frame) : undefined;
      const inner = made && readOption(tracer, made, "store");
      return inner?.is === "set" && inner.value.is !== "const" ? behind(tracer, inner.value) : { from: library.package, ...(made === undefined ? {} : { made }) };
    }
    case "result": {
      const { from } = behind(tracer, store.of);
      const [arg] = store.call.args;
      return { ...(from === undefined ? {} : { from }), ...(arg === undefined ? {} : { made: tracer.trace(arg, store.frame) }) };
    }
    case "function":
      return behind(tracer, settled(tracer, store));
    default:
      return {};
  }
}

/** `store: () => redisStore({ … })` */
function settled(tracer: Tracer, store: Traced): Traced {
  const made = factoryResult(tracer, store);
  return made.is === "function" ? { is: "unknown", why: "a function that gives nothing known" } : made;
}
