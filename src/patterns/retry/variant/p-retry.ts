/**
 * Retries with p-retry: exponential backoff with jitter, a limit on attempts and on time.
 *
 * Retry only what may safely happen twice: reads, PUT, DELETE, and writes that carry an idempotency key.
 */
import pRetry from "p-retry";
import { isTransient } from "../template/retry.ts";

export const DEFAULT_RETRY_POLICY = {
  /** Attempts after the first. Each caller above that retries as well multiplies them. */
  retries: 3,
  /** Lower bound of the first wait in ms; it doubles with every attempt, and up to as much again is added at random. */
  minTimeout: 200,
  /** No wait is longer than this many ms. */
  maxTimeout: 5_000,
  /** Time for all attempts and waits together, in ms. Keep it below the deadline of whoever waits for the answer. */
  maxRetryTime: 20_000,
};

/** Runs the operation until it succeeds, fails for good, or attempts, time or the caller's patience run out. */
export function retry<T>(operation: (attempt: number) => T | PromiseLike<T>, signal?: AbortSignal): Promise<T> {
  return pRetry(operation, {
    ...DEFAULT_RETRY_POLICY,
    factor: 2,
    randomize: true,
    shouldRetry: ({ error }) => isTransient(error),
    ...(signal === undefined ? {} : { signal }),
  });
}
