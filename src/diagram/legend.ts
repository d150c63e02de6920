import type { Legend, NodeKind, Scene, SceneEdge, SceneFinding, SceneMark, Shape } from "../protocol/scene.ts";
import { drawBadge, ranks } from "./draw-node.ts";
import { sign } from "./measures.ts";
import { group, label, path, shape } from "./shape.ts";

/** What the signs of a scene mean, in one row. */
export function legend(scene: Scene): Legend {
  let x = 0;
  const shown = samples.filter(([, , , isThere]) => isThere(scene));
  const entries = shown.map(([sample, width, text]) => {
    const entry = group({ transform: `translate(${x} 12)` }, sample, label("detail", width + 7, 0, text, "start"));
    x += width + text.length * 6 + 26;
    return entry;
  });
  return { width: x, height: 24, shape: group({ class: "legend" }, ...entries), entries: shown.map(([sample, width, text]) => ({ width, shape: sample, text })) };
}

function line(name: string, isOpen: boolean): Shape {
  return group({ class: `edge ${name}` }, path("line", "M0 0H30"), path("head", `M26 -4L34 0L26 4${isOpen ? "" : "Z"}`));
}

function pill(text: string, tone: string, width: number): Shape {
  return group({ class: `marks ${tone}` }, shape("rect", { class: "chip", x: 0, y: -8, width, height: 16, rx: 8 }), label(`mark ${tone}`, width / 2, 0, text));
}

/** What a sign looks like, how wide it is, what it means, and whether it is there. */
type Sample = readonly [Shape, number, string, (scene: Scene) => boolean];

const boxAt = (width: number, radius: number): Shape => shape("rect", { class: "box", x: 0, y: -7, width, height: 14, rx: radius });
const kinds = (...names: readonly NodeKind[]) => (scene: Scene): boolean => scene.nodes.some(({ kind }) => names.includes(kind));
const edges = (is: (edge: SceneEdge) => boolean) => (scene: Scene): boolean => scene.edges.some(is);
const marked = (is: (mark: SceneMark) => boolean) => edges(({ marks }) => marks.some((mark) => sign(mark) !== "" && is(mark)));

const badge = (severity: SceneFinding["severity"]): Shape => group({}, ...drawBadge([{ rule: "a rule", severity, what: "what it found", id: "" }], { x: 15, y: 0, width: 30, height: 18 }));

/** Something is marked so: with the gravest of what was found on it. */
const worst = (...severities: readonly SceneFinding["severity"][]) => ({ nodes, edges: all }: Scene): boolean =>
  [...nodes, ...all].some(({ findings }) => {
    const [gravest] = [...findings].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
    return gravest !== undefined && severities.includes(gravest.severity);
  });

const samples: readonly Sample[] = [
  [group({ class: "service" }, boxAt(24, 3)), 24, "service", kinds("service")],
  [group({ class: "frontend" }, boxAt(24, 3), path("bar", "M0 -3H24"), shape("circle", { class: "dot", cx: 4, cy: -5, r: 1.2 }), shape("circle", { class: "dot", cx: 8, cy: -5, r: 1.2 })), 24, "front end", kinds("frontend")],
  [group({ class: "foreign" }, boxAt(24, 0), shape("rect", { class: "bar", x: 0, y: -7, width: 4, height: 14 })), 24, "service in another language", kinds("foreign")],
  [group({ class: "endpoint" }, boxAt(24, 1)), 24, "endpoint", kinds("endpoint")],
  [group({ class: "store" }, path("box", "M0 -5A10 3 0 0 1 20 -5V5A10 3 0 0 1 0 5Z"), path("rim", "M0 -5A10 3 0 0 0 20 -5")), 20, "store", kinds("store")],
  [group({ class: "channel" }, boxAt(26, 7)), 26, "channel", kinds("channel", "broker")],
  [group({ class: "external" }, boxAt(24, 6)), 24, "outside", kinds("external", "unknown")],
  [group({ class: "group" }, shape("rect", { class: "behind", x: 3, y: -9, width: 22, height: 14, rx: 3 }), shape("rect", { class: "box", x: 0, y: -6, width: 22, height: 14, rx: 3 })), 25, "several", kinds("group")],
  [path("opener", "M1 0H11M6 -5V5"), 12, "opens up", ({ nodes }) => nodes.some(({ opens }) => opens !== undefined)],
  [line("sync", false), 34, "waits", edges(({ flow, isBare }) => flow === "sync" && !isBare)],
  [group({}, line("sync bare", false), group({ transform: "translate(3 0)" }, pill("∞", "bad", 20))), 34, "waits without deadline", edges(({ isBare }) => isBare)],
  [line("async", true), 34, "does not wait", edges(({ flow }) => flow === "async")],
  [line("unseen", false), 34, "not understood", edges(({ flow }) => flow === "unknown")],
  [pill("5 s  3×", "good", 52), 52, "deadline, tries", marked(({ tone }) => tone === "good" || tone === "quiet")],
  [pill("∞", "quiet", 20), 20, "query without deadline", marked(({ text, tone }) => text === "no deadline" && tone === "quiet")],
  [pill("∞×", "bad", 26), 26, "endless tries", marked(({ text }) => text === "endless tries")],
  [pill("breaker per call", "bad", 114), 114, "never opens", marked(({ text }) => text === "breaker per call")],
  [pill("?", "doubtful", 24), 24, "not known", marked(({ tone }) => tone === "unknown")],
  [badge("error"), 30, "errors", worst("error")],
  [badge("warning"), 30, "warnings", worst("warning")],
  [badge("information"), 30, "remarks", worst("information", "hint")],
];
