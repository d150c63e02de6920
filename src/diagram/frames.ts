/** Frames of groups around what stands in them, and the places inside their grids. */
import type { Box, Scene } from "../protocol/scene.ts";
import type { Item } from "./dot.ts";
import { titleHeight } from "../protocol/scene.ts";

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

/** What stands in grids, in its cells. */
export function members(items: readonly Item[], boxes: ReadonlyMap<string, Box>): readonly (readonly [string, Box])[] {
  return items.flatMap(({ id, grid }) => {
    const box = boxes.get(id);
    if (grid === undefined || box === undefined) return [];
    const [left, top] = [box.x - box.width / 2, box.y - box.height / 2];
    return grid.cells.map(({ id: member, x, y, width, height }): readonly [string, Box] => [member, { x: left + x, y: top + y, width, height }]);
  });
}
