import type { ArchitectureModel, Channel, Edge, Service } from "../model/architecture.ts";
import type { Finding, Place } from "../model/finding.ts";
import type { Flow, NodeKind, Scene, SceneEdge, SceneFinding, SceneNode, SceneSource } from "../protocol/scene.ts";
import { isBareCall, marksOf } from "./marks.ts";

/** What the map of a system shows. */
export function sceneOf(model: ArchitectureModel, findings: readonly Finding[]): Scene {
  const edges = [...callEdges(model, findings), ...channelEdges(model, findings)];
  const nodes = [...knownNodes(model, edges, findings)];
  const known = new Set(nodes.map(({ id }) => id));
  const strangers = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].filter((id) => !known.has(id));
  const all = [...nodes, ...strangers.map((id) => stranger(id, edges))];
  return {
    nodes: [...all].sort(byId),
    edges: [...edges].sort(byId),
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function* knownNodes(model: ArchitectureModel, edges: readonly SceneEdge[], findings: readonly Finding[]): Iterable<SceneNode> {
  const drawn = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const withChannels = new Set(model.channels.map(({ broker }) => broker));
  const first = (id: string): SceneSource | undefined => edges.find(({ from, to }) => from === id || to === id)?.sources[0];
  for (const service of model.services) yield serviceNode(service, model, findings);
  for (const { id, name, engine, places } of model.stores)
    yield node(id, "store", name, engine, places[0] === undefined ? first(id) : sourceOf(places[0]));
  for (const channel of model.channels) {
    const broker = model.brokers.find(({ id }) => id === channel.broker);
    yield { ...node(channel.id, "channel", channel.name, broker === undefined ? "messages" : brokerDetail(broker), first(channel.id)), ...(broker === undefined ? {} : { broker: broker.id }) };
  }
  // A broker is said under the names of its channels; alone it stands where no channel of it is known.
  for (const { id, name, engine } of model.brokers)
    if (drawn.has(id) || !withChannels.has(id)) yield node(id, "broker", name, engine === name ? "broker" : `${engine} broker`, first(id));
  for (const { id, name } of model.externals) yield node(id, "external", name, "outside", first(id));
}

function brokerDetail({ name, engine }: { readonly name: string; readonly engine: string }): string {
  return name === engine ? `${engine} topic` : `${engine} topic · ${name}`;
}

function serviceNode(service: Service, model: ArchitectureModel, findings: readonly Finding[]): SceneNode {
  const endpoints = model.endpoints.filter(({ service: of }) => of === service.id);
  const kind = service.language === "other" ? "foreign" : service.isFrontend ? "frontend" : "service";
  const words = {
    service: endpoints.length === 0 ? languages[service.language] : `${languages[service.language]} · ${counted(endpoints.length, "endpoint")}`,
    frontend: "front end in the browser",
    foreign: "another language",
  };
  const place = service.entryPoints[0] ?? endpoints[0]?.place ?? service.evidence.find((one) => one.place !== undefined)?.place;
  const mine = findings.filter((finding) => finding.service === service.name).map(findingOf);
  const opens = endpoints.length === 0 ? {} : { opens: groupInside(service.id) };
  return { ...node(service.id, kind, service.name, words[kind], place === undefined ? undefined : sourceOf(place)), findings: mine, ...opens };
}

/** The frame around a service and its endpoints. */
export function groupInside(service: string): string {
  return `inside:${service}`;
}

const languages: Readonly<Record<Service["language"], string>> = { typescript: "TypeScript", javascript: "JavaScript", other: "" };

function node(id: string, kind: NodeKind, name: string, detail: string, source: SceneSource | undefined): SceneNode {
  return { id, kind, name, detail, findings: [], ...(source === undefined ? {} : { source }) };
}

/** An end of an edge that the model does not tell more about. */
function stranger(id: string, edges: readonly SceneEdge[]): SceneNode {
  return node(id, "unknown", id.replace(/^[a-z]+:/, ""), "not understood", edges.find(({ to }) => to === id)?.sources[0]);
}

function callEdges(model: ArchitectureModel, findings: readonly Finding[]): readonly SceneEdge[] {
  const channels = new Set(model.channels.map(({ name }) => name));
  return model.edges
    .filter((edge) => edge.kind !== "event" || edge.via === undefined || !channels.has(edge.via))
    .map((edge) => ({
      ...sceneEdge(edge, flowOf(edge), findings),
      verb: edge.via === undefined ? verbs[edge.kind] : `${verbs[edge.kind]} ${edge.via} to`,
    }));
}

const verbs: Readonly<Record<Edge["kind"], string>> = {
  http: "calls over HTTP",
  grpc: "calls over gRPC",
  event: "sends events to",
  db: "uses",
  other: "talks to",
};

function flowOf({ kind, policy, places }: Edge): Flow {
  if (kind === "event") return "async";
  return policy === undefined && (places.length === 0 || kind === "other") ? "unknown" : "sync";
}

function sceneEdge(edge: Edge, flow: Flow, findings: readonly Finding[]): SceneEdge {
  return {
    id: edge.id,
    kind: edge.kind,
    from: edge.from,
    to: edge.to,
    flow,
    verb: verbs[edge.kind],
    isBare: isBareCall(edge.kind, edge.policy),
    marks: marksOf(edge),
    findings: findingsAt(edge.places, findings),
    sources: sourcesOf(edge.places),
  };
}

/** An edge from each producer to the channel, and one from the channel to each consumer. */
function channelEdges(model: ArchitectureModel, findings: readonly Finding[]): readonly SceneEdge[] {
  return model.channels.flatMap((channel) => [
    ...ends(channel, "producers").map(([service, places]) => {
      const publish = model.edges.find(({ kind, from, via }) => kind === "event" && from === service && via === channel.name);
      return { ...channelEdge(service, channel.id, "publishes to", places, findings), marks: publish === undefined ? [] : marksOf(publish) };
    }),
    ...ends(channel, "consumers").map(([service, places]) => channelEdge(channel.id, service, "is consumed by", places, findings)),
  ]);
}

function ends(channel: Channel, side: "producers" | "consumers"): readonly (readonly [string, readonly Place[]])[] {
  const byService = new Map<string, Place[]>();
  for (const { service, place } of channel[side]) byService.set(service, [...(byService.get(service) ?? []), place]);
  return [...byService];
}

function channelEdge(from: string, to: string, verb: string, places: readonly Place[], findings: readonly Finding[]): SceneEdge {
  return { id: `${from}→${to}`, kind: "event", from, to, flow: "async", verb, isBare: false, marks: [], findings: findingsAt(places, findings), sources: sourcesOf(places) };
}

/** Findings that speak of one of the places: theirs lies in it, or one of their related places does. */
export function findingsAt(places: readonly SceneSource[], findings: readonly Finding[]): readonly SceneFinding[] {
  const isThere = (a: SceneSource): boolean => places.some((b) => meets(a, b));
  return findings.filter(({ place, related }) => isThere(place) || related.some(isThere)).map(findingOf);
}

export function meets(a: SceneSource, b: SceneSource): boolean {
  return a.path === b.path && a.at < b.end && b.at < a.end;
}

function findingOf({ rule, severity, wording, fingerprint }: Finding): SceneFinding {
  return { rule, severity, what: wording.what, id: fingerprint };
}

function sourcesOf(places: readonly Place[]): readonly SceneSource[] {
  return places.map(sourceOf);
}

function sourceOf({ path, at, end }: Place): SceneSource {
  return { path, at, end };
}

/** `1 finding`, `2 findings`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
