/** Edges of services whose code is not read: what their manifests' variables lead to. */
import type { Edge, External, Service } from "../architecture.ts";
import { hostNamed, isLoopback, resolveText, type ResolvedAddress } from "./addresses.ts";
import { infrastructureOfEngine } from "./infrastructure.ts";
import type { Link } from "./edges.ts";
import { isWithin } from "./paths.ts";
import type { ProxyRule } from "./nginx.ts";
import type { ServiceMap } from "./services.ts";

export function manifestLinks(map: ServiceMap): { readonly links: readonly Link[]; readonly externals: readonly External[] } {
  const stored = map.services.flatMap((service) => objectStoreLinks(service, map));
  const externals = new Map(stored.map((link) => [link.to, { id: link.to, name: link.to.replace(/^external:/, "") }]));
  return { links: [...map.services.filter((service) => service.language === "other").flatMap((service) => linksOf(service, map)), ...stored, ...map.services.flatMap((service) => proxyLinks(service, map))], externals: [...externals.values()] };
}

/** A service with a web server in front, pages mostly, passes on to others what its own configuration says. */
function proxyLinks(service: Service, map: ServiceMap): readonly Link[] {
  const roots = [...(service.root === "" ? [] : [service.root]), ...map.workloadsOf(service).flatMap(({ mounts }) => mounts)];
  return map.proxied.filter(({ place }) => roots.some((root) => isWithin(place.path, root))).flatMap((rule): readonly Link[] => {
    const to = passedTo(rule, service, map);
    if (to === undefined || to.id === service.id) return [];
    return [{ from: service.id, to: to.id, kind: rule.kind, place: rule.place, evidence: [{ says: `${rule.by} passes \`${rule.path}\` on to ${to.name}`, place: rule.place }] }];
  });
}

/** On the developer's own machine the port tells who answers. */
function passedTo({ service: host, address }: ProxyRule, from: Service, map: ServiceMap): Service | undefined {
  const named = hostNamed(host, from, map);
  if (named?.is === "service") return named.service;
  const resolved = address === undefined || !isLoopback(host) ? undefined : resolveText([{ is: "known", text: address }], from, map);
  return resolved?.kind === "service" ? map.services.find((service) => service.id === resolved.id) : undefined;
}

/** Object stores speak HTTP through SDKs of many kinds; a service that is given the address of one uses it. */
function objectStoreLinks(service: Service, map: ServiceMap): readonly Link[] {
  const own = Object.entries(service.environment).filter(([, { place }]) => service.root !== "" && place.path.startsWith(`${service.root}/`) || map.workloadsOf(service).some((workload) => Object.values(workload.environment).some((each) => each.place === place)));
  return own.flatMap(([name, variable]): readonly Link[] => {
    const resolved = variable.value.includes("://") ? resolveText([{ is: "known", text: variable.value }], service, map) : undefined;
    if (resolved?.kind !== "external" || resolved.engine === undefined || infrastructureOfEngine(resolved.engine)?.kind !== "external") return [];
    return [{ from: service.id, to: `external:${resolved.id}`, kind: "http", place: variable.place, evidence: [{ says: `\`${name}\` is the address of ${resolved.id}`, place: variable.place }, ...resolved.why] }];
  });
}

function linksOf(service: Service, map: ServiceMap): readonly Link[] {
  const given = { ...service.environment };
  const names = new Set(map.workloadsOf(service).flatMap((workload) => Object.keys(workload.environment)));
  const ofImage = new Set(Object.keys(given).filter((name) => /(?:^|\/)Dockerfile/i.test(given[name]?.place.path ?? "")));
  return Object.entries(given).flatMap(([name, variable]): readonly Link[] => {
    if (!names.has(name) && !ofImage.has(name)) return [];
    if (!/(?:ADDR|ADDRESS|URL|URI|HOST|HOSTNAME|ENDPOINT|SERVICE|UPSTREAM|TARGET|SERVER)S?$/i.test(name)) return [];
    const resolved = resolveText([{ is: "known", text: variable.value }], service, map);
    if (resolved.kind !== "service") return [];
    const callee = map.services.find((other) => other.id === resolved.id);
    if (callee === undefined || callee.isFrontend !== service.isFrontend && callee.isFrontend && !isCaller(service)) return [];
    return [{ from: service.id, to: resolved.id, kind: kindOf(resolved, callee, map), place: variable.place, evidence: [{ says: `\`${name}\` is \`${variable.value.slice(0, 80)}\``, place: variable.place }, ...resolved.why] }];
  });
}

/** Load generators call front ends; other services are told their address for links in mails and the like. */
function isCaller(service: Service): boolean {
  return /load|proxy|gateway|crawler|bot|monitor|probe/.test(service.name);
}

/** By scheme, else by the name of the port that answers (`grpc`), else what the callee's other ports say. */
function kindOf(resolved: ResolvedAddress, callee: Service, map: ServiceMap): Edge["kind"] {
  if (resolved.scheme !== undefined) return /^grpc/.test(resolved.scheme) ? "grpc" : "http";
  const ports = map.workloadsOf(callee).flatMap((workload) => workload.ports);
  const answering = ports.filter((port) => resolved.port === undefined || port.published === resolved.port || port.container === resolved.port);
  if (answering.some((port) => /grpc/i.test(port.name ?? ""))) return "grpc";
  if (answering.some((port) => /http/i.test(port.name ?? ""))) return "http";
  if (map.workloadsOf(callee).some((workload) => workload.speaksGrpc === true)) return "grpc";
  // An address without a scheme is what gRPC clients take; HTTP clients want a URL, or a host alone.
  return resolved.port !== undefined && !/^(?:80|443|3000|5000|8000|8080|8081|9000)$/.test(String(resolved.port)) ? "grpc" : "http";
}
