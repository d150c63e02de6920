// Written by `npm run generate`. Do not edit.
import type { Rule } from "../model/finding.ts";
import bulkheadLeakedResource from "./bulkhead/leaked-resource.ts";
import bulkheadSharedPool from "./bulkhead/shared-pool.ts";
import bulkheadUnboundedFanOut from "./bulkhead/unbounded-fan-out.ts";
import bulkheadUnboundedQueue from "./bulkhead/unbounded-queue.ts";
import circuitBreakerAlreadyStarted from "./circuit-breaker/already-started.ts";
import circuitBreakerFallbackFailsAlike from "./circuit-breaker/fallback-fails-alike.ts";
import circuitBreakerMissing from "./circuit-breaker/missing.ts";
import circuitBreakerNoTimeout from "./circuit-breaker/no-timeout.ts";
import circuitBreakerPerCall from "./circuit-breaker/per-call.ts";
import circuitBreakerSharedByUnrelated from "./circuit-breaker/shared-by-unrelated.ts";
import circuitBreakerUnlimitedProbes from "./circuit-breaker/unlimited-probes.ts";
import databaseShared from "./database/shared.ts";
import retryAfterCancel from "./retry/after-cancel.ts";
import retryConstantDelay from "./retry/constant-delay.ts";
import retryEveryError from "./retry/every-error.ts";
import retryNested from "./retry/nested.ts";
import retryNeverSeesFailure from "./retry/never-sees-failure.ts";
import retryNoBackoff from "./retry/no-backoff.ts";
import retryNoJitter from "./retry/no-jitter.ts";
import retryNotIdempotent from "./retry/not-idempotent.ts";
import retryStateNotReset from "./retry/state-not-reset.ts";
import retryUnbounded from "./retry/unbounded.ts";
import sagaNoCompensation from "./saga/no-compensation.ts";
import timeoutIgnoredOption from "./timeout/ignored-option.ts";
import timeoutLongerThanCaller from "./timeout/longer-than-caller.ts";
import timeoutMissing from "./timeout/missing.ts";
import timeoutNotCancelled from "./timeout/not-cancelled.ts";
import timeoutPoolWaitUncovered from "./timeout/pool-wait-uncovered.ts";
import timeoutSignalNotPassed from "./timeout/signal-not-passed.ts";
import topologyCycle from "./topology/cycle.ts";
import topologyDeepSyncChain from "./topology/deep-sync-chain.ts";
import topologyHardCodedEndpoint from "./topology/hard-coded-endpoint.ts";
import topologyRetryAmplification from "./topology/retry-amplification.ts";

export const rules: readonly Rule[] = [
  bulkheadLeakedResource as Rule,
  bulkheadSharedPool as Rule,
  bulkheadUnboundedFanOut as Rule,
  bulkheadUnboundedQueue as Rule,
  circuitBreakerAlreadyStarted as Rule,
  circuitBreakerFallbackFailsAlike as Rule,
  circuitBreakerMissing as Rule,
  circuitBreakerNoTimeout as Rule,
  circuitBreakerPerCall as Rule,
  circuitBreakerSharedByUnrelated as Rule,
  circuitBreakerUnlimitedProbes as Rule,
  databaseShared as Rule,
  retryAfterCancel as Rule,
  retryConstantDelay as Rule,
  retryEveryError as Rule,
  retryNested as Rule,
  retryNeverSeesFailure as Rule,
  retryNoBackoff as Rule,
  retryNoJitter as Rule,
  retryNotIdempotent as Rule,
  retryStateNotReset as Rule,
  retryUnbounded as Rule,
  sagaNoCompensation as Rule,
  timeoutIgnoredOption as Rule,
  timeoutLongerThanCaller as Rule,
  timeoutMissing as Rule,
  timeoutNotCancelled as Rule,
  timeoutPoolWaitUncovered as Rule,
  timeoutSignalNotPassed as Rule,
  topologyCycle as Rule,
  topologyDeepSyncChain as Rule,
  topologyHardCodedEndpoint as Rule,
  topologyRetryAmplification as Rule,
];
