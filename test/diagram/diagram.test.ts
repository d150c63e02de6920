import assert from "node:assert/strict";
import { layoutOf, mermaidOf, pictureOf, sceneOf, svgOf } from "../../src/diagram/index.ts";
import { markRow } from "../../src/diagram/measures.ts";
import type { Box, Scene, SceneNode } from "../../src/protocol/scene.ts";
import { modelNamed, sceneOfFiles, twoServices } from "./small-system.ts";

const bareCall = `await fetch("http://payments:3000/charge", { method: "POST" });`;
const boundedCall = `await fetch("http://payments:3000/charge", { method: "POST", signal: AbortSignal.timeout(2500) });`;

describe("the map of a small system", () => {
  it("shows a call without a deadline as such, with its findings on the edge and on the service", async () => {
    const { nodes, edges } = await sceneOfFiles(twoServices(bareCall));
    const [edge] = edges;
    assert.deepEqual([edge?.from, edge?.to, edge?.flow, edge?.isBare], ["service:orders", "service:payments", "sync", true]);
    assert.deepEqual(edge?.marks, [{ text: "no deadline", tone: "bad" }]);
    assert.ok(edge?.findings.some(({ rule }) => rule === "timeout/missing"));
    assert.ok(nodes.find(({ name }) => name === "orders")?.findings.some(({ rule }) => rule === "timeout/missing"));
    assert.deepEqual(nodes.find(({ name }) => name === "payments")?.findings, []);
  });

  it("shows the deadline that a call has", async () => {
    const { edges } = await sceneOfFiles(twoServices(boundedCall));
    assert.deepEqual(edges[0]?.marks, [{ text: "2.5 s", tone: "good" }]);
    assert.equal(edges[0]?.isBare, false);
  });

  it("leads from a node and an edge to the code", async () => {
    const files = twoServices(bareCall);
    const { edges } = await sceneOfFiles(files);
    const source = edges[0]?.sources[0];
    const text = files[source?.path ?? ""] ?? "";
    assert.match(text.slice(source?.at, source?.end), /fetch/);
  });

  it("puts channels between producers and consumers, and says their broker", () => {
    const { nodes, edges } = sceneOf(modelNamed("events"), []);
    const flows = edges.filter(({ from, to }) => from === "channel:a" || to === "channel:a");
    assert.deepEqual(flows.map(({ from, to, flow }) => `${from} ${flow} ${to}`).sort(), ["channel:a async service:a", "service:a async channel:a"]);
    assert.equal(nodes.find(({ kind }) => kind === "channel")?.detail, "events topic");
    assert.ok(!nodes.some(({ kind }) => kind === "broker"));
  });

  it("shows what a manifest names and no code explains as an unknown target, dotted", async () => {
    const scene = sceneOf(modelNamed("ghost"), []);
    assert.equal(scene.nodes.find(({ id }) => id === "service:ghost")?.kind, "unknown");
    assert.equal(scene.edges.find(({ id }) => id === "edge:c")?.flow, "unknown");
    assert.match(await svg(scene), /class="edge unseen"/);
  });
});

describe("the drawing", () => {
  it("has an outline of its own for every kind of node, and no two nodes on one spot", async () => {
    const kinds: readonly SceneNode["kind"][] = ["service", "frontend", "foreign", "store", "channel", "external"];
    const scene: Scene = { nodes: kinds.map((kind) => ({ id: kind, kind, name: kind, detail: "", findings: [] })), edges: [] };
    const { nodes } = pictureOf(scene, await layoutOf(scene));
    const outlines = nodes.map(({ shape }) => JSON.stringify(shape.children?.filter(({ tag }) => tag !== "text" && tag !== "title").map(({ tag, attributes }) => [tag, attributes["class"], attributes["rx"], attributes["d"]])));
    assert.equal(new Set(outlines.map((outline, at) => (kinds[at] === "external" ? `dashed ${outline}` : outline))).size, kinds.length);
    assert.ok(nodes.every((a) => nodes.every((b) => a === b || apart(a, b))));
  });

  it("says once what is called by what it is", async () => {
    const of = async (name: string): Promise<number> => count(await svg({ nodes: [{ id: "a", kind: "store", name, detail: "redis", findings: [] }], edges: [] }), />redis<\/text>/g);
    assert.deepEqual([await of("redis"), await of("cart")], [1, 1]);
  });

  it("marks an unprotected call by more than colour: a heavier line, a sign and words", async () => {
    const text = await svg(await sceneOfFiles(twoServices(bareCall)));
    assert.match(text, /class="edge sync bare"/);
    assert.match(text, /\.bare > \.line \{[^}]*stroke-width: 3px/);
    assert.match(text, />∞<\/text>/);
    assert.match(text, /<title>orders calls over HTTP payments: no deadline/);
  });

  it("puts what protects a call on its own line, off every node and off the signs of others", async () => {
    const bare = sceneOf(modelNamed("a"), []);
    const scene: Scene = { ...bare, edges: bare.edges.filter(({ from, to }) => from !== to).map((edge) => ({ ...edge, marks: [{ text: "no deadline", tone: "bad" }, { text: "3 tries", tone: "quiet" }] })) };
    const layout = await layoutOf(scene);
    const pills = scene.edges.flatMap((edge) => {
      const [row, route] = [markRow(edge), layout.edges.get(edge.id)];
      return row === undefined || route === undefined ? [] : [{ ...route.label, width: row.width, height: row.height }];
    });
    assert.ok(pills.length > 0);
    const all = [...pills, ...layout.nodes.values()];
    assert.ok(pills.every((a) => all.every((b) => a === b || apart(a, b))));
  });

  it("keeps every node in its place when an edge or a node comes", async () => {
    const scene = sceneOf(modelNamed("a"), []);
    const before = await layoutOf(scene);
    const added: SceneNode = { id: "service:new", kind: "service", name: "new", detail: "", findings: [] };
    const template = scene.edges[0];
    assert.ok(template);
    const edge = { ...template, id: "edge:new", from: "service:a", to: "service:new" };
    const after = await layoutOf({ nodes: [...scene.nodes, added], edges: [...scene.edges, edge] }, { before });
    const [a, b] = [before.nodes.get("service:a"), before.nodes.get("store:a")];
    const [c, d] = [after.nodes.get("service:a"), after.nodes.get("store:a")];
    assert.ok(a && b && c && d);
    assert.deepEqual([c, d], [a, b]);
    assert.deepEqual(after.edges.get("edge:b"), before.edges.get("edge:b"));
    const [head, tail] = [after.edges.get("edge:new")?.tip, after.nodes.get("service:new")];
    assert.ok(head && tail && Math.abs(head.x - tail.x) <= tail.width / 2 + 2 && Math.abs(head.y - tail.y) <= tail.height / 2 + 2);
    const all = [...after.nodes.values()];
    assert.ok(all.every((one) => all.every((other) => one === other || apart(one, other))));
  });

  it("explains the signs that are there, and no others", async () => {
    const of = async (scene: Scene): Promise<readonly string[]> => pictureOf(scene, await layoutOf(scene)).legend.entries.map(({ text }) => text);
    assert.deepEqual(await of({ nodes: [{ id: "a", kind: "service", name: "a", detail: "", findings: [] }], edges: [] }), ["service"]);
    assert.deepEqual(await of(await sceneOfFiles(twoServices(bareCall))), ["service", "opens up", "waits without deadline", "warnings"]);
    assert.deepEqual(await of(await sceneOfFiles(twoServices(boundedCall))), ["service", "opens up", "waits", "deadline, tries", "warnings"]);
  });

  it("draws a system of nothing as an empty sheet", async () => {
    assert.match(await svg({ nodes: [], edges: [] }), /^<svg /);
  });
});

describe("names that mean harm", () => {
  const names = [
    `</text></svg><script>alert(1)</script>`,
    `" onload="alert(1)`,
    `']]>&lt;!--<style>*{display:none}</style>`,
    `\u0000\u0007\u001b[31mred\nline`,
    `"]; n0 -> evil [label=<<b>x</b>>]; /*`,
    `#quot;] --> evil["x`,
    `👩‍👩‍👧‍👦`.repeat(30),
    "x".repeat(5000),
    "__proto__",
    `%%{init: {"securityLevel": "loose"}}%%`,
  ];
  for (const name of names) {
    it(`are text in every format: ${JSON.stringify(name).slice(0, 40)}`, async () => {
      const scene = sceneOf(modelNamed(name), []);
      const drawing = await svg(scene);
      assert.doesNotMatch(drawing, /<script|<style>\*|<[^>]* onload=|[\u0000-\u0008\u000e-\u001f]/);
      assert.equal(count(drawing, /<svg/g), 1);
      assert.equal(count(drawing, /<text/g), count(await svg(sceneOf(modelNamed("tame"), [])), /<text/g));
      const lines = mermaidOf(scene).trim().split("\n");
      assert.doesNotMatch(lines.join("\n"), /%/);
      assert.equal(lines.length, mermaidOf(sceneOf(modelNamed("tame"), [])).trim().split("\n").length);
      for (const line of lines.slice(1)) assert.match(line, /^ {2}(?:n\d+[^"]*"[^"<>`\\]+"[^"]*|n\d+ \S+?(?:\|"[^"<>`\\]*"\|)? n\d+|linkStyle \d+ stroke-width:4px)$/);
    });
  }
});

describe("a thing without a name", () => {
  it("has a word in its place in Mermaid, which takes no empty title", () => {
    const lines = mermaidOf(sceneOf(modelNamed(" "), [])).trim().split("\n");
    assert.ok(lines.some((line) => line.includes("unnamed")));
    assert.ok(lines.every((line) => !/"\s*"/.test(line)), lines.join("\n"));
  });
});

async function svg(scene: Scene): Promise<string> {
  return svgOf(pictureOf(scene, await layoutOf(scene)));
}

function apart(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
