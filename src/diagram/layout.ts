/** Where things stand: Graphviz decides. */
import type { Box, Scene } from "../protocol/scene.ts";
import { dotOf, itemsOf, type Direction, type GraphvizOutput, type Item, type Settled } from "./dot.ts";
import { frames, members } from "./frames.ts";
import { keptPlaces } from "./keep.ts";
import { withLabels } from "./label-places.ts";
import { rowsOf } from "./rows.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Route {
  /** First point, then three for each curve. */
  readonly curve: readonly Point[];
  /** Tip of the arrow. */
  readonly tip: Point;
  /** Middle of the marks. */
  readonly label: Point;
}

export interface Layout {
  /** The upper left corner: not 0, 0 where something new stands outside of what was there before. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Nodes, and the grids of open bundles. */
  readonly nodes: ReadonlyMap<string, Box>;
  /** Frames of open groups. */
  readonly groups: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, Route>;
}

/** The window that a layout is made for, and the one before: what stood there stays in its place. */
export interface LayoutWish {
  readonly window?: "wide" | "tall";
  readonly before?: Layout;
}

const nothing: Layout = { x: 0, y: 0, width: 0, height: 0, nodes: new Map(), groups: new Map(), edges: new Map() };
/** Up to here every way of drawing is tried, and the one that fits the window best is taken. */
const smallEnoughForAll = 120;
/** Breaking ranks into rows takes several drawings more. */
const smallEnoughForRows = 60;
/** What is small enough is drawn no larger than this; below the other size, nothing is traded for size. */
const [largestShown, readable] = [1.25, 0.65];
/** Room for the map in a window of its own, and in one beside the code. */
const windows = { wide: { width: 1250, height: 800 }, tall: { width: 680, height: 800 } } as const;

export async function layoutOf(scene: Scene, { window = "wide", before }: LayoutWish = {}): Promise<Layout> {
  if (scene.nodes.length === 0) return nothing;
  // Loaded by whoever draws: most runs never do.
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  const items = itemsOf(scene);
  const draw = (direction: Direction, settled: Settled = {}): Layout =>
    readLayout(JSON.parse(graphviz.layout(dotOf(scene, items, direction, settled), "json", settled.pinned === undefined ? "dot" : "nop")) as GraphvizOutput, scene, items, settled.pinned);
  const pinned = before === undefined ? undefined : keptPlaces(scene, items, before);
  const isLarge = items.length > smallEnoughForAll || scene.edges.length > 2 * smallEnoughForAll;
  if (before !== undefined && pinned !== undefined) {
    const layout = withKeptRoutes(scene, draw(isLarge ? "large" : "down", { pinned }), before);
    return withLabels(scene, layout, new Set([...layout.edges].filter(([id, route]) => before.edges.get(id) === route).map(([id]) => id)));
  }
  if (isLarge) return withLabels(scene, draw("large"), new Set());
  const [down, right] = [draw("down"), draw("right")];
  // Room that the window has to the side is given to the lines.
  const sideways = right.width < (right.height * windows[window].width * 0.8) / windows[window].height ? draw("far") : right;
  const staggered = draw("staggered");
  // Lines to single things of a column reach them from the side; from above they go around it. On a large sheet size matters more.
  const hasColumns = scaleOf(sideways, window) >= readable && items.some(({ grid, hasPorts }) => hasPorts === true && (grid?.cells.length ?? 0) > 1);
  const best = hasColumns ? fitting([sideways, down, staggered], window, 1.5) : fitting([down, sideways, staggered], window, 1.12);
  const broken = hasColumns || items.length > smallEnoughForRows || scaleOf(best, window) >= 1 ? [] : rowsWorthTrying(items, down).map((rows) => draw("down", { rows }));
  return withLabels(scene, fitting([best, ...broken], window, window === "tall" ? 1.12 : 1.3), new Set());
}

/** Later ones are stranger: they are taken where things are so many times as large. */
function fitting(drawn: readonly Layout[], window: "wide" | "tall", times: number): Layout {
  return drawn.reduce((a, b) => (scaleOf(b, window) > scaleOf(a, window) * times ? b : a), nothing);
}

function rowsWorthTrying(items: readonly Item[], { nodes, width }: Layout): readonly ReadonlyMap<string, number>[] {
  const tried = [0.7, 0.5, 0.42, 0.3].flatMap((share) => rowsOf(items, nodes, width * share) ?? []);
  return tried.filter((rows, at) => at === 0 || Math.max(...rows.values()) > Math.max(...(tried[at - 1]?.values() ?? [])));
}

/** How large things are drawn in an ordinary window of that kind. */
function scaleOf({ width, height }: Layout, window: "wide" | "tall"): number {
  const { width: wide, height: high } = windows[window];
  return Math.min(wide / (width || Infinity), high / (height || Infinity), largestShown);
}

/** An edge whose ends stand as they stood runs as it ran. */
function withKeptRoutes(scene: Scene, layout: Layout, before: Layout): Layout {
  const stands = (id: string): boolean => {
    const [now, then] = [layout.nodes.get(id), before.nodes.get(id)];
    return now !== undefined && now.width === then?.width && now.height === then.height;
  };
  const kept = scene.edges.flatMap(({ id, from, to }) => {
    const route = before.edges.get(id);
    return route !== undefined && stands(from) && stands(to) ? [[id, route] as const] : [];
  });
  // What is kept may run outside of what is new.
  const [x, y] = [Math.min(layout.x, before.x), Math.min(layout.y, before.y)];
  const right = Math.max(layout.x + layout.width, before.x + before.width);
  const bottom = Math.max(layout.y + layout.height, before.y + before.height);
  return { ...layout, x, y, width: right - x, height: bottom - y, edges: new Map([...layout.edges, ...kept]) };
}

/** Graphviz counts upwards from the bottom; a drawing counts downwards from the top. */
function readLayout({ bb, objects = [], edges = [] }: GraphvizOutput, scene: Scene, items: readonly Item[], pinned: ReadonlyMap<string, Box> | undefined): Layout {
  const positions = new Map(objects.map(({ name, pos }) => [name, numbersOf(pos ?? "0,0")]));
  const [left = 0, bottom = 0, right = 0, top = 0] = numbersOf(bb);
  const corner = cornerOf(items, pinned, positions.get("n0") ?? [], { x: left, y: top });
  const place = (x: number, y: number): Point => ({ x: round(x - left + corner.x), y: round(top - y + corner.y) });
  const boxes = new Map(
    items.map(({ id, width, height }, at) => {
      const [x = 0, y = 0] = positions.get(`n${at}`) ?? [];
      return [id, pinned?.get(id) ?? { ...place(x, y), width, height }] as const;
    }),
  );
  const nodes = new Map([...boxes, ...members(items, boxes)]);
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  const routes = new Map(scene.edges.map((edge, at) => [edge.id, routeOf(byId.get(`e${at}`), place)] as const));
  const groups = frames(scene, nodes);
  return { ...around({ ...corner, width: round(right - left), height: round(top - bottom) }, [...groups.values()]), nodes, groups, edges: routes };
}

/** The sheet, made large enough for every frame. */
function around(sheet: Pick<Layout, "x" | "y" | "width" | "height">, boxes: readonly Box[]): Pick<Layout, "x" | "y" | "width" | "height"> {
  const x = Math.min(sheet.x, ...boxes.map((box) => box.x - box.width / 2));
  const y = Math.min(sheet.y, ...boxes.map((box) => box.y - box.height / 2));
  const right = Math.max(sheet.x + sheet.width, ...boxes.map((box) => box.x + box.width / 2));
  const bottom = Math.max(sheet.y + sheet.height, ...boxes.map((box) => box.y + box.height / 2));
  return { x, y, width: right - x, height: bottom - y };
}

/** Where the sheet's corner must be for the first item to stand where it is pinned. */
function cornerOf([first]: readonly Item[], pinned: ReadonlyMap<string, Box> | undefined, [x = 0, y = 0]: readonly number[], corner: Point): Point {
  const box = first === undefined ? undefined : pinned?.get(first.id);
  return box === undefined ? { x: 0, y: 0 } : { x: round(box.x - (x - corner.x)), y: round(box.y - (corner.y - y)) };
}

function routeOf(edge: { readonly pos?: string } | undefined, place: (x: number, y: number) => Point): Route {
  const parts = (edge?.pos ?? "").split(/;| /).filter((part) => part !== "");
  const points = parts.filter((part) => !/^[es],/.test(part)).map(point);
  const curve = points.length === 0 ? [place(0, 0)] : points;
  const end = parts.find((part) => part.startsWith("e,"));
  const tip = end === undefined ? (curve.at(-1) ?? place(0, 0)) : point(end.slice(2));
  return { curve, tip, label: tip };

  function point(text: string): Point {
    const [x = 0, y = 0] = numbersOf(text);
    return place(x, y);
  }
}

function numbersOf(text: string): readonly number[] {
  return text.split(",").map(Number);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
