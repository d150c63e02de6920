/** Where the keys lead on a picture: neighbours, edges, findings, names that match. Pure. */
import type { Picture, PictureEdge, PictureNode } from "../protocol/scene.ts";

export type Direction = "left" | "right" | "up" | "down";

/** The nearest node in a direction; what lies straight ahead counts as nearer. */
export function nodeTowards({ nodes }: Picture, from: { readonly x: number; readonly y: number }, direction: Direction): PictureNode | undefined {
  const sign = direction === "left" || direction === "up" ? -1 : 1;
  const isSideways = direction === "left" || direction === "right";
  const ranked = nodes.flatMap((node) => {
    const [dx, dy] = [node.x - from.x, node.y - from.y];
    const [ahead, aside] = isSideways ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
    return ahead > 8 ? [{ node, cost: ahead + aside * 2 }] : [];
  });
  return ranked.sort((a, b) => a.cost - b.cost)[0]?.node;
}

export function edgesOf({ edges }: Picture, node: string): readonly PictureEdge[] {
  return [...edges.filter(({ from }) => from === node), ...edges.filter(({ to, from }) => to === node && from !== node)];
}

/** The edge after the active one among those of a node: of the one that is active, or that was when the walk began. */
export function nextEdge(picture: Picture, active: string | undefined, walked: string | undefined): { readonly next: string; readonly around: string } | undefined {
  const edge = picture.edges.find(({ id }) => id === active);
  const around = edge === undefined ? active : (walked ?? edge.from);
  if (around === undefined) return undefined;
  const edges = edgesOf(picture, around);
  const next = edges[(edges.findIndex(({ id }) => id === active) + 1) % edges.length];
  return next === undefined ? undefined : { next: next.id, around };
}

/** Ids of what lies within so many edges of a node: nodes, and the edges between them. */
export function neighbourhood(picture: Picture, node: string, depth: number): ReadonlySet<string> {
  let nodes = new Set([node]);
  for (let step = 0; step < depth; step++) {
    const wider = new Set(nodes);
    for (const { from, to } of picture.edges) if (nodes.has(from) || nodes.has(to)) wider.add(from).add(to);
    nodes = wider;
  }
  return withEdges(picture, nodes, depth === 1 ? ({ from, to }) => from === node || to === node : () => true);
}

/** Ids on the shortest ways from one node to another, along the edges; where there is none, on those the other way round. */
export function between(picture: Picture, from: string, to: string): ReadonlySet<string> {
  const there = along(picture, from, to);
  return there.size > 0 ? there : along(picture, to, from);
}

function along({ edges }: Picture, from: string, to: string): ReadonlySet<string> {
  const distance = new Map([[from, 0]]);
  // A map that grows while it is walked: breadth first.
  for (const [id, steps] of distance) for (const edge of edges) if (edge.from === id && !distance.has(edge.to)) distance.set(edge.to, steps + 1);
  const found = new Set<string>();
  if (!distance.has(to) || from === to) return found;
  const back = new Set([to]);
  for (const id of back)
    for (const edge of edges)
      if (edge.to === id && (distance.get(edge.from) ?? Infinity) + 1 === distance.get(id)) {
        found.add(edge.id).add(edge.from).add(edge.to);
        back.add(edge.from);
      }
  return found;
}

function withEdges({ edges }: Picture, nodes: ReadonlySet<string>, isWanted: (edge: PictureEdge) => boolean): ReadonlySet<string> {
  return new Set([...nodes, ...edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to) && isWanted(edge)).map(({ id }) => id)]);
}

/** Nodes and edges with findings, from the top of the sheet down. */
export function withFindings({ nodes, edges }: Picture): readonly string[] {
  return [...nodes, ...edges].filter(({ findings }) => findings > 0).sort((a, b) => a.y - b.y || a.x - b.x).map(({ id }) => id);
}

/** Ids of nodes that a search finds, best first; every word must be there. */
export function matches({ nodes }: Picture, query: string): readonly string[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  const found = nodes.filter((node) => words.every((word) => `${node.name} ${node.keywords}`.toLowerCase().includes(word)));
  const rank = ({ name }: PictureNode): number => {
    const at = name.toLowerCase().indexOf(words[0] ?? "");
    return at < 0 ? 1000 : at * 10 + name.length / 100;
  };
  return found.sort((a, b) => rank(a) - rank(b)).map(({ id }) => id);
}
