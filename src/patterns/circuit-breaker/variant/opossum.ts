/**
 * Stops calling a dependency that keeps failing, with opossum.
 *
 * One breaker per dependency, shared by all its callers in the process: see `breakerFor`.
 */
import CircuitBreaker from "opossum";
import { isDependencyFailure } from "../template/circuit-breaker.ts";

export const DEFAULT_BREAKER_POLICY = {
  /** Longest wait of one call in ms; slowness counts as failure. Below the deadline of whoever waits for us. */
  timeout: 10_000,
  /** The share of failures, in percent, above which the breaker opens. */
  errorThresholdPercentage: 50,
  /** Below this many calls in the window a rate says nothing. */
  volumeThreshold: 10,
  /** Failures are counted over this many ms. */
  rollingCountTimeout: 30_000,
  /** How long calls are rejected at once, in ms, before one probe may ask again. */
  resetTimeout: 30_000,
};

export type BreakerOperation = (signal: AbortSignal) => Promise<unknown>;

export type OpossumBreaker = CircuitBreaker<[operation: BreakerOperation], unknown>;

const breakers = new Map<string, OpossumBreaker>();

/** The one breaker of a dependency. Names must be few and fixed: a host or service, never a URL with ids in it. */
export function breakerFor(name: string, policy: Partial<typeof DEFAULT_BREAKER_POLICY> = {}): OpossumBreaker {
  const known = breakers.get(name);
  if (known !== undefined) return known;
  const options = { ...DEFAULT_BREAKER_POLICY, ...policy };
  // opossum stops waiting after `timeout`, but ends nothing: the signal does.
  const made: OpossumBreaker = new CircuitBreaker((operation) => operation(AbortSignal.timeout(options.timeout)), {
    ...options,
    name,
    errorFilter: (error: unknown) => !isDependencyFailure(error),
  });
  breakers.set(name, made);
  return made;
}

/** Calls the operation if the dependency may be called. It takes a function, for a started promise cannot be held back. */
export async function guarded<T>(name: string, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  await breakerFor(name).fire(async (signal) => (result = { value: await operation(signal) }));
  if (result === undefined) throw new Error(`${name} was not called`);
  return result.value;
}
