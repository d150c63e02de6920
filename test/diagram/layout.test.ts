import assert from "node:assert/strict";
import { layoutOf, type Layout } from "../../src/diagram/index.ts";
import { badgeBox, frameTitle, markRow } from "../../src/diagram/measures.ts";
import type { Box, Scene, SceneEdge, SceneFinding, SceneNode } from "../../src/protocol/scene.ts";

const finding: SceneFinding = { id: "f", rule: "timeout/missing", severity: "warning", what: "No deadline" };

describe("the layout of the map", () => {
  it("fills a window beside the code: what is drawn too wide for it is broken into more rows", async () => {
    const scene = system();
    const [wide, tall] = [await layoutOf(scene, { window: "wide" }), await layoutOf(scene, { window: "tall" })];
    const scale = ({ width, height }: Layout): number => Math.min(680 / width, 800 / height);
    assert.ok(scale(tall) > scale(wide) * 1.25, `${scale(tall)} instead of ${scale(wide)}`);
    const boxes = [...tall.nodes.values()];
    assert.ok(boxes.every((a) => boxes.every((b) => a === b || isApart(a, b))));
  });

  it("puts pills off the numbers of findings that nodes wear, and off the tips of arrows", async () => {
    const scene = crowd();
    const layout = await layoutOf(scene);
    const badges = scene.nodes.flatMap(({ id, findings }) => {
      const box = layout.nodes.get(id);
      return box === undefined || findings.length === 0 ? [] : [badgeBox(box, findings.length)];
    });
    const tips = [...layout.edges.values()].map(({ tip }) => ({ ...tip, width: 1, height: 1 }));
    const all = pillsOf(scene, layout);
    assert.ok(all.length > 10);
    for (const pill of all) assert.ok([...badges, ...tips].every((other) => isApart(pill, other)), JSON.stringify(pill));
  });

  it("leaves room for all that is said of a call between two columns", async () => {
    const marks = [{ text: "15 s", tone: "good" }, { text: "2 tries", tone: "quiet" }, { text: "breaker per call", tone: "bad" }] as const;
    const scene: Scene = { nodes: ["a", "b", "c", "d", "e", "f"].map((id) => node(id)), edges: ["b", "c", "d", "e", "f"].map((to) => ({ ...edge("a", to), marks })) };
    const layout = await layoutOf(scene, { window: "tall" });
    for (const pill of pillsOf(scene, layout)) assert.ok([...layout.nodes.values()].every((box) => isApart(pill, box)), JSON.stringify(pill));
  });

  it("shows a service with its endpoints beside what they call, and all of every pill", async () => {
    const marks = [{ text: "15 s", tone: "good" }, { text: "2 tries", tone: "quiet" }, { text: "breaker per call", tone: "bad" }] as const;
    const endpoints = Array.from({ length: 6 }, (_, at) => `GET /${at}`);
    const inside = [node("a", { group: "inside:a" }), ...endpoints.map((id) => node(id, { kind: "endpoint", group: "inside:a" }))];
    const scene: Scene = { nodes: [...inside, node("db", { kind: "store" }), node("cache", { kind: "store" })], edges: [edge("a", "db"), edge("a", "cache"), edge("GET /2", "db")].map((one) => ({ ...one, marks })), groups: [{ id: "inside:a", kind: "service", name: "a" }] };
    const layout = await layoutOf(scene, { window: "tall" });
    const [frame, store] = [layout.groups.get("inside:a"), layout.nodes.get("db")];
    assert.ok(frame && store && store.x - store.width / 2 > frame.x + frame.width / 2);
    for (const { x, width } of pillsOf(scene, layout)) assert.ok(x - width / 2 >= layout.x && x + width / 2 <= layout.x + layout.width);
  });

  it("lets lines begin at the endpoint, or the service, that makes the call", async () => {
    const inside = [node("a", { group: "inside:a" }), ...["GET /x", "POST /a-long-path-of-its-own/:id", "GET /y"].map((id) => node(id, { kind: "endpoint", group: "inside:a" }))];
    const scene: Scene = { nodes: [...inside, node("b"), node("c"), node("d")], edges: [edge("a", "b"), edge("GET /x", "c"), edge("GET /y", "d")], groups: [{ id: "inside:a", kind: "service", name: "a" }] };
    const layout = await layoutOf(scene, { window: "wide" });
    for (const { id, from } of scene.edges) {
      const [start, box] = [layout.edges.get(id)?.curve[0], layout.nodes.get(from)];
      assert.ok(start && box);
      assert.ok(Math.abs(Math.abs(start.x - box.x) - box.width / 2) < 4, `${from}: begins ${Math.abs(start.x - box.x) - box.width / 2} beside its side`);
      assert.ok(Math.abs(start.y - box.y) < box.height / 4, `${from}: begins ${start.y - box.y} off its middle`);
    }
  });

  it("draws a request from above without going around a frame to its side, and no pill over a frame's title", async () => {
    const steps = ["a", "b", "c", "d"];
    const scene: Scene = {
      nodes: [...steps.map((id) => node(`POST /${id}`, { kind: "endpoint", group: `inside:${id}` })), node("outside", { kind: "external" })],
      edges: [edge("POST /a", "POST /b"), edge("POST /b", "POST /c"), edge("POST /b", "POST /d"), edge("POST /d", "outside")],
      groups: steps.map((id) => ({ id: `inside:${id}`, kind: "service" as const, name: id })),
    };
    const layout = await layoutOf(scene, { window: "tall" });
    for (const { id, from } of scene.edges) {
      const [route, frame] = [layout.edges.get(id), layout.groups.get(from.replace("POST /", "inside:"))];
      assert.ok(route && frame);
      const start = route.curve[0];
      assert.ok(start !== undefined && Math.abs(start.y - (frame.y + frame.height / 2)) < 4, `${from}: begins at ${start?.y}, its frame ends at ${frame.y + frame.height / 2}`);
    }
    const titles = steps.flatMap((id) => {
      const [frame, title] = [layout.groups.get(`inside:${id}`), frameTitle(id)];
      return frame === undefined ? [] : [{ x: frame.x - frame.width / 2 + title.width / 2, y: frame.y - frame.height / 2 + title.height / 2, ...title }];
    });
    for (const pill of pillsOf(scene, layout)) assert.ok(titles.every((title) => isApart(pill, title)));
  });
});

/** A gateway before services that call each other in turn, each with a store and a system outside. */
function system(): Scene {
  const ids = Array.from({ length: 5 }, (_, at) => `service-${at}`);
  return {
    nodes: [node("gateway"), ...ids.flatMap((id) => [node(id), node(`${id}-db`, { kind: "store" }), node(`api.${id}.example`, { kind: "external" })])],
    edges: ids.flatMap((id, at) => [edge("gateway", id), edge(id, `${id}-db`), edge(id, `api.${id}.example`), ...(ids[at + 1] === undefined ? [] : [edge(id, ids[at + 1] ?? "")])]),
  };
}

/** Services in three ranks of which each calls several, with findings everywhere. */
function crowd(): Scene {
  const ids = Array.from({ length: 9 }, (_, at) => `service-${at}`);
  const nodes = ids.map((id) => node(id, { findings: Array.from({ length: 12 }, () => finding) }));
  const edges = ids.flatMap((id, at) => [1, 3, 4].flatMap((step) => (ids[at + step] === undefined ? [] : [{ ...edge(id, ids[at + step] ?? ""), findings: [finding] }])));
  return { nodes, edges: [...edges, { ...edge("service-8", "service-7"), findings: [finding] }] };
}

function pillsOf(scene: Scene, layout: Layout): readonly Box[] {
  return scene.edges.flatMap((one) => {
    const [row, route] = [markRow(one), layout.edges.get(one.id)];
    return row === undefined || route === undefined ? [] : [{ ...route.label, width: row.width, height: row.height }];
  });
}

function node(id: string, more: Partial<SceneNode> = {}): SceneNode {
  return { id, kind: "service", name: id, detail: "TypeScript", findings: [], ...more };
}

function edge(from: string, to: string): SceneEdge {
  return { id: `${from}>${to}`, from, to, kind: "http", flow: "sync", verb: "calls", isBare: true, marks: [{ text: "no deadline", tone: "bad" }], findings: [], sources: [] };
}

function isApart(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
}
