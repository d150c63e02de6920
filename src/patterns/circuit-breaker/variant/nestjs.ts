/**
 * A circuit breaker per dependency as a NestJS provider.
 *
 * `providers: [breakerProvider("payments")]` in the module, `@Inject(breakerToken("payments")) breaker: CircuitBreaker` in
 * the constructor. Whoever asks for a dependency's breaker gets the same one, whatever module it is in.
 */
import type { FactoryProvider } from "@nestjs/common";
import { breakerFor, type BreakerOptions, type CircuitBreaker } from "../template/circuit-breaker.ts";

/** By which token the breaker of a dependency is injected. */
export function breakerToken(dependency: string): string {
  return `CircuitBreaker:${dependency}`;
}

/** Names must be few and fixed: a host or service, never a URL with ids in it. The first policy given to a name holds. */
export function breakerProvider(dependency: string, policy: BreakerOptions = {}): FactoryProvider<CircuitBreaker> {
  return { provide: breakerToken(dependency), useFactory: () => breakerFor(dependency, policy) };
}
