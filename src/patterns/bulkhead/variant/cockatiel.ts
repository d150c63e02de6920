/**
 * Bounds how many calls run at once with cockatiel, and how many wait.
 *
 * One bulkhead per dependency, shared by all its callers in the process: see `bulkheadFor`.
 */
import { bulkhead, type BulkheadPolicy } from "cockatiel";

export const DEFAULT_LIMIT_POLICY = {
  /** Calls that run at once. Below the callee's own limit, and below the size of a pool that they share. */
  concurrency: 10,
  /** Calls that may wait for a place; the next one is turned away. As many as are served within the patience of a caller. */
  queueLimit: 100,
};

const bulkheads = new Map<string, BulkheadPolicy>();

/** The one bulkhead of a dependency. Names must be few and fixed: a host or service, never a URL with ids in it. */
export function bulkheadFor(name: string, policy: Partial<typeof DEFAULT_LIMIT_POLICY> = {}): BulkheadPolicy {
  const known = bulkheads.get(name);
  if (known !== undefined) return known;
  const { concurrency, queueLimit } = { ...DEFAULT_LIMIT_POLICY, ...policy };
  const made = bulkhead(concurrency, queueLimit);
  bulkheads.set(name, made);
  return made;
}
