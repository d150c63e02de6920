import assert from "node:assert/strict";
import { foldedScene, mostNodes, shownScene, worldOf, type World } from "../../src/diagram/index.ts";
import { wholeSystem, type MapView } from "../../src/protocol/map-view.ts";
import type { Scene, SceneEdge, SceneNode } from "../../src/protocol/scene.ts";
import { sessionOf } from "../support/memory-session.ts";
import { twoServices } from "./small-system.ts";

const files = {
  ...twoServices(""),
  "services/orders/src/main.ts": `import express from "express";
const app = express();
app.get("/health", (_q, r) => r.end());
app.post("/orders", async (_q, r) => {
  await fetch("http://payments:3000/charge", { method: "POST" });
  r.end();
});
app.listen(3000);
`,
};

describe("levels of the map", () => {
  let world: World;
  before(async () => {
    const session = sessionOf(files);
    const { knowledge, findings } = await session.open();
    await session.dispose();
    world = worldOf(knowledge, findings);
  });

  it("draws the call of an opened service from the endpoint that makes it to the one that answers", () => {
    const { scene } = shownScene(world, view({ opened: ["inside:service:orders", "inside:service:payments"] }));
    const [edge] = scene.edges;
    assert.match(`${edge?.from} → ${edge?.to}`, /POST \/orders@.* → .*POST \/charge@/);
    assert.equal(edge?.isBare, true);
  });

  it("shows one service with its endpoints and what it touches", () => {
    const { scene, level } = shownScene(world, view({ level: { is: "service", id: "service:orders" } }));
    assert.deepEqual(scene.nodes.map(({ name }) => name).sort(), ["GET /health", "POST /orders", "orders", "payments"]);
    assert.deepEqual([level.is, level.name], ["service", "orders"]);
  });

  it("follows one request to the endpoint that answers, and leaves the others out", () => {
    const endpoint = shownScene(world, view({ opened: ["inside:service:orders"] })).scene.nodes.find(({ name }) => name === "POST /orders");
    const { scene, level } = shownScene(world, view({ level: { is: "request", id: endpoint?.id ?? "" } }));
    assert.deepEqual(scene.nodes.map(({ name }) => name).sort(), ["POST /charge", "POST /orders"]);
    assert.equal(level.service?.name, "orders");
  });

  it("shows the system where the service that it was about is gone", () => {
    assert.equal(shownScene(world, view({ level: { is: "service", id: "service:gone" } })).level.is, "system");
  });
});

describe("folding", () => {
  it("shows what is alike as one, opens it when asked, and keeps what it stands for", () => {
    const scene = systemOf(["a"], Array.from({ length: 8 }, (_, at) => ["a", `mail${at}`] as const));
    const folded = foldedScene(scene, { folded: [], opened: [] }).scene;
    const group = folded.nodes.find(({ kind }) => kind === "group");
    assert.equal(group?.name, "8 outside systems");
    assert.equal(folded.edges.length, 1);
    assert.equal(folded.edges[0]?.stands?.length, 8);
    const opened = foldedScene(scene, { folded: [], opened: [group?.id ?? ""] }).scene;
    assert.equal(opened.nodes.length, 9);
    assert.equal(opened.edges[0]?.to, group?.id);
  });

  it("is done by itself above the number of nodes that anybody can read", () => {
    const names = Array.from({ length: 400 }, (_, at) => `s${at}`);
    const scene = systemOf(names, names.map((name) => [name, `out-${name}`] as const));
    const { scene: seen, tooMany } = foldedScene(scene, { folded: [], opened: [] });
    assert.ok(seen.nodes.length <= mostNodes);
    assert.ok(tooMany > 0);
    const ids = new Set([...seen.nodes, ...(seen.groups ?? [])].map(({ id }) => id));
    assert.ok(seen.edges.every(({ from, to }) => ids.has(from) && ids.has(to)));
  });
});

function view(part: Partial<MapView>): MapView {
  return { ...wholeSystem, ...part };
}

/** Services, and calls from them to outside systems. */
function systemOf(services: readonly string[], calls: readonly (readonly [string, string])[]): Scene {
  const node = (name: string, kind: SceneNode["kind"]): SceneNode => ({ id: name, kind, name, detail: "", findings: [] });
  const edge = ([from, to]: readonly [string, string]): SceneEdge => ({ id: `${from}>${to}`, from, to, flow: "sync", verb: "calls over HTTP", isBare: false, marks: [], findings: [], sources: [] });
  return { nodes: [...services.map((name) => node(name, "service")), ...calls.map(([, to]) => node(to, "external"))], edges: calls.map(edge) };
}
