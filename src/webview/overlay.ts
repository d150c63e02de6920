/** The states of a failing system on the drawing: a word under each node that is not well, a number on each edge that carries more. */
import { healths, stateAt, type EdgeState, type FailureRun, type Health, type NodeState } from "../protocol/failure.ts";
import type { Picture } from "../protocol/scene.ts";
import { svgElement } from "./render.ts";

export interface Overlay {
  /** Class that each node and edge gets. */
  readonly classes: ReadonlyMap<string, string>;
  readonly notes: readonly { readonly x: number; readonly y: number; readonly text: string; readonly tone: Health | "load" }[];
}

export function overlayOf(picture: Picture, run: FailureRun, ms: number): Overlay {
  const { nodes, edges } = stateAt(run, ms);
  const classes = new Map<string, string>();
  const notes: Overlay["notes"][number][] = [];
  for (const node of picture.nodes) {
    const state = worst([node.id, ...(node.members ?? [])].flatMap((id) => nodes.get(id) ?? []));
    const health = state?.health ?? "up";
    if (node.kind !== "endpoint") classes.set(node.id, ` is-${health}${run.target === node.id || run.target === node.broker ? " struck" : ""}`);
    if (state !== undefined && (health !== "up" || state.load >= 1.5)) notes.push({ x: node.x, y: node.y + node.height / 2, text: nodeText(state), tone: health === "up" ? "load" : health });
  }
  for (const edge of picture.edges) {
    const states = [edge.id, ...(edge.stands ?? [])].flatMap((id) => edges.get(id) ?? edges.get(id.split("|")[0] ?? "") ?? []);
    const text = edgeText(states);
    classes.set(edge.id, states.some(({ isHurt }) => isHurt) ? " is-hurt" : "");
    if (text !== "") notes.push({ x: edge.x, y: edge.y + 22, text, tone: "load" });
  }
  return { classes, notes };
}

function worst(states: readonly NodeState[]): NodeState | undefined {
  return states.reduce<NodeState | undefined>((bad, state) => (bad === undefined || healths.indexOf(state.health) > healths.indexOf(bad.health) ? state : bad), undefined);
}

const words: Readonly<Record<Health, string>> = { up: "", degraded: "falls back", queueing: "queueing", failing: "failing", hanging: "hanging" };

/** `hanging · 3× load`, `failing 40 % ?`. */
function nodeText({ health, load, failedShare, isCertain }: NodeState): string {
  const share = health === "failing" && failedShare > 0 && failedShare < 1 ? ` ${Math.round(failedShare * 100)} %` : "";
  return [`${words[health]}${share}${isCertain ? "" : " ?"}`, ...(load >= 1.5 ? [`${load}× load`] : [])].filter((text) => text !== "").join(" · ");
}

function edgeText(states: readonly EdgeState[]): string {
  const load = Math.max(1, ...states.map((state) => state.load));
  return [...(states.some(({ breaker }) => breaker === "open") ? ["breaker open"] : []), ...(load >= 1.5 ? [`${load}× calls`] : [])].join(" · ");
}

/** The notes as a layer of the drawing. */
export function drawnNotes({ notes }: Overlay): readonly SVGElement[] {
  return notes.map(({ x, y, text, tone }) => {
    const width = text.length * 6.6 + 16;
    const note = svgElement("g", { class: `note ${tone}`, transform: `translate(${x} ${y})` });
    const label = svgElement("text", { x: 0, y: 4, "text-anchor": "middle" });
    label.append(document.createTextNode(text));
    const inner = svgElement("g", { class: "inner" });
    inner.append(svgElement("rect", { x: -width / 2, y: -9, width, height: 18, rx: 3 }), label);
    note.append(inner);
    return note;
  });
}
