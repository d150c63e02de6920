import { log, runWithRequestId } from "@clinic/context";
import { shutdownSignal } from "@clinic/lifecycle";
import { retryWithBackoff } from "@clinic/resilience";
import { Kafka } from "kafkajs";
import { recordHold } from "./store.js";

const kafka = new Kafka({ clientId: "ledger", brokers: (process.env.KAFKA_BROKERS ?? "localhost:9092").split(",") });
export const consumer = kafka.consumer({ groupId: "ledger" });
export const producer = kafka.producer();

export async function consume(): Promise<void> {
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topic: "billing.held" });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const id = String(message.headers?.["message-id"]);
      await runWithRequestId(message.headers?.["x-request-id"]?.toString(), async () => {
        try {
          const { patientId, amount, id: reference } = JSON.parse(String(message.value));
          const options = { attempts: 5, baseMs: 200, capMs: 5_000, isTransient, signal: shutdownSignal };
          await retryWithBackoff(() => recordHold(id, patientId, amount, reference), options);
        } catch (error) {
          if (shutdownSignal.aborted) throw error;
          log("dead-lettered", { id, error: String(error) });
          const { key, value, headers } = message;
          await producer.send({
            topic: "billing.held.dead",
            messages: [{ key, value, headers: { ...headers, reason: String(error) } }],
          });
        }
      });
    },
  });
}

/** A lost race for a version, or a database that does not answer; what the code itself gets wrong stays wrong. */
function isTransient(error: unknown): boolean {
  return !(error instanceof TypeError || error instanceof SyntaxError);
}
