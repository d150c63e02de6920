/** Which stores each service uses, and where: from its calls, and from what its manifests give it. */
import type { Service, StoreAccess } from "../architecture.ts";
import type { Confidence, Place } from "../finding.ts";
import type { Site } from "../knowledge.ts";
import { evaluate, isLoopback, resolveText } from "./addresses.ts";
import { connectionsIn, toConnection, type Connection } from "./connections.ts";
import { declaredStore } from "./declared.ts";
import type { Backing } from "./deployables.ts";
import { engineIn, isMapper, STORE_ENGINES } from "./engines.data.ts";
import { entitiesIn, type Entities } from "./entities.ts";
import type { Facts, Placed } from "./facts.ts";
import { infrastructureOfEngine } from "./infrastructure.ts";
import type { OpenedStore } from "./opened.ts";
import { folderOf, isWithin, nameKey, sharedDepth } from "./paths.ts";
import type { ServiceMap } from "./services.ts";
import type { Environment } from "./workload.ts";

export interface StoreUse {
  readonly service: Service;
  readonly connection: Connection;
  readonly entity?: string;
  readonly access: StoreAccess["access"];
  readonly place: Place;
  readonly confidence: Confidence;
  readonly site?: Site;
}

const STORE_EFFECTS: ReadonlySet<string> = new Set(["query", "connect", "transaction", "cache"]);

export function storeUses(placed: readonly Placed[], map: ServiceMap, facts: Facts): readonly StoreUse[] {
  const finder = connectionFinder(placed, map, facts);
  const entities = entitiesIn(facts.summaries);
  const called = placed.flatMap(({ site, service }) => usesOfSite(site, service, { finder, entities }));
  const opened = map.services.flatMap((service) => finder.opened(service).map(({ connection, place }): StoreUse => ({ service, connection, access: "connect", place, confidence: "certain" })));
  const uses = [...called, ...opened, ...schemaPlaces(called, facts), ...usesOfManifests([...called, ...opened], map, facts)];
  const all = [...uses, ...readsOfVariables(uses, map, facts)];
  return all.map((use) => asDeclared(use, facts));
}

/** A store that the configuration names is called so, and is one wherever it is spoken of. */
function asDeclared(use: StoreUse, { workspace }: Facts): StoreUse {
  const declared = declaredStore(workspace.configuration, use.connection);
  if (declared === undefined) return use;
  const { backing: _, database: __, ...connection } = use.connection;
  return { ...use, connection: { ...connection, host: declared.name, ...(declared.engine === undefined ? {} : { engine: declared.engine }) } };
}

/** The schema from which a service's client is generated says which database it connects to: one for all who share it. */
function schemaPlaces(called: readonly StoreUse[], facts: Facts): readonly StoreUse[] {
  const found = new Map<string, StoreUse>();
  for (const use of called) {
    const place = use.site && schemaOf(use.site, facts)?.place;
    if (place) found.set(`${use.service.id} ${place.path}#${place.at}`, { service: use.service, connection: use.connection, access: "connect", place, confidence: use.confidence });
  }
  return [...found.values()];
}

/** Where a service's code reads the address of a store that it uses: a factory of options, a module of settings. */
function readsOfVariables(uses: readonly StoreUse[], map: ServiceMap, { addressReads }: Facts): readonly StoreUse[] {
  const known = new Map<string, StoreUse>();
  for (const use of uses) for (const name of use.connection.variables) if (!known.has(`${use.service.id} ${name}`)) known.set(`${use.service.id} ${name}`, use);
  return addressReads.flatMap(({ path, place, address }) => {
    const [first] = address;
    if (first?.is !== "env") return [];
    return map.serviceOf(path).flatMap((service): readonly StoreUse[] => {
      const use = known.get(`${service.id} ${first.name}`);
      return use === undefined ? [] : [{ service, connection: use.connection, access: "connect", place, confidence: "likely" }];
    });
  });
}

function usesOfSite(site: Site, service: Service, { finder, entities }: { finder: ConnectionFinder; entities: Entities }): readonly StoreUse[] {
  if (service.isFrontend || !(touchesStore(site) || finder.opened(service).some(({ library }) => library === site.library && STORE_EFFECTS.has(site.effect)))) return [];
  const connections = finder.of(site, service);
  const tables = entities(site);
  const access: StoreAccess["access"] = site.effect === "connect" || site.effect === "transaction" ? "connect" : site.access === "unknown" ? "read" : site.access;
  return connections.flatMap((connection) => {
    const use = { service, connection, access, place: { ...site.callee, at: Math.min(site.place.at, site.callee.at) }, confidence: connections.length > 1 ? ("likely" as const) : site.confidence, site };
    return tables.length === 0 ? [use] : tables.map((entity) => ({ ...use, entity }));
  });
}

const JOB_QUEUES = /bull|bee-queue/;

/** Job queues keep their jobs in a store: to publish there is to use it. */
function touchesStore(site: Site): boolean {
  if (STORE_EFFECTS.has(site.effect)) return engineIn(STORE_ENGINES, site.library) !== undefined || site.effect !== "cache" && site.effect !== "connect" || site.origin.target !== undefined && isMapper(site.library);
  return (site.effect === "publish" || site.effect === "consume") && JOB_QUEUES.test(site.library);
}

/** A store that a module of a service opens, whether or not a call to it was seen. */
interface Opened {
  readonly library: string;
  readonly connection: Connection;
  readonly place: Place;
}

interface ConnectionFinder {
  readonly of: (site: Site, service: Service) => readonly Connection[];
  readonly opened: (service: Service) => readonly Opened[];
}

function connectionFinder(placed: readonly Placed[], map: ServiceMap, facts: Facts): ConnectionFinder {
  const connecting = placed.filter(({ site }) => site.effect === "connect" && site.origin.target === undefined);
  const known = new Map<string, readonly Connection[]>();
  const drivers = new Map<string, string | undefined>();
  const modules = new Map<string, readonly Opened[]>();
  const aroundOf = (service: Service, engine: string | undefined): Known => ({ map, candidates: remember(known, service.id, () => connectionsIn(map.environmentOf(service), service, map)), engine, facts });
  const opened = (service: Service): readonly Opened[] => remember(modules, service.id, () => facts.opened.filter(({ path }) => isOwn(path, service, map)).flatMap((store) => openedOf(store, service, aroundOf(service, store.engine))));
  return {
    opened,
    of: (site, service) => {
      const engine = engineIn(STORE_ENGINES, site.library) ?? schemaEngine(site, facts) ?? remember(drivers, service.id, () => driverOf(service, facts));
      const around = aroundOf(service, engine);
      return fromTarget(site, service, around) ?? fromOpened(opened(service), site) ?? fromCandidates(around) ?? fromConnect(connecting.filter((each) => each.service.id === service.id), around, site) ?? fromBackings(service, around).map((each) => ({ ...each, variables: namesIn(site) }));
    },
  };
}

/** A module of a shared library opens nothing by itself: the modules of the services that import it are asked. */
function isOwn(path: string, service: Service, map: ServiceMap): boolean {
  const running = map.serviceOf(path);
  return running.some((each) => each.id === service.id) && (running.length === 1 || isWithin(path, service.root));
}

function openedOf(store: OpenedStore, service: Service, known: Known): readonly Opened[] {
  const origin = { target: store.address ?? [], ...(store.database === undefined ? {} : { database: store.database }) };
  const found = fromParts(origin, service, known) ?? (store.address === undefined ? undefined : fromAddress(store.address, service, known)) ?? fromCandidates(known) ?? fromBackings(service, known);
  return found.map((connection) => ({ library: store.library, connection: connection.engine === undefined && store.engine !== undefined ? { ...connection, engine: store.engine } : connection, place: store.place }));
}

/** The one store that the modules of the service open for this library. */
function fromOpened(opened: readonly Opened[], { library }: Site): readonly Connection[] | undefined {
  const own = opened.filter((each) => each.library === library);
  const [only] = own;
  return only !== undefined && own.every(({ connection }) => connection.host === only.connection.host && connection.database === only.connection.database) ? [only.connection] : undefined;
}

/** The address that the one connection of this library is opened with (`mongoose.connect(url)`), for models are made without one. */
function fromConnect(connecting: readonly Placed[], known: Known, { library }: Site): readonly Connection[] | undefined {
  const opened = connecting.flatMap(({ site, service }) => (site.library === library ? (fromAddress(site.target, service, known) ?? []) : []));
  const [only] = opened;
  return only !== undefined && opened.every((each) => each.host === only.host && each.database === only.database) ? [only] : undefined;
}

function namesIn({ origin }: Site): readonly string[] {
  return (origin.target ?? []).flatMap((part) => (part.is === "env" ? [part.name] : []));
}

interface Known {
  readonly map: ServiceMap;
  readonly candidates: readonly Connection[];
  readonly engine: string | undefined;
  readonly facts: Facts;
}

/** The address that the client was made with. */
function fromTarget(site: Site, service: Service, known: Known): readonly Connection[] | undefined {
  const parts = fromParts(isOfEntity(site) ? { ...site.origin, target: [] } : site.origin, service, known);
  if (parts !== undefined) return parts;
  const target = isOfEntity(site) ? schemaTarget(site, known.facts) : (site.origin.target ?? schemaTarget(site, known.facts));
  // A job queue is made with its name, which is no database's.
  if (target === undefined || (JOB_QUEUES.test(site.library) && !evaluate(target, service, known.map).value.includes("://"))) return undefined;
  return fromAddress(target, service, known);
}

/** A server and a database that stand apart: each may come from the code, or from a variable. */
function fromParts({ target = [], database }: Pick<Site["origin"], "target" | "database">, service: Service, known: Known): readonly Connection[] | undefined {
  if (database === undefined) return undefined;
  const [server, named] = [evaluate(target, service, known.map), evaluate(database, service, known.map)];
  const name = named.isOpen ? ownDatabase(named, service) : named.value;
  if (name === undefined || !/^[\w-]+$/.test(name)) return undefined;
  // An address that may name no database, with the database beside it: `forRoot(process.env.MONGO_URI, { dbName: "orders" })`.
  if (/:\/\//.test(server.value)) return fromAddress(target, service, known)?.map((each) => ({ database: name, ...each }));
  const names = [...server.names, ...named.names];
  const spoken = known.candidates.filter((each) => each.variables.some((name) => names.includes(name)) && isSameEngine(each.engine, known.engine));
  const meant = spoken.length > 0 ? spoken : target.length === 0 ? (fromCandidates(known) ?? []) : [];
  if (meant.length > 0) return meant.map((each) => ({ ...each, database: name }));
  const resolved = resolveText(target, service, known.map);
  const { database: _, ...at } = resolved.kind === "store" ? toConnection(resolved, { service, map: known.map, engine: known.engine }) : atServer(resolved.host, service, known);
  return [{ ...at, variables: names, database: name }];
}

/** `ORDERS_POSTGRES_DB`, of which no value is known, read by the service orders: a database of its own. */
function ownDatabase({ value, names }: { readonly value: string; readonly names: readonly string[] }, service: Service): string | undefined {
  const [variable] = names;
  if (variable === undefined || names.length > 1 || value !== `{${variable}}`) return undefined;
  const own = new Set([service.name, service.root.slice(service.root.lastIndexOf("/") + 1)].flatMap(wordsOf).filter((word) => !/^(?:service|svc|srv|api|app|server|db|database)$/.test(word)));
  const [word] = wordsOf(variable).filter((each) => own.has(each));
  return word === undefined ? undefined : `${word}-db`;
}

/** `refreshSession-service` → refresh, session, service */
function wordsOf(name: string): readonly string[] {
  return name.replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase().split(/[^a-z\d]+/).filter((word) => word.length > 2);
}

/** A server that no manifest runs is known by its name; the developer's own machine stands for what a manifest runs. */
function atServer(host: string | undefined, service: Service, known: Known): Connection {
  const [backing] = fromBackings(service, known);
  const isElsewhere = host !== undefined && host !== "" && !isLoopback(host) && backing?.host !== host;
  const engine = known.engine === undefined ? {} : { engine: known.engine };
  return isElsewhere || backing === undefined ? { host: host ?? "", variables: [], ...engine } : backing.backing === undefined && host !== undefined ? { ...backing, host } : backing;
}

function fromAddress(target: Site["target"], service: Service, known: Known): readonly Connection[] | undefined {
  if (target.length === 0) return undefined;
  const { value, names } = evaluate(target, service, known.map);
  const named = known.candidates.filter((each) => each.variables.some((name) => names.includes(name)));
  const fitting = named.filter((each) => isSameEngine(each.engine, known.engine));
  if (fitting.length > 0 || named.length > 0) return fitting.length > 0 ? fitting : named;
  const resolved = resolveText(target, service, known.map);
  if (resolved.kind === "store") return [{ ...toConnection(resolved, { service, map: known.map, engine: known.engine }), variables: names }];
  const unset = ownDatabase({ value, names }, service);
  if (unset !== undefined) return [{ ...(fromBackings(service, known)[0] ?? { host: "" }), variables: names, database: unset, ...(known.engine === undefined ? {} : { engine: known.engine }) }];
  if (!/^(?!\d+$)[\w-]{2,}$/.test(value)) return undefined;
  const same = known.candidates.filter((each) => each.database === value || each.host === value);
  if (same.length > 0) return same;
  const [backing] = fromBackings(service, known);
  return [{ ...(backing ?? { host: "", variables: [] }), database: value, ...(known.engine === undefined ? {} : { engine: known.engine }) }];
}

/** A model or repository is made with its entity, which is no address. */
function isOfEntity({ origin, entity }: Site): boolean {
  const [first] = origin.target ?? [];
  const isWord = origin.target?.length === 1 && first?.is === "known" && /^\w+$/.test(first.text);
  return isWord && (/Model|Repository|Collection|Builder|Table/.test(origin.type) || first.text.toLowerCase() === entity?.toLowerCase());
}

function fromCandidates({ candidates, engine }: Pick<Known, "candidates" | "engine">): readonly Connection[] | undefined {
  const exact = candidates.filter((each) => each.engine !== undefined && isSameEngine(each.engine, engine));
  const fitting = exact.length > 0 ? exact : candidates.filter((each) => each.engine === undefined && engine !== undefined && !isKeyed(engine));
  const given = fitting.length > 0 ? fitting : engine === undefined ? candidates.filter((each) => !isKeyed(each.engine ?? "")) : [];
  return given.length === 0 ? undefined : given.map((each) => (each.engine === undefined && engine !== undefined ? { ...each, engine } : each));
}

/** Engines that no object mapper for SQL speaks to. */
function isKeyed(engine: string): boolean {
  return /^(?:redis|memcached|cassandra|elasticsearch|opensearch|neo4j|eventstore|dynamodb|meilisearch|typesense|qdrant|clickhouse|influxdb)$/.test(engine);
}

/** Nor to these: their drivers come with a platform's SDK, and say nothing of what a mapper connects to. */
function isDocuments(engine: string): boolean {
  return engine === "firestore" || engine === "cosmosdb" || engine === "couchdb";
}

function isSameEngine(a: string | undefined, b: string | undefined): boolean {
  const family = (engine: string | undefined): string | undefined => (engine === "mariadb" ? "mysql" : engine === "cockroachdb" ? "postgres" : engine);
  return b === undefined ? a !== undefined && !isKeyed(a) : family(a) === family(b);
}

/** The store of that engine that a manifest runs for this service. */
function fromBackings(service: Service, { map, engine }: Pick<Known, "map" | "engine">): readonly Connection[] {
  if (engine === undefined) return [];
  const fitting = map.backings.filter((backing) => isSameEngine(backing.infrastructure.engine, engine) && !isAnothers(backing, service, map));
  const depended = map.workloadsOf(service).flatMap((workload) => workload.dependsOn);
  const own = fitting.find((backing) => backing.workload.name.split(/[-_]/).some((word) => nameKey(word) === nameKey(service.name)));
  const needed = fitting.filter((backing) => depended.includes(backing.workload.name));
  const near = [...fitting].sort((a, b) => closeness(b, service) - closeness(a, service));
  const chosen = own ?? needed[0] ?? (near.length === 1 || (near[0] !== undefined && near[1] !== undefined && closeness(near[0], service) > closeness(near[1], service)) ? near[0] : undefined);
  if (chosen === undefined) return [{ host: "", engine, variables: [] }];
  const database = databaseOf(chosen);
  return [{ host: chosen.workload.name, engine: chosen.infrastructure.engine, backing: chosen, variables: [], place: chosen.workload.place, ...(database === undefined ? {} : { database }) }];
}

/** What stands in another service's own folder, and runs nothing of this one, is that one's. */
function isAnothers({ workload: { place } }: Backing, service: Service, map: ServiceMap): boolean {
  if (map.workloadsOf(service).some((workload) => workload.place.path === place.path)) return false;
  return map.services.some((other) => other.root !== "" && isWithin(place.path, other.root) && !isWithin(service.root, other.root));
}

function closeness(backing: Backing, service: Service): number {
  return sharedDepth(folderOf(backing.workload.place.path), service.root);
}

/** The database that an image creates at its first start. */
export function databaseOf(backing: Backing): string | undefined {
  const names = backing.infrastructure.database ?? [];
  return names.map((name) => backing.workload.environment[name]?.value).find((value) => value !== undefined && value !== "" && !value.includes("$"));
}

/** The driver among a service's dependencies, for mappers that speak to several. */
function driverOf(service: Service, { workspace }: Facts): string | undefined {
  const own = workspace.packages.filter((each) => isWithin(service.root, each.dir)).sort((a, b) => b.dir.length - a.dir.length);
  for (const each of own)
    for (const name of Object.keys(each.dependencies)) {
      const engine = engineIn(STORE_ENGINES, name);
      if (engine !== undefined && infrastructureOfEngine(engine)?.kind === "store" && !isKeyed(engine) && !isDocuments(engine) && !(engine === "mongodb" && name !== "mongodb")) return engine;
    }
  return undefined;
}

/** A Prisma client's address and engine stand in its schema: the one of its own package, else the nearest. */
function schemaOf(site: Site, { schemas }: Facts): { readonly provider: string; readonly env?: string; readonly url?: string; readonly place: Place } | undefined {
  if (!/prisma/.test(site.library)) return undefined;
  const from = site.origin.place?.path ?? site.place.path;
  const [nearest] = [...schemas].sort((a, b) => sharedDepth(b.path, from) - sharedDepth(a.path, from) || (a.path < b.path ? -1 : 1));
  const source = nearest?.datasources[0];
  return nearest && source && { ...source, place: { path: nearest.path, at: source.at, end: source.end } };
}

function schemaEngine(site: Site, facts: Facts): string | undefined {
  const provider = schemaOf(site, facts)?.provider;
  return provider === "postgresql" ? "postgres" : provider === "sqlserver" ? "mssql" : provider;
}

function schemaTarget(site: Site, facts: Facts): Site["target"] | undefined {
  const source = schemaOf(site, facts);
  if (source?.env !== undefined) return [{ is: "env", name: source.env }];
  return source?.url === undefined ? undefined : [{ is: "known", text: source.url }];
}

/** What a manifest hands to a service whose code cannot be read, or which reaches the store through a library of its own. */
function usesOfManifests(called: readonly StoreUse[], map: ServiceMap, facts: Facts): readonly StoreUse[] {
  return map.services.flatMap((service) => {
    if (service.isFrontend) return [];
    const given: Environment = Object.assign({}, ...map.workloadsOf(service).map((workload) => workload.environment));
    const connections = connectionsIn(given, service, map).filter((each) => each.backing !== undefined && each.engine !== undefined);
    const seen = (engine: string | undefined): boolean => called.some((use) => use.service.id === service.id && isSameEngine(use.connection.engine, engine));
    const fromVariables = connections.filter((each) => !seen(each.engine) && isGivenToIt(each, service, facts)).map((connection) => useOf(service, connection, connection.place));
    const needed = service.language !== "other" ? [] : map.backings.filter((backing) => backing.infrastructure.kind === "store" && map.workloadsOf(service).some((workload) => workload.dependsOn.includes(backing.workload.name)) && !connections.some((each) => each.backing === backing));
    return [...fromVariables, ...needed.map((backing) => useOf(service, { host: backing.workload.name, engine: backing.infrastructure.engine, backing, variables: [] }, backing.workload.place))];
  });
}

/** A file of variables is often handed to every service; then its own package must have the driver as well. */
function isGivenToIt(connection: Connection, service: Service, { workspace }: Facts): boolean {
  if (service.language === "other" || connection.place === undefined || !/(?:^|[/.])env(?:[.-]|$)/i.test(connection.place.path)) return true;
  const own = workspace.packages.find((each) => each.dir === service.root);
  return own === undefined || Object.keys(own.dependencies).some((name) => isMapper(name) || isSameEngine(engineIn(STORE_ENGINES, name), connection.engine));
}

function useOf(service: Service, connection: Connection, place: Place | undefined): StoreUse {
  return { service, connection, access: "connect", place: place ?? service.evidence[0]?.place ?? { path: service.root, at: 0, end: 0 }, confidence: "likely" };
}

function remember<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const known = memory.get(key);
  if (known !== undefined || memory.has(key)) return known as T;
  const made = make();
  memory.set(key, made);
  return made;
}
