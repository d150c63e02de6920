/** Where the process begins: as a worker thread, as the language server, or as the command line. Each loads only what it needs. */
import { isMainThread, workerData } from "node:worker_threads";
import { version } from "../package.json";

void start();

async function start(): Promise<void> {
  if (!isMainThread && isParser(workerData)) {
    await import("./engine/parse-worker.ts");
    return;
  }
  const args = process.argv.slice(2);
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    process.stdout.write(`${version}\n`);
    return;
  }
  if (args[0] === "server") {
    await startServer();
    return;
  }
  // Should the process ever end before a command did, that is no success.
  process.exitCode = 3;
  const { processOutput, run } = await import("./cli/index.ts");
  const status = await run(args, version, processOutput(process.stdout, process.stderr, process.env));
  process.exit(status);
}

/** The server lives until its client hangs up. */
async function startServer(): Promise<void> {
  const [{ connect, serve }, { createSession, cacheFolder, threadCount }] = await Promise.all([import("./server/index.ts"), import("./engine/index.ts")]);
  const settings = { workers: threadCount(), cacheDirectory: cacheFolder() };
  serve(connect(), { version, createSession: (options) => createSession({ ...settings, ...options }) });
}

function isParser(data: unknown): boolean {
  return typeof data === "object" && data !== null && "faultline" in data && data.faultline === "parser";
}
