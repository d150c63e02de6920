/** Breakers, pools and queues as the program makes them, and how it keeps them. */
import type { Confidence, Place } from "./finding.ts";
import type { FunctionRef, Reached } from "./knowledge.ts";

/** A circuit breaker that the code wrote for itself: it refuses because of state that failures change. */
export interface HandmadeBreaker {
  /** Name of the function that runs what it guards. */
  readonly place: Place;
  readonly function: Place;
  /** The `try` around the guarded call. */
  readonly guarded: Place;
  readonly symbol: string;
  /** Once the pause is over, the first call keeps the others out until it has ended. */
  readonly limitsProbes: boolean;
  /** Where it says that it is half open, before the call. */
  readonly halfOpen?: Place;
}

/** A circuit breaker that a library made, over its whole life. */
export interface Breaker {
  readonly place: Place;
  /** `new CircuitBreaker` */
  readonly head: Place;
  readonly in: FunctionRef;
  readonly symbol: string;
  readonly library: string;
  /** Name of what made it: `CircuitBreaker`. */
  readonly name: string;
  /** Index of its options argument. */
  readonly options?: number;
  /** What it was made with to run, where it is made with that. */
  readonly given?: Given;
  /** One for the process, one for each object of a class (one in all where a container makes it), or one for each call. */
  readonly lives: "module" | "singleton" | "instance" | "call";
  /** It gives up on a slow call by itself. */
  readonly hasDeadline: boolean;
  readonly firings: readonly Firing[];
  readonly fallbacks: readonly BreakerFallback[];
}

/** What stands where a function is wanted. */
export type Given =
  | { readonly is: "function" | "unknown"; readonly place: Place }
  /** Work that has started: the call itself, a name that holds its promise, or a function that only hands that name out. */
  | { readonly is: "promise"; readonly place: Place; readonly form: "call" | "name" | "held"; readonly starts: Place };

export interface Firing {
  readonly place: Place;
  /** `breaker.fire` */
  readonly callee: Place;
  readonly in: FunctionRef;
  /** What it is given to run, where the breaker was not made with that. */
  readonly given?: Given;
  readonly actions: readonly FunctionRef[];
  readonly runs: readonly Reached[];
  /** What the catch around it does: who catches an open breaker and calls after all has none. */
  readonly caught: readonly Reached[];
}

export interface BreakerFallback {
  /** The function. */
  readonly place: Place;
  /** The call that sets it. */
  readonly call: Place;
  readonly function: FunctionRef;
  /** It throws the error that it was given, and does nothing else. */
  readonly rethrows: boolean;
  readonly runs: readonly Reached[];
}

/** A list in memory that is filled at one end, emptied at the other, and has no limit. */
export interface KeptQueue {
  /** `this.queue.push(job)` */
  readonly place: Place;
  readonly callee: Place;
  readonly in: FunctionRef;
  readonly symbol: string;
  /** `this.queue` */
  readonly name: string;
}

/** Something that is taken (a connection of a pool, a transaction, a page of a browser) and, on some way out of the function, not given back. */
export interface Borrowed {
  readonly of: "connection" | "transaction" | "page";
  readonly confidence: Confidence;
  readonly place: Place;
  /** `pool.connect` */
  readonly callee: Place;
  /** `const client = await pool.connect();`, or `client = await pool.connect();` where it is filled later. */
  readonly statement: Place;
  readonly isFilledLater: boolean;
  /** A transaction that is rolled back on some other way. */
  readonly isRolledBack: boolean;
  readonly in: FunctionRef;
  readonly symbol: string;
  /** `client` */
  readonly name: string;
  /** Methods that give it back, the usual one first. */
  readonly giveBack: readonly string[];
  /** Giving it back has to be waited for. */
  readonly isAsync: boolean;
  /**
   * How the function is left with it: never given back at all, by a failure, an early return, or at its end. `open`: it is given
   * back on every way, but on one in the middle of a transaction.
   */
  readonly ways: readonly ("never" | "failure" | "return" | "end" | "open")[];
  /** What gives it back in the middle of a transaction, and how this one is rolled back (`rollbackTransaction()`). */
  readonly early?: Place & { readonly undo: string };
}
