import assert from "node:assert/strict";
import { contradictions } from "../../../src/model/architecture/declared.ts";
import { architecture, printEdges, system, type System } from "./system.ts";

const start = (dependencies: Readonly<Record<string, string>> = {}): string => JSON.stringify({ private: true, scripts: { start: "node index.js" }, dependencies: { express: "4", ...dependencies } });

const shop = (configuration: object): Promise<System> =>
  system({
    "faultline.json": JSON.stringify(configuration),
    "orders/package.json": start({ pg: "8" }),
    "orders/index.js":
      "const { Pool } = require('pg');\nconst pool = new Pool({ connectionString: process.env.ORDERS_DSN });\nexports.all = () => pool.query('SELECT * FROM orders');\nexports.pay = () => fetch(`${process.env.CHARGES}/charges`);\nexports.rate = () => fetch('http://rates.corp/today');\n",
    "payments/package.json": start(),
    "payments/index.js": "",
  });

const problems = async (configuration: object): Promise<readonly string[]> => {
  const made = await shop(configuration);
  const text = JSON.stringify(configuration);
  return contradictions(made.workspace.configuration, architecture(made), made.workspace.files.map(({ path }) => path)).map(({ path, at, end, message }) => `${path} ${text.slice(at, end)}: ${message}`);
};

describe("a declared service map", () => {
  it("says who answers to a name or a variable, and what belongs to somebody else", async () => {
    const plain = printEdges(architecture(await shop({})));
    assert.doesNotMatch(plain, /payments/);
    const made = await shop({ services: [{ name: "payments", aliases: ["CHARGES"] }, { name: "Rates Inc", external: true, aliases: ["rates.corp"] }] });
    assert.match(printEdges(architecture(made)), /^orders > Rates Inc http\norders > payments http$/m);
  });

  it("names a store by any of the names that code and manifests have for it", async () => {
    const made = await shop({ stores: [{ name: "orders-db", engine: "postgres", aliases: ["ORDERS_DSN"] }] });
    assert.deepEqual(architecture(made).stores.map(({ name }) => name), ["orders-db"]);
  });

  it("adds edges that no code here makes", async () => {
    const made = await shop({ services: [{ name: "mainframe", external: true }], edges: [{ from: "payments", to: "mainframe", kind: "other" }] });
    assert.match(printEdges(architecture(made)), /^payments > mainframe other$/m);
  });

  it("is told where it contradicts files and code", async () => {
    assert.deepEqual(await problems({ services: [{ name: "payments", root: "pay" }, { name: "mails" }] }), ['faultline.json "pay": There is no file in `pay`.', 'faultline.json "mails": No service `mails` was found; say where its code is with `root`, or that it is `external`.']);
    assert.deepEqual(await problems({ edges: [{ from: "orders", to: "stock", kind: "http" }] }), ['faultline.json "stock": Nothing called `stock` was found; a system of somebody else\'s is declared under `services` with `external`.']);
    const services = [{ name: "payments", aliases: ["CHARGES"] }];
    assert.deepEqual(await problems({ services, edges: [{ from: "orders", to: "payments", kind: "grpc" }] }), ['faultline.json "grpc": The code of orders speaks to payments by http, and not by grpc.']);
    assert.deepEqual(await problems({ services, edges: [{ from: "orders", to: "payments", kind: "http" }] }), []);
  });
});
