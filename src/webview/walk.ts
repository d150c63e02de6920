/** Where the keys lead on a picture: neighbours, edges, findings, names that match. Pure. */
import type { Picture, PictureEdge, PictureNode } from "../protocol/scene.ts";

export type Direction = "left" | "right" | "up" | "down";

/** The nearest node in a direction; what lies straight ahead counts as nearer. */
export function nodeTowards({ nodes }: Picture, from: PictureNode, direction: Direction): PictureNode | undefined {
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

/** Ids of a node, its edges and the nodes at their other ends. */
export function neighbourhood(picture: Picture, node: string): ReadonlySet<string> {
  const edges = edgesOf(picture, node);
  return new Set([node, ...edges.flatMap(({ id, from, to }) => [id, from, to])]);
}

/** Nodes and edges with findings, from the top of the sheet down. */
export function withFindings({ nodes, edges }: Picture): readonly string[] {
  return [...nodes, ...edges].filter(({ findings }) => findings > 0).sort((a, b) => a.y - b.y || a.x - b.x).map(({ id }) => id);
}

/** Ids of nodes that a search finds, best first; every word must be there. */
export function matches({ nodes }: Picture, query: string): readonly string[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  const found = nodes.filter((node) => words.every((word) => `${node.name} ${node.words}`.toLowerCase().includes(word)));
  const rank = ({ name }: PictureNode): number => {
    const at = name.toLowerCase().indexOf(words[0] ?? "");
    return at < 0 ? 1000 : at * 10 + name.length / 100;
  };
  return found.sort((a, b) => rank(a) - rank(b)).map(({ id }) => id);
}
