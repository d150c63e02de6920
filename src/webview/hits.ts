/** What stands at a point of the sheet: nodes over pills over lines over frames. Pure. */
import { titleHeight } from "../protocol/scene.ts";
import type { Picture, PictureEdge } from "../protocol/scene.ts";
import { nearnessOf } from "./nearness.ts";

type Point = { readonly x: number; readonly y: number };

export interface Hit {
  readonly id: string;
  /** Whether it is at the sign that opens or folds it. */
  readonly isOpener: boolean;
  readonly tip: string;
}

/** How far from a line one may be to mean it, in pixels of the window. */
const reach = 7;
const openerSize = 22;

export class Hits {
  readonly #picture: Picture;
  readonly #lines = new Map<string, Line>();

  constructor(picture: Picture) {
    this.#picture = picture;
  }

  at(point: Point, scale: number, hidden: ReadonlySet<string>): Hit | undefined {
    const { nodes, edges, groups } = this.#picture;
    const isNear = nearnessOf(scale) === "near";
    const seen = <T extends { readonly id: string }>(one: T): boolean => !hidden.has(one.id);
    // What is drawn last lies on top.
    const node = nodes.findLast((one) => seen(one) && isIn(point, one));
    if (node !== undefined) return { id: node.id, tip: node.tip, isOpener: isNear && node.opens !== undefined && point.x < node.x - node.width / 2 + openerSize && point.y > node.y + node.height / 2 - openerSize };
    const pill = isNear ? edges.findLast((edge) => seen(edge) && edge.marks !== undefined && isIn(point, { x: edge.x, y: edge.y, width: edge.marks.width, height: edge.marks.height })) : undefined;
    const edge = pill ?? this.#nearest(point, reach / scale, edges.filter(seen));
    if (edge !== undefined) return { id: edge.id, tip: edge.tip, isOpener: false };
    const group = groups.findLast((one) => seen(one) && isIn(point, one));
    return group === undefined ? undefined : { id: group.id, tip: group.tip, isOpener: point.y < group.y - group.height / 2 + titleHeight };
  }

  #nearest(point: Point, most: number, edges: readonly PictureEdge[]): PictureEdge | undefined {
    let best: { readonly edge: PictureEdge; readonly far: number } | undefined;
    for (const edge of edges) {
      const line = this.#lineOf(edge);
      if (point.x < line.left - most || point.x > line.right + most || point.y < line.top - most || point.y > line.bottom + most) continue;
      const far = distance(point, line.points);
      if (far <= most && (best === undefined || far < best.far)) best = { edge, far };
    }
    return best?.edge;
  }

  #lineOf(edge: PictureEdge): Line {
    const known = this.#lines.get(edge.id);
    if (known !== undefined) return known;
    const path = edge.shape.children?.find(({ attributes }) => attributes["class"] === "line")?.attributes["d"];
    const points = sampled(String(path ?? ""));
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const line = { points, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
    this.#lines.set(edge.id, line);
    return line;
  }
}

interface Line {
  readonly points: readonly Point[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function isIn({ x, y }: Point, box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): boolean {
  return Math.abs(x - box.x) <= box.width / 2 && Math.abs(y - box.y) <= box.height / 2;
}

const steps = 12;

/** Points along a path of `M`, `C` and `L` with absolute numbers. */
function sampled(path: string): readonly Point[] {
  const points: Point[] = [];
  for (const [, letter = "", list = ""] of path.matchAll(/([MCL])([^MCL]*)/g)) {
    const numbers = list.trim().split(/[\s,]+/).map(Number);
    const given = Array.from({ length: Math.floor(numbers.length / 2) }, (_, at): Point => ({ x: numbers[2 * at] ?? 0, y: numbers[2 * at + 1] ?? 0 }));
    if (letter !== "C") points.push(...given);
    else
      for (let at = 0; at + 2 < given.length; at += 3) {
        const [a, b, c, d] = [points.at(-1), given[at], given[at + 1], given[at + 2]];
        if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
        for (let step = 1; step <= steps; step++) points.push(bezier(a, b, c, d, step / steps));
      }
  }
  return points;
}

function bezier(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const u = 1 - t;
  const of = (axis: "x" | "y"): number => u ** 3 * a[axis] + 3 * u ** 2 * t * b[axis] + 3 * u * t ** 2 * c[axis] + t ** 3 * d[axis];
  return { x: of("x"), y: of("y") };
}

function distance(point: Point, points: readonly Point[]): number {
  let least = Infinity;
  for (const [at, to] of points.entries()) {
    const from = points[at - 1] ?? to;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = Math.max(0, Math.min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy));
  }
  return least;
}
