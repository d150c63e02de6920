/** Requests that leave a service: to another service, or to a third party. */
import type { BlindSpot, External, Service } from "../architecture.ts";
import type { Site } from "../knowledge.ts";
import type { Text } from "../text.ts";
import { evaluate, hostNamed, resolveText, routeFits } from "./addresses.ts";
import type { Listening } from "./channels.ts";
import { meets } from "./channels.ts";
import type { Link } from "./edges.ts";
import { BROKER_ENGINES, engineIn, sdkName, STORE_ENGINES } from "./engines.data.ts";
import type { Facts, Placed } from "./facts.ts";
import { isWithin, nameKey } from "./paths.ts";
import type { ServiceMap } from "./services.ts";

export interface CallView {
  readonly links: readonly Link[];
  readonly externals: readonly External[];
  readonly blindSpots: readonly BlindSpot[];
}

interface World {
  readonly map: ServiceMap;
  readonly facts: Facts;
  readonly listening: readonly Listening[];
}

type Outcome = { readonly is: "links"; readonly links: readonly Link[] } | { readonly is: "external"; readonly name: string; readonly link: Link } | { readonly is: "blind"; readonly why: string } | { readonly is: "nothing" };

export function callsOf(placed: readonly Placed[], listening: readonly Listening[], { map, facts }: Omit<World, "listening">): CallView {
  const world = { map, facts, listening };
  const book = addressBook(world);
  const outcomes = placed.flatMap(({ site, service }) => (site.effect === "request" || site.effect === "sdk" || isSocket(site) ? [{ site, service, outcome: outcomeOf(site, service, world) }] : []));
  const blind = outcomes.filter(({ outcome }) => outcome.is === "blind");
  const externals = new Map(outcomes.flatMap(({ outcome }) => (outcome.is === "external" ? [[outcome.name, { id: `external:${outcome.name}`, name: outcome.name }] as const] : [])));
  return {
    links: [
      ...outcomes.flatMap(({ outcome }) => (outcome.is === "links" ? outcome.links : outcome.is === "external" ? [outcome.link] : [])),
      ...blind.flatMap(({ site, service }) => byAddressBook(site, service, book)),
      ...grpcLinks(world),
      ...upstreamLinks(world),
    ],
    externals: [...externals.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    blindSpots: outcomes.flatMap(({ site, outcome }) => (outcome.is === "blind" ? [{ place: site.callee, why: outcome.why }] : [])),
  };
}

function outcomeOf(site: Site, service: Service, world: World): Outcome {
  if (isMail(site, world.facts)) return byMail(site, service, world);
  if (isSocket(site)) return bySocket(site, service, world);
  const kind = isRpc(site, world.facts) ? "grpc" : "http";
  const target = site.target.length > 0 ? site.target : (site.origin.target ?? []);
  // A message's pattern (`orders.create`) may look like a host, and is none.
  for (const address of [isPatterned(site) ? [] : target, site.origin.target ?? []]) {
    if (address.length === 0) continue;
    const found = byAddress(address, site, service, { world, kind });
    if (found !== undefined) return found;
  }
  const rpc = isPatterned(site) || kind === "grpc" ? byContract(site, service, world) : undefined;
  if (rpc !== undefined) return rpc;
  if (site.effect === "sdk") return bySdk(site, service);
  if (isEngines(site, world.facts)) return { is: "nothing" };
  const relative = byPath(target, site, service, world.map);
  if (relative !== undefined) return relative;
  return target.some((part) => part.is !== "known") || target.length === 0 ? { is: "blind", why: whyUnknown(target, service, world.map) } : { is: "nothing" };
}

/** A call that picks its address from a table at run time may go to each service whose address the same service reads. */
function byAddressBook(site: Site, service: Service, entriesOf: AddressBook): readonly Link[] {
  // An address that one variable holds is that one's, set or not.
  const isOfTable = site.target.every((part) => part.is !== "env");
  if (site.effect !== "request" || service.isFrontend || !isOfTable) return [];
  return entriesOf(service).map(({ to, evidence }) => linkTo(to, "http", { site, service, evidence }));
}

type AddressBook = (service: Service) => readonly { readonly to: string; readonly evidence: Link["evidence"] }[];

/** The services whose addresses a service reads. */
function addressBook({ map, facts }: World): AddressBook {
  const read = new Map<string, ReturnType<AddressBook>>();
  return (service) => {
    const known = read.get(service.id);
    if (known !== undefined) return known;
    const entries = facts.addressReads.filter(({ path }) => map.serviceOf(path).some((other) => other.id === service.id)).flatMap(({ address, place }) => {
      const resolved = resolveText(address, service, map);
      const callee = resolved.kind === "service" ? map.services.find((other) => other.id === resolved.id) : undefined;
      return resolved.kind === "service" && callee?.isFrontend === false ? [{ to: resolved.id, evidence: [{ says: "Its address is read here; which one a call takes is decided at run time", place }, ...resolved.why] }] : [];
    });
    read.set(service.id, entries);
    return entries;
  };
}

/** A client that was made for a gRPC service is an edge, whether or not its calls could be followed. */
function grpcLinks({ map, facts, listening }: World): readonly Link[] {
  return facts.grpcClients.flatMap((client) => map.serviceOf(client.path).flatMap((service) => {
    const name = evaluate(client.service, service, map).value;
    const serving = listening.filter(({ handler, service: other }) => handler.kind === "grpc-method" && other.id !== service.id && evaluate(handler.base ?? [], other, map).value === name);
    return serving.slice(0, 1).map(({ handler, service: other }) => ({ from: service.id, to: other.id, kind: "grpc" as const, via: name, place: client.place, evidence: [{ says: `${service.name} makes a client of ${name}`, place: client.place }, { says: `${other.name} serves it`, place: handler.place }] }));
  })); // prettier-ignore
}

/** Of the addresses that say so by themselves, those at which a service answers. */
function upstreamLinks({ map, facts }: World): readonly Link[] {
  return facts.upstreams.flatMap(({ path, place, address, by, isPath }) => map.serviceOf(path).flatMap((service): readonly Link[] => {
    const resolved = isPath ? undefined : resolveText(address, service, map);
    const to = resolved?.kind === "service" ? { id: resolved.id, why: resolved.why } : answeringPath(address, service, { map, isRouted: isPath === true });
    return to === undefined || to.id === service.id ? [] : [{ from: service.id, to: to.id, kind: "http", place, evidence: [{ says: by, place }, ...to.why] }];
  }));
}

function byAddress(address: Text, site: Site, service: Service, { world, kind }: { readonly world: World; readonly kind: "http" | "grpc" }): Outcome | undefined {
  const resolved = resolveText(address, service, world.map);
  if (resolved.kind === "service") return { is: "links", links: [linkTo(resolved.id, kind, { site, service, evidence: resolved.why })] };
  if (resolved.kind === "self") return { is: "nothing" };
  if (resolved.kind !== "external") return undefined;
  // A word that is no host: an RPC name, a path without a slash, a key.
  if (resolved.scheme === undefined && resolved.port === undefined && !resolved.id.includes(".") && !world.map.hosts.has(resolved.id)) return undefined;
  return { is: "external", name: resolved.id, link: linkTo(`external:${resolved.id}`, kind, { site, service, evidence: resolved.why }) };
}

function linkTo(to: string, kind: Link["kind"], from: { readonly site: Site; readonly service: Service; readonly evidence: Link["evidence"]; readonly via?: string }): Link {
  return { from: from.service.id, to, kind, ...(from.via === undefined ? {} : { via: from.via }), place: from.site.callee, site: from.site, evidence: [{ says: `\`${from.site.calleeText}\` in ${from.service.name}`, place: from.site.callee }, ...from.evidence] };
}

function isRpc(site: Site, facts: Facts): boolean {
  if (/grpc|connectrpc|nice-grpc|Grpc/.test(`${site.library} ${site.origin.library} ${site.origin.type}`)) return true;
  const library = facts.catalog.find(site.library);
  return library !== undefined && library.category.includes("rpc") && !library.category.includes("queue") && !library.category.includes("http-client");
}

/** A message that is answered: its pattern, and not an address, says who answers. */
function isPatterned(site: Site): boolean {
  return site.verb === "rpc" || /ClientProxy/.test(site.origin.type);
}

/** Transports of a framework's clients that go through a broker. */
const OVER_BROKER = /^(?:RMQ|KAFKA|NATS|MQTT|REDIS)$/;

/** The service whose handler answers the pattern, or whose gRPC controller has the name. */
function byContract(site: Site, service: Service, { map, listening }: World): Outcome | undefined {
  const names = [site.target, site.origin.target ?? []].map((text) => evaluate(text, service, map).value).filter((name) => name !== "");
  const answering = listening.filter(({ handler, service: other }) => {
    if (other.id === service.id) return false;
    const own = evaluate(handler.target, other, map).value;
    const base = evaluate(handler.base ?? [], other, map).value;
    if (handler.kind === "grpc-method") return names.some((name) => [base, `${base}.${own}`].includes(name) || name.endsWith(`.${base}`)) && base !== "";
    return handler.kind === "message-handler" && own !== "" && names.some((name) => meets(name, own));
  });
  if (answering.length === 0) return undefined;
  const overBroker = OVER_BROKER.test(site.origin.transport ?? "") || engineIn(BROKER_ENGINES, site.library) !== undefined || (site.origin.target !== undefined && resolveText(site.origin.target, service, map).kind === "broker");
  const links = answering.map(({ handler, service: other }) => {
    const kind = handler.kind === "grpc-method" ? "grpc" : overBroker ? "event" : "http";
    const via = names[0];
    return linkTo(other.id, kind, { site, service, evidence: [{ says: `${other.name} answers it`, place: handler.place }], ...(via === undefined ? {} : { via }) });
  });
  return { is: "links", links };
}

/** Events on a socket: no broker stands between the two ends, and the one that connects is the one that depends. */
export function isSocket({ library }: Site): boolean {
  return /^socket\.io(?:-client)?$/.test(library);
}

function bySocket(site: Site, service: Service, world: World): Outcome {
  const found = site.origin.target === undefined || site.library === "socket.io" ? undefined : byAddress(site.origin.target, site, service, { world, kind: "http" });
  return found ?? { is: "nothing" };
}

function isMail(site: Site, { catalog }: Facts): boolean {
  return site.effect === "sdk" && catalog.find(site.library)?.category.includes("email") === true;
}

/** A request that is answered, as `http` stands for. Mail goes to a relay, which is what the transport was made with; whom a letter is for says nothing of that. */
function byMail(site: Site, service: Service, { map }: World): Outcome {
  const resolved = site.origin.target === undefined ? undefined : resolveText(site.origin.target, service, map);
  if (resolved?.kind === "service") return { is: "links", links: [linkTo(resolved.id, "http", { site, service, evidence: resolved.why })] };
  const relay = resolved?.kind === "external" || resolved?.kind === "unknown" ? (resolved.host ?? resolved.id) : "";
  if (resolved === undefined || relay === "" || relay === "localhost") return bySdk(site, service);
  const name = map.backings.some(({ workload }) => workload.name === resolved.id) ? resolved.id : relay;
  return { is: "external", name, link: linkTo(`external:${name}`, "http", { site, service, evidence: resolved.why }) };
}

/** A workflow, activity or handler that an engine runs: the engine is asked, whoever it has run it. */
export function isEngines(site: Site, { catalog }: Pick<Facts, "catalog">): boolean {
  return catalog.find(site.library)?.category.includes("workflow") === true;
}

function bySdk(site: Site, service: Service): Outcome {
  if (engineIn(STORE_ENGINES, site.library) !== undefined) return { is: "nothing" };
  const name = sdkName(site.library, site.origin.maker);
  return { is: "external", name, link: linkTo(`external:${name}`, "http", { site, service, evidence: [{ says: `${site.library} speaks to ${name}` }] }) };
}

/** A path without a host: what a page asks of its own origin, where an Ingress or the only server answers. */
function byPath(target: Text, site: Site, service: Service, map: ServiceMap): Outcome | undefined {
  const answering = answeringPath(target, service, { map, isRouted: false });
  return answering === undefined ? undefined : { is: "links", links: [linkTo(answering.id, "http", { site, service, evidence: answering.why })] };
}

/** `isRouted`: only where a gateway says so. */
function answeringPath(target: Text, service: Service, { map, isRouted }: { readonly map: ServiceMap; readonly isRouted: boolean }): { readonly id: string; readonly why: Link["evidence"] } | undefined {
  const path = evaluate(target, service, map).value.replace(/^\{[^}]*\}/, "");
  if (!service.isFrontend || !path.startsWith("/")) return undefined;
  const rules = [...map.ingress].filter((rule) => routeFits(rule.path, path) && !(isRouted && rule.path === "/")).sort((a, b) => own(b) - own(a) || b.path.length - a.path.length);
  for (const rule of rules) {
    const host = hostNamed(rule.service.toLowerCase(), service, map);
    if (host?.is === "service" && host.service.id !== service.id) return { id: host.service.id, why: [{ says: `A gateway sends \`${rule.path}\` to ${host.service.name}` }] };
  }
  if (isRouted) return undefined;
  const gateway = map.services.find((other) => !other.isFrontend && /gateway|bff|proxy|edge/.test(nameKey(other.name)));
  const servers = map.services.filter((other) => !other.isFrontend);
  const answering = gateway ?? (servers.length === 1 ? servers[0] : undefined);
  return answering === undefined ? undefined : { id: answering.id, why: [{ says: `Paths of its own origin are answered by ${answering.name}` }] };

  /** Its own web server's configuration goes before that of others. */
  function own({ scope }: { readonly scope: string }): number {
    return service.root !== "" && isWithin(scope, service.root) ? 1 : 0;
  }
}

function whyUnknown(target: Text, service: Service, map: ServiceMap): string {
  const isSet = (name: string): boolean => (map.environmentOf(service)[name]?.value ?? "") !== "";
  const hole = target.find((part) => part.is !== "known" && !(part.is === "env" && (isSet(part.name) || part.fallback !== undefined)));
  if (hole?.is === "env") return `\`${hole.name}\` is set nowhere in the workspace, so the target of this call is not known`;
  if (hole?.is === "parameter") return `The address is the parameter \`${hole.name}\`, which no caller that was found fills`;
  return hole?.is === "hole" ? `The target of this call is not known: ${hole.why}` : "The target of this call is not known";
}
