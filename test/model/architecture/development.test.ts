import assert from "node:assert/strict";
import { architecture, printEdges, system } from "./system.ts";

const start = (dependencies: Readonly<Record<string, string>> = {}): string => JSON.stringify({ private: true, scripts: { start: "node index.js" }, dependencies: { express: "4", axios: "1", ...dependencies } });
const listens = (port: string): string => `const app = require('express')();\napp.listen(${port});\n`;
const asks = (port: number): string => `const axios = require('axios');\nexports.ask = () => axios.get('http://localhost:${port}/orders');\n`;

describe("a system without manifests, on a developer's machine", () => {
  it("has an edge to the service whose code listens on the port", async () => {
    const shop = await system({ "shop/package.json": start(), "shop/index.js": asks(8083), "orders/package.json": start(), "orders/index.js": listens("8083") });
    assert.equal(printEdges(architecture(shop)), "shop > orders http");
  });

  it("has one to the service that listens there unless told otherwise", async () => {
    const shop = await system({ "shop/package.json": start(), "shop/index.js": asks(8083), "orders/package.json": start(), "orders/index.js": listens("process.env.PORT || 8083") });
    assert.equal(printEdges(architecture(shop)), "shop > orders http");
  });

  it("has none where two services listen on the same port", async () => {
    const shop = await system({ "shop/package.json": start(), "shop/index.js": asks(8083), "orders/package.json": start(), "orders/index.js": listens("8083"), "mails/package.json": start(), "mails/index.js": listens("8083") });
    assert.equal(printEdges(architecture(shop)), "");
  });

  it("goes by the environment where the code asks it for the port", async () => {
    const shop = await system({ "shop/package.json": start(), "shop/index.js": asks(8083), "orders/package.json": start(), "orders/index.js": listens("process.env.PORT || 8083"), "orders/.env": "PORT=9000\n" });
    assert.equal(printEdges(architecture(shop)), "");
  });

  it("names the database of models by the address that the mapper connects to", async () => {
    const model = "const { Schema, model } = require('mongoose');\nconst Order = model('Order', new Schema({}));\nexports.all = () => Order.find();\n";
    const shop = await system({ "orders/package.json": start({ mongoose: "8" }), "orders/index.js": "const mongoose = require('mongoose');\nmongoose.connect('mongodb://127.0.0.1/sales');\nrequire('./order');\n", "orders/order.js": model });
    assert.deepEqual(architecture(shop).stores.map(({ name, usedBy }) => [name, ...usedBy]), [["sales", "service:orders"]]);
  });
});
