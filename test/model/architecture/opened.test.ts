import assert from "node:assert/strict";
import { architecture, printEdges, system } from "./system.ts";

const compose = (services: Readonly<Record<string, string>>): string =>
  `services:\n${Object.entries(services).map(([name, body]) => `  ${name}:\n${body.split("\n").map((line) => `    ${line}`).join("\n")}`).join("\n")}\n`; // prettier-ignore

const nest = (name: string): string => JSON.stringify({ name, scripts: { start: "nest start" }, dependencies: { "@nestjs/core": "11", "@nestjs/typeorm": "11", typeorm: "0.3", pg: "8", "@nestjs/cache-manager": "3", "@keyv/redis": "5", "@nestjs/microservices": "11" } });
const main = `import { NestFactory } from "@nestjs/core"; import { AppModule } from "./app.module"; NestFactory.create(AppModule).then((app) => app.listen(3000));`;
const repository = `import { Injectable } from "@nestjs/common"; import { DataSource, Repository } from "typeorm"; import { Order } from "./order.entity";
@Injectable() export class Orders extends Repository<Order> { constructor(source: DataSource) { super(Order, source.createEntityManager()); } all() { return this.find(); } }`;

const service = (name: string, module: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries({ "package.json": nest(name), "src/main.ts": main, "src/app.module.ts": module, ...more }).map(([path, text]) => [`${name}/${path}`, text]));

const typeOrm = (options: string): string => `import { Module } from "@nestjs/common"; import { TypeOrmModule } from "@nestjs/typeorm"; import { Orders } from "./orders";
@Module({ imports: [TypeOrmModule.forRoot({ type: "postgres", ${options} })], providers: [Orders] }) export class AppModule {}`;

describe("a store that a module opens", () => {
  it("is the database that the module names, not another one that the environment speaks of", async () => {
    const model = architecture(await system({
      ...service("orders", typeOrm(`host: "db", database: "orders"`), { "src/orders.ts": repository }),
      "docker-compose.yml": compose({ orders: "build: ./orders\nenvironment:\n  REPORTS_DATABASE_URL: postgres://u:p@db:5432/reports", db: "image: postgres:16" }),
    })); // prettier-ignore
    assert.equal(printEdges(model), "orders > orders db");
  });

  it("is one although nothing asks it yet", async () => {
    const model = architecture(await system({ ...service("orders", typeOrm(`host: "db", database: "orders"`).replace("providers: [Orders]", "").replace(/import \{ Orders \}.*/, "")), "docker-compose.yml": compose({ orders: "build: ./orders", db: "image: postgres:16" }) }));
    assert.equal(printEdges(model), "orders > orders db");
  });

  it("is each service's own where each reads a variable of its own that nothing sets", async () => {
    const model = architecture(await system({
      ...service("orders", typeOrm(`host: process.env.DB_HOST, database: process.env.ORDERS_POSTGRES_DB`), { "src/orders.ts": repository }),
      ...service("billing", typeOrm(`host: process.env.DB_HOST, database: process.env.BILLING_POSTGRES_DB`), { "src/orders.ts": repository }),
      "docker-compose.yml": compose({ orders: "build: ./orders", billing: "build: ./billing", postgres: "image: postgres:16" }),
    })); // prettier-ignore
    assert.equal(printEdges(model), "billing > billing-db db\norders > orders-db db");
  });

  it("is found behind a class that makes the options, and behind a shared module for the service that imports it alone", async () => {
    const shared = `import { DynamicModule, Injectable, Module } from "@nestjs/common"; import { TypeOrmModule } from "@nestjs/typeorm";
@Injectable() class Settings { createTypeOrmOptions() { return { type: "postgres", host: process.env.DB_HOST, database: process.env.DB_NAME }; } }
@Module({}) export class DatabaseModule { static forRoot(): DynamicModule { return { module: DatabaseModule, imports: [TypeOrmModule.forRootAsync({ useClass: Settings })] }; } }
export const VERSION = 1;`;
    const importing = `import { Module } from "@nestjs/common"; import { DatabaseModule } from "@acme/shared"; @Module({ imports: [DatabaseModule.forRoot()] }) export class AppModule {}`;
    const apart = `import { Module } from "@nestjs/common"; import { VERSION } from "@acme/shared"; console.log(VERSION); @Module({}) export class AppModule {}`;
    const model = architecture(await system({
      "package.json": JSON.stringify({ name: "root", workspaces: ["orders", "gateway", "shared"] }),
      "shared/package.json": JSON.stringify({ name: "@acme/shared", main: "src/index.ts" }), "shared/src/index.ts": shared,
      ...service("orders", importing), ...service("gateway", apart),
      "docker-compose.yml": compose({ orders: "build: ./orders\nenvironment:\n  DB_HOST: db\n  DB_NAME: orders", gateway: "build: ./gateway", db: "image: postgres:16" }),
    })); // prettier-ignore
    assert.equal(printEdges(model), "orders > orders db");
  });

  it("is the server that a cache is kept in", async () => {
    const cached = `import { Module, Injectable, Inject } from "@nestjs/common"; import { CacheModule, CACHE_MANAGER } from "@nestjs/cache-manager"; import KeyvRedis from "@keyv/redis"; import { Rates } from "./rates";
@Module({ imports: [CacheModule.registerAsync({ useFactory: async () => ({ stores: [new KeyvRedis({ url: "redis://redis:6379" })] }) })], providers: [Rates] }) export class AppModule {}`;
    const rates = `import { Inject, Injectable } from "@nestjs/common"; import { CACHE_MANAGER } from "@nestjs/cache-manager"; import { Cache } from "cache-manager";
@Injectable() export class Rates { constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {} read() { return this.cache.get("rates"); } }`;
    const inMemory = cached.replace(/useFactory: .*? \}\) \}\)\],/, "useFactory: async () => ({ ttl: 5 }) })],");
    const manifests = { "docker-compose.yml": compose({ rates: "build: ./rates", redis: "image: redis:7" }) };
    assert.equal(printEdges(architecture(await system({ ...service("rates", cached, { "src/rates.ts": rates }), ...manifests }))), "rates > redis db");
    assert.equal(printEdges(architecture(await system({ ...service("rates", inMemory, { "src/rates.ts": rates }), ...manifests }))), "");
  });
});

describe("a store that a function of a shared package opens", () => {
  it("is for each service the one whose address it hands over", async () => {
    const pack = (name: string): string => JSON.stringify({ name, scripts: { start: "node index.js" }, dependencies: { mongoose: "8", "@acme/common": "workspace:*" } });
    const index = (name: string): string => `import { Builder } from "@acme/common"; import { list } from "./orders.js"; new Builder().useMongo("mongodb://localhost:27017/${name}"); list();`;
    const model_ = `import mongoose from "mongoose"; const Order = mongoose.model("Order", new mongoose.Schema({})); export const list = () => Order.find();`;
    const model = architecture(await system({
      "package.json": JSON.stringify({ private: true, workspaces: ["common", "services/*"] }),
      "common/package.json": JSON.stringify({ name: "@acme/common", main: "index.ts", dependencies: { mongoose: "8" } }),
      "common/index.ts": `import mongoose from "mongoose"; export class Builder { public useMongo(url: string) { mongoose.connect(url); return this; } }`,
      "services/orders/package.json": pack("orders"), "services/orders/index.js": index("orders"), "services/orders/orders.js": model_,
      "services/billing/package.json": pack("billing"), "services/billing/index.js": index("billing"), "services/billing/orders.js": model_,
      "docker-compose.yml": compose({ mongo: "image: mongo:7" }),
    })); // prettier-ignore
    assert.equal(printEdges(model), "billing > billing db\norders > orders db");
  });
});

describe("a message that is answered", () => {
  const gateway = (queues: string): Readonly<Record<string, string>> => service("gateway", `import { Module } from "@nestjs/common"; import { QueueModule } from "./queue.module"; import { Api } from "./api";
@Module({ imports: [QueueModule.register("ORDERS")], controllers: [Api] }) export class AppModule {}`, {
    "src/queue.module.ts": queues,
    "src/api.ts": `import { Controller, Get, Inject } from "@nestjs/common"; import { ClientProxy } from "@nestjs/microservices"; import { firstValueFrom } from "rxjs";
@Controller() export class Api { constructor(@Inject("ORDERS") private readonly orders: ClientProxy) {} @Get() list() { return firstValueFrom(this.orders.send("orders.list", {})); } }`,
  }); // prettier-ignore
  const orders = service("orders", `import { Controller, Module } from "@nestjs/common"; import { MessagePattern } from "@nestjs/microservices";
@Controller() class Handlers { @MessagePattern("orders.list") list() { return []; } } @Module({ controllers: [Handlers] }) export class AppModule {}`);
  const manifests = { "docker-compose.yml": compose({ gateway: "build: ./gateway", orders: "build: ./orders", rabbitmq: "image: rabbitmq:4" }) };

  it("goes over the broker of the client that a module of the workspace makes for a token it is given", async () => {
    const module = `import { Module } from "@nestjs/common"; import { ClientProxyFactory, Transport } from "@nestjs/microservices";
@Module({}) export class QueueModule { static register(token: string) { const providers = [{ provide: token, useFactory: () => ClientProxyFactory.create({ transport: Transport.RMQ, options: { urls: ["amqp://rabbitmq:5672"], queue: "orders" } }) }]; return { module: QueueModule, providers, exports: providers }; } }`;
    const model = architecture(await system({ ...gateway(module), ...orders, ...manifests }));
    assert.equal(printEdges(model), "gateway > orders event orders.list");
  });

  it("names no host by a pattern that looks like one, where nobody answers", async () => {
    const module = `import { Module } from "@nestjs/common"; import { ClientsModule, Transport } from "@nestjs/microservices";
@Module({}) export class QueueModule { static register(name: string) { return { module: QueueModule, imports: [ClientsModule.register([{ name, transport: Transport.TCP }])] }; } }`;
    const model = architecture(await system({ ...gateway(module), ...service("orders", `import { Module } from "@nestjs/common"; @Module({}) export class AppModule {}`), ...manifests }));
    assert.deepEqual(model.externals, []);
  });
});
