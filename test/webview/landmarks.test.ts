import assert from "node:assert/strict";
import { layoutOf, pictureOf } from "../../src/diagram/index.ts";
import type { Picture, Scene, SceneNode } from "../../src/protocol/scene.ts";
import { landmarksOf, type Landmark } from "../../src/webview/landmarks.ts";

const scale = 0.12;

describe("names on a map that is seen from far", () => {
  let picture: Picture;
  before(async () => {
    const nodes = Array.from({ length: 120 }, (_, at): SceneNode => ({ id: `n${at}`, kind: "service", name: `service-${at}`, detail: "", findings: [], ...(at % 2 === 0 ? { group: "shop" } : {}) }));
    // Everybody calls the last one.
    const edges = nodes.slice(0, -1).map(({ id }) => ({ id: `${id}>`, from: id, to: "n119", kind: "http" as const, flow: "sync" as const, verb: "calls", isBare: false, marks: [], findings: [], sources: [] }));
    const scene: Scene = { nodes, edges, groups: [{ id: "shop", kind: "folder", name: "shop" }] };
    picture = pictureOf(scene, await layoutOf(scene));
  });

  it("are those of the frames and of what is called most, and no two of them on one spot", () => {
    const all = landmarks();
    assert.ok(all.length > 5 && all.length < 110, `${all.length} of 120 are named`);
    assert.ok(["shop", "n119"].every((id) => all.some((one) => one.id === id)));
    assert.ok(all.every((a) => all.every((b) => a === b || Math.abs(a.y - b.y) * scale >= 16 || Math.abs(a.x - b.x) * scale >= (a.text.length + b.text.length) * 3.3)));
  });

  it("are more of them the nearer one looks", () => {
    assert.ok(landmarks({ at: 0.24 }).length > landmarks().length);
  });

  it("are that of what one has chosen, whatever stands around it, and none of what is hidden", () => {
    const [first] = landmarks().filter(({ id }) => id.startsWith("n"));
    const unnamed = picture.nodes.find(({ id }) => landmarks().every((one) => one.id !== id))?.id ?? "";
    assert.ok(landmarks({ chosen: unnamed }).some(({ id }) => id === unnamed));
    assert.ok(landmarks({ hidden: first?.id ?? "" }).every(({ id }) => id !== first?.id));
  });

  function landmarks({ at = scale, chosen, hidden }: { readonly at?: number; readonly chosen?: string; readonly hidden?: string } = {}): readonly Landmark[] {
    return landmarksOf(picture, at, (id) => id !== hidden, new Set(chosen === undefined ? [] : [chosen]));
  }
});
