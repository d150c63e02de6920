/** Stores, told apart by server and database, and named as people name them. */
import type { Store, StoreAccess } from "../architecture.ts";
import { groupedBy } from "../grouped.ts";
import { databaseOf, type StoreUse } from "./store-uses.ts";
import { infrastructureOfEngine } from "./infrastructure.ts";
import { folderOf } from "./paths.ts";

export interface StoreView {
  readonly stores: readonly Store[];
  readonly accesses: readonly StoreAccess[];
  /** Store of each use, in the order of the uses. */
  readonly storeOf: (use: StoreUse) => Store;
}

export function storesOf(uses: readonly StoreUse[]): StoreView {
  const defaults = defaultDatabases(uses);
  const groups = groupedBy(uses, (use) => identity(use, defaults));
  const databases = new Map<string, Set<string>>();
  for (const use of uses) databases.set(hostKey(use), (databases.get(hostKey(use)) ?? new Set<string>()).add(databaseIn(use, defaults) ?? ""));
  const byKey = identified(apart(new Map([...groups].map(([key, group]) => [key, toStore(group, { databases, defaults })]))));
  const storeOf = (use: StoreUse): Store => byKey.get(identity(use, defaults)) ?? toStore([use], { databases, defaults });
  const accesses = uses.map((use) => ({
    service: use.service.id, store: storeOf(use).id, ...(use.entity === undefined ? {} : { entity: use.entity }), access: use.access, place: use.place, confidence: use.confidence,
  })); // prettier-ignore
  return { stores: [...byKey.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), accesses: distinct(accesses), storeOf };
}

/** The same database name on two servers: then the servers tell them apart. */
function apart(stores: ReadonlyMap<string, Store>): ReadonlyMap<string, Store> {
  const all = [...stores.values()];
  const clashes = (store: Store): boolean => all.some((other) => other !== store && other.name === store.name && other.host !== store.host);
  return new Map([...stores].map(([key, store]) => [key, clashes(store) && store.host !== undefined && store.host !== "localhost" ? { ...store, name: store.host } : store]));
}

/** Servers of one name that two manifests run are told apart by where these lie. */
function identified(stores: ReadonlyMap<string, Store>): ReadonlyMap<string, Store> {
  const counts = new Map<string, number>();
  for (const { id } of stores.values()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return new Map([...stores].map(([key, store]) => [key, (counts.get(store.id) ?? 0) > 1 ? { ...store, id: `${store.id}@${key}` } : store]));
}

function engineOf(use: StoreUse): string {
  return use.connection.engine ?? "sql";
}

/** One server: what a manifest runs, a host, or (where nothing is known of it) the service's own. */
function hostKey(use: StoreUse): string {
  const { backing, host } = use.connection;
  if (backing !== undefined) return `${folderOf(backing.workload.place.path)}|${backing.workload.name}`;
  return host === "" ? `${engineOf(use)}@${use.service.owner}` : host;
}

/** The database that is meant on a server where none is said: the only one that is named there. */
function defaultDatabases(uses: readonly StoreUse[]): ReadonlyMap<string, string> {
  const named = new Map<string, Set<string>>();
  for (const use of uses) {
    const database = use.connection.database;
    if (database !== undefined) named.set(hostKey(use), (named.get(hostKey(use)) ?? new Set<string>()).add(database));
  }
  const defaults = new Map<string, string>();
  for (const use of uses) {
    const created = use.connection.backing === undefined ? undefined : databaseOf(use.connection.backing);
    const only = [...(named.get(hostKey(use)) ?? [])];
    const database = created ?? (only.length === 1 ? only[0] : undefined);
    if (database !== undefined) defaults.set(hostKey(use), database);
  }
  return defaults;
}

function databaseIn(use: StoreUse, defaults: ReadonlyMap<string, string>): string | undefined {
  return use.connection.database ?? defaults.get(hostKey(use));
}

function identity(use: StoreUse, defaults: ReadonlyMap<string, string>): string {
  return `${hostKey(use)}/${databaseIn(use, defaults) ?? ""}`;
}

interface Names {
  readonly databases: ReadonlyMap<string, ReadonlySet<string>>;
  readonly defaults: ReadonlyMap<string, string>;
}

function toStore(group: readonly StoreUse[], names: Names): Store {
  const [first] = group;
  if (first === undefined) throw new Error("A store is made from at least one use");
  const engine = group.map((use) => use.connection.engine).find((each) => each !== undefined) ?? "sql";
  const database = databaseIn(first, names.defaults);
  const host = first.connection.host;
  return {
    id: `store:${engine}/${host === "" ? first.service.owner || first.service.name : host}/${database ?? ""}`,
    name: nameOf(first, { engine, database, shared: (names.databases.get(hostKey(first))?.size ?? 0) > 1 }),
    engine,
    ...(host === "" ? {} : { host }),
    ...(database === undefined ? {} : { database }),
    places: distinct(group.map((use) => use.connection.place ?? use.place)).slice(0, 20),
    usedBy: [...new Set(group.map((use) => use.service.id))].sort(),
  };
}

/** A server that was given a name of its own (`orders-mongo`) is called by it; one that is called `postgres` or `db`, by its database. */
function nameOf(use: StoreUse, known: { readonly engine: string; readonly database: string | undefined; readonly shared: boolean }): string {
  const server = use.connection.backing?.workload.name;
  if (server !== undefined && !known.shared && !isPlain(server, known.engine)) return server;
  if (known.database !== undefined) return known.database;
  const host = use.connection.host;
  const [first = host] = host.split(".");
  return server ?? (host === "" || /^(?:localhost|127\.|0\.0)/.test(host) || (first !== host && isPlain(first, known.engine)) ? known.engine : first);
}

function isPlain(server: string, engine: string): boolean {
  const own = [engine, ...(infrastructureOfEngine(engine)?.images ?? [])];
  return server.toLowerCase().split(/[-_.\d]+/).every((word) => word === "" || own.includes(word) || /^(?:db|database|sql|server|master|primary|main|data|store|datastore|cache|local|dev|my|app|container|service|srv|svc|cluster|pg|nosql|mongo|postgresdb|mongodb|mysqldb|redisdb)$/.test(word));
}

function distinct<T>(items: readonly T[]): readonly T[] {
  const seen = new Map<string, T>();
  for (const item of items) {
    const key = JSON.stringify(item);
    if (!seen.has(key)) seen.set(key, item);
  }
  return [...seen.values()];
}

