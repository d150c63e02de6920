import assert from "node:assert/strict";
import rule from "../../../src/patterns/circuit-breaker/missing.ts";
import { detected, runs, textAt, type Files } from "../detected.ts";

const server = 'import express from "express";\nimport { ask } from "./client.ts";\nconst app = express();\napp.get("/", async (_request, response) => response.json(await ask("/a")));\napp.listen(3000);\n';

describe("circuit-breaker/missing", () => {
  it("shows the library's own call where callers go through a wrapper", async () => {
    const files: Files = {
      "package.json": runs({ axios: "1" }),
      "src/index.ts": server.replace('ask("/a")', 'ask("https://prices.example.com/a")'),
      "src/client.ts": 'import axios from "axios";\nexport const ask = (url: string) => axios.get(url);\n',
    };
    const [found] = await detected(rule, files);
    assert.ok((found?.related ?? []).some((place) => place.path === "src/client.ts" && textAt(files, place) === "get"), JSON.stringify(found));
  });

  it("reports a class that calls the address in its settings", async () => {
    const files: Files = {
      "package.json": runs(),
      "src/index.ts": server.replace("ask(", "new Exchange({ url: String(process.argv[2]), apiUrl: String(process.argv[3]) }).ask(").replace("{ ask }", "{ Exchange }"),
      "src/client.ts": "export class Exchange {\n  private config: { apiUrl: string };\n  constructor(config: { apiUrl: string }) {\n    this.config = config;\n  }\n  async ask(path: string) {\n    let target = `${this.config.apiUrl}${path}`;\n    if (path !== '') target += '?';\n    return (await fetch(target)).json();\n  }\n}\n",
    };
    assert.deepEqual((await detected(rule, files)).length, 1);
  });

  it("offers to wrap a call, and not the making of a proxy that calls later", async () => {
    const files: Files = {
      "package.json": runs({ axios: "1", "http-proxy-middleware": "3" }),
      "src/index.ts": server.replace('ask("/a")', 'ask()').replace("app.listen", 'import { proxy } from "./proxy.ts";\napp.use("/stock", proxy);\napp.listen'),
      "src/client.ts": 'import axios from "axios";\nexport const ask = () => axios.get("http://prices:3000/a");\n',
      "src/proxy.ts": 'import { createProxyMiddleware } from "http-proxy-middleware";\nexport const proxy = createProxyMiddleware({ target: "http://stock:3000" });\n',
    };
    const offers = (await detected(rule, files)).map((found) => [found.place.path, rule.fixes(found.data).length > 0]);
    assert.deepEqual(offers.sort(), [["src/client.ts", true], ["src/proxy.ts", false]]);
  });
});
