import type { Aspect, Layer, Policy, RetryPolicy } from "../../model/policy.ts";
import { assumptions } from "./assumptions.ts";
import type { Guard, Wait } from "./system.ts";

/** The effective policy of a call as the simulator reads it. */
export function guardOf(policy: Policy): Guard {
  return {
    deadlineMs: deadlineOf(policy.deadline),
    totalMs: totalOf(policy.layers),
    attempts: attemptsOf(policy.retry),
    wait: waitOf(policy.retry),
    breaker: breakerOf(policy.breaker),
    isBreakerOutside: isOutside(policy.layers),
    bulkhead: bulkheadOf(policy.bulkhead),
    hasFallback: policy.fallback.is === "unknown" ? "unknown" : policy.fallback.is !== "absent",
  };
}

function deadlineOf(deadline: Aspect<number>): Guard["deadlineMs"] {
  if (deadline.is === "known") return Math.max(1, deadline.value);
  return deadline.is === "present" ? assumptions.deadlineMs : deadline.is === "absent" ? "none" : "unknown";
}

/** A deadline around a retry bounds all attempts together. */
function totalOf(layers: readonly Layer[]): Guard["totalMs"] {
  const retry = layers.findLastIndex(({ kind }) => kind === "retry");
  const around = layers.slice(0, Math.max(0, retry)).flatMap((layer) => (layer.kind === "deadline" && layer.ms !== undefined ? [layer.ms] : []));
  return around.length === 0 ? "none" : Math.min(...around);
}

function attemptsOf(retry: Aspect<RetryPolicy>): Guard["attempts"] {
  if (retry.is === "absent") return 1;
  if (retry.is === "unknown") return "unknown";
  const attempts = retry.is === "known" ? retry.value.attempts : "unknown";
  return attempts === "unknown" ? assumptions.attempts : attempts;
}

function waitOf(retry: Aspect<RetryPolicy>): Wait {
  const policy = retry.is === "known" ? retry.value : undefined;
  const kind = policy === undefined || policy.wait === "unknown" ? "growing" : policy.wait;
  const usual = kind === "constant" ? assumptions.constantWaitMs : assumptions.growingWaitMs;
  return { kind, baseMs: kind === "none" ? 0 : (policy?.baseMs ?? usual), capMs: policy?.capMs ?? assumptions.longestWaitMs };
}

function breakerOf(breaker: Policy["breaker"]): Guard["breaker"] {
  if (breaker.is === "known") return breaker.value.lives === "call" ? "brief" : "shared";
  return breaker.is === "present" ? "shared" : breaker.is === "absent" ? "none" : "unknown";
}

function isOutside(layers: readonly Layer[]): boolean {
  const [breaker, retry] = [layers.findIndex(({ kind }) => kind === "breaker"), layers.findIndex(({ kind }) => kind === "retry")];
  return breaker === -1 || retry === -1 || breaker < retry;
}

function bulkheadOf(bulkhead: Aspect<number>): Guard["bulkhead"] {
  if (bulkhead.is === "known") return bulkhead.value;
  return bulkhead.is === "present" ? assumptions.bulkhead : bulkhead.is === "absent" ? "none" : "unknown";
}
