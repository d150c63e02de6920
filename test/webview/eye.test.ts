import assert from "node:assert/strict";
import { layoutOf, pictureOf } from "../../src/diagram/index.ts";
import type { View } from "../../src/webview/camera.ts";
import { Eye } from "../../src/webview/eye.ts";

const extent = { width: 800, height: 600 };

describe("where one looks at the map from", () => {
  it("is nowhere else when something at the rim is chosen while all is in sight", async () => {
    const { eye, looked } = await eyeOver(12);
    eye.fit();
    const before = looked();
    eye.bring({ x: 0, y: 0 });
    assert.deepEqual(looked(), before);
  });

  it("is near enough to read what was searched for on a large map, and as near as before on a small one", async () => {
    const large = await eyeOver(200);
    large.eye.fit();
    assert.ok(large.looked().scale < 0.5);
    large.eye.approach({ x: 100, y: 50 });
    const { x, y, scale } = large.looked();
    assert.ok(scale > 0.8);
    assert.deepEqual([x + 100 * scale, y + 50 * scale].map(Math.round), [400, 300]);
    const small = await eyeOver(3);
    small.eye.fit();
    const before = small.looked();
    small.eye.approach({ x: 100, y: 50 });
    assert.deepEqual(small.looked(), before);
  });

  it("makes a small system somewhat larger than life", async () => {
    const { eye, looked } = await eyeOver(2);
    eye.fit();
    assert.equal(looked().scale, 1.25);
  });
});

async function eyeOver(count: number): Promise<{ readonly eye: Eye; readonly looked: () => View }> {
  const scene = { nodes: Array.from({ length: count }, (_, at) => ({ id: `n${at}`, kind: "service" as const, name: `n${at}`, detail: "", findings: [] })), edges: [] };
  let view: View = { x: 0, y: 0, scale: 1 };
  const eye = new Eye(() => extent, (camera) => (view = camera), { isFitted: true });
  eye.takeIn(pictureOf(scene, await layoutOf(scene)), () => undefined);
  return { eye, looked: () => view };
}
