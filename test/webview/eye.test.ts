import assert from "node:assert/strict";
import { layoutOf, pictureOf } from "../../src/diagram/index.ts";
import type { Picture } from "../../src/protocol/scene.ts";
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

  it("stays with what one has just opened, where to show everything would be too small to read", async () => {
    const { eye, looked } = await eyeOver(12);
    eye.fit();
    const before = looked();
    eye.anchor("n0", { x: 100, y: 50 });
    eye.takeIn(await pictureWith(200), () => ({ x: 300, y: 80 }));
    const now = looked();
    assert.equal(now.scale, before.scale);
    assert.deepEqual([now.x + 300 * now.scale, now.y + 80 * now.scale].map(Math.round), [before.x + 100 * before.scale, before.y + 50 * before.scale].map(Math.round));
  });

  it("makes a small system somewhat larger than life", async () => {
    const { eye, looked } = await eyeOver(2);
    eye.fit();
    assert.equal(looked().scale, 1.25);
  });
});

async function pictureWith(count: number): Promise<Picture> {
  const scene = { nodes: Array.from({ length: count }, (_, at) => ({ id: `n${at}`, kind: "service" as const, name: `n${at}`, detail: "", findings: [] })), edges: [] };
  return pictureOf(scene, await layoutOf(scene));
}

async function eyeOver(count: number): Promise<{ readonly eye: Eye; readonly looked: () => View }> {
  let view: View = { x: 0, y: 0, scale: 1 };
  const eye = new Eye(() => extent, (camera) => (view = camera), { isFitted: true });
  eye.takeIn(await pictureWith(count), () => undefined);
  return { eye, looked: () => view };
}
