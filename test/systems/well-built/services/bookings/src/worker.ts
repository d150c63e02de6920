import "reflect-metadata";
import { writeFile } from "node:fs/promises";
import { onShutdown, shutdownSignal } from "@clinic/lifecycle";
import { NestFactory } from "@nestjs/core";
import { connect } from "amqplib";
import { DataSource } from "typeorm";
import { AppModule } from "./app.module.js";
import { BillingClient } from "./clients/billing.client.js";
import { RoomsClient } from "./clients/rooms.client.js";
import { runCompensations } from "./outbox/compensations.js";
import { EXCHANGE, relayOutbox } from "./outbox/relay.js";

async function work() {
  const app = await NestFactory.createApplicationContext(AppModule);
  const broker = await connect(process.env.AMQP_URL ?? "amqp://localhost", { timeout: 5_000 });
  const channel = await broker.createConfirmChannel();
  await channel.assertExchange(EXCHANGE, "topic", { durable: true });
  const database = app.get(DataSource);

  // The exec probe looks at the age of this file.
  const heartbeat = setInterval(() => void writeFile("/tmp/alive", String(Date.now())), 5_000);
  const loops = Promise.all([
    relayOutbox(database, channel, shutdownSignal),
    runCompensations(database, app.get(RoomsClient), app.get(BillingClient), shutdownSignal),
  ]);
  onShutdown(
    () => clearInterval(heartbeat),
    () => loops,
    () => broker.close(),
    () => app.close(),
  );
  await loops;
}

work().catch((error) => {
  console.error(error);
  process.exit(1);
});
