import type { PictureEdge, SceneEdge, SceneMark, Sketch } from "../protocol/scene.ts";
import { drawCount, found } from "./draw-node.ts";
import type { Point, Route } from "./layout.ts";
import { markRow, slotGap } from "./measures.ts";
import { counted } from "./scene.ts";
import { group, label, path, shape } from "./shape.ts";

/** The line, its arrow and its marks. Solid: somebody waits. Dashed with an open arrow: nobody does. Dotted: not understood. */
export function drawEdge(edge: SceneEdge, route: Route, sentence: string): Sketch {
  const flow = edge.flow === "unknown" ? "unseen" : edge.flow;
  return {
    shape: group({ class: `edge ${flow}${edge.isBare ? " bare" : ""}` }, path("line", curve(route))),
    signs: [path("head", head(route, edge.flow === "async", edge.isBare ? 1.35 : 1))],
    large: [],
    details: [],
    tip: [sentence, ...found(edge.findings)].join("\n"),
  };
}

/** `orders calls over HTTP payments: no deadline, 3 tries; 1 finding`. */
export function edgeLabel({ verb, marks, findings }: SceneEdge, from: string, to: string): string {
  const policy = marks.length === 0 ? "" : `: ${marks.map(({ text }) => text).join(", ")}`;
  return `${from} ${verb} ${to}${policy}${findings.length === 0 ? "" : `; ${counted(findings.length, "finding")}`}`;
}

function curve({ curve: [first, ...rest], tip }: Route): string {
  if (first === undefined) return "";
  const points = rest.map(({ x, y }) => `${x} ${y}`);
  return `M${first.x} ${first.y}${points.length === 0 ? "" : `C${points.join(" ")}`}L${tip.x} ${tip.y}`;
}

function head({ curve, tip }: Route, isOpen: boolean, scale: number): string {
  const from = curve.at(-1) ?? tip;
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [dx, dy] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const corner = (side: number): Point => ({
    x: Math.round((tip.x - dx * 9 * scale - dy * side * 4.5 * scale) * 10) / 10,
    y: Math.round((tip.y - dy * 9 * scale + dx * side * 4.5 * scale) * 10) / 10,
  });
  const [a, b] = [corner(1), corner(-1)];
  return `M${a.x} ${a.y}L${tip.x} ${tip.y}L${b.x} ${b.y}${isOpen ? "" : "Z"}`;
}

/** One pill on the line: what protects the call, and how many findings it has. */
export function drawMarks(edge: SceneEdge, at: Point): PictureEdge["marks"] {
  const row = markRow(edge);
  if (row === undefined) return undefined;
  const { width, height, slots } = row;
  const pill = shape("rect", { class: "chip", x: at.x - width / 2, y: at.y - height / 2, width, height, rx: height / 2 });
  const drawn = slots.flatMap(({ mark, text, x, width: wide }) => (mark === undefined ? drawCount(edge.findings, text, at.x + x - wide / 2, at.y) : [label(toneOf(mark), at.x + x, at.y, text)]));
  const isBad = edge.isBare || edge.marks.some(({ tone }) => tone === "bad");
  const count = slots.find(({ mark }) => mark === undefined)?.width ?? 0;
  return { width, height, counted: count === 0 ? 0 : slots.length === 1 ? width : count + slotGap, shape: group({ class: `marks${isBad ? " bad" : ""}` }, pill, ...drawn) };
}

function toneOf({ tone }: SceneMark): string {
  return tone === "unknown" ? "mark doubtful" : `mark ${tone}`;
}
