import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@clinic/context";
import { onShutdown, shutdownSignal } from "@clinic/lifecycle";
import { Kafka } from "kafkajs";
import pLimit from "p-limit";
import { db } from "./database.js";
import { type Hold, holdSteps } from "./hold.js";
import { coverState } from "./insurer.js";
import { undo } from "./saga.js";

const kafka = new Kafka({ clientId: "billing", brokers: (process.env.KAFKA_BROKERS ?? "localhost:9092").split(",") });
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
const limit = pLimit(5);
const MAX_UNDO_ATTEMPTS = 20;

/** The row stays unsent until the broker has it; it waits longer after each failure and is parked after the last. */
async function relayOutbox(): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = await tx("outbox")
      .whereNull("sent_at")
      .andWhere("due_at", "<=", tx.fn.now())
      .andWhere("attempts", "<", 12)
      .orderBy("id")
      .limit(50)
      .forUpdate()
      .skipLocked();
    for (const row of rows) {
      try {
        const message = {
          key: row.key,
          value: JSON.stringify(row.payload),
          headers: { ...row.headers, "message-id": String(row.id) },
        };
        await producer.send({ topic: row.topic, acks: -1, messages: [message] });
        await tx("outbox").where({ id: row.id }).update({ sent_at: tx.fn.now() });
      } catch (error) {
        const attempts = row.attempts + 1;
        await tx("outbox")
          .where({ id: row.id })
          .update({ attempts, due_at: later(attempts) });
        log(attempts >= 12 ? "outbox message parked, page the owner" : "outbox publish failed", {
          id: row.id,
          error: String(error),
        });
      }
    }
  });
}

/** Undo steps that failed before: with growing, random waits, and a person at the end. */
async function undoAgain(): Promise<void> {
  const rows = await db("saga_log").where({ state: "undo-due" }).andWhere("undo_at", "<=", db.fn.now()).limit(20);
  for (const row of rows) {
    const step = holdSteps.find((candidate) => candidate.name === row.step);
    const attempts = row.attempts + 1;
    if (!step || attempts > MAX_UNDO_ATTEMPTS) {
      await db("saga_log").where({ id: row.id }).update({ state: "needs-a-person" });
      log("undo step needs a person, page the owner", { id: row.saga_id, step: row.step });
      continue;
    }
    await db("saga_log").where({ id: row.id }).update({ attempts });
    await undo(step, row.input as Hold);
    await db("saga_log")
      .where({ id: row.id, state: "undo-due" })
      .update({ undo_at: later(attempts) });
  }
}

/** Asks the insurer about the covers that are still open: a batch of known size, five at a time. */
async function pollCovers(): Promise<void> {
  const open = await db("invoices").where({ state: "held" }).orderBy("polled_at").limit(100).select("id");
  await Promise.allSettled(open.map(({ id }) => limit(() => pollCover(id))));
}

async function pollCover(id: string): Promise<void> {
  const state = await coverState(id);
  await db("invoices")
    .where({ id })
    .update({ polled_at: db.fn.now(), ...(state === "decided" ? { state: "billable" } : {}) });
}

function later(attempts: number): Date {
  return new Date(Date.now() + Math.random() * Math.min(300_000, 500 * 2 ** attempts));
}

async function loop(name: string, pauseMs: number, round: () => Promise<void>): Promise<void> {
  while (!shutdownSignal.aborted) {
    await round().catch((error) => log(`${name} failed`, { error: String(error) }));
    await writeFile("/tmp/alive", String(Date.now()));
    await sleep(pauseMs, undefined, { signal: shutdownSignal }).catch(() => undefined);
  }
}

async function start() {
  await producer.connect();
  const loops = Promise.all([
    loop("relay", 500, relayOutbox),
    loop("undo", 5_000, undoAgain),
    loop("covers", 30_000, pollCovers),
  ]);
  onShutdown(
    () => loops,
    () => producer.disconnect(),
    () => db.destroy(),
  );
  await loops;
}

start().catch((error) => {
  log("worker stopped", { error: String(error) });
  process.exit(1);
});
