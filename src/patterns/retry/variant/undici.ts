/**
 * Retries with undici's `RetryAgent`: exponential backoff with full jitter, for requests that may safely happen twice, and
 * a deadline for each attempt.
 *
 * Pass it as `dispatcher`: `fetch(url, { dispatcher: retryingAgent() })`.
 */
import { Agent, type Dispatcher, RetryAgent } from "undici";
import { backoffDelay, isTransient } from "../template/retry.ts";

export const DEFAULT_RETRY_POLICY = {
  /** Attempts in total, the first included. Each caller above that retries as well multiplies this number. */
  maxAttempts: 4,
  /** Upper bound of the first wait in ms; it doubles with every attempt. */
  baseMs: 200,
  /** No wait is drawn from more than this many ms. */
  capMs: 5_000,
  /** Longest wait for a connection, for the head of an answer, and between two pieces of its body, in ms. */
  connectMs: 2_000,
  headersMs: 5_000,
  bodyMs: 5_000,
};

const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/** Make one, and share it: it keeps the connections. */
export function retryingAgent(): RetryAgent {
  const { maxAttempts, baseMs, capMs, connectMs, headersMs, bodyMs } = DEFAULT_RETRY_POLICY;
  const agent = new Agent({ connect: { timeout: connectMs }, headersTimeout: headersMs, bodyTimeout: bodyMs });
  return new RetryAgent(agent, {
    statusCodes: [408, 425, 429, 500, 502, 503, 504],
    // The agent's own waits have no jitter: clients that failed together would come back together.
    retry: (error, { state: { counter }, opts }, done) => {
      if (counter >= maxAttempts || !mayHappenTwice(opts) || !isTransient(error)) {
        done(error);
        return;
      }
      setTimeout(() => done(null), backoffDelay(counter, { baseMs, capMs, error }));
    },
  });
}

/** A POST may when it carries a key by which the other side knows it again. */
function mayHappenTwice({ method, headers }: Dispatcher.DispatchOptions): boolean {
  return IDEMPOTENT.has(method) || /idempotency-key/i.test(JSON.stringify(headers ?? {}));
}
