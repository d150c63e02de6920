/** What a client library speaks to. */

/** Library → engine of the store behind it. Mappers that speak to several are not here: their engine is read from the address. */
export const STORE_ENGINES: readonly (readonly [RegExp, string])[] = [
  [/^(?:pg|pg-.+|postgres|postgres-.+|slonik|@neondatabase\/.+|@vercel\/postgres|pg-promise|@databases\/pg|massive)$/, "postgres"],
  [/^(?:mysql|mysql2|@planetscale\/.+|promise-mysql)$/, "mysql"],
  [/^mariadb$/, "mariadb"],
  [/^(?:mongodb|mongoose|@nestjs\/mongoose|@typegoose\/.+|monk|mongoist|papr|nestjs-typegoose)$/, "mongodb"],
  [/^(?:ioredis|redis|@redis\/.+|handy-redis|tedis|@upstash\/redis|@keyv\/redis|keyv-redis|connect-redis|cache-manager-(?:io)?redis.*|redis-om|iovalkey|@nestjs-modules\/ioredis|bullmq|bull|bee-queue|@nestjs\/bull|@nestjs\/bullmq)$/, "redis"],
  [/^(?:memcached|memjs|memcache)$/, "memcached"],
  [/^(?:@elastic\/elasticsearch|elasticsearch|@nestjs\/elasticsearch)$/, "elasticsearch"],
  [/^@opensearch-project\/.+$/, "opensearch"],
  [/^(?:cassandra-driver|express-cassandra)$/, "cassandra"],
  [/^(?:@aws-sdk\/(?:client-dynamodb|lib-dynamodb)|dynamoose|dynamodb-toolbox|electrodb|dynamodb-onetable|@aws\/dynamodb-data-mapper)$/, "dynamodb"],
  [/^(?:neo4j-driver|@neo4j\/.+)$/, "neo4j"],
  [/^(?:mssql|tedious)$/, "mssql"],
  [/^oracledb$/, "oracle"],
  [/^(?:sqlite3|better-sqlite3|sqlite|@libsql\/.+|node:sqlite|sql\.js)$/, "sqlite"],
  [/^(?:@clickhouse\/client.*|clickhouse)$/, "clickhouse"],
  [/^(?:@influxdata\/.+|influx)$/, "influxdb"],
  [/^(?:nano|pouchdb|couchdb-.+|@cloudant\/.+)$/, "couchdb"],
  [/^couchbase$/, "couchbase"],
  [/^(?:firebase-admin|@google-cloud\/firestore)$/, "firestore"],
  [/^@google-cloud\/(?:datastore|bigtable|spanner|bigquery)$/, "gcp-database"],
  [/^@azure\/cosmos$/, "cosmosdb"],
  [/^(?:@eventstore\/db-client|@kurrent\/kurrentdb-client|node-eventstore-client|geteventstore-promise)$/, "eventstore"],
  [/^(?:arangojs)$/, "arangodb"],
  [/^meilisearch$/, "meilisearch"],
  [/^typesense$/, "typesense"],
  [/^@qdrant\/.+$/, "qdrant"],
]; // prettier-ignore

/** Library → engine of the broker behind it; `queue:` for job queues, whose store is told by STORE_ENGINES. */
export const BROKER_ENGINES: readonly (readonly [RegExp, string])[] = [
  [/^(?:kafkajs|node-rdkafka|@confluentinc\/kafka-javascript|kafka-node|eventuate-tram-core-nodejs|@nestjs\/microservices:kafka)$/, "kafka"],
  [/^(?:amqplib|amqp-connection-manager|rascal|@golevelup\/nestjs-rabbitmq|amqp|amqp-ts|rabbitmq-client|@cloudamqp\/.+|foo-foo-mq)$/, "rabbitmq"],
  [/^(?:node-nats-streaming|@nestjs-plugins\/nestjs-nats-streaming-transport)$/, "nats-streaming"],
  [/^(?:nats|@nats-io\/.+)$/, "nats"],
  [/^(?:@aws-sdk\/client-sqs|sqs-consumer|sqs-producer|@ssut\/nestjs-sqs)$/, "sqs"],
  [/^@aws-sdk\/client-sns$/, "sns"],
  [/^@aws-sdk\/client-eventbridge$/, "eventbridge"],
  [/^@aws-sdk\/client-kinesis$/, "kinesis"],
  [/^@google-cloud\/pubsub$/, "pubsub"],
  [/^@azure\/(?:service-bus|event-hubs|storage-queue)$/, "azure-service-bus"],
  [/^(?:mqtt|async-mqtt)$/, "mqtt"],
  [/^(?:ioredis|redis|@redis\/.+|iovalkey|@upstash\/redis)$/, "redis"],
  [/^(?:bullmq|bull|bee-queue|@nestjs\/bull|@nestjs\/bullmq)$/, "redis"],
  [/^pulsar-client$/, "pulsar"],
  [/^(?:rhea|rhea-promise|stompit|@stomp\/stompjs)$/, "activemq"],
  [/^(?:pg-boss|graphile-worker|postgres|pg)$/, "postgres"],
]; // prettier-ignore

/** What people call the system behind an SDK, where its package is called otherwise. */
export const SDK_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^nodemailer|^@nestjs-modules\/mailer|^emailjs|^smtp/, "smtp"],
  [/^@sendgrid\//, "sendgrid"],
  [/^mailgun/, "mailgun"],
  [/^(?:stripe|@stripe\/.+|nestjs-stripe)$/, "stripe"],
  [/^(?:@paypal\/.+|paypal-.+)$/, "paypal"],
  [/^@slack\//, "slack"],
  [/^(?:@octokit\/.+|octokit)$/, "github"],
  [/^(?:openai|@azure\/openai|@ai-sdk\/openai)$/, "openai"],
  [/^@anthropic-ai\//, "anthropic"],
  [/^(groq|cohere)-(?:sdk|ai)$/, "$1"],
  [/^@mistralai\//, "mistral"],
  [/^@notionhq\//, "notion"],
  [/^@workos-inc\//, "workos"],
  [/^@getbrevo\//, "brevo"],
  [/^@gitbeaker\//, "gitlab"],
  [/^@googlemaps\//, "google-maps"],
  [/^jira\.js$/, "jira"],
  [/^(intercom|customerio|yahoo-finance)(?:-client|-node|2)$/, "$1"],
  [/^contentful/, "contentful"],
  [/^node-mailjet$/, "mailjet"],
  [/^@mailchimp\//, "mailchimp"],
  [/^algoliasearch$/, "algolia"],
  [/^expo-server-sdk$/, "expo"],
  [/^node-telegram-bot-api$/, "telegram"],
  [/^(?:@google\/generative-ai|@google\/genai|@google-cloud\/vertexai)$/, "google-ai"],
  [/^(?:minio|nestjs-minio.*)$/, "minio"],
  // A client of which the catalog knows the family alone.
  [/^@aws-sdk\/(?:client|lib)-\*$/, "aws"],
  [/^@aws-sdk\/(?:client|lib)-(.+)$/, "$1"],
  [/^google-gax$/, "google-cloud"],
  [/^@google-cloud\/(.+)$/, "google-cloud-$1"],
  [/^@azure\/(.+)$/, "azure-$1"],
  [/^@sentry\//, "sentry"],
  [/^(?:firebase-admin|firebase)$/, "firebase"],
  [/^@?([\w.-]+)(?:\/.*)?$/, "$1"],
]; // prettier-ignore

export function engineIn(table: readonly (readonly [RegExp, string])[], library: string): string | undefined {
  return table.find(([name]) => name.test(library))?.[1];
}

/** What the third party behind a call of an SDK is called; `maker` tells the services of an SDK that holds them all (`new S3()` of aws-sdk). */
/** The packages of Google's clients share one library; the class tells the product. */
const GOOGLE_CLIENTS: Readonly<Record<string, string>> = {
  ImageAnnotatorClient: "vision", CloudTasksClient: "tasks", SecretManagerServiceClient: "secret-manager", KeyManagementServiceClient: "kms",
  TranslationServiceClient: "translate", SessionsClient: "dialogflow", CloudSchedulerClient: "scheduler", BigQuery: "bigquery",
}; // prettier-ignore

export function sdkName(library: string, maker?: string): string {
  const product = library === "google-gax" && maker !== undefined ? GOOGLE_CLIENTS[maker] : undefined;
  if (product !== undefined) return `google-cloud-${product}`;
  if (library === "aws-sdk" && maker !== undefined && /^[A-Z]/.test(maker)) return maker.replace(/([a-z\d])([A-Z])/g, "$1-$2").toLowerCase();
  const row = SDK_NAMES.find(([name]) => name.test(library));
  if (row === undefined) return library;
  return row[1].includes("$") ? library.replace(row[0], row[1]) : row[1];
}

/** Object mappers that speak to several engines. */
export function isMapper(library: string): boolean {
  return /^(?:typeorm|@nestjs\/typeorm|sequelize|sequelize-typescript|@nestjs\/sequelize|knex|objection|@prisma\/client|\.prisma\/client|drizzle-orm.*|kysely|@mikro-orm\/.+|bookshelf|waterline)$/.test(library);
}
