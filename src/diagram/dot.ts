/** The scene as Graphviz gets it: numbers and sizes, never a name. */
import type { Box, Scene, SceneGroup } from "../protocol/scene.ts";
import { frameTitle, gridOf, markBlock, nodeSize, type Size } from "./measures.ts";

/** down and right: the way the ranks follow each other. staggered: down, with ends in two ranks, where a single one would be too wide. */
export type Direction = "down" | "right" | "staggered";

/** A thing with a place of its own: a node, or the grid of an open bundle. */
export interface Item extends Size {
  readonly id: string;
  readonly group?: string;
  readonly kind: string;
}

/** What Graphviz places: members of a bundle stand in its grid, wherever that comes to be. */
export function itemsOf(scene: Scene): readonly Item[] {
  const bundles = (scene.groups ?? []).filter(({ kind }) => kind === "bundle");
  const ids = new Set(bundles.map(({ id }) => id));
  const alone = scene.nodes.filter(({ group }) => group === undefined || !ids.has(group));
  return [
    ...alone.map((node) => ({ id: node.id, kind: node.kind, ...nodeSize(node), ...(node.group === undefined ? {} : { group: node.group }) })),
    ...bundles.map((bundle) => {
      const members = scene.nodes.filter(({ group }) => group === bundle.id);
      return { id: bundle.id, kind: members[0]?.kind ?? "bundle", ...gridOf(members), ...(bundle.parent === undefined ? {} : { group: bundle.parent }) };
    }),
  ];
}

/** `rim`: edges at the rim of the sheet keep their order. Pinned items stay where they are. */
export function dotOf(scene: Scene, items: readonly Item[], direction: Direction, pinned?: ReadonlyMap<string, Box>): string {
  const numbers = new Map(items.map(({ id }, at) => [id, `n${at}`] as const));
  const line = ({ id, width, height }: Item): string => {
    const box = pinned?.get(id);
    const place = box === undefined ? "" : `, pos="${box.x},${-box.y}"`;
    return `${numbers.get(id)} [width=${width / 72}, height=${height / 72}${place}];`;
  };
  const ends = direction === "staggered" ? endsOf(scene) : undefined;
  const edges = scene.edges.map((edge, at) => {
    const far = (ends?.get(edge.to) ?? 0) % 2 === 1 ? ", minlen=2" : "";
    return `${numbers.get(edge.from)} -> ${numbers.get(edge.to)} [id=e${at}${far}${labelOf(markBlock(edge))}];`;
  });
  const rim = items.filter(({ kind, group }) => kind === "external" && group === undefined).map(({ id }) => numbers.get(id));
  const front = items.filter(({ kind, group }) => kind === "frontend" && group === undefined).map(({ id }) => numbers.get(id));
  const gaps = direction === "right" ? "nodesep=0.24, ranksep=0.5" : "nodesep=0.32, ranksep=0.44";
  return `digraph { graph [rankdir=${direction === "right" ? "LR" : "TB"}, ${gaps}, splines=true, overlap=true, esep=4, newrank=true];
node [shape=box, fixedsize=true, label=""]; edge [arrowsize=0.8];
${pinned === undefined ? nested(scene.groups ?? [], undefined).join("\n") : items.map(line).join("\n")}
${edges.join("\n")}
${rim.length === 0 || direction === "staggered" ? "" : `{rank=max; ${rim.join("; ")}}`}
${front.length === 0 ? "" : `{rank=min; ${front.join("; ")}}`}
}`;

  function nested(groups: readonly SceneGroup[], parent: string | undefined): readonly string[] {
    const inner = groups.flatMap((group, at) => {
      if (group.kind === "bundle" || group.parent !== parent) return [];
      return [`subgraph cluster_${parent === undefined ? "" : "i"}${at} { margin=14; label=<${cell(frameTitle(group.name).width, 16)}>; labeljust=l;`, ...nested(groups, group.id), "}"];
    });
    return [...inner, ...items.filter(({ group }) => group === parent).map(line)];
  }
}

/** Nodes that nothing leaves, counted among the ends of the node that leads to them first. */
function endsOf({ edges }: Scene): ReadonlyMap<string, number> {
  const leaving = new Set(edges.map(({ from }) => from));
  const counts = new Map<string, number>();
  const ends = new Map<string, number>();
  for (const { from, to } of edges) {
    if (leaving.has(to) || ends.has(to)) continue;
    ends.set(to, counts.get(from) ?? 0);
    counts.set(from, (counts.get(from) ?? 0) + 1);
  }
  return ends;
}

/** Room for a block of marks. */
function labelOf(size: Size | undefined): string {
  return size === undefined ? "" : `, label=<${cell(size.width + 8, size.height + 4)}>`;
}

function cell(width: number, height: number): string {
  return `<table border="0" cellborder="0" cellspacing="0" cellpadding="0" width="${Math.round(width)}" height="${Math.round(height)}" fixedsize="true"><tr><td></td></tr></table>`;
}

export interface GraphvizOutput {
  readonly bb: string;
  readonly objects?: readonly { readonly _gvid: number; readonly name: string; readonly pos?: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos?: string; readonly lp?: string }[];
}
