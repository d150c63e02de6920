/** Databases that a service's environment speaks of: connection strings, and variables that belong together. */
import type { Service } from "../architecture.ts";
import type { Place } from "../finding.ts";
import { hostNamed, isLoopback, parseAddress, resolveText, type ResolvedAddress } from "./addresses.ts";
import type { Backing } from "./deployables.ts";
import { infrastructureOfEngine, infrastructureOfPort, infrastructureOfScheme } from "./infrastructure.ts";
import type { ServiceMap } from "./services.ts";
import type { Environment } from "./workload.ts";

/** A store as one service sees it. */
export interface Connection {
  /** Absent where only a host and a database are said. */
  readonly engine?: string;
  /** Name that everybody shares: the manifest's where one runs it. */
  readonly host: string;
  readonly database?: string;
  readonly backing?: Backing;
  /** Variables that say so. */
  readonly variables: readonly string[];
  readonly place?: Place;
}

/** Every connection that the variables spell out. */
export function connectionsIn(environment: Environment, service: Service, map: ServiceMap): readonly Connection[] {
  const whole = Object.entries(environment).flatMap(([name, variable]) => {
    const connection = connectionOf(variable.value, { service, map });
    return connection === undefined ? [] : [{ ...connection, variables: [name], place: variable.place }];
  });
  const grouped = groupsIn(environment).flatMap((group) => connectionOfGroup(group, service, map));
  const joined = withDatabases(whole, environment);
  return dedupe([...joined, ...grouped.filter((each) => !joined.some((other) => other.host === each.host && (each.database === undefined || other.database === each.database)))]);
}

/** A connection string, or `host:port` of a store that a manifest runs. */
export function connectionOf(value: string, { service, map }: { readonly service: Service; readonly map: ServiceMap }): Connection | undefined {
  const address = parseAddress(value.split(",")[0] ?? value);
  if (address === undefined) return undefined;
  const ofScheme = infrastructureOfScheme(address.scheme ?? "");
  if (address.scheme !== undefined && ofScheme?.kind !== "store") return undefined;
  if (address.scheme === undefined && address.port === undefined) return undefined;
  const resolved = resolveText([{ is: "known", text: value }], service, map);
  if (resolved.kind !== "store") return undefined;
  return toConnection(resolved, { service, map, engine: ofScheme?.engine });
}

export function toConnection(resolved: ResolvedAddress, around: { readonly service: Service; readonly map: ServiceMap; readonly engine?: string | undefined }): Connection {
  const backing = backingOf(resolved.host, resolved.port, around);
  const database = databaseIn(resolved);
  const engine = backing?.infrastructure.engine ?? around.engine ?? resolved.engine;
  return { host: backing?.workload.name ?? resolved.host ?? "", variables: [], ...(engine === undefined ? {} : { engine }), ...(database === undefined ? {} : { database }), ...(backing === undefined ? {} : { backing }) };
}

/** `/orders?ssl=true` of a connection string. A number is a Redis index and no name. */
function databaseIn({ path }: ResolvedAddress): string | undefined {
  const name = path?.replace(/^\//, "").split("/")[0] ?? "";
  return name === "" || /^\d+$/.test(name) || /[${}]/.test(name) ? undefined : name;
}

function backingOf(host: string | undefined, port: number | undefined, { service, map }: { readonly service: Service; readonly map: ServiceMap }): Backing | undefined {
  if (host === undefined) return undefined;
  if (!isLoopback(host)) {
    const found = hostNamed(host, service, map);
    return found?.is === "backing" ? found.backing : undefined;
  }
  return map.backings.find((backing) => port !== undefined && backing.workload.ports.some((each) => each.published === port));
}

interface Group {
  readonly prefix: string;
  readonly host: string;
  readonly port?: number;
  readonly database?: string;
  readonly variables: readonly string[];
  readonly place: Place;
}

const PART = /^(.*?)_?(HOST|HOSTNAME|HOSTS|SERVER|CONTACT_POINTS?|PORT|NAME|DATABASE|DATABASE_NAME|DB_NAME|DBNAME|DB|KEYSPACE|SCHEMA)$/i;

/** `USERS_DATABASE_HOST`, `USERS_DATABASE_PORT`, `USERS_DATABASE_NAME` → one connection. */
function groupsIn(environment: Environment): readonly Group[] {
  const groups = new Map<string, Map<string, string>>();
  for (const name of Object.keys(environment)) {
    const match = /^(DB|DATABASE)_(NAME)$/i.exec(name) ?? PART.exec(name);
    if (match?.[1] === undefined || match[1] === "" || match[2] === undefined) continue;
    const prefix = match[1].toUpperCase();
    const part = match[2].toUpperCase();
    groups.set(prefix, (groups.get(prefix) ?? new Map<string, string>()).set(part, name));
    // `AUTH_DATABASE_NAME` belongs with `AUTH_DATABASE_HOST` as well as with `AUTH_HOST`.
    const split = /^(DATABASE|DB)_?NAME$/.exec(part);
    if (split?.[1] !== undefined) groups.set(`${prefix}_${split[1]}`, (groups.get(`${prefix}_${split[1]}`) ?? new Map<string, string>()).set("NAME", name));
  }
  return [...groups].flatMap(([prefix, parts]) => {
    const find = (...keys: readonly string[]): string | undefined => keys.map((key) => parts.get(key)).find((name) => name !== undefined);
    const hostName = find("HOST", "HOSTNAME", "HOSTS", "SERVER", "CONTACT_POINT", "CONTACT_POINTS");
    const hostVariable = hostName === undefined ? undefined : environment[hostName];
    if (hostVariable === undefined || hostVariable.value === "" || hostVariable.value.includes("://")) return [];
    const portName = find("PORT");
    const port = Number(environment[portName ?? ""]?.value ?? hostVariable.value.split(":")[1]);
    const databaseName = find("DATABASE", "DATABASE_NAME", "DB_NAME", "DBNAME", "DB", "KEYSPACE", "NAME");
    const database = environment[databaseName ?? ""]?.value;
    return [{ prefix, host: (hostVariable.value.split(/[:,]/)[0] ?? "").toLowerCase(), ...(port > 0 ? { port } : {}), ...(database === undefined || database === "" || database.includes("$") ? {} : { database }), variables: [...parts.values()], place: (environment[databaseName ?? ""] ?? hostVariable).place }];
  });
}

function connectionOfGroup(group: Group, service: Service, map: ServiceMap): readonly Connection[] {
  const backing = backingOf(group.host, group.port ?? portOfPrefix(group.prefix), { service, map });
  const known = backing?.infrastructure ?? (group.port === undefined ? undefined : infrastructureOfPort(group.port)) ?? infrastructureOfPrefix(group.prefix);
  if (known !== undefined && known.kind !== "store") return [];
  const isDatabase = known !== undefined || (/(?:^|_)(?:DB|DATABASE)$/.test(group.prefix) && group.database !== undefined);
  if (!isDatabase) return [];
  const { host, database, variables, place } = group;
  return [{ host: backing?.workload.name ?? host, variables, place, ...(known === undefined ? {} : { engine: known.engine }), ...(database === undefined ? {} : { database }), ...(backing === undefined ? {} : { backing }) }];
}

/** The engine that a prefix names: `POSTGRES`, `ORDERS_REDIS`, `PG`. */
function infrastructureOfPrefix(prefix: string): ReturnType<typeof infrastructureOfScheme> {
  for (const word of prefix.toLowerCase().split("_")) {
    const found = infrastructureOfScheme(word) ?? infrastructureOfEngine(word) ?? (word === "pg" ? infrastructureOfEngine("postgres") : word === "mongo" ? infrastructureOfEngine("mongodb") : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function portOfPrefix(prefix: string): number | undefined {
  return infrastructureOfPrefix(prefix)?.ports?.[0];
}

/** `MONGODB_URI` that names no database, beside a `DB_NAME` that does. */
function withDatabases(connections: readonly Connection[], environment: Environment): readonly Connection[] {
  return connections.map((connection) => {
    if (connection.database !== undefined || connection.engine === "redis" || connection.engine === "memcached") return connection;
    const engine = connection.engine ?? "";
    const own = Object.keys(environment).filter((name) => infrastructureOfPrefix(name)?.engine === engine && /(?:KEYSPACE|DATABASE|DB_?NAME|_DB|_NAME)$/i.test(name));
    const general = Object.keys(environment).filter((name) => /^(?:DB|DATABASE)_?(?:NAME)?$/i.test(name));
    const name = own[0] ?? (engine === "cassandra" ? undefined : general[0]);
    const value = name === undefined ? undefined : environment[name]?.value;
    return name === undefined || value === undefined || value === "" || value.includes("://") || value.includes("$") ? connection : { ...connection, database: value, variables: [...connection.variables, name] };
  });
}

function dedupe(connections: readonly Connection[]): readonly Connection[] {
  return connections.filter((each, index) => connections.findIndex((other) => other.host === each.host && other.database === each.database && other.engine === each.engine && other.variables[0] === each.variables[0]) === index);
}
