/**
 * Stops calling a dependency that keeps failing, and asks it again with a single call once it had time to recover.
 *
 * One breaker per dependency, shared by all its callers in the process: see `breakerFor`.
 */

export const DEFAULT_BREAKER_POLICY = {
  /** Failures are counted over this many ms. Long enough to hold `minimumCalls` at normal load, and above the deadline. */
  windowMs: 30_000,
  /** Below this many calls in the window a rate says nothing. */
  minimumCalls: 10,
  /** The share of failures, from 0 to 1, at which the breaker opens. */
  failureRate: 0.5,
  /** How long calls are rejected at once, in ms, before one probe may ask again. About as long as a restart takes. */
  openMs: 30_000,
  /** Longest wait of one call in ms; slowness counts as failure. Below the deadline of whoever waits for us. */
  deadlineMs: 10_000,
};

export type BreakerState = "closed" | "open" | "half-open";

export interface BreakerOptions {
  readonly windowMs?: number | undefined;
  readonly minimumCalls?: number | undefined;
  readonly failureRate?: number | undefined;
  readonly openMs?: number | undefined;
  readonly deadlineMs?: number | undefined;
  /** False for errors that say nothing about the dependency's health, such as a 404. */
  readonly isFailure?: ((error: unknown) => boolean) | undefined;
}

export interface BreakerCall<T> {
  /** The caller's signal: aborts the operation, and counts neither as success nor as failure. */
  readonly signal?: AbortSignal | undefined;
  /** Overrides the breaker's deadline for this call. */
  readonly deadlineMs?: number | undefined;
  /** Answers instead when the call is rejected or fails. Must not make the same call. */
  readonly fallback?: ((error: unknown) => T | Promise<T>) | undefined;
}

export interface BreakerChange {
  readonly breaker: string;
  readonly from: BreakerState;
  readonly to: BreakerState;
}

/** The breaker rejected the call without making it. */
export class CircuitOpen extends Error {
  readonly breaker: string;

  constructor(breaker: string) {
    super(`${breaker} keeps failing and is not called for now`);
    this.name = "CircuitOpen";
    this.breaker = breaker;
  }
}

/** The dependency did not answer in time. */
export class CallTimedOut extends Error {
  constructor(breaker: string, ms: number) {
    super(`${breaker} did not answer within ${ms} ms`);
    this.name = "CallTimedOut";
  }
}

export class CircuitBreaker {
  readonly name: string;
  private readonly policy: typeof DEFAULT_BREAKER_POLICY;
  private readonly isFailure: (error: unknown) => boolean;
  private readonly listeners = new Set<(change: BreakerChange) => void>();
  private readonly outcomes = new RollingWindow();
  private current: BreakerState = "closed";
  private openedAt = 0;
  private probing = false;
  /** Counts changes of state: what was begun before the last one no longer says anything. */
  private era = 0;

  constructor(name: string, options: BreakerOptions = {}) {
    this.name = name;
    this.policy = {
      windowMs: options.windowMs ?? DEFAULT_BREAKER_POLICY.windowMs,
      minimumCalls: options.minimumCalls ?? DEFAULT_BREAKER_POLICY.minimumCalls,
      failureRate: options.failureRate ?? DEFAULT_BREAKER_POLICY.failureRate,
      openMs: options.openMs ?? DEFAULT_BREAKER_POLICY.openMs,
      deadlineMs: options.deadlineMs ?? DEFAULT_BREAKER_POLICY.deadlineMs,
    };
    this.isFailure = options.isFailure ?? isDependencyFailure;
  }

  get state(): BreakerState {
    return this.current;
  }

  /** Tells of every change of state, for logs and metrics. Returns the function that ends it. */
  onChange(listener: (change: BreakerChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls the operation if the dependency may be called. It takes a function, for a started promise cannot be held back. */
  async run<T>(operation: (signal: AbortSignal) => T | PromiseLike<T>, call: BreakerCall<T> = {}): Promise<T> {
    try {
      return await this.guarded(operation, call);
    } catch (error) {
      if (call.fallback === undefined || call.signal?.aborted === true) throw error;
      return call.fallback(error);
    }
  }

  private async guarded<T>(operation: (signal: AbortSignal) => T | PromiseLike<T>, call: BreakerCall<T>): Promise<T> {
    if (call.signal?.aborted === true) throw call.signal.reason;
    this.admit();
    const { era } = this;
    const { deadlineMs = this.policy.deadlineMs, signal } = call;
    try {
      const result = await withinDeadline(operation, new CallTimedOut(this.name, deadlineMs), deadlineMs, signal);
      this.record(era, "success");
      return result;
    } catch (error) {
      const failed = signal?.aborted !== true && this.isFailure(error);
      this.record(era, failed ? "failure" : signal?.aborted === true ? "cancelled" : "success");
      throw error;
    }
  }

  private admit(): void {
    if (this.current === "open" && Date.now() - this.openedAt >= this.policy.openMs) this.change("half-open");
    if (this.current === "open" || this.probing) throw new CircuitOpen(this.name);
    // One probe only: a dependency that comes back must not be met by everything that waited for it.
    if (this.current === "half-open") this.probing = true;
  }

  private record(era: number, outcome: "success" | "failure" | "cancelled"): void {
    if (era !== this.era) return;
    if (this.current === "half-open") {
      this.probing = false;
      if (outcome === "success") this.change("closed");
      if (outcome === "failure") this.change("open");
      return;
    }
    if (outcome === "cancelled") return;
    const { calls, failures } = this.outcomes.add(outcome === "failure", this.policy.windowMs);
    if (failures > 0 && calls >= this.policy.minimumCalls && failures / calls >= this.policy.failureRate)
      this.change("open");
  }

  private change(to: BreakerState): void {
    const from = this.current;
    this.current = to;
    this.era += 1;
    this.probing = false;
    if (to === "open") this.openedAt = Date.now();
    if (to === "closed") this.outcomes.clear();
    for (const listener of this.listeners) listener({ breaker: this.name, from, to });
  }
}

const breakers = new Map<string, CircuitBreaker>();

/** The one breaker of a dependency. Names must be few and fixed: a host or service, never a URL with ids in it. */
export function breakerFor(name: string, options?: BreakerOptions): CircuitBreaker {
  const known = breakers.get(name);
  if (known !== undefined) return known;
  const made = new CircuitBreaker(name, options);
  breakers.set(name, made);
  return made;
}

/** A client error (4xx) is an answer: the dependency works. Only a timeout and "too many requests" are not. */
export function isDependencyFailure(error: unknown): boolean {
  const { status, statusCode, response } = (typeof error === "object" && error !== null ? error : {}) as {
    readonly status?: unknown;
    readonly statusCode?: unknown;
    readonly response?: { readonly status?: unknown } | null;
  };
  const code = status ?? statusCode ?? response?.status;
  return typeof code !== "number" || code >= 500 || code === 408 || code === 429;
}

/** Calls and failures of the last while, in ten buckets, so that memory does not grow with traffic. */
class RollingWindow {
  private readonly buckets = new Map<number, { calls: number; failures: number }>();

  add(failed: boolean, windowMs: number): { readonly calls: number; readonly failures: number } {
    const now = Math.floor(Date.now() / (windowMs / 10));
    const bucket = this.buckets.get(now) ?? { calls: 0, failures: 0 };
    bucket.calls += 1;
    if (failed) bucket.failures += 1;
    this.buckets.set(now, bucket);
    const sum = { calls: 0, failures: 0 };
    for (const [at, each] of this.buckets) {
      if (at <= now - 10) {
        this.buckets.delete(at);
        continue;
      }
      sum.calls += each.calls;
      sum.failures += each.failures;
    }
    return sum;
  }

  clear(): void {
    this.buckets.clear();
  }
}

async function withinDeadline<T>(
  operation: (signal: AbortSignal) => T | PromiseLike<T>,
  late: Error,
  ms: number,
  callerSignal: AbortSignal | undefined,
): Promise<T> {
  const scope = new AbortController();
  const cancel = (): void => scope.abort(callerSignal?.reason);
  const timer = setTimeout(() => scope.abort(late), ms);
  callerSignal?.addEventListener("abort", cancel, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      scope.signal.addEventListener("abort", () => reject(scope.signal.reason), { once: true });
      Promise.resolve(operation(scope.signal)).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    callerSignal?.removeEventListener("abort", cancel);
  }
}
