/** Where the marks of edges stand: on their own line, off nodes and off each other where there is such a place. */
import type { Box, Scene } from "../protocol/scene.ts";
import type { Layout, Point, Route } from "./layout.ts";
import { markRow, type Size } from "./measures.ts";

/** Shares of a line's length, the best place first. */
const places = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8];
/** Of two lines that run there and back, each has its marks near its beginning. */
const twinPlaces = [0.28, 0.22, 0.34, ...places];
const pointsOfCurve = 12;
const nothing: Size = { width: 0, height: 0 };
const nowhere: Route = { curve: [], tip: { x: 0, y: 0 }, label: { x: 0, y: 0 } };
const gap = 3;
/** What a line under a pill costs, in covered area. */
const crossing = 25;
/** With more lines than this, those under a pill are not looked at. */
const fewLines = 250;

/** The layout with the marks of all edges but the `settled` in their places. */
export function withLabels(scene: Scene, layout: Layout, settled: ReadonlySet<string>): Layout {
  const taken = new Taken();
  for (const { id } of scene.nodes) taken.add(layout.nodes.get(id) ?? { x: 0, y: 0, ...nothing });
  const edges = new Map(layout.edges);
  const pairs = new Set(scene.edges.map(({ from, to }) => `${from} ${to}`));
  const marked = scene.edges.flatMap((edge) => {
    const route = layout.edges.get(edge.id);
    return route === undefined ? [] : [{ id: edge.id, row: markRow(edge) ?? nothing, from: pairs.has(`${edge.to} ${edge.from}`) ? twinPlaces : places, route, line: lineOf(route) }];
  });
  for (const { id, row, route } of marked) if (settled.has(id)) taken.add({ ...route.label, width: row.width, height: row.height });
  // Short lines have the least choice.
  const lines = scene.edges.length > fewLines ? [] : scene.edges.flatMap(({ id }) => [[id, lineOf(layout.edges.get(id) ?? nowhere).points] as const]);
  for (const { id, row, from, route, line } of marked.filter((one) => !settled.has(one.id)).sort((a, b) => a.line.length - b.line.length || (a.id < b.id ? -1 : 1))) {
    const label = row === nothing ? pointAt(line, 0.5) : bestPlace(line, row, { places: from, taken, lines: lines.filter(([other]) => other !== id).map(([, points]) => points) });
    if (row !== nothing) taken.add({ ...label, width: row.width, height: row.height });
    edges.set(id, { ...route, label });
  }
  return { ...layout, edges };
}

interface Choice {
  readonly places: readonly number[];
  readonly taken: Taken;
  readonly lines: readonly (readonly Point[])[];
}

function bestPlace(line: Line, { width, height }: Size, { places: shares, taken, lines }: Choice): Point {
  let best = { at: pointAt(line, 0.5), covered: Infinity };
  for (const share of shares) {
    const box = { ...pointAt(line, share), width, height };
    const under = lines.filter((points) => points.some(({ x, y }) => Math.abs(x - box.x) < width / 2 && Math.abs(y - box.y) < height / 2 + 2)).length;
    const covered = taken.near(box).reduce((sum, other) => sum + overlap(box, other), 0) + under * crossing;
    // Nothing is better than a place that covers nothing.
    if (covered === 0) return { x: box.x, y: box.y };
    if (covered < best.covered) best = { at: { x: box.x, y: box.y }, covered };
  }
  return best.at;
}

const cellSize = 160;

/** Boxes by the part of the sheet that they stand in: each is compared with its neighbours alone. */
class Taken {
  readonly #cells = new Map<string, Box[]>();

  add(box: Box): void {
    for (const cell of cellsOf(box)) this.#cells.set(cell, [...(this.#cells.get(cell) ?? []), box]);
  }

  near(box: Box): readonly Box[] {
    const cells = cellsOf(box);
    const found = cells.flatMap((cell) => this.#cells.get(cell) ?? []);
    return cells.length === 1 ? found : [...new Set(found)];
  }
}

function cellsOf({ x, y, width, height }: Box): readonly string[] {
  const cells: string[] = [];
  const at = (value: number): number => Math.floor(value / cellSize);
  for (let column = at(x - width / 2 - gap); column <= at(x + width / 2 + gap); column++)
    for (let row = at(y - height / 2 - gap); row <= at(y + height / 2 + gap); row++) cells.push(`${column} ${row}`);
  return cells;
}

function overlap(a: Box, b: Box): number {
  const wide = (a.width + b.width) / 2 + gap - Math.abs(a.x - b.x);
  const high = (a.height + b.height) / 2 + gap - Math.abs(a.y - b.y);
  return wide > 0 && high > 0 ? wide * high : 0;
}

interface Line {
  readonly points: readonly Point[];
  /** How far along the line each point is. */
  readonly far: readonly number[];
  readonly length: number;
}

function lineOf({ curve, tip }: Route): Line {
  const points = [...sampled(curve), tip];
  const far = [0];
  for (const [at, point] of points.slice(1).entries()) {
    const before = points[at] ?? point;
    far.push((far[at] ?? 0) + Math.hypot(point.x - before.x, point.y - before.y));
  }
  return { points, far, length: far.at(-1) ?? 0 };
}

function sampled([first, ...rest]: readonly Point[]): readonly Point[] {
  if (first === undefined) return [];
  const points = [first];
  for (let at = 0; at + 2 < rest.length; at += 3) {
    const [a, b, c, d] = [at === 0 ? first : rest[at - 1], rest[at], rest[at + 1], rest[at + 2]];
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
    for (let step = 1; step <= pointsOfCurve; step++) points.push(bezier(a, b, c, d, step / pointsOfCurve));
  }
  return points;
}

function bezier(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const [u, uu, tt] = [1 - t, (1 - t) ** 2, t ** 2];
  const of = (axis: "x" | "y"): number => uu * u * a[axis] + 3 * uu * t * b[axis] + 3 * u * tt * c[axis] + tt * t * d[axis];
  return { x: of("x"), y: of("y") };
}

function pointAt({ points, far, length }: Line, share: number): Point {
  const wanted = length * share;
  const at = Math.max(1, far.findIndex((one) => one >= wanted));
  const [a, b] = [points[at - 1] ?? { x: 0, y: 0 }, points[at] ?? points[at - 1] ?? { x: 0, y: 0 }];
  const [from, to] = [far[at - 1] ?? 0, far[at] ?? 0];
  const part = to > from ? (wanted - from) / (to - from) : 0;
  return { x: Math.round((a.x + (b.x - a.x) * part) * 10) / 10, y: Math.round((a.y + (b.y - a.y) * part) * 10) / 10 };
}
