/** What the rules see: the recovered architecture, and the program that it was recovered from. Immutable, sorted, serialisable in parts. */
import type { CallFacts, Effect, Library } from "../catalog/library.ts";
import type { CallValue, FunctionFact, NewValue, Value } from "../syntax/summary.ts";
import type { Workspace, WorkspaceProblem } from "../workspace/workspace.ts";
import type { ArchitectureModel, Service } from "./architecture.ts";
import type { Confidence, Place } from "./finding.ts";
import type { Evidence, Layer, Policy } from "./policy.ts";
import type { Text } from "./text.ts";
import type { HandmadeBreaker, Breaker, KeptQueue, Borrowed } from "./guards.ts";

export type { HandmadeBreaker, Breaker, Given, Firing, BreakerFallback, KeptQueue, Borrowed } from "./guards.ts";

export interface Knowledge {
  readonly workspace: Workspace;
  readonly model: ArchitectureModel;
  readonly program: Program;
  /** Deployables that run a file; empty for one that none is known to run. */
  readonly serviceOf: (path: string) => readonly Service[];
  /** Where the code of a file runs. */
  readonly runsIn: (path: string) => Runtime;
  /** Hosts in front of which a service mesh keeps a breaker. */
  readonly meshGuarded: ReadonlySet<string>;
  /** What the declared service map says that files and code do not bear out. */
  readonly contradictions?: readonly WorkspaceProblem[];
  /** Synchronous calls between services. */
  readonly hops: readonly Hop[];
}

/** A synchronous call from one service to another. */
export interface Hop {
  /** Id of the site that makes it. */
  readonly site: string;
  readonly place: Place;
  /** Ids of services. */
  readonly from: string;
  readonly to: string;
  readonly kind: "http" | "grpc";
  /** Names of both. */
  readonly names: readonly [string, string];
  /** What the called service answers it with, where that could be told: `GET /orders/:id`. */
  readonly endpoint?: string;
  readonly answeredBy: readonly Entry[];
  readonly retries: readonly HopRetry[];
  /** Attempts at this call in total, the first included: the product of its retries. */
  readonly attempts: number;
}

export interface HopRetry {
  readonly attempts: number;
  /** `the code`, `Istio` */
  readonly by: string;
  readonly places: readonly Place[];
  readonly from: "code" | "manifest";
}

/** A library is code that no service of the workspace runs; a tool runs where somebody types its command. */
export type Runtime = "service" | "browser" | "tool" | "library";

/** A function of the workspace. */
export interface FunctionRef {
  readonly path: string;
  readonly id: number;
}

/** Where a client was made: what an instance remembers. */
export interface ClientOrigin {
  readonly library: string;
  readonly type: string;
  /** The factory call, `new`, module registration or injected parameter; absent for a library's own default instance. */
  readonly place?: Place;
  /** Name that it goes by in the code: `this.http`, `paymentsClient`. */
  readonly name: string;
  /** Class or function that made it, as written: `S3`. */
  readonly maker?: string;
  /** Address that it was made with (base URL, connection string, host). */
  readonly target?: Text;
  /** The database that it was told apart from the server (`{ host, database }`). */
  readonly database?: Text;
  /** What carries its messages, where it speaks in several ways (`RMQ`, `TCP`). */
  readonly transport?: string;
  readonly confidence: Confidence;
  /** Index of the options argument in the call at `place`. */
  readonly options?: number;
  /** Injection token (`@Inject("PAYMENTS")`). */
  readonly token?: string;
  /** What keeps a client that was made out of sight: a parameter, or the class that a container gives it to. */
  readonly keptBy?: string;
  /** Class that a container gives it to. */
  readonly injectedInto?: { readonly path: string; readonly name: string };
}

/** Only on a developer's machine, in a browser's component, on a connection that is meant to stay open, asked by a health check, or in a round over nothing. */
export type Circumstance = "development" | "page" | "streams" | "probe" | "never";

/** A call that leaves the process, or that serves, publishes, consumes: a catalogued call in service scope. */
export interface Site {
  /** `path#at`: stable within one snapshot. */
  readonly id: string;
  readonly place: Place;
  /** The callee's last name: what to underline. */
  readonly callee: Place;
  /** The library's own call, where the site is told at a caller of a wrapper; else the same as `callee`. */
  readonly raw: Place;
  /** All of the library's own call, its callee as written, and the function that it stands in. */
  readonly rawCall: Place & { readonly text: string; readonly symbol: string };
  /** Where the options of a proxy are written, if not at its call. */
  readonly configuredAt?: Place;
  readonly circumstances: readonly Circumstance[];
  readonly in: FunctionRef;
  readonly symbol: string;
  readonly library: string;
  readonly effect: Effect;
  readonly facts: CallFacts;
  readonly access: "read" | "write" | "unknown";
  readonly idempotent: boolean | "unknown";
  /** HTTP verb in capitals, SQL verb, or the client's method name. */
  readonly verb: string;
  /** Text of the callee as written, shortened: `this.http.post`. */
  readonly calleeText: string;
  readonly origin: ClientOrigin;
  /** Joined with the client's own address where that is a URL. */
  readonly target: Text;
  /** Further topics or queues that the same call names. */
  readonly alsoTargets?: readonly Text[];
  /** Routing key of a message. */
  readonly key?: Text;
  /** Entity, table or collection, where the call names one. */
  readonly entity?: string;
  /** The argument values, for rules and fixes. */
  readonly args: readonly Value[];
  readonly confidence: Confidence;
  readonly policy: Policy;
  /** One of the ways from an entry point that leads here with the least protection: functions, outermost first. */
  readonly way: readonly Evidence[];
  /** How the site is reached: from a request or message handler, from start-up alone, from a script, or not known. */
  readonly reached: "request" | "message" | "schedule" | "startup" | "unknown";
  /** The result is waited for (or returned). */
  readonly awaited: boolean;
  /** On every way the call, or what leads to it, is started and left to itself: nobody waits for its answer. */
  readonly unwatched?: true;
}

/** A stretch of code that repeats something on failure: own loop, recursion from a catch, library call, client option. */
export interface Repetition {
  readonly place: Place;
  readonly head: Place;
  readonly in: FunctionRef;
  readonly symbol: string;
  readonly by: "loop" | "recursion" | "library" | "client" | "catch-callback" | "requeue";
  readonly library?: string;
  readonly policy: import("./policy.ts").RetryPolicy;
  /** What is repeated: sites reached from the body, through calls. */
  readonly repeats: readonly Site[];
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
  /** The expression of the wait, where there is one wait and it stands in the same file. */
  readonly delay?: Place;
  /** Index of the argument that holds a library's options. */
  readonly options?: number;
  /** Start-up or reconnect code (settled cases: information). */
  readonly startup: boolean;
  /** A function calls itself from one that is written inside it: there is no statement to repair in place. */
  readonly through?: true;
  /** Functions of the workspace that an engine runs for it: their names as they are called. */
  readonly tasks?: readonly string[];
  /** Of these, those whose code is here, comes to no call that is known, and hands on no key. */
  readonly unkeyed?: readonly string[];
  /** It comes round again because somebody else was first (a duplicate, a version conflict): what it finds then is another state. */
  readonly conflict?: true;
  /** The function that decides about each attempt never looks at what its library makes of the error: the field that would tell it. */
  readonly ignores?: string;
  /** The call that gives a message back to its queue, as it is written. */
  readonly givesBack?: string;
}

/**
 * What is run again when it failed: the tried part of an own loop, or a function that was handed to something which repeats it.
 */
export interface Attempt {
  /** The loop, or the call that the function is handed to. */
  readonly place: Place;
  readonly head: Place;
  readonly in: FunctionRef;
  readonly symbol: string;
  /** `a loop`, `p-retry`, `withRetry` */
  readonly by: string;
  readonly own: boolean;
  /** The function calls itself: nothing stands before the first attempt. */
  readonly recurs?: true;
  /** The code that is repeated: the try block, or the function. */
  readonly body: Place;
  readonly policy: import("./policy.ts").RetryPolicy;
  readonly repeats: readonly Site[];
  readonly startup: boolean;
  /** The work is a function that came in as a parameter: its callers know more. */
  readonly generic: boolean;
  /** Something looks at what failed before it is tried again. */
  readonly looksAtError: boolean;
  /** A key against doing it twice that is made anew in each attempt, and so protects nothing. */
  readonly freshKey?: Place & { readonly name: string };
  /** Why no failure ever comes to whoever repeats it. */
  readonly unseen?: UnseenFailure;
  readonly leftovers: readonly Leftover[];
  /** A signal that the attempt gets and the loop does not look at, or a stop that the loop does not know of. */
  readonly heedless?: Heedless;
}

export interface UnseenFailure {
  /** caught: the attempt catches it itself; answer: it comes as a value; started: the work had begun before the first attempt. */
  readonly why: "caught" | "answer" | "started";
  readonly place: Place;
  /** What hides it: `loadUser`, `fetch`. */
  readonly by: string;
}

/** What an attempt leaves to the next one. */
export interface Leftover {
  readonly kind: "stream" | "list" | "transaction";
  readonly name: string;
  readonly made: Place;
  /** Where the attempt uses it. */
  readonly used: Place;
}

export interface Heedless {
  /** `signal`, `this.stopped` */
  readonly name: string;
  readonly kind: "signal" | "stop";
  /** Where the signal is handed over, or the stop is told. */
  readonly place: Place;
}

/** A signal or controller that nothing gets. */
export interface IdleSignal {
  readonly place: Place;
  readonly in: FunctionRef;
  readonly symbol: string;
  readonly name: string;
  /** made: here, with a timer or abort; given: it came as a parameter; offered: a policy hands one out, and the function does not take it. */
  readonly kind: "made" | "given" | "offered";
  /** The expression that gives the signal: `controller.signal`. */
  readonly signal: string;
  /** The calls that could have had it. */
  readonly calls: readonly Site[];
}

/** An option that looks like a limit and is not read. */
export interface DeadOption {
  readonly place: Place;
  readonly name: string;
  readonly why: string;
  readonly site: Site;
  readonly library: string;
  /** Where it stands: in the call, or where the client is made. */
  readonly at: "call" | "instance";
}

/** `Promise.race([work, timer])` */
export interface Race {
  readonly place: Place;
  readonly head: Place;
  readonly in: FunctionRef;
  readonly symbol: string;
  /** The work that may lose, where it is made here. */
  readonly work: Place;
  readonly workName: string;
  readonly site?: Site;
  /** Milliseconds after which the timer wins; absent where nothing in sight tells. */
  readonly ms?: number;
  /** The timer gives a value when it wins; others reject, or may. */
  readonly resolves?: true;
  /** Expression of the timer's duration in this file. */
  readonly duration?: Place;
  /** The loser goes on: nothing tells it to stop. */
  readonly goesOn: boolean;
  /** The timer is not cleared when the work wins. */
  readonly timerStays: boolean;
}

/** A pool of connections whose statements have a limit, while waiting for a connection has none. */
export interface OpenPool {
  readonly place: Place;
  readonly head: Place;
  readonly symbol: string;
  readonly library: string;
  readonly name: string;
  /** The limit that it has. */
  readonly has: string;
  /** The option that would bound the wait; absent where the library has none. */
  readonly lacks?: string;
  readonly options: number;
  readonly sites: readonly Site[];
}

/** A circuit breaker that a function makes, fires and forgets. */
export interface MadeBreaker {
  readonly place: Place;
  /** `new CircuitBreaker` */
  readonly head: Place;
  /** Where it is fired. */
  readonly fired: Place;
  /** It is made with the function that it guards as its first argument. */
  readonly takesAction: boolean;
  readonly in: FunctionRef;
  readonly symbol: string;
  readonly library: string;
}

/** `Promise.all(items.map(…))`: work that starts for every item of a collection at once. */
export interface FanOut {
  readonly place: Place;
  /** `Promise.all` */
  readonly head: Place;
  /** The call that makes the promises: `items.map(…)`, `promises.push(…)` in a loop. */
  readonly each: Place;
  /** How they are made, and what of; `direct` where the list stands in the call that waits for it. */
  readonly form: { readonly by: "map" | "flatMap" | "from" | "push"; readonly work: "arrow" | "named" | "other"; readonly direct: boolean };
  /** `Promise.allSettled`: a failure does not end the wait. */
  readonly settlesAll: boolean;
  /** The function that runs for each item, where it can be followed. */
  readonly run?: FunctionRef;
  readonly in: FunctionRef;
  readonly symbol: string;
  /** Name of the collection, where it has one. */
  readonly over: string;
  /** Whether anything in sight keeps the collection small. */
  readonly size: "bounded" | "unbounded" | "unknown";
  /** Where its items come from. */
  readonly evidence: readonly Evidence[];
  /** Whoever calls the service decides how many items there are. */
  readonly byCaller?: true;
  /** What each item starts. */
  readonly runs: readonly Reached[];
  /** Every way to it opens a transaction first, so its queries wait for one connection. */
  readonly inTransaction?: true;
  readonly reached: readonly Entry["kind"][];
}

export interface Program {
  /** In-scope sites, sorted by path and offset. */
  readonly sites: readonly Site[];
  readonly repetitions: readonly Repetition[];
  readonly attempts: readonly Attempt[];
  readonly idleSignals: readonly IdleSignal[];
  readonly deadOptions: readonly DeadOption[];
  readonly races: readonly Race[];
  readonly openPools: readonly OpenPool[];
  readonly fanOuts: readonly FanOut[];
  /** Breakers that live as long as one call. */
  readonly briefBreakers: readonly MadeBreaker[];
  /** Breakers of libraries, with what each guards. */
  readonly breakers: readonly Breaker[];
  readonly handmadeBreakers: readonly HandmadeBreaker[];
  /** What functions take from a pool and keep. */
  readonly borrowed: readonly Borrowed[];
  readonly queues: readonly KeptQueue[];
  readonly library: (name: string) => Library | undefined;
  /** A function's facts. */
  readonly function: (ref: FunctionRef) => FunctionFact | undefined;
  /**
   * Sites that running a function reaches, in program order, through calls, closures that are run at once, and wrappers; each
   * once, with the layers between. Bounded in depth; cycles are cut.
   */
  readonly reach: (ref: FunctionRef) => readonly Reached[];
  /** Functions that call a function, or run it by handing it on. */
  readonly callersOf: (ref: FunctionRef) => readonly FunctionRef[];
  /** Calls of a function, each with the function that it stands in. */
  readonly callsTo: (ref: FunctionRef) => readonly { readonly from: FunctionRef; readonly call: CallValue | NewValue }[];
  /** True where two places of a function stand in branches of which only one runs. */
  readonly excludes: (ref: FunctionRef, a: Place, b: Place) => boolean;
  /** True where the function, or one written inside it, calls something whose last name fits, or pushes such a function. */
  readonly callsNamed: (ref: FunctionRef, name: RegExp) => boolean;
  /** What the package of a file depends on: name → range. */
  readonly dependenciesOf: (path: string) => Readonly<Record<string, string>>;
  /** True where a file imports a workflow engine: what it does is kept in a journal, replayed, and taken up again. */
  readonly isReplayed: (path: string) => boolean;
  /** Functions that something outside calls: handlers of routes, consumers and schedules. */
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly kind: "request" | "message" | "schedule" | "startup";
  readonly function: FunctionRef;
  readonly place: Place;
  readonly title: string;
}

/** A site as seen from a function that reaches it. */
export interface Reached {
  readonly site: Site;
  /** Call places from the function down to the site; the first stands in the function itself. */
  readonly path: readonly Place[];
  /** What the way adds, outermost first. */
  readonly layers: readonly Layer[];
  /** Conditions and failure paths on the way. */
  readonly when: "always" | "sometimes" | "on-failure" | "finally";
  /** The call's arguments could be read at this depth (parameters substituted): the target from here. */
  readonly target: Text;
  readonly inLoop: boolean;
}
