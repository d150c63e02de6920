import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@clinic/context";
import type { ConfirmChannel } from "amqplib";
import type { DataSource } from "typeorm";
import { OutboxMessage } from "../entities.js";

export const EXCHANGE = "clinic.events";
const MAX_ATTEMPTS = 12;

/** Publishes in order, marks as sent after the broker confirmed, waits longer after each failure and parks after the last. */
export async function relayOutbox(database: DataSource, channel: ConfirmChannel, signal: AbortSignal) {
  while (!signal.aborted) {
    const sent = await relayBatch(database, channel);
    if (sent === 0) await sleep(500, undefined, { signal }).catch(() => undefined);
  }
}

async function relayBatch(database: DataSource, channel: ConfirmChannel): Promise<number> {
  return database.transaction(async (tx) => {
    const due = await tx
      .createQueryBuilder(OutboxMessage, "message")
      .setLock("pessimistic_write")
      .setOnLocked("skip_locked")
      .where("message.sentAt IS NULL AND message.dueAt <= now() AND message.attempts < :max", { max: MAX_ATTEMPTS })
      .orderBy("message.id")
      .limit(50)
      .getMany();
    for (const message of due) {
      try {
        await publish(channel, message);
        await tx.update(OutboxMessage, { id: message.id }, { sentAt: new Date() });
      } catch (error) {
        const attempts = message.attempts + 1;
        const wait = Math.random() * Math.min(60_000, 500 * 2 ** attempts);
        await tx.update(OutboxMessage, { id: message.id }, { attempts, dueAt: new Date(Date.now() + wait) });
        log(attempts >= MAX_ATTEMPTS ? "outbox message parked, page the owner" : "outbox publish failed", {
          id: message.id,
          error: String(error),
        });
      }
    }
    return due.length;
  });
}

function publish(channel: ConfirmChannel, message: OutboxMessage): Promise<void> {
  const body = Buffer.from(JSON.stringify(message.payload));
  const options = { messageId: message.id, persistent: true, headers: message.headers };
  return new Promise((confirmed, refused) => {
    const limit = setTimeout(() => refused(new Error("the broker did not confirm within 5 s")), 5_000);
    channel.publish(EXCHANGE, message.topic, body, options, (error) => {
      clearTimeout(limit);
      if (error) refused(error);
      else confirmed();
    });
  });
}
