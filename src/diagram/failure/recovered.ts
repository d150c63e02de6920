import type { ArchitectureModel, Channel, Edge } from "../../model/architecture.ts";
import type { Finding, Place } from "../../model/finding.ts";
import { guardOf } from "./guard.ts";
import { bareGuard, unknownGuard, type EdgeFinding, type FailureEdge, type FailureNode, type FailureSystem } from "./system.ts";

/** The recovered architecture as the simulator sees it, under the ids of its scene. `prefix` as with `sceneOf`. */
export function failureSystemOf(model: ArchitectureModel, findings: readonly Finding[], prefix = ""): FailureSystem {
  const edges = [...callEdges(model, findings), ...model.channels.flatMap((channel) => channelEdges(channel, model, findings))];
  const known = knownNodes(model);
  const ids = new Set(known.map(({ id }) => id));
  const strangers = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].filter((id) => !ids.has(id));
  const nodes = [...known, ...strangers.map((id): FailureNode => ({ id, name: id.replace(/^[a-z]+:/, ""), kind: "external" }))];
  return {
    nodes: nodes.map((node) => ({ ...node, id: prefix + node.id, ...(node.broker === undefined ? {} : { broker: prefix + node.broker }) })),
    edges: edges.map((edge) => ({ ...edge, id: prefix + edge.id, from: prefix + edge.from, to: prefix + edge.to })),
  };
}

/** Several systems on one sheet. Their ids differ already. */
export function joinedSystem(systems: readonly FailureSystem[]): FailureSystem {
  return { nodes: systems.flatMap(({ nodes }) => nodes), edges: systems.flatMap(({ edges }) => edges) };
}

function knownNodes(model: ArchitectureModel): readonly FailureNode[] {
  return [
    ...model.services.map(({ id, name }): FailureNode => ({ id, name, kind: "service" })),
    ...model.stores.map(({ id, name, engine }): FailureNode => ({ id, name, kind: /redis|valkey|memcache|dragonfly|keydb/i.test(engine) ? "cache" : "store" })),
    ...model.channels.map(({ id, name, broker }): FailureNode => ({ id, name, kind: "channel", ...(broker === undefined ? {} : { broker }) })),
    ...model.brokers.map(({ id, name }): FailureNode => ({ id, name, kind: "broker" })),
    ...model.externals.map(({ id, name }): FailureNode => ({ id, name, kind: "external" })),
  ];
}

function callEdges(model: ArchitectureModel, findings: readonly Finding[]): readonly FailureEdge[] {
  const channels = new Set(model.channels.map(({ name }) => name));
  const brokers = new Set(model.brokers.map(({ id }) => id));
  return model.edges
    .filter(({ kind, via }) => kind !== "event" || via === undefined || !channels.has(via))
    .map((edge) => ({
      id: edge.id,
      from: edge.from,
      to: edge.to,
      way: wayOf(edge, brokers),
      guard: edge.policy === undefined ? unknownGuard : guardOf(edge.policy),
      findings: findingsAt(edge.places, findings),
    }));
}

function wayOf({ kind, policy, places, to }: Edge, brokers: ReadonlySet<string>): FailureEdge["way"] {
  if (kind === "event") return brokers.has(to) ? "publish" : "send";
  return policy === undefined && (places.length === 0 || kind === "other") ? "named" : "call";
}

function channelEdges(channel: Channel, model: ArchitectureModel, findings: readonly Finding[]): readonly FailureEdge[] {
  const edge = (from: string, to: string): Pick<FailureEdge, "id" | "from" | "to"> => ({ id: `${from}→${to}`, from, to });
  return [
    ...placesBy(channel.producers).map(([service, places]): FailureEdge => {
      const publish = model.edges.find(({ kind, from, via }) => kind === "event" && from === service && via === channel.name);
      return { ...edge(service, channel.id), way: "publish", guard: publish?.policy === undefined ? unknownGuard : guardOf(publish.policy), findings: findingsAt(places, findings) };
    }),
    ...placesBy(channel.consumers).map(([service, places]): FailureEdge => ({ ...edge(channel.id, service), way: "deliver", guard: bareGuard, findings: findingsAt(places, findings) })),
  ];
}

function placesBy(ends: Channel["producers"]): readonly (readonly [string, readonly Place[]])[] {
  const places = new Map<string, Place[]>();
  for (const { service, place } of ends) places.set(service, [...(places.get(service) ?? []), place]);
  return [...places];
}

function findingsAt(places: readonly Place[], findings: readonly Finding[]): readonly EdgeFinding[] {
  const meets = (a: Place): boolean => places.some((b) => a.path === b.path && a.at < b.end && b.at < a.end);
  return findings
    .filter(({ place, related }) => meets(place) || related.some(meets))
    .map(({ rule, fingerprint, place }) => ({ rule, fingerprint, path: place.path, at: place.at, end: place.end }));
}
