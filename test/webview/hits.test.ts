import assert from "node:assert/strict";
import { layoutOf, pictureOf } from "../../src/diagram/index.ts";
import type { Picture, Scene, SceneNode } from "../../src/protocol/scene.ts";
import { Hits } from "../../src/webview/hits.ts";

describe("what is under the pointer on the map", () => {
  let picture: Picture;
  const none: ReadonlySet<string> = new Set();
  before(async () => {
    const scene: Scene = {
      nodes: [node("gateway"), { ...node("orders"), opens: "inside:orders" }, { ...node("a"), group: "g" }, { ...node("b"), group: "g" }],
      edges: [{ id: "call", from: "gateway", to: "orders", kind: "http", flow: "sync", verb: "calls", isBare: true, marks: [{ text: "no deadline", tone: "bad" }], findings: [], sources: [] }],
      groups: [{ id: "g", kind: "folder", name: "folder" }],
    };
    picture = pictureOf(scene, await layoutOf(scene));
  });

  it("is the node at whose place one points, and the sign that opens it in its corner", () => {
    const { x, y, width, height } = box("orders");
    assert.deepEqual(at({ x, y }), ["orders", false]);
    assert.deepEqual(at({ x: x - width / 2 + 10, y: y + height / 2 - 10 }), ["orders", true]);
  });

  it("is a line a few pixels beside it, however far one has zoomed out, and its pill", () => {
    const [edge] = picture.edges;
    assert.ok(edge?.marks !== undefined);
    assert.deepEqual(at({ x: edge.x + edge.marks.width / 2 - 1, y: edge.y }), ["call", false]);
    const [from, to] = [box("gateway"), box("orders")];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
    // Past the pill, along the line, and twelve units off it.
    const beside = { x: edge.x + 16 * dx + 12 * dy, y: edge.y + 16 * dy - 12 * dx };
    assert.equal(at(beside), undefined);
    assert.deepEqual(at(beside, 0.2), ["call", false]);
  });

  it("is the frame around nodes where no node is, and its name folds it", () => {
    const frame = picture.groups[0];
    assert.ok(frame !== undefined);
    assert.deepEqual(at({ x: frame.x - frame.width / 2 + 30, y: frame.y - frame.height / 2 + 8 }), ["g", true]);
    assert.deepEqual(at({ x: frame.x - frame.width / 2 + 4, y: frame.y + frame.height / 2 - 4 }), ["g", false]);
    assert.equal(at(box("a"))?.[0], "a");
  });

  it("is not what filters hide", () => {
    assert.equal(at(box("gateway"), 1, new Set(["gateway", "call"])), undefined);
  });

  it("tells in words what it is", () => {
    const { x, y } = box("gateway");
    assert.equal(new Hits(picture).at({ x, y }, 1, none)?.tip, "gateway, service");
  });

  function at(point: { readonly x: number; readonly y: number }, scale = 1, hidden = none): readonly [string, boolean] | undefined {
    const hit = new Hits(picture).at(point, scale, hidden);
    return hit === undefined ? undefined : [hit.id, hit.isOpener];
  }

  function box(id: string): Picture["nodes"][number] {
    const found = picture.nodes.find((one) => one.id === id);
    assert.ok(found !== undefined);
    return found;
  }
});

function node(id: string): SceneNode {
  return { id, kind: "service", name: id, detail: "", findings: [] };
}
