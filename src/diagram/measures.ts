/** Sizes of everything drawn. They do not depend on fonts that happen to be there: a layout is the same everywhere. */
import { titleHeight, type Box, type SceneEdge, type SceneMark, type SceneNode } from "../protocol/scene.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

const nameWidth = 8.2;
const markWidth = 6.4;
export const longestName = 26;
export const chipHeight = 18;

export function nodeSize({ kind, name, detail }: SceneNode): Size {
  if (kind === "endpoint") return { width: Math.round(Math.max(110, shortened(name, longestName + 8).length * 7 + 24)), height: 30 };
  const width = Math.max(shortened(name, longestName).length * nameWidth, shortened(detail, longestName + 8).length * 6.2) + 40;
  return { width: Math.round(Math.max(kind === "channel" ? 130 : 150, width)), height: kind === "store" ? 68 : kind === "channel" ? 48 : 58 };
}

export const gridPadding = 12;
export const cellGap = 12;

/** The inside of a grid: cells from the top, row by row, by their middles as seen from the upper left corner. */
export interface Grid extends Size {
  readonly cells: readonly (Size & { readonly id: string; readonly x: number; readonly y: number })[];
}

/** Nodes of one kind in rows and columns, about twice as wide as high. */
export function bundleGrid(nodes: readonly SceneNode[]): Grid {
  const { width, height } = widest(nodes);
  return grid(nodes, Math.max(1, Math.round(Math.sqrt((nodes.length * 1.8 * (height + cellGap)) / (width + cellGap)))), { width, height }, titleHeight);
}

/** A service on top, its endpoints below it. */
export function serviceGrid(nodes: readonly SceneNode[]): Grid {
  const heads = nodes.filter(({ kind }) => kind !== "endpoint" && kind !== "group");
  const rest = nodes.filter(({ kind }) => kind === "endpoint" || kind === "group");
  const columns = rest.length <= 9 ? 1 : rest.length <= 24 ? 2 : 3;
  const size = widest(rest);
  const head = widest(heads);
  const width = Math.max(size.width, (head.width - (columns - 1) * cellGap) / columns);
  const below = grid(rest, columns, { width, height: size.height }, titleHeight + (heads.length === 0 ? 0 : head.height + cellGap));
  // As wide as what stands below it: lines begin at its side.
  const top = heads.map(({ id }) => ({ id, x: below.width / 2, y: gridPadding + titleHeight + head.height / 2, width: below.width - 2 * gridPadding, height: head.height }));
  return { ...below, cells: [...top, ...below.cells] };
}

function widest(nodes: readonly SceneNode[]): Size {
  const sizes = nodes.map(nodeSize);
  return { width: Math.max(0, ...sizes.map(({ width }) => width)), height: Math.max(0, ...sizes.map(({ height }) => height)) };
}

function grid(nodes: readonly SceneNode[], columns: number, cell: Size, above: number): Grid {
  const rows = Math.ceil(nodes.length / columns);
  const cells = nodes.map(({ id }, at) => ({
    id,
    ...cell,
    x: gridPadding + cell.width / 2 + (at % columns) * (cell.width + cellGap),
    y: gridPadding + above + cell.height / 2 + Math.floor(at / columns) * (cell.height + cellGap),
  }));
  return { cells, width: columns * (cell.width + cellGap) - cellGap + 2 * gridPadding, height: rows * (cell.height + cellGap) - cellGap + 2 * gridPadding + above };
}

/** The title of a frame, with room for the sign that folds it. */
export function frameTitle(name: string): Size {
  return { width: Math.min(34, [...name].length) * 7.2 + 30, height: titleHeight };
}

/** The plate with the number of findings, at a node's upper right corner: a second digit needs room of its own, to the left. */
export function badgeBox({ x, y, width, height }: Box, findings: number): Box {
  const wide = findings > 9 ? 36 : 30;
  return { x: x + width / 2 + 3 - wide / 2, y: y - height / 2, width: wide, height: 18 };
}

/** A mark as an edge shows it: `∞`, `3×`; nothing for how many calls it stands for. Its sentence says it in full, and the legend what the signs mean. */
export function sign({ text }: SceneMark): string {
  if (/^\d+( of \d+|×)$/.test(text)) return "";
  return text.replace(/^no deadline$/, "∞").replace(/^deadline \?$/, "?").replace(/^tries \?$/, "?×").replace(/^endless tries$/, "∞×").replace(/ tries$/, "×");
}

/** One thing in an edge's row of marks, by its middle, seen from the middle of the row. */
export interface Slot {
  readonly x: number;
  readonly width: number;
  readonly text: string;
  /** The findings where absent. */
  readonly mark?: SceneMark;
}

export interface MarkRow extends Size {
  readonly slots: readonly Slot[];
}

export const slotGap = 7;
const signWidth = 11;

/** How the marks of an edge stand in their row; undefined where there is nothing to show. */
export function markRow({ marks, findings }: SceneEdge): MarkRow | undefined {
  const count = findings.length > 99 ? "99" : String(findings.length);
  const parts = [
    ...marks.filter((mark) => sign(mark) !== "").map((mark) => ({ mark, text: sign(mark), width: Math.round([...sign(mark)].length * markWidth + 1) })),
    ...(findings.length === 0 ? [] : [{ text: count, width: Math.round(signWidth + count.length * markWidth) }]),
  ];
  if (parts.length === 0) return undefined;
  const inner = parts.reduce((sum, { width }) => sum + width + slotGap, -slotGap);
  let left = -inner / 2;
  const slots = parts.map((part): Slot => {
    const x = left + part.width / 2;
    left += part.width + slotGap;
    return { ...part, x };
  });
  return { width: inner + 14, height: chipHeight, slots };
}

/** Whole characters, so that no half of a surrogate pair is left. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
