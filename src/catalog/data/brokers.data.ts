import type { BrokerFacts, Library, RetryFacts, TypeFacts } from "../library.ts";
import {
  acks,
  call,
  callFacts,
  classOf,
  connects,
  consumes,
  factory,
  instance,
  publishes,
  pure,
  refusesTo,
  request,
  retries,
  self,
  transactionStep,
} from "../vocabulary.ts";

// ------------------------------------------------------------------------------------------------------- Kafka

const topic = { arg: 0, path: "topic|topics|topicMessages" } as const;
const kafkaRetry: RetryFacts = retries({
  attempts: 6,
  baseMs: 300,
  capMs: 30_000,
  jitter: true,
  everyError: false,
  unsafeMethods: true,
  options: {
    attempts: { name: "retry.retries", counts: "retries" },
    delay: "retry.initialRetryTime",
    cap: "retry.maxRetryTime",
    factor: "retry.multiplier",
    predicate: "retry.restartOnFailure",
  },
});
const kafkaTypes: Readonly<Record<string, TypeFacts>> = {
  Kafka: {
    methods: {
      producer: factory("Producer", { options: 0 }),
      consumer: factory("Consumer", { options: 0 }),
      admin: factory("Admin", { options: 0 }),
      logger: pure,
    },
  },
  Producer: {
    methods: {
      "send,sendBatch": publishes({ target: topic, options: 0 }),
      transaction: factory("Transaction", { async: true }),
      connect: connects(),
      "disconnect,on,logger,flush": pure,
    },
  },
  Transaction: {
    methods: {
      "send,sendBatch": publishes({ target: topic, options: 0 }),
      "commit,abort,sendOffsets": transactionStep(),
    },
  },
  Consumer: {
    methods: {
      subscribe: consumes({ target: topic, options: 0 }),
      run: consumes({ handlerAt: { arg: 0, path: "eachMessage|eachBatch" }, options: 0 }),
      commitOffsets: acks,
      connect: connects(),
      "disconnect,stop,pause,resume,seek,on,describeGroup,assignment,logger,paused": pure,
    },
  },
  Admin: { methods: { connect: connects(), "*": pure } },
};
const kafkaBroker: BrokerFacts = {
  ack: "batch",
  ackOption: { name: "autoCommit", onDelivery: false },
  acknowledges: ["commitOffsets", "resolveOffset", "commitOffsetsIfNecessary"],
  refuses: [],
  deadLetter: [],
  deliveries: "unbounded",
  prefetch: 1,
  prefetchOption: "partitionsConsumedConcurrently",
};

export const kafkajs = {
  package: "kafkajs",
  version: "2.2.4",
  title: "KafkaJS",
  category: ["queue"],
  exports: {
    Kafka: classOf("Kafka", { options: 0, target: { arg: 0, path: "brokers" } }),
    Producer: classOf("Producer"),
    Consumer: classOf("Consumer"),
    Transaction: classOf("Transaction"),
    Admin: classOf("Admin"),
    "*": pure,
  },
  types: kafkaTypes,
  timeout: {
    byDefault: "bounded",
    defaultMs: 30_000,
    options: [
      { name: "requestTimeout", at: ["instance"], unit: "ms", covers: "total" },
      { name: "timeout", at: ["call"], unit: "ms", covers: "total" },
      { name: "connectionTimeout", at: ["instance"], unit: "ms", covers: "connect" },
    ],
  },
  retry: kafkaRetry,
  broker: kafkaBroker,
  source: "kafkajs 2.2.4 src/network, src/retry/defaults.js, src/consumer/runner.js",
} as const satisfies Library;

export const confluentKafka = {
  package: "@confluentinc/kafka-javascript",
  aliases: ["node-rdkafka"],
  version: "1.10.0",
  category: ["queue"],
  exports: {
    KafkaJS: {
      is: "namespace",
      members: {
        Kafka: classOf("Kafka", { options: 0, target: { arg: 0, path: "kafkaJS.brokers|bootstrap.servers" } }),
        "*": pure,
      },
    },
    "Producer,HighLevelProducer": classOf("RdProducer", {
      options: 0,
      target: { arg: 0, path: "bootstrap.servers|metadata.broker.list" },
    }),
    KafkaConsumer: classOf("RdConsumer", {
      options: 0,
      target: { arg: 0, path: "bootstrap.servers|metadata.broker.list" },
    }),
  },
  types: {
    ...kafkaTypes,
    RdProducer: {
      methods: {
        produce: publishes({ target: { arg: 0 }, returns: "value" }),
        connect: connects(),
        "poll,flush,on,disconnect,setPollInterval": pure,
      },
    },
    RdConsumer: {
      methods: {
        subscribe: consumes({ target: { arg: 0 } }),
        consume: consumes({ handler: -1 }),
        on: consumes({ handler: 1 }),
        "commit,commitMessage,commitSync,commitMessageSync": acks,
        connect: connects(),
        "disconnect,unsubscribe,pause,resume,seek,offsetsStore": pure,
      },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 60_000,
    options: [{ name: "socket.timeout.ms", at: ["instance"], unit: "ms", covers: "response" }],
  },
  retry: retries({ attempts: "unbounded", baseMs: 300, capMs: 30_000, everyError: false, unsafeMethods: true }),
  broker: kafkaBroker,
  source: "confluent-kafka-javascript 1.10.0 MIGRATION.md, librdkafka CONFIGURATION.md",
} as const satisfies Library;

// -------------------------------------------------------------------------------------------------------- AMQP

const routed = { arg: 0 } as const;
const amqpBroker: BrokerFacts = {
  ack: "explicit",
  ackOption: { name: "noAck", onDelivery: true },
  acknowledges: ["ack", "ackAll"],
  refuses: ["nack", "nackAll", "reject"],
  deadLetter: ["deadLetterExchange", "arguments.x-dead-letter-exchange"],
  deliveries: "unbounded",
  deliveriesOption: "arguments.x-delivery-limit",
  prefetch: null,
  prefetchOption: "prefetch",
  dedupe: ["messageId"],
};
const assertedQueue: TypeFacts = { methods: {}, echoes: { queue: 0 } };
const assertedExchange: TypeFacts = { methods: {}, echoes: { exchange: 0 } };

const amqpChannel: TypeFacts = {
  methods: {
    publish: publishes({ target: routed, key: { arg: 1 }, options: 3, returns: "value" }),
    sendToQueue: publishes({ target: routed, options: 2, returns: "value" }),
    consume: consumes({ target: routed, handler: 1, options: 2 }),
    get: consumes({ target: routed, options: 1 }),
    "ack,ackAll": acks,
    nack: refusesTo(2),
    reject: refusesTo(1),
    nackAll: refusesTo(0),
    "assertQueue,checkQueue": factory("AssertedQueue", { options: 1, async: true, target: { arg: 0 } }),
    assertExchange: factory("AssertedExchange", { options: 2, async: true, target: { arg: 0 } }),
    "bindQueue,bindExchange,checkExchange,unbindQueue,deleteQueue,deleteExchange,purgeQueue,prefetch,cancel,close,on,once,recover,waitForConfirms,addSetup,removeSetup,waitForConnect":
      pure,
  },
};

export const amqplib = {
  package: "amqplib",
  aliases: ["amqplib/callback_api"],
  version: "2.3.1",
  category: ["queue"],
  exports: {
    connect: factory("Connection", { options: 1, async: true, target: { arg: 0, path: "hostname" } }),
    "Channel,ConfirmChannel": classOf("Channel"),
    "Connection,ChannelModel": classOf("Connection"),
    "Message,ConsumeMessage,Options,Replies": pure,
  },
  types: {
    Connection: {
      methods: { "createChannel,createConfirmChannel": factory("Channel", { async: true }), "close,on,once": pure },
    },
    Channel: amqpChannel,
    AssertedQueue: assertedQueue,
    AssertedExchange: assertedExchange,
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "connect" }],
  },
  broker: amqpBroker,
  source: "amqplib 2.3.1 lib/channel_model.js, lib/connect.js",
} as const satisfies Library;

export const amqpConnectionManager = {
  package: "amqp-connection-manager",
  version: "5.0.0",
  category: ["queue"],
  exports: {
    connect: factory("Manager", { options: 1, target: { arg: 0 } }),
    "AmqpConnectionManager,AmqpConnectionManagerClass": classOf("Manager"),
    ChannelWrapper: classOf("Channel"),
  },
  types: {
    Manager: {
      methods: { createChannel: factory("Channel", { options: 0 }), "close,on,once,isConnected,connect": pure },
    },
    Channel: amqpChannel,
    AssertedQueue: assertedQueue,
    AssertedExchange: assertedExchange,
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call"], unit: "ms", covers: "total" },
      { name: "publishTimeout", at: ["instance"], unit: "ms", covers: "total" },
    ],
  },
  broker: amqpBroker,
  source: "amqp-connection-manager 5.0.0 src/ChannelWrapper.ts",
} as const satisfies Library;

export const rascal = {
  package: "rascal",
  version: "21.0.1",
  category: ["queue"],
  exports: {
    "BrokerAsPromised,Broker": classOf("Broker", {
      statics: { create: factory("Broker", { options: 0, async: true }) },
    }),
    withDefaultConfig: { is: "pass", arg: 0 },
  },
  types: {
    Broker: {
      methods: {
        "publish,forward": publishes({ target: { arg: 0 }, options: 2 }),
        subscribe: factory("Subscription", { async: true, target: { arg: 0 } }),
        "on,shutdown,nuke,purge": pure,
      },
    },
    Subscription: { methods: { on: consumes({ handler: 1 }), cancel: pure } },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 10_000,
    options: [{ name: "timeout", at: ["call"], unit: "ms", covers: "total" }],
  },
  broker: {
    ack: "explicit",
    acknowledges: ["ackOrNack"],
    refuses: ["ackOrNack"],
    deadLetter: ["arguments.x-dead-letter-exchange"],
    deliveries: 100,
    prefetch: 10,
    prefetchOption: "prefetch",
  },
  source: "rascal 21.0.1 lib/config/defaults.js",
} as const satisfies Library;

// -------------------------------------------------------------------------------------------- queues in a database

const jobRetry: RetryFacts = retries({
  byDefault: false,
  attempts: 1,
  growth: "none",
  baseMs: 0,
  everyError: true,
  options: {
    attempts: { name: "attempts|defaultJobOptions.attempts", counts: "attempts" },
    delay: "backoff|backoff.delay|defaultJobOptions.backoff.delay",
    factor: "backoff.type|defaultJobOptions.backoff.type",
    jitter: "backoff.jitter",
  },
});
const jobBroker: BrokerFacts = {
  ack: "after-handler",
  deadLetter: [],
  deliveries: 1,
  deliveriesOption: "attempts",
  prefetch: 1,
  prefetchOption: "concurrency",
  dedupe: ["jobId", "deduplication"],
};
const queueName = { arg: 0 } as const;

export const bullmq = {
  package: "bullmq",
  version: "6.7.0",
  title: "BullMQ",
  category: ["queue", "scheduler"],
  exports: {
    "Queue,QueuePro": classOf("Queue", { options: 1, target: queueName }),
    "Worker,WorkerPro": classOf("Worker", {
      options: 2,
      target: queueName,
      opens: callFacts({
        effect: "consume",
        access: "read",
        target: queueName,
        handler: 1,
        options: 2,
        returns: "value",
        params: ["Job"],
      }),
    }),
    FlowProducer: classOf("FlowProducer", { options: 0 }),
    "QueueEvents,QueueScheduler": classOf("QueueEvents"),
    Job: classOf("Job"),
    "UnrecoverableError,DelayedError,WaitingChildrenError,RateLimitError": pure,
  },
  types: {
    Queue: {
      methods: {
        "add,addBulk": publishes({ options: 2 }),
        upsertJobScheduler: publishes({ idempotent: true, options: 2 }),
        "getJob,getJobs,getJobCounts,getRepeatableJobs,getJobSchedulers,count": call({
          effect: "cache",
          access: "read",
        }),
        "close,pause,resume,obliterate,drain,clean,on,remove,removeRepeatable,removeRepeatableByKey,removeJobScheduler,waitUntilReady,isPaused":
          pure,
      },
    },
    Worker: { methods: { "on,once,close,pause,resume,run,waitUntilReady,isRunning,cancelJob": pure } },
    FlowProducer: { methods: { "add,addBulk": publishes({ target: { arg: 0, path: "queueName" } }), close: pure } },
    QueueEvents: { methods: { "on,once,close,waitUntilReady": pure } },
    Job: {
      methods: {
        "updateProgress,log,updateData,update,moveToFailed,moveToCompleted,moveToDelayed,retry,remove,getState,waitUntilFinished,discard":
          call({ effect: "cache", access: "write", idempotent: true }),
      },
    },
  },
  timeout: { byDefault: "late", defaultMs: null, options: [] },
  retry: jobRetry,
  broker: jobBroker,
  source: "bullmq 6.7.0 src/classes/{queue,worker,job}.ts",
} as const satisfies Library;

export const bull = {
  package: "bull",
  version: "4.16.5",
  title: "Bull",
  category: ["queue", "scheduler"],
  exports: { "default,Queue": classOf("Queue", { options: -1, target: queueName }), Job: classOf("Job") },
  types: {
    Queue: {
      methods: {
        "add,addBulk": publishes({ options: -1 }),
        process: consumes({ handler: -1, params: ["Job"], returns: "value" }),
        "getJob,getJobs,getJobCounts,getRepeatableJobs,count": call({ effect: "cache", access: "read" }),
        "on,close,pause,resume,empty,clean,obliterate,isReady,removeRepeatable,removeJobs,whenCurrentJobsFinished":
          pure,
      },
    },
    Job: {
      methods: {
        "progress,log,update,remove,retry,finished,moveToFailed,moveToCompleted,getState,discard": call({
          effect: "cache",
          access: "write",
          idempotent: true,
        }),
      },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: null,
    options: [{ name: "timeout", at: ["call"], unit: "ms", covers: "total" }],
  },
  retry: jobRetry,
  broker: jobBroker,
  source: "bull 4.16.5 lib/queue.js, lib/job.js",
} as const satisfies Library;

export const beeQueue = {
  package: "bee-queue",
  version: "2.0.0",
  category: ["queue"],
  exports: { default: classOf("Queue", { options: 1, target: queueName }) },
  types: {
    Queue: {
      methods: {
        createJob: factory("Job"),
        process: consumes({ handler: -1, params: ["Job"] }),
        saveAll: publishes(),
        "on,close,ready,destroy,getJob": pure,
      },
    },
    Job: {
      methods: {
        save: publishes(),
        "retries,backoff,timeout,setId,delayUntil,on": self,
        "reportProgress,remove": pure,
      },
    },
  },
  retry: retries({ byDefault: false, attempts: 1, growth: "none", baseMs: 0, everyError: true }),
  broker: { ...jobBroker, deliveriesOption: "retries", dedupe: ["setId"] },
  source: "bee-queue 2.0.0 lib/job.js",
} as const satisfies Library;

export const pgBoss = {
  package: "pg-boss",
  version: "10.4.2",
  category: ["queue", "scheduler"],
  exports: {
    "default,PgBoss": classOf("PgBoss", { options: 0, target: { arg: 0, path: "connectionString|database" } }),
  },
  types: {
    PgBoss: {
      methods: {
        "send,sendAfter,sendOnce,sendSingleton,sendThrottled,sendDebounced,insert,publish": publishes({
          target: { arg: 0, path: "name" },
          options: 2,
        }),
        schedule: call({ effect: "schedule", access: "write", idempotent: true, target: { arg: 0 } }),
        work: consumes({ target: { arg: 0 }, handler: -1 }),
        subscribe: consumes({ target: { arg: 0 } }),
        fetch: consumes({ target: { arg: 0 } }),
        "complete,fail,cancel": acks,
        start: connects(),
        "stop,on,once,createQueue,updateQueue,deleteQueue,unschedule,offWork": pure,
      },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 900_000,
    options: [{ name: "expireInSeconds", at: ["call"], unit: "s", covers: "total" }],
  },
  retry: retries({
    attempts: 3,
    growth: "none",
    baseMs: 0,
    everyError: true,
    options: { attempts: { name: "retryLimit", counts: "retries" }, delay: "retryDelay", factor: "retryBackoff" },
  }),
  broker: {
    ack: "after-handler",
    acknowledges: ["complete"],
    refuses: ["fail"],
    deadLetter: ["deadLetter"],
    deliveries: 3,
    deliveriesOption: "retryLimit",
    prefetch: 1,
    prefetchOption: "batchSize",
    dedupe: ["singletonKey"],
  },
  source: "pg-boss 10.4.2 src/attorney.js, src/plans.js",
} as const satisfies Library;

export const graphileWorker = {
  package: "graphile-worker",
  version: "0.17.3",
  category: ["queue", "scheduler"],
  exports: {
    run: factory("Runner", { options: 0, async: true, target: { arg: 0, path: "connectionString" } }),
    quickAddJob: publishes({ target: { arg: 1 }, options: 3 }),
    makeWorkerUtils: factory("WorkerUtils", { options: 0, async: true, target: { arg: 0, path: "connectionString" } }),
  },
  types: {
    Runner: { methods: { addJob: publishes({ target: { arg: 0 }, options: 2 }), stop: pure } },
    WorkerUtils: { methods: { addJob: publishes({ target: { arg: 0 }, options: 2 }), "release,migrate": pure } },
  },
  retry: retries({
    attempts: 25,
    baseMs: 2718,
    everyError: true,
    options: { attempts: { name: "maxAttempts", counts: "attempts" } },
  }),
  broker: {
    ack: "after-handler",
    deadLetter: [],
    deliveries: 25,
    deliveriesOption: "maxAttempts",
    prefetch: 1,
    prefetchOption: "concurrency",
    dedupe: ["jobKey"],
  },
  source: "graphile-worker 0.17.3 src/sql/*.ts",
} as const satisfies Library;

export const agenda = {
  package: "agenda",
  aliases: ["@hokify/agenda"],
  version: "6.2.2",
  category: ["queue", "scheduler"],
  exports: { "default,Agenda": classOf("Agenda", { options: 0, target: { arg: 0, path: "db.address" } }) },
  types: {
    Agenda: {
      methods: {
        define: call({ effect: "schedule", access: "none", target: { arg: 0 }, handler: -1, returns: "value" }),
        "now,schedule,create": publishes({ target: { arg: 0 } }),
        every: publishes({ idempotent: true, target: { arg: 1 } }),
        start: connects(),
        "stop,on,jobs,cancel,close,purge": pure,
      },
    },
  },
  broker: { ack: "after-handler", deadLetter: [], deliveries: 1, prefetch: 5, prefetchOption: "concurrency" },
  source: "agenda 6.2.2 src/Agenda.ts",
} as const satisfies Library;

// -------------------------------------------------------------------------------------------------------- NATS

const natsSubscribe = consumes({ target: { arg: 0 }, handlerAt: { arg: 1, path: "callback" }, returns: "stream" });
const natsConnection: TypeFacts = {
  methods: {
    publish: publishes({ target: { arg: 0 }, returns: "value" }),
    "request,requestMany": request({
      method: "rpc",
      access: "write",
      idempotent: "unknown",
      target: { arg: 0 },
      options: 2,
    }),
    subscribe: natsSubscribe,
    jetstream: factory("JetStream"),
    "jetstreamManager,flush,drain,close,closed,status,on": pure,
  },
};

export const nats = {
  package: "@nats-io/transport-node",
  aliases: ["nats", "@nats-io/nats-core", "@nats-io/jetstream", "nats.ws"],
  version: "3.4.0",
  title: "NATS",
  category: ["queue", "rpc"],
  exports: {
    connect: factory("NatsConnection", { options: 0, async: true, target: { arg: 0, path: "servers" } }),
    jetstream: factory("JetStream"),
    NatsConnection: classOf("NatsConnection"),
    JetStreamClient: classOf("JetStream"),
    "*": pure,
  },
  types: {
    NatsConnection: natsConnection,
    JetStream: {
      methods: {
        publish: publishes({ target: { arg: 0 }, options: 2 }),
        "subscribe,pullSubscribe": natsSubscribe,
        "views,apiPrefix": pure,
      },
      properties: { consumers: { type: "Consumers" } },
    },
    Consumers: { methods: { get: factory("JsConsumer", { async: true, target: { arg: 0 } }) } },
    JsConsumer: { methods: { "consume,fetch,next": consumes({ returns: "stream" }), info: pure } },
    JsMsg: { methods: { "ack,nak,term,working,ackAck": acks, "json,string": pure } },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 1000,
    options: [{ name: "timeout", at: ["call"], unit: "ms", covers: "total" }],
  },
  broker: {
    ack: "on-delivery",
    acknowledges: ["ack", "ackAck"],
    refuses: ["nak", "term"],
    deadLetter: [],
    deliveries: "unknown",
    deliveriesOption: "max_deliver",
    prefetch: null,
    dedupe: ["msgID"],
  },
  source: "nats.js 3.4.0 core/src/nats.ts",
} as const satisfies Library;

export const natsStreaming = {
  package: "node-nats-streaming",
  version: "not checked",
  title: "NATS Streaming",
  category: ["queue"],
  exports: {
    default: instance("Stan"),
    connect: factory("Connection", { options: 2, target: { arg: 2, path: "url" } }),
    Stan: classOf("Connection"),
    Message: classOf("Message"),
    "Subscription,SubscriptionOptions": pure,
  },
  types: {
    Stan: { methods: { connect: factory("Connection", { options: 2, target: { arg: 2, path: "url" } }) } },
    Connection: {
      methods: {
        publish: publishes({ target: { arg: 0 }, callback: -1, returns: "value" }),
        subscribe: factory("Subscription", { target: { arg: 0 } }),
        subscriptionOptions: factory("Options"),
        "on,once,close": pure,
      },
    },
    Subscription: { methods: { on: consumes({ handler: 1, params: ["Message"] }), "unsubscribe,close": pure } },
    Options: { methods: { "*": self } },
    Message: { methods: { ack: acks, "getData,getSequence,getSubject,getRawData,isRedelivered": pure } },
  },
  broker: {
    ack: "on-delivery",
    ackOption: { name: "setManualAckMode", onDelivery: false },
    acknowledges: ["ack"],
    refuses: [],
    deadLetter: [],
    deliveries: "unbounded",
    prefetch: null,
    prefetchOption: "setMaxInFlight",
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

// -------------------------------------------------------------------------------------------------------- MQTT

export const mqtt = {
  package: "mqtt",
  aliases: ["async-mqtt"],
  version: "5.14.1",
  title: "MQTT.js",
  category: ["queue"],
  exports: {
    "connect,connectAsync": factory("MqttClient", { options: 1, target: { arg: 0, path: "host" } }),
    MqttClient: classOf("MqttClient"),
  },
  types: {
    MqttClient: {
      methods: {
        "publish,publishAsync": publishes({ target: { arg: 0 }, options: 2, callback: -1 }),
        "subscribe,subscribeAsync": consumes({ target: { arg: 0 }, options: 1 }),
        on: consumes({ handler: 1, returns: "value" }),
        "end,endAsync,once,unsubscribe,unsubscribeAsync,removeListener": pure,
      },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: null,
    options: [{ name: "connectTimeout", at: ["instance"], unit: "ms", covers: "connect" }],
  },
  broker: { ack: "on-delivery", deadLetter: [], deliveries: "unknown", prefetch: null },
  source: "mqtt 5.14.1 src/lib/client.ts",
} as const satisfies Library;

export const rhea = {
  package: "rhea",
  aliases: ["rhea-promise"],
  version: "3.0.4",
  category: ["queue"],
  exports: {
    default: instance("Container"),
    create_container: factory("Container"),
    Container: classOf("Container"),
    Connection: classOf("Container", { options: 0, target: { arg: 0, path: "host" } }),
  },
  types: {
    Container: {
      methods: {
        connect: factory("Container", { options: 0, target: { arg: 0, path: "host" } }),
        "open_sender,createSender,createAwaitableSender": factory("Sender", {
          target: { arg: 0, path: "target.address" },
        }),
        "open_receiver,createReceiver": factory("Receiver", { target: { arg: 0, path: "source.address" } }),
        "on,once,open,close": pure,
      },
    },
    Sender: { methods: { send: publishes(), "close,on,once": pure } },
    Receiver: { methods: { on: consumes({ handler: 1 }), "close,add_credit,once": pure } },
  },
  broker: {
    ack: "after-handler",
    ackOption: { name: "autoaccept", onDelivery: true },
    acknowledges: ["accept"],
    refuses: ["release", "reject", "modified"],
    deadLetter: [],
    deliveries: "unknown",
    prefetch: 1000,
    prefetchOption: "credit_window",
  },
  source: "rhea 3.0.4 lib/link.js",
} as const satisfies Library;

export const sqsConsumer = {
  package: "sqs-consumer",
  version: "14.2.8",
  category: ["queue"],
  exports: {
    Consumer: classOf("Consumer", {
      options: 0,
      target: { arg: 0, path: "queueUrl" },
      statics: {
        create: consumes({
          target: { arg: 0, path: "queueUrl" },
          handlerAt: { arg: 0, path: "handleMessage|handleMessageBatch" },
          options: 0,
          returns: "value",
          yields: "Consumer",
        }),
      },
    }),
  },
  types: { Consumer: { methods: { "start,stop,on,once": pure } } },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "handleMessageTimeout", at: ["instance"], unit: "ms", covers: "total" }],
  },
  broker: { ack: "after-handler", deadLetter: [], deliveries: "unknown", prefetch: 1, prefetchOption: "batchSize" },
  source: "sqs-consumer 14.2.8 src/consumer.ts",
} as const satisfies Library;

export const eventStore = {
  package: "@kurrent/kurrentdb-client",
  aliases: ["@eventstore/db-client"],
  version: "1.x",
  category: ["event-store"],
  exports: {
    "KurrentDBClient,EventStoreDBClient": classOf("Client", {
      options: 0,
      statics: { connectionString: factory("Client", { target: { arg: 0 } }) },
    }),
    "*": pure,
  },
  types: {
    Client: {
      methods: {
        appendToStream: call({
          effect: "query",
          access: "write",
          idempotent: "unknown",
          target: { arg: 0 },
          entity: { arg: 0 },
          options: 2,
        }),
        "readStream,readAll": call({
          effect: "query",
          access: "read",
          target: { arg: 0 },
          options: 1,
          returns: "stream",
        }),
        "subscribeToStream,subscribeToAll,subscribeToPersistentSubscriptionToStream": consumes({
          target: { arg: 0 },
          returns: "stream",
        }),
        dispose: pure,
      },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 10_000,
    options: [
      { name: "deadline", at: ["call"], unit: "ms", covers: "total" },
      { name: "defaultDeadline", at: ["instance"], unit: "ms", covers: "total" },
    ],
  },
  source: "kurrentdb-client README, EventStoreDB client documentation",
} as const satisfies Library;

/** Publishes through an outbox table of the service's own database, which a relay of its own ships to Kafka. */
export const eventuateTram = {
  package: "eventuate-tram-core-nodejs",
  version: "not checked",
  title: "Eventuate Tram",
  category: ["queue"],
  exports: {
    DomainEventPublisher: classOf("Publisher"),
    MessageProducer: classOf("Producer"),
    MessageConsumer: classOf("Consumer"),
    DomainEventDispatcher: classOf("Dispatcher", {
      opens: callFacts({
        effect: "consume",
        access: "read",
        target: { arg: 0, path: "domainEventHandlers", keys: true },
      }),
    }),
    "*": pure,
  },
  types: {
    Publisher: { methods: { publish: publishes({ target: { arg: 0 }, options: 3 }) } },
    Producer: { methods: { send: publishes({ target: { arg: 0 } }), sendMessage: publishes({ target: { arg: 0 } }) } },
    Consumer: {
      methods: {
        subscribe: consumes({ target: { arg: 0, path: "topics" }, handlerAt: { arg: 0, path: "messageHandler" } }),
        "unsubscribe,disconnect": pure,
      },
    },
    Dispatcher: { methods: { initialize: pure } },
  },
  timeout: { byDefault: "never", defaultMs: null, options: [] },
  source: "eventuate-tram-core-nodejs lib/DomainEventPublisher.js, DomainEventDispatcher.js, MessageConsumer.js",
} as const satisfies Library;

// --------------------------------------------------------------------------------------------------- WebSockets

const socket: TypeFacts = {
  methods: {
    emit: publishes({ target: { arg: 0 }, returns: "value" }),
    emitWithAck: request({ method: "rpc", access: "write", idempotent: "unknown", target: { arg: 0 } }),
    send: publishes({ returns: "value" }),
    timeout: { is: "wrapper", wrap: { fn: -1, adds: ["deadline"], deadline: { arg: 0 } } },
    on: consumes({ target: { arg: 0 }, handler: 1, returns: "value" }),
    "once,off,disconnect,close,connect,join,leave,to,in,volatile,removeAllListeners": self,
  },
};

export const socketIo = {
  package: "socket.io-client",
  version: "4.8.0",
  category: ["rpc"],
  exports: { "io,default,connect": factory("Socket", { options: 1, target: { arg: 0 } }), Socket: classOf("Socket") },
  types: { Socket: socket },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "ackTimeout", at: ["instance"], unit: "ms", covers: "total" },
      { name: "timeout", at: ["instance"], unit: "ms", covers: "connect" },
    ],
  },
  source: "socket.io-client 4.8 lib/socket.ts, lib/manager.ts",
} as const satisfies Library;

export const socketIoServer = {
  package: "socket.io",
  version: "not checked",
  category: ["rpc"],
  exports: { "Server,default": classOf("Server", { options: 1 }), Socket: classOf("Socket"), "*": pure },
  types: {
    Server: {
      methods: {
        emit: publishes({ target: { arg: 0 }, returns: "value" }),
        on: consumes({ target: { arg: 0 }, handler: 1, params: ["Socket"], returns: "value" }),
        "to,in,of,use,except,local": self,
        "close,listen,attach,adapter,engine": pure,
      },
    },
    Socket: socket,
  },
  timeout: { byDefault: "never", defaultMs: null, options: [] },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const ws = {
  package: "ws",
  version: "8.21.0",
  category: ["rpc"],
  exports: {
    "default,WebSocket": classOf("WebSocket", {
      options: 2,
      target: { arg: 0 },
      opens: callFacts({ effect: "connect", access: "none", target: { arg: 0 }, options: 2, returns: "emitter" }),
    }),
    "WebSocketServer,Server": classOf("Server", { options: 0 }),
  },
  types: {
    WebSocket: {
      methods: {
        send: publishes({ returns: "value", callback: -1 }),
        on: consumes({ handler: 1, returns: "value" }),
        "ping,pong,close,terminate,once,addEventListener,removeListener": pure,
      },
    },
    Server: {
      methods: {
        on: call({ effect: "route", access: "none", handler: 1, returns: "value" }),
        "close,handleUpgrade,emit": pure,
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "handshakeTimeout", at: ["instance"], unit: "ms", covers: "connect" }],
  },
  source: "ws 8.21.0 lib/websocket.js",
} as const satisfies Library;
