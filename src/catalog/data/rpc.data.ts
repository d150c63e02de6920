import type { Library, RetryFacts, Shape, TypeFacts } from "../library.ts";
import {
  call,
  callFacts,
  classOf,
  consumes,
  factory,
  instance,
  publishes,
  pure,
  request,
  retries,
  self,
} from "../vocabulary.ts";

const rpc = { method: "rpc", access: "write", idempotent: "unknown" } as const;
const grpcCall: Shape = request({ ...rpc, options: -2, callback: -1, returns: "emitter" });
const stubClass = classOf("GrpcStub", { options: 2, target: { arg: 0 } });
const packageObject: TypeFacts = {
  construct: stubClass,
  methods: {},
  properties: { service: { type: "Definition" }, "*": { type: "PackageObject" } },
};

export const grpcJs = {
  package: "@grpc/grpc-js",
  aliases: ["grpc"],
  version: "1.14.7",
  title: "gRPC",
  category: ["rpc"],
  exports: {
    "Client,ServiceClientConstructor": classOf("GrpcStub", { options: 2, target: { arg: 0 } }),
    "loadPackageDefinition,load": factory("PackageObject"),
    "makeGenericClientConstructor,makeClientConstructor": factory("PackageObject"),
    Server: classOf("Server", { options: 0 }),
    "credentials,ChannelCredentials,ServerCredentials,Metadata,status,CallOptions,ServiceError,Interceptor,InterceptingCall,getClientChannel":
      pure,
    "*": pure,
  },
  types: {
    PackageObject: packageObject,
    Definition: { methods: { "*": pure } },
    GrpcStub: {
      methods: {
        "close,getChannel": pure,
        waitForReady: call({ effect: "connect", access: "none", callback: 1, returns: "value" }),
        "makeUnaryRequest,makeServerStreamRequest,makeClientStreamRequest,makeBidiStreamRequest": request({
          ...rpc,
          target: { arg: 0 },
          callback: -1,
          returns: "emitter",
        }),
        "*": grpcCall,
      },
    },
    Server: {
      methods: {
        addService: call({ effect: "route", access: "none", method: "rpc", handler: 1, returns: "value" }),
        "bindAsync,bind": call({
          effect: "listen",
          access: "none",
          target: { arg: 0 },
          callback: -1,
          returns: "value",
        }),
        "start,tryShutdown,forceShutdown,addProtoService": pure,
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "deadline", at: ["call"], unit: "date", covers: "total" }],
  },
  retry: retries({
    byDefault: false,
    attempts: 1,
    jitter: true,
    everyError: false,
    unsafeMethods: true,
    options: { attempts: { name: "grpc.service_config", counts: "attempts" } },
  }),
  source: "@grpc/grpc-js 1.14.7 src/client.ts, src/retrying-call.ts",
} as const satisfies Library;

export const protoLoader = {
  package: "@grpc/proto-loader",
  aliases: ["grpc-health-check"],
  version: "not checked",
  category: ["rpc"],
  exports: { "load,loadSync,loadFileDescriptorSetFromBuffer": pure, "*": pure },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const niceGrpc = {
  package: "nice-grpc",
  version: "2.1.0",
  category: ["rpc"],
  exports: {
    createChannel: factory("Channel", { target: { arg: 0 }, options: 2 }),
    createClient: factory("Client", { options: 2 }),
    createClientFactory: factory("ClientFactory"),
    createServer: factory("Server"),
    Client: classOf("Client"),
    "*": pure,
  },
  types: {
    Channel: { methods: { close: pure } },
    ClientFactory: { methods: { use: self, create: factory("Client", { options: 2 }) } },
    Client: { methods: { "*": request({ ...rpc, options: 1 }) } },
    Server: {
      methods: {
        add: call({ effect: "route", access: "none", method: "rpc", handler: 1, returns: "value" }),
        use: self,
        listen: call({ effect: "listen", access: "none", target: { arg: 0 } }),
        "shutdown,forceShutdown": pure,
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "signal", at: ["call"], unit: "signal", covers: "total" },
      { name: "deadline", at: ["call"], unit: "date", covers: "total" },
    ],
  },
  source: "nice-grpc README, nice-grpc-client-middleware-deadline",
} as const satisfies Library;

export const connect = {
  package: "@connectrpc/connect",
  aliases: ["@connectrpc/connect-node", "@connectrpc/connect-web", "@bufbuild/connect", "@bufbuild/connect-node"],
  version: "2.2.0",
  title: "ConnectRPC",
  category: ["rpc"],
  exports: {
    "createClient,createPromiseClient": factory("Client"),
    createCallbackClient: factory("CallbackClient"),
    "createConnectTransport,createGrpcTransport,createGrpcWebTransport": factory("Transport", {
      options: 0,
      target: { arg: 0, path: "baseUrl" },
    }),
    "Client,PromiseClient": classOf("Client"),
    "*": pure,
  },
  types: {
    Transport: { methods: { "unary,stream": request({ ...rpc }) } },
    Client: { methods: { "*": request({ ...rpc, options: 1 }) } },
    CallbackClient: { methods: { "*": request({ ...rpc, options: 2, callback: 1 }) } },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeoutMs", at: ["call"], unit: "ms", covers: "total" },
      { name: "defaultTimeoutMs", at: ["instance"], unit: "ms", covers: "total" },
      { name: "signal", at: ["call"], unit: "signal", covers: "total" },
    ],
  },
  source: "@connectrpc/connect 2.2.0 src/transport.ts",
} as const satisfies Library;

export const trpcClient = {
  package: "@trpc/client",
  version: "11.25.2",
  title: "tRPC",
  category: ["rpc", "http-client"],
  exports: {
    "createTRPCClient,createTRPCProxyClient": factory("Client", { options: 0, target: { arg: 0, path: "links" } }),
    "httpLink,httpBatchLink,httpBatchStreamLink,unstable_httpBatchStreamLink,httpSubscriptionLink,unstable_httpSubscriptionLink,createWSClient":
      factory("Link", { options: 0, target: { arg: 0, path: "url" } }),
    wsLink: factory("Link", { target: { arg: 0, path: "client" } }),
    splitLink: factory("Link", { target: { arg: 0, path: "false|true" } }),
    "loggerLink,retryLink": pure,
    "TRPCClient,CreateTRPCClient,CreateTRPCProxyClient,inferRouterClient": classOf("Client"),
    "*": pure,
  },
  types: {
    Client: {
      methods: {
        query: request({ method: "rpc", access: "read", idempotent: true, options: 1 }),
        mutate: request({ method: "rpc", access: "write", idempotent: false, options: 1 }),
        subscribe: consumes({ returns: "value" }),
      },
      properties: { "*": { type: "Client" } },
    },
    Link: { methods: {} },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [{ name: "signal", at: ["call"], unit: "signal", covers: "total" }],
  },
  source: "@trpc/client documentation",
} as const satisfies Library;

export const trpcServer = {
  package: "@trpc/server",
  version: "not checked",
  title: "tRPC",
  category: ["http-server", "rpc"],
  exports: { initTRPC: instance("Init"), "*": pure },
  types: {
    Init: { methods: { "create,context,meta": factory("Root") } },
    Root: {
      methods: {
        "create,context,meta": self,
        "router,mergeRouters": factory("Router"),
        middleware: call({ effect: "middleware", access: "none", handler: 0, returns: "value" }),
      },
      properties: { procedure: { type: "Procedure" } },
    },
    Router: { methods: { "*": pure } },
    Procedure: {
      methods: {
        query: call({ effect: "route", access: "none", method: "QUERY", handler: 0, returns: "value" }),
        mutation: call({ effect: "route", access: "none", method: "MUTATION", handler: 0, returns: "value" }),
        subscription: call({ effect: "route", access: "none", method: "SUBSCRIPTION", handler: 0, returns: "value" }),
        "*": self,
      },
    },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

// ------------------------------------------------------------------------------------------------------ moleculer

const moleculerRetry: RetryFacts = retries({
  byDefault: false,
  attempts: 6,
  baseMs: 100,
  capMs: 1000,
  everyError: false,
  unsafeMethods: true,
  options: {
    attempts: { name: "retryPolicy.retries|retries", counts: "retries" },
    delay: "retryPolicy.delay",
    cap: "retryPolicy.maxDelay",
    factor: "retryPolicy.factor",
    predicate: "retryPolicy.check",
  },
});
const moleculerCalls: Readonly<Record<string, Shape>> = {
  call: request({ ...rpc, target: { arg: 0 }, options: 2 }),
  mcall: request({ ...rpc, options: 1 }),
  "emit,broadcast,broadcastLocal": publishes({ target: { arg: 0 } }),
};

export const moleculer = {
  package: "moleculer",
  aliases: ["moleculer-decorators", "moleculer-decorators-extra"],
  version: "0.14.36",
  title: "Moleculer",
  category: ["rpc", "queue", "resilience"],
  exports: {
    ServiceBroker: classOf("Broker", { options: 0, target: { arg: 0, path: "transporter" } }),
    Service: classOf("Service"),
    Context: classOf("Context"),
    "Action,Event": { is: "decorator", means: { kind: "message-handler", path: 0, params: ["Context"] } },
    "Errors,Validators,Cachers,Serializers,Middlewares,ServiceSchema,ActionSchema,LoggerInstance": pure,
    "*": pure,
  },
  types: {
    Broker: {
      methods: {
        ...moleculerCalls,
        "createService,loadService,loadServices": call({
          effect: "route",
          access: "none",
          method: "rpc",
          handlerAt: { arg: 0, path: "actions|events" },
          params: ["Context"],
          returns: "value",
          yields: "Service",
        }),
        start: call({ effect: "listen", access: "none" }),
        "stop,repl,waitForServices,destroyService,getLogger,ping": pure,
      },
      properties: { cacher: { type: "Cacher" } },
    },
    Service: {
      methods: { "waitForServices,_init,parseServiceSchema": pure },
      properties: { broker: { type: "Broker" } },
    },
    Context: {
      methods: { ...moleculerCalls, "startSpan,finishSpan,toJSON": pure },
      properties: { broker: { type: "Broker" }, service: { type: "Service" } },
    },
    Cacher: {
      methods: {
        get: call({ effect: "cache", access: "read", target: { arg: 0 } }),
        "set,del,clean": call({ effect: "cache", access: "write", idempotent: true, target: { arg: 0 } }),
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call"], unit: "ms", covers: "total", off: [0] },
      { name: "requestTimeout", at: ["instance"], unit: "ms", covers: "total", off: [0] },
    ],
  },
  retry: moleculerRetry,
  source: "moleculer 0.14.36 src/service-broker.js, src/middlewares/{timeout,retry,circuit-breaker}.js",
} as const satisfies Library;

export const seneca = {
  package: "seneca",
  version: "not checked",
  category: ["rpc"],
  exports: { default: factory("Seneca", { options: 0 }) },
  types: {
    Seneca: {
      methods: {
        act: request({ ...rpc, target: { arg: 0 }, callback: -1, returns: "value" }),
        add: consumes({ target: { arg: 0 }, handler: -1 }),
        "client,use,ready": self,
        listen: call({ effect: "listen", access: "none", target: { arg: 0 } }),
      },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 22_222,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "total" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

// -------------------------------------------------------------------------------------------------------- GraphQL

const document = { arg: 0, path: "query|document|mutation" } as const;
const graphqlCall: Shape = request({ access: "by-text", idempotent: "unknown", target: document, options: 0 });

export const graphqlRequest = {
  package: "graphql-request",
  version: "7.4.0",
  category: ["graphql-client"],
  exports: {
    "request,rawRequest,default,batchRequests": request({
      access: "by-text",
      idempotent: "unknown",
      target: { arg: 0, path: "url" },
      options: 0,
    }),
    GraphQLClient: classOf("Client", { options: 1, target: { arg: 0 } }),
    "gql,ClientError": pure,
  },
  types: {
    Client: { methods: { "request,rawRequest,batchRequests": graphqlCall, "setHeader,setHeaders,setEndpoint": self } },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [{ name: "signal", at: ["call", "instance"], unit: "signal", covers: "total" }],
    ignored: [
      {
        name: "timeout",
        at: "instance",
        why: "graphql-request has no timeout option; pass a signal or a fetch of your own.",
      },
    ],
  },
  source: "graphql-request 7.4.0 src",
} as const satisfies Library;

export const apolloClient = {
  package: "@apollo/client",
  aliases: [
    "apollo-client",
    "apollo-boost",
    "apollo-link-http",
    "apollo-link-context",
    "@urql/core",
    "urql",
  ],
  version: "4.3.8",
  category: ["graphql-client"],
  exports: {
    "ApolloClient,default,Client": classOf("Client", { options: 0, target: { arg: 0, path: "uri|url|link" } }),
    "HttpLink,BatchHttpLink": classOf("Link", { options: 0, target: { arg: 0, path: "uri" } }),
    createHttpLink: factory("Link", { options: 0, target: { arg: 0, path: "uri" } }),
    createClient: factory("Client", { options: 0, target: { arg: 0, path: "url" } }),
    "setContext,onError,createPersistedQueryLink,RetryLink": factory("Link"),
    from: { is: "pass", arg: 0 },
    split: { is: "pass", arg: 2 },
    ApolloLink: classOf("Link", { statics: { from: { is: "pass", arg: 0 }, split: { is: "pass", arg: 2 } } }),
    "*": pure,
  },
  types: {
    Client: {
      methods: {
        "query,watchQuery,executeQuery": request({
          access: "read",
          idempotent: true,
          target: { arg: 0, path: "query" },
          options: 0,
        }),
        "mutate,mutation,executeMutation": request({
          access: "write",
          idempotent: false,
          target: { arg: 0, path: "mutation" },
          options: 0,
        }),
        subscribe: consumes({ returns: "stream" }),
        "*": pure,
      },
    },
    // The link that ends a chain speaks to the network.
    Link: { methods: { concat: { is: "pass", arg: 0 }, split: { is: "pass", arg: 2 } } },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [
      { name: "context.fetchOptions.signal", at: ["call"], unit: "signal", covers: "total" },
      { name: "fetchOptions.signal", at: ["instance"], unit: "signal", covers: "total" },
    ],
  },
  source: "@apollo/client 4.3.8 src/link",
} as const satisfies Library;

export const apolloServer = {
  package: "@apollo/server",
  aliases: ["apollo-server", "apollo-server-express", "apollo-server-fastify", "graphql-yoga", "@apollo/subgraph"],
  version: "not checked",
  category: ["graphql-server"],
  exports: {
    ApolloServer: classOf("Server", {
      options: 0,
      opens: callFacts({
        effect: "route",
        access: "none",
        method: "GRAPHQL",
        handlerAt: { arg: 0, path: "resolvers" },
        returns: "value",
      }),
    }),
    createYoga: call({ effect: "route", access: "none", method: "GRAPHQL", returns: "value" }),
    startStandaloneServer: call({ effect: "listen", access: "none", target: { arg: 1, path: "listen.port" } }),
    "*": pure,
  },
  types: {
    Server: {
      methods: { listen: call({ effect: "listen", access: "none", target: { arg: 0, path: "port" } }), "*": pure },
    },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;
