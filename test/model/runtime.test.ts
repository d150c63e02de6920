import assert from "node:assert/strict";
import { traceOf } from "./trace/trace-of.ts";

const json = (value: object): string => JSON.stringify(value);

describe("where code runs", () => {
  it("is a browser for the pages of an application, and a service for what its request handlers load", async () => {
    const knowledge = await traceOf({
      "package.json": json({ name: "shop", private: true, scripts: { start: "next start" }, dependencies: { next: "^15", "react-dom": "^19" } }),
      "pages/index.tsx": "import { load } from '../api/client';\nexport default () => <a onClick={load} />;",
      "api/client.ts": "export const load = () => fetch('/api/orders');",
      "pages/api/orders.ts": "import { orders } from '../../gateways/orders';\nexport default async (req, res) => res.json(await orders());",
      "gateways/orders.ts": "export const orders = () => fetch(process.env.ORDERS_URL ?? '');",
    });
    assert.deepEqual(["pages/index.tsx", "api/client.ts", "pages/api/orders.ts", "gateways/orders.ts"].map(knowledge.runsIn), ["browser", "browser", "service", "service"]);
  });

  it("is nobody's service here for a library that none imports, and a desk for a command", async () => {
    const knowledge = await traceOf({
      "package.json": json({ name: "all", private: true, workspaces: ["apps/*", "packages/*"] }),
      "apps/api/package.json": json({ name: "api", scripts: { start: "node index.js" }, dependencies: { express: "^4", kit: "*" } }),
      "apps/api/index.js": "const express = require('express');\nrequire('kit').load();",
      "packages/kit/package.json": json({ name: "kit", main: "index.js" }),
      "packages/kit/index.js": "exports.load = () => fetch('http://stock');",
      "packages/sdk/package.json": json({ name: "sdk", main: "index.js" }),
      "packages/sdk/index.js": "exports.load = () => fetch('http://stock');",
      "packages/cli/package.json": json({ name: "cli", bin: { all: "index.js" } }),
      "packages/cli/index.js": "fetch('http://stock');",
    });
    assert.deepEqual(["apps/api/index.js", "packages/kit/index.js", "packages/sdk/index.js", "packages/cli/index.js"].map(knowledge.runsIn), ["service", "service", "library", "tool"]);
  });
});
