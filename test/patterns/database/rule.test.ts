import assert from "node:assert/strict";
import rule from "../../../src/patterns/database/shared.ts";
import { detected, runs, textAt, type Files } from "../detected.ts";

const reads = (table: string): string => `const { Pool } = require("pg");\nconst pool = new Pool({ connectionString: process.env.DATABASE_URL });\nexports.all = () => pool.query("SELECT * FROM ${table}");\n`;
const writes = (table: string): string => `const { Pool } = require("pg");\nconst pool = new Pool({ connectionString: process.env.DATABASE_URL });\nexports.pay = () => pool.query("UPDATE ${table} SET paid = true");\n`;

function pair(compose: string): Files {
  return {
    "orders/package.json": runs({ pg: "8" }),
    "orders/index.js": writes("orders"),
    "billing/package.json": runs({ pg: "8" }),
    "billing/index.js": reads("orders"),
    "compose.yaml": `services:\n  db:\n    image: postgres:16\n${compose}`,
  };
}

const url = (service: string, database: string): string => `  ${service}:\n    build: ${service}\n    environment: { DATABASE_URL: 'postgres://a:b@db:5432/${database}' }\n`;

describe("database/shared", () => {
  it("reports a database that two services are given, where the one that only reads reaches in", async () => {
    const files = pair(url("orders", "shop") + url("billing", "shop"));
    const found = await detected(rule, files);
    assert.deepEqual(found.map((f) => [f.place.path, f.data.services, f.data.entities]), [["billing/index.js", ["orders", "billing"], ["orders"]]]);
  });

  it("shows where each service reads the address, and where the manifest gives it", async () => {
    const files = pair(url("orders", "shop") + url("billing", "shop"));
    const [found] = await detected(rule, files);
    const places = (found?.related ?? []).map((place) => `${place.path}: ${textAt(files, place)}`);
    for (const path of ["orders/index.js", "billing/index.js"]) assert.ok(places.includes(`${path}: process.env.DATABASE_URL`), places.join("\n"));
    assert.ok(places.some((place) => place.startsWith("compose.yaml")));
  });

  it("takes a mapper's entities for rows of its database, whatever platform SDK the package has beside it", async () => {
    const service = (name: string): Files => ({
      [`${name}/package.json`]: runs({ "firebase-admin": "12", "@google-cloud/firestore": "7", typeorm: "0.3", pg: "8" }),
      [`${name}/index.ts`]: "import { DataSource, Entity } from 'typeorm';\n@Entity('orders')\nexport class Order {}\nconst source = new DataSource(require('./options'));\nexport const all = () => source.getRepository(Order).find();\n",
    });
    const files = { ...service("orders"), ...service("billing"), "compose.yaml": `services:\n  db:\n    image: postgres:16\n${url("orders", "shop")}${url("billing", "shop")}` };
    const found = await detected(rule, files);
    assert.deepEqual(found.map((f) => f.data.entities), [["orders"]]);
  });

  it("reports Mongoose options that a factory takes from one shared file of variables", async () => {
    const part = (name: string): Files => ({
      [`${name}/package.json`]: runs({ "@nestjs/common": "10", "@nestjs/mongoose": "10", mongoose: "8" }),
      [`${name}/Dockerfile`]: "FROM node:20\nCOPY . .\n",
      [`${name}/src/mongo.ts`]: "import { MongooseOptionsFactory } from '@nestjs/mongoose';\nexport class MongoConfig implements MongooseOptionsFactory {\n  createMongooseOptions() {\n    return { uri: process.env.MONGO_DSN };\n  }\n}\n",
      [`${name}/src/things.ts`]: `import { InjectModel } from '@nestjs/mongoose';\nimport { Model } from 'mongoose';\ninterface I${name}Thing {}\nexport class Things {\n  constructor(@InjectModel('${name}') private readonly model: Model<I${name}Thing>) {}\n  all() { return this.model.find(); }\n}\n`,
    });
    const files: Files = { ...part("Task"), ...part("User"), ".env": "MONGO_DSN=mongodb://mongo:27017/app\n", "compose.yaml": "services:\n  mongo:\n    image: mongo\n  task:\n    build: Task\n    env_file: .env\n  user:\n    build: User\n    env_file: .env\n" };
    const [found] = await detected(rule, files);
    const places = (found?.related ?? []).map((place) => place.path);
    assert.ok(places.includes("Task/src/mongo.ts") && places.includes("User/src/mongo.ts"), places.join("\n"));
  });

  it("leaves alone two databases on one server", async () => {
    assert.deepEqual(await detected(rule, pair(url("orders", "orders") + url("billing", "billing"))), []);
  });

  it("leaves alone an API and a worker of one package", async () => {
    const files: Files = {
      "orders/package.json": runs({ pg: "8" }),
      "orders/index.js": writes("orders"),
      "orders/worker.js": reads("orders"),
      "compose.yaml": "services:\n  db:\n    image: postgres:16\n  api:\n    build: orders\n    environment: { DATABASE_URL: 'postgres://a:b@db/shop' }\n  worker:\n    build: orders\n    command: node worker.js\n    environment: { DATABASE_URL: 'postgres://a:b@db/shop' }\n",
    };
    assert.deepEqual(await detected(rule, files), []);
  });
});
