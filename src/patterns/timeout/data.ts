import type { Span } from "../../syntax/summary.ts";

/** What the fixes of `timeout/missing` need, in offsets of the text that was analysed. */
export interface TimeoutFixData {
  readonly path: string;
  /** The call, or its callee's name. */
  readonly call: Span;
  /** How this client is given a deadline at the call. */
  readonly means: TimeoutMeans;
  /** Where the shared client is made, if a deadline can be set there: offered first. */
  readonly instance?: TimeoutInstance;
  /** Milliseconds to propose; 10,000 where not said. */
  readonly ms?: number;
}

export type TimeoutMeans =
  /** An `AbortSignal` in the options argument: fetch, undici's fetch, ky, the AWS SDK (`abortSignal`). */
  | { readonly by: "signal"; readonly argument: number; readonly name?: string }
  /** A duration in the options argument; a dotted name for a nested one (`timeout.request` of got). */
  | { readonly by: "option"; readonly argument: number; readonly name: string; readonly unit?: "ms" | "s" }
  /** gRPC: a point in time in the call's options, before the callback if there is one. */
  | { readonly by: "deadline" }
  /** A method of the call's builder: `.timeout(ms)` of superagent. */
  | { readonly by: "method"; readonly name: string }
  /** An observable: `.pipe(timeout(ms))`. */
  | { readonly by: "operator" }
  /** node:http and node:https: `timeout` tells, and the request has to be destroyed. */
  | { readonly by: "socket" }
  /** Nothing of the client's own: `withDeadline` of the generated module. */
  | { readonly by: "wrapper" };

export interface TimeoutInstance {
  readonly path: string;
  /** The factory call or `new`; for a framework module that is only named (`imports: [HttpModule]`), that name. */
  readonly make: Span;
  readonly argument: number;
  readonly name: string;
  readonly unit?: "ms" | "s";
  /** What the client is called in the title: `paymentsClient`. */
  readonly client: string;
}
