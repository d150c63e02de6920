/** Where the marks of edges stand: on their own line, off nodes, badges, titles and arrows, and off each other where there is such a place. */
import type { Box, Scene } from "../protocol/scene.ts";
import { BoxesNearby, PointsNearby } from "./nearby.ts";
import type { Layout, Point, Route } from "./layout.ts";
import { badgeBox, frameTitle, markRow, type Size } from "./measures.ts";

/** Shares of a line's length, the best place first. */
const places = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8];
/** Of two lines that run there and back, each has its marks near its beginning. */
const twinPlaces = [0.28, 0.22, 0.34, ...places];
/** Shares of a pill's width by which its line may miss its middle. */
const shifts = [0, -0.3, 0.3];
const pointsOfCurve = 12;
const nothing: Size = { width: 0, height: 0 };
const gap = 3;
/** What a line under a pill costs, in covered area; a pill off its line's middle; and a pill off the best place. */
const [crossing, shifted, strayed] = [60, 12, 1];
/** With more lines than this, those under a pill are not looked at, and every pill is placed once. */
const fewLines = 300;
const rounds = 3;

interface Marked {
  readonly id: string;
  readonly row: Size;
  readonly from: readonly number[];
  readonly route: Route;
  readonly line: Line;
}

/** The layout with the marks of all edges but the `settled` in their places. */
export function withLabels(scene: Scene, layout: Layout, settled: ReadonlySet<string>): Layout {
  const pairs = new Set(scene.edges.map(({ from, to }) => `${from} ${to}`));
  const all = scene.edges.flatMap((edge): readonly Marked[] => {
    const route = layout.edges.get(edge.id);
    return route === undefined ? [] : [{ id: edge.id, row: markRow(edge) ?? nothing, from: pairs.has(`${edge.to} ${edge.from}`) ? twinPlaces : places, route, line: lineOf(route) }];
  });
  const taken = new BoxesNearby(gap);
  for (const box of standing(scene, layout, all)) taken.add(box);
  const lines = new PointsNearby();
  if (all.length <= fewLines) for (const { id, line } of all) lines.add(id, line.points);
  const edges = new Map(layout.edges);
  const pills = new Map<string, Box>();
  const put = (one: Marked, { x, y }: Point): void => {
    const box = { x, y, width: one.row.width, height: one.row.height };
    pills.set(one.id, box);
    taken.add(box);
    edges.set(one.id, { ...one.route, label: { x, y } });
  };
  // Short lines have the least choice.
  const open = all.filter(({ id }) => !settled.has(id)).sort((a, b) => a.line.length - b.line.length || (a.id < b.id ? -1 : 1));
  for (const one of open) if (one.row === nothing) edges.set(one.id, { ...one.route, label: pointAt(one.line, 0.5) });
  for (const one of all) if (settled.has(one.id) && one.row !== nothing) put(one, one.route.label);
  for (let round = 0; round < (all.length <= fewLines ? rounds : 1); round++) {
    for (const one of open) {
      if (one.row === nothing) continue;
      const before = pills.get(one.id);
      if (before !== undefined) taken.remove(before);
      put(one, bestPlace(one, taken, lines));
    }
  }
  return { ...around(layout, [...pills.values()]), edges };
}

/** The layout on a sheet that is large enough for every pill. */
function around(layout: Layout, boxes: readonly Box[]): Layout {
  const x = Math.min(layout.x, ...boxes.map((box) => box.x - box.width / 2));
  const right = Math.max(layout.x + layout.width, ...boxes.map((box) => box.x + box.width / 2));
  return { ...layout, x, width: right - x };
}

/** What is there before any pill: nodes with their badges, titles of frames, tips of arrows. */
function standing(scene: Scene, layout: Layout, lines: readonly Marked[]): readonly Box[] {
  return [
    ...scene.nodes.flatMap(({ id, findings }) => {
      const box = layout.nodes.get(id);
      return box === undefined ? [] : [box, ...(findings.length === 0 ? [] : [badgeBox(box, findings.length)])];
    }),
    ...(scene.groups ?? []).flatMap(({ id, name }) => {
      const box = layout.groups.get(id);
      const title = frameTitle(name);
      return box === undefined ? [] : [{ x: box.x - box.width / 2 + title.width / 2, y: box.y - box.height / 2 + title.height / 2, ...title }];
    }),
    ...lines.map(({ route }) => headBox(route)),
  ];
}

/** Around the head of an arrow. */
function headBox({ curve, tip }: Route): Box {
  const from = curve.at(-1) ?? tip;
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  return { x: tip.x - ((tip.x - from.x) / length) * 5, y: tip.y - ((tip.y - from.y) / length) * 5, width: 6, height: 6 };
}

function bestPlace({ id, row: { width, height }, from, line }: Marked, taken: BoxesNearby, lines: PointsNearby): Point {
  let best = { at: pointAt(line, 0.5), cost: Infinity };
  for (const [rank, share] of from.entries()) {
    const on = pointAt(line, share);
    for (const shift of shifts) {
      const box = { x: Math.round((on.x + shift * width) * 10) / 10, y: on.y, width, height };
      const covered = taken.near(box).reduce((sum, other) => sum + overlap(box, other), 0);
      const cost = covered + lines.under(box, id) * crossing + (shift === 0 ? 0 : shifted) + rank * strayed;
      if (cost < best.cost) best = { at: { x: box.x, y: box.y }, cost };
      if (shift === 0 && covered === 0 && cost === rank * strayed && rank === 0) return best.at;
    }
  }
  return best.at;
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
