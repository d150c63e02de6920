import type { CallFacts, Library, RetryFacts, Shape, TimeoutFacts, TypeFacts } from "../library.ts";
import {
  call,
  callFacts,
  classOf,
  consumes,
  factory,
  instance,
  publishes,
  pure,
  reads,
  retries,
  sdk,
  self,
  transactionStep,
  writes,
} from "../vocabulary.ts";

// ------------------------------------------------------------------------------------------------ AWS SDK version 3

const input = {
  arg: 0,
  path: "TableName|QueueUrl|TopicArn|TargetArn|StreamName|EventBusName|Bucket|FunctionName|SecretId|stateMachineArn|KeyId|Name|UserPoolId",
} as const;
const table = { arg: 0, path: "TableName" } as const;
const command = (facts: CallFacts): Shape => ({ is: "command", call: facts });
const sdkCommand = (access: "read" | "write", idempotent: CallFacts["idempotent"]): Shape =>
  command(callFacts({ effect: "sdk", access, idempotent, target: input }));
const tableCommand = (access: "read" | "write", idempotent: CallFacts["idempotent"]): Shape =>
  command(callFacts({ effect: "query", access, idempotent, target: table, entity: table }));
const send: Shape = { is: "sends", arg: 0, options: 1, callback: -1 };

const awsTimeout: TimeoutFacts = {
  byDefault: "never",
  defaultMs: null,
  options: [
    { name: "abortSignal", at: ["call"], unit: "signal", covers: "total" },
    { name: "requestHandler.socketTimeout", at: ["instance"], unit: "ms", covers: "response", off: [0] },
    { name: "requestHandler.connectionTimeout", at: ["instance"], unit: "ms", covers: "connect", off: [0] },
    { name: "requestHandler.requestTimeout", at: ["instance"], unit: "ms", covers: "total", off: [0] },
  ],
  ignored: [
    {
      name: "timeout",
      at: "call",
      why: "AWS clients read timeouts from the request handler that the client was made with.",
    },
  ],
};
const awsRetry: RetryFacts = retries({
  attempts: 3,
  baseMs: 50,
  capMs: 20_000,
  jitter: true,
  everyError: false,
  unsafeMethods: true,
  options: { attempts: { name: "maxAttempts", counts: "attempts" }, delayFunction: "retryStrategy" },
});

const awsCommands: Readonly<Record<string, Shape>> = {
  "Get*Command,List*Command,Describe*Command,Head*Command,Query*Command,Scan*Command,Select*Command,BatchGet*Command,Filter*Command,Search*Command,Verify*Command,Decrypt*Command":
    sdkCommand("read", true),
  "Put*Command,Delete*Command,Tag*Command,Untag*Command,Set*Command,Abort*Command,Complete*Command,Copy*Command,Attach*Command,Detach*Command":
    sdkCommand("write", true),
  "*Command": sdkCommand("write", false),
  // Messages
  "SendMessageCommand,SendMessageBatchCommand,PublishCommand,PublishBatchCommand,PutEventsCommand,PutRecordCommand,PutRecordsCommand":
    command(callFacts({ effect: "publish", access: "write", idempotent: false, target: input })),
  ReceiveMessageCommand: command(callFacts({ effect: "consume", access: "read", target: input })),
  "DeleteMessageCommand,DeleteMessageBatchCommand,ChangeMessageVisibilityCommand": command(
    callFacts({ effect: "ack", access: "none", idempotent: true, target: input }),
  ),
  // Functions of other services
  InvokeCommand: command(
    callFacts({
      effect: "request",
      access: "write",
      idempotent: "unknown",
      method: "rpc",
      target: { arg: 0, path: "FunctionName" },
    }),
  ),
  "StartExecutionCommand,StartSyncExecutionCommand": command(
    callFacts({ effect: "sdk", access: "write", idempotent: "unknown", target: { arg: 0, path: "stateMachineArn" } }),
  ),
};
const dynamoCommands: Readonly<Record<string, Shape>> = {
  "GetCommand,GetItemCommand,QueryCommand,ScanCommand,BatchGetCommand,BatchGetItemCommand,TransactGetCommand,TransactGetItemsCommand,DescribeTableCommand,ListTablesCommand":
    tableCommand("read", true),
  "PutCommand,PutItemCommand,DeleteCommand,DeleteItemCommand": tableCommand("write", true),
  "UpdateCommand,UpdateItemCommand,BatchWriteCommand,BatchWriteItemCommand,ExecuteStatementCommand,BatchExecuteStatementCommand":
    tableCommand("write", "unknown"),
  "TransactWriteCommand,TransactWriteItemsCommand": command(
    callFacts({ effect: "transaction", access: "write", idempotent: false, target: { arg: 0, path: "TransactItems" } }),
  ),
  "CreateTableCommand,UpdateTableCommand,DeleteTableCommand": tableCommand("write", true),
};
const client: TypeFacts = { methods: { send, destroy: pure } };

/** Operations as methods (`new S3().getObject(params)`), which version 2 and the aggregated clients of version 3 have. */
const operations: Readonly<Record<string, Shape>> = {
  "get*,list*,describe*,head*,query*,scan*,batchGet*,select*": sdk("read", {
    target: input,
    callback: -1,
    options: 0,
    yields: "Request",
  }),
  "put*,delete*,set*,copy*,tag*,untag*": sdk("write", {
    idempotent: true,
    target: input,
    callback: -1,
    yields: "Request",
  }),
  "sendMessage,sendMessageBatch,publish,publishBatch,putEvents,putRecord,putRecords": publishes({
    target: input,
    callback: -1,
    yields: "Request",
  }),
  receiveMessage: consumes({ target: input, callback: -1, yields: "Request" }),
  "deleteMessage,deleteMessageBatch,changeMessageVisibility": call({
    effect: "ack",
    access: "none",
    target: input,
    callback: -1,
    yields: "Request",
  }),
  invoke: call({
    effect: "request",
    access: "write",
    idempotent: "unknown",
    method: "rpc",
    target: { arg: 0, path: "FunctionName" },
    callback: -1,
    yields: "Request",
  }),
  "config,makeRequest,waitFor,getSignedUrl,getSignedUrlPromise,createPresignedPost,on,setupRequestListeners,destroy":
    pure,
  "*": sdk("write", { target: input, callback: -1, yields: "Request" }),
};
const requestType: TypeFacts = { methods: { "promise,createReadStream,on": self, "abort,send": pure } };

export const awsClients = {
  package: "@aws-sdk/client-*",
  aliases: ["@aws-sdk/lib-storage", "@smithy/node-http-handler"],
  version: "3.x (@smithy/core 3.41.0)",
  title: "AWS SDK",
  category: ["cloud-sdk"],
  exports: {
    ...awsCommands,
    "*Client": classOf("Client", { options: 0 }),
    NodeHttpHandler: classOf("Handler", { options: 0 }),
    Upload: classOf("Upload", { options: 0, target: { arg: 0, path: "params.Bucket" } }),
    "*Exception,*Error,paginate*,waitUntil*": pure,
    // The aggregated client of a service (`new S3({})`) has its operations as methods.
    "*": classOf("Service", { options: 0 }),
  },
  types: {
    Client: client,
    Service: { methods: { send, ...operations } },
    Request: requestType,
    Handler: { methods: { "*": pure } },
    Upload: { methods: { done: sdk("write", { idempotent: true }), "on,abort": pure } },
  },
  timeout: awsTimeout,
  retry: awsRetry,
  source: "@smithy/core 3.41.0, @smithy/node-http-handler 4.14.2, @aws-sdk/client-sqs",
} as const satisfies Library;

export const awsQueues = {
  package: "@aws-sdk/client-sqs",
  aliases: [
    "@aws-sdk/client-sns",
    "@aws-sdk/client-eventbridge",
    "@aws-sdk/client-kinesis",
    "@aws-sdk/client-firehose",
  ],
  version: "3.x (@smithy/core 3.41.0)",
  title: "Amazon SQS",
  category: ["queue", "cloud-sdk"],
  exports: {
    ...awsCommands,
    "*Client": classOf("Client", { options: 0 }),
    "SQS,SNS,EventBridge,Kinesis,Firehose": classOf("Service", { options: 0 }),
    "*": pure,
  },
  types: { Client: client, Service: { methods: { send, ...operations } }, Request: requestType },
  timeout: awsTimeout,
  retry: awsRetry,
  broker: {
    ack: "explicit",
    acknowledges: ["DeleteMessageCommand", "DeleteMessageBatchCommand", "deleteMessage"],
    refuses: ["ChangeMessageVisibilityCommand"],
    deadLetter: ["RedrivePolicy", "Attributes.RedrivePolicy"],
    deliveries: "unknown",
    prefetch: 1,
    prefetchOption: "MaxNumberOfMessages",
    dedupe: ["MessageDeduplicationId"],
  },
  source: "@smithy/core 3.41.0, @aws-sdk/client-sqs",
} as const satisfies Library;

export const awsDynamo = {
  package: "@aws-sdk/client-dynamodb",
  aliases: ["@aws-sdk/lib-dynamodb"],
  version: "3.x (@smithy/core 3.41.0)",
  title: "Amazon DynamoDB",
  category: ["database", "cloud-sdk"],
  exports: {
    ...dynamoCommands,
    "*Command": tableCommand("write", "unknown"),
    DynamoDBClient: classOf("Client", { options: 0 }),
    DynamoDB: classOf("Tables", { options: 0 }),
    DynamoDBDocumentClient: classOf("Client", { statics: { from: factory("Client") } }),
    DynamoDBDocument: classOf("Tables", { statics: { from: factory("Tables") } }),
    "*": pure,
  },
  types: {
    Client: client,
    Tables: {
      methods: {
        send,
        "get,query,scan,batchGet,transactGet,getItem,batchGetItem,describeTable": reads({
          target: table,
          entity: table,
        }),
        "put,delete,putItem,deleteItem": writes({ target: table, entity: table, idempotent: true }),
        "update,batchWrite,updateItem,batchWriteItem": writes({ target: table, entity: table, idempotent: "unknown" }),
        "transactWrite,transactWriteItems": transactionStep(),
        destroy: pure,
      },
    },
  },
  timeout: awsTimeout,
  retry: awsRetry,
  source: "@aws-sdk/client-dynamodb and @aws-sdk/lib-dynamodb 3.x",
} as const satisfies Library;

// ------------------------------------------------------------------------------------------------ AWS SDK version 2

const v2Service = classOf("Service", { options: 0 });
const documentClient = classOf("DocumentClient", { options: 0 });
const dynamoV2 = classOf("DocumentClient", {
  options: 0,
  statics: { DocumentClient: documentClient, Converter: pure },
});
const v2Services: Readonly<Record<string, Shape>> = {
  DynamoDB: dynamoV2,
  "S3,SQS,SNS,SES,SESV2,Lambda,StepFunctions,EventBridge,Kinesis,Firehose,SecretsManager,SSM,KMS,CognitoIdentityServiceProvider,CloudWatch,CloudWatchLogs,Athena,Rekognition,STS,ECS,EC2,CloudFront,Route53,RDSDataService,Pinpoint,Textract,Comprehend,Polly,Translate":
    v2Service,
  "config,Credentials,SharedIniFileCredentials,Endpoint,HttpRequest,Config,CredentialProviderChain,EnvironmentCredentials":
    pure,
};

export const awsV2 = {
  package: "aws-sdk",
  aliases: ["aws-xray-sdk"],
  version: "2.1692.0",
  title: "AWS SDK",
  category: ["cloud-sdk"],
  exports: { ...v2Services, DocumentClient: documentClient },
  types: {
    Service: { methods: operations },
    DocumentClient: {
      methods: {
        "get,query,scan,batchGet,transactGet,getItem,batchGetItem,describeTable,listTables": reads({
          target: table,
          entity: table,
          callback: -1,
          yields: "Request",
        }),
        "put,delete,putItem,deleteItem": writes({
          target: table,
          entity: table,
          idempotent: true,
          callback: -1,
          yields: "Request",
        }),
        "update,batchWrite,updateItem,batchWriteItem": writes({
          target: table,
          entity: table,
          idempotent: "unknown",
          callback: -1,
          yields: "Request",
        }),
        "transactWrite,transactWriteItems": transactionStep({ callback: -1, yields: "Request" }),
        "createSet,createTable,deleteTable,waitFor": pure,
      },
    },
    Request: requestType,
  },
  timeout: {
    byDefault: "late",
    defaultMs: 120_000,
    options: [
      { name: "httpOptions.timeout", at: ["instance"], unit: "ms", covers: "response", off: [0] },
      { name: "httpOptions.connectTimeout", at: ["instance"], unit: "ms", covers: "connect" },
    ],
  },
  retry: retries({
    attempts: 4,
    baseMs: 100,
    jitter: true,
    everyError: false,
    unsafeMethods: true,
    options: {
      attempts: { name: "maxRetries", counts: "retries" },
      delay: "retryDelayOptions.base",
      delayFunction: "retryDelayOptions.customBackoff",
    },
  }),
  source: "aws-sdk 2.1692.0 lib/service.js, lib/http/node.js",
} as const satisfies Library;

// --------------------------------------------------------------------------------------------------- Google Cloud

const gaxTimeout: TimeoutFacts = {
  byDefault: "bounded",
  defaultMs: 30_000,
  options: [{ name: "timeout", at: ["call"], unit: "ms", covers: "total" }],
};
const gaxRetry: RetryFacts = retries({
  attempts: 3,
  jitter: true,
  everyError: false,
  unsafeMethods: false,
  options: { attempts: { name: "maxRetries", counts: "retries" }, predicate: "retry" },
});
const subscriptionOn = consumes({ handler: 1, params: ["Message"], returns: "value" });

export const pubsub = {
  package: "@google-cloud/pubsub",
  version: "5.3.0",
  title: "Google Cloud Pub/Sub",
  category: ["queue", "cloud-sdk"],
  exports: {
    PubSub: classOf("PubSub", { options: 0 }),
    Topic: classOf("Topic"),
    Subscription: classOf("Subscription"),
    Message: classOf("Message"),
  },
  types: {
    PubSub: {
      methods: {
        topic: factory("Topic", { target: { arg: 0 } }),
        subscription: factory("Subscription", { target: { arg: 0 }, options: 1 }),
        "createTopic,createSubscription": factory("Topic", { async: true, target: { arg: 0 } }),
        close: pure,
      },
    },
    Topic: {
      methods: {
        "publishMessage,publish,publishJSON": publishes(),
        subscription: factory("Subscription", { target: { arg: 0 } }),
        "createSubscription,exists,get,getMetadata,setMetadata,setPublishOptions": pure,
      },
    },
    Subscription: {
      methods: { on: subscriptionOn, "close,removeListener,removeAllListeners,get,exists,setMetadata,once": pure },
    },
    Message: {
      methods: { "ack,nack,ackWithResponse,nackWithResponse,modAck": call({ effect: "ack", access: "none" }) },
    },
  },
  timeout: gaxTimeout,
  retry: gaxRetry,
  broker: {
    ack: "explicit",
    acknowledges: ["ack", "ackWithResponse"],
    refuses: ["nack", "nackWithResponse"],
    deadLetter: ["deadLetterPolicy.deadLetterTopic"],
    deliveries: "unbounded",
    deliveriesOption: "deadLetterPolicy.maxDeliveryAttempts",
    prefetch: 1000,
    prefetchOption: "flowControl.maxMessages",
  },
  source: "@google-cloud/pubsub 5.3.0 src/subscriber.ts, src/lease-manager.ts",
} as const satisfies Library;

export const cloudStorage = {
  package: "@google-cloud/storage",
  version: "7.19.0",
  title: "Google Cloud Storage",
  category: ["cloud-sdk"],
  exports: { Storage: classOf("Storage", { options: 0 }), Bucket: classOf("Bucket"), File: classOf("File") },
  types: {
    Storage: { methods: { bucket: factory("Bucket", { target: { arg: 0 } }), "getBuckets,createBucket": sdk("read") } },
    Bucket: {
      methods: {
        file: factory("File", { target: { arg: 0 } }),
        "getFiles,exists,getMetadata": sdk("read", { options: 0 }),
        "upload,deleteFiles,delete,create,setMetadata,combine": sdk("write", { options: 1 }),
      },
    },
    File: {
      methods: {
        "download,exists,getMetadata,isPublic": sdk("read", { options: 0 }),
        createReadStream: sdk("read", { returns: "stream" }),
        "save,delete,copy,move,setMetadata,makePublic": sdk("write", { options: 1 }),
        createWriteStream: sdk("write", { returns: "stream" }),
        "getSignedUrl,publicUrl": pure,
      },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 600_000,
    options: [
      { name: "retryOptions.totalTimeout", at: ["instance"], unit: "s", covers: "total" },
      { name: "timeout", at: ["instance"], unit: "ms", covers: "response" },
    ],
  },
  retry: retries({
    attempts: 4,
    capMs: 64_000,
    everyError: false,
    unsafeMethods: false,
    options: {
      attempts: { name: "retryOptions.maxRetries", counts: "retries" },
      factor: "retryOptions.retryDelayMultiplier",
      cap: "retryOptions.maxRetryDelay",
      predicate: "retryOptions.retryableErrorFn",
    },
  }),
  source: "@google-cloud/storage 7.19.0 src/storage.ts",
} as const satisfies Library;

const firestoreTypes: Readonly<Record<string, TypeFacts>> = {
  Firestore: {
    methods: {
      "collection,collectionGroup": factory("Collection", { entity: { arg: 0 } }),
      doc: factory("Document", { entity: { arg: 0 } }),
      runTransaction: { is: "wrapper", wrap: { fn: 0, adds: ["transaction", "retry"], params: ["Transaction"] } },
      batch: factory("Batch"),
      getAll: reads(),
      "settings,terminate": pure,
    },
  },
  Collection: {
    methods: {
      doc: factory("Document", { entity: "receiver" }),
      add: writes(),
      get: reads(),
      listDocuments: reads(),
      onSnapshot: consumes({ handler: 0, returns: "value" }),
      stream: reads({ returns: "stream" }),
      "*": self,
    },
  },
  Document: {
    methods: {
      get: reads(),
      "set,delete": writes({ idempotent: true }),
      "create,update": writes({ idempotent: "unknown" }),
      collection: factory("Collection", { entity: { arg: 0 } }),
      onSnapshot: consumes({ handler: 0, returns: "value" }),
      listCollections: reads(),
    },
  },
  Transaction: { methods: { "get,getAll": reads(), "set,update,delete,create": self } },
  Batch: { methods: { commit: writes({ idempotent: "unknown" }), "*": self } },
};

export const firestore = {
  package: "@google-cloud/firestore",
  aliases: ["firebase-admin/firestore"],
  version: "9.4.1",
  title: "Firestore",
  category: ["database", "cloud-sdk"],
  exports: {
    Firestore: classOf("Firestore", { options: 0 }),
    getFirestore: factory("Firestore"),
    "FieldValue,Timestamp,GeoPoint,FieldPath": pure,
  },
  types: firestoreTypes,
  timeout: gaxTimeout,
  retry: gaxRetry,
  source: "@google-cloud/firestore 9.4.1, google-gax 5.0.8",
} as const satisfies Library;

export const firebaseAdmin = {
  package: "firebase-admin",
  version: "14.x",
  category: ["cloud-sdk"],
  exports: {
    default: instance("Admin"),
    "initializeApp,cert,applicationDefault,credential": pure,
    "firestore,getFirestore": factory("@google-cloud/firestore:Firestore"),
    "auth,getAuth": factory("Auth"),
    "messaging,getMessaging": factory("Messaging"),
    "storage,getStorage": factory("@google-cloud/storage:Storage"),
  },
  types: {
    Admin: {
      methods: {
        firestore: factory("@google-cloud/firestore:Firestore"),
        auth: factory("Auth"),
        messaging: factory("Messaging"),
        storage: factory("@google-cloud/storage:Storage"),
        initializeApp: self,
      },
    },
    Auth: {
      methods: {
        "verifyIdToken,get*,list*,verifySessionCookie": sdk("read"),
        "*": sdk("write", { idempotent: "unknown" }),
      },
    },
    Messaging: {
      methods: {
        "send,sendEach,sendEachForMulticast,sendMulticast,sendAll,sendToDevice,sendToTopic": sdk("write"),
        "*": sdk("write", { idempotent: true }),
      },
    },
  },
  timeout: { byDefault: "late", defaultMs: null, options: [] },
  retry: retries({ attempts: 5, baseMs: 500, capMs: 60_000, everyError: false, unsafeMethods: true }),
  source: "firebase-admin src/utils/api-request.ts",
} as const satisfies Library;

export const googleClients = {
  package: "google-gax",
  aliases: [
    "@google-cloud/tasks",
    "@google-cloud/bigquery",
    "@google-cloud/secret-manager",
    "@google-cloud/kms",
    "@google-cloud/vision",
    "@google-cloud/translate",
    "@google-cloud/dialogflow",
    "@google-cloud/scheduler",
  ],
  version: "5.0.8",
  title: "Google Cloud client",
  category: ["cloud-sdk", "rpc"],
  exports: {
    "*Client,BigQuery": classOf("Client", { options: 0 }),
    v1: { is: "namespace", members: { "*Client": classOf("Client", { options: 0 }) } },
    v2: { is: "namespace", members: { "*Client": classOf("Client", { options: 0 }) } },
  },
  types: {
    Client: {
      methods: {
        "get*,list*,search*,access*,query*": sdk("read", {
          target: { arg: 0, path: "name|parent|resource" },
          options: 1,
        }),
        "*Path,close,initialize": pure,
        "*": sdk("write", { idempotent: "unknown", target: { arg: 0, path: "name|parent|resource" }, options: 1 }),
      },
    },
  },
  timeout: gaxTimeout,
  retry: gaxRetry,
  source: "google-gax 5.0.8 src/gax.ts",
} as const satisfies Library;

// ----------------------------------------------------------------------------------------------------------- Azure

const azureRetry: RetryFacts = retries({
  attempts: 4,
  capMs: 64_000,
  jitter: true,
  everyError: false,
  unsafeMethods: true,
  options: {
    attempts: { name: "retryOptions.maxRetries", counts: "retries" },
    delay: "retryOptions.retryDelayInMs",
    cap: "retryOptions.maxRetryDelayInMs",
  },
});
const azureTimeout: TimeoutFacts = {
  byDefault: "never",
  defaultMs: null,
  options: [
    { name: "requestOptions.timeout", at: ["call"], unit: "ms", covers: "total" },
    { name: "abortSignal", at: ["call"], unit: "signal", covers: "total" },
  ],
};
const busOptions = [
  { name: "retryOptions.timeoutInMs", at: ["instance"], unit: "ms", covers: "total" },
  { name: "abortSignal", at: ["call"], unit: "signal", covers: "total" },
] as const;

export const serviceBus = {
  package: "@azure/service-bus",
  version: "7.9.5",
  title: "Azure Service Bus",
  category: ["queue", "cloud-sdk"],
  exports: {
    ServiceBusClient: classOf("Client", { options: 1, target: { arg: 0 } }),
    ServiceBusSender: classOf("Sender"),
    ServiceBusReceiver: classOf("Receiver"),
    "*": pure,
  },
  types: {
    Client: {
      methods: {
        createSender: factory("Sender", { target: { arg: 0 } }),
        "createReceiver,acceptSession,acceptNextSession": factory("Receiver", { target: { arg: 0 } }),
        close: pure,
      },
    },
    Sender: {
      methods: {
        "sendMessages,scheduleMessages": publishes({ options: 1 }),
        "createMessageBatch,close,cancelScheduledMessages": pure,
      },
    },
    Receiver: {
      methods: {
        subscribe: consumes({ handlerAt: { arg: 0, path: "processMessage" }, options: 1, returns: "value" }),
        "receiveMessages,peekMessages,getMessageIterator": consumes({ options: 1 }),
        "completeMessage,abandonMessage,deadLetterMessage,deferMessage,renewMessageLock": call({
          effect: "ack",
          access: "none",
        }),
        close: pure,
      },
    },
  },
  timeout: { byDefault: "bounded", defaultMs: 60_000, options: busOptions },
  retry: retries({
    attempts: 4,
    growth: "none",
    baseMs: 30_000,
    capMs: 90_000,
    everyError: false,
    unsafeMethods: true,
    options: {
      attempts: { name: "retryOptions.maxRetries", counts: "retries" },
      delay: "retryOptions.retryDelayInMs",
      cap: "retryOptions.maxRetryDelayInMs",
      factor: "retryOptions.mode",
    },
  }),
  broker: {
    ack: "after-handler",
    ackOption: { name: "autoCompleteMessages", onDelivery: false },
    acknowledges: ["completeMessage"],
    refuses: ["abandonMessage", "deadLetterMessage", "deferMessage"],
    deadLetter: ["deadLetterMessage"],
    deliveries: 10,
    prefetch: 1,
    prefetchOption: "maxConcurrentCalls",
    dedupe: ["messageId"],
  },
  source: "@azure/service-bus 7.9.5 src/receivers/*.ts, @azure/core-amqp src/retry.ts",
} as const satisfies Library;

export const eventHubs = {
  package: "@azure/event-hubs",
  version: "not checked",
  title: "Azure Event Hubs",
  category: ["queue", "cloud-sdk"],
  exports: {
    EventHubProducerClient: classOf("Producer", { target: { arg: 1 } }),
    EventHubConsumerClient: classOf("Consumer", { target: { arg: 2 } }),
    "*": pure,
  },
  types: {
    Producer: { methods: { sendBatch: publishes({ options: 1 }), "createBatch,close": pure } },
    Consumer: {
      methods: { subscribe: consumes({ handlerAt: { arg: 0, path: "processEvents" }, returns: "value" }), close: pure },
    },
  },
  timeout: { byDefault: "bounded", defaultMs: 60_000, options: busOptions },
  retry: azureRetry,
  broker: {
    ack: "explicit",
    acknowledges: ["updateCheckpoint"],
    refuses: [],
    deadLetter: [],
    deliveries: "unknown",
    prefetch: null,
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const azureClients = {
  package: "@azure/core-rest-pipeline",
  aliases: [
    "@azure/storage-blob",
    "@azure/storage-queue",
    "@azure/cosmos",
    "@azure/keyvault-secrets",
    "@azure/data-tables",
  ],
  version: "1.24.0",
  title: "Azure SDK",
  category: ["cloud-sdk"],
  exports: {
    "*Client": classOf("Client", {
      options: 2,
      target: { arg: 0 },
      statics: { "from*": factory("Client", { target: { arg: 0 } }) },
    }),
    "*": pure,
  },
  types: {
    Client: {
      methods: {
        "get*Client": factory("Client", { target: { arg: 0 } }),
        "database,container,item,items": factory("Client", { target: { arg: 0 } }),
        "get*,list*,download*,exists,read,readAll,query,fetchAll,peek*": sdk("read", { options: -1 }),
        "create*,upload*,set*,delete*,update*,upsert*,replace,patch,send*,stage*,commit*,beginCopy*": sdk("write", {
          options: -1,
          idempotent: "unknown",
        }),
      },
      properties: { "items,item,containers,databases": { type: "Client" } },
    },
  },
  timeout: azureTimeout,
  retry: azureRetry,
  source: "@azure/core-rest-pipeline 1.24.0, ts-http-runtime 0.3.6",
} as const satisfies Library;

export const kubernetes = {
  package: "@kubernetes/client-node",
  version: "2.0.0",
  title: "Kubernetes client",
  category: ["cloud-sdk"],
  exports: {
    KubeConfig: classOf("KubeConfig"),
    Watch: classOf("Watch"),
    "*Api": classOf("Api"),
    makeInformer: consumes({ returns: "value" }),
    "*": pure,
  },
  types: {
    KubeConfig: { methods: { makeApiClient: factory("Api"), "*": pure } },
    Api: {
      methods: {
        "read*,list*": sdk("read"),
        "replace*,delete*": sdk("write", { idempotent: true }),
        "create*,patch*": sdk("write", { idempotent: "unknown" }),
        "*": pure,
      },
    },
    Watch: { methods: { watch: consumes({ target: { arg: 0 }, handler: 2 }) } },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "signal", at: ["call"], unit: "signal", covers: "total" }],
  },
  source: "@kubernetes/client-node 2.0.0 src/watch.ts",
} as const satisfies Library;

export const minio = {
  package: "minio",
  aliases: ["nestjs-minio-client"],
  version: "not checked",
  title: "MinIO",
  category: ["cloud-sdk"],
  exports: { Client: classOf("Client", { options: 0, target: { arg: 0, path: "endPoint" } }) },
  types: {
    Client: {
      methods: {
        "getObject,fGetObject,statObject,listObjects,listObjectsV2,listBuckets,bucketExists": sdk("read", {
          target: { arg: 0 },
        }),
        "putObject,fPutObject,removeObject,removeObjects,makeBucket,copyObject": sdk("write", {
          idempotent: true,
          target: { arg: 0 },
        }),
        "presigned*": pure,
      },
    },
  },
  timeout: { byDefault: "never", defaultMs: null, options: [] },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;
