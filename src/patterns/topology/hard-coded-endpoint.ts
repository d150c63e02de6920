import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge, Site } from "../../model/knowledge.ts";
import { outboundRequests } from "../scope.ts";
import { type EndpointFixData, endpointFixes } from "./fix-endpoint.ts";

export interface HardCodedEndpoint {
  /** `http://inventory:3003` */
  readonly address: string;
  readonly service: string;
  readonly fix: EndpointFixData;
}

export default {
  id: "topology/hard-coded-endpoint",
  severity: "information",
  title: "A service's address is written into the code",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<HardCodedEndpoint>> {
    const services = new Map(knowledge.model.services.map((service) => [service.id, service]));
    const called = new Map(knowledge.model.edges.flatMap((edge) => edge.sites.map((site) => [site, services.get(edge.to)] as const)));
    const answered = new Set(knowledge.hops.flatMap(({ site, endpoint }) => (endpoint === undefined ? [] : [site])));
    const seen = new Set<string>();
    for (const site of outboundRequests(knowledge)) {
      const address = addressOf(site);
      const found = called.get(site.id);
      // Which service of several answers on this machine is told by the path; any other may be a helper beside the process.
      const service = address !== undefined && isLoopback(hostOf(address)) && !answered.has(site.id) ? undefined : found;
      if (address === undefined || (service === undefined && !isInternal(address))) continue;
      const place = site.origin.place && site.origin.target?.[0]?.is === "known" ? site.origin.place : site.place;
      const key = `${place.path} ${address}`;
      // One for each address of a file: they are changed together.
      if (seen.has(key)) continue;
      seen.add(key);
      const name = service?.name ?? (hostOf(address).split(".")[0] ?? "service");
      yield {
        place: place === site.place ? site.callee : { ...place, end: Math.min(place.end, place.at + 40) },
        confidence: "certain",
        evidence: [{ says: `${site.calleeText} calls ${address}`, place: site.callee }, ...(service ? [{ says: `which is ${service.name}`, ...(service.evidence[0]?.place ? { place: service.evidence[0].place } : {}) }] : [])],
        related: [],
        anchor: address,
        symbol: site.symbol,
        data: { address, service: name, fix: { path: place.path, address, variable: `${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}_URL` } },
      };
    }
  },

  word: ({ address, service }) => ({
    what: `The address of ${service.slice(0, 24)} is written into the code`,
    why: `Where ${address} means something else, in another environment, cluster or test, the code has to be changed and built again.`,
    instead: "Read it from the configuration, with what is written here as the default.",
  }),

  fixes: ({ fix }) => endpointFixes(fix),
} satisfies Rule<HardCodedEndpoint>;

/** Scheme and host of a target that is written down; not one that is only the default of a variable. */
function addressOf(site: Site): string | undefined {
  const [first] = site.target;
  return first?.is === "known" ? /^(https?:\/\/[^/?#\s{}$]+)/i.exec(first.text)?.[1] : undefined;
}

function hostOf(address: string): string {
  return address.replace(/^[a-z]+:\/\/(?:[^/@]*@)?/i, "").replace(/:\d+$/, "");
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal)/.test(host);
}

/** A name that only a cluster or an office network knows. The public address of a third party is its name. */
function isInternal(address: string): boolean {
  const host = hostOf(address);
  if (isLoopback(host)) return false;
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)\d/.test(host) || /\.(svc|local|internal|cluster\.local|lan|consul)$/i.test(host) || (/^[a-z][a-z\d-]*$/i.test(host) && /:\d+$/.test(address));
}
