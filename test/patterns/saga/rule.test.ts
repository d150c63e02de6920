import assert from "node:assert/strict";
import rule from "../../../src/patterns/saga/no-compensation.ts";
import { detected, runs, textAt, type Files } from "../detected.ts";

const head = `const express = require("express");
const axios = require("axios");
const { Pool } = require("pg");
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const app = express();
const payments = "http://payments:3000";
const stock = "http://stock:3000";
`;

function service(body: string, dependencies: Readonly<Record<string, string>> = {}): Files {
  return { "orders/package.json": runs({ axios: "1", pg: "8", ...dependencies }), "orders/index.js": `${head}${body}` };
}

function handler(body: string): Files {
  return service(`app.post("/orders", async (req, res) => {\n${body}\n  res.json({});\n});\n`);
}

async function told(files: Files): Promise<readonly string[]> {
  return (await detected(rule, files)).map((found) => textAt(files, found.place).split("(")[0] ?? "");
}

const charge = "  await axios.post(`${payments}/charges`, req.body);";
const saves = '  await pool.query("INSERT INTO orders (id) VALUES ($1)", [req.body.id]);';

describe("saga/no-compensation reports", () => {
  it("a charge at another service that stays when the order cannot be saved", async () => {
    const files = handler(`${charge}\n${saves}`);
    const [found] = await detected(rule, files);
    assert.equal(found?.data.first, "payments");
    assert.equal(found.data.laterIsLocal, true);
    assert.equal((await told(files)).length, 1);
  });

  it("a charge at a payment provider by the provider's name, not by that of the variable that holds the key", async () => {
    const files = service('const stripe = require("stripe")(process.env.BILLING_SECRET);\napp.post("/pay", async (req, res) => {\n  await stripe.charges.create({ amount: 1 });\n' + saves + "\n  res.json({});\n});\n", { stripe: "14" });
    assert.deepEqual((await detected(rule, files)).map(({ data }) => rule.word(data).what), ["`charges.create` at stripe is not undone when a later step fails"]);
  });

  it("a change at somebody whose address comes with the data, and names nobody", async () => {
    const files = handler("  await axios.post(req.body.callback, req.body);\n" + saves);
    const [found] = await detected(rule, files);
    assert.equal(found && rule.word(found.data).what, "`axios.post` is not undone when a later step fails");
  });

  it("changes of two services in one flow", async () => {
    assert.equal((await told(handler(`${charge}\n  await axios.post(\`\${stock}/reservations\`, req.body);`))).length, 1);
  });

  it("a charge followed by a write in the next link of a promise chain", async () => {
    const files = service('app.post("/orders", (req, res) => {\n  axios.post(`${payments}/charges`, req.body)\n    .then(() => pool.query("INSERT INTO orders (id) VALUES ($1)", [1]))\n    .then(() => res.json({}));\n});\n');
    assert.equal((await told(files)).length, 1);
  });

  it("a charge inside a database transaction whose abort gives no money back", async () => {
    const files = service(
      'const mongoose = require("mongoose");\nconst stripe = require("stripe")(process.env.KEY);\nconst Order = mongoose.model("Order", new mongoose.Schema({}));\napp.post("/pay", async (req, res) => {\n  const session = await mongoose.startSession();\n  session.startTransaction();\n  try {\n    const order = await Order.findById(req.body.id);\n    await stripe.charges.create({ amount: 1 });\n    order.paid = true;\n    await order.save({ session });\n    await session.commitTransaction();\n  } catch (error) {\n    await session.abortTransaction();\n    throw error;\n  }\n  res.json({});\n});\n',
      { stripe: "14", mongoose: "8" },
    );
    assert.equal((await told(files)).length, 1);
  });

  it("a charge whose order is saved by a function that swallows its failure", async () => {
    const files = service(`async function save(id) {\n  try { await pool.query("INSERT INTO orders (id) VALUES ($1)", [id]); } catch (error) { console.log(error); }\n}\napp.post("/orders", async (req, res) => {\n${charge}\n  await save(req.body.id);\n  res.json({});\n});\n`);
    assert.equal((await told(files)).length, 1);
  });
});

describe("saga/no-compensation leaves alone", () => {
  const quiet: readonly (readonly [string, Files])[] = [
    ["a refund in the catch", handler(`${charge}\n  try {\n  ${saves}\n  } catch (error) {\n    await axios.post(\`\${payments}/refunds\`, req.body);\n    throw error;\n  }`)],
    ["a failure that is handed to a queue", service(`const { Queue } = require("bullmq");\nconst undo = new Queue("undo");\napp.post("/orders", async (req, res) => {\n${charge}\n  try {\n  ${saves}\n  } catch (error) {\n    await undo.add("refund", req.body);\n  }\n  res.json({});\n});\n`, { bullmq: "5" })],
    ["a question that is put by POST", handler(`  await axios.post(\`\${stock}/products/search\`, req.body);\n${saves}`)],
    ["a mail", handler(`  await axios.post("https://api.mailgun.net/v3/messages", req.body);\n${saves}`)],
    ["a token", handler(`  await axios.post("http://auth:3000/oauth/token", req.body);\n${saves}`)],
    ["the last step", handler(`${saves}\n  await axios.get(\`\${payments}/charges\`);`)],
    ["a removal, which is done again", handler(`  await axios.delete(\`\${payments}/cards/1\`);\n${saves}`)],
    ["two branches of which one runs", handler(`  if (req.body.card) {\n${charge}\n  } else {\n${saves}\n  }`)],
    ["a step whose own failure is swallowed", handler(`  await axios.post(\`\${stock}/reservations\`, req.body);\n  try {\n  ${saves}\n  } catch (error) {\n    console.log(error);\n  }`)],
    ["a log line in the database", handler(`${charge}\n  await pool.query("INSERT INTO audit_log (id) VALUES ($1)", [1]);`)],
  ];
  for (const [what, files] of quiet) it(what, async () => assert.deepEqual(await told(files), []));

  it("what a service reads from others by message", async () => {
    const files = {
      "orders/package.json": runs({ "@nestjs/microservices": "10", "@nestjs/common": "10", typeorm: "0.3" }),
      "orders/orders.controller.ts": `import { Controller, Inject, Post } from "@nestjs/common";
import { ClientProxy } from "@nestjs/microservices";
import { firstValueFrom } from "rxjs";
@Controller("orders")
export class OrdersController {
  constructor(@Inject("USERS") private readonly users: ClientProxy, @Inject("STOCK") private readonly stock: ClientProxy) {}
  @Post()
  async place(body: { id: string }) {
    await firstValueFrom(this.users.send("user.get_by_id", body.id));
    await firstValueFrom(this.stock.send("stock.reserve", body.id));
  }
}
`,
    };
    assert.deepEqual(await told(files), []);
  });
});
