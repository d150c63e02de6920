import assert from "node:assert/strict";
import { pictureOf, layoutOf } from "../../src/diagram/index.ts";
import type { Picture, Scene, SceneEdge, SceneNode } from "../../src/protocol/scene.ts";
import { sightOf } from "../../src/webview/lens.ts";
import { noFilter, readState, type Filter } from "../../src/webview/state.ts";
import { nextEdge } from "../../src/webview/walk.ts";

describe("what is in sight on the map", () => {
  let picture: Picture;
  before(async () => {
    // gateway → orders → payments → bank; orders → db
    const scene: Scene = { nodes: [node("gateway"), node("orders"), node("payments"), node("bank", "external"), node("db", "store")], edges: [edge("gateway", "orders"), edge("orders", "payments", "timeout/missing"), edge("payments", "bank"), edge("orders", "db")] };
    picture = pictureOf(scene, await layoutOf(scene));
  });

  it("leaves a kind out with the connections to it", () => {
    assert.deepEqual(hidden({ hiddenKinds: ["store"] }), ["db", "orders>db"]);
  });

  it("leaves only a rule's findings and what they stand between", () => {
    assert.deepEqual(hidden({ rules: ["timeout/missing"] }), ["bank", "db", "gateway", "gateway>orders", "orders>db", "payments>bank"]);
  });

  it("leaves only a service and what it touches", () => {
    assert.deepEqual(hidden({ services: ["payments"] }), ["db", "gateway", "gateway>orders", "orders>db"]);
  });

  it("lights up the path between two nodes, whichever end comes first", () => {
    const lit = (from: string, to: string): readonly string[] => [...(sightOf(picture, { filter: noFilter, focus: undefined, query: "", path: { from, to } }).lit ?? [])].sort();
    assert.deepEqual(lit("gateway", "payments"), ["gateway", "gateway>orders", "orders", "orders>payments", "payments"]);
    assert.deepEqual(lit("payments", "gateway"), lit("gateway", "payments"));
  });

  it("widens the focus step by step", () => {
    const lit = (depth: number): number => sightOf(picture, { filter: noFilter, focus: { id: "bank", depth }, query: "", path: undefined }).lit?.size ?? 0;
    assert.deepEqual([lit(1), lit(2)], [3, 5]);
  });

  it("walks along all connections of one node and begins again", () => {
    let [active, around] = ["orders", undefined as string | undefined];
    const seen = Array.from({ length: 4 }, () => {
      const step = nextEdge(picture, active, around);
      [active, around] = [step?.next ?? "", step?.around];
      return active;
    });
    assert.equal(new Set(seen).size, 3);
    assert.equal(seen[3], seen[0]);
  });

  function hidden(filter: Partial<Filter>): readonly string[] {
    return [...sightOf(picture, { filter: { ...noFilter, ...filter }, focus: undefined, path: undefined, query: "" }).hidden].sort();
  }
});

describe("the map's state after a reload", () => {
  it("is what was saved", () => {
    const state = readState({ shows: { level: { is: "service", id: "service:a" }, folded: [], opened: ["x"], window: "tall", round: 2 }, camera: { x: 1, y: 2, scale: 3 }, active: "service:a", filter: { rules: ["a/b"], hiddenKinds: ["store"] }, panels: ["legend"] });
    assert.deepEqual([state.shows.level, state.shows.opened, state.camera?.scale, state.active, state.filter.rules, state.filter.hiddenKinds, state.panels], [{ is: "service", id: "service:a" }, ["x"], 3, "service:a", ["a/b"], ["store"], ["legend"]]);
  });

  for (const broken of [undefined, null, 7, "x", [], { shows: 3, camera: { x: "1" }, filter: 9, panels: [7] }, { camera: { x: NaN, y: 0, scale: 1 } }]) {
    it(`is a map of the whole system where it cannot be read: ${JSON.stringify(broken)}`, () => {
      const state = readState(broken);
      assert.deepEqual([state.shows.level, state.camera, state.filter], [{ is: "system" }, undefined, noFilter]);
    });
  }
});

function node(id: string, kind: SceneNode["kind"] = "service"): SceneNode {
  return { id, kind, name: id, detail: "", findings: [] };
}

function edge(from: string, to: string, rule?: string): SceneEdge {
  return { id: `${from}>${to}`, from, to, kind: "http", flow: "sync", verb: "calls", isBare: false, marks: [], findings: rule === undefined ? [] : [{ rule, severity: "warning", what: "", id: from }], sources: [] };
}
