import { log, runWithRequestId } from "@clinic/context";
import { retryWithBackoff } from "@clinic/resilience";
import { shutdownSignal } from "@clinic/lifecycle";
import { type IHeaders, Kafka } from "kafkajs";
import { type Doctor, storeDoctor } from "./doctors.js";

const kafka = new Kafka({ clientId: "search", brokers: (process.env.KAFKA_BROKERS ?? "localhost:9092").split(",") });
export const consumer = kafka.consumer({ groupId: "search" });
export const producer = kafka.producer();

/** The read model of doctors follows the events of the staff system. What cannot be stored goes to the dead-letter topic. */
export async function follow(): Promise<void> {
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topic: "staff.doctor-changed" });
  await consumer.run({
    eachMessage: ({ message }) =>
      runWithRequestId(message.headers?.["x-request-id"]?.toString(), async () => {
        try {
          const doctor = JSON.parse(String(message.value)) as Doctor;
          await retryWithBackoff(() => storeDoctor(doctor), {
            attempts: 5,
            baseMs: 200,
            capMs: 5_000,
            isTransient: (error) => !(error instanceof TypeError),
            signal: shutdownSignal,
          });
        } catch (error) {
          await deadLetter(message.key, message.value, message.headers, error);
        }
      }),
  });
}

async function deadLetter(key: Buffer | null, value: Buffer | null, headers: IHeaders | undefined, error: unknown) {
  if (shutdownSignal.aborted) throw error;
  log("dead-lettered", { key: String(key), error: String(error) });
  const messages = [{ key, value, headers: { ...headers, reason: String(error) } }];
  await producer.send({ topic: "staff.doctor-changed.dead", messages });
}
