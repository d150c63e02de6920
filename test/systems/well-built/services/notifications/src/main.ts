import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@clinic/context";
import { isReady, onShutdown, shutdownSignal } from "@clinic/lifecycle";
import { type ChannelModel, connect } from "amqplib";
import { consume, pool } from "./consumer.js";

let broker: ChannelModel | undefined;

/** Stays connected for as long as the process lives; each failure doubles the wait, and a random part keeps replicas apart. */
async function stayConnected(): Promise<void> {
  let failures = 0;
  while (!shutdownSignal.aborted) {
    try {
      broker = await connect(process.env.AMQP_URL ?? "amqp://localhost", { timeout: 5_000 });
      await consume(await broker.createChannel());
      failures = 0;
      await new Promise((closed) => broker?.once("close", closed));
    } catch (error) {
      log("broker is out of reach", { error: String(error), failures });
    }
    broker = undefined;
    failures++;
    const wait = Math.min(30_000, 500 * 2 ** failures);
    await sleep(wait / 2 + (Math.random() * wait) / 2, undefined, { signal: shutdownSignal }).catch(() => undefined);
  }
}

const server = createServer(async (req, res) => {
  if (req.url === "/livez") return void res.end("ok");
  if (req.url !== "/readyz") return void res.writeHead(404).end();
  const ready = broker !== undefined && (await isReady({ database: () => pool.query("SELECT 1") }));
  res.writeHead(ready ? 200 : 503).end();
});
server.listen(Number(process.env.PORT ?? 8080));

onShutdown(
  () => broker?.close(),
  () => new Promise((done) => server.close(done)),
  () => pool.end(),
);
await stayConnected();
