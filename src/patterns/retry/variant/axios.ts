/**
 * Retries in an axios instance: exponential backoff with full jitter, for requests that may safely happen twice.
 *
 * Give the instance a `timeout` too: an attempt without an end is never tried again.
 */
import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from "axios";
import { backoff, isTransient } from "../template/retry.ts";

export const DEFAULT_RETRY_POLICY = {
  /** Attempts in total, the first included. Each caller above that retries as well multiplies this number. */
  maxAttempts: 4,
  /** Upper bound of the first wait in ms; it doubles with every attempt. */
  baseMs: 200,
  /** No wait is drawn from more than this many ms. */
  capMs: 5_000,
  /** So many ms after the first attempt no further one is waited for. Below the deadline of whoever waits for the answer. */
  budgetMs: 20_000,
};

/** What axios carries from one attempt to the next. */
interface RetriedConfig extends InternalAxiosRequestConfig {
  retryAttempt?: number;
  retryStartedAt?: number;
}

/** Adds the retries to an instance, once. Returns what `interceptors.response.eject` takes. */
export function addRetries(client: AxiosInstance): number {
  client.interceptors.request.use((config: RetriedConfig) => {
    config.retryStartedAt ??= Date.now();
    return config;
  });
  return client.interceptors.response.use(undefined, async (error: unknown) => {
    if (!axios.isAxiosError(error) || axios.isCancel(error) || error.config === undefined) throw error;
    const config: RetriedConfig = error.config;
    const { maxAttempts, baseMs, capMs, budgetMs } = DEFAULT_RETRY_POLICY;
    const attempt = config.retryAttempt ?? 1;
    const elapsedMs = Date.now() - (config.retryStartedAt ?? Date.now());
    if (attempt >= maxAttempts || elapsedMs >= budgetMs || !mayHappenTwice(config) || !isTransient(error)) throw error;
    await backoff(attempt, { baseMs, capMs, error, signal: config.signal instanceof AbortSignal ? config.signal : undefined });
    config.retryAttempt = attempt + 1;
    return client.request(config);
  });
}

const IDEMPOTENT = new Set(["get", "head", "options", "put", "delete"]);

/** A POST may when it carries a key by which the other side knows it again. */
function mayHappenTwice({ method = "get", headers }: InternalAxiosRequestConfig): boolean {
  return IDEMPOTENT.has(method.toLowerCase()) || headers.has("Idempotency-Key");
}
