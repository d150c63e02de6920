import { runWithRequestId } from "@clinic/context";
import { isReady, onShutdown } from "@clinic/lifecycle";
import express from "express";
import { book } from "./account.js";
import { consume, consumer, producer } from "./consumer.js";
import { append, load, pool } from "./store.js";

const app = express();

app.get("/livez", (_req, res) => void res.send("ok"));
app.get("/readyz", async (_req, res) => {
  const ready = await isReady({ database: () => pool.query("SELECT 1") });
  res.status(ready ? 200 : 503).end();
});

app.use((req, _res, next) => runWithRequestId(req.headers["x-request-id"], next));
app.use(express.json());

app.get("/accounts/:id", async (req, res) => {
  res.json(await load(req.params.id));
});

// The caller says which version it has seen: a second try finds another one and is refused by the unique key.
app.put("/accounts/:id/bookings/:version", async (req, res) => {
  const account = await load(req.params.id);
  const expected = Number(req.params.version);
  if (account.version !== expected) return void res.status(409).json({ version: account.version });
  await append(req.params.id, expected, book(account, req.body.amount, req.body.reference));
  res.status(201).end();
});

const server = app.listen(Number(process.env.PORT ?? 8080));
onShutdown(
  () => new Promise((done) => server.close(done)),
  () => consumer.disconnect(),
  () => producer.disconnect(),
  () => pool.end(),
);
consume().catch((error) => {
  console.error(error);
  process.exit(1);
});
