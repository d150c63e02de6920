// Written by `npm run generate`. Do not edit.
import type { Rule } from "../model/finding.ts";
import bulkheadUnboundedFanOut from "./bulkhead/unbounded-fan-out.ts";
import circuitBreakerAlreadyStarted from "./circuit-breaker/already-started.ts";
import circuitBreakerFallbackFailsAlike from "./circuit-breaker/fallback-fails-alike.ts";
import circuitBreakerMissing from "./circuit-breaker/missing.ts";
import circuitBreakerNoTimeout from "./circuit-breaker/no-timeout.ts";
import circuitBreakerPerCall from "./circuit-breaker/per-call.ts";
import databaseShared from "./database/shared.ts";
import retryConstantDelay from "./retry/constant-delay.ts";
import retryNoBackoff from "./retry/no-backoff.ts";
import retryUnbounded from "./retry/unbounded.ts";
import sagaNoCompensation from "./saga/no-compensation.ts";
import timeoutMissing from "./timeout/missing.ts";

export const rules: readonly Rule[] = [
  bulkheadUnboundedFanOut as Rule,
  circuitBreakerAlreadyStarted as Rule,
  circuitBreakerFallbackFailsAlike as Rule,
  circuitBreakerMissing as Rule,
  circuitBreakerNoTimeout as Rule,
  circuitBreakerPerCall as Rule,
  databaseShared as Rule,
  retryConstantDelay as Rule,
  retryNoBackoff as Rule,
  retryUnbounded as Rule,
  sagaNoCompensation as Rule,
  timeoutMissing as Rule,
];
