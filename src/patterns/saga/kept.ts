/** Where the state of a flow is kept: in which store, and in which service of the system. */
import type { Knowledge, Site } from "../../model/knowledge.ts";

const CACHES = new Set(["redis", "memcached", "valkey"]);

/** A service without writes to a database that has a key-value store keeps its records there. */
export function withoutDatabase(knowledge: Knowledge): (path: string) => boolean {
  const caches = new Set(knowledge.model.stores.filter((store) => CACHES.has(store.engine)).map((store) => store.id));
  const writers = new Set(knowledge.model.accesses.filter((access) => access.access === "write" && !caches.has(access.store)).map((access) => access.service));
  return (path) => {
    const services = knowledge.serviceOf(path);
    return services.length > 0 && services.every((service) => !writers.has(service.id));
  };
}

/** An entry, not a counter, a lock or a message. */
export function isKept(site: Site): boolean {
  return site.effect === "cache" && /^(?:set|setex|hset|hmset|lpush|rpush|sadd|zadd|json\.set)$/i.test(site.verb);
}

/** The service of this system that a call goes to. */
export function servicesOf(knowledge: Knowledge): (site: Site) => string | undefined {
  const services = new Set(knowledge.model.services.map((service) => service.id));
  const ends = new Map<string, string>();
  for (const edge of knowledge.model.edges) if (services.has(edge.to)) for (const site of edge.sites) ends.set(site, edge.to);
  return (site) => ends.get(site.id);
}
