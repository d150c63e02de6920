import type { FailureQuestion } from "../../protocol/failure.ts";
import type { FailureSystem, Guard } from "./system.ts";

/** The system as it would be with some findings repaired. */
export function withRepairs(system: FailureSystem, repaired: NonNullable<FailureQuestion["repaired"]>): FailureSystem {
  if (repaired.length === 0) return system;
  return {
    ...system,
    edges: system.edges.map((edge) => {
      const rules = repaired.filter((repair) => repair.edge === edge.id);
      return rules.reduce((now, { rule }) => ({ ...now, guard: { ...now.guard, ...repairOf(rule, now.guard) } }), edge);
    }),
  };
}

/** As the fixes do it: the values are those that they write. */
function repairOf(rule: string, guard: Guard): Partial<Guard> {
  switch (rule) {
    case "timeout/missing":
      return { deadlineMs: 2_000 };
    case "retry/unbounded":
      return { attempts: 3 };
    case "retry/no-backoff":
    case "retry/constant-delay":
      return { wait: { kind: "growing", baseMs: guard.wait.baseMs || 200, capMs: 10_000 } };
    case "circuit-breaker/missing":
    case "circuit-breaker/per-call":
      return { breaker: "shared", deadlineMs: guard.deadlineMs === "none" ? 10_000 : guard.deadlineMs };
    case "bulkhead/unbounded-fan-out":
      return { bulkhead: 10 };
    default:
      return {};
  }
}
