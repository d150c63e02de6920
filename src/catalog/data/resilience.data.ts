import type { Library, RetryFacts, Shape, WrapFacts } from "../library.ts";
import { classOf, factory, instance, pure, retries, self, wrapper } from "../vocabulary.ts";

const limiterCall: Shape = wrapper({ fn: 0, adds: ["bulkhead"] });

export const opossum = {
  package: "opossum",
  version: "9.0.0",
  category: ["resilience"],
  exports: {
    "default,CircuitBreaker": classOf("CircuitBreaker", {
      options: 1,
      policy: {
        fn: 0,
        adds: ["breaker", "deadline"],
        options: 1,
        deadline: { arg: 1, path: "timeout" },
        defaultDeadlineMs: 10_000,
      },
      statics: { isOurError: pure },
    }),
  },
  types: {
    CircuitBreaker: {
      methods: {
        fire: { is: "runs" },
        call: { is: "runs" },
        fallback: wrapper({ fn: -1, adds: ["fallback"] }),
        "on,once": self,
        "healthCheck,open,close,enable,disable,shutdown,clearCache,toJSON": pure,
      },
    },
  },
  breaker: { deadlineMs: 10_000, deadlineOption: "timeout" },
  source: "opossum 9.0.0 lib/circuit.js",
} as const satisfies Library;

const cockatielRetry: RetryFacts = retries({
  attempts: "unbounded",
  growth: "none",
  baseMs: 0,
  everyError: false,
  options: { attempts: { name: "maxAttempts", counts: "retries" }, delayFunction: "backoff" },
});

export const cockatiel = {
  package: "cockatiel",
  version: "3.2.1",
  category: ["resilience"],
  exports: {
    retry: factory("Policy", { options: 1, policy: { fn: -1, adds: ["retry"], options: 1, retry: cockatielRetry } }),
    circuitBreaker: factory("Policy", { options: 1, policy: { fn: -1, adds: ["breaker"], options: 1 } }),
    timeout: factory("Policy", { policy: { fn: -1, adds: ["deadline"], deadline: { arg: 0 } } }),
    bulkhead: factory("Policy", { policy: { fn: -1, adds: ["bulkhead"] } }),
    fallback: factory("Policy", { policy: { fn: -1, adds: ["fallback"] } }),
    wrap: factory("Policy", { combines: true }),
    noop: instance("Policy"),
    "handleAll,handleType,handleWhen,handleWhenResult,handleResultType,handleResult": pure,
    "ExponentialBackoff,ConstantBackoff,IterableBackoff,DelegateBackoff,ConsecutiveBreaker,SamplingBreaker,CountBreaker,TimeoutStrategy,noJitterGenerator,fullJitterGenerator,halfJitterGenerator,decorrelatedJitterGenerator,isBrokenCircuitError,isBulkheadRejectedError,isTaskCancelledError,BrokenCircuitError,TaskCancelledError":
      pure,
    usePolicy: { is: "pass", arg: 0 },
    "RetryPolicy,CircuitBreakerPolicy,TimeoutPolicy,BulkheadPolicy,FallbackPolicy,NoopPolicy,IPolicy,IMergedPolicy":
      classOf("Policy"),
  },
  types: {
    Policy: {
      methods: {
        execute: { is: "runs", fn: 0 },
        "dangerouslyUnref,orType,orWhen": self,
        "isolate,onFailure,onSuccess,onRetry,onGiveUp,onBreak,onReset,onHalfOpen,onTimeout,onReject,onStateChange,toJSON":
          pure,
      },
    },
  },
  source: "cockatiel 3.2.1 src/Policy.ts, src/RetryPolicy.ts, src/backoff/ExponentialBackoff.ts",
} as const satisfies Library;

const retryOptions = {
  attempts: { name: "retries", counts: "retries" },
  delay: "minTimeout",
  factor: "factor",
  cap: "maxTimeout",
  jitter: "randomize",
  forever: "forever",
} as const;

export const pRetry = {
  package: "p-retry",
  version: "7.1.1",
  category: ["resilience"],
  exports: {
    default: wrapper({
      fn: 0,
      adds: ["retry"],
      options: 1,
      retry: retries({ attempts: 11, options: { ...retryOptions, predicate: "shouldRetry" } }),
    }),
    makeRetriable: wrapper({
      fn: 0,
      adds: ["retry"],
      options: 1,
      returns: "function",
      retry: retries({ attempts: 11, options: { ...retryOptions, predicate: "shouldRetry" } }),
    }),
    AbortError: pure,
  },
  types: {},
  source: "p-retry 7.1.1 index.js",
} as const satisfies Library;

export const asyncRetry = {
  package: "async-retry",
  version: "1.3.3",
  category: ["resilience"],
  exports: {
    default: wrapper({
      fn: 0,
      adds: ["retry"],
      options: 1,
      retry: retries({ attempts: 11, jitter: true, options: retryOptions }),
    }),
  },
  types: {},
  source: "async-retry 1.3.3 lib/index.js",
} as const satisfies Library;

const operationRetry: RetryFacts = retries({ attempts: 11, everyError: false, options: retryOptions });

export const retry = {
  package: "retry",
  aliases: ["@types/retry"],
  version: "0.13.1",
  category: ["resilience"],
  exports: {
    operation: factory("RetryOperation", {
      options: 0,
      policy: { fn: -1, adds: ["retry"], options: 0, retry: operationRetry },
    }),
    "timeouts,createTimeout,wrap": pure,
  },
  types: {
    RetryOperation: {
      methods: { "attempt,try,start": { is: "runs", fn: 0 }, "retry,errors,mainError,attempts,stop,reset": pure },
    },
  },
  source: "retry 0.13.1 lib/retry.js",
} as const satisfies Library;

export const promiseRetry = {
  package: "promise-retry",
  version: "not checked",
  category: ["resilience"],
  // Both argument orders are accepted; the common one comes first in the documentation.
  exports: { default: wrapper({ fn: 0, adds: ["retry"], options: 1, retry: operationRetry }) },
  types: {},
  source: "promise-retry 2.0.1 index.js, retry 0.13.1 lib/retry.js",
} as const satisfies Library;

export const retryAsPromised = {
  package: "retry-as-promised",
  version: "not checked",
  category: ["resilience"],
  exports: {
    "default,retryAsPromised": wrapper({
      fn: 0,
      adds: ["retry", "deadline"],
      options: 1,
      deadline: { arg: 1, path: "timeout" },
      defaultDeadlineMs: null,
      retry: retries({
        attempts: 1,
        baseMs: 100,
        options: {
          attempts: { name: "max", counts: "attempts" },
          delay: "backoffBase",
          factor: "backoffExponent",
          predicate: "match",
          jitter: "backoffJitter",
        },
      }),
    }),
  },
  types: {},
  source: "retry-as-promised README",
} as const satisfies Library;

export const exponentialBackoff = {
  package: "exponential-backoff",
  version: "3.1.3",
  category: ["resilience"],
  exports: {
    "backOff,default": wrapper({
      fn: 0,
      adds: ["retry"],
      options: 1,
      retry: retries({
        attempts: 10,
        baseMs: 100,
        options: {
          attempts: { name: "numOfAttempts", counts: "attempts" },
          delay: "startingDelay",
          factor: "timeMultiple",
          cap: "maxDelay",
          jitter: "jitter",
          predicate: "retry",
        },
      }),
    }),
  },
  types: {},
  source: "exponential-backoff 3.1.3 src/options.ts",
} as const satisfies Library;

export const tsRetryPromise = {
  package: "ts-retry-promise",
  version: "0.6.0",
  category: ["resilience"],
  exports: {
    retry: wrapper({
      fn: 0,
      adds: ["retry", "deadline"],
      options: 1,
      deadline: { arg: 1, path: "timeout" },
      defaultDeadlineMs: 60_000,
      retry: retries({
        attempts: 11,
        growth: "none",
        baseMs: 100,
        options: {
          attempts: { name: "retries", counts: "retries" },
          delay: "delay",
          predicate: "retryIf",
          cap: "maxBackOff",
          delayFunction: "backoff",
        },
      }),
    }),
    retryDecorator: wrapper({
      fn: 0,
      adds: ["retry"],
      options: 1,
      returns: "function",
      retry: retries({
        attempts: 11,
        growth: "none",
        baseMs: 100,
        options: { attempts: { name: "retries", counts: "retries" }, delay: "delay", predicate: "retryIf" },
      }),
    }),
    wait: { is: "sleep", ms: 0 },
  },
  types: {},
  source: "ts-retry-promise 0.6.0 src/retry-promise.ts",
} as const satisfies Library;

export const attempt = {
  package: "@lifeomic/attempt",
  version: "not checked",
  category: ["resilience"],
  exports: {
    retry: wrapper({
      fn: 0,
      adds: ["retry"],
      options: 1,
      deadline: { arg: 1, path: "timeout" },
      retry: retries({
        attempts: 3,
        growth: "none",
        baseMs: 200,
        options: {
          attempts: { name: "maxAttempts", counts: "attempts" },
          delay: "delay",
          factor: "factor",
          cap: "maxDelay",
          jitter: "jitter",
          predicate: "handleError",
          delayFunction: "calculateDelay",
        },
      }),
    }),
    sleep: { is: "sleep", ms: 0 },
  },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const pTimeout = {
  package: "p-timeout",
  version: "7.0.2",
  category: ["resilience"],
  exports: {
    default: wrapper({ fn: 0, adds: ["deadline"], options: 1, deadline: { arg: 1, path: "milliseconds" } }),
    TimeoutError: pure,
  },
  types: {},
  source: "p-timeout 7.0.2 index.js",
} as const satisfies Library;

export const promiseTimeout = {
  package: "promise-timeout",
  version: "not checked",
  category: ["resilience"],
  exports: { timeout: wrapper({ fn: 0, adds: ["deadline"], deadline: { arg: 1 } }), TimeoutError: pure },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const pLimit = {
  package: "p-limit",
  version: "7.3.1",
  category: ["resilience"],
  exports: {
    default: factory("LimitFunction"),
    limitFunction: wrapper({ fn: 0, adds: ["bulkhead"], returns: "function" }),
    LimitFunction: classOf("LimitFunction"),
  },
  types: {
    LimitFunction: { call: limiterCall, methods: { map: wrapper({ fn: 1, adds: ["bulkhead"] }), clearQueue: pure } },
  },
  source: "p-limit 7.3.1 index.js",
} as const satisfies Library;

export const pMap = {
  package: "p-map",
  aliases: ["p-each-series", "p-map-series"],
  version: "7.0.6",
  category: ["resilience"],
  exports: {
    default: wrapper({ fn: 1, adds: ["bulkhead"] }),
    pMapIterable: wrapper({ fn: 1, adds: ["bulkhead"] }),
    pMapSkip: pure,
  },
  types: {},
  source: "p-map 7.0.6 index.js",
} as const satisfies Library;

export const pQueue = {
  package: "p-queue",
  version: "9.3.5",
  category: ["resilience"],
  exports: { default: classOf("PQueue", { options: 0 }) },
  types: {
    PQueue: {
      methods: {
        "add,addAll": wrapper({ fn: 0, adds: ["bulkhead"], options: 1, deadline: { arg: 1, path: "timeout" } }),
        "start,pause,clear,onEmpty,onIdle,onSizeLessThan,on,once,sizeBy": pure,
      },
    },
  },
  source: "p-queue 9.3.5 source/index.ts",
} as const satisfies Library;

export const bottleneck = {
  package: "bottleneck",
  version: "2.19.5",
  category: ["resilience"],
  exports: {
    default: classOf("Bottleneck", { options: 0, statics: { Group: classOf("BottleneckGroup", { options: 0 }) } }),
  },
  types: {
    Bottleneck: {
      methods: {
        schedule: wrapper({ fn: 0, adds: ["bulkhead"] }),
        submit: wrapper({ fn: 0, adds: ["bulkhead"] }),
        wrap: wrapper({ fn: 0, adds: ["bulkhead"], returns: "function" }),
        "on,once,stop,disconnect,counts,jobs,running,done,check,chain,updateSettings,incrementReservoir,currentReservoir,empty,ready":
          pure,
      },
    },
    BottleneckGroup: { methods: { key: factory("Bottleneck"), "on,keys,deleteKey": pure } },
  },
  source: "bottleneck 2.19.5 src/Bottleneck.coffee, README",
} as const satisfies Library;

export const asyncMutex = {
  package: "async-mutex",
  version: "not checked",
  category: ["resilience"],
  exports: {
    "Mutex,Semaphore": classOf("Mutex"),
    withTimeout: { is: "pass", arg: 0 },
  },
  types: {
    Mutex: {
      methods: {
        runExclusive: wrapper({ fn: 0, adds: ["bulkhead"] }),
        "acquire,release,waitForUnlock,isLocked,cancel": pure,
      },
    },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

const asyncTimes: RetryFacts = retries({
  attempts: 5,
  growth: "none",
  baseMs: 0,
  options: {
    attempts: { name: "times", counts: "attempts" },
    delay: "interval",
    delayFunction: "interval",
    predicate: "errorFilter",
  },
});
const asyncExports: Readonly<Record<string, Shape>> = {
  retry: wrapper({ fn: -1, adds: ["retry"], options: 0, retry: asyncTimes }),
  retryable: wrapper({ fn: -1, adds: ["retry"], options: 0, returns: "function", retry: asyncTimes }),
  timeout: wrapper({ fn: 0, adds: ["deadline"], deadline: { arg: 1 }, returns: "function" }),
  "mapLimit,eachLimit,forEachLimit,filterLimit,eachOfLimit": wrapper({ fn: 2, adds: ["bulkhead"] }),
  parallelLimit: wrapper({ fn: 0, adds: ["bulkhead"] }),
  "mapSeries,eachSeries,eachOfSeries,forEachSeries,filterSeries": wrapper({ fn: 1, adds: ["bulkhead"] }),
  "map,each,forEach,eachOf,filter": wrapper({ fn: 1, adds: [] }),
  "series,parallel,waterfall": wrapper({ fn: 0, adds: [] }),
};

export const asyncLibrary = {
  package: "async",
  aliases: ["async-es"],
  version: "3.2.6",
  category: ["resilience"],
  exports: asyncExports,
  types: {},
  source: "async 3.2.6 lib/retry.js, lib/timeout.js",
} as const satisfies Library;

export const promisePool = {
  package: "@supercharge/promise-pool",
  version: "3.3.0",
  category: ["resilience"],
  exports: {
    "PromisePool,default": classOf("PromisePool", {
      statics: { "for,withConcurrency,withTaskTimeout": factory("PromisePool") },
    }),
  },
  types: {
    PromisePool: {
      methods: {
        process: wrapper({ fn: 0, adds: ["bulkhead"] }),
        "for,withConcurrency,withTaskTimeout,handleError,useCorrespondingResults,onTaskStarted,onTaskFinished": self,
      },
    },
  },
  source: "promise-pool 3.3.0 src/promise-pool.ts",
} as const satisfies Library;

const mollitiaModule = (wrap: Omit<WrapFacts, "fn" | "options">): Shape =>
  classOf("Module", { options: 0, policy: { fn: -1, options: 0, ...wrap } });

export const mollitia = {
  package: "mollitia",
  version: "0.1.1",
  category: ["resilience"],
  exports: {
    Circuit: classOf("Circuit", { options: 0, policy: { fn: 0, fnPath: "func", adds: [], options: 0 } }),
    Retry: mollitiaModule({
      adds: ["retry"],
      retry: retries({
        attempts: 3,
        growth: "none",
        baseMs: 0,
        options: {
          attempts: { name: "attempts", counts: "retries" },
          delay: "interval",
          factor: "factor",
          cap: "maxInterval",
          jitter: "jitterAdjustment",
          predicate: "onRejection",
        },
      }),
    }),
    Timeout: mollitiaModule({ adds: ["deadline"], deadline: { arg: 0, path: "delay" }, defaultDeadlineMs: 60_000 }),
    Bulkhead: mollitiaModule({ adds: ["bulkhead"] }),
    Ratelimit: mollitiaModule({ adds: ["bulkhead"] }),
    Fallback: mollitiaModule({ adds: ["fallback"] }),
    "SlidingCountBreaker,SlidingTimeBreaker": mollitiaModule({ adds: ["breaker"] }),
    "BackoffMode,use": pure,
  },
  types: {
    Circuit: { methods: { execute: { is: "runs" }, fn: self, "on,activateDummy": pure } },
    Module: { methods: { on: pure } },
  },
  source: "mollitia 0.1.1 src/module/*.ts",
} as const satisfies Library;

export const brakes = {
  package: "brakes",
  version: "3.1.0",
  category: ["resilience"],
  exports: {
    default: classOf("Brakes", {
      options: 1,
      policy: {
        fn: 0,
        adds: ["breaker", "deadline"],
        options: 1,
        deadline: { arg: 1, path: "timeout" },
        defaultDeadlineMs: 15_000,
      },
    }),
  },
  types: {
    Brakes: {
      methods: {
        exec: { is: "runs" },
        fallback: wrapper({ fn: -1, adds: ["fallback"] }),
        "on,healthCheck,destroy,isOpen": pure,
      },
    },
  },
  breaker: { deadlineMs: 15_000, deadlineOption: "timeout" },
  source: "brakes 3.1.0 lib/Brakes.js",
} as const satisfies Library;

const serviceRetry: RetryFacts = retries({
  attempts: 4,
  growth: "custom",
  baseMs: 0,
  options: { attempts: { name: "maxRetries|attempts", counts: "retries" }, delay: "maxDelay|backoff" },
});

export const nestjsResilience = {
  package: "nestjs-resilience",
  version: "not checked",
  category: ["resilience"],
  exports: {
    UseResilience: { is: "decorator", means: { kind: "layer", wrap: { fn: -1, adds: [], options: 0 } } },
    RetryStrategy: classOf("Strategy", {
      options: 0,
      policy: { fn: -1, adds: ["retry"], options: 0, retry: serviceRetry },
    }),
    TimeoutStrategy: classOf("Strategy", {
      options: 0,
      policy: { fn: -1, adds: ["deadline"], deadline: { arg: 0, path: "timeout" } },
    }),
    CircuitBreakerStrategy: classOf("Strategy", { options: 0, policy: { fn: -1, adds: ["breaker"], options: 0 } }),
    "BulkheadStrategy,ThrottleStrategy": classOf("Strategy", {
      options: 0,
      policy: { fn: -1, adds: ["bulkhead"], options: 0 },
    }),
    FallbackStrategy: classOf("Strategy", { policy: { fn: -1, adds: ["fallback"] } }),
    ResilienceModule: pure,
  },
  types: { Strategy: { methods: {} } },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const dataloader = {
  package: "dataloader",
  version: "2.2.3",
  category: ["resilience"],
  exports: { default: classOf("DataLoader", { options: 1, policy: { fn: 0, adds: [] } }) },
  types: { DataLoader: { methods: { "load,loadMany": { is: "runs" }, "prime,clear,clearAll": self } } },
  source: "dataloader 2.2.3 src/index.js",
} as const satisfies Library;
