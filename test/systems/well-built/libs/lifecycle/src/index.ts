import { log } from "@clinic/context";

const stopping = new AbortController();

/** Aborted once the process was asked to stop: loops end, readiness fails. */
export const shutdownSignal: AbortSignal = stopping.signal;

/** On SIGTERM: readiness fails first, then the steps run in order (stop intake, drain, close stores). */
export function onShutdown(...steps: (() => Promise<unknown> | unknown)[]) {
  process.once("SIGTERM", async () => {
    stopping.abort();
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        log("a shutdown step failed", { error: String(error) });
      }
    }
    process.exit(0);
  });
}

/** Asks what no request can be served without; every check brings its own deadline. */
export async function isReady(checks: Record<string, () => Promise<unknown>>): Promise<boolean> {
  if (stopping.signal.aborted) return false;
  const results = await Promise.allSettled(Object.values(checks).map((check) => check()));
  return results.every((result) => result.status === "fulfilled");
}
