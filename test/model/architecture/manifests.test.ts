import assert from "node:assert/strict";
import { architecture, printEdges, printServices, system } from "./system.ts";

const node = (name: string, dependencies: Readonly<Record<string, string>> = { express: "4" }): string => JSON.stringify({ name, scripts: { start: "node src/index.js" }, dependencies });
const serve = `import express from "express"; express().listen(3000);\n`;
const service = (folder: string, code = serve): Readonly<Record<string, string>> => ({ [`${folder}/package.json`]: node(folder), [`${folder}/src/index.js`]: code });

describe("what manifests run", () => {
  it("is no service where others wait for its end", async () => {
    const shop = await system({
      ...service("orders"),
      "docker-compose.yml": "services:\n  orders:\n    build: ./orders\n    depends_on:\n      packages:\n        condition: service_completed_successfully\n  packages:\n    build: ./orders\n    command: npm install\n",
    });
    assert.equal(printServices(shop), "orders orders");
  });

  it("is the application that a Dockerfile in a folder of Dockerfiles is named after", async () => {
    const apps = { orders: { type: "application", root: "apps/orders", sourceRoot: "apps/orders/src" }, users: { type: "application", root: "apps/users", sourceRoot: "apps/users/src" } };
    const dockerfile = (app: string): string => `FROM node:22\nCOPY . .\nRUN npm run build ${app}\nCMD ["node", "dist/apps/${app}/main.js"]\n`;
    const shop = await system({
      "package.json": node("shop", { "@nestjs/core": "11" }),
      "nest-cli.json": JSON.stringify({ monorepo: true, projects: apps }),
      "apps/orders/src/main.ts": serve,
      "apps/users/src/main.ts": serve,
      "Dockerfiles/Dockerfile.orders": dockerfile("orders"),
      "Dockerfiles/Dockerfile.users": dockerfile("users"),
      "docker-compose.yml": "services:\n  orders:\n    image: example.org/shop/orders:latest\n  users:\n    build:\n      context: .\n      dockerfile: Dockerfiles/Dockerfile.users\n",
    });
    assert.equal(printServices(shop), "orders apps/orders\nusers apps/users");
  });

  it("is the folder of that name where the folder that is built is written otherwise", async () => {
    const shop = await system({ ...service("src/cartservice"), ...service("src/userservice"), "docker-compose.yml": "services:\n  cart-service:\n    build: ./src/cart-service\n  user-service:\n    build: ./src/user-service\n" });
    assert.equal(printServices(shop), "cart-service src/cartservice\nuser-service src/userservice");
  });

  it("leaves the root a service that serves its own code beside its workers", async () => {
    const shop = await system({ ...service("workers/payment"), ...service("workers/stock"), "package.json": node("shop"), "src/index.js": serve, "docker-compose.yml": "services:\n  mongodb:\n    image: mongo\n" });
    assert.equal(printServices(shop), "payment workers/payment\nshop .\nstock workers/stock");
  });

  it("leaves the root no service that only starts the others", async () => {
    const shop = await system({ ...service("workers/payment"), ...service("workers/stock"), "package.json": JSON.stringify({ name: "shop", scripts: { start: "node scripts/all.js" }, dependencies: { express: "4" } }), "scripts/all.js": serve });
    assert.equal(printServices(shop), "payment workers/payment\nstock workers/stock");
  });

  it("is the application that a command names where one Dockerfile stands above them all", async () => {
    const shop = await system({
      "package.json": node("shop", { "@nestjs/core": "11" }),
      "nest-cli.json": JSON.stringify({ monorepo: true, projects: { orders: { type: "application", root: "apps/orders", sourceRoot: "apps/orders/src" }, users: { type: "application", root: "apps/users", sourceRoot: "apps/users/src" } } }),
      "apps/orders/src/main.ts": serve, "apps/users/src/main.ts": serve, "apps/Dockerfile": "FROM node:22\nCOPY . .\n",
      "docker-compose.yml": ["orders", "users"].reduce((text, app) => `${text}  ${app}:\n    build:\n      context: .\n      dockerfile: apps/Dockerfile\n    command: npm run start:dev ${app}\n`, "services:\n"),
    }); // prettier-ignore
    assert.equal(printServices(shop), "orders apps/orders\nusers apps/users");
  });

  it("leaves out what starts, asks and ends", async () => {
    const script = (code: string): Readonly<Record<string, string>> => ({ "report/package.json": node("report", { pg: "8" }), "report/src/index.js": code });
    const once = await system({ ...service("orders"), ...script(`import { Pool } from "pg"; const pool = new Pool(); console.log(await pool.query("select 1"));\n`) });
    assert.equal(printServices(once), "orders orders");
    const often = await system({ ...service("orders"), ...script(`import { Pool } from "pg"; const pool = new Pool(); setInterval(() => pool.query("select 1"), 1000);\n`) });
    assert.equal(printServices(often), "orders orders\nreport report");
  });

  it("lends nobody the database of another folder's manifest", async () => {
    const ask = `import { Pool } from "pg"; const pool = new Pool({ connectionString: process.env.DATABASE_URL }); export const read = () => pool.query("select 1");\n`;
    const own = (folder: string): Readonly<Record<string, string>> => ({ [`${folder}/package.json`]: node(folder, { express: "4", pg: "8" }), [`${folder}/src/index.js`]: serve + ask });
    const shop = await system({ ...own("orders"), ...own("reports"), "orders/docker-compose.yml": "services:\n  app:\n    build: .\n    environment:\n      DATABASE_URL: postgres://db:5432/orders\n  db:\n    image: postgres:16\n" });
    const [first = "", ...others] = printEdges(architecture(shop)).split("\n");
    assert.equal(first, "orders > orders db");
    assert.ok(others.every((edge) => !edge.includes("> orders db")), others.join("\n"));
  });

  it("leaves out no folder whose code listens, although no script starts it", async () => {
    const bare = (name: string): string => JSON.stringify({ name, dependencies: { express: "4" } });
    const shop = await system({ "Orders/package.json": bare("orders"), "Orders/Server.js": `const express = require("express"); const app = express(); app.listen(4000);\n`, "kit/package.json": bare("kit"), "kit/index.js": "export const router = 1;\n", ...service("users") });
    assert.equal(printServices(shop), "Orders Orders\nusers users");
  });

  it("joins a queue to its exchange where the broker's definitions do", async () => {
    const publish = `import amqp from "amqplib"; export async function send() { const channel = await (await amqp.connect("amqp://rabbitmq")).createChannel(); channel.publish("shop.events", "order.placed", Buffer.from("")); }\n`;
    const consume = `import amqp from "amqplib"; export async function listen() { const channel = await (await amqp.connect("amqp://rabbitmq")).createChannel(); await channel.consume("q.mails", () => {}); }\n`;
    const own = (name: string): string => node(name, { express: "4", amqplib: "0.10" });
    const shop = await system({
      "orders/package.json": own("orders"), "orders/src/index.js": serve + publish, "mails/package.json": own("mails"), "mails/src/index.js": serve + consume,
      "rabbitmq/definitions.json": JSON.stringify({ queues: [{ name: "q.mails" }], bindings: [{ source: "shop.events", destination: "q.mails", destination_type: "queue", routing_key: "order.*" }] }),
      "docker-compose.yml": "services:\n  orders:\n    build: ./orders\n  mails:\n    build: ./mails\n  rabbitmq:\n    image: rabbitmq:4\n",
    }); // prettier-ignore
    assert.match(printEdges(architecture(shop)), /^orders > mails event order\.placed$/m);
  });
});

describe("addresses in code", () => {
  const compose = "services:\n  orders:\n    build: ./orders\n    environment:\n      STOCK_URL: http://stock:3000\n  stock:\n    build: ./stock\n";
  const call = (imports: string, env: string): string => `${serve}${imports}\nexport const read = () => fetch(\`\${${env}.STOCK_URL}/items\`);\n`;
  const forms: Readonly<Record<string, readonly [imports: string, env: string]>> = {
    "the default of node:process": ['import process from "node:process";', "process.env"],
    "the namespace of process": ['import * as process from "process";', "process.env"],
    "env of node:process": ['import { env } from "node:process";', "env"],
  };
  for (const [what, [imports, env]] of Object.entries(forms))
    it(`are read from ${what}`, async () => {
      const shop = await system({ ...service("orders", call(imports, env)), ...service("stock"), "docker-compose.yml": compose });
      assert.equal(printEdges(architecture(shop)), "orders > stock http");
    });

  const picks: Readonly<Record<string, string>> = {
    "a table": `const services = { stock: "http://stock:3000", users: "http://users:3000" };\nexport const read = (name) => fetch(\`\${services[name]}/items\`);\n`,
    "a table of tables": `const services = { stock: { url: "http://stock:3000" }, users: { url: "http://users:3000" } };\nexport function read(name) { const service = services[name]; return fetch(service.url + "/items"); }\n`,
    "a list that a loop goes through": `const urls = ["http://stock:3000", "http://users:3000"];\nexport async function read() { for (const url of urls) await fetch(url); }\n`,
    "a list of what clients are made of": `class Client { constructor(url) { this.url = url; } read() { return fetch(this.url); } }\n["http://stock:3000", "http://users:3000"].forEach((url) => new Client(url).read());\n`,
  };
  for (const [what, code] of Object.entries(picks))
    it(`are each of those in ${what}`, async () => {
      const shop = await system({ ...service("orders", serve + code), ...service("stock"), ...service("users"), "docker-compose.yml": "services:\n  orders:\n    build: ./orders\n  stock:\n    build: ./stock\n  users:\n    build: ./users\n" });
      assert.equal(printEdges(architecture(shop)), "orders > stock http\norders > users http");
    });

  it("are one at a time where a condition chooses", async () => {
    const code = `const base = process.env.LIVE ? "http://stock:3000" : "http://users:3000";\nexport const read = () => fetch(base);\n`;
    const shop = await system({ ...service("orders", serve + code), ...service("stock"), ...service("users"), "docker-compose.yml": "services:\n  orders:\n    build: ./orders\n  stock:\n    build: ./stock\n  users:\n    build: ./users\n" });
    assert.equal(printEdges(architecture(shop)), "orders > stock http");
  });

  it("are those of pages that ask by Angular's client, injected either way", async () => {
    const shop = await system({
      "pages/package.json": JSON.stringify({ name: "pages", scripts: { start: "ng serve" }, dependencies: { "@angular/core": "20", "@angular/common": "20" } }),
      "pages/src/stock.service.ts": `import { Injectable } from "@angular/core"; import { HttpClient } from "@angular/common/http";\n@Injectable({ providedIn: "root" }) export class StockService { constructor(private http: HttpClient) {} all() { return this.http.get("http://localhost:3100/items"); } }\n`,
      "pages/src/user.service.ts": `import { inject, Injectable } from "@angular/core"; import { HttpClient } from "@angular/common/http";\n@Injectable({ providedIn: "root" }) export class UserService { private http = inject(HttpClient); all() { return this.http.get("http://localhost:3200/users"); } }\n`,
      ...service("stock", serve.replace("3000", "3100")), ...service("users", serve.replace("3000", "3200")),
    }); // prettier-ignore
    assert.equal(printEdges(architecture(shop)), "pages > stock http\npages > users http");
  });
});

describe("an object out of a container", () => {
  it("is one of the class that is asked for", async () => {
    const main = `import { NestFactory } from "@nestjs/core"; import { Feed } from "./feed";\nasync function run() { const app = await NestFactory.createApplicationContext(Object); await app.get(Feed).read("http://stock:3000"); }\nrun();\n`;
    const feed = `export class Feed { read(base: string) { return fetch(\`\${base}/items\`); } }\n`;
    const shop = await system({
      "feeds/package.json": node("feeds", { "@nestjs/core": "11" }), "feeds/src/index.ts": main, "feeds/src/feed.ts": feed, ...service("stock"),
      "docker-compose.yml": "services:\n  feeds:\n    build: ./feeds\n  stock:\n    build: ./stock\n",
    }); // prettier-ignore
    assert.equal(printEdges(architecture(shop)), "feeds > stock http");
  });
});
