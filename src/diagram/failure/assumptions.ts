/** What the model takes for granted where neither code nor manifests say it. One table: the page and the event simulation read it too. */
export interface Assumptions {
  readonly stepMs: number;
  readonly horizonMs: number;
  /** Requests a second at each place where the outside world comes in. Only breakers and bulkheads, which count calls, depend on it. */
  readonly arrivalsPerSecond: number;
  /** Own work of a node for one request. */
  readonly workMs: number;
  /** What a node can do, in multiples of its usual load. */
  readonly headroom: number;
  /** Requests that a node can hold, in seconds' worth of its usual load. */
  readonly roomSeconds: number;
  readonly breaker: { readonly windowMs: number; readonly calls: number; readonly share: number; readonly resetMs: number };
  /** A deadline that is set to a value that could not be read. */
  readonly deadlineMs: number;
  readonly attempts: number;
  /** Attempts of a retry without a limit, within the time line. */
  readonly endlessAttempts: number;
  readonly constantWaitMs: number;
  readonly growingWaitMs: number;
  readonly longestWaitMs: number;
  readonly bulkhead: number;
  /** Share of the reads that a warm cache answers. */
  readonly hitShare: number;
  /** Time constant with which a cache fills again. */
  readonly warmUpMs: number;
  /** Messages that a consumer handles at the same time. */
  readonly messagesAtOnce: number;
  /** From this share of failed answers on a node counts as failing, and likewise with fallbacks as degraded. */
  readonly tellingShare: number;
}

export const assumptions: Assumptions = {
  stepMs: 250,
  horizonMs: 60_000,
  arrivalsPerSecond: 10,
  workMs: 10,
  headroom: 2,
  roomSeconds: 20,
  breaker: { windowMs: 10_000, calls: 5, share: 0.5, resetMs: 30_000 },
  deadlineMs: 5_000,
  attempts: 3,
  endlessAttempts: 1_000,
  constantWaitMs: 1_000,
  growingWaitMs: 200,
  longestWaitMs: 30_000,
  bulkhead: 10,
  hitShare: 0.9,
  warmUpMs: 30_000,
  messagesAtOnce: 10,
  tellingShare: 0.05,
};
