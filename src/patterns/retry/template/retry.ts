/**
 * Retries with exponential backoff, full jitter, a limit on attempts and on time.
 *
 * Retry only what may safely happen twice: reads, PUT, DELETE, and writes that carry an idempotency key.
 */

export const DEFAULT_RETRY_POLICY = {
  /** Attempts in total, the first included. Each caller above that retries as well multiplies this number. */
  maxAttempts: 4,
  /** Upper bound of the first wait in ms; it doubles with every attempt. About the time that the call normally takes. */
  baseMs: 200,
  /** No wait is drawn from more than this many ms, so that a caller is not kept longer than it would wait anyway. */
  capMs: 5_000,
  /** Time for all attempts and waits together, in ms. Keep it below the deadline of whoever waits for the answer. */
  budgetMs: 20_000,
};

export interface BackoffOptions {
  readonly baseMs?: number | undefined;
  readonly capMs?: number | undefined;
  /** The failure that makes us wait: a `Retry-After` in it is the least that we wait. */
  readonly error?: unknown;
  /** Ends the wait at once. */
  readonly signal?: AbortSignal | undefined;
  /** A number from 0 up to 1; replaced in tests. */
  readonly random?: (() => number) | undefined;
}

export interface RetryOptions extends Omit<BackoffOptions, "error"> {
  readonly maxAttempts?: number | undefined;
  readonly budgetMs?: number | undefined;
  /** Tells passing failures from permanent ones, which are thrown at once. */
  readonly isRetryable?: ((error: unknown) => boolean) | undefined;
}

/** Runs the operation until it succeeds, fails for good, or attempts, time or the caller's patience run out. */
export async function retry<T>(
  operation: (signal: AbortSignal, attempt: number) => T | PromiseLike<T>,
  options: RetryOptions = {},
): Promise<T> {
  const { maxAttempts = DEFAULT_RETRY_POLICY.maxAttempts, budgetMs = DEFAULT_RETRY_POLICY.budgetMs } = options;
  const { isRetryable = isTransient, signal: callerSignal } = options;
  const startedAt = Date.now();
  const scope = new AbortController();
  const cancel = (): void => scope.abort(callerSignal?.reason);
  const budget = setTimeout(() => scope.abort(new Error(`No success within ${budgetMs} ms`)), budgetMs);
  if (callerSignal?.aborted === true) cancel();
  callerSignal?.addEventListener("abort", cancel, { once: true });
  try {
    for (let attempt = 1; ; attempt += 1) {
      if (scope.signal.aborted) throw scope.signal.reason;
      try {
        return await operation(scope.signal, attempt);
      } catch (error) {
        if (scope.signal.aborted || attempt >= maxAttempts || !isRetryable(error)) throw error;
        const waitMs = backoffDelay(attempt, { ...options, error });
        // A wait that outlasts the budget cannot end in success: the failure is told now.
        if (Date.now() - startedAt + waitMs >= budgetMs) throw error;
        await wait(waitMs, scope.signal);
      }
    }
  } finally {
    clearTimeout(budget);
    callerSignal?.removeEventListener("abort", cancel);
  }
}

/** Waits before the next attempt; `attempt` counts the failures so far, from 1. For loops that cannot be written as `retry`. */
export function backoff(attempt: number, options: BackoffOptions = {}): Promise<void> {
  return wait(backoffDelay(attempt, options), options.signal);
}

/** Milliseconds to wait after failure number `attempt` (from 1): a random share of a bound that doubles up to the cap. */
export function backoffDelay(attempt: number, options: BackoffOptions = {}): number {
  const { baseMs = DEFAULT_RETRY_POLICY.baseMs, capMs = DEFAULT_RETRY_POLICY.capMs, random = Math.random } = options;
  const bound = Math.min(capMs, baseMs * 2 ** (Math.max(1, attempt) - 1));
  // Full jitter: clients that failed together must not come back together.
  return Math.max(random() * bound, retryAfterMs(options.error) ?? 0);
}

/** False for failures that another attempt cannot mend. What is not known is tried again: the limits above bound the harm. */
export function isTransient(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== undefined) return status >= 500 ? status !== 501 : TRANSIENT_STATUS.has(status);
  const name = property(error, "name");
  if (name === "AbortError" || name === "ValidationError") return false;
  const code = property(error, "code");
  if (typeof code === "string" && PERMANENT_CODE.test(code)) return false;
  if (typeof code === "number" && code >= 1 && code <= 16) return TRANSIENT_GRPC.has(code);
  const cause = property(error, "cause");
  if (cause !== undefined && cause !== error) return isTransient(cause);
  // Without a cause these are mistakes in the program (`fetch` failures are TypeErrors with a cause).
  return !(error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError);
}

/** Request timeout, too early, too many requests. Every other 4xx will be the same next time. */
const TRANSIENT_STATUS = new Set([408, 425, 429]);

/** Deadline exceeded, resource exhausted, aborted, unavailable. */
const TRANSIENT_GRPC = new Set([4, 8, 10, 14]);

/** Wrong arguments, missing rights or files, bad certificates; SQL states of bad data, broken constraints, bad syntax. */
const PERMANENT_CODE = /^(ERR_INVALID_.*|EACCES|EPERM|ENOENT|ERR_TLS_CERT.*|CERT_.*|2[23]\d\w{2}|42\w{3})$/;

/** Milliseconds after which the other side asked us to come back: seconds or a date in `Retry-After`. */
function retryAfterMs(error: unknown): number | undefined {
  const headers = property(error, "headers") ?? property(property(error, "response"), "headers");
  const get = property(headers, "get");
  const value: unknown =
    typeof get === "function" ? get.call(headers, "retry-after") : property(headers, "retry-after");
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(String(value)) - Date.now() : seconds * 1_000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function statusOf(error: unknown): number | undefined {
  const status =
    property(error, "status") ?? property(error, "statusCode") ?? property(property(error, "response"), "status");
  return typeof status === "number" ? status : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
