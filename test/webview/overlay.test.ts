import assert from "node:assert/strict";
import { layoutOf, pictureOf } from "../../src/diagram/index.ts";
import { wellEdge, wellNode, type FailureRun, type NodeState } from "../../src/protocol/failure.ts";
import type { Picture, Scene, SceneEdge, SceneNode, Shape } from "../../src/protocol/scene.ts";
import { overlayOf } from "../../src/webview/overlay.ts";
import { pillOf } from "../../src/webview/pills.ts";

describe("the failure view on the map", () => {
  let picture: Picture;
  before(async () => {
    const scene: Scene = { nodes: [node("gateway"), node("orders"), node("payments")], edges: [edge("gateway", "orders", 2), edge("orders", "payments", 0)] };
    picture = pictureOf(scene, await layoutOf(scene));
  });

  it("says of the node that is down that it is down, and of the others what becomes of them", () => {
    const run = runOf({ kind: "down", manner: "silent" }, { payments: { health: "failing", answersInMs: null }, orders: { health: "hanging", answersInMs: null }, gateway: { health: "degraded", answersInMs: 4000 } });
    assert.deepEqual(notes(run), { payments: "down", orders: "hanging", gateway: "falls back after 4 s" });
    assert.equal(overlayOf(picture, run, 10).classes.get("payments"), " is-failing struck");
  });

  it("says how late answers are where everybody waits for a slow one, and strikes nobody through", () => {
    const run = runOf({ kind: "slow", byMs: 2000 }, { payments: { answersInMs: 2000 }, orders: { answersInMs: 2010 }, gateway: { answersInMs: 40 } });
    assert.deepEqual(notes(run), { payments: "slow · answers after 2 s", orders: "answers after 2 s" });
    assert.deepEqual(["payments", "orders", "gateway"].map((id) => overlayOf(picture, run, 10).classes.get(id)), [" is-late", " is-late", " is-up"]);
  });

  it("leaves of a pill what decides: the policy, no wider than it is, without the number of findings", () => {
    const [marks] = picture.edges.flatMap((one) => (one.id === "gateway>orders" && one.marks !== undefined ? [one.marks] : []));
    assert.ok(marks);
    const [all, left] = [pillOf(marks, false).shape, pillOf(marks, true).shape];
    assert.deepEqual([texts(all), texts(left)], [["∞", "2"], ["∞"]]);
    assert.ok(widthOf(left) < widthOf(all) && widthOf(left) > 10, `${widthOf(left)} of ${widthOf(all)}`);
    const [chip, sign] = [left.children?.find(({ tag }) => tag === "rect"), left.children?.find(({ tag }) => tag === "text")];
    const middle = Number(chip?.attributes["x"]) + widthOf(left) / 2;
    assert.ok(Math.abs(Number(sign?.attributes["x"]) - middle) < 2, "the sign stands in the middle");
  });

  function notes(run: FailureRun): Readonly<Record<string, string>> {
    const all = overlayOf(picture, run, 10).notes;
    return Object.fromEntries(["payments", "orders", "gateway"].flatMap((id) => {
      const place = picture.nodes.find((one) => one.id === id);
      const note = all.find(({ x, y }) => place !== undefined && x === place.x && Math.abs(y - place.y) < place.height);
      return note === undefined ? [] : [[id, note.text] as const];
    }));
  }
});

function runOf(fault: FailureRun["fault"], states: Readonly<Record<string, Partial<NodeState>>>): FailureRun {
  const nodes = Object.fromEntries(Object.entries(states).map(([id, state]) => [id, { ...wellNode, ...state }]));
  return { version: 1, target: "payments", fault, horizonMs: 60_000, steps: [{ atMs: 0, nodes, edges: { "orders>payments": { ...wellEdge, isHurt: true } }, says: [] }], weakEdges: [], assumptions: [] };
}

function widthOf({ children = [] }: Shape): number {
  return Number(children.find(({ tag }) => tag === "rect")?.attributes["width"]);
}

function texts({ children = [], text }: Shape): readonly string[] {
  return [...(text === undefined ? [] : [text]), ...children.flatMap(texts)];
}

function node(id: string): SceneNode {
  return { id, kind: "service", name: id, detail: "", findings: [] };
}

function edge(from: string, to: string, findings: number): SceneEdge {
  return { id: `${from}>${to}`, from, to, kind: "http", flow: "sync", verb: "calls", isBare: true, marks: [{ text: "no deadline", tone: "bad" }], findings: Array.from({ length: findings }, (_, at) => ({ id: `f${at}`, rule: "timeout/missing", severity: "warning" as const, what: "No deadline" })), sources: [] };
}
