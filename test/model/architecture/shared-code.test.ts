import assert from "node:assert/strict";
import { architecture, printEdges, printServices, system } from "./system.ts";

const express = (name: string, more: object = {}): string => JSON.stringify({ name, private: true, scripts: { start: "node index.js" }, dependencies: { express: "4", axios: "1" }, ...more });

describe("servers in folders of one package", () => {
  const server = (folder: string, port: number, client = ""): Record<string, string> => ({ [`${folder}/index-${folder}.js`]: `const app = require("express")();\n${client}app.listen(${port});\n` });
  const remote = 'const axios = require("axios");\nfunction createRemote(host, port) {\n  const url = "http://" + host + ":" + port;\n  async function list(table) { return axios.get(url + "/" + table); }\n  return { list };\n}\nmodule.exports = createRemote;\n';
  const files = {
    "package.json": JSON.stringify({ name: "network", dependencies: { express: "4", axios: "1" } }),
    "store/remote.js": remote,
    "store/posts.js": 'const Remote = require("./remote");\nmodule.exports = new Remote("localhost", 3001);\n',
    "store/cache.js": 'const Remote = require("./remote");\nmodule.exports = new Remote("localhost", 3002);\n',
    ...server("posts", 3001),
    ...server("cache", 3002),
    ...server("api", 3000, 'const posts = require("../store/posts");\nconst cache = require("../store/cache");\napp.get("/", async (req, res) => res.json([await cache.list("posts"), await posts.list("posts")]));\n'),
  };

  it("are services where nothing starts the package as a whole", async () => assert.equal(printServices(await system(files)), "api api\ncache cache\nposts posts"));

  it("are one service where a script starts it", async () => {
    const shop = await system({ ...files, "package.json": express("network", { scripts: { start: "node api/index-api.js" } }) });
    assert.equal(printServices(shop), "network .");
  });

  it("are called where a function of a shared file makes a client for host and port together", async () => {
    assert.equal(printEdges(architecture(await system(files))), "api > cache http\napi > posts http");
  });
});

describe("a class of a shared library", () => {
  const nest = (name: string): string => JSON.stringify({ name, private: true, scripts: { start: "node main.js" }, dependencies: { "@nestjs/core": "11", "@shop/common": "*", axios: "1" } });
  const guard = 'import axios from "axios";\nexport class SessionGuard {\n  async canActivate() { return (await axios.get("http://sessions:3000/check")).data; }\n}\n';

  it("calls out for the services that name it, and not for all that import the library", async () => {
    const shop = await system({
      "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["apps/*", "libs/*"] }),
      "libs/common/package.json": JSON.stringify({ name: "@shop/common", private: true, main: "index.ts" }),
      "libs/common/index.ts": 'export * from "./guard";\nexport * from "./texts";\n',
      "libs/common/guard.ts": guard,
      "libs/common/texts.ts": 'export const greeting = "hello";\n',
      "apps/orders/package.json": nest("orders"),
      "apps/orders/main.ts": 'import { SessionGuard } from "@shop/common";\nimport { UseGuards } from "@nestjs/common";\n@UseGuards(SessionGuard)\nexport class OrdersController {}\n',
      "apps/mail/package.json": nest("mail"),
      "apps/mail/main.ts": 'import { greeting } from "@shop/common";\nexport const text = greeting;\n',
      "apps/sessions/package.json": nest("sessions"),
      "apps/sessions/main.ts": 'require("express")().get("/check", (req, res) => res.json(true)).listen(3000);\n',
      "docker-compose.yml": "services:\n  orders: { build: ./apps/orders }\n  mail: { build: ./apps/mail }\n  sessions: { build: ./apps/sessions }\n",
    });
    assert.equal(printEdges(architecture(shop)), "orders > sessions http");
  });
});

describe("the name of a store", () => {
  const model = async (code: string, dependencies: object, settings = ""): Promise<string> =>
    printEdges(architecture(await system({ ".env": settings, "package.json": express("media", { dependencies: { express: "4", ...dependencies } }), "index.js": `${code}\nrequire("express")().listen(3000);\n` })));

  it("is not that of a job queue that is kept in it", async () => {
    const edges = await model('const { Queue } = require("bullmq");\nconst queue = new Queue("media-delete", { connection: { host: "redis" } });\nexports.remove = (id) => queue.add("remove", { id });', { bullmq: "5" });
    assert.match(edges, /media > redis db/);
    assert.doesNotMatch(edges, /media-delete db/);
  });

  for (const [host, name] of [["cluster0.ab12.mongodb.net", "mongodb"], ["orders-db.ab12.eu-west-1.rds.amazonaws.com", "orders-db"]]) {
    it(`is ${name} at ${host}`, async () => {
      const edges = await model(`const { MongoClient } = require("mongodb");\nconst client = new MongoClient(process.env.MONGODB_URI);\nexports.all = () => client.db().collection("media").find({}).toArray();`, { mongodb: "6" }, `MONGODB_URI=mongodb://user@${host}/\n`);
      assert.equal(edges, `media > ${name} db`);
    });
  }
});
