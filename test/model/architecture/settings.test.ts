import assert from "node:assert/strict";
import { architecture, printEdges, system } from "./system.ts";

const start = (dependencies: Readonly<Record<string, string>>): string => JSON.stringify({ private: true, scripts: { start: "node index.js" }, dependencies: { express: "4", ...dependencies } });
const orders = { "orders/package.json": start({}), "orders/index.js": "const app = require('express')();\napp.listen(3000);\n" };
const compose = (environment = ""): string => `services:\n  shop:\n    build: ./shop\n${environment}  orders:\n    build: ./orders\n`;
const nest = { "@nestjs/core": "11", "@nestjs/common": "11", "@nestjs/config": "4", "@nestjs/axios": "4" };
const nestMain = "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n";
const nestModule = (load: string, from: string): string =>
  `import { Module } from '@nestjs/common';\nimport { ConfigModule } from '@nestjs/config';\nimport { HttpModule } from '@nestjs/axios';\nimport ${load} from './${from}';\nimport { Shop } from './shop';\n@Module({ imports: [ConfigModule.forRoot({ load: [${load}] }), HttpModule], controllers: [Shop] })\nexport class AppModule {}\n`;
const nestShop = (key: string): string =>
  `import { Controller, Get } from '@nestjs/common';\nimport { ConfigService } from '@nestjs/config';\nimport { HttpService } from '@nestjs/axios';\n@Controller()\nexport class Shop {\n  constructor(private readonly config: ConfigService, private readonly http: HttpService) {}\n  @Get()\n  orders() { return this.http.get(\`\${this.config.get<string>('${key}')}/orders\`); }\n}\n`;

describe("an address among a service's settings", () => {
  it("is found in what NestJS loads", async () => {
    const shop = await system({
      ...orders, "docker-compose.yml": compose(), "shop/package.json": start(nest), "shop/index.ts": nestMain,
      "shop/app.module.ts": nestModule("settings", "settings"), "shop/settings.ts": "export default () => ({ orders: { url: process.env.ORDERS_URL || 'http://orders:3000' } });\n", "shop/shop.ts": nestShop("orders.url"),
    }); // prettier-ignore
    assert.equal(printEdges(architecture(shop)), "shop > orders http");
  });

  it("is found under the name that settings are registered as", async () => {
    const shop = await system({
      ...orders, "docker-compose.yml": compose("    environment:\n      ORDERS: http://orders:3000\n"), "shop/package.json": start(nest), "shop/index.ts": nestMain,
      "shop/app.module.ts": nestModule("peers", "peers"), "shop/peers.ts": "import { registerAs } from '@nestjs/config';\nexport default registerAs('peers', () => ({ orders: process.env.ORDERS }));\n", "shop/shop.ts": nestShop("peers.orders"),
    }); // prettier-ignore
    assert.equal(printEdges(architecture(shop)), "shop > orders http");
  });

  it("is not taken from the settings of another service", async () => {
    const shop = await system({
      ...orders, "docker-compose.yml": compose(), "shop/package.json": start(nest), "shop/index.ts": nestMain, "shop/shop.ts": nestShop("peer.url"),
      "shop/app.module.ts": nestModule("settings", "settings"), "shop/settings.ts": "export default () => ({ port: 3000 });\n",
      "mail/package.json": start(nest), "mail/index.ts": nestMain, "mail/shop.ts": "export class Shop {}\n", "mail/app.module.ts": nestModule("settings", "settings"), "mail/settings.ts": "export default () => ({ peer: { url: 'http://orders:3000' } });\n",
    }); // prettier-ignore
    assert.equal(printEdges(architecture(shop)), "");
  });

  const asks = "const config = require('config');\nconst axios = require('axios');\nconst app = require('express')();\napp.get('/', async (q, r) => r.json((await axios.get(config.get('peer.url') + '/orders')).data));\napp.listen(3001);\n";

  it("is found in config/default.json, and gives way to production.yaml", async () => {
    const files = { ...orders, "docker-compose.yml": compose(), "shop/package.json": start({ config: "4", axios: "1" }), "shop/index.js": asks, "shop/config/default.json": '{ "peer": { "url": "http://orders:3000" } }' };
    assert.equal(printEdges(architecture(await system(files))), "shop > orders http");
    const moved = await system({ ...files, "shop/config/production.yaml": "peer:\n  url: http://elsewhere:3000\n" });
    assert.equal(printEdges(architecture(moved)).includes("orders"), false);
  });

  it("is the variable that stands for it, where one is set", async () => {
    const shop = await system({
      ...orders, "docker-compose.yml": compose("    environment:\n      ORDERS: http://orders:3000\n"), "shop/package.json": start({ config: "4", axios: "1" }), "shop/index.js": asks,
      "shop/config/default.json": '{ "peer": { "url": "http://localhost:9" } }', "shop/config/custom-environment-variables.json": '{ "peer": { "url": "ORDERS" } }',
    }); // prettier-ignore
    assert.equal(printEdges(architecture(shop)), "shop > orders http");
  });

  it("is seen through a frozen object", async () => {
    const shop = await system({
      ...orders, "docker-compose.yml": compose(), "shop/package.json": start({ axios: "1" }),
      "shop/index.js": "const axios = require('axios');\nconst URLS = Object.freeze({ orders: 'http://orders:3000' });\nconst app = require('express')();\napp.get('/', async (q, r) => r.json((await axios.get(URLS.orders)).data));\napp.listen(3001);\n",
    }); // prettier-ignore
    assert.equal(printEdges(architecture(shop)), "shop > orders http");
  });

  it("is the application that a registry is asked for", async () => {
    const shop = await system({
      ...orders, "docker-compose.yml": compose(), "shop/package.json": start({ axios: "1", "eureka-js-client": "4" }),
      "shop/index.js": "const axios = require('axios');\nconst { Eureka } = require('eureka-js-client');\nconst client = new Eureka({});\nconst app = require('express')();\napp.get('/', async (q, r) => {\n  const [instance] = client.getInstancesByAppId('ORDERS');\n  r.json((await axios.get(`http://${instance.hostName}:${instance.port.$}/orders`)).data);\n});\napp.listen(3001);\n",
    }); // prettier-ignore
    assert.equal(printEdges(architecture(shop)), "shop > orders http");
  });
});

describe("a database that is told apart from its server", () => {
  const storesOf = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => architecture(await system(files)).stores.map(({ name }) => name);
  const app = "const app = require('express')();\napp.get('/', async (q, r) => r.json(await all()));\napp.listen(3000);\n";

  it("gives the store its name on a developer's machine", async () => {
    const code = "const { Pool } = require('pg');\nconst pool = new Pool({ host: 'localhost', database: 'sales' });\nconst all = () => pool.query('select * from orders');\n";
    assert.deepEqual(await storesOf({ "package.json": start({ pg: "8" }), "index.js": code + app }), ["sales"]);
  });

  it("is the same store for two services that say the same", async () => {
    const code = "const mysql = require('mysql2/promise');\nconst pool = mysql.createPool({ host: 'db.internal', database: 'sales' });\nconst all = () => pool.query('select * from orders');\n";
    const files = { "a/package.json": start({ mysql2: "3" }), "a/index.js": code + app, "b/package.json": start({ mysql2: "3" }), "b/index.js": code + app };
    assert.deepEqual(architecture(await system(files)).stores.map(({ name, usedBy }) => [name, ...usedBy]), [["sales", "service:a", "service:b"]]);
  });

  it("is what the client of a document store is asked for", async () => {
    const code = "const { MongoClient } = require('mongodb');\nconst db = new MongoClient(process.env.MONGO).db('sales');\nconst all = () => db.collection('orders').find().toArray();\n";
    assert.deepEqual(await storesOf({ "shop/package.json": start({ mongodb: "6" }), "shop/index.js": code + app, "docker-compose.yml": "services:\n  shop:\n    build: ./shop\n    environment:\n      MONGO: mongodb://mongo:27017\n  mongo:\n    image: mongo\n" }), ["sales"]);
  });
});

describe("a connection that is kept when it is there", () => {
  it("is the one that the promise gave", async () => {
    const shop = await system({
      "docker-compose.yml": compose(), "orders/package.json": start({ nats: "2" }), "orders/index.js": "const { connect } = require('nats');\n(async () => {\n  const nc = await connect({ servers: 'nats://nats:4222' });\n  for await (const m of nc.subscribe('orders.placed')) console.log(m);\n})();\n",
      "shop/package.json": start({ nats: "2" }), "shop/index.js": "const { connect } = require('nats');\nlet nc;\nconnect({ servers: 'nats://nats:4222' }).then((connection) => { nc = connection; });\nconst app = require('express')();\napp.post('/', (q, r) => { nc.publish('orders.placed', 'x'); r.end(); });\napp.listen(3001);\n",
    }); // prettier-ignore
    assert.match(printEdges(architecture(shop)), /^shop > orders event orders\.placed$/m);
  });
});
