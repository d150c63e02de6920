import type { Span } from "../../syntax/summary.ts";

/** What the fixes of `bulkhead/unbounded-fan-out` need, in offsets of the text that was analysed. */
export interface FanOutFixData {
  readonly path: string;
  /** The whole of `Promise.all(…)`. */
  readonly settles: Span;
  /** The call that makes the promises: `items.map(…)`, `promises.push(…)`. */
  readonly each: Span;
  /** What is run for each item: it names the limiter. */
  readonly work: string;
  /**
   * `limiter`: what runs for an item waits for a place. `list`: a function goes through the list instead, for the work may come
   * back to this very code, where a shared limiter would wait for itself, or cannot be put into a function.
   */
  readonly through: "limiter" | "list";
  /** Libraries that the package depends on, which are offered first. */
  readonly libraries: readonly LimitLibrary[];
}

/** The same of a list that one transaction goes through. */
export interface InOrderFixData {
  readonly path: string;
  readonly settles: Span;
  readonly each: Span;
  /** Name of the list; empty where it has none. */
  readonly over: string;
}

export const LIMIT_LIBRARIES = ["p-limit", "p-map", "p-queue", "bottleneck", "cockatiel", "bluebird"] as const;
export type LimitLibrary = (typeof LIMIT_LIBRARIES)[number];
