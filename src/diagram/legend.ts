import type { Legend, Shape } from "../protocol/scene.ts";
import { drawBadge } from "./draw-node.ts";
import { group, label, path, shape } from "./shape.ts";

/** What the signs mean, in one row. */
export function legend(): Legend {
  let x = 0;
  const entries = samples.map(([sample, width, text]) => {
    const entry = group({ transform: `translate(${x} 12)` }, sample, label("detail", width + 7, 0, text, "start"));
    x += width + text.length * 6 + 26;
    return entry;
  });
  return { width: x, height: 24, shape: group({ class: "legend" }, ...entries), entries: samples.map(([sample, width, text]) => ({ width, shape: sample, text })) };
}

function line(name: string, isOpen: boolean): Shape {
  return group({ class: `edge ${name}` }, path("line", "M0 0H30"), path("head", `M26 -4L34 0L26 4${isOpen ? "" : "Z"}`));
}

function pill(text: string, tone: string, width: number): Shape {
  return group({ class: `marks ${tone}` }, shape("rect", { class: "chip", x: 0, y: -8, width, height: 16, rx: 8 }), label(`mark ${tone}`, width / 2, 0, text));
}

const samples: readonly (readonly [Shape, number, string])[] = [
  [group({ class: "service" }, shape("rect", { class: "box", x: 0, y: -7, width: 24, height: 14, rx: 3 })), 24, "service"],
  [group({ class: "store" }, path("box", "M0 -5A10 3 0 0 1 20 -5V5A10 3 0 0 1 0 5Z"), path("rim", "M0 -5A10 3 0 0 0 20 -5")), 20, "store"],
  [group({ class: "channel" }, shape("rect", { class: "box", x: 0, y: -7, width: 26, height: 14, rx: 7 })), 26, "channel"],
  [group({ class: "external" }, shape("rect", { class: "box", x: 0, y: -7, width: 24, height: 14, rx: 6 })), 24, "outside"],
  [line("sync", false), 34, "waits"],
  [group({}, line("sync bare", false), group({ transform: "translate(3 0)" }, pill("∞", "bad", 20))), 34, "waits without deadline"],
  [line("async", true), 34, "does not wait"],
  [line("unseen", false), 34, "not understood"],
  [pill("5 s  3×", "good", 52), 52, "deadline, tries"],
  [pill("?", "doubtful", 24), 24, "not known"],
  [group({}, ...drawBadge([{ rule: "a rule", severity: "warning", what: "what it found", id: "" }], { x: 15, y: 0, width: 30, height: 18 })), 30, "findings"],
];
