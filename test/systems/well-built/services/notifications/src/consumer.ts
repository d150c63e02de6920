import { log, runWithRequestId } from "@clinic/context";
import type { Channel, ConsumeMessage } from "amqplib";
import pg from "pg";
import { deliver } from "./deliver.js";

const QUEUE = "notifications.booking-confirmed";

export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 1_000,
  query_timeout: 2_000,
});

export async function consume(channel: Channel): Promise<void> {
  await channel.assertExchange("clinic.events", "topic", { durable: true });
  await channel.assertExchange("clinic.dead", "fanout", { durable: true });
  await channel.assertQueue("notifications.dead", { durable: true });
  await channel.bindQueue("notifications.dead", "clinic.dead", "");
  await channel.assertQueue(QUEUE, { durable: true, deadLetterExchange: "clinic.dead" });
  await channel.bindQueue(QUEUE, "clinic.events", "booking.confirmed");
  await channel.prefetch(20);
  await channel.consume(QUEUE, (message) => {
    if (message) void runWithRequestId(message.properties.headers?.["x-request-id"], () => handle(channel, message));
  });
}

/** Acknowledged once the mail is out; what fails for good waits in the dead-letter queue, which is watched. */
async function handle(channel: Channel, message: ConsumeMessage): Promise<void> {
  const id = String(message.properties.messageId);
  try {
    const seen = await pool.query("SELECT 1 FROM inbox WHERE message_id = $1", [id]);
    if (seen.rowCount === 0) {
      const event = JSON.parse(message.content.toString()) as { patientId: string; slot: string };
      await deliver({ id, to: event.patientId, text: `Your appointment: ${event.slot}` });
      await pool.query("INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING", [id]);
    }
    channel.ack(message);
  } catch (error) {
    log("dead-lettered", { id, error: String(error) });
    channel.nack(message, false, false);
  }
}
