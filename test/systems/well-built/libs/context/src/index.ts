import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";

const storage = new AsyncLocalStorage<{ requestId: string }>();
const SAFE_ID = /^[\w-]{1,64}$/;

/** Runs the work under the id that the caller sent, or under a new one where that is missing or unsafe. */
export function runWithRequestId<T>(offered: unknown, work: () => T): T {
  const requestId = typeof offered === "string" && SAFE_ID.test(offered) ? offered : randomUUID();
  return storage.run({ requestId }, work);
}

export function contextHeaders(): Record<string, string> {
  const context = storage.getStore();
  return context ? { "x-request-id": context.requestId } : {};
}

export function log(message: string, fields: Record<string, unknown> = {}) {
  process.stdout.write(`${JSON.stringify({ message, ...storage.getStore(), ...fields })}\n`);
}
