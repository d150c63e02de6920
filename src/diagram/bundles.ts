/** Things of one kind that touch the same others, put together: twenty mail providers are one thing to whoever looks at the whole. */
import type { NodeKind, Scene, SceneGroup, SceneNode } from "../protocol/scene.ts";
import { counted } from "./scene.ts";

/** As many at least make a bundle; on a large map fewer do. */
const large = 30;
const fewestOnLarge = 3;
const fewest: Partial<Readonly<Record<NodeKind, number>>> = { external: 5, channel: 6, store: 6, broker: 4, endpoint: 6, unknown: 4, service: 5, foreign: 5, frontend: 5 };

/** alike: one kind, and the same neighbours. kind: one kind is enough, for scenes that are too large. */
export function bundled(scene: Scene, by: "alike" | "kind"): Scene {
  const bundles = new Map<string, SceneNode[]>();
  const neighbours = neighboursOf(scene);
  for (const node of scene.nodes) {
    const around = [...(neighbours.get(node.id) ?? [])].sort();
    // A service is told apart by what it does; those that nothing connects are alike.
    if (by === "alike" && isService(node) && (around.length > 0 || node.group !== undefined)) continue;
    const key = [sortOf(node), node.group ?? "", ...(by === "alike" ? around : [])].join("\n");
    bundles.set(key, [...(bundles.get(key) ?? []), node]);
  }
  const least = ({ kind }: SceneNode): number => (by === "kind" ? 2 : kind === "external" && scene.nodes.length > large ? fewestOnLarge : (fewest[kind] ?? Infinity));
  const groups = [...bundles].flatMap(([key, members]) => (members[0] === undefined || members.length < least(members[0]) ? [] : [[key, members, bundleOf(key, members, by)] as const]));
  const groupOf = new Map(groups.flatMap(([, members, { id }]) => members.map((member) => [member.id, id] as const)));
  return {
    nodes: scene.nodes.map((node) => (groupOf.has(node.id) ? { ...node, group: groupOf.get(node.id) ?? "" } : node)),
    edges: scene.edges,
    groups: [...(scene.groups ?? []), ...groups.map(([, , group]) => group)],
  };
}

function bundleOf(key: string, members: readonly SceneNode[], by: "alike" | "kind"): SceneGroup {
  const [first] = members;
  const parent = first?.group;
  const isAlone = by === "alike" && first !== undefined && isService(first);
  const name = isAlone ? "No connection found" : counted(members.length, nouns[first?.kind ?? "group"]);
  return { id: `bundle:${key.replaceAll("\n", " ")}`, kind: "bundle", name, ...(parent === undefined ? {} : { parent }) };
}

const nouns: Readonly<Record<NodeKind, string>> = {
  service: "service",
  frontend: "service",
  foreign: "service",
  store: "store",
  channel: "channel",
  broker: "broker",
  external: "outside system",
  unknown: "unknown target",
  endpoint: "endpoint",
  group: "group",
};

function sortOf({ kind }: SceneNode): string {
  return nouns[kind];
}

function isService({ kind }: SceneNode): boolean {
  return kind === "service" || kind === "frontend" || kind === "foreign";
}

/** Who touches a node from which side. */
function neighboursOf({ edges }: Scene): ReadonlyMap<string, ReadonlySet<string>> {
  const around = new Map<string, Set<string>>();
  const add = (id: string, other: string): void => {
    const known = around.get(id) ?? new Set<string>();
    known.add(other);
    around.set(id, known);
  };
  for (const { from, to } of edges) {
    add(from, `>${to}`);
    add(to, `<${from}`);
  }
  return around;
}
