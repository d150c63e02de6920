import CircuitBreaker from "opossum";
import { HttpError } from "./fetch-json.js";

type Run = () => Promise<unknown>;

const breakers = new Map<string, CircuitBreaker<[Run], unknown>>();

/** The breaker of a host: all callers in this process share it. */
export function breakerFor(host: string): CircuitBreaker<[Run], unknown> {
  const known = breakers.get(host);
  if (known) return known;
  const breaker = new CircuitBreaker((run: Run) => run(), {
    name: host,
    timeout: 10_000,
    volumeThreshold: 10,
    errorThresholdPercentage: 50,
    resetTimeout: 15_000,
    errorFilter: (error) => error instanceof HttpError && error.status < 500,
  });
  breakers.set(host, breaker);
  return breaker;
}
