/** Deadlines that end the work, not only the waiting: the operation gets a signal, and is to pass it on to its client. */

export const DEFAULT_DEADLINE = {
  /** Longest wait in ms. Above the slowest answer that is still of use, below the deadline of whoever waits for us. */
  ms: 10_000,
};

export class DeadlineExceeded extends Error {
  readonly deadlineMs: number;

  constructor(deadlineMs: number) {
    super(`No answer within ${deadlineMs} ms`);
    this.name = "DeadlineExceeded";
    this.deadlineMs = deadlineMs;
  }
}

/**
 * Runs the operation and gives it `ms` to finish. At the deadline, or when the caller cancels, its signal aborts and the
 * result rejects, even if the operation does not listen.
 */
export async function withDeadline<T>(
  operation: (signal: AbortSignal) => T | PromiseLike<T>,
  ms: number = DEFAULT_DEADLINE.ms,
  callerSignal?: AbortSignal,
): Promise<T> {
  if (callerSignal?.aborted === true) throw callerSignal.reason;
  const scope = new AbortController();
  const cancel = (): void => scope.abort(callerSignal?.reason);
  const timer = setTimeout(() => scope.abort(new DeadlineExceeded(ms)), ms);
  callerSignal?.addEventListener("abort", cancel, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      scope.signal.addEventListener("abort", () => reject(scope.signal.reason), { once: true });
      Promise.resolve(operation(scope.signal)).then(resolve, reject);
    });
  } finally {
    // Both outlive the operation otherwise: the timer holds the process, the listener fills a long-lived signal.
    clearTimeout(timer);
    callerSignal?.removeEventListener("abort", cancel);
  }
}

/** A signal that aborts after `ms`, or with the caller's, whichever is first. For clients that take a signal themselves. */
export function deadlineSignal(ms: number = DEFAULT_DEADLINE.ms, callerSignal?: AbortSignal): AbortSignal {
  const deadline = AbortSignal.timeout(ms);
  if (callerSignal === undefined) return deadline;
  const either = new AbortController();
  const forward = (): void => {
    callerSignal.removeEventListener("abort", forward);
    either.abort(callerSignal.aborted ? callerSignal.reason : deadline.reason);
  };
  if (callerSignal.aborted) forward();
  else for (const signal of [callerSignal, deadline]) signal.addEventListener("abort", forward, { once: true });
  return either.signal;
}
