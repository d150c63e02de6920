/** Boxes and points of the sheet by the part of it that they stand in: each is compared with its neighbours alone. */
import type { Box } from "../protocol/scene.ts";
import type { Point } from "./layout.ts";

const boxCell = 160;
const pointCell = 40;

export class BoxesNearby {
  readonly #cells = new Map<string, Box[]>();
  readonly #gap: number;

  constructor(gap: number) {
    this.#gap = gap;
  }

  add(box: Box): void {
    for (const cell of cellsOf(box, boxCell, this.#gap)) {
      const known = this.#cells.get(cell);
      if (known === undefined) this.#cells.set(cell, [box]);
      else known.push(box);
    }
  }

  remove(box: Box): void {
    for (const cell of cellsOf(box, boxCell, this.#gap)) {
      const known = this.#cells.get(cell);
      const at = known?.indexOf(box) ?? -1;
      if (at >= 0) known?.splice(at, 1);
    }
  }

  near(box: Box): readonly Box[] {
    const cells = cellsOf(box, boxCell, this.#gap);
    const found = cells.flatMap((cell) => this.#cells.get(cell) ?? []);
    return cells.length === 1 ? found : [...new Set(found)];
  }
}

/** Lines, as points close to one another. */
export class PointsNearby {
  readonly #cells = new Map<string, (Point & { readonly id: string })[]>();

  add(id: string, points: readonly Point[]): void {
    for (const { x, y } of points) {
      const cell = `${Math.floor(x / pointCell)} ${Math.floor(y / pointCell)}`;
      const known = this.#cells.get(cell);
      if (known === undefined) this.#cells.set(cell, [{ id, x, y }]);
      else known.push({ id, x, y });
    }
  }

  /** How many lines but its own run under a box. */
  under(box: Box, own: string): number {
    const found = new Set<string>();
    for (const cell of cellsOf(box, pointCell, 2))
      for (const { id, x, y } of this.#cells.get(cell) ?? [])
        if (id !== own && Math.abs(x - box.x) < box.width / 2 && Math.abs(y - box.y) < box.height / 2 + 2) found.add(id);
    return found.size;
  }
}

function cellsOf({ x, y, width, height }: Box, size: number, gap: number): readonly string[] {
  const cells: string[] = [];
  const at = (value: number): number => Math.floor(value / size);
  for (let column = at(x - width / 2 - gap); column <= at(x + width / 2 + gap); column++)
    for (let row = at(y - height / 2 - gap); row <= at(y + height / 2 + gap); row++) cells.push(`${column} ${row}`);
  return cells;
}
