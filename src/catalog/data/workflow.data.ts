import type { Library, RetryFacts, Shape } from "../library.ts";
import {
  call,
  classOf,
  consumes,
  factory,
  instance,
  publishes,
  pure,
  request,
  retries,
  self,
  wrapper,
} from "../vocabulary.ts";

// ------------------------------------------------------------------------------------------------------- Temporal

const temporalRetry: RetryFacts = retries({
  attempts: "unbounded",
  baseMs: 1000,
  capMs: 100_000,
  everyError: true,
  unsafeMethods: true,
  options: {
    attempts: { name: "retry.maximumAttempts", counts: "attempts" },
    delay: "retry.initialInterval",
    factor: "retry.backoffCoefficient",
    cap: "retry.maximumInterval",
    predicate: "retry.nonRetryableErrorTypes",
    overall: "scheduleToCloseTimeout",
  },
});
const starts: Shape = request({
  method: "rpc",
  access: "write",
  idempotent: "unknown",
  target: { arg: 0 },
  options: 1,
});

export const temporal = {
  package: "@temporalio/workflow",
  version: "1.24.0",
  title: "Temporal",
  category: ["workflow"],
  exports: {
    "proxyActivities,proxyLocalActivities": factory("Activities", { options: 0, engine: temporalRetry }),
    "executeChild,startChild": request({
      method: "rpc",
      access: "write",
      idempotent: true,
      target: { arg: 0 },
      options: 1,
    }),
    sleep: { is: "sleep", ms: 0 },
    "condition,defineSignal,defineQuery,defineUpdate,setHandler,continueAsNew,workflowInfo,ApplicationFailure,CancellationScope,uuid4,patched,log,proxySinks,isCancellation":
      pure,
    "*": pure,
  },
  types: { Activities: { methods: { "*": request({ method: "activity", access: "write", idempotent: "unknown" }) } } },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "startToCloseTimeout", at: ["instance"], unit: "string", covers: "total" },
      { name: "scheduleToCloseTimeout", at: ["instance"], unit: "string", covers: "total" },
      { name: "heartbeatTimeout", at: ["instance"], unit: "string", covers: "idle" },
      { name: "workflowExecutionTimeout", at: ["call"], unit: "string", covers: "total" },
      { name: "workflowRunTimeout", at: ["call"], unit: "string", covers: "total" },
    ],
  },
  retry: temporalRetry,
  source: "@temporalio/workflow 1.24.0 src/workflow.ts, @temporalio/common src/activity-options.ts",
} as const satisfies Library;

export const temporalClient = {
  package: "@temporalio/client",
  aliases: ["nestjs-temporal"],
  version: "1.24.0",
  title: "Temporal",
  category: ["workflow"],
  exports: {
    "Client,WorkflowClient": classOf("Client", { options: 0 }),
    Connection: classOf("Connection", {
      statics: {
        "connect,lazy": call({
          effect: "connect",
          access: "none",
          target: { arg: 0, path: "address" },
          options: 0,
          yields: "Connection",
        }),
      },
    }),
    WorkflowHandle: classOf("Handle"),
    "*": pure,
  },
  types: {
    Connection: { methods: { "*": pure } },
    Client: {
      methods: {
        "start,execute,signalWithStart,startUpdateWithStart": starts,
        getHandle: factory("Handle", { target: { arg: 0 } }),
      },
      properties: { workflow: { type: "Client" }, schedule: { type: "Schedules" } },
    },
    Handle: {
      methods: {
        "signal,cancel,terminate,executeUpdate,startUpdate": request({
          method: "rpc",
          access: "write",
          idempotent: "unknown",
        }),
        "query,describe,fetchHistory": request({ method: "rpc", access: "read", idempotent: true }),
        result: pure,
      },
    },
    Schedules: { methods: { create: request({ method: "rpc", access: "write", idempotent: true }), "*": pure } },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 10_000,
    options: [
      { name: "workflowExecutionTimeout", at: ["call"], unit: "string", covers: "total" },
      { name: "workflowRunTimeout", at: ["call"], unit: "string", covers: "total" },
    ],
  },
  source: "@temporalio/client 1.24.0 src/workflow-client.ts",
} as const satisfies Library;

export const temporalWorker = {
  package: "@temporalio/worker",
  aliases: ["@temporalio/activity", "@temporalio/common", "@temporalio/testing"],
  version: "1.24.0",
  title: "Temporal",
  category: ["workflow"],
  exports: {
    Worker: classOf("Worker", {
      statics: {
        create: consumes({
          target: { arg: 0, path: "taskQueue" },
          handlerAt: { arg: 0, path: "activities" },
          options: 0,
          yields: "Worker",
        }),
        runReplayHistory: pure,
      },
    }),
    NativeConnection: classOf("Connection", {
      statics: {
        connect: call({ effect: "connect", access: "none", target: { arg: 0, path: "address" }, yields: "Connection" }),
      },
    }),
    sleep: { is: "sleep", ms: 0 },
    "*": pure,
  },
  types: { Worker: { methods: { "run,runUntil,shutdown,getState": pure } }, Connection: { methods: { close: pure } } },
  source: "@temporalio/worker 1.24.0 src/worker.ts",
} as const satisfies Library;

// -------------------------------------------------------------------------------------------------------- Restate

const restateCall: Shape = request({ method: "rpc", access: "write", idempotent: true });

export const restate = {
  package: "@restatedev/restate-sdk",
  aliases: ["@restatedev/restate-sdk-clients", "@restatedev/restate-sdk-cloudflare-workers"],
  version: "1.14.1",
  title: "Restate",
  category: ["workflow"],
  exports: {
    "service,object,workflow": call({
      effect: "route",
      access: "none",
      method: "rpc",
      handlerAt: { arg: 0, path: "handlers" },
      params: ["Context"],
      returns: "value",
    }),
    "Context,ObjectContext,WorkflowContext,ObjectSharedContext,WorkflowSharedContext": classOf("Context"),
    endpoint: factory("Endpoint"),
    serve: call({ effect: "listen", access: "none", target: { arg: 0, path: "port" } }),
    connect: factory("Ingress", { options: 0, target: { arg: 0, path: "url" } }),
    "*": pure,
  },
  types: {
    Endpoint: {
      methods: {
        "bind,withIdentityV1": self,
        listen: call({ effect: "listen", access: "none", target: { arg: 0 } }),
        "handler,http2Handler,lambdaHandler": pure,
      },
    },
    Ingress: {
      methods: { "serviceClient,objectClient,workflowClient,serviceSendClient,objectSendClient": factory("Remote") },
    },
    Context: {
      methods: {
        run: wrapper({
          fn: -1,
          adds: ["retry"],
          options: 2,
          retry: retries({
            attempts: "unbounded",
            baseMs: 50,
            capMs: 10_000,
            options: {
              attempts: { name: "maxRetryAttempts", counts: "attempts" },
              delay: "initialRetryInterval",
              cap: "maxRetryInterval",
              factor: "retryIntervalFactor",
            },
          }),
        }),
        sleep: { is: "sleep", ms: 0 },
        "serviceClient,objectClient,workflowClient,serviceSendClient,objectSendClient": factory("Remote"),
        "genericCall,genericSend": restateCall,
        "get,set,clear,clearAll,stateKeys,awakeable,resolveAwakeable,rejectAwakeable,promise,rand,date": pure,
      },
    },
    Remote: { methods: { "*": restateCall } },
  },
  source: "@restatedev/restate-sdk 1.14.1 src/context.ts",
} as const satisfies Library;

// ----------------------------------------------------------------------------------------- Inngest and Trigger.dev

const stepRetry = retries({ attempts: 5, jitter: true, options: { attempts: { name: "retries", counts: "retries" } } });

export const inngest = {
  package: "inngest",
  version: "4.18.1",
  title: "Inngest",
  category: ["workflow", "queue"],
  exports: {
    Inngest: classOf("Inngest", { options: 0 }),
    "serve,NonRetriableError,RetryAfterError,EventSchemas": pure,
    "*": pure,
  },
  types: {
    Inngest: {
      methods: {
        createFunction: consumes({ handler: -1, options: 0, target: { arg: 1, path: "event|cron" }, returns: "value" }),
        send: publishes({ target: { arg: 0, path: "name" } }),
      },
    },
    Step: {
      methods: {
        run: wrapper({ fn: 1, adds: ["retry"], retry: stepRetry }),
        "sendEvent,invoke": publishes({ target: { arg: 0 } }),
        "sleep,sleepUntil,waitForEvent": pure,
      },
    },
  },
  retry: stepRetry,
  source: "Inngest documentation: retries, steps",
} as const satisfies Library;

export const triggerDev = {
  package: "@trigger.dev/sdk",
  version: "not checked",
  title: "Trigger.dev",
  category: ["workflow"],
  exports: {
    "task,schemaTask": consumes({
      target: { arg: 0, path: "id" },
      handlerAt: { arg: 0, path: "run" },
      options: 0,
      returns: "value",
      yields: "Task",
    }),
    schedules: {
      is: "namespace",
      members: {
        task: call({
          effect: "schedule",
          access: "none",
          handlerAt: { arg: 0, path: "run" },
          target: { arg: 0, path: "cron" },
          returns: "value",
        }),
      },
    },
    tasks: { is: "namespace", members: { "trigger,batchTrigger,triggerAndWait": publishes({ target: { arg: 0 } }) } },
    wait: { is: "namespace", members: { for: pure, until: pure } },
    retry: {
      is: "namespace",
      members: {
        onThrow: wrapper({
          fn: 0,
          adds: ["retry"],
          options: 1,
          retry: retries({
            options: {
              attempts: { name: "maxAttempts", counts: "attempts" },
              delay: "minTimeoutInMs",
              cap: "maxTimeoutInMs",
              factor: "factor",
              jitter: "randomize",
            },
          }),
        }),
      },
    },
    "*": pure,
  },
  types: { Task: { methods: { "trigger,batchTrigger,triggerAndWait": publishes() } } },
  retry: retries({
    attempts: 3,
    jitter: true,
    options: {
      attempts: { name: "retry.maxAttempts", counts: "attempts" },
      delay: "retry.minTimeoutInMs",
      cap: "retry.maxTimeoutInMs",
    },
  }),
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

// ---------------------------------------------------------------------------------------------------- schedulers

const scheduled = { effect: "schedule", access: "none", returns: "value" } as const;

export const nodeCron = {
  package: "node-cron",
  version: "4.5.0",
  category: ["scheduler"],
  exports: {
    default: instance("Cron"),
    schedule: call({ ...scheduled, target: { arg: 0 }, handler: 1, options: 2 }),
    validate: pure,
  },
  types: {
    Cron: {
      methods: {
        schedule: call({ ...scheduled, target: { arg: 0 }, handler: 1, options: 2 }),
        "validate,getTasks": pure,
      },
    },
  },
  source: "node-cron 4.5.0 README",
} as const satisfies Library;

export const cron = {
  package: "cron",
  version: "4.4.0",
  category: ["scheduler"],
  exports: {
    CronJob: classOf("CronJob", {
      opens: { effect: "schedule", access: "none", idempotent: true, target: { arg: 0 }, handler: 1, returns: "value" },
      statics: {
        from: call({
          ...scheduled,
          target: { arg: 0, path: "cronTime" },
          handlerAt: { arg: 0, path: "onTick" },
          yields: "CronJob",
        }),
      },
    }),
    "CronTime,sendAt,timeout": pure,
  },
  types: { CronJob: { methods: { "start,stop,fireOnTick,setTime,nextDate,nextDates,addCallback": pure } } },
  source: "cron 4.4.0 README",
} as const satisfies Library;

export const croner = {
  package: "croner",
  version: "11.0.0",
  category: ["scheduler"],
  exports: {
    "Cron,default": classOf("Cron", {
      opens: {
        effect: "schedule",
        access: "none",
        idempotent: true,
        target: { arg: 0 },
        handler: -1,
        returns: "value",
      },
    }),
  },
  types: {
    Cron: { methods: { schedule: call({ ...scheduled, handler: 0 }), "stop,pause,resume,nextRun,trigger": pure } },
  },
  source: "croner documentation",
} as const satisfies Library;

export const nodeSchedule = {
  package: "node-schedule",
  version: "2.1.1",
  category: ["scheduler"],
  exports: {
    scheduleJob: call({ ...scheduled, target: { arg: 0 }, handler: -1 }),
    default: {
      is: "namespace",
      members: { scheduleJob: call({ ...scheduled, target: { arg: 0 }, handler: -1 }), "*": pure },
    },
    "*": pure,
  },
  types: {},
  source: "node-schedule 2.1.1 README",
} as const satisfies Library;

export const bree = {
  package: "bree",
  aliases: ["toad-scheduler"],
  version: "not checked",
  category: ["scheduler"],
  exports: {
    default: classOf("Bree", { options: 0 }),
    "AsyncTask,Task": classOf("Task", {
      opens: { effect: "schedule", access: "none", idempotent: true, target: { arg: 0 }, handler: 1, returns: "value" },
    }),
    "*": pure,
  },
  types: { Bree: { methods: { "start,stop,run,add,remove": pure } }, Task: { methods: { execute: pure } } },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

// ------------------------------------------------------------------------------------------------- configuration

const environment: Shape = { is: "environment", name: 0, default: 1 };

export const nodeConfig = {
  package: "config",
  aliases: ["nconf", "env-var", "rc"],
  version: "not checked",
  category: ["framework"],
  exports: { default: instance("Config"), "get,from": environment, env: instance("Config"), "*": pure },
  types: {
    Config: {
      call: factory("Config"),
      methods: {
        get: environment,
        "has,required,asString,asUrlString,asInt,asPortNumber,asBool,default,asIntPositive,load,loadFile,validate,file,argv,env,use,defaults,getProperties,from":
          self,
      },
    },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const envalid = {
  package: "envalid",
  aliases: ["dotenv", "dotenv-flow", "dotenv-expand", "@t3-oss/env-core", "@temporalio/envconfig"],
  version: "not checked",
  category: ["framework"],
  exports: { "*": pure },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

// ------------------------------------------------------------------------------------------------ health and limits

export const terminus = {
  package: "@godaddy/terminus",
  aliases: ["lightship", "stoppable", "http-terminator", "@fastify/under-pressure"],
  version: "4.12.0",
  category: ["health"],
  exports: {
    createTerminus: call({
      effect: "route",
      access: "none",
      method: "GET",
      handlerAt: { arg: 1, path: "healthChecks" },
      returns: "value",
    }),
    "*": pure,
  },
  types: {},
  source: "@godaddy/terminus README",
} as const satisfies Library;

export const tracing = {
  package: "@opentelemetry/api",
  aliases: ["@opentelemetry/*", "dd-trace", "@sentry/*", "newrelic", "elastic-apm-node"],
  version: "1.9.0",
  category: ["tracing"],
  exports: {
    startSpan: wrapper({ fn: 1, adds: [] }),
    "withScope,startTransaction,captureException,captureMessage": pure,
    trace: instance("Trace"),
    context: instance("Context"),
    "*": pure,
  },
  types: {
    Trace: { methods: { getTracer: factory("Tracer"), "*": pure } },
    Tracer: { methods: { startActiveSpan: wrapper({ fn: -1, adds: [] }), startSpan: pure } },
    Context: { methods: { with: wrapper({ fn: 1, adds: [] }), "active,bind": pure } },
  },
  source: "OpenTelemetry JS documentation",
} as const satisfies Library;

export const asyncHooks = {
  package: "node:async_hooks",
  aliases: ["async_hooks", "nestjs-cls", "cls-hooked"],
  version: "not checked",
  category: ["framework"],
  exports: {
    "AsyncLocalStorage,ClsService": classOf("AsyncLocalStorage"),
    "createNamespace,getNamespace": factory("AsyncLocalStorage"),
    AsyncResource: pure,
    ClsModule: { is: "module", provides: "AsyncLocalStorage", registers: {} },
    "*": pure,
  },
  types: {
    AsyncLocalStorage: {
      methods: {
        "run,runWith,runPromise,runAndReturn": wrapper({ fn: -1, adds: [] }),
        "getStore,get,set,getId,enterWith,exit": pure,
      },
    },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const nestExtras = {
  package: "@nestjs/throttler",
  aliases: [
    "@nestjs/jwt",
    "@nestjs/passport",
    "@nestjs/swagger",
    "@nestjs/testing",
    "@nestjs/mapped-types",
    "@nestjs/platform-express",
    "@nestjs/platform-fastify",
    "@nestjs/platform-socket.io",
  ],
  version: "6.5.1",
  category: ["framework"],
  exports: { PassportStrategy: factory("Strategy"), AuthGuard: pure, "*": pure },
  types: { Strategy: { methods: {}, calls: { validate: "request" } } },
  source: "NestJS documentation",
} as const satisfies Library;
