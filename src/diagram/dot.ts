/** The scene as Graphviz gets it: numbers and sizes, never a name. */
import type { Box, Scene, SceneGroup, SceneNode } from "../protocol/scene.ts";
import { bundleGrid, cellGap, frameTitle, gridPadding, markRow, nodeSize, serviceGrid, type Grid, type Size } from "./measures.ts";
import { titleHeight } from "../protocol/scene.ts";

/**
 * down and right: the way the ranks follow each other. far: right, with more room between ranks. staggered: down, with ends in two ranks, where a single one would be too wide. large: down, in a second for
 * hundreds of nodes: less trouble is taken over crossings, edges are straight, and marks stand where there is room.
 */
export type Direction = "down" | "right" | "far" | "staggered" | "large";

/** A thing with a place of its own: a node, or the grid of an open bundle or service. */
export interface Item extends Size {
  readonly id: string;
  readonly group?: string;
  readonly kind: string;
  readonly grid?: Grid;
  /** Edges lead to what stands in the grid, and not to its frame. */
  readonly hasPorts?: boolean;
}

/** What Graphviz places: what stands in a grid stands there, wherever the grid comes to be. */
export function itemsOf({ nodes, groups = [] }: Scene): readonly Item[] {
  const grids = groups.filter(({ kind }) => kind !== "folder");
  const ids = new Set(grids.map(({ id }) => id));
  const inside = new Map<string, SceneNode[]>();
  for (const node of nodes) if (node.group !== undefined && ids.has(node.group)) inside.set(node.group, [...(inside.get(node.group) ?? []), node]);
  return [
    ...nodes.flatMap((node) => (node.group !== undefined && ids.has(node.group) ? [] : [{ id: node.id, kind: node.kind, ...nodeSize(node), ...placed(node.group) }])),
    ...grids.map(({ id, kind, parent }): Item => {
      const members = (inside.get(id) ?? []).toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      const grid = kind === "service" ? serviceGrid(members) : bundleGrid(members);
      return { id, kind: members[0]?.kind ?? kind, width: grid.width, height: grid.height, grid, hasPorts: kind === "service", ...placed(parent) };
    }),
  ];
}

function placed(group: string | undefined): Pick<Item, "group"> {
  return group === undefined ? {} : { group };
}

/** What is settled before Graphviz begins: items that stay where they are, or the row that each item stands in. */
export interface Settled {
  readonly pinned?: ReadonlyMap<string, Box>;
  readonly rows?: ReadonlyMap<string, number>;
}

export function dotOf(scene: Scene, items: readonly Item[], direction: Direction, { pinned, rows }: Settled = {}): string {
  const numbers = new Map(items.map(({ id }, at) => [id, `n${at}`] as const));
  const isRight = direction === "right" || direction === "far";
  // From above, a frame around a single thing is met anywhere: a line to its one cell would go around to a side of it.
  const isMet = ({ grid, hasPorts }: Item): boolean => hasPorts === true && (isRight || (grid?.cells.length ?? 0) > 1);
  const ports = new Map(items.flatMap((item) => (item.hasPorts === true ? (item.grid?.cells ?? []).map((one, at) => [one.id, `${numbers.get(item.id)}${isMet(item) ? `:p${at}` : ""}`] as const) : [])));
  const end = (id: string): string => ports.get(id) ?? numbers.get(id) ?? "";
  const line = (item: Item): string => {
    const box = pinned?.get(item.id);
    const place = box === undefined ? "" : `, pos="${box.x},${-box.y}"`;
    const inner = isMet(item) && item.grid !== undefined ? `, shape=plain, fixedsize=false, label=<${tableOf(item.grid)}>` : "";
    return `${numbers.get(item.id)} [width=${item.width / 72}, height=${item.height / 72}${inner}${place}];`;
  };
  const ends = direction === "staggered" ? endsOf(scene) : undefined;
  const edges = scene.edges.map((edge, at) => {
    const far = (ends?.get(edge.to) ?? 0) % 2 === 1 ? ", minlen=2" : "";
    return `${end(edge.from)} -> ${end(edge.to)} [id=e${at}${far}${rows === undefined ? "" : ", constraint=false"}];`;
  });
  const rim = items.filter(({ kind, group }) => kind === "external" && group === undefined).map(({ id }) => numbers.get(id));
  const front = items.filter(({ kind, group }) => kind === "frontend" && group === undefined).map(({ id }) => numbers.get(id));
  // Sideways a line has its marks between two ranks, in all their width.
  const widest = Math.max(0, ...scene.edges.map((edge) => markRow(edge)?.width ?? 0));
  const gaps = isRight ? `nodesep=0.3, ranksep=${Math.max(direction === "far" ? 2.4 : 1.25, (widest + 56) / 72)}` : `nodesep=${rows === undefined ? 0.42 : 0.25}, ranksep=0.78`;
  return `digraph { graph [rankdir=${isRight ? "LR" : "TB"}, ${gaps}, overlap=true, ${direction === "large" ? "splines=line, nslimit=1, nslimit1=1, mclimit=0.2, searchsize=10" : "splines=true, esep=4, newrank=true"}];
node [shape=box, fixedsize=true, label=""]; edge [arrowsize=0.8];
${pinned === undefined ? nested(scene.groups ?? [], undefined).join("\n") : items.map(line).join("\n")}
${edges.join("\n")}
${rows !== undefined ? inRows(rows, numbers) : `${rim.length === 0 || direction === "staggered" ? "" : `{rank=max; ${rim.join("; ")}}`}
${front.length === 0 ? "" : `{rank=min; ${front.join("; ")}}`}`}
}`;

  function nested(groups: readonly SceneGroup[], parent: string | undefined): readonly string[] {
    const inner = groups.flatMap((group, at) => {
      if (group.kind !== "folder" || group.parent !== parent) return [];
      return [`subgraph cluster_${parent === undefined ? "" : "i"}${at} { margin=14; label=<${cell(frameTitle(group.name).width, 16)}>; labeljust=l;`, ...nested(groups, group.id), "}"];
    });
    return [...inner, ...items.filter(({ group }) => group === parent).map(line)];
  }
}

/** A chain that nobody sees, and beside each link of it the items of that row. */
function inRows(rows: ReadonlyMap<string, number>, numbers: ReadonlyMap<string, string>): string {
  const members: string[][] = Array.from({ length: Math.max(...rows.values()) + 1 }, () => []);
  for (const [id, row] of rows) members[row]?.push(numbers.get(id) ?? "");
  const chain = members.map((_, row) => `r${row}`).join(" -> ");
  return `node [width=0.01, height=0.01, style=invis]; ${chain} [style=invis];\n${members.map((ids, row) => `{rank=same; r${row}; ${ids.join("; ")}}`).join("\n")}`;
}

/** A grid as a table of the same size, with a port for each cell. */
function tableOf({ cells, width, height }: Grid): string {
  const rows = new Map<number, string[]>();
  const most = Math.max(1, ...[...new Set(cells.map(({ y }) => y))].map((y) => cells.filter((cell) => cell.y === y).length));
  for (const [at, one] of cells.entries()) {
    const isAlone = cells.filter(({ y }) => y === one.y).length === 1;
    const cell = `<td port="p${at}" width="${Math.round(one.width)}" height="${Math.round(one.height)}" fixedsize="true"${isAlone && most > 1 ? ` colspan="${most}"` : ""}></td>`;
    rows.set(one.y, [...(rows.get(one.y) ?? []), cell]);
  }
  const lines = [...rows].sort(([a], [b]) => a - b).map(([, row]) => `<tr>${row.join("")}</tr>`);
  const title = `<tr><td width="${Math.round(width - 2 * gridPadding)}" height="${titleHeight - cellGap}" fixedsize="true" colspan="${most}"></td></tr>`;
  return `<table border="0" cellborder="0" cellspacing="${cellGap}" cellpadding="0" width="${Math.round(width)}" height="${Math.round(height)}" fixedsize="true">${title}${lines.join("")}</table>`;
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

function cell(width: number, height: number): string {
  return `<table border="0" cellborder="0" cellspacing="0" cellpadding="0" width="${Math.round(width)}" height="${Math.round(height)}" fixedsize="true"><tr><td></td></tr></table>`;
}

export interface GraphvizOutput {
  readonly bb: string;
  readonly objects?: readonly { readonly _gvid: number; readonly name: string; readonly pos?: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos?: string }[];
}
