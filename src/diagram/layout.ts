/** Where things stand: Graphviz decides. It sees numbers and sizes, never a name. */
import type { Box, Scene, SceneNode } from "../protocol/scene.ts";
import { nodeSize, markBlock } from "./measures.ts";

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
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, Route>;
}

/** Lays a scene out; with the layout before, what stood there stays in its place. */
export async function layoutOf(scene: Scene, before?: Layout): Promise<Layout> {
  if (scene.nodes.length === 0) return { x: 0, y: 0, width: 0, height: 0, nodes: new Map(), edges: new Map() };
  // Loaded by whoever draws: most runs never do.
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  const pinned = before === undefined ? undefined : keptPlaces(scene, before);
  const output = graphviz.layout(dotOf(scene, pinned), "json", pinned === undefined ? "dot" : "nop");
  const layout = readLayout(JSON.parse(output) as GraphvizOutput, scene, pinned);
  return before === undefined || pinned === undefined ? layout : withKeptRoutes(scene, layout, before);
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
  const right = Math.max(layout.x + layout.width, before.x + before.width);
  const bottom = Math.max(layout.y + layout.height, before.y + before.height);
  const [x, y] = [Math.min(layout.x, before.x), Math.min(layout.y, before.y)];
  return { ...layout, x, y, width: right - x, height: bottom - y, edges: new Map([...layout.edges, ...kept]) };
}

/** Places of all nodes where most are known from before; a new one stands beside its first neighbour. */
function keptPlaces(scene: Scene, before: Layout): ReadonlyMap<string, Box> | undefined {
  const kept = new Map(scene.nodes.flatMap(({ id }) => [[id, before.nodes.get(id)] as const].flatMap(([key, box]) => (box === undefined ? [] : [[key, box] as const]))));
  const added = scene.nodes.filter(({ id }) => !kept.has(id));
  if (added.length * 4 > scene.nodes.length) return undefined;
  const places = new Map([...kept].map(([id, box]) => [id, resized(box, scene, id)]));
  for (const node of added) places.set(node.id, freePlace(node, scene, places));
  return places;
}

function resized(box: Box, scene: Scene, id: string): Box {
  const node = scene.nodes.find((one) => one.id === id);
  return node === undefined ? box : { x: box.x, y: box.y, ...nodeSize(node) };
}

function freePlace(node: SceneNode, scene: Scene, places: ReadonlyMap<string, Box>): Box {
  const size = nodeSize(node);
  const edge = scene.edges.find(({ from, to }) => (from === node.id && places.has(to)) || (to === node.id && places.has(from)));
  const beside = edge === undefined ? undefined : places.get(edge.from === node.id ? edge.to : edge.from);
  const start = beside ?? { x: 0, y: Math.max(0, ...[...places.values()].map(({ y }) => y)) };
  const step = edge?.from === node.id ? -rankStep : rankStep;
  for (let ring = 0; ring < 200; ring++) {
    const shift = (ring % 2 === 0 ? 1 : -1) * Math.ceil((ring % 20) / 2) * 60;
    const box = { x: start.x + shift, y: start.y + step * (1 + Math.floor(ring / 20)), ...size };
    if ([...places.values()].every((other) => !overlap(box, other))) return box;
  }
  return { ...size, x: start.x, y: Math.max(...[...places.values()].map(({ y }) => y)) + rankStep };
}

const rankStep = 130;
const margin = 24;

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + margin && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + margin;
}

function dotOf(scene: Scene, pinned: ReadonlyMap<string, Box> | undefined): string {
  const numbers = new Map(scene.nodes.map(({ id }, at) => [id, `n${at}`]));
  const nodes = scene.nodes.map((node) => {
    const { width, height } = nodeSize(node);
    const box = pinned?.get(node.id);
    const place = box === undefined ? "" : `, pos="${box.x},${-box.y}"`;
    return `${numbers.get(node.id)} [width=${width / 72}, height=${height / 72}${place}];`;
  });
  const edges = scene.edges.map((edge, at) => `${numbers.get(edge.from)} -> ${numbers.get(edge.to)} [id=e${at}${labelOf(markBlock(edge))}];`);
  const rim = scene.nodes.filter(({ kind }) => kind === "external").map(({ id }) => numbers.get(id));
  const front = scene.nodes.filter(({ kind }) => kind === "frontend").map(({ id }) => numbers.get(id));
  return `digraph { graph [rankdir=TB, nodesep=0.42, ranksep=0.5, splines=true, overlap=true, esep=4];
node [shape=box, fixedsize=true, label=""]; edge [arrowsize=0.8];
${nodes.join("\n")}
${edges.join("\n")}
${rim.length === 0 ? "" : `{rank=max; ${rim.join("; ")}}`}
${front.length === 0 ? "" : `{rank=min; ${front.join("; ")}}`}
}`;
}

/** Room for a row of marks. */
function labelOf(size: { readonly width: number; readonly height: number } | undefined): string {
  if (size === undefined) return "";
  const cell = `width="${size.width + 8}" height="${size.height + 4}" fixedsize="true"`;
  return `, label=<<table border="0" cellborder="0" cellspacing="0" cellpadding="0" ${cell}><tr><td></td></tr></table>>`;
}

interface GraphvizOutput {
  readonly bb: string;
  readonly objects?: readonly { readonly _gvid: number; readonly name: string; readonly pos?: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos?: string; readonly lp?: string }[];
}

/** Graphviz counts upwards from the bottom; a drawing counts downwards from the top. */
function readLayout({ bb, objects = [], edges = [] }: GraphvizOutput, scene: Scene, pinned: ReadonlyMap<string, Box> | undefined): Layout {
  const positions = new Map(objects.map(({ name, pos }) => [name, numbersOf(pos ?? "0,0")]));
  const [left = 0, bottom = 0, right = 0, top = 0] = numbersOf(bb);
  const corner = cornerOf(scene, pinned, positions.get("n0") ?? [], { x: left, y: top });
  const place = (x: number, y: number): Point => ({ x: round(x - left + corner.x), y: round(top - y + corner.y) });
  const nodes = new Map(
    scene.nodes.map((node, at) => {
      const [x = 0, y = 0] = positions.get(`n${at}`) ?? [];
      return [node.id, pinned?.get(node.id) ?? { ...place(x, y), ...nodeSize(node) }] as const;
    }),
  );
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  const routes = new Map(scene.edges.map((edge, at) => [edge.id, routeOf(byId.get(`e${at}`), place)] as const));
  return { ...corner, width: round(right - left), height: round(top - bottom), nodes, edges: routes };
}

/** Where the sheet's corner must be for the first node to stand where it is pinned. */
function cornerOf({ nodes: [first] }: Scene, pinned: ReadonlyMap<string, Box> | undefined, [x = 0, y = 0]: readonly number[], corner: Point): Point {
  const box = first === undefined ? undefined : pinned?.get(first.id);
  return box === undefined ? { x: 0, y: 0 } : { x: round(box.x - (x - corner.x)), y: round(box.y - (corner.y - y)) };
}

function routeOf(edge: { readonly pos?: string; readonly lp?: string } | undefined, place: (x: number, y: number) => Point): Route {
  const parts = (edge?.pos ?? "").split(/;| /).filter((part) => part !== "");
  const points = parts.filter((part) => !/^[es],/.test(part)).map(point);
  const curve = points.length === 0 ? [place(0, 0)] : points;
  const end = parts.find((part) => part.startsWith("e,"));
  const tip = end === undefined ? (curve.at(-1) ?? place(0, 0)) : point(end.slice(2));
  const label = edge?.lp === undefined ? (curve[Math.floor(curve.length / 2)] ?? tip) : point(edge.lp);
  return { curve, tip, label };

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
