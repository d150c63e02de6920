/**
 * Retries with cockatiel: exponential backoff with full jitter and a limit on attempts.
 *
 * Retry only what may safely happen twice: reads, PUT, DELETE, and writes that carry an idempotency key.
 */
import { ExponentialBackoff, fullJitterGenerator, handleWhen, retry as retryPolicy } from "cockatiel";
import { isTransient } from "../template/retry.ts";

export const DEFAULT_RETRY_POLICY = {
  /** Attempts after the first. Each caller above that retries as well multiplies them. */
  maxAttempts: 3,
  /** Upper bound of the first wait in ms; it doubles with every attempt. */
  initialDelay: 200,
  /** No wait is drawn from more than this many ms. */
  maxDelay: 5_000,
};

/** Runs the operation until it succeeds, fails for good, or attempts or the caller's patience run out. */
export function retry<T>(operation: (attempt: number) => T | PromiseLike<T>, signal?: AbortSignal): Promise<T> {
  const { maxAttempts, initialDelay, maxDelay } = DEFAULT_RETRY_POLICY;
  // The policy sits its wait out when the caller leaves: the operation is not run again then, and the failure not retried.
  const policy = retryPolicy(handleWhen((error) => signal?.aborted !== true && isTransient(error)), {
    maxAttempts,
    backoff: new ExponentialBackoff({ initialDelay, maxDelay, generator: fullJitterGenerator }),
  });
  return policy.execute(async ({ attempt }) => {
    if (signal?.aborted === true) throw signal.reason;
    return operation(attempt + 1);
  });
}
