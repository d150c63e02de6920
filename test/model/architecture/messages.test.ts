import assert from "node:assert/strict";
import { architecture, printEdges, system } from "./system.ts";

const start = (dependencies: Readonly<Record<string, string>> = {}): string => JSON.stringify({ private: true, scripts: { start: "node index.js" }, dependencies: { express: "4", ...dependencies } });

const edges = async (files: Readonly<Record<string, string>>): Promise<string> => printEdges(architecture(await system(files)));

describe("messages between services", () => {
  const publisher = "async function publish(channel, exchange, key, body) {\n  await channel.assertExchange(exchange, 'direct');\n  channel.publish(exchange, key, Buffer.from(body));\n}\n";
  const open = "const amqp = require('amqplib');\n";
  const make = "const connection = await amqp.connect('amqp://queue'); const channel = await connection.createChannel();\n";
  const consumer = (name: string, key: string): string =>
    `${open}async function run() {\n${make}  const made = await channel.assertQueue('${name}-queue');\n  await channel.bindQueue(made.queue, 'shop', '${key}');\n  channel.consume(made.queue, (message) => channel.ack(message));\n}\nrun();\n`;

  it("are followed through a wrapper that is handed exchange and routing key, to the queues that are bound to both", async () => {
    const found = await edges({
      "orders/package.json": start({ amqplib: "0.10" }),
      "orders/index.js": `${open}${publisher}exports.place = async () => {\n${make}  await publish(channel, 'shop', 'placed', '{}');\n};\n`,
      "mails/package.json": start({ amqplib: "0.10" }),
      "mails/index.js": consumer("mails", "placed"),
      "stock/package.json": start({ amqplib: "0.10" }),
      "stock/index.js": consumer("stock", "cancelled"),
    });
    assert.equal(found, "orders > rabbitmq event placed\norders > mails event placed");
  });

  it("are followed through a module of closures, and to every topic of a list", async () => {
    const found = await edges({
      "package.json": JSON.stringify({ private: true, workspaces: ["kafka", "orders", "mails"] }),
      "kafka/package.json": JSON.stringify({ name: "@shop/kafka", private: true, main: "index.ts", dependencies: { kafkajs: "2" } }),
      "kafka/index.ts":
        "import type { Kafka } from 'kafkajs';\nexport const makeProducer = (kafka: Kafka) => {\n  const producer = kafka.producer();\n  const send = async (topic: string, body: object) => { await producer.send({ topic, messages: [] }); };\n  return { send };\n};\nexport const makeConsumer = (kafka: Kafka, groupId: string) => {\n  const consumer = kafka.consumer({ groupId });\n  const listen = async (handlers: { topic: string; handle: () => void }[]) => {\n    const topics = handlers.map((each) => each.topic);\n    await consumer.subscribe({ topics });\n  };\n  return { listen };\n};\n",
      "orders/package.json": start({ "@shop/kafka": "*" }),
      "orders/index.ts": "import { Kafka } from 'kafkajs';\nimport { makeProducer } from '@shop/kafka';\nconst producer = makeProducer(new Kafka({ brokers: ['kafka:9092'] }));\nexport const place = () => producer.send('order.placed', {});\nexport const cancel = () => producer.send('order.cancelled', {});\n",
      "mails/package.json": start({ "@shop/kafka": "*" }),
      "mails/index.ts": "import { Kafka } from 'kafkajs';\nimport { makeConsumer } from '@shop/kafka';\nconst consumer = makeConsumer(new Kafka({ brokers: ['kafka:9092'] }), 'mails');\nconsumer.listen([{ topic: 'order.placed', handle: () => {} }, { topic: 'order.cancelled', handle: () => {} }]);\n",
    });
    assert.match(found, /^orders > mails event order\.cancelled\norders > mails event order\.placed$/m);
  });

  it("are subscribed to by the values of an enum, the keys of a table of handlers, and a list in one variable", async () => {
    const found = await edges({
      "orders/package.json": start({ kafkajs: "2", "eventuate-tram-core-nodejs": "1" }),
      "orders/index.ts":
        "import { Kafka } from 'kafkajs';\nimport { DomainEventPublisher } from 'eventuate-tram-core-nodejs';\nconst producer = new Kafka({ brokers: ['kafka:9092'] }).producer();\nexport const all = () => { producer.send({ topic: 'a', messages: [] }); producer.send({ topic: 'b', messages: [] }); };\nexport const order = () => new DomainEventPublisher({}).publish('shop.Order', '1', []);\n",
      "mails/package.json": start({ kafkajs: "2" }),
      "mails/index.ts": "import { Kafka } from 'kafkajs';\nenum Topic { A = 'a', Z = 'z' }\nconst consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'm' });\nconsumer.subscribe({ topics: Object.values(Topic) });\n",
      "stock/package.json": start({ kafkajs: "2" }),
      "stock/index.ts": "import { Kafka } from 'kafkajs';\nconst consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 's' });\nfor (const topic of process.env.TOPICS.split(',')) consumer.subscribe({ topic });\n",
      "stock/.env": "TOPICS=b,c\n",
      "history/package.json": start({ "eventuate-tram-core-nodejs": "1" }),
      "history/index.js": "const { DomainEventDispatcher } = require('eventuate-tram-core-nodejs');\nconst Order = 'shop.Order';\nconst domainEventHandlers = { [Order]: { created: () => {} } };\nnew DomainEventDispatcher({ domainEventHandlers }).initialize();\n",
    });
    assert.deepEqual(found.split("\n").filter((edge) => !edge.includes("kafka")), ["orders > history event shop.Order", "orders > mails event a", "orders > stock event b"]);
  });

  it("are no channel where only the braces around its name are known", async () => {
    const found = await system({
      "orders/package.json": start({ bullmq: "5" }),
      "orders/index.js": "const { Queue } = require('bullmq');\nexports.place = async (topic) => {\n  const queue = new Queue(`{${topic}}`);\n  await queue.add('place', {});\n};\n",
    });
    assert.deepEqual(architecture(found).channels.map(({ name }) => name), []);
  });

  it("that answer a question are not drawn the other way round as well", async () => {
    const ask = "import { createClient } from 'redis';\nconst sender = createClient();\nconst listener = createClient();\nexport async function ask(topic: string, body: string) {\n  await listener.subscribe(`${topic}.reply`, (message) => message);\n  await sender.publish(topic, body);\n}\nexport async function answer(topic: string, work: (body: string) => string) {\n  await listener.subscribe(topic, (message) => sender.publish(`${topic}.reply`, work(message)));\n}\n";
    const found = await edges({
      "package.json": JSON.stringify({ private: true, workspaces: ["bus", "gateway", "users"] }),
      "bus/package.json": JSON.stringify({ name: "@shop/bus", private: true, main: "index.ts", dependencies: { redis: "4" } }),
      "bus/index.ts": ask,
      "gateway/package.json": start({ "@shop/bus": "*" }),
      "gateway/index.ts": "import { ask } from '@shop/bus';\nexport const signUp = () => ask('users.sign_up', '{}');\n",
      "users/package.json": start({ "@shop/bus": "*" }),
      "users/index.ts": "import { answer } from '@shop/bus';\nanswer('users.sign_up', (body) => body);\n",
    });
    assert.deepEqual(found.split("\n").filter((edge) => / event /.test(edge) && !/> redis /.test(edge)), ["gateway > users event users.sign_up"]);
  });

  it("that are asked over a broker are event edges, over TCP they are calls", async () => {
    const nest = start({ "@nestjs/microservices": "10", "@nestjs/core": "10" });
    const handler = (pattern: string): string => `import { MessagePattern } from '@nestjs/microservices';\nexport class Handler { @MessagePattern('${pattern}') answer() { return 1; } }\n`;
    const found = await edges({
      "gateway/package.json": nest,
      "gateway/index.ts":
        "import { ClientsModule, ClientProxy, Transport } from '@nestjs/microservices';\nimport { Inject, Module } from '@nestjs/common';\nconst USERS = 'USERS';\nexport class Ask {\n  constructor(@Inject(USERS) private users: ClientProxy, @Inject('PRICES') private prices: ClientProxy) {}\n  user() { return this.users.send('find-user', {}); }\n  price() { return this.prices.send('find-price', {}); }\n}\n@Module({ imports: [ClientsModule.register([{ name: USERS, transport: Transport.RMQ, options: { urls: ['amqp://queue:5672'], queue: 'users' } }]), ClientsModule.registerAsync([{ name: 'PRICES', useFactory: () => ({ transport: Transport.TCP, options: { host: 'prices', port: 3001 } }) }])], providers: [Ask] })\nexport class App {}\n",
      "users/package.json": nest,
      "users/index.ts": handler("find-user"),
      "prices/package.json": nest,
      "prices/index.ts": handler("find-price"),
    });
    assert.deepEqual(found.split("\n").map((edge) => edge.split(" ").slice(0, 4).join(" ")), ["gateway > prices http", "gateway > users event"]);
  });
});

describe("sockets and mail", () => {
  it("make the page depend on the server that it connects to, and nobody on the page", async () => {
    const found = await edges({
      "page/package.json": JSON.stringify({ private: true, scripts: { start: "vite" }, dependencies: { "react-dom": "18", "socket.io-client": "4" } }),
      "page/index.ts": "import { io } from 'socket.io-client';\nconst socket = io('http://chat:4000');\nsocket.on('said', () => {});\nexport const say = () => socket.emit('say', 'hello');\n",
      "chat/package.json": start({ "socket.io": "4" }),
      "chat/index.ts": "import { Server } from 'socket.io';\nconst server = new Server();\nserver.on('say', () => server.emit('said', 1));\n",
    });
    assert.equal(found, "page > chat http");
  });

  it("tell the relay that letters go through, and not whom they are for", async () => {
    const found = await edges({
      "mails/package.json": start({ nodemailer: "6", "email-templates": "12" }),
      "mails/index.ts":
        "import nodemailer from 'nodemailer';\nimport Email from 'email-templates';\nconst transport = nodemailer.createTransport({ host: 'smtp.relay.example', port: 587 });\nexport const letter = () => transport.sendMail({ to: 'ann@friends.example' });\nexport const fancy = () => new Email({ transport }).send({ template: 'welcome' });\n",
    });
    assert.equal(found, "mails > smtp.relay.example http");
  });
});
