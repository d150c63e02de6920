/** What names alone tell: receivers whose origin could not be traced, verbs, headers, routes, tables. */
import type { NamingConvention } from "./library.ts";

/** Only names that hardly ever mean something else; and a method that the type lists must be called. */
export const conventions: readonly NamingConvention[] = [
  { receiver: "^axios(Instance|Client)?$", library: "axios", type: "AxiosInstance" },
  { receiver: "^axiosRef$", library: "axios", type: "AxiosInstance" },
  { receiver: "^httpService$", library: "@nestjs/axios", type: "HttpService" },
  { receiver: "^prisma(Service|Client)?$", library: "@prisma/client", type: "PrismaClient" },
  { receiver: "^_?(redis|ioredis)(Client|Connection)?$", library: "ioredis", type: "Redis" },
  { receiver: "^knex$", library: "knex", type: "Knex" },
  { receiver: "^kafka(Producer)$", library: "kafkajs", type: "Producer" },
  { receiver: "^kafkaConsumer$", library: "kafkajs", type: "Consumer" },
  { receiver: "^(amqp|rabbit(mq)?)?[cC]hannel(Wrapper)?$", library: "amqplib", type: "Channel" },
  { receiver: "^(pg)?[pP]ool$|^pgClient$", library: "pg", type: "Pool" },
  { receiver: "^entityManager$", library: "typeorm", type: "EntityManager" },
  { receiver: "^dataSource$", library: "typeorm", type: "DataSource" },
  { receiver: "^queryRunner$", library: "typeorm", type: "QueryRunner" },
  { receiver: "^stripe(Client)?$", library: "stripe", type: "Stripe" },
  { receiver: "^sqs(Client)?$", library: "@aws-sdk/client-*", type: "Client" },
  { receiver: "^sns(Client)?$", library: "@aws-sdk/client-*", type: "Client" },
  { receiver: "^s3(Client)?$", library: "@aws-sdk/client-*", type: "Client" },
  { receiver: "^(dynamoDb|dynamodb|dynamo|documentClient|docClient)$", library: "aws-sdk", type: "DocumentClient" },
];

/** Words in names of functions, methods, headers, routes and tables. */
export const names = {
  /** First words of functions that read. */
  readVerbs: ["get", "find", "list", "fetch", "search", "query", "count", "exists", "read", "load", "describe", "head", "scan", "lookup", "check"],
  /** First words of functions that write. */
  writeVerbs: [
    "create", "insert", "add", "update", "upsert", "save", "delete", "remove", "put", "post", "patch", "set", "publish", "send",
    "emit", "enqueue", "charge", "capture", "refund", "transfer", "reserve", "cancel", "approve",
  ],
  /** First words of functions that take something back. */
  compensationVerbs: [
    "cancel", "refund", "release", "revert", "rollback", "undo", "compensate", "void", "reverse", "restore", "unreserve", "deactivate",
  ],
  correlationHeaders: [
    "traceparent", "tracestate", "baggage", "x-request-id", "x-correlation-id", "x-amzn-trace-id", "x-cloud-trace-context", "x-b3-traceid", "b3",
  ],
  healthRoutes: {
    liveness: ["/livez", "/live", "/health/live", "/healthz", "/liveness"],
    readiness: ["/readyz", "/ready", "/health/ready", "/readiness"],
    startup: ["/startupz", "/health/startup"],
    generic: ["/health", "/healthcheck", "/health-check", "/_health", "/status", "/ping"],
  },
  /** Regular expression on table, collection and entity names (not case sensitive). */
  outbox: "(^|_|\\b)outbox|outgoing_?messages?|transactional_?messages?",
  inbox: "(^|_|\\b)inbox(_|$)|processed_?(messages?|events?)|message_?deduplications?",
  /** Headers, options and properties that carry a key against doing things twice (not case sensitive). */
  idempotencyKeys: [
    "idempotency-key", "x-idempotency-key", "idempotencyKey", "idempotency_key", "idempotentKey", "jobId", "MessageDeduplicationId",
    "ClientRequestToken", "ClientToken", "msgID", "singletonKey", "dedupeKey", "deduplicationId", "PayPal-Request-Id",
  ],
} as const;
