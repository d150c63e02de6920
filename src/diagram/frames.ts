/** Frames of groups around what stands in them, and the places inside a bundle's grid. */
import type { Box, Scene } from "../protocol/scene.ts";
import { cellGap, gridOf, gridPadding, titleHeight } from "./measures.ts";

const padding = 12;

/** The boxes of open groups, from the boxes of what stands in them; inner groups first. */
export function frames({ nodes, groups = [] }: Scene, boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, Box> {
  const found = new Map<string, Box>();
  const frame = (id: string): Box | undefined => {
    const known = found.get(id);
    if (known !== undefined) return known;
    const own = boxes.get(id);
    const inner = own !== undefined ? [] : [
      ...nodes.flatMap((node) => (node.group === id ? (boxes.get(node.id) ?? []) : [])),
      ...groups.flatMap((group) => (group.parent === id ? (frame(group.id) ?? []) : [])),
    ];
    const box = own ?? framed(inner);
    if (box !== undefined) found.set(id, box);
    return box;
  };
  for (const { id } of groups) frame(id);
  return found;
}

function framed(inner: readonly Box[]): Box | undefined {
  if (inner.length === 0) return undefined;
  const left = Math.min(...inner.map(({ x, width }) => x - width / 2)) - padding;
  const right = Math.max(...inner.map(({ x, width }) => x + width / 2)) + padding;
  const top = Math.min(...inner.map(({ y, height }) => y - height / 2)) - padding - titleHeight;
  const bottom = Math.max(...inner.map(({ y, height }) => y + height / 2)) + padding;
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** Nodes of open bundles, row by row in their grid. */
export function members({ nodes, groups = [] }: Scene, boxes: ReadonlyMap<string, Box>): readonly (readonly [string, Box])[] {
  return groups.flatMap(({ id, kind }) => {
    const grid = boxes.get(id);
    if (kind !== "bundle" || grid === undefined) return [];
    const inside = nodes.filter(({ group }) => group === id).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const { columns, cell } = gridOf(inside);
    return inside.map((node, at): readonly [string, Box] => {
      const [column, row] = [at % columns, Math.floor(at / columns)];
      const x = grid.x - grid.width / 2 + gridPadding + cell.width / 2 + column * (cell.width + cellGap);
      const y = grid.y - grid.height / 2 + gridPadding + titleHeight + cell.height / 2 + row * (cell.height + cellGap);
      return [node.id, { x, y, ...cell }];
    });
  });
}
