/** What a guard comes to once what could not be read is taken for something. */
import type { Assumptions } from "./assumptions.ts";
import type { SettledGuard } from "./call.ts";
import type { Guard } from "./system.ts";

/** What an aspect that could not be read is taken for. */
export type Doubt = "unprotected" | "protected";

export function settled(guard: Guard, doubt: Doubt, given: Assumptions): SettledGuard {
  const isKind = doubt === "protected";
  return {
    ...guard,
    deadlineMs: guard.deadlineMs === "unknown" ? (isKind ? given.deadlineMs : "none") : guard.deadlineMs,
    attempts: guard.attempts === "unknown" ? 1 : guard.attempts === "unbounded" ? given.endlessAttempts : Math.max(1, guard.attempts),
    breaker: guard.breaker === "unknown" ? (isKind ? "shared" : "none") : guard.breaker === "shared" ? "shared" : "none",
    bulkhead: guard.bulkhead === "unknown" ? "none" : guard.bulkhead,
    hasFallback: guard.hasFallback === "unknown" ? isKind : guard.hasFallback,
  };
}

/** Whether the two ways to settle differ. */
export function isDoubtful({ deadlineMs, breaker, hasFallback }: Guard): boolean {
  return deadlineMs === "unknown" || breaker === "unknown" || hasFallback === "unknown";
}
