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

describe("an address read by a function that is kept with its answers", () => {
  it("is the variable that the caller names", async () => {
    const memoize = "const memoize = (method) => {\n  const cache = new Map();\n  return function memoized(...args) {\n    const key = JSON.stringify(args);\n    if (cache.has(key)) return cache.get(key);\n    const result = method.call(null, ...args);\n    cache.set(key, result);\n    return result;\n  };\n};\n";
    const read = "const read = memoize((key, fallback) => {\n  if (!(key in process.env)) {\n    if (fallback) return fallback;\n    throw new Error(key);\n  }\n  return process.env[key];\n});\nexport default read;\n";
    const shop = await system({
      "gateway/package.json": express("gateway"),
      "gateway/read.js": memoize + read,
      "gateway/index.js": 'import axios from "axios";\nimport express from "express";\nimport read from "./read";\nconst listings = read("LISTINGS_URL");\nexpress().get("/", async (req, res) => res.json(await axios.get(`${listings}/all`))).listen(3000);\n',
      "listings/package.json": express("listings"),
      "listings/index.js": 'require("express")().get("/all", (req, res) => res.json([])).listen(3001);\n',
      "docker-compose.yml": "services:\n  gateway:\n    build: ./gateway\n    environment:\n      LISTINGS_URL: http://listings:3001\n  listings:\n    build: ./listings\n",
    });
    assert.equal(printEdges(architecture(shop)), "gateway > listings http");
  });
});

describe("a database whose name stands beside its address", () => {
  it("is called by it, on a server that several share", async () => {
    const main = 'import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module"; NestFactory.create(AppModule).then((app) => app.listen(3000));';
    const module = (name: string): string => `import { Module } from "@nestjs/common"; import { MongooseModule } from "@nestjs/mongoose";\n@Module({ imports: [MongooseModule.forRoot(process.env.MONGO_URI, { dbName: "${name}" })] }) export class AppModule {}`;
    const nest = (name: string): Record<string, string> => ({ [`${name}/package.json`]: JSON.stringify({ name, scripts: { start: "nest start" }, dependencies: { "@nestjs/core": "11", "@nestjs/mongoose": "11", mongoose: "8" } }), [`${name}/src/main.ts`]: main, [`${name}/src/app.module.ts`]: module(name) });
    const shop = await system({ ...nest("orders"), ...nest("bills"), "docker-compose.yml": "x-env: &env\n  MONGO_URI: mongodb://mongo:27017\nservices:\n  orders:\n    build: ./orders\n    environment: *env\n  bills:\n    build: ./bills\n    environment: *env\n  mongo:\n    image: mongo\n" });
    assert.equal(printEdges(architecture(shop)), "bills > bills db\norders > orders db");
  });
});
