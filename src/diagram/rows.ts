/** A drawing that is too wide for its window: its widest ranks are broken into rows. */
import { groupedBy } from "../model/grouped.ts";
import type { Box } from "../protocol/scene.ts";
import type { Item } from "./dot.ts";

const gap = 30;

/** The rows that items stand in, from the top, when no row may be wider than this; undefined where that changes nothing. */
export function rowsOf(items: readonly Item[], boxes: ReadonlyMap<string, Box>, widest: number): ReadonlyMap<string, number> | undefined {
  const ranks = groupedBy(items, (item) => Math.round(boxes.get(item.id)?.y ?? 0));
  const rows = new Map<string, number>();
  let first = 0;
  for (const [, rank] of [...ranks].sort(([a], [b]) => a - b)) {
    const across = rank.toSorted((a, b) => (boxes.get(a.id)?.x ?? 0) - (boxes.get(b.id)?.x ?? 0));
    const width = across.reduce((sum, item) => sum + item.width + gap, -gap);
    const count = Math.min(across.length, Math.ceil(width / widest));
    // Neighbours stand in different rows: lines to the lower ones pass between the upper ones.
    for (const [at, { id }] of across.entries()) rows.set(id, first + (at % count));
    first += count;
  }
  return first === ranks.size ? undefined : rows;
}
