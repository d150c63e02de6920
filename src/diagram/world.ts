/** All that a map can show of one analysis: the scene of its services, and on demand the endpoints inside them. */
import type { Finding } from "../model/finding.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { Scene } from "../protocol/scene.ts";
import { endpointsWithin, type Inside } from "./endpoints.ts";
import { withFolders } from "./folders.ts";
import { sceneOf } from "./scene.ts";

export interface World {
  /** The scene with the endpoints of these services in their places. */
  open(services: ReadonlySet<string>): Scene;
}

/** `prefix` tells the ids of several systems on one sheet apart; `name` is the frame around this one, where there are several. */
export function worldOf(knowledge: Knowledge, findings: readonly Finding[], prefix = "", name?: string): World {
  const scene = withFolders(sceneOf(knowledge.model, findings), knowledge.model);
  const inside = new Map<string, Inside>();
  return {
    open: (services) => {
      const opened = [...services].flatMap((id) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : [])).filter((id) => scene.nodes.some((node) => node.id === id && node.opens !== undefined));
      const known = new Map(opened.map((id) => [id, remembered(id)] as const));
      return prefixed(known.size === 0 ? scene : endpointsWithin({ scene, inside: known, knowledge, findings }), prefix, name);
    },
  };

  function remembered(service: string): Inside {
    const known = inside.get(service) ?? insideOf(service, knowledge);
    inside.set(service, known);
    return known;
  }
}

/** Several systems on one sheet. */
export function joinedWorld(worlds: readonly World[]): World {
  return {
    open: (services) => {
      const scenes = worlds.map((world) => world.open(services));
      return { nodes: scenes.flatMap(({ nodes }) => nodes), edges: scenes.flatMap(({ edges }) => edges), groups: scenes.flatMap(({ groups = [] }) => groups) };
    },
  };
}

function prefixed({ nodes, edges, groups = [] }: Scene, prefix: string, name: string | undefined): Scene {
  if (prefix === "") return { nodes, edges, groups };
  const frame = name === undefined ? undefined : `${prefix}folder:`;
  const long = (id: string): string => prefix + id;
  const inFrame = (group: string | undefined): string | undefined => (group === undefined ? frame : long(group));
  return {
    nodes: nodes.map((node) => {
      const group = inFrame(node.group);
      return {
        ...node,
        id: long(node.id),
        ...(group === undefined ? {} : { group }),
        ...(node.opens === undefined ? {} : { opens: long(node.opens) }),
        ...(node.broker === undefined ? {} : { broker: long(node.broker) }),
        ...(node.service === undefined ? {} : { service: long(node.service) }),
      };
    }),
    edges: edges.map((edge) => ({ ...edge, id: long(edge.id), from: long(edge.from), to: long(edge.to) })),
    groups: [
      ...(frame === undefined ? [] : [{ id: frame, kind: "folder" as const, name: name ?? "" }]),
      ...groups.map((group) => {
        const parent = inFrame(group.parent);
        return { ...group, id: long(group.id), ...(parent === undefined ? {} : { parent }) };
      }),
    ],
  };
}

function insideOf(service: string, { model, program }: Knowledge): Inside {
  const endpoints = model.endpoints.filter((endpoint) => endpoint.service === service);
  return {
    endpoints: endpoints.map((endpoint) => {
      const entries = program.entries.filter(({ place }) => place.path === endpoint.place.path && place.at <= endpoint.place.end && endpoint.place.at <= place.end);
      const sites = entries.flatMap((entry) => program.reach(entry.function)).map(({ site }) => site);
      return { endpoint, sites: [...new Set(sites)] };
    }),
  };
}
