import type { SceneFinding, SceneGroup, SceneNode, Shape } from "../protocol/scene.ts";
import { longestName, nodeSize, shortened, type Size } from "./measures.ts";
import { counted } from "./scene.ts";
import { group, label, path, shape, title } from "./shape.ts";

/** A node around its own middle. Each kind has an outline of its own: colour only repeats it. */
export function drawNode(node: SceneNode, { width, height }: Size = nodeSize(node)): Shape {
  return group(
    { class: `node ${node.kind}` },
    title(nodeLabel(node)),
    ...outlines[node.kind](width, height),
    ...words(node),
    ...(node.opens === undefined ? [] : [path("opener", `M${-width / 2 + 6} ${height / 2 - 11}H${-width / 2 + 14}M${-width / 2 + 10} ${height / 2 - 15}V${height / 2 - 7}`)]),
    ...drawBadge(node.findings, width / 2 - 12, -height / 2),
  );
}

function words({ kind, name, detail }: SceneNode): readonly Shape[] {
  if (kind === "endpoint") return [label("name", 0, 0, shortened(name, longestName + 8))];
  const shift = kind === "frontend" || kind === "store" ? 5 : 0;
  const size = [...name].length <= 8 ? " short" : [...name].length <= 12 ? " mid" : "";
  return [label(`name${size}`, 0, shift - 9, shortened(name, longestName)), label("detail", 0, shift + 10, shortened(detail, longestName + 8))];
}

/** The frame of an open group around its middle, with its name and the sign that folds it. */
export function drawFrame({ kind, name }: SceneGroup, { width, height }: Size): Shape {
  const [left, top] = [-width / 2, -height / 2];
  return group(
    { class: `frame ${kind}` },
    shape("rect", { class: "pane", x: left, y: top, width, height, rx: 8 }),
    path("opener", `M${left + 9} ${top + 13}H${left + 17}`),
    label("caption", left + 24, top + 13, shortened(name, 34), "start"),
  );
}

/** `orders, service, TypeScript · 4 endpoints, 2 findings`. */
export function nodeLabel({ kind, name, detail, findings }: SceneNode): string {
  return [name, kindNames[kind], ...(detail === "" ? [] : [detail]), ...(findings.length === 0 ? [] : [counted(findings.length, "finding")])].join(", ");
}

const kindNames: Readonly<Record<SceneNode["kind"], string>> = {
  service: "service",
  frontend: "front end",
  foreign: "service in another language",
  store: "store",
  channel: "channel",
  broker: "broker",
  external: "external system",
  unknown: "unknown target",
  endpoint: "endpoint",
  group: "folded group",
};

type Outline = (width: number, height: number) => readonly Shape[];

const outlines: Readonly<Record<SceneNode["kind"], Outline>> = {
  service: (w, h) => [box(w, h, 7)],
  frontend: (w, h) => [
    box(w, h, 7),
    path("bar", `M${-w / 2} ${-h / 2 + 13}H${w / 2}`),
    ...[10, 18, 26].map((x) => shape("circle", { class: "dot", cx: -w / 2 + x, cy: -h / 2 + 6.5, r: 2 })),
  ],
  foreign: (w, h) => [box(w, h, 0), shape("rect", { class: "bar", x: -w / 2, y: -h / 2, width: 6, height: h })],
  store: cylinder,
  channel: (w, h) => [box(w, h, h / 2)],
  broker: (w, h) => [box(w, h, h / 2)],
  external: (w, h) => [box(w, h, 18)],
  unknown: (w, h) => [box(w, h, 18)],
  endpoint: (w, h) => [box(w, h, 3)],
  // Another sheet behind it: there is more than one.
  group: (w, h) => [shape("rect", { class: "behind", x: -w / 2 + 5, y: -h / 2 - 5, width: w, height: h, rx: 9 }), box(w, h, 9)],
};

function box(width: number, height: number, radius: number): Shape {
  return shape("rect", { class: "box", x: -width / 2, y: -height / 2, width, height, rx: radius });
}

function cylinder(width: number, height: number): readonly Shape[] {
  const [w, h, rim] = [width / 2, height / 2, 8];
  return [
    path("box", `M${-w} ${-h + rim}A${w} ${rim} 0 0 1 ${w} ${-h + rim}V${h - rim}A${w} ${rim} 0 0 1 ${-w} ${h - rim}Z`),
    path("rim", `M${-w} ${-h + rim}A${w} ${rim} 0 0 0 ${w} ${-h + rim}`),
  ];
}

export const ranks: Readonly<Record<SceneFinding["severity"], number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** How many findings, with the sign of the worst: a cross, a triangle or a circle. */
export function drawBadge(findings: readonly SceneFinding[], x: number, y: number): readonly Shape[] {
  if (findings.length === 0) return [];
  return [
    group(
      { class: `badge ${worstOf(findings)}`, transform: `translate(${x} ${y})` },
      title(findings.map(({ rule, what }) => `${rule}: ${what}`).join("\n")),
      shape("rect", { class: "plate", x: -15, y: -9, width: 30, height: 18, rx: 9 }),
      path("sign", signs[worstOf(findings)]),
      label("", 6, 0, findings.length > 99 ? "99" : String(findings.length)),
    ),
  ];
}

/** The same without a plate, from its left end. */
export function drawCount(findings: readonly SceneFinding[], text: string, x: number): readonly Shape[] {
  return [
    group(
      { class: `badge ${worstOf(findings)}`, transform: `translate(${x} 0)` },
      group({ transform: "translate(11 0)" }, path("sign", signs[worstOf(findings)])),
      label("", 12, 0, text, "start"),
    ),
  ];
}

function worstOf(findings: readonly SceneFinding[]): keyof typeof signs {
  const [worst] = [...findings].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
  return worst === undefined || worst.severity === "hint" ? "information" : worst.severity;
}

const signs = {
  error: "M-10 -3.5L-3 3.5M-3 -3.5L-10 3.5",
  warning: "M-6.5 -4.5L-2 4H-11Z",
  information: "M-10.5 0A4 4 0 1 1 -2.5 0A4 4 0 1 1 -10.5 0Z",
} as const;
