/**
 * Bounds how many calls run at once with p-limit, and how many wait.
 *
 * One limiter per dependency, made at module scope and shared by all its callers.
 */
import pLimit from "p-limit";
import { BulkheadFull } from "../template/limit.ts";

export const DEFAULT_LIMIT_POLICY = {
  /** Calls that run at once. Below the callee's own limit, and below the size of a pool that they share. */
  concurrency: 10,
  /** Calls that may wait for a place; the next one is turned away. As many as are served within the patience of a caller. */
  queueLimit: 100,
};

export type Limited = <T>(task: () => T | PromiseLike<T>) => Promise<T>;

/** A function that runs tasks, a few at a time. It takes functions, for a started promise cannot be held back. */
export function limited(name: string, policy: Partial<typeof DEFAULT_LIMIT_POLICY> = {}): Limited {
  const { concurrency, queueLimit } = { ...DEFAULT_LIMIT_POLICY, ...policy };
  const limit = pLimit(concurrency);
  return async (task) => {
    // p-limit starts a task a moment after it was given one: what was given counts, and not what has started.
    if (limit.activeCount + limit.pendingCount >= concurrency + queueLimit) throw new BulkheadFull(name);
    return limit(task);
  };
}
