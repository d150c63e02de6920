import type { Edge } from "../model/architecture.ts";
import type { Aspect, Policy, RetryPolicy } from "../model/policy.ts";
import type { SceneMark } from "../protocol/scene.ts";

/** What protects an edge, in few words; what is missing is said too, where somebody waits for the answer. */
export function marksOf({ kind, policy }: Edge): readonly SceneMark[] {
  return policy === undefined ? [] : marksOfPolicy(kind, policy);
}

export function marksOfPolicy(kind: Edge["kind"], policy: Policy): readonly SceneMark[] {
  const waits = kind !== "event";
  return [...deadlineMark(policy, waits, isBareCall(kind, policy)), ...triesMark(policy.retry), ...breakerMark(policy)];
}

/** A call over the network that nothing bounds: one hanging peer holds its caller for ever. */
export function isBareCall(kind: Edge["kind"], policy: Policy | undefined): boolean {
  return (kind === "http" || kind === "grpc") && policy?.deadline.is === "absent";
}

function deadlineMark({ deadline }: Policy, waits: boolean, isBare: boolean): readonly SceneMark[] {
  switch (deadline.is) {
    case "known":
      return [{ text: duration(deadline.value), tone: "good" }];
    case "present":
      return [{ text: "deadline", tone: "good" }];
    case "absent":
      return waits ? [{ text: "no deadline", tone: isBare ? "bad" : "quiet" }] : [];
    case "unknown":
      return waits ? [{ text: "deadline ?", tone: "unknown" }] : [];
  }
}

function triesMark(retry: Aspect<RetryPolicy>): readonly SceneMark[] {
  if (retry.is === "present") return [{ text: "retries", tone: "good" }];
  if (retry.is === "unknown") return [{ text: "tries ?", tone: "unknown" }];
  if (retry.is === "absent") return [];
  const { attempts } = retry.value;
  if (attempts === "unbounded") return [{ text: "endless tries", tone: "bad" }];
  if (attempts === "unknown") return [{ text: "tries ?", tone: "unknown" }];
  return attempts > 1 ? [{ text: `${attempts} tries`, tone: "quiet" }] : [];
}

function breakerMark({ breaker }: Policy): readonly SceneMark[] {
  if (breaker.is === "known" && breaker.value.lives === "call") return [{ text: "breaker per call", tone: "bad" }];
  return breaker.is === "known" || breaker.is === "present" ? [{ text: "breaker", tone: "good" }] : [];
}

/** `250 ms`, `5 s`, `2.5 s`, `3 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Number((ms / 1000).toFixed(1))} s`;
  return `${Number((ms / 60_000).toFixed(1))} min`;
}
