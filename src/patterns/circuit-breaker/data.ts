import type { Span } from "../../syntax/summary.ts";

/** What the fixes of `circuit-breaker/missing` need, in offsets of the text that was analysed. */
export interface BreakerFixData {
  /** What is called, in one or two words: `payments`. It names the breaker, and keys it in the process. */
  readonly dependency: string;
  /** Every call of the client: all are guarded by the same breaker. */
  readonly calls: readonly GuardedCall[];
  /** Breaker libraries that the package depends on, which are offered first. */
  readonly libraries: readonly BreakerLibrary[];
}

export type BreakerLibrary = "opossum" | "cockatiel";

export interface GuardedCall {
  readonly path: string;
  /** The call, or its callee's name. */
  readonly call: Span;
  /** `callback`: the result goes to a function that it is given. */
  readonly returns: "promise" | "observable" | "callback";
  /** Index of the options argument that takes a `signal`, if the client has one: then a timed-out call is cancelled too. */
  readonly signalArgument?: number;
}
