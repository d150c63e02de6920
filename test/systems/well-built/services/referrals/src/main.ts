import { writeFile } from "node:fs/promises";
import { onShutdown } from "@clinic/lifecycle";
import { NativeConnection, Worker } from "@temporalio/worker";
import * as activities from "./activities.js";

async function start() {
  const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS });
  const worker = await Worker.create({
    connection,
    taskQueue: "referrals",
    workflowsPath: require.resolve("./workflows"),
    activities,
    maxConcurrentActivityTaskExecutions: 50,
  });
  const heartbeat = setInterval(() => void writeFile("/tmp/alive", worker.getState()), 5_000);
  const finished = worker.run().finally(() => clearInterval(heartbeat));
  onShutdown(
    () => worker.shutdown(),
    () => finished,
    () => connection.close(),
  );
  await finished;
}

start().catch((error) => {
  console.error(error);
  process.exit(1);
});
