/** The system that fails, as the simulator sees it: nodes, and what guards each edge between them. Plain data, under the scene's ids. */
export interface FailureSystem {
  readonly nodes: readonly FailureNode[];
  readonly edges: readonly FailureEdge[];
}

export interface FailureNode {
  readonly id: string;
  readonly name: string;
  readonly kind: "service" | "store" | "cache" | "channel" | "broker" | "external";
  /** The broker of a channel: it fails with it. */
  readonly broker?: string;
}

export interface FailureEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /**
   * call: the caller waits for the answer. publish: it waits until the broker has the message. deliver: from a channel to a consumer;
   * nobody waits. send: like deliver, with nothing in between that could hold the message. named: a manifest alone names it.
   */
  readonly way: "call" | "publish" | "deliver" | "send" | "named";
  readonly guard: Guard;
  readonly findings: readonly EdgeFinding[];
}

export interface EdgeFinding {
  readonly rule: string;
  readonly fingerprint: string;
  readonly path: string;
  readonly at: number;
  readonly end: number;
}

/** `unknown` where the code could not be read that far. */
export interface Guard {
  /** Longest wait of one attempt. */
  readonly deadlineMs: number | "none" | "unknown";
  /** Longest wait for all attempts together. */
  readonly totalMs: number | "none";
  readonly attempts: number | "unbounded" | "unknown";
  readonly wait: Wait;
  readonly breaker: "none" | "shared" | "brief" | "unknown";
  /** The breaker stands outside of the retry: it counts calls and not attempts. */
  readonly isBreakerOutside: boolean;
  readonly bulkhead: number | "none" | "unknown";
  readonly hasFallback: boolean | "unknown";
}

/** Between the attempt k and the next: `base`, times 2 to the power of k - 1 where it grows, at most `cap`. */
export interface Wait {
  readonly kind: "none" | "constant" | "growing";
  readonly baseMs: number;
  readonly capMs: number;
}

/** An edge of which nothing is known but that it is there. */
export const unknownGuard: Guard = {
  deadlineMs: "unknown",
  totalMs: "none",
  attempts: "unknown",
  wait: { kind: "none", baseMs: 0, capMs: 0 },
  breaker: "unknown",
  isBreakerOutside: true,
  bulkhead: "unknown",
  hasFallback: "unknown",
};

export const bareGuard: Guard = { ...unknownGuard, deadlineMs: "none", attempts: 1, breaker: "none", bulkhead: "none", hasFallback: false };
