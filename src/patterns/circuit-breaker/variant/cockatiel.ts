/**
 * Stops calling a dependency that keeps failing, with cockatiel; each call has a deadline.
 *
 * One policy per dependency, shared by all its callers in the process: see `breakerFor`.
 */
import { circuitBreaker, type CircuitBreakerPolicy, ConsecutiveBreaker, handleWhen, timeout, TimeoutStrategy, wrap } from "cockatiel";
import { isDependencyFailure } from "../template/circuit-breaker.ts";

export const DEFAULT_BREAKER_POLICY = {
  /** Failures in a row at which the breaker opens. */
  failures: 5,
  /** How long calls are rejected at once, in ms, before one probe may ask again. */
  openMs: 30_000,
  /** Longest wait of one call in ms; slowness counts as failure. Below the deadline of whoever waits for us. */
  deadlineMs: 10_000,
};

const breakers = new Map<string, CircuitBreakerPolicy>();

/** The one breaker of a dependency. Names must be few and fixed: a host or service, never a URL with ids in it. */
export function breakerFor(name: string): CircuitBreakerPolicy {
  const known = breakers.get(name);
  if (known !== undefined) return known;
  const made = circuitBreaker(handleWhen(isDependencyFailure), {
    halfOpenAfter: DEFAULT_BREAKER_POLICY.openMs,
    breaker: new ConsecutiveBreaker(DEFAULT_BREAKER_POLICY.failures),
  });
  breakers.set(name, made);
  return made;
}

/** Calls the operation if the dependency may be called. It takes a function, for a started promise cannot be held back. */
export function guarded<T>(name: string, operation: (signal: AbortSignal) => T | PromiseLike<T>): Promise<T> {
  // The deadline is inside, so that a call that is too slow counts.
  const deadline = timeout(DEFAULT_BREAKER_POLICY.deadlineMs, TimeoutStrategy.Aggressive);
  return wrap(breakerFor(name), deadline).execute(({ signal }) => operation(signal));
}
