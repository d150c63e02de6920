/** What of a scene is seen while some of its groups are folded: each folded group is one node, and edges are drawn to it. */
import { groupedBy } from "../model/grouped.ts";
import type { Scene, SceneEdge, SceneFinding, SceneGroup, SceneNode } from "../protocol/scene.ts";
import { bundled } from "./bundles.ts";
import { counted } from "./scene.ts";

/** More nodes than this nobody can read: groups fold by themselves until no more are seen. */
export const mostNodes = 600;

export interface Folding {
  readonly folded: readonly string[];
  readonly opened: readonly string[];
}

/** The scene with its groups folded or open, and how many nodes are folded away because there would be too many. */
export function foldedScene(scene: Scene, { folded, opened }: Folding): { readonly scene: Scene; readonly tooMany: number } {
  const named = { folded: new Set(folded), opened: new Set(opened) };
  const whole = unpacked(bundled(scene, "alike"), named.opened);
  const isClosed = (group: SceneGroup): boolean => named.folded.has(group.id) || (!named.opened.has(group.id) && isBundleOfOthers(group, whole));
  const closed = new Set((whole.groups ?? []).filter(isClosed).map(({ id }) => id));
  const seen = closedScene(whole, closed);
  if (seen.nodes.length <= mostNodes) return { scene: seen, tooMany: 0 };
  const fewer = crowded(whole, closed);
  return { scene: fewer, tooMany: whole.nodes.length - fewer.nodes.filter(({ kind }) => kind !== "group").length };
}

/** Endpoints that are asked for stand among the others of their service. */
function unpacked({ nodes, edges, groups = [] }: Scene, opened: ReadonlySet<string>): Scene {
  const gone = new Map(groups.flatMap(({ id, kind, parent }) => (kind === "bundle" && opened.has(id) && groups.some((one) => one.id === parent && one.kind === "service") ? [[id, parent] as const] : [])));
  if (gone.size === 0) return { nodes, edges, groups };
  const home = (node: SceneNode): SceneNode => {
    const parent = node.group === undefined ? undefined : gone.get(node.group);
    return parent === undefined ? node : { ...node, group: parent };
  };
  return { nodes: nodes.map(home), edges, groups: groups.filter(({ id }) => !gone.has(id)) };
}

/** What stands outside is told in sum; services are what the map is about. */
function isBundleOfOthers({ kind, id }: SceneGroup, { nodes }: Scene): boolean {
  return kind === "bundle" && nodes.some((node) => node.group === id && node.opens === undefined && node.kind !== "service" && node.kind !== "foreign" && node.kind !== "frontend");
}

/** Folds the largest groups first; where they do not suffice, things of one kind become groups, too. */
function crowded(whole: Scene, closed: ReadonlySet<string>): Scene {
  let [scene, shut] = [whole, new Set(closed)];
  for (const step of ["groups", "kinds"] as const) {
    if (step === "kinds") scene = bundled(whole, "kind");
    const sizes = new Map<string, number>();
    for (const { group } of scene.nodes) for (const id of ancestors(group, scene)) sizes.set(id, (sizes.get(id) ?? 0) + 1);
    for (const [id] of [...sizes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
      shut = new Set([...shut, id]);
      const seen = closedScene(scene, shut);
      if (seen.nodes.length <= mostNodes) return seen;
    }
  }
  return closedScene(scene, shut);
}

function ancestors(group: string | undefined, { groups = [] }: Scene): readonly string[] {
  const found: string[] = [];
  for (let at = group; at !== undefined && !found.includes(at); at = groups.find(({ id }) => id === at)?.parent) found.push(at);
  return found;
}

function closedScene(scene: Scene, closed: ReadonlySet<string>): Scene {
  const groups = scene.groups ?? [];
  const byId = new Map(groups.map((group) => [group.id, group] as const));
  const groupOf = new Map(scene.nodes.flatMap(({ id, group }) => (group === undefined ? [] : [[id, group] as const])));
  /** The outermost closed group around a group, else undefined. */
  const hidingIn = (group: string | undefined): string | undefined => ancestorsOf(group).findLast((id) => closed.has(id));
  const hiding = new Map(scene.nodes.map(({ id, group }) => [id, hidingIn(group)] as const));
  const stands = (id: string): string => hiding.get(id) ?? frameOf(id) ?? id;
  const nodes = scene.nodes.filter(({ id }) => hiding.get(id) === undefined);
  const members = new Map<string, SceneNode[]>();
  for (const node of scene.nodes) {
    const group = hiding.get(node.id);
    if (group !== undefined) members.set(group, [...(members.get(group) ?? []), node]);
  }
  const folded = groups.flatMap((group) => (members.has(group.id) ? [groupNode(group, members.get(group.id) ?? [])] : []));
  return {
    nodes: [...nodes, ...folded].sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: mergedEdges(scene.edges, stands),
    groups: groups.filter(({ id, parent }) => !closed.has(id) && hidingIn(parent) === undefined && scene.nodes.some(({ group }) => ancestorsOf(group).includes(id))),
  };

  function ancestorsOf(group: string | undefined): readonly string[] {
    const found: string[] = [];
    for (let at = group; at !== undefined && !found.includes(at); at = byId.get(at)?.parent) found.push(at);
    return found;
  }

  /** Edges of what stands in an open bundle end at its frame. */
  function frameOf(id: string): string | undefined {
    const group = groupOf.get(id);
    return group !== undefined && byId.get(group)?.kind === "bundle" ? group : undefined;
  }
}

function groupNode({ id, name, parent, kind }: SceneGroup, inside: readonly SceneNode[]): SceneNode {
  const findings = new Map(inside.flatMap((node) => node.findings.map((finding) => [finding.id, finding] as const)));
  const names = inside.map((node) => node.name).sort();
  const detail = kind === "bundle" ? names.join(", ") : summary(inside);
  return { id, kind: "group", name, detail, findings: [...findings.values()], opens: id, members: inside.map((node) => node.id), ...(parent === undefined ? {} : { group: parent }) };
}

/** `5 services, 3 stores`. */
function summary(nodes: readonly SceneNode[]): string {
  const sorts = [
    ["service", nodes.filter(({ kind }) => kind === "service" || kind === "frontend" || kind === "foreign").length],
    ["store", nodes.filter(({ kind }) => kind === "store").length],
    ["channel", nodes.filter(({ kind }) => kind === "channel").length],
  ] as const;
  return sorts.flatMap(([noun, count]) => (count === 0 ? [] : [counted(count, noun)])).join(", ");
}

function mergedEdges(edges: readonly SceneEdge[], stands: (id: string) => string): readonly SceneEdge[] {
  const alone: SceneEdge[] = [];
  const moved: SceneEdge[] = [];
  for (const edge of edges) {
    const [from, to] = [stands(edge.from), stands(edge.to)];
    if (from === edge.from && to === edge.to) alone.push(edge);
    else if (from !== to) moved.push({ ...edge, from, to });
  }
  const bundles = groupedBy(moved, ({ from, to, flow }) => `${from}⇒${to}:${flow}`);
  return [...alone, ...[...bundles].flatMap(([id, parts]) => mergedEdge(id, parts))].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function mergedEdge(id: string, parts: readonly SceneEdge[]): readonly SceneEdge[] {
  const [first] = parts;
  if (first === undefined) return [];
  if (parts.length === 1) return [{ ...first, id, stands: [first.id] }];
  const bare = parts.filter(({ isBare }) => isBare).length;
  const missing = parts.flatMap(({ marks }) => marks.filter(({ tone }) => tone === "bad")).slice(0, 1);
  const findings = new Map<string, SceneFinding>(parts.flatMap((part) => part.findings.map((finding) => [finding.id, finding] as const)));
  const verbs = new Set(parts.map(({ verb }) => verb));
  const text = bare > 0 && bare < parts.length ? `${bare} of ${parts.length}` : `${parts.length}×`;
  return [
    {
      ...first,
      id,
      verb: verbs.size === 1 ? first.verb : "talks to",
      stands: parts.map((part) => part.id),
      isBare: bare > 0,
      marks: [{ text, tone: "quiet" }, ...missing],
      findings: [...findings.values()],
      sources: parts.flatMap(({ sources }) => sources),
    },
  ];
}
