import type { SceneEdge, SceneMark, Shape } from "../protocol/scene.ts";
import { drawBadge } from "./draw-node.ts";
import type { Point, Route } from "./layout.ts";
import { chipHeight, markBlock } from "./measures.ts";
import { counted } from "./scene.ts";
import { group, label, path, shape, title } from "./shape.ts";

/** The line, its arrow and its marks. Solid: somebody waits. Dashed with an open arrow: nobody does. Dotted: not understood. */
export function drawEdge(edge: SceneEdge, route: Route, sentence: string): Shape {
  const flow = edge.flow === "unknown" ? "unseen" : edge.flow;
  const line = curve(route);
  return group(
    { class: `edge ${flow}${edge.isBare ? " bare" : ""}` },
    title(sentence),
    path("line", line),
    path("touch", line),
    path("head", head(route, edge.flow === "async", edge.isBare ? 1.35 : 1)),
    ...drawMarks(edge, route.label),
  );
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

function drawMarks(edge: SceneEdge, at: Point): readonly Shape[] {
  const block = markBlock(edge);
  if (block === undefined) return [];
  const drawn = block.slots.flatMap(({ mark, x, y, width }) => (mark === undefined ? drawBadge(edge.findings, x, y) : [drawChip(mark, x, y, width)]));
  return [group({ class: "marks", transform: `translate(${at.x} ${at.y})` }, ...drawn)];
}

function drawChip({ tone, text }: SceneMark, x: number, y: number, width: number): Shape {
  return group(
    { class: `mark ${tone === "unknown" ? "doubtful" : tone}` },
    shape("rect", { class: "chip", x: x - width / 2, y: y - chipHeight / 2, width, height: chipHeight, rx: tone === "bad" ? 2 : 8 }),
    label("", x, y, text),
  );
}
