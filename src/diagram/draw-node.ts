import type { Box, SceneFinding, SceneGroup, SceneNode, Shape, Sketch } from "../protocol/scene.ts";
import { badgeBox, longestName, shortened } from "./measures.ts";
import { counted } from "./scene.ts";
import { group, label, path, shape } from "./shape.ts";

/** Each kind has an outline of its own: colour only repeats it. */
export function drawNode(node: SceneNode, box: Box): Sketch {
  const [left, bottom] = [box.x - box.width / 2, box.y + box.height / 2];
  const opener = node.opens === undefined ? [] : [path("opener", `M${left + 6} ${bottom - 11}H${left + 14}M${left + 10} ${bottom - 15}V${bottom - 7}`)];
  return {
    shape: group({ class: `node ${node.kind}` }, ...outlines[node.kind](box)),
    signs: drawBadge(node.findings, badgeBox(box, node.findings.length)),
    large: largeName(node, box),
    details: [...wordsOf(node, box), ...opener],
    tip: [nodeLabel(node), ...found(node.findings)].join("\n"),
  };
}

/** The name as large as its box has room for, in two lines where it is long and has a joint. */
function largeName({ kind, name }: SceneNode, { x, y, width, height }: Box): readonly Shape[] {
  const text = shortened(name, longestName);
  const lines = [...text].length <= 11 || kind === "endpoint" ? [text] : inTwo(text);
  const longest = Math.max(...lines.map((line) => [...line].length));
  const room = Math.min((width - 10) / (longest * 0.62), (height - 4) / (lines.length * 1.15));
  const size = largeSizes.findLast((one) => one <= room) ?? largeSizes[0];
  const middle = y + (kind === "endpoint" ? 0 : shiftOf(kind));
  const parts = lines.map((line, at): Shape => ({ tag: "tspan", attributes: { x, y: Math.round(middle + (at - (lines.length - 1) / 2) * size * 1.1 + size * 0.35) }, text: line }));
  return [{ tag: "text", attributes: { class: `name large s${size}`, "text-anchor": "middle" }, children: parts }];
}

/** Sizes of letters that the style knows. */
const largeSizes = [12, 14, 16, 18, 20, 22, 24] as const;

/** At the joint nearest to the middle. */
function inTwo(text: string): readonly string[] {
  const joints = [...text.matchAll(/[-._/ :]|(?<=[a-z])(?=[A-Z])/g)].map(({ index }) => index).filter((index) => index > 1 && index < text.length - 2);
  const best = joints.toSorted((a, b) => Math.abs(a - text.length / 2) - Math.abs(b - text.length / 2))[0];
  return best === undefined ? [text] : [text.slice(0, best), text.slice(best)];
}

function nameOf({ kind, name }: SceneNode, x: number, y: number): Shape {
  if (kind === "endpoint") return label("name", x, y, shortened(name, longestName + 8));
  const size = [...name].length <= 8 ? " short" : [...name].length <= 12 ? " mid" : "";
  return label(`name${size}`, x, y, shortened(name, longestName));
}

function wordsOf(node: SceneNode, { x, y }: Box): readonly Shape[] {
  if (node.kind === "endpoint") return [nameOf(node, x, y)];
  const shift = shiftOf(node.kind);
  // A redis that is called redis is not said twice.
  if (node.detail === "" || node.detail === node.name) return [nameOf(node, x, y + shift)];
  return [nameOf(node, x, y + shift - 9), label("detail", x, y + shift + 10, shortened(node.detail, longestName + 8))];
}

/** Below the upper rim that some outlines have. */
function shiftOf(kind: SceneNode["kind"]): number {
  return kind === "frontend" || kind === "store" ? 5 : 0;
}

/** `timeout/missing: No deadline`, the first of them. */
export function found(findings: readonly SceneFinding[]): readonly string[] {
  const rest = findings.length - mostTold;
  return [...findings.slice(0, mostTold).map(({ rule, what }) => `${rule}: ${what}`), ...(rest > 0 ? [`and ${rest} more`] : [])];
}

const mostTold = 12;

/** The frame of an open group around its middle, with its name and the sign that folds it. */
export function drawFrame({ kind, name }: SceneGroup, { x, y, width, height }: Box): Omit<Sketch, "tip"> {
  const [left, top] = [x - width / 2, y - height / 2];
  const caption = (large: string): Shape => label(`caption${large}`, left + 24, top + 13, shortened(name, 34), "start");
  return {
    shape: group({ class: `frame ${kind}` }, shape("rect", { class: "pane", x: left, y: top, width, height, rx: 8 })),
    signs: [],
    large: [caption(" large")],
    details: [caption(""), path("opener", `M${left + 9} ${top + 13}H${left + 17}`)],
  };
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

type Outline = (place: Box) => readonly Shape[];

const outlines: Readonly<Record<SceneNode["kind"], Outline>> = {
  service: (place) => [box(place, 7)],
  frontend: (place) => {
    const { left, top, right } = sidesOf(place);
    return [box(place, 7), path("bar", `M${left} ${top + 13}H${right}`), ...[10, 18, 26].map((x) => shape("circle", { class: "dot", cx: left + x, cy: top + 6.5, r: 2 }))];
  },
  foreign: (place) => {
    const { left, top } = sidesOf(place);
    return [box(place, 0), shape("rect", { class: "bar", x: left, y: top, width: 6, height: place.height })];
  },
  store: cylinder,
  channel: (place) => [box(place, place.height / 2)],
  broker: (place) => [box(place, place.height / 2)],
  external: (place) => [box(place, 18)],
  unknown: (place) => [box(place, 18)],
  endpoint: (place) => [box(place, 3)],
  // Another sheet behind it: there is more than one.
  group: (place) => {
    const { left, top } = sidesOf(place);
    return [shape("rect", { class: "behind", x: left + 5, y: top - 5, width: place.width, height: place.height, rx: 9 }), box(place, 9)];
  },
};

function sidesOf({ x, y, width, height }: Box): Readonly<Record<"left" | "top" | "right" | "bottom", number>> {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

function box(place: Box, radius: number): Shape {
  const { left, top } = sidesOf(place);
  return shape("rect", { class: "box", x: left, y: top, width: place.width, height: place.height, rx: radius });
}

function cylinder(place: Box): readonly Shape[] {
  const { left, top, right, bottom } = sidesOf(place);
  const [w, rim] = [place.width / 2, 8];
  return [
    path("box", `M${left} ${top + rim}A${w} ${rim} 0 0 1 ${right} ${top + rim}V${bottom - rim}A${w} ${rim} 0 0 1 ${left} ${bottom - rim}Z`),
    path("rim", `M${left} ${top + rim}A${w} ${rim} 0 0 0 ${right} ${top + rim}`),
  ];
}

export const ranks: Readonly<Record<SceneFinding["severity"], number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** How many findings, with the sign of the worst: a cross, a triangle or a circle. */
export function drawBadge(findings: readonly SceneFinding[], { x, y, width, height }: Box): readonly Shape[] {
  if (findings.length === 0) return [];
  const worst = worstOf(findings);
  const [left, right] = [x - width / 2, x + width / 2];
  const plate = shape("rect", { class: "plate", x: left, y: y - height / 2, width, height, rx: 9 });
  const count = findings.length > 99 ? "99" : String(findings.length);
  return [group({ class: `badge ${worst}` }, plate, path("sign", signs[worst](left + 15, y)), label("", (left + 12 + right) / 2, y, count))];
}

/** The same without a plate, from its left end. */
export function drawCount(findings: readonly SceneFinding[], text: string, x: number, y: number): readonly Shape[] {
  const worst = worstOf(findings);
  return [group({ class: `badge ${worst}` }, path("sign", signs[worst](x + 11, y)), label("", x + 12, y, text, "start"))];
}

function worstOf(findings: readonly SceneFinding[]): keyof typeof signs {
  const [worst] = [...findings].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
  return worst === undefined || worst.severity === "hint" ? "information" : worst.severity;
}

const signs: Readonly<Record<"error" | "warning" | "information", (x: number, y: number) => string>> = {
  error: (x, y) => `M${x - 10} ${y - 3.5}l7 7m0 -7l-7 7`,
  warning: (x, y) => `M${x - 6.5} ${y - 4.5}l4.5 8.5h-9Z`,
  information: (x, y) => `M${x - 10.5} ${y}a4 4 0 1 1 8 0a4 4 0 1 1 -8 0Z`,
};
