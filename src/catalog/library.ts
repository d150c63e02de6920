/**
 * What is known of one library, as data. `model/` reads values through these shapes; no library's name stands in code elsewhere.
 *
 * A *shape* says what a value of the library is; a *type* says what its members do. An instance remembers the options that it
 * was made with, so that a timeout given to a factory is found again at each call.
 */
export interface Library {
  /** npm name, `node:http` for a builtin, `global` for what needs no import (`fetch`). `@aws-sdk/client-*` covers a family. */
  readonly package: string;
  readonly aliases?: readonly string[];
  /** Version(s) whose source or documentation were read; `not checked` where the facts are general knowledge. */
  readonly version: string;
  readonly category: readonly Category[];
  /** What the library is called in a sentence, where the package's name reads badly. */
  readonly title?: string;
  /**
   * Exported names, `default` and `=` (the module itself, as `require` gives it) among them. Where only one of these two is
   * given, the other is the same. Several names may stand in one key, separated by commas; `*` in a name stands for any run of
   * characters. A name as such goes before a pattern, a longer pattern before a shorter one. Read them with `exportOf`.
   */
  readonly exports: Readonly<Record<string, Shape>>;
  /** Types that its values have; also what a written type annotation of that name means. */
  readonly types: Readonly<Record<string, TypeFacts>>;
  /**
   * Interfaces that a generator writes for the library's clients: what `interface` (regular expression) names, in a file that imports
   * `beside` from the library, is implemented by it and has type `type`.
   */
  readonly generated?: { readonly interface: string; readonly beside: readonly string[]; readonly type: string };
  /** Option of a single call that holds the address before its path (`baseURL`). */
  readonly base?: string;
  readonly timeout?: TimeoutFacts;
  readonly retry?: RetryFacts;
  readonly breaker?: BreakerFacts;
  /** What a message broker's client does on delivery unless told otherwise. */
  readonly broker?: BrokerFacts;
  /** How a cache's entries come to expire. */
  readonly cache?: CacheFacts;
  /** Where the facts were read. */
  readonly source: string;
}

export type Category =
  | "http-client" | "http-server" | "rpc" | "graphql-client" | "graphql-server" | "database" | "orm" | "cache" | "queue" | "workflow" | "event-store"
  | "resilience" | "cloud-sdk" | "third-party" | "payment" | "email" | "scheduler" | "auth" | "health" | "tracing" | "logging" | "gateway" | "framework";

export type Shape =
  /** The export is an instance already (`axios`). */
  | { readonly is: "instance"; readonly type: string }
  /**
   * Calling it makes an instance. `options`: index of the argument that holds its options. `entity`: the table, collection or
   * queue that the instance stands for; `type-argument` reads it from `<Order>`, `receiver` hands on that of what the method is
   * called on. `policy`: what the instance adds to each function that it runs (`runs`); indices in it count the arguments of
   * this call. `combines`: all arguments are policies, the outermost first.
   */
  | { readonly is: "factory"; readonly type: string; readonly options?: number; readonly target?: Arg; /** Where the name of a database on the server stands. */ readonly database?: Arg; readonly async?: boolean; readonly entity?: Arg | "type-argument" | "receiver"; readonly policy?: WrapFacts; readonly combines?: boolean; readonly lends?: readonly string[]; /** What it makes stands for functions of the workspace, named by the type argument, which an engine runs and repeats. */ readonly engine?: RetryFacts }
  /**
   * `new` makes an instance; also usable as base class and annotation. `statics` are members of the class itself, which
   * subclasses inherit; `class-name` takes the entity from the (sub)class's own name. `opens`: what making an instance does by
   * itself (`new Worker(name, processor)` consumes).
   */
  | { readonly is: "class"; readonly type: string; readonly options?: number; readonly target?: Arg; readonly statics?: Readonly<Record<string, Shape>>; readonly entity?: Arg | "type-argument" | "class-name"; readonly policy?: WrapFacts; readonly opens?: CallFacts }
  /** A function that leaves the process. */
  | { readonly is: "call"; readonly call: CallFacts }
  /** A function that takes a function and protects or repeats it. */
  | { readonly is: "wrapper"; readonly wrap: WrapFacts }
  /** A bag of further exports. */
  | { readonly is: "namespace"; readonly members: Readonly<Record<string, Shape>> }
  /** Waits: `setTimeout` of timers/promises, `delay`. `ms` is the index of the duration. */
  | { readonly is: "sleep"; readonly ms: number }
  /** Makes a signal that aborts by itself after `ms`. */
  | { readonly is: "deadline-signal"; readonly ms: number }
  /** Gives its argument back, as `promisify`, `bind`; or hands its argument's value on (`firstValueFrom(observable)`). */
  | { readonly is: "pass"; readonly arg: number }
  /** Gives an object of the class that is asked for: a container of dependencies. */
  | { readonly is: "resolved"; readonly arg: number }
  /** Gives back what it is called on, so that a chain goes on. */
  | { readonly is: "self" }
  /** Runs a function through the instance that it is called on, which adds its `policy`. `fn` absent: the function that the instance was made with. */
  | { readonly is: "runs"; readonly fn?: number }
  /** Puts what it wraps on an existing instance, for all its calls (`axiosRetry(instance, options)`). `wrap.fn` is that argument. */
  | { readonly is: "attaches"; readonly instance: number; readonly wrap: WrapFacts }
  /** A class whose instances describe a call that another method makes (`new PutItemCommand(input)`). Indices count the arguments of `new`. */
  | { readonly is: "command"; readonly call: CallFacts }
  /** Makes the call that the command in argument `arg` describes; `options` is the index of its own options. */
  | { readonly is: "sends"; readonly arg: number; readonly options?: number; readonly callback?: number }
  /** Runs a function later, once or again and again (`setTimeout`, `setInterval`): what the function does happens outside the caller. */
  | { readonly is: "timer"; readonly fn: number; readonly ms?: number; readonly repeats: boolean }
  /** Decorator that makes the method or class under it something (handler, scheduled job, injected client). */
  | { readonly is: "decorator"; readonly means: DecoratorFacts }
  /**
   * A framework module whose registration carries a client's options (`HttpModule.register({ timeout })`): method → index of the
   * options, which may be a list of them. `token`, `target`: property paths in the options that hold injection token and address.
   */
  | { readonly is: "module"; readonly provides: string; readonly registers: Readonly<Record<string, number>>; readonly token?: string; readonly target?: string;
      /** Methods that load settings: path to the functions that make them, inside the first argument; empty where that argument is one. */
      readonly loads?: Readonly<Record<string, string>> }
  /** Puts what function `made` returns under a name among the settings (`registerAs("database", () => ({ … }))`). */
  | { readonly is: "settings"; readonly name: number; readonly made: number }
  /** An operator given to `.pipe(…)` of an observable. */
  | { readonly is: "operator"; readonly wrap: WrapFacts }
  /** Reads configuration by name, from the environment in the end (`config.get("PAYMENTS_URL", fallback)`). */
  | { readonly is: "environment"; readonly name: number; readonly default?: number;
      /** Looks among the settings first that were loaded. */
      readonly loaded?: true }
  /** Known, and of no interest: no I/O, hands nothing on. */
  | { readonly is: "pure" };

/** What a framework calls a method of the program for. */
export type CalledFor = "request" | "message";

/** What the members of a type do. */
export interface TypeFacts {
  readonly extends?: string;
  /** What `new` on a value of the type makes, where the value is a class that was made by a call (`model("Order", schema)`). */
  readonly construct?: Shape;
  /** What awaiting an instance does, where no call of the chain did it sooner (query builders). */
  readonly awaited?: CallFacts;
  /** Using an instance as the tag of a template (sql`…`). The template's text is argument 0. */
  readonly tag?: Shape;
  /** Property that holds the defaults of an instance and may be assigned to (`axios.defaults.timeout = 1000`). */
  readonly defaults?: string;
  /** Methods that whoever extends or implements the type writes and the library calls (`process(job)` of a WorkerHost), and for what. */
  readonly calls?: Readonly<Record<string, CalledFor>>;
  /** Properties that hold what the instance was made with: property → index of the argument (`assertQueue(name)` has a `queue`). */
  readonly echoes?: Readonly<Record<string, number>>;
  /** The instance can itself be called: `axios(config)`, `limit(fn)`. */
  readonly call?: Shape;
  /** Method names, several separated by commas (`get,head`), `*` for any other → what calling it does. */
  readonly methods: Readonly<Record<string, Shape>>;
  /** Type of what any constructor makes that is given a value of this type (gRPC credentials make a client). */
  readonly implies?: string;
  /** Properties that are instances of their own: `axiosRef`, `interceptors`. `*` for any (`prisma.user`). */
  readonly properties?: Readonly<Record<string, { readonly type: string; readonly entity?: "name" }>>;
}

/** Where a fact stands in a call: index of an argument, or a path into an options argument. Negative indices count from the last (-1). */
export interface Arg {
  readonly arg: number;
  /** Property path inside it: `url`, `params.TableName`. Several by `|` (`url|uri`). Where the argument itself is text, a number or a function, that is meant. */
  readonly path?: string;
  /** The names are the keys of the object that stands there (`{ "orders.placed": handle }`). */
  readonly keys?: true;
}

export interface CallFacts {
  readonly effect: Effect;
  /** `by-method`: read from the method option; GET and HEAD read. `by-text`: read from the SQL in `target`. */
  readonly access: "read" | "write" | "by-method" | "by-text" | "none";
  /** Whether doing it twice is the same as once. `by-method`: GET, HEAD, OPTIONS, PUT, DELETE (RFC 9110, 9.2.2). */
  readonly idempotent: boolean | "by-method" | "unknown";
  /** HTTP verb, where the call's name fixes it. */
  readonly method?: string;
  readonly methodAt?: Arg;
  /** URL, path, address, queue, topic, table or command: what tells the target apart. */
  readonly target?: Arg;
  /** Routing key of a message, which a broker compares with the bindings of its queues. */
  readonly key?: Arg;
  /** Index of the options argument, where timeouts and signals may stand. Where text or a URL stands there (`axios(url, config)`), the next argument is meant. */
  readonly options?: number;
  /** Index of a callback that ends the call (Node style); counted only where a function stands there. -1: the last argument. */
  readonly callback?: number;
  /** Table, collection or the like that the call itself names. */
  readonly entity?: Arg;
  /** What comes back. `observable`: cold, may be piped; `stream`: never ends by itself, a total deadline would be wrong. */
  readonly returns: "promise" | "observable" | "stream" | "emitter" | "builder" | "value";
  /** Type of what comes back, where its members matter (`request()` of node:http gives a ClientRequest). */
  readonly yields?: string;
  /** Index of the handler (consumers, routes). -1: the last argument. */
  readonly handler?: number;
  /** All arguments from this index on are handlers or middleware, the last the handler proper. */
  readonly handlersFrom?: number;
  /** Where the handler stands in an options argument (`consumer.run({ eachMessage })`). */
  readonly handlerAt?: Arg;
  /** Types of the handler's parameters, in order; empty text for one without a type. */
  readonly params?: readonly string[];
  /** Puts a message back on its queue if this argument says so (`channel.nack(message, allUpTo, requeue)`). */
  readonly requeues?: { readonly arg: number; readonly byDefault: boolean };
}

export type Effect =
  /** request/response to another process by HTTP, gRPC, a framework's proxy */
  | "request"
  /** database */
  | "query" | "connect" | "transaction"
  /** key-value cache */
  | "cache"
  /** message broker */
  | "publish" | "consume" | "ack"
  /** object store, mail, payment and other SDKs of third parties */
  | "sdk"
  /** serving side */
  | "route" | "listen" | "middleware" | "schedule"
  | "file" | "none";

/** How a function that is given a function treats it. */
export interface WrapFacts {
  /** Index of the function (or promise, for `pTimeout(promise, …)`) that is wrapped. -1: what the method is called on. */
  readonly fn: number;
  /** What the wrapper does to the function. One that is made first and fired later (`new CircuitBreaker(fn)` … `.fire()`) is a `policy`. */
  readonly adds: readonly ("deadline" | "retry" | "breaker" | "bulkhead" | "fallback" | "swallow" | "transaction")[];
  readonly options?: number;
  /** Path inside options, or the bare argument (`path` absent), that holds the deadline in ms. */
  readonly deadline?: Arg;
  /** Deadline where no option says so; null for none. */
  readonly defaultDeadlineMs?: number | null;
  readonly retry?: RetryFacts;
  /** `function`: nothing runs yet, a function comes back that does so when called. Absent: runs at once. */
  readonly returns?: "function";
  /** Path to the function inside argument `fn` (`new Circuit({ func })`). */
  readonly fnPath?: string;
  /** Types of the parameters that the function is given, in order (the client of a transaction); empty text for one without a type. */
  readonly params?: readonly string[];
  /** Called without a function, it gives something that the caller has to end with one of these methods (`commit`, `rollback`). */
  readonly lends?: readonly string[];
}

export interface TimeoutFacts {
  /** What happens with no option set, when the peer stays silent: `never` ends, ends after minutes (`late`), is `bounded`. */
  readonly byDefault: "never" | "late" | "bounded";
  /** Longest wait of one attempt with defaults, in ms; null where there is none. */
  readonly defaultMs: number | null;
  /** Options that bound a call, and where they are read. */
  readonly options: readonly TimeoutOption[];
  /** Options that look like a deadline and are not read (by this version). */
  readonly ignored?: readonly { readonly name: string; readonly at: TimeoutPlace; readonly versions?: string; readonly why: string }[];
  /** Pools whose wait for a connection has no end unless an `acquire` option sets one; `statement` options bound what comes after. */
  readonly pool?: { readonly types: readonly string[]; readonly acquire: readonly string[]; readonly statement: readonly string[] };
}
export type TimeoutPlace = "call" | "instance" | "defaults" | "module";
export interface TimeoutOption {
  /** Property path: `timeout`, `timeout.request`, `signal`. */
  readonly name: string;
  readonly at: readonly TimeoutPlace[];
  /** `agent`: an agent of a library that bounds what goes through it. */
  readonly unit: "ms" | "s" | "signal" | "date" | "string" | "agent";
  /** `total` and `response` end a call whose peer is silent; `connect`, `idle`, `acquire` alone do not bound the whole call. */
  readonly covers: "total" | "response" | "connect" | "idle" | "acquire";
  /** Versions of the package that read it (semver range); absent: all. */
  readonly versions?: string;
  /** Value that switches it off (0 for axios). */
  readonly off?: readonly (number | boolean)[];
}

export interface RetryFacts {
  /** Happens unless switched off. */
  readonly byDefault: boolean;
  /** Attempts in total, the first included, when it happens with defaults; `unbounded` for no end. */
  readonly attempts: number | "unbounded";
  readonly growth: "none" | "linear" | "exponential" | "fibonacci" | "custom";
  /** First wait with defaults, in ms. 0: at once. */
  readonly baseMs: number;
  readonly capMs?: number | null;
  readonly jitter: boolean;
  /** Repeats every error unless told otherwise. */
  readonly everyError: boolean;
  /** Repeats POST and the like too. */
  readonly unsafeMethods?: boolean;
  readonly options: RetryOptions;
}
/** Names of the options (property paths) that steer it. Where a bare number stands in place of the options, it is `attempts`. */
export interface RetryOptions {
  /** Option, and whether its number counts retries (attempts − 1) or attempts. */
  readonly attempts?: { readonly name: string; readonly counts: "retries" | "attempts" };
  readonly delay?: string;
  readonly factor?: string;
  readonly cap?: string;
  readonly jitter?: string;
  readonly predicate?: string;
  readonly forever?: string;
  /** Option that ends all attempts together by a span of time. */
  readonly overall?: string;
  /** A function of the attempt that gives the wait. */
  readonly delayFunction?: string;
  /** That function also decides whether there is another attempt; in this field of its argument it is told what the library would wait: 0 for not at all. */
  readonly decidedBy?: string;
}

export interface BreakerFacts {
  /** A deadline that the breaker applies to each call with defaults, in ms; null for none. */
  readonly deadlineMs: number | null;
  readonly deadlineOption?: string;
}

export interface BrokerFacts {
  /** When a message counts as done: before the handler runs, once it has returned, or when the code says so. `batch`: with offsets, now and then. */
  readonly ack: "on-delivery" | "after-handler" | "explicit" | "batch";
  /** Consumer option that changes that, and the value that acknowledges on delivery. */
  readonly ackOption?: { readonly name: string; readonly onDelivery: boolean };
  /** Method names that acknowledge or refuse. */
  readonly acknowledges?: readonly string[];
  readonly refuses?: readonly string[];
  /** Options that name a dead-letter place; empty: the broker has none of its own. */
  readonly deadLetter: readonly string[];
  /** Deliveries before a message is given up, the first included; `unbounded` for poison messages that return for ever. */
  readonly deliveries: number | "unbounded" | "unknown";
  /** Option that names the deliveries. */
  readonly deliveriesOption?: string;
  /** Messages in work at a time with defaults; null for no bound. */
  readonly prefetch: number | null;
  readonly prefetchOption?: string;
  /** Names under which a publisher may pass a key that the broker uses against duplicates. */
  readonly dedupe?: readonly string[];
}

export interface CacheFacts {
  readonly ttlUnit: "s" | "ms";
  /** Option names that count as a time to live, where they stand in an options argument or among the arguments (`"EX"`). */
  readonly ttlOptions: readonly string[];
  /** Methods that set a time to live by position: method → index of the duration. */
  readonly ttlArguments?: Readonly<Record<string, number>>;
  /** Methods that write an entry. */
  readonly writes: readonly string[];
  /** Time to live with defaults, in `ttlUnit`; null for none. */
  readonly defaultTtl: number | null;
}

export type DecoratorFacts =
  /** Entry points. `path`: index of the argument with path, pattern, topic or schedule. */
  | { readonly kind: "controller" | "route" | "message-handler" | "event-handler" | "schedule" | "resolver" | "processor" | "grpc-method"; readonly method?: string; readonly path?: number; /** types of the decorated method's parameters, in order */ readonly params?: readonly string[] }
  | { readonly kind: "injectable" | "inject" | "module" | "inject-repository" | "inject-model" | "inject-client" | "inject-queue"; readonly token?: number;
      /** Methods of the decorated class that the framework calls. */
      readonly calls?: Readonly<Record<string, CalledFor>> }
  /** A layer on the method: `@Timeout(500)`, `@Retry()`. */
  | { readonly kind: "layer"; readonly wrap: WrapFacts }
  | { readonly kind: "entity"; readonly name?: Arg };

/** Naming conventions that tell what a value is where its origin could not be traced: the finding is then only `likely`. */
export interface NamingConvention {
  /** Regular expression on the last name of the receiver (`httpService`, `this.prisma`). Only a call of a method that the type names counts (`channel.sendToQueue`, not `channel.foo`). */
  readonly receiver: string;
  readonly library: string;
  readonly type: string;
}
