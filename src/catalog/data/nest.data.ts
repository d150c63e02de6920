import type { DecoratorFacts, Library, Shape } from "../library.ts";
import { classOf, consumes, factory, instance, publishes, pure, request, self, verbs, wrapper } from "../vocabulary.ts";

const decorator = (means: DecoratorFacts): Shape => ({ is: "decorator", means });
const route = (method: string): Shape => decorator({ kind: "route", method, path: 0 });
const modulePure: Shape = { is: "module", provides: "", registers: {} };

export const nestCommon = {
  package: "@nestjs/common",
  version: "12.5.1",
  title: "NestJS",
  category: ["http-server", "framework"],
  exports: {
    Controller: decorator({ kind: "controller", path: 0 }),
    Get: route("GET"),
    Post: route("POST"),
    Put: route("PUT"),
    Patch: route("PATCH"),
    Delete: route("DELETE"),
    Head: route("HEAD"),
    Options: route("OPTIONS"),
    All: route("ALL"),
    Sse: route("GET"),
    "Injectable,Catch": decorator({ kind: "injectable" }),
    Inject: decorator({ kind: "inject", token: 0 }),
    Module: decorator({ kind: "module" }),
    Logger: classOf("Logger"),
    "INestApplication,INestMicroservice,INestApplicationContext": classOf("NestApplication"),
    forwardRef: { is: "pass", arg: 0 },
    CanActivate: classOf("Guard"),
    NestInterceptor: classOf("Interceptor"),
    NestMiddleware: classOf("Middleware"),
    PipeTransform: classOf("Pipe"),
    "*": pure,
    HttpModule: { is: "module", provides: "@nestjs/axios:HttpService", registers: { register: 0, registerAsync: 0 } },
    HttpService: classOf("@nestjs/axios:HttpService"),
    CacheModule: {
      is: "module",
      provides: "cache-manager:Cache",
      registers: { register: 0, registerAsync: 0 },
      token: "CACHE_MANAGER",
    },
  },
  types: {
    Logger: { methods: { "log,error,warn,debug,verbose,fatal": pure } },
    Guard: { methods: {}, calls: { canActivate: "request" } },
    Interceptor: { methods: {}, calls: { intercept: "request" } },
    Middleware: { methods: {}, calls: { use: "request" } },
    Pipe: { methods: {}, calls: { transform: "request" } },
    NestApplication: {
      methods: {
        listen: {
          is: "call",
          call: { effect: "listen", access: "none", idempotent: true, target: { arg: 0 }, returns: "promise" },
        },
        connectMicroservice: factory("NestApplication", { options: 0 }),
        "use,useGlobalPipes,useGlobalFilters,useGlobalInterceptors,useGlobalGuards,setGlobalPrefix,enableCors,enableShutdownHooks,enableVersioning,startAllMicroservices,close,init,useLogger,useWebSocketAdapter,getHttpAdapter,getHttpServer":
          self,
        "get,resolve": { is: "resolved", arg: 0 },
      },
    },
  },
  source: "NestJS documentation: controllers, providers, lifecycle events",
} as const satisfies Library;

export const nestCore = {
  package: "@nestjs/core",
  version: "12.5.1",
  category: ["framework"],
  exports: {
    NestFactory: instance("NestFactory"),
    ModuleRef: classOf("ModuleRef"),
    "Reflector,HttpAdapterHost,ContextIdFactory": classOf("Reflector"),
    "*": pure,
  },
  types: {
    NestFactory: {
      methods: {
        "create,createApplicationContext": factory("@nestjs/common:NestApplication", { async: true }),
        createMicroservice: factory("@nestjs/common:NestApplication", { options: 1, async: true }),
      },
    },
    ModuleRef: { methods: { "get,resolve,create": { is: "resolved", arg: 0 } } },
    Reflector: { methods: { "get,getAll,getAllAndOverride,getAllAndMerge,resolve,create": pure } },
  },
  source: "NestJS documentation: first steps, microservices",
} as const satisfies Library;

export const nestAxios = {
  package: "@nestjs/axios",
  version: "4.0.1",
  base: "baseURL",
  category: ["http-client"],
  exports: {
    HttpModule: {
      is: "module",
      provides: "HttpService",
      registers: { register: 0, registerAsync: 0 },
      target: "baseURL",
    },
    HttpService: classOf("HttpService"),
  },
  types: {
    HttpService: {
      methods: {
        ...verbs({ bare: 1, body: 2 }, { returns: "observable" }),
        "postForm,patchForm": request({
          method: "POST",
          access: "write",
          idempotent: false,
          target: { arg: 0 },
          options: 2,
          returns: "observable",
        }),
        putForm: request({
          method: "PUT",
          access: "write",
          idempotent: true,
          target: { arg: 0 },
          options: 2,
          returns: "observable",
        }),
        request: request({
          target: { arg: 0, path: "url" },
          methodAt: { arg: 0, path: "method" },
          options: 0,
          returns: "observable",
        }),
      },
      properties: { axiosRef: { type: "axios:AxiosInstance" } },
      defaults: "axiosRef.defaults",
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call", "module", "instance", "defaults"], unit: "ms", covers: "response", off: [0] },
      { name: "signal", at: ["call"], unit: "signal", covers: "total" },
    ],
  },
  source: "@nestjs/axios 4.0.1 lib/http.service.ts, lib/http.module.ts",
} as const satisfies Library;

const clientProxy: Shape = classOf("ClientProxy");

export const nestMicroservices = {
  package: "@nestjs/microservices",
  version: "12.1.1",
  category: ["rpc", "queue"],
  exports: {
    "ClientProxy,ClientKafka,ClientRMQ,ClientTCP,ClientRedis,ClientNats,ClientMqtt,ClientGrpcProxy,ClientKafkaProxy":
      clientProxy,
    ClientGrpc: classOf("ClientGrpc"),
    ClientProxyFactory: {
      is: "namespace",
      members: {
        create: factory("ClientProxy", {
          options: 0,
          target: { arg: 0, path: "options.host|options.url|options.urls|options.servers|options.queue" },
        }),
      },
    },
    ClientsModule: {
      is: "module",
      provides: "ClientProxy",
      registers: { register: 0, registerAsync: 0 },
      token: "name",
      target: "options.host|options.url|options.urls|options.servers|options.queue|options.client.brokers",
    },
    Client: decorator({ kind: "inject-client" }),
    MessagePattern: decorator({ kind: "message-handler", path: 0 }),
    EventPattern: decorator({ kind: "event-handler", path: 0 }),
    GrpcMethod: decorator({ kind: "grpc-method", path: 1 }),
    "GrpcStreamMethod,GrpcStreamCall": decorator({ kind: "grpc-method", path: 1 }),
    "RmqContext,KafkaContext,NatsContext,MqttContext,RedisContext,TcpContext": classOf("MessageContext"),
    "*": pure,
  },
  // ts-proto writes the interface of a service's client beside the decorators of its server.
  generated: { interface: "Client$", beside: ["GrpcMethod", "GrpcStreamMethod"], type: "GrpcService" },
  types: {
    ClientProxy: {
      methods: {
        send: request({
          access: "write",
          idempotent: "unknown",
          method: "rpc",
          target: { arg: 0, path: "cmd|role" },
          returns: "observable",
        }),
        emit: publishes({ target: { arg: 0, path: "cmd|role" }, returns: "observable" }),
        emitBatch: publishes({ target: { arg: 0 }, returns: "observable" }),
        connect: { is: "call", call: { effect: "connect", access: "none", idempotent: true, returns: "promise" } },
        "close,subscribeToResponseOf,on,unwrap": pure,
      },
    },
    ClientGrpc: {
      methods: {
        getService: factory("GrpcService", { target: { arg: 0 } }),
        getClientByServiceName: factory("@grpc/grpc-js:GrpcStub", { target: { arg: 0 } }),
      },
    },
    GrpcService: {
      methods: { "*": request({ access: "write", idempotent: "unknown", method: "rpc", returns: "observable" }) },
    },
    MessageContext: {
      methods: {
        getChannelRef: factory("amqplib:Channel"),
        "getMessage,getPattern,getTopic,getPartition,getHeartbeat,getConsumer,getSubject,getHeaders": pure,
      },
    },
  },
  timeout: { byDefault: "never", defaultMs: null, options: [] },
  broker: {
    ack: "on-delivery",
    ackOption: { name: "options.noAck", onDelivery: true },
    deadLetter: ["options.queueOptions.arguments.x-dead-letter-exchange", "options.queueOptions.deadLetterExchange"],
    deliveries: "unknown",
    prefetch: null,
    prefetchOption: "options.prefetchCount",
  },
  source: "@nestjs/microservices 12.1.1 client/*.ts, server/server-rmq.ts",
} as const satisfies Library;

export const nestConfig = {
  package: "@nestjs/config",
  version: "not checked",
  category: ["framework"],
  exports: {
    ConfigService: classOf("ConfigService"),
    ConfigModule: { is: "module", provides: "", registers: {}, loads: { forRoot: "load", forFeature: "" } },
    registerAs: { is: "settings", name: 0, made: 1 },
    ConfigType: pure,
  },
  types: {
    ConfigService: {
      methods: {
        get: { is: "environment", name: 0, default: 1, loaded: true },
        getOrThrow: { is: "environment", name: 0, loaded: true },
      },
    },
  },
  source: "NestJS documentation: configuration",
} as const satisfies Library;

export const nestTypeorm = {
  package: "@nestjs/typeorm",
  version: "11.0.3",
  category: ["orm"],
  exports: {
    InjectRepository: decorator({ kind: "inject-repository", token: 0 }),
    "InjectEntityManager,InjectDataSource,InjectConnection": decorator({ kind: "inject" }),
    TypeOrmModule: {
      is: "module",
      provides: "typeorm:DataSource",
      registers: { forRoot: 0, forRootAsync: 0 },
      target: "url|database|host",
    },
    "getRepositoryToken,getDataSourceToken": { is: "pass", arg: 0 },
    "*": pure,
  },
  types: {},
  source: "@nestjs/typeorm 11.0.3 lib/typeorm-core.module.ts",
} as const satisfies Library;

export const nestMongoose = {
  package: "@nestjs/mongoose",
  version: "11.0.4",
  category: ["orm"],
  exports: {
    InjectModel: decorator({ kind: "inject-model", token: 0 }),
    InjectConnection: decorator({ kind: "inject" }),
    Schema: decorator({ kind: "entity", name: { arg: 0, path: "collection" } }),
    Prop: pure,
    MongooseModule: { is: "module", provides: "mongoose:Connection", registers: { forRoot: 1, forRootAsync: 0 } },
    SchemaFactory: { is: "namespace", members: { createForClass: { is: "pass", arg: 0 } } },
    getModelToken: { is: "pass", arg: 0 },
    "*": pure,
  },
  types: {},
  source: "@nestjs/mongoose 11.0.4 lib/mongoose-core.module.ts",
} as const satisfies Library;

export const nestSequelize = {
  package: "@nestjs/sequelize",
  version: "not checked",
  category: ["orm"],
  exports: {
    InjectModel: decorator({ kind: "inject-model", token: 0 }),
    InjectConnection: decorator({ kind: "inject" }),
    SequelizeModule: { is: "module", provides: "sequelize:Sequelize", registers: { forRoot: 0, forRootAsync: 0 } },
  },
  types: {},
  source: "NestJS documentation: database",
} as const satisfies Library;

const workerHost = {
  calls: { process: "message" },
  methods: {},
} as const;

export const nestBullmq = {
  package: "@nestjs/bullmq",
  version: "not checked",
  category: ["queue"],
  exports: {
    Processor: decorator({ kind: "processor", path: 0 }),
    OnWorkerEvent: pure,
    "OnQueueEvent,QueueEventsListener": pure,
    InjectQueue: decorator({ kind: "inject-queue", token: 0 }),
    BullModule: {
      is: "module",
      provides: "bullmq:Queue",
      registers: { registerQueue: 0, registerQueueAsync: 0 },
      token: "name",
    },
    WorkerHost: classOf("WorkerHost"),
  },
  types: { WorkerHost: workerHost },
  source: "NestJS documentation: queues",
} as const satisfies Library;

export const nestBull = {
  package: "@nestjs/bull",
  version: "not checked",
  category: ["queue"],
  exports: {
    Processor: decorator({ kind: "controller", path: 0 }),
    Process: decorator({ kind: "processor", path: 0 }),
    "OnQueueActive,OnQueueCompleted,OnQueueFailed,OnQueueError,OnQueueStalled,OnQueueProgress": pure,
    InjectQueue: decorator({ kind: "inject-queue", token: 0 }),
    BullModule: {
      is: "module",
      provides: "bull:Queue",
      registers: { registerQueue: 0, registerQueueAsync: 0 },
      token: "name",
    },
  },
  types: {},
  source: "NestJS documentation: queues",
} as const satisfies Library;

export const nestSchedule = {
  package: "@nestjs/schedule",
  version: "not checked",
  category: ["scheduler"],
  exports: {
    "Cron,Interval,Timeout": decorator({ kind: "schedule", path: 0 }),
    ScheduleModule: modulePure,
    SchedulerRegistry: classOf("SchedulerRegistry"),
    CronExpression: pure,
  },
  types: {
    SchedulerRegistry: {
      methods: {
        "addCronJob,addInterval,addTimeout,getCronJob,deleteCronJob,getCronJobs,deleteInterval,deleteTimeout": pure,
      },
    },
  },
  source: "NestJS documentation: task scheduling",
} as const satisfies Library;

export const nestTerminus = {
  package: "@nestjs/terminus",
  version: "11.1.1",
  category: ["health"],
  exports: {
    "*": pure,
    HealthCheckService: classOf("HealthCheckService"),
    HttpHealthIndicator: classOf("HttpHealthIndicator"),
    "TypeOrmHealthIndicator,MongooseHealthIndicator,SequelizeHealthIndicator,MikroOrmHealthIndicator,PrismaHealthIndicator,MicroserviceHealthIndicator,GRPCHealthIndicator":
      classOf("HealthIndicator"),
    "MemoryHealthIndicator,DiskHealthIndicator": classOf("LocalHealthIndicator"),
    TerminusModule: modulePure,
  },
  types: {
    HealthCheckService: { methods: { check: wrapper({ fn: 0, adds: [] }) } },
    HttpHealthIndicator: {
      methods: {
        "pingCheck,responseCheck": request({
          access: "read",
          idempotent: true,
          method: "GET",
          target: { arg: 1 },
          options: 2,
        }),
      },
    },
    // They give up after a second by themselves.
    HealthIndicator: { methods: { "pingCheck,check,checkService": pure } },
    LocalHealthIndicator: { methods: { "*": pure } },
  },
  timeout: {
    byDefault: "late",
    defaultMs: null,
    options: [{ name: "timeout", at: ["call"], unit: "ms", covers: "total" }],
  },
  source: "@nestjs/terminus 11.1.1 lib/health-indicator/*",
} as const satisfies Library;

export const nestCqrs = {
  package: "@nestjs/cqrs",
  version: "11.0.3",
  category: ["framework"],
  exports: {
    "CommandBus,QueryBus,EventBus,EventPublisher": classOf("Bus"),
    "CommandHandler,QueryHandler": decorator({ kind: "injectable", calls: { execute: "request" } }),
    EventsHandler: decorator({ kind: "injectable", calls: { handle: "message" } }),
    AggregateRoot: classOf("AggregateRoot"),
    CqrsModule: modulePure,
    "*": pure,
  },
  types: {
    Bus: { methods: { "execute,publish,publishAll,mergeObjectContext,mergeClassContext": pure } },
    AggregateRoot: {
      methods: { "apply,commit,uncommit,getUncommittedEvents,publish,publishAll,loadFromHistory": pure },
    },
  },
  source: "@nestjs/cqrs 11.0.3 src/*.ts",
} as const satisfies Library;

export const nestEventEmitter = {
  package: "@nestjs/event-emitter",
  aliases: ["eventemitter2"],
  version: "3.1.0",
  category: ["framework"],
  exports: {
    OnEvent: decorator({ kind: "event-handler", path: 0 }),
    EventEmitterModule: modulePure,
    EventEmitter2: classOf("EventEmitter2"),
  },
  types: { EventEmitter2: { methods: { "emit,emitAsync,on,once,off,waitFor": pure } } },
  source: "NestJS documentation: events",
} as const satisfies Library;

export const nestGraphql = {
  package: "@nestjs/graphql",
  aliases: ["type-graphql"],
  version: "not checked",
  category: ["graphql-server"],
  exports: {
    Resolver: decorator({ kind: "controller" }),
    Query: decorator({ kind: "resolver", method: "QUERY" }),
    Mutation: decorator({ kind: "resolver", method: "MUTATION" }),
    Subscription: decorator({ kind: "resolver", method: "SUBSCRIPTION" }),
    "ResolveField,FieldResolver,ResolveReference": decorator({ kind: "resolver", method: "FIELD" }),
    GraphQLModule: modulePure,
    "*": pure,
  },
  types: {},
  source: "NestJS documentation: GraphQL",
} as const satisfies Library;

export const nestWebsockets = {
  package: "@nestjs/websockets",
  version: "not checked",
  category: ["framework"],
  exports: {
    WebSocketGateway: decorator({ kind: "controller" }),
    SubscribeMessage: decorator({ kind: "message-handler", path: 0 }),
    "MessageBody,ConnectedSocket,WebSocketServer,WsException": pure,
  },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const nestRabbitmq = {
  package: "@golevelup/nestjs-rabbitmq",
  version: "9.0.2",
  category: ["queue"],
  exports: {
    RabbitSubscribe: decorator({ kind: "event-handler", path: 0 }),
    RabbitRPC: decorator({ kind: "message-handler", path: 0 }),
    RabbitHandler: decorator({ kind: "message-handler", path: 0 }),
    AmqpConnection: classOf("AmqpConnection"),
    RabbitMQModule: {
      is: "module",
      provides: "AmqpConnection",
      registers: { forRoot: 0, forRootAsync: 0, register: 0 },
      target: "uri",
    },
    Nack: pure,
  },
  types: {
    AmqpConnection: {
      methods: {
        publish: publishes({ target: { arg: 0 }, options: 3 }),
        request: request({
          access: "write",
          idempotent: "unknown",
          method: "rpc",
          target: { arg: 0, path: "routingKey|exchange" },
          options: 0,
        }),
        createSubscriber: consumes({ handler: 0 }),
        createRpc: consumes({ handler: 0 }),
      },
      properties: { channel: { type: "amqplib:Channel" }, managedChannel: { type: "amqplib:Channel" } },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 10_000,
    options: [
      { name: "timeout", at: ["call"], unit: "ms", covers: "total" },
      { name: "defaultRpcTimeout", at: ["module"], unit: "ms", covers: "total" },
    ],
  },
  broker: {
    ack: "after-handler",
    acknowledges: [],
    refuses: ["nack"],
    deadLetter: ["queueOptions.deadLetterExchange", "queueOptions.arguments.x-dead-letter-exchange"],
    deliveries: "unbounded",
    prefetch: 10,
    prefetchOption: "prefetchCount",
  },
  source: "@golevelup/nestjs-rabbitmq 9.0.2 src/amqp/connection.ts",
} as const satisfies Library;
