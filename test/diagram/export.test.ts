import assert from "node:assert/strict";
import { c4PlantUmlOf, exportedScene, filteredScene, likec4Of, sceneFormats, sceneOf, structurizrOf, unknownNames } from "../../src/diagram/index.ts";
import type { Scene } from "../../src/protocol/scene.ts";
import { likec4Tokens, plantUmlCall, structurizrLines } from "./export-grammars.ts";
import { modelNamed, sceneOfFiles, twoServices } from "./small-system.ts";

const bareCall = `await fetch("http://payments:3000/charge", { method: "POST" });`;

const harmful = [
  `</text></svg><script>alert(1)</script>`,
  `" onload="alert(1)`,
  "${HOME} %getenv(HOME) $x !include secrets",
  "\u0000\u0007red\nline\u2028next",
  `"]; n0 -> evil {`,
  "👩‍👩‍👧‍👦",
  "\ud83d half",
  "x".repeat(3000),
  "__proto__",
  "ends with \\",
  "/' c '/ -- b -- __u__ **b** ~~ // http://x",
  "",
  "{",
  "}",
  `"""`,
  "#tag // c",
  "@enduml",
  "->",
  "-/>",
];

describe("a scene as Structurizr DSL", () => {
  it("has each node once, each edge with its policy, and the ids of the map", async () => {
    const lines = structurizrLines(structurizrOf(await sceneOfFiles(twoServices(bareCall))));
    assert.deepEqual(
      lines.filter(([, second]) => second === "=" || second === "->").map((tokens) => tokens.join(" | ")),
      [
        "faultline_system | = | softwareSystem | System | {",
        "service_orders | = | container | orders | service | TypeScript | service | {",
        "service_payments | = | container | payments | service | TypeScript · 1 endpoint | service | {",
        "service_orders | -> | service_payments | calls over HTTP | no deadline | sync,unprotected",
      ],
    );
    assert.deepEqual(lines.filter(([first]) => first === "faultline.id"), [["faultline.id", "service:orders"], ["faultline.id", "service:payments"]]); // prettier-ignore
  });

  it("never gives a name twice, nor a description twice between the same two", () => {
    const scene = sceneOf(modelNamed("same"), []);
    const doubled: Scene = { ...scene, edges: [...scene.edges, ...scene.edges.map((edge) => ({ ...edge, id: `${edge.id}!` }))] };
    const lines = structurizrLines(structurizrOf(doubled));
    const names = lines.filter(([, second]) => second === "=").map((tokens) => tokens[3]?.toLowerCase());
    assert.equal(new Set(names).size, names.length);
    const relations = lines.filter(([, second]) => second === "->").map(([from, , to, says]) => `${from} ${to} ${says}`);
    assert.equal(new Set(relations).size, relations.length);
  });
});

describe("a scene as LikeC4", () => {
  it("has each node with its kind and id, and each edge with its kind and policy", async () => {
    const tokens = likec4Tokens(likec4Of(await sceneOfFiles(twoServices(bareCall)))).map(({ text }) => text).join(" ");
    assert.match(tokens, /service_orders = fl_service orders \{ technology TypeScript metadata \{ faultline_id service:orders \} \}/);
    assert.match(tokens, /service_orders -\[sync\]-> service_payments calls over HTTP \{ #unprotected technology no deadline \}/);
  });
});

describe("a scene as C4 for PlantUML", () => {
  it("tells services, stores, channels and the outside apart, and marks what nothing protects", async () => {
    const calls = c4PlantUmlOf(sceneOf(modelNamed("a"), [])).split("\n").filter((line) => /^\w+\(/.test(line)).map(plantUmlCall); // prettier-ignore
    assert.deepEqual(calls.filter(({ name }) => /^(Container|System)/.test(name)).map(({ name, args }) => `${name} ${args[0]} ${args[1]}`), [
      "ContainerQueue channel_a a",
      "System_Ext external_a a",
      "Container service_a a",
      "ContainerDb store_a a",
    ]);
    const bare = c4PlantUmlOf(await sceneOfFiles(twoServices(bareCall)));
    assert.match(bare, /^Rel\(service_orders, service_payments, "calls over HTTP", "no deadline", \$tags="unprotected"\)$/m);
  });
});

describe("frames of the map, in exports", () => {
  const bare = sceneOf(modelNamed("a"), []);
  const inFolder = bare.nodes.map((node) => (node.kind === "service" ? { ...node, group: "folder:apps" } : node));
  const framed: Scene = { ...bare, nodes: inFolder, groups: [{ id: "folder:apps", kind: "folder", name: "apps" }] };

  it("are groups, boundaries and subgraphs around what stands in them", async () => {
    assert.match(await exportedScene(framed, "structurizr"), /group "apps" \{\n +service_a = container/);
    assert.match(await exportedScene(framed, "c4"), /Boundary\(folder_apps, "apps"\) \{\nContainer\(service_a, .*\n\}/);
    assert.match(await exportedScene(framed, "mermaid"), /subgraph g0\["apps"\]\n +n\d+\["a"\]\n +end/);
    const words = likec4Tokens(await exportedScene(framed, "likec4")).map(({ text }) => text).join(" "); // prettier-ignore
    assert.match(words, /group apps \{ include service_a \}/);
  });

  it("end no edge: what leads to an open bundle leads to each thing in it", async () => {
    const bundle = { id: "bundle:stores", kind: "bundle", name: "2 stores" } as const;
    const store = bare.nodes.find(({ kind }) => kind === "store");
    const edge = bare.edges.find(({ to }) => to === store?.id);
    assert.ok(store && edge);
    const nodes = [...bare.nodes.filter((node) => node !== store), { ...store, group: bundle.id }, { ...store, id: "store:b", name: "b", group: bundle.id }];
    const scene: Scene = { nodes, edges: [{ ...edge, to: bundle.id }], groups: [bundle] };
    const lines = structurizrLines(await exportedScene(scene, "structurizr"));
    assert.deepEqual(lines.filter(([, second]) => second === "->").map(([from, , to]) => `${from} ${to}`), ["service_a store_a", "service_a store_b"]); // prettier-ignore
    for (const format of sceneFormats) assert.doesNotMatch(await exportedScene(scene, format), /\bundefined\b/, format);
  });
});

describe("names that mean harm, in exports", () => {
  for (const name of harmful)
    it(`are text: ${JSON.stringify(name).slice(0, 40)}`, async () => {
      const scene = sceneOf(modelNamed(name), []);
      const tame = sceneOf(modelNamed("tame"), []);
      assert.deepEqual(structurizrLines(structurizrOf(scene)).map((line) => line.length), structurizrLines(structurizrOf(tame)).map((line) => line.length)); // prettier-ignore
      assert.deepEqual(likec4Tokens(likec4Of(scene)).map(({ is }) => is), likec4Tokens(likec4Of(tame)).map(({ is }) => is)); // prettier-ignore
      const lines = c4PlantUmlOf(scene).trim().split("\n");
      assert.equal(lines.length, c4PlantUmlOf(tame).trim().split("\n").length);
      const labels = lines.filter((line) => /^(Container|System)/.test(line)).map((line) => plantUmlCall(line).args[1]);
      assert.ok(labels.includes(shown(name)), `${shown(name)} is not among ${labels.join(", ")}`);
    });
});

/** What is left of a name: blanks for what cannot be seen. */
function shown(name: string): string {
  return name.replace(/[\s\u0000-\u001f\u2028]+/g, " ").replace("\ud83d half", "\ufffd half").trim() || "unnamed"; // prettier-ignore
}

describe("identifiers in exports", () => {
  it("stay the same when something else comes, and tell look-alikes apart", () => {
    const scene = sceneOf(modelNamed("a"), []);
    const declared = (text: string): readonly string[] => [...text.matchAll(/^\s*\w+ = container/gm)].map(([line]) => line);
    const before = declared(structurizrOf(scene));
    const service = scene.nodes.find(({ id }) => id === "service:a");
    assert.ok(service);
    const more = { ...scene, nodes: [...scene.nodes, { ...service, id: "service:b-c" }, { ...service, id: "service:b.c" }] };
    const after = declared(structurizrOf(more));
    for (const line of before) assert.ok(after.includes(line), line);
    assert.equal(new Set(after).size, after.length);
  });
});

describe("a filtered scene", () => {
  const scene = sceneOf(modelNamed("a"), []);

  it("keeps what was asked for, and edges of which both ends are left", () => {
    const { nodes, edges } = filteredScene(scene, { kinds: ["service", "store"] });
    assert.deepEqual([nodes.map(({ id }) => id), edges.map(({ id }) => id)], [["service:a", "store:a"], ["edge:b", "edge:c"]]);
    assert.deepEqual(filteredScene(scene, { focus: { node: "store:a", depth: 1 } }).nodes.map(({ id }) => id), ["service:a", "store:a"]);
    assert.deepEqual(filteredScene(scene, {}), scene);
  });

  it("keeps where a rule has found something", async () => {
    const found = await sceneOfFiles(twoServices(bareCall));
    assert.deepEqual(filteredScene(found, { rules: ["timeout/missing"] }).edges.map(({ from }) => from), ["service:orders"]);
    assert.deepEqual(filteredScene(found, { rules: ["retry/unbounded"] }), { nodes: [], edges: [] });
    assert.deepEqual(filteredScene(found, { severity: "error" }).edges, []);
  });

  it("is the same in every format: nothing that was filtered out is in the file", async () => {
    const part = filteredScene(scene, { kinds: ["service"] });
    for (const format of sceneFormats) assert.doesNotMatch(await exportedScene(part, format), /(external|store)[_:]a/, format);
  });

  it("says which names nothing has", () => {
    assert.deepEqual(unknownNames(scene, { services: ["a", "b"], focus: { node: "c", depth: 1 } }), ["b", "c"]);
  });
});
