import type { Span } from "../../syntax/summary.ts";

/** What a fix adds: what the rule found to be missing. */
export type RetryLack =
  /** There is no wait at all. */
  | "wait"
  /** The wait at `delay` never grows. */
  | "growth"
  /** The wait at `delay` grows, but is the same for every client. */
  | "jitter"
  /** Nothing ends the attempts. */
  | "cap"
  /** Permanent errors are tried again. */
  | "selection";

/** What the fixes of the retry rules need, in offsets of the text that was analysed. */
export type RetryFixData = OwnRetryData | LibraryRetryData | DecisionData | RequeueData;

export interface OwnRetryData {
  readonly kind: "loop" | "recursion" | "catch-callback";
  readonly path: string;
  /**
   * loop: the loop statement, or any span inside its head.
   * recursion: the call of the function to itself.
   * catch-callback: the `.catch(…)` call, or its callee's name.
   */
  readonly repeat: Span;
  readonly lacks: readonly RetryLack[];
  /** The expression for the milliseconds waited: needed for `growth` and `jitter`. */
  readonly delay?: Span;
}

export interface LibraryRetryData {
  readonly kind: "library";
  readonly path: string;
  /** npm name: `p-retry`, `axios-retry`, `got`, `bullmq` … */
  readonly library: string;
  /** The call or `new` whose arguments hold the options (`pRetry(fn, options)`, `axiosRetry(client, options)`, `queue.add(…)`). */
  readonly call: Span;
  /** Index of the options argument. */
  readonly optionsIndex: number;
  readonly lacks: readonly RetryLack[];
}

/** A function at an option that decides about every attempt. */
export interface DecisionData {
  readonly kind: "decision";
  readonly path: string;
  /** The whole property: `calculateDelay: ({ attemptCount }) => …`. */
  readonly property: Span;
  /** The field of its argument that is 0 where there should be no further attempt. */
  readonly field: string;
}

export interface RequeueData {
  readonly kind: "requeue";
  readonly path: string;
  /** The call that gives the message back. */
  readonly repeat: Span;
}
