import type { Service, Store, StoreAccess } from "../../model/architecture.ts";
import type { Detection, Place, Related, Rule } from "../../model/finding.ts";
import type { Knowledge } from "../../model/knowledge.ts";
import type { DatabaseFixData } from "./data.ts";
import { databaseFixes } from "./fix.ts";

export interface SharedDatabase {
  readonly store: string;
  /** Names of the services, the likely owner first. */
  readonly services: readonly string[];
  /** Tables or collections that more than one of them uses. */
  readonly entities: readonly string[];
  readonly fix: DatabaseFixData | undefined;
}

/** Shared caches are judged by their keys, not by their server. */
const NOT_DATABASES = new Set(["redis", "memcached", "valkey", "elasticsearch", "opensearch", "s3", "minio", "object-store"]);

export default {
  id: "database/shared",
  severity: "warning",
  title: "Two services use one database",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<SharedDatabase>> {
    const tools = toolsOf(knowledge);
    for (const store of knowledge.model.stores) {
      if (NOT_DATABASES.has(store.engine) || store.database === undefined && store.host === undefined) continue;
      const accesses = knowledge.model.accesses.filter((a) => a.store === store.id && !tools.has(a.place.path));
      const users = byOwner(knowledge, store, accesses);
      if (users.size < 2) continue;
      yield finding(store, [...users.values()], accesses);
    }
  },

  word: (data) => {
    const [owner = "", second = ""] = data.services;
    const [entity] = data.entities;
    return {
      what: entity === undefined ? `Database \`${data.store.slice(0, 20)}\` is used by ${listed(data.services)}` : `\`${entity.slice(0, 20)}\` in \`${data.store.slice(0, 16)}\` is used by ${listed(data.services)}`,
      why: `A change of schema, a lock or a slow query in ${owner} takes ${second === "" ? "the others" : second} down with it, and neither can be released alone.`,
      instead: "Let one service own the data; the others ask its API or keep a read model from its events.",
    };
  },

  fixes: (data) => (data.fix ? databaseFixes(data.fix) : []),
} satisfies Rule<SharedDatabase>;

function listed(names: readonly string[]): string {
  const text = names.join(" and ");
  return names.length === 2 && text.length <= 26 ? text : `${names.length} services`;
}

/** Migration and administration tools are no owners of their own. */
function toolsOf(knowledge: Knowledge): ReadonlySet<string> {
  return new Set(knowledge.workspace.files.flatMap(({ path, scope }) => (scope === "migration" || scope === "script" || scope === "test" ? [path] : [])));
}

interface User {
  readonly owner: string;
  readonly services: readonly Service[];
  readonly accesses: readonly StoreAccess[];
}

/** Deployables of one owner (an API and its worker from one package) count once. */
function byOwner(knowledge: Knowledge, store: Store, accesses: readonly StoreAccess[]): ReadonlyMap<string, User> {
  const users = new Map<string, { owner: string; services: Service[]; accesses: StoreAccess[] }>();
  for (const id of [...new Set([...accesses.map((a) => a.service), ...store.usedBy])].sort()) {
    const service = knowledge.model.services.find((s) => s.id === id);
    if (!service || service.language === "other" || service.isFrontend) continue;
    const user = users.get(service.owner) ?? { owner: service.owner, services: [], accesses: [] };
    user.services.push(service);
    user.accesses.push(...accesses.filter((a) => a.service === id));
    users.set(service.owner, user);
  }
  return users;
}

function finding(store: Store, users: readonly User[], accesses: readonly StoreAccess[]): Detection<SharedDatabase> {
  // Whoever writes most is taken for the owner; the finding stands where another one reaches in.
  const ranked = users.toSorted((a, b) => writes(b) - writes(a) || b.accesses.length - a.accesses.length || compare(a.owner, b.owner));
  const entities = sharedEntities(ranked);
  const [owner, ...others] = ranked;
  const intruding = others.flatMap((u) => u.accesses).toSorted((a, b) => rank(a, entities) - rank(b, entities) || Number(isLent(a, others)) - Number(isLent(b, others)) || compare(a.place.path, b.place.path) || a.place.at - b.place.at);
  const [first] = intruding;
  const place: Place = first?.place ?? store.places[0] ?? accesses[0]?.place ?? { path: "", at: 0, end: 0 };
  const names = ranked.map((u) => u.services[0]?.name ?? u.owner);
  const [entity] = entities;
  return {
    place,
    confidence: intruding.some((a) => a.confidence === "certain") || first === undefined ? "certain" : "likely",
    evidence: [...ranked.map((u) => ({ says: `${u.services[0]?.name ?? u.owner} ${u.accesses.some((a) => a.access === "write") ? "writes" : "uses"} it`, ...(u.accesses[0] ? { place: u.accesses[0].place } : {}) }))],
    related: relatedOf(store, ranked),
    anchor: `${store.id} ${entities.join(",")}`,
    symbol: "",
    data: { store: store.name, services: names, entities, fix: fixData(owner, place, entity ?? first?.entity) },
  };
}

function writes(user: User): number {
  return user.accesses.filter((a) => a.access === "write").length;
}

function rank(access: StoreAccess, entities: readonly string[]): number {
  return (access.entity !== undefined && entities.includes(access.entity) ? 0 : 4) + (access.access === "write" ? 0 : access.access === "read" ? 1 : 2);
}

/** A place in a library that several services run says less than one in the service's own code. */
function isLent({ place, service }: StoreAccess, users: readonly User[]): boolean {
  const root = users.flatMap((u) => u.services).find((s) => s.id === service)?.root ?? "";
  return root !== "" && !place.path.startsWith(`${root}/`);
}

function sharedEntities(users: readonly User[]): readonly string[] {
  const seen = new Map<string, number>();
  for (const user of users) for (const entity of new Set(user.accesses.flatMap((a) => (a.entity === undefined ? [] : [a.entity])))) seen.set(entity, (seen.get(entity) ?? 0) + 1);
  return [...seen].filter(([, count]) => count > 1).map(([entity]) => entity).sort();
}

function relatedOf(store: Store, users: readonly User[]): readonly Related[] {
  const places = new Map<string, Related>();
  const add = (place: Place, says: string): void => {
    const key = `${place.path}#${place.at}`;
    if (!places.has(key)) places.set(key, { ...place, says });
  };
  for (const user of users) {
    const name = user.services[0]?.name ?? user.owner;
    for (const access of user.accesses.filter((a) => a.access === "connect")) add(access.place, `${name} connects here`);
    for (const access of user.accesses.filter((a) => a.access !== "connect").slice(0, 8)) add(access.place, `${name} ${access.access === "write" ? "writes" : "reads"} ${access.entity ?? store.name}`);
  }
  for (const place of store.places) add(place, `${store.name} is named here`);
  return [...places.values()];
}

function fixData(owner: User | undefined, place: Place, entity: string | undefined): DatabaseFixData | undefined {
  if (entity === undefined || !/\.[cm]?[jt]sx?$/.test(place.path)) return undefined;
  const name = owner?.services[0]?.name;
  return { path: place.path, entity, ...(name === undefined ? {} : { owner: name }) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
