import assert from "node:assert/strict";
import { printRequests, traceOf } from "./trace-of.ts";

const manifest = JSON.stringify({ name: "orders", scripts: { start: "node src/server.js" }, dependencies: { express: "^4", axios: "^1", request: "^2", opossum: "^8", "@grpc/grpc-js": "^1", "http-proxy-middleware": "^3" } });

async function requests(code: string): Promise<string> {
  return printRequests(await traceOf({ "package.json": manifest, "src/server.ts": code }));
}

const route = (body: string): string => `const app = express();\napp.get("/orders", async (req, res) => { ${body} });`;

describe("what protects a request", () => {
  it("is nothing, in a route of an application made by calling Express", async () => {
    assert.equal(await requests(`const express = require("express");\nconst axios = require("axios");\n${route("res.send(await axios.get('http://stock/' + req.query.id));")}`), "axios.get (request): deadline absent, breaker absent");
  });

  it("is nothing, where a callback follows the address", async () => {
    assert.equal(await requests(`import express from "express";\nimport request from "request";\n${route("request('http://stock/' + req.query.id, (e, r) => res.send(r));")}`), "request (request): deadline absent, breaker absent");
  });

  it("is a deadline of the client that was made", async () => {
    assert.equal(await requests(`import express from "express";\nimport axios from "axios";\nconst stock = axios.create({ baseURL: "http://stock", timeout: 3000 });\n${route("res.send(await stock.get('/x'));")}`), "stock.get (request): deadline 3000, breaker absent");
  });

  it("is a race against a timer", async () => {
    assert.equal(
      await requests(`import express from "express";\nimport axios from "axios";\nconst late = (ms) => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), ms));\n${route("res.send(await Promise.race([axios.get('http://stock'), late(2000)]));")}`),
      "axios.get (request): deadline 2000, breaker absent",
    );
  });

  it("is a signal, also through a wrapper that passes it on, and missing at the caller that leaves it out", async () => {
    assert.equal(
      await requests(`import express from "express";\nconst get = (path, init) => fetch("http://stock" + path, init);\n${route("await get('/a', { signal: AbortSignal.timeout(500) }); await get('/b'); res.end();")}`),
      "get (request): deadline 500, breaker absent\nget (request): deadline absent, breaker absent",
    );
  });

  it("is a breaker that the function was given to", async () => {
    assert.match(await requests(`import express from "express";\nimport axios from "axios";\nimport CircuitBreaker from "opossum";\nconst load = () => axios.get("http://stock");\nconst breaker = new CircuitBreaker(load, { timeout: 1000 });\n${route("res.send(await breaker.fire());")}`), /axios\.get \(request\): deadline 1000, breaker module/);
  });

  it("is asked of a proxy on the request path, though it is made at start-up", async () => {
    assert.match(await requests(`import express from "express";\nimport { createProxyMiddleware } from "http-proxy-middleware";\nconst app = express();\nfor (const target of targets) app.use("/x", createProxyMiddleware({ target }));`), /createProxyMiddleware \(request\)/);
  });

  it("is asked of a handler that a wrapper was given at start-up, as it runs later", async () => {
    assert.equal(await requests(`import axios from "axios";\nimport { wrap } from "./wrap.ts";\nexport const handler = wrap(async (req, res) => res.send(await axios.get("http://stock")));`), "axios.get (request): deadline absent, breaker absent");
  });
});
