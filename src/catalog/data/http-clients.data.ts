import type { Library, RetryFacts, Shape } from "../library.ts";
import { classOf, factory, instance, pure, request, retries, self, verbs, wrapper } from "../vocabulary.ts";

const url = { arg: 0, path: "url" } as const;
const fetchCall = request({ target: url, methodAt: { arg: 1, path: "method" }, options: 1, yields: "Response" });
const fetchTypes = {
  Response: { methods: { "json,text,arrayBuffer,blob,formData,bytes,clone": pure } },
} as const;
const signal = { name: "signal", at: ["call"], unit: "signal", covers: "total" } as const;

export const fetchGlobal = {
  package: "global",
  version: "node 20.20.2",
  title: "fetch",
  category: ["http-client"],
  exports: {
    fetch: fetchCall,
    AbortSignal: {
      is: "namespace",
      members: { timeout: { is: "deadline-signal", ms: 0 }, any: { is: "pass", arg: 0 }, abort: pure },
    },
    AbortController: classOf("AbortController"),
    setTimeout: { is: "timer", fn: 0, ms: 1, repeats: false },
    setInterval: { is: "timer", fn: 0, ms: 1, repeats: true },
    "setImmediate,queueMicrotask": { is: "timer", fn: 0, repeats: false },
    "clearTimeout,clearInterval,clearImmediate": pure,
    "Request,Headers,FormData,URL,URLSearchParams,Buffer": pure,
    Response: classOf("Response"),
  },
  types: { ...fetchTypes, AbortController: { methods: { abort: pure } } },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [signal],
    ignored: [
      { name: "timeout", at: "call", why: "The Fetch standard has no such option; it is dropped without a word." },
    ],
  },
  source: "undici Client docs (headersTimeout, bodyTimeout), Fetch standard RequestInit, measured on node 20",
} as const satisfies Library;

export const axios = {
  package: "axios",
  version: "1.21.1",
  base: "baseURL",
  category: ["http-client"],
  exports: {
    default: instance("AxiosStatic"),
    "AxiosInstance,AxiosStatic": classOf("AxiosInstance"),
    Axios: classOf("AxiosInstance", { options: 0, target: { arg: 0, path: "baseURL" } }),
    create: factory("AxiosInstance", { options: 0, target: { arg: 0, path: "baseURL" } }),
    "isAxiosError,AxiosError,isCancel,all,spread,CancelToken,mergeConfig,toFormData,AxiosHeaders,HttpStatusCode": pure,
  },
  types: {
    AxiosStatic: {
      extends: "AxiosInstance",
      methods: {
        create: factory("AxiosInstance", { options: 0, target: { arg: 0, path: "baseURL" } }),
        "isAxiosError,isCancel,spread,toFormData,mergeConfig": pure,
        all: { is: "pass", arg: 0 },
      },
    },
    AxiosInstance: {
      call: request({ target: url, methodAt: { arg: 0, path: "method" }, options: 0 }),
      defaults: "defaults",
      methods: {
        ...verbs({ bare: 1, body: 2 }),
        request: request({ target: url, methodAt: { arg: 0, path: "method" }, options: 0 }),
        postForm: request({ method: "POST", access: "write", idempotent: false, target: url, options: 2 }),
        putForm: request({ method: "PUT", access: "write", idempotent: true, target: url, options: 2 }),
        patchForm: request({ method: "PATCH", access: "write", idempotent: false, target: url, options: 2 }),
        create: factory("AxiosInstance", { options: 0, target: { arg: 0, path: "baseURL" } }),
        getUri: pure,
      },
      properties: { interceptors: { type: "Interceptors" } },
    },
    Interceptors: { methods: {}, properties: { "request,response": { type: "InterceptorList" } } },
    InterceptorList: { methods: { "use,eject,clear": pure } },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call", "instance", "defaults"], unit: "ms", covers: "response", off: [0] },
      { name: "signal", at: ["call", "instance"], unit: "signal", covers: "total" },
      { name: "httpAgent", at: ["call", "instance", "defaults"], unit: "agent", covers: "response" },
      { name: "httpsAgent", at: ["call", "instance", "defaults"], unit: "agent", covers: "response" },
    ],
  },
  source: "axios 1.21.1 lib/defaults/index.js, lib/adapters/http.js",
} as const satisfies Library;

export const angularHttp = {
  package: "@angular/common",
  version: "not checked",
  title: "Angular's HttpClient",
  category: ["http-client"],
  exports: {
    HttpClient: classOf("HttpClient"),
    "*": pure,
  },
  types: {
    HttpClient: {
      methods: {
        ...verbs({ bare: 1, body: 2 }, { returns: "observable" }),
        request: request({ target: { arg: 1 }, methodAt: { arg: 0 }, options: 2, returns: "observable" }),
      },
    },
  },
  timeout: { byDefault: "never", defaultMs: null, options: [] },
  source: "Angular documentation: HttpClient; not checked against a version",
} as const satisfies Library;

export const angularCore = {
  package: "@angular/core",
  version: "not checked",
  category: ["framework"],
  exports: {
    Injectable: { is: "decorator", means: { kind: "injectable" } },
    inject: { is: "resolved", arg: 0 },
    "*": pure,
  },
  types: {},
  source: "Angular documentation: dependency injection; not checked against a version",
} as const satisfies Library;

export const axiosRetry = {
  package: "axios-retry",
  version: "4.5.0",
  category: ["resilience"],
  exports: {
    default: {
      is: "attaches",
      instance: 0,
      wrap: {
        fn: 0,
        adds: ["retry"],
        options: 1,
        retry: retries({
          attempts: 4,
          growth: "none",
          baseMs: 0,
          everyError: false,
          unsafeMethods: false,
          options: {
            attempts: { name: "retries", counts: "retries" },
            delayFunction: "retryDelay",
            predicate: "retryCondition",
          },
        }),
      },
    },
    "exponentialDelay,linearDelay,isNetworkError,isRetryableError,isNetworkOrIdempotentRequestError,isIdempotentRequestError":
      pure,
  },
  types: {},
  source: "axios-retry 4.5.0 src/index.ts",
} as const satisfies Library;

export const retryAxios = {
  package: "retry-axios",
  version: "4.0.3",
  category: ["resilience"],
  exports: {
    attach: {
      is: "attaches",
      instance: 0,
      wrap: {
        fn: 0,
        adds: ["retry"],
        retry: retries({
          attempts: 4,
          baseMs: 100,
          everyError: false,
          unsafeMethods: false,
          options: { attempts: { name: "raxConfig.retry", counts: "retries" } },
        }),
      },
    },
    "detach,getConfig,shouldRetryRequest": pure,
  },
  types: {},
  source: "retry-axios 4.0.3 src/index.ts",
} as const satisfies Library;

export const agentKeepAlive = {
  package: "agentkeepalive",
  version: "4.6.0",
  category: ["http-client"],
  exports: { "default,HttpAgent,HttpsAgent": classOf("Agent", { options: 0 }), constants: pure },
  types: { Agent: { methods: { "*": pure } } },
  // A socket that stays silent so long is destroyed, and the request on it fails.
  timeout: { byDefault: "bounded", defaultMs: 8_000, options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "response" }] },
  source: "agentkeepalive 4.6.0 lib/agent.js",
} as const satisfies Library;

export const nodeFetch = {
  package: "node-fetch",
  aliases: ["cross-fetch", "isomorphic-fetch", "isomorphic-unfetch", "node-fetch-native"],
  version: "3.3.2",
  category: ["http-client"],
  exports: {
    "default,fetch": fetchCall,
    Response: classOf("Response"),
    "Request,Headers,FetchError,AbortError,FormData,Blob": pure,
  },
  types: fetchTypes,
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      signal,
      { name: "timeout", at: ["call"], unit: "ms", covers: "total", versions: "<3", off: [0] },
      { name: "agent", at: ["call"], unit: "agent", covers: "response" },
    ],
    ignored: [
      {
        name: "timeout",
        at: "call",
        versions: ">=3",
        why: "Version 3 dropped the option; only `signal` ends the call.",
      },
    ],
  },
  source: "node-fetch 3.3.2 src/index.js, 2.x README",
} as const satisfies Library;

export const fetchRetry = {
  package: "fetch-retry",
  version: "6.0.0",
  category: ["resilience"],
  exports: {
    default: {
      is: "wrapper",
      wrap: {
        fn: 0,
        adds: ["retry"],
        options: 1,
        returns: "function",
        retry: retries({
          attempts: 4,
          growth: "none",
          baseMs: 1000,
          everyError: false,
          unsafeMethods: true,
          options: { attempts: { name: "retries", counts: "retries" }, delay: "retryDelay", predicate: "retryOn" },
        }),
      },
    },
  },
  types: {},
  source: "fetch-retry 6.0.0 index.js",
} as const satisfies Library;

export const undici = {
  package: "undici",
  version: "7.30.2",
  category: ["http-client", "resilience"],
  exports: {
    fetch: fetchCall,
    request: request({ target: { arg: 0, path: "origin|path" }, methodAt: { arg: 1, path: "method" }, options: 1 }),
    "stream,pipeline": request({
      target: { arg: 0, path: "origin|path" },
      methodAt: { arg: 1, path: "method" },
      options: 1,
      returns: "stream",
    }),
    "Client,Pool,BalancedPool": classOf("Dispatcher", { options: 1, target: { arg: 0 } }),
    "Agent,EnvHttpProxyAgent": classOf("Dispatcher", { options: 0 }),
    Dispatcher: classOf("Dispatcher"),
    ProxyAgent: classOf("Dispatcher", { options: 0 }),
    RetryAgent: classOf("Dispatcher", {
      policy: {
        fn: 0,
        adds: ["retry"],
        options: 1,
        retry: retries({
          attempts: 6,
          baseMs: 500,
          capMs: 30_000,
          everyError: false,
          unsafeMethods: false,
          options: {
            attempts: { name: "maxRetries", counts: "retries" },
            delay: "minTimeout",
            cap: "maxTimeout",
            factor: "timeoutFactor",
          },
        }),
      },
    }),
    "setGlobalDispatcher,getGlobalDispatcher,FormData,Headers,Request,errors,interceptors,MockAgent": pure,
    Response: classOf("Response"),
  },
  types: {
    ...fetchTypes,
    Dispatcher: {
      methods: {
        request: request({ target: { arg: 0, path: "path" }, methodAt: { arg: 0, path: "method" }, options: 0 }),
        "stream,pipeline": request({
          target: { arg: 0, path: "path" },
          methodAt: { arg: 0, path: "method" },
          options: 0,
          returns: "stream",
        }),
        dispatch: request({
          target: { arg: 0, path: "path" },
          methodAt: { arg: 0, path: "method" },
          options: 0,
          returns: "value",
        }),
        "compose,on,once": self,
        "close,destroy": pure,
      },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [
      { name: "headersTimeout", at: ["call", "instance"], unit: "ms", covers: "response", off: [0] },
      { name: "bodyTimeout", at: ["call", "instance"], unit: "ms", covers: "idle", off: [0] },
      { name: "connectTimeout", at: ["instance"], unit: "ms", covers: "connect" },
      signal,
    ],
    ignored: [
      { name: "timeout", at: "call", why: "undici reads headersTimeout, bodyTimeout and signal; timeout is not read." },
    ],
  },
  source: "undici 7.30.2 lib/dispatcher/client.js, lib/handler/retry-handler.js",
} as const satisfies Library;

const gotRetry: RetryFacts = retries({
  attempts: 3,
  baseMs: 1000,
  jitter: true,
  everyError: false,
  unsafeMethods: false,
  options: {
    attempts: { name: "retry.limit|retry", counts: "retries" },
    cap: "retry.backoffLimit",
    delayFunction: "retry.calculateDelay",
    decidedBy: "computedValue",
    predicate: "retry.statusCodes",
    jitter: "retry.noise",
  },
});

export const got = {
  package: "got",
  version: "14.6.6",
  base: "prefixUrl",
  category: ["http-client"],
  exports: {
    "default,got": instance("Got"),
    Got: classOf("Got"),
    "HTTPError,RequestError,TimeoutError,Options,create": pure,
  },
  types: {
    Got: {
      call: request({ target: url, methodAt: { arg: 1, path: "method" }, options: 1, yields: "GotPromise" }),
      defaults: "defaults.options",
      methods: {
        ...verbs({ bare: 1, body: 1 }, { yields: "GotPromise" }),
        extend: factory("Got", { options: 0, target: { arg: 0, path: "prefixUrl" } }),
        stream: request({ target: url, options: 1, returns: "stream" }),
        paginate: request({
          method: "GET",
          access: "read",
          idempotent: true,
          target: url,
          options: 1,
          returns: "stream",
        }),
      },
      properties: { "stream,paginate": { type: "Got" } },
    },
    GotPromise: { methods: { "json,text,buffer,on": self, cancel: pure } },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout.request", at: ["call", "instance"], unit: "ms", covers: "total" },
      { name: "timeout.response", at: ["call", "instance"], unit: "ms", covers: "response" },
      { name: "timeout", at: ["call", "instance"], unit: "ms", covers: "total", versions: "<12" },
      { name: "timeout.connect", at: ["call", "instance"], unit: "ms", covers: "connect" },
      { name: "timeout.socket", at: ["call", "instance"], unit: "ms", covers: "idle" },
      { name: "signal", at: ["call", "instance"], unit: "signal", covers: "total" },
    ],
  },
  retry: gotRetry,
  source: "got 14.6.6 source/core/options.ts, documentation/6-timeout.md, 7-retry.md",
} as const satisfies Library;

export const ky = {
  package: "ky",
  aliases: ["ky-universal"],
  version: "1.14.3",
  base: "prefixUrl|prefix",
  category: ["http-client"],
  exports: { default: instance("KyInstance"), KyInstance: classOf("KyInstance"), "HTTPError,TimeoutError": pure },
  types: {
    KyInstance: {
      call: request({ target: url, methodAt: { arg: 1, path: "method" }, options: 1, yields: "ResponsePromise" }),
      methods: {
        ...verbs({ bare: 1, body: 1 }, { yields: "ResponsePromise" }),
        "create,extend": factory("KyInstance", { options: 0, target: { arg: 0, path: "prefixUrl|prefix" } }),
      },
    },
    ResponsePromise: { methods: { "json,text,blob,arrayBuffer,formData": self } },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 10_000,
    options: [
      { name: "timeout", at: ["call", "instance"], unit: "ms", covers: "total", off: [false] },
      { name: "signal", at: ["call", "instance"], unit: "signal", covers: "total" },
    ],
  },
  retry: retries({
    attempts: 3,
    baseMs: 300,
    everyError: false,
    unsafeMethods: false,
    options: {
      attempts: { name: "retry.limit|retry", counts: "retries" },
      cap: "retry.backoffLimit",
      delayFunction: "retry.delay",
      jitter: "retry.jitter",
      predicate: "retry.shouldRetry",
    },
  }),
  source: "ky 1.14.3 source/core/constants.ts, source/utils/normalize.ts",
} as const satisfies Library;

const superagentVerbs: Readonly<Record<string, Shape>> = {
  ...verbs({ bare: 0, body: 0 }, { returns: "builder", yields: "SuperAgentRequest" }),
  del: request({
    method: "DELETE",
    access: "write",
    idempotent: true,
    target: { arg: 0 },
    returns: "builder",
    yields: "SuperAgentRequest",
  }),
};

export const superagent = {
  package: "superagent",
  version: "10.4.2",
  category: ["http-client"],
  exports: { default: instance("SuperAgentStatic"), ...superagentVerbs, agent: factory("SuperAgentStatic") },
  types: {
    SuperAgentStatic: {
      call: request({ methodAt: { arg: 0 }, target: { arg: 1 }, returns: "builder", yields: "SuperAgentRequest" }),
      methods: { ...superagentVerbs, agent: factory("SuperAgentStatic") },
    },
    SuperAgentRequest: {
      methods: {
        timeout: wrapper({ fn: -1, adds: ["deadline"], options: 0, deadline: { arg: 0, path: "deadline|response" } }),
        retry: wrapper({
          fn: -1,
          adds: ["retry"],
          options: 0,
          retry: retries({
            byDefault: false,
            attempts: 2,
            growth: "none",
            baseMs: 0,
            everyError: false,
            unsafeMethods: true,
            options: { attempts: { name: "", counts: "retries" } },
          }),
        }),
        "then,catch,finally,end,abort": pure,
        "*": self,
      },
    },
  },
  timeout: { byDefault: "never", defaultMs: null, options: [] },
  source: "superagent 10.4.2 src/request-base.js",
} as const satisfies Library;

const requestVerbs: Readonly<Record<string, Shape>> = {
  ...verbs({ bare: 0, body: 0 }, { target: { arg: 0, path: "url|uri" }, callback: -1, returns: "emitter" }),
  del: request({
    method: "DELETE",
    access: "write",
    idempotent: true,
    target: { arg: 0, path: "url|uri" },
    options: 0,
    callback: -1,
    returns: "emitter",
  }),
};

export const requestLibrary = {
  package: "request",
  aliases: ["request-promise", "request-promise-native", "requestretry"],
  version: "not checked",
  category: ["http-client"],
  exports: { default: instance("Request") },
  types: {
    Request: {
      call: request({
        target: { arg: 0, path: "url|uri" },
        methodAt: { arg: 0, path: "method" },
        options: 0,
        callback: -1,
        returns: "emitter",
      }),
      methods: {
        ...requestVerbs,
        defaults: factory("Request", { options: 0, target: { arg: 0, path: "baseUrl" } }),
        "jar,cookie": pure,
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "timeout", at: ["call", "instance"], unit: "ms", covers: "response" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const needle = {
  package: "needle",
  version: "3.5.0",
  category: ["http-client"],
  exports: { default: instance("Needle") },
  types: {
    Needle: {
      call: request({ methodAt: { arg: 0 }, target: { arg: 1 }, options: 3 }),
      defaults: "defaults",
      methods: {
        ...verbs({ bare: 1, body: 2 }, { callback: -1 }),
        request: request({ methodAt: { arg: 0 }, target: { arg: 1 }, options: 3, callback: -1 }),
        defaults: pure,
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "response_timeout", at: ["call", "defaults"], unit: "ms", covers: "response", off: [0] },
      { name: "read_timeout", at: ["call", "defaults"], unit: "ms", covers: "idle", off: [0] },
      { name: "open_timeout", at: ["call", "defaults"], unit: "ms", covers: "connect", off: [0] },
      { name: "timeout", at: ["call", "defaults"], unit: "ms", covers: "connect", off: [0] },
      signal,
    ],
  },
  source: "needle 3.5.0 lib/needle.js",
} as const satisfies Library;

export const ofetch = {
  package: "ofetch",
  version: "1.5.1",
  base: "baseURL",
  category: ["http-client"],
  exports: { "ofetch,$fetch,default": instance("$Fetch"), FetchError: pure, createFetch: factory("$Fetch") },
  types: {
    $Fetch: {
      call: request({ target: url, methodAt: { arg: 1, path: "method" }, options: 1 }),
      methods: {
        raw: request({ target: url, methodAt: { arg: 1, path: "method" }, options: 1 }),
        native: request({ target: url, methodAt: { arg: 1, path: "method" }, options: 1 }),
        create: factory("$Fetch", { options: 0, target: { arg: 0, path: "baseURL" } }),
      },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [
      { name: "timeout", at: ["call", "instance"], unit: "ms", covers: "total" },
      { name: "signal", at: ["call", "instance"], unit: "signal", covers: "total" },
    ],
  },
  retry: retries({
    attempts: 2,
    growth: "none",
    baseMs: 0,
    everyError: false,
    unsafeMethods: false,
    options: { attempts: { name: "retry", counts: "retries" }, delay: "retryDelay", predicate: "retryStatusCodes" },
  }),
  source: "ofetch 1.5.1 src/fetch.ts",
} as const satisfies Library;

const wretchVerbs: Readonly<Record<string, Shape>> = {
  get: request({
    method: "GET",
    access: "read",
    idempotent: true,
    target: { arg: 0 },
    returns: "builder",
    yields: "WretchResponse",
  }),
  head: request({
    method: "HEAD",
    access: "read",
    idempotent: true,
    target: { arg: 0 },
    returns: "builder",
    yields: "WretchResponse",
  }),
  opts: request({
    method: "OPTIONS",
    access: "read",
    idempotent: true,
    target: { arg: 0 },
    returns: "builder",
    yields: "WretchResponse",
  }),
  delete: request({
    method: "DELETE",
    access: "write",
    idempotent: true,
    target: { arg: 0 },
    returns: "builder",
    yields: "WretchResponse",
  }),
  post: request({
    method: "POST",
    access: "write",
    idempotent: false,
    target: { arg: 1 },
    returns: "builder",
    yields: "WretchResponse",
  }),
  put: request({
    method: "PUT",
    access: "write",
    idempotent: true,
    target: { arg: 1 },
    returns: "builder",
    yields: "WretchResponse",
  }),
  patch: request({
    method: "PATCH",
    access: "write",
    idempotent: false,
    target: { arg: 1 },
    returns: "builder",
    yields: "WretchResponse",
  }),
};

export const wretch = {
  package: "wretch",
  version: "3.0.9",
  category: ["http-client"],
  exports: { default: factory("Wretch", { target: { arg: 0 }, options: 1 }) },
  types: {
    Wretch: { methods: { ...wretchVerbs, fetchController: pure, "*": self } },
    WretchResponse: {
      methods: { setTimeout: wrapper({ fn: -1, adds: ["deadline"], deadline: { arg: 0 } }), "*": self },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [{ name: "signal", at: ["instance"], unit: "signal", covers: "total" }],
  },
  source: "wretch 3.0.9 src/addons/abort.ts",
} as const satisfies Library;

export const gaxios = {
  package: "gaxios",
  version: "7.1.2",
  base: "baseURL",
  category: ["http-client"],
  exports: {
    request: request({ target: { arg: 0, path: "url" }, methodAt: { arg: 0, path: "method" }, options: 0 }),
    instance: instance("Gaxios"),
    Gaxios: classOf("Gaxios", { options: 0, target: { arg: 0, path: "baseURL" } }),
    GaxiosError: pure,
  },
  types: {
    Gaxios: {
      defaults: "defaults",
      methods: {
        "request,fetch": request({ target: { arg: 0, path: "url" }, methodAt: { arg: 0, path: "method" }, options: 0 }),
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call", "instance", "defaults"], unit: "ms", covers: "total", off: [0] },
      { name: "signal", at: ["call", "instance"], unit: "signal", covers: "total" },
    ],
  },
  retry: retries({
    byDefault: false,
    attempts: 4,
    baseMs: 100,
    everyError: false,
    unsafeMethods: false,
    options: {
      attempts: { name: "retryConfig.retry", counts: "retries" },
      delay: "retryConfig.retryDelay",
      factor: "retryConfig.retryDelayMultiplier",
      cap: "retryConfig.maxRetryDelay",
    },
  }),
  source: "gaxios 7.1.2 src/gaxios.ts, src/retry.ts",
} as const satisfies Library;

const clientRequest = { options: 0, callback: -1, returns: "emitter", yields: "ClientRequest" } as const;
const nodeTarget = { arg: 0, path: "href|hostname|host|path" } as const;

export const nodeHttp = {
  package: "node:http",
  aliases: ["http", "https", "node:https"],
  version: "node 20.20.2",
  title: "node:http",
  category: ["http-client", "http-server"],
  exports: {
    request: request({ target: nodeTarget, methodAt: { arg: 0, path: "method" }, ...clientRequest }),
    get: request({ method: "GET", access: "read", idempotent: true, target: nodeTarget, ...clientRequest }),
    createServer: {
      is: "call",
      call: {
        effect: "route",
        access: "none",
        idempotent: true,
        handler: -1,
        method: "ALL",
        params: ["IncomingMessage", "ServerResponse"],
        returns: "value",
        yields: "Server",
      },
    },
    Server: classOf("Server"),
    Agent: classOf("Agent", { options: 0 }),
    globalAgent: instance("Agent"),
    ClientRequest: classOf("ClientRequest"),
    IncomingMessage: classOf("IncomingMessage"),
    ServerResponse: classOf("ServerResponse"),
    "STATUS_CODES,METHODS": pure,
  },
  types: {
    ClientRequest: {
      methods: {
        "setTimeout,write,end,on,once,setHeader,flushHeaders,destroy,abort": self,
      },
    },
    Agent: { methods: { destroy: pure } },
    Server: {
      methods: {
        listen: {
          is: "call",
          call: {
            effect: "listen",
            access: "none",
            idempotent: true,
            target: { arg: 0, path: "port" },
            callback: -1,
            returns: "value",
          },
        },
        on: { is: "call", call: { effect: "route", access: "none", idempotent: true, handler: 1, returns: "value" } },
        "close,closeAllConnections,closeIdleConnections,address,setTimeout,once,unref": pure,
      },
    },
    IncomingMessage: { methods: { "on,once,pipe,setEncoding,resume,destroy": self } },
    ServerResponse: { methods: { "end,write,writeHead,setHeader,on,once": self } },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call", "instance"], unit: "ms", covers: "idle" },
      { name: "signal", at: ["call"], unit: "signal", covers: "total" },
    ],
  },
  source: "Node 20 documentation of http.request, measured on 20.20.2",
} as const satisfies Library;

export const soap = {
  package: "soap",
  aliases: ["strong-soap"],
  version: "1.13.0",
  category: ["http-client", "rpc"],
  exports: {
    "createClientAsync,createClient": request({
      access: "read",
      idempotent: true,
      target: { arg: 0 },
      options: 1,
      callback: -1,
      yields: "SoapClient",
    }),
    listen: { is: "call", call: { effect: "listen", access: "none", idempotent: true, returns: "value" } },
    Client: classOf("SoapClient"),
  },
  types: {
    SoapClient: {
      methods: {
        "on,once,setSecurity,addSoapHeader,addHttpHeader,setEndpoint,describe,wsdl,clearSoapHeaders,changeSoapHeader,getSoapHeaders":
          pure,
        "*Async": request({ access: "write", idempotent: "unknown", options: 1 }),
        "*": request({ access: "write", idempotent: "unknown", options: -1, callback: 1, returns: "value" }),
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call"], unit: "ms", covers: "response" },
      { name: "wsdl_options.timeout", at: ["instance"], unit: "ms", covers: "response" },
    ],
  },
  source: "soap 1.13.0 README",
} as const satisfies Library;

/** What RTK Query asks its endpoints with. */
export const rtkQuery = {
  package: "@reduxjs/toolkit",
  version: "not checked",
  title: "RTK Query",
  category: ["http-client"],
  exports: {
    fetchBaseQuery: factory("BaseQuery", { options: 0, target: { arg: 0, path: "baseUrl" } }),
    "*": pure,
  },
  types: { BaseQuery: { methods: {}, call: request({ target: url, methodAt: { arg: 0, path: "method" } }) } },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "timeout", at: ["instance", "call"], unit: "ms", covers: "total" }],
  },
  source: "Redux Toolkit documentation, fetchBaseQuery",
} as const satisfies Library;
