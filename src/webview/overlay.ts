/** The states of a failing system on the drawing: a word under each node that is not well, a number on each edge that carries more. Pure. */
import { healths, stateAt, type EdgeState, type FailureRun, type Fault, type Health, type NodeState } from "../protocol/failure.ts";
import type { Picture } from "../protocol/scene.ts";

export interface Overlay {
  /** Class that each node and edge gets. */
  readonly classes: ReadonlyMap<string, string>;
  readonly notes: readonly { readonly x: number; readonly y: number; readonly text: string; readonly tone: Health | "late" | "load" | "calls" }[];
}

export function overlayOf(picture: Picture, run: FailureRun, ms: number): Overlay {
  const { nodes, edges } = stateAt(run, ms);
  const classes = new Map<string, string>();
  const notes: Overlay["notes"][number][] = [];
  for (const node of picture.nodes) {
    const state = worst([node.id, ...(node.members ?? [])].flatMap((id) => nodes.get(id) ?? []));
    const health = state?.health ?? "up";
    const isTarget = run.target === node.id || run.target === node.broker;
    const isLate = health === "up" && isSlow(state);
    if (node.kind !== "endpoint") classes.set(node.id, ` is-${isLate ? "late" : health}${isTarget && run.fault.kind === "down" ? " struck" : ""}`);
    const text = state === undefined ? "" : nodeText(state, isTarget ? run.fault.kind : undefined);
    // It hangs on the rim: where words grow, they grow downwards.
    if (text !== "") notes.push({ x: node.x, y: node.y + node.height / 2, text, tone: isLate ? "late" : health === "up" ? "load" : health });
  }
  for (const edge of picture.edges) {
    const states = [edge.id, ...(edge.stands ?? [])].flatMap((id) => edges.get(id) ?? edges.get(id.split("|")[0] ?? "") ?? []);
    const text = edgeText(states);
    classes.set(edge.id, states.some(({ isHurt }) => isHurt) ? " is-hurt" : "");
    if (text !== "") notes.push({ x: edge.x, y: edge.y + 16, text, tone: text.startsWith("breaker") ? "load" : "calls" });
  }
  return { classes, notes };
}

function worst(states: readonly NodeState[]): NodeState | undefined {
  return states.reduce<NodeState | undefined>((bad, state) => (bad === undefined || healths.indexOf(state.health) > healths.indexOf(bad.health) ? state : bad), undefined);
}

const words: Readonly<Record<Health, string>> = { up: "", degraded: "falls back", queueing: "queueing", failing: "failing", hanging: "hanging" };

/** What is done to the node itself is said first. */
const faults: Readonly<Record<Fault["kind"], string>> = { down: "down", slow: "slow", errors: "", cold: "cold" };
/** An answer that takes so long is said to be late. */
const lateMs = 1000;

/** `hanging · 3× load`, `failing 40 % ?`, `down`, `slow · answers after 2 s`. */
function nodeText(state: NodeState, fault: Fault["kind"] | undefined): string {
  const { load } = state;
  const own = fault === undefined ? "" : faults[fault];
  return [own, ...(own === "down" ? [] : [healthText(state)]), ...(load >= 1.5 ? [`${load}× load`] : [])].filter((text) => text !== "").join(" · ");
}

function healthText(state: NodeState): string {
  const { health, failedShare, answersInMs, isCertain } = state;
  const share = health === "failing" && failedShare > 0 && failedShare < 1 ? ` ${Math.round(failedShare * 100)} %` : "";
  const wait = isSlow(state) ? `${health === "up" ? "answers" : ""} after ${Math.round((answersInMs ?? 0) / 1000)} s` : "";
  const text = `${words[health]}${share}${health === "up" || health === "degraded" ? wait : ""}`;
  return text === "" ? "" : `${text}${isCertain ? "" : " ?"}`;
}

function isSlow(state: NodeState | undefined): boolean {
  return (state?.answersInMs ?? 0) >= lateMs;
}

function edgeText(states: readonly EdgeState[]): string {
  const load = Math.max(1, ...states.map((state) => state.load));
  return [...(states.some(({ breaker }) => breaker === "open") ? ["breaker open"] : []), ...(load >= 1.5 ? [`${load}× calls`] : [])].join(" · ");
}
