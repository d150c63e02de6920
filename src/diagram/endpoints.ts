/** Services opened up: their endpoints as nodes, and each call drawn from the endpoint that makes it to the one that answers. */
import type { Endpoint } from "../model/architecture.ts";
import type { Finding, Place } from "../model/finding.ts";
import { weakest } from "../model/index.ts";
import type { Knowledge, Site } from "../model/knowledge.ts";
import type { Scene, SceneEdge, SceneGroup, SceneNode, SceneSource } from "../protocol/scene.ts";
import { isBareCall, marksOfPolicy } from "./marks.ts";
import { answering } from "./routes.ts";
import { findingsAt, groupInside } from "./scene.ts";

/** The endpoints of a service, each with the calls that a request to it comes to. */
export interface Inside {
  readonly endpoints: readonly { readonly endpoint: Endpoint; readonly sites: readonly Site[] }[];
}

export interface Opening {
  readonly scene: Scene;
  readonly inside: ReadonlyMap<string, Inside>;
  readonly knowledge: Knowledge;
  readonly findings: readonly Finding[];
}

export function endpointsWithin(opening: Opening): Scene {
  const { scene, inside } = opening;
  const byPlace = new Map(opening.knowledge.program.sites.map((site) => [keyOf(site.callee), site] as const));
  const nodes = scene.nodes.map((node) => (inside.has(node.id) ? opened(node) : node));
  const groups = scene.nodes.filter(({ id }) => inside.has(id)).map(frameOf);
  return {
    nodes: [...nodes, ...[...inside].flatMap(([service, { endpoints }]) => endpoints.map((one) => endpointNode(one, service, opening.findings)))].sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: scene.edges.flatMap((edge) => exploded(edge, byPlace, opening)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    groups: [...(scene.groups ?? []), ...groups],
  };
}

/** It stands in its own frame now, and the frame is what folds. */
function opened({ opens: _, ...node }: SceneNode): SceneNode {
  return { ...node, group: groupInside(node.id) };
}

function frameOf({ id, name, group }: SceneNode): SceneGroup {
  return { id: groupInside(id), kind: "service", name, ...(group === undefined ? {} : { parent: group }) };
}

const kinds: Readonly<Record<Endpoint["kind"], string>> = { http: "HTTP", grpc: "gRPC", message: "message handler", schedule: "schedule", graphql: "GraphQL" };

function endpointNode({ endpoint, sites }: Inside["endpoints"][number], service: string, findings: readonly Finding[]): SceneNode {
  return {
    id: endpoint.id,
    kind: "endpoint",
    name: endpoint.title,
    detail: kinds[endpoint.kind],
    findings: findingsAt(sites.map(({ callee }) => callee), findings),
    source: sourceOf(endpoint.place),
    group: groupInside(service),
    service,
  };
}

/** One edge of the services as the edges of their endpoints: each call site leaves where a request reaches it. */
function exploded(edge: SceneEdge, byPlace: ReadonlyMap<string, Site>, { inside, findings }: Opening): readonly SceneEdge[] {
  const [from, to] = [inside.get(edge.from), inside.get(edge.to)];
  if (from === undefined && to === undefined) return [edge];
  const parts = new Map<string, { readonly from: string; readonly to: string; readonly sources: SceneSource[] }>();
  for (const source of edge.sources) {
    const site = byPlace.get(keyOf(source));
    const callers = callersOf(source, from, site) ?? [edge.from];
    const target = to === undefined ? edge.to : (targetOf(source, to, site) ?? edge.to);
    for (const caller of callers) {
      const key = `${caller}→${target}`;
      const part = parts.get(key) ?? { from: caller, to: target, sources: [] };
      part.sources.push(source);
      parts.set(key, part);
    }
  }
  if (parts.size === 0) return [edge];
  return [...parts.values()].map((part) => {
    if (part.from === edge.from && part.to === edge.to && part.sources.length === edge.sources.length) return edge;
    const sites = part.sources.flatMap((source) => byPlace.get(keyOf(source)) ?? []);
    const policy = weakest(sites.map((site) => site.policy));
    const marks = policy === undefined || edge.marks.length === 0 ? edge.marks : marksOfPolicy(edge.kind ?? "other", policy);
    const id = part.from === edge.from && part.to === edge.to ? edge.id : `${edge.id}|${part.from}→${part.to}`;
    const isBare = policy === undefined ? edge.isBare : isBareCall(edge.kind ?? "other", policy);
    return { ...edge, id, from: part.from, to: part.to, marks, isBare, sources: part.sources, findings: findingsAt(part.sources, findings) };
  });

  function callersOf(source: SceneSource, side: Inside | undefined, site: Site | undefined): readonly string[] | undefined {
    if (side === undefined || site === undefined) return undefined;
    const key = keyOf(source);
    const found = side.endpoints.filter(({ sites }) => sites.some(({ callee }) => keyOf(callee) === key)).map(({ endpoint }) => endpoint.id);
    return found.length === 0 ? undefined : found;
  }

  function targetOf(source: SceneSource, side: Inside, site: Site | undefined): string | undefined {
    const endpoints = side.endpoints.map(({ endpoint }) => endpoint);
    // Where a channel leads is told by the place that consumes it.
    const consuming = endpoints.find(({ place }) => place.path === source.path && place.at < source.end && source.at < place.end);
    return consuming?.id ?? (site === undefined ? undefined : answering(site, endpoints)?.id);
  }
}

function keyOf({ path, at }: Pick<Place, "path" | "at">): string {
  return `${path}#${at}`;
}

function sourceOf({ path, at, end }: Place): SceneSource {
  return { path, at, end };
}
