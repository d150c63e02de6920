/** What protects a call: the idea that the house stands on. */
import type { Place } from "./finding.ts";

/** One aspect of a policy, with the chain of places it was read from. */
export type Aspect<T> =
  | { readonly is: "known"; readonly value: T; readonly evidence: readonly Evidence[] }
  /** Set, value not known: silences "missing", enters no arithmetic. */
  | { readonly is: "present"; readonly evidence: readonly Evidence[] }
  | { readonly is: "absent"; readonly evidence: readonly Evidence[] }
  | { readonly is: "unknown"; readonly evidence: readonly Evidence[] };

/** One step of "why": a sentence and, where there is one, the place it speaks of. */
export interface Evidence {
  readonly says: string;
  readonly place?: Place;
}

/** The effective policy of one call site over all ways that lead to it; each aspect shows its worst way. */
export interface Policy {
  /** Longest wait of one attempt, in ms. */
  readonly deadline: Aspect<number>;
  readonly retry: Aspect<RetryPolicy>;
  readonly breaker: Aspect<BreakerPolicy>;
  readonly bulkhead: Aspect<number>;
  readonly fallback: Aspect<"value" | "swallow">;
  readonly idempotency: Aspect<"method" | "key" | "upsert">;
  /** Outermost first, as the program nests them on the way that was judged. */
  readonly layers: readonly Layer[];
  /** Whatever repeats it, outermost first, the client itself last. */
  readonly repeaters?: readonly Repeater[];
}

/** One thing that repeats a call. */
export interface Repeater {
  readonly policy: RetryPolicy;
  readonly by: string;
  readonly place?: Place;
  /** The client repeats by itself, unless it is told not to. */
  readonly isClient: boolean;
}

export interface RetryPolicy {
  /** Attempts in total, the first included. */
  readonly attempts: number | "unbounded" | "unknown";
  readonly wait: "none" | "constant" | "growing" | "unknown";
  readonly jitter: "yes" | "no" | "unknown";
  readonly baseMs?: number;
  readonly capMs?: number;
  /** Only some errors are tried again. */
  readonly selective: "yes" | "no" | "unknown";
}

export interface BreakerPolicy {
  /** Shared by what: one for the process, one a key, one a call (then it protects nothing). */
  readonly lives: "module" | "instance" | "keyed" | "call";
}

/** A function, decorator, option or operator on the way that changes how the call behaves. */
export type Layer =
  | { readonly kind: "deadline"; readonly ms?: number; readonly place: Place; readonly by: string }
  | { readonly kind: "retry"; readonly policy: RetryPolicy; readonly place: Place; readonly by: string }
  | { readonly kind: "breaker"; readonly policy: BreakerPolicy; readonly place: Place; readonly by: string }
  | { readonly kind: "bulkhead" | "fallback" | "swallow" | "transaction"; readonly place: Place; readonly by: string };
