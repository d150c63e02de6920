import assert from "node:assert/strict";
import { exportedScene, sceneOf } from "../../../src/diagram/index.ts";
import type { ArchitectureModel } from "../../../src/model/architecture.ts";
import { driftOf, readDeclared } from "../../../src/model/declared/index.ts";
import { modelReport } from "../../../src/report/index.ts";

const place = { path: "src/main.ts", at: 0, end: 5 };

function service(name: string): ArchitectureModel["services"][number] {
  return { id: `service:${name}`, name, root: name, language: "typescript", owner: name, hosts: [], ports: [], entryPoints: [place], isFrontend: false, environment: {}, evidence: [] };
}

/** web calls orders; orders uses its store and publishes to a channel that mail consumes; mail calls the outside. */
const model: ArchitectureModel = {
  services: [service("mail"), service("orders"), service("web")],
  endpoints: [],
  stores: [{ id: "store:postgres/orders", name: "orders", engine: "postgres", places: [place], usedBy: ["service:orders"] }],
  brokers: [{ id: "broker:kafka", name: "kafka", engine: "kafka" }],
  channels: [{ id: "channel:placed", name: "orders.placed", broker: "broker:kafka", producers: [{ service: "service:orders", place }], consumers: [{ service: "service:mail", place }] }],
  externals: [{ id: "external:smtp.example", name: "smtp.example" }],
  edges: [
    { id: "edge:1", from: "service:web", to: "service:orders", kind: "http", sites: [], places: [place], evidence: [] },
    { id: "edge:2", from: "service:orders", to: "store:postgres/orders", kind: "db", sites: [], places: [place], evidence: [] },
    { id: "edge:3", from: "service:orders", to: "service:mail", kind: "event", via: "orders.placed", sites: [], places: [place], evidence: [] },
    { id: "edge:4", from: "service:mail", to: "external:smtp.example", kind: "http", sites: [], places: [place], evidence: [] },
  ],
  accesses: [],
  blindSpots: [],
};

function drift(path: string, text: string): readonly string[] {
  const read = readDeclared(path, text);
  assert.ok(read.ok, read.ok ? "" : read.message);
  return driftOf(read.declared, model).map(({ is, message, at, end }) => `${is}: ${message} [${text.slice(at, end).split("\n")[0]}]`);
}

const workspace = (inside: string): string => `workspace {\n  model {\n    shop = softwareSystem "Shop" {\n${inside}\n    }\n  }\n}`;

describe("a declared model and the code", () => {
  for (const format of ["structurizr", "likec4", "json"] as const)
    it(`do not differ where the declared one was exported: ${format}`, async () => {
      const path = { structurizr: "a.dsl", likec4: "a.c4", json: "a.json" }[format];
      assert.deepEqual(drift(path, await exportedScene(sceneOf(model, []), format)), []);
    });

  it("do not differ where the declared one is the saved model", () => {
    assert.deepEqual(drift("a.json", JSON.stringify(modelReport(model, () => ""))), []);
  });

  it("are matched by name and kind, however the names are written; what goes through a channel may be drawn straight", () => {
    const text = workspace(`web = container "Web"
      orders = container "Orders Service" "" "TypeScript"
      db = container "Orders DB" "" "PostgreSQL" "Database"
      mail = container "mail-svc"
      web -> orders "calls"
      orders -> db "reads"
      orders -> mail "tells, by Kafka"`);
    assert.deepEqual(drift("a.dsl", text), []);
  });

  it("differ both ways: what is only declared, and what is only in the code", () => {
    const text = workspace(`web = container "web"
      orders = container "orders" "" "TypeScript"
      billing = container "billing"
      web -> billing "calls"
      orders -> web "calls back"`);
    assert.deepEqual(drift("a.dsl", text), [
      "only in code: The service mail is in the code and not declared here. [model]",
      'only in code: The service web calls the service orders in the code, and that is not declared. [web = container "web"]',
      'only declared: `billing` is declared, and nothing in the code is called that. [billing = container "billing"]',
      "only declared: The service orders is declared to use the service web; nothing in the code does. [orders -> web]",
    ]);
  });

  it("say where a name could be two things, and how to tell which is meant", () => {
    const text = `model {\n  web = thing 'web'\n  orders = thing 'orders'\n  mail = thing 'mail'\n  web -> orders\n}`;
    assert.deepEqual(drift("a.c4", text), [
      "ambiguous: `orders` could be the service orders (`service:orders`) or the store orders (`store:postgres/orders`). Say which with the property `faultline.id` (in LikeC4: metadata `faultline_id`). [orders = thing]",
    ]);
    const clear = text.replace("thing 'orders'", "thing 'orders' { metadata { faultline_id 'service:orders' } }");
    assert.deepEqual(drift("a.c4", clear), ["only in code: The service orders sends messages to the service mail in the code, and that is not declared. [orders = thing]"]);
  });

  it("leave people, frames and the inside of services aside", () => {
    const text = workspace(`web = container "web" {
        page = component "Page"
      }
      orders = container "orders" "" "TypeScript"
      mail = container "mail"
      page -> orders "calls"
      orders -> mail`).replace("model {", 'model {\n    user = person "User"');
    assert.deepEqual(drift("a.dsl", text), []);
  });
});
