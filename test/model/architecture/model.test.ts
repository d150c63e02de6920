import assert from "node:assert/strict";
import { architecture, known, printEdges, site, system } from "./system.ts";

const start = (dependencies: Readonly<Record<string, string>> = {}): string => JSON.stringify({ private: true, scripts: { start: "node index.js" }, dependencies: { express: "4", ...dependencies } });

describe("the architecture of a system", () => {
  it("has an edge for each call to another service and to third parties", async () => {
    const shop = await system({
      "orders/package.json": start({ axios: "1" }),
      "orders/index.js": "const axios = require('axios');\nconst url = process.env.PAYMENTS_URL || 'http://payments:3000';\nexports.pay = () => axios.post(`${url}/charges`, {});\nexports.mail = () => axios.post('https://api.mailgun.net/v3/x', {});\n",
      "payments/package.json": start(),
      "payments/index.js": "",
    });
    assert.equal(printEdges(architecture(shop)), "orders > mailgun http\norders > payments http");
  });

  it("joins publishers and consumers by their channel", async () => {
    const shop = await system({
      "orders/package.json": start({ kafkajs: "2" }),
      "orders/index.js": "const { Kafka } = require('kafkajs');\nconst producer = new Kafka({ brokers: ['kafka:9092'] }).producer();\nexports.placed = () => producer.send({ topic: 'orders.placed', messages: [] });\n",
      "mails/package.json": start({ kafkajs: "2" }),
      "mails/index.js": "const { Kafka } = require('kafkajs');\nconst consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'm' });\nconsumer.subscribe({ topic: 'orders.placed' });\n",
      "compose.yaml": "services:\n  kafka:\n    image: bitnami/kafka\n",
    });
    const model = architecture(shop);
    assert.equal(printEdges(model), "orders > kafka event orders.placed\norders > mails event orders.placed");
    assert.deepEqual(model.channels.map((channel) => [channel.name, channel.broker]), [["orders.placed", "broker:kafka/kafka"]]);
  });

  it("tells what a base class publishes by the subclass, in the service where that is", async () => {
    const shop = await system({
      "package.json": JSON.stringify({ private: true, workspaces: ["orders", "mails", "kit"] }),
      "kit/package.json": JSON.stringify({ name: "kit", private: true, main: "index.ts", dependencies: { kafkajs: "2" } }),
      "kit/index.ts":
        "import { Producer, Consumer } from 'kafkajs';\nexport abstract class Publisher { abstract topic: string; constructor(private producer: Producer) {}\n publish(data: object) { return this.producer.send({ topic: this.topic, messages: [] }); } }\nexport abstract class Listener { abstract topic: string; constructor(private consumer: Consumer) {}\n listen() { return this.consumer.subscribe({ topic: this.topic }); } }\n",
      "orders/package.json": start({ kit: "*" }),
      "orders/index.ts": "import { Publisher } from 'kit';\nexport class Placed extends Publisher { topic = 'order.placed'; }\n",
      "mails/package.json": start({ kit: "*" }),
      "mails/index.ts": "import { Listener } from 'kit';\nexport class OnPlaced extends Listener { topic = 'order.placed'; }\n",
    });
    assert.match(printEdges(architecture(shop)), /^orders > mails event order\.placed$/m);
  });

  it("draws services in other languages by the addresses that their manifests give them", async () => {
    const shop = await system({
      "cart/Dockerfile": 'FROM golang:1.22\nCMD ["/cart"]\n',
      "prices/Dockerfile": 'FROM python:3\nCMD ["python", "app.py"]\n',
      "compose.yaml": "services:\n  cart:\n    build: cart\n    environment: { PRICES_ADDR: 'prices:50051', REDIS_ADDR: 'cart-redis:6379', API_URL: 'http://prices:8080' }\n  prices:\n    build: prices\n  cart-redis:\n    image: redis\n",
    });
    assert.equal(printEdges(architecture(shop)), "cart > prices grpc\ncart > prices http\ncart > cart-redis db");
  });
});

describe("stores of a system", () => {
  const compose = (services: string): string => `services:\n${services}  db:\n    image: postgres:16\n    ports: ['5432:5432']\n  orders-mongo:\n    image: mongo\n`;

  it("are one where two services are given the same database", async () => {
    const shop = await system({
      "orders/package.json": start({ pg: "8" }),
      "orders/index.js": "const { Pool } = require('pg');\nconst pool = new Pool({ connectionString: process.env.DATABASE_URL });\nexports.all = () => pool.query('SELECT * FROM orders');\n",
      "billing/package.json": start({ pg: "8" }),
      "billing/index.js": "const { Pool } = require('pg');\nconst pool = new Pool({ connectionString: process.env.DATABASE_URL });\nexports.pay = () => pool.query('UPDATE orders SET paid = true');\n",
      "compose.yaml": compose("  orders:\n    build: orders\n    environment: { DATABASE_URL: 'postgres://a:b@db/shop' }\n  billing:\n    build: billing\n    environment: { DATABASE_URL: 'postgres://c:d@db:5432/shop' }\n"),
    });
    const model = architecture(shop);
    assert.deepEqual(model.stores.map((store) => [store.name, store.usedBy]), [["shop", ["service:billing", "service:orders"]]]);
    assert.deepEqual(model.accesses.map((access) => `${access.service} ${access.access} ${access.entity}`), ["service:billing connect undefined", "service:billing write orders", "service:orders connect undefined", "service:orders read orders"]);
  });

  it("are two on one server under two names, and where variables belong together", async () => {
    const shop = await system({
      "orders/package.json": start({ pg: "8" }),
      "orders/index.js": "",
      "orders/.env": "DB_HOST=localhost\nDB_PORT=5432\nDB_NAME=orders\n",
      "billing/package.json": start({ pg: "8" }),
      "billing/index.js": "",
      "billing/.env": "BILLING_POSTGRES_HOST=db\nBILLING_POSTGRES_DATABASE=billing\n",
      "compose.yaml": compose(""),
    });
    const query = (path: string): ReturnType<typeof site> => site({ path, effect: "query", library: "pg", target: known("SELECT 1") });
    const model = architecture(shop, [query("orders/index.js"), query("billing/index.js")]);
    assert.deepEqual(model.stores.map((store) => `${store.id} ${store.name}`), ["store:postgres/db/billing billing", "store:postgres/db/orders orders"]);
  });

  it("are two with ids of their own where two manifests run servers of one name", async () => {
    const manifest = (service: string): string => `services:\n  ${service}:\n    build: .\n    environment: { REDIS_URL: 'redis://redis:6379' }\n  redis:\n    image: redis:7\n`;
    const use = "const Redis = require('ioredis');\nconst redis = new Redis(process.env.REDIS_URL);\nexports.get = () => redis.get('a');\n";
    const shop = await system({
      "orders/package.json": start({ ioredis: "5" }),
      "orders/index.js": use,
      "orders/compose.yaml": manifest("orders"),
      "billing/package.json": start({ ioredis: "5" }),
      "billing/index.js": use,
      "billing/compose.yaml": manifest("billing"),
    });
    const model = architecture(shop);
    assert.deepEqual(model.stores.map(({ name }) => name), ["redis", "redis"]);
    assert.equal(new Set(model.stores.map(({ id }) => id)).size, 2, model.stores.map(({ id }) => id).join(" "));
    assert.equal(new Set(model.edges.map(({ to }) => to)).size, 2);
  });

  it("are called by their server where that has a name of its own", async () => {
    const shop = await system({
      "orders/package.json": start({ mongoose: "8" }),
      "orders/index.js": "",
      "compose.yaml": compose("  orders:\n    build: orders\n    environment: { MONGO_URI: 'mongodb://orders-mongo:27017/main' }\n"),
    });
    const model = architecture(shop, [site({ path: "orders/index.js", effect: "query", library: "mongoose", target: [], entity: "Order", access: "write" })]);
    assert.deepEqual(model.stores.map((store) => [store.name, store.database]), [["orders-mongo", "main"]]);
    assert.deepEqual(model.accesses.map((access) => access.entity), ["orders"]);
  });
});

describe("blind spots", () => {
  it("say why a call's target is not known", async () => {
    const shop = await system({ "orders/package.json": start(), "orders/index.js": "" });
    const model = architecture(shop, [site({ path: "orders/index.js", effect: "request", library: "axios", target: [{ is: "env", name: "X" }, { is: "known", text: "/a" }] })]);
    assert.deepEqual(model.blindSpots.map((spot) => spot.why), ["`X` is set nowhere in the workspace, so the target of this call is not known"]);
  });
});
