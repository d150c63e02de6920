/** Images, ports and URL schemes by which stores, brokers and tools are told from services. */

export type InfrastructureKind = "store" | "broker" | "gateway" | "external" | "tool";

export interface Infrastructure {
  readonly kind: InfrastructureKind;
  /** What people call it; for stores and brokers the engine. */
  readonly engine: string;
  /** Last parts of image names. */
  readonly images: readonly string[];
  readonly ports?: readonly number[];
  readonly schemes?: readonly string[];
  /** Variables of the image that name the database it creates. */
  readonly database?: readonly string[];
}

/** Sorted by kind; within a kind the first that matches wins. Tools come first: `kafka-ui` is no Kafka. */
export const INFRASTRUCTURE: readonly Infrastructure[] = [
  tool("kafka-ui", ["kafka-ui", "akhq", "kafdrop", "kowl", "console", "redpanda-console", "kafka-manager", "cmak", "conduktor-platform", "kafka-topics-ui", "control-center", "cp-enterprise-control-center"]),
  tool("kafka-connect", ["connect", "kafka-connect", "cp-kafka-connect", "debezium-connect", "cp-schema-registry", "schema-registry", "cp-kafka-rest", "cp-ksqldb-server", "ksqldb-server", "cp-ksqldb-cli"]),
  tool("database-console", ["pgadmin4", "pgadmin", "adminer", "phpmyadmin", "mongo-express", "redis-commander", "redisinsight", "redis-insight", "dbeaver", "cloudbeaver", "sqlpad", "pgweb", "dynamodb-admin", "bull-board", "arena", "p3x-redis-ui", "redis-exporter", "redis_exporter", "postgres-exporter", "postgres_exporter", "mongodb-exporter", "kafka-exporter", "mongo-seeding"]),
  tool("tracing", ["all-in-one", "jaeger", "jaeger-query", "jaeger-collector", "jaeger-agent", "zipkin", "tempo", "opentelemetry-collector", "opentelemetry-collector-contrib", "opentelemetry-collector-k8s", "opentelemetry-collector-ebpf-profiler", "otelcol", "otel-collector", "aws-otel-collector", "apm-server", "skywalking-oap-server", "skywalking-ui"]),
  tool("monitoring", ["prometheus", "alertmanager", "pushgateway", "grafana", "grafana-enterprise", "grafana-oss", "loki", "promtail", "alloy", "mimir", "node-exporter", "cadvisor", "statsd", "graphite-statsd", "telegraf", "chronograf", "kapacitor", "netdata", "agent", "datadog-agent", "victoria-metrics", "otel-lgtm", "aspire-dashboard", "seq", "pyroscope", "uptime-kuma"]),
  tool("logging", ["fluentd", "fluent-bit", "filebeat", "metricbeat", "logstash", "kibana", "opensearch-dashboards", "vector", "graylog"]),
  tool("coordination", ["zookeeper", "cp-zookeeper", "eventuate-zookeeper", "consul", "vault", "etcd", "eureka", "nacos-server", "registrator"]),
  tool("ci", ["sonarqube", "jenkins", "portainer", "portainer-ce", "watchtower", "registry", "verdaccio", "docker", "dind", "busybox", "alpine", "ubuntu", "debian", "curl", "kubectl", "git", "awscli", "aws-cli", "wait-for-it", "dockerize", "migrate", "flyway", "liquibase", "atlas", "k6", "locust", "artillery", "selenium", "standalone-chrome", "chrome", "cypress", "included", "playwright", "socat", "ngrok", "cloudflared", "certbot", "autossh", "pause", "mkcert", "swagger-ui", "docker-socket-proxy", "dashy", "heimdall"]),
  tool("identity", ["keycloak", "hydra", "kratos", "oathkeeper", "keto", "dex", "zitadel", "authentik", "supertokens-postgresql", "supertokens-mysql", "oauth2-proxy", "openldap", "phpldapadmin"]),
  tool("flags", ["flagd", "unleash-server", "unleash-edge", "flagsmith", "growthbook"]),
  tool("workflow", ["auto-setup", "temporal", "server", "admin-tools", "ui", "temporal-ui", "restate", "temporal-web", "cadence", "zeebe", "operate", "tasklist", "n8n", "airflow", "conductor"]),
  tool("mail", ["mailhog", "mailpit", "maildev", "mailcatcher", "inbucket", "smtp4dev", "greenmail", "docker-mailserver"]),
  tool("mock", ["wiremock", "mockserver", "mountebank", "prism", "json-server", "httpbin", "toxiproxy", "stripe-mock", "imposter"]),
  tool("dapr", ["dapr", "daprd", "placement", "scheduler", "sidecar-injector"]),

  { kind: "gateway", engine: "nginx", images: ["nginx", "openresty", "nginx-unprivileged", "nginx-proxy", "nginx-ingress", "ingress-nginx", "nginx-proxy-manager"] },
  { kind: "gateway", engine: "traefik", images: ["traefik"] },
  { kind: "gateway", engine: "kong", images: ["kong", "kong-gateway", "deck"] },
  { kind: "gateway", engine: "envoy", images: ["envoy", "envoy-alpine", "envoy-dev", "proxyv2", "ambassador", "emissary", "gloo"] },
  { kind: "gateway", engine: "haproxy", images: ["haproxy", "haproxy-alpine"] },
  { kind: "gateway", engine: "caddy", images: ["caddy"] },
  { kind: "gateway", engine: "httpd", images: ["httpd", "apache"] },
  { kind: "gateway", engine: "krakend", images: ["krakend", "tyk-gateway", "apisix", "router", "cosmo-router", "hive-gateway"] },

  { kind: "store", engine: "postgres", images: ["postgres", "postgresql", "postgis", "timescaledb", "timescaledb-ha", "pgvector", "pgbouncer", "pgpool", "postgresql-repmgr", "spilo", "supabase-postgres", "citus", "alloydbomni"], ports: [5432], schemes: ["postgres", "postgresql"], database: ["POSTGRES_DB", "POSTGRESQL_DATABASE", "POSTGRES_DATABASE"] },
  { kind: "store", engine: "mysql", images: ["mysql", "mysql-server", "percona", "percona-server", "vitess", "tidb"], ports: [3306], schemes: ["mysql", "mysql2"], database: ["MYSQL_DATABASE"] },
  { kind: "store", engine: "mariadb", images: ["mariadb", "mariadb-galera"], schemes: ["mariadb"], database: ["MARIADB_DATABASE", "MYSQL_DATABASE"] },
  { kind: "store", engine: "mongodb", images: ["mongo", "mongodb", "mongodb-community-server", "mongodb-enterprise-server", "mongodb-atlas-local", "mongodb-sharded", "mongodb-replica-set", "mongo-rs", "ferretdb"], ports: [27017, 27018, 27019], schemes: ["mongodb", "mongodb+srv"], database: ["MONGO_INITDB_DATABASE", "MONGODB_DATABASE"] },
  { kind: "store", engine: "redis", images: ["redis", "redis-stack", "redis-stack-server", "redis-sentinel", "redis-cluster", "redis-alpine", "redismod", "redisearch", "rejson", "valkey", "keydb", "dragonfly", "garnet"], ports: [6379, 6380, 26379], schemes: ["redis", "rediss", "valkey"] },
  { kind: "store", engine: "memcached", images: ["memcached"], ports: [11211], schemes: ["memcached"] },
  { kind: "store", engine: "elasticsearch", images: ["elasticsearch", "elasticsearch-oss"], ports: [9200] },
  { kind: "store", engine: "opensearch", images: ["opensearch"] },
  { kind: "store", engine: "cassandra", images: ["cassandra", "scylla", "scylladb", "dse-server"], ports: [9042], schemes: ["cassandra"] },
  { kind: "store", engine: "clickhouse", images: ["clickhouse", "clickhouse-server"], ports: [8123], schemes: ["clickhouse"], database: ["CLICKHOUSE_DB"] },
  { kind: "store", engine: "cockroachdb", images: ["cockroach", "cockroachdb", "cockroach-unstable"], ports: [26257], schemes: ["cockroachdb"] },
  { kind: "store", engine: "mssql", images: ["mssql", "azure-sql-edge", "mssql-server-linux"], ports: [1433], schemes: ["mssql", "sqlserver"] },
  { kind: "store", engine: "oracle", images: ["oracle-xe", "oracle-free", "oraclexe"], ports: [1521], schemes: ["oracle"] },
  { kind: "store", engine: "dynamodb", images: ["dynamodb-local", "dynamodb"] },
  { kind: "store", engine: "neo4j", images: ["neo4j", "memgraph"], ports: [7687], schemes: ["neo4j", "neo4j+s", "bolt"] },
  { kind: "store", engine: "couchdb", images: ["couchdb"], ports: [5984] },
  { kind: "store", engine: "couchbase", images: ["couchbase", "couchbase-server"], schemes: ["couchbase"] },
  { kind: "store", engine: "influxdb", images: ["influxdb"], ports: [8086] },
  { kind: "store", engine: "arangodb", images: ["arangodb"], ports: [8529] },
  { kind: "store", engine: "rethinkdb", images: ["rethinkdb"], ports: [28015], schemes: ["rethinkdb"] },
  { kind: "store", engine: "surrealdb", images: ["surrealdb"], schemes: ["surrealdb"] },
  { kind: "store", engine: "eventstore", images: ["eventstore", "kurrentdb", "eventstoredb"], ports: [2113], schemes: ["esdb", "esdb+discover", "kurrentdb"] },
  { kind: "store", engine: "meilisearch", images: ["meilisearch"], ports: [7700] },
  { kind: "store", engine: "typesense", images: ["typesense"], ports: [8108] },
  { kind: "store", engine: "solr", images: ["solr"], ports: [8983] },
  { kind: "store", engine: "qdrant", images: ["qdrant"], ports: [6333] },
  { kind: "store", engine: "weaviate", images: ["weaviate"] },
  { kind: "store", engine: "milvus", images: ["milvus"], ports: [19530] },
  { kind: "store", engine: "chroma", images: ["chroma"] },
  { kind: "store", engine: "firestore", images: ["firestore-emulator", "firebase-emulator"] },
  { kind: "store", engine: "sqlite", images: ["libsql-server", "sqld"], schemes: ["sqlite", "libsql", "file"] },

  { kind: "broker", engine: "kafka", images: ["kafka", "cp-kafka", "cp-server", "kafka-native", "redpanda", "eventuate-kafka", "wurstmeister-kafka", "fast-data-dev", "cp-enterprise-kafka", "confluent-local"], ports: [9092, 9093, 9094, 29092, 19092], schemes: ["kafka"] },
  { kind: "broker", engine: "rabbitmq", images: ["rabbitmq", "rabbitmq-management", "lavinmq"], ports: [5672, 5671], schemes: ["amqp", "amqps"] },
  { kind: "broker", engine: "nats-streaming", images: ["nats-streaming"] },
  { kind: "broker", engine: "nats", images: ["nats", "nats-server"], ports: [4222], schemes: ["nats"] },
  { kind: "broker", engine: "activemq", images: ["activemq", "activemq-artemis", "activemq-classic", "artemis"], ports: [61616, 61613], schemes: ["stomp", "activemq"] },
  { kind: "broker", engine: "mqtt", images: ["eclipse-mosquitto", "mosquitto", "emqx", "hivemq4", "hivemq-ce", "vernemq"], ports: [1883, 8883], schemes: ["mqtt", "mqtts"] },
  { kind: "broker", engine: "pulsar", images: ["pulsar", "pulsar-all"], ports: [6650], schemes: ["pulsar"] },
  { kind: "broker", engine: "sqs", images: ["elasticmq", "elasticmq-native", "sqs", "alpine-sqs", "goaws"], ports: [9324] },
  { kind: "broker", engine: "pubsub", images: ["pubsub-emulator", "google-cloud-pubsub-emulator"], ports: [8085] },
  { kind: "broker", engine: "beanstalkd", images: ["beanstalkd"], ports: [11300] },
  { kind: "broker", engine: "gearman", images: ["gearmand"] },
  { kind: "broker", engine: "nsq", images: ["nsq", "nsqd"], ports: [4150] },

  { kind: "external", engine: "minio", images: ["minio", "mc", "seaweedfs", "ceph"] },
  { kind: "external", engine: "s3", images: ["s3mock", "s3-ninja", "fake-s3", "s3rver"] },
  { kind: "external", engine: "aws", images: ["localstack", "localstack-pro", "moto"] },
  { kind: "external", engine: "azure-storage", images: ["azurite"] },
  { kind: "external", engine: "gcs", images: ["fake-gcs-server"] },
]; // prettier-ignore

function tool(engine: string, images: readonly string[]): Infrastructure {
  return { kind: "tool", engine, images };
}

/** Images that bring a language and no program: what runs in them is mounted or built in. */
export const RUNTIME_IMAGES: ReadonlySet<string> = new Set([
  "node", "bun", "deno", "python", "golang", "go", "ruby", "php", "rust", "openjdk", "java", "eclipse-temurin", "amazoncorretto", "maven", "gradle", "dotnet",
  "sdk", "aspnet", "runtime", "runtime-deps", "elixir", "erlang", "scratch", "base", "static", "nodejs", "bitnami-node", "lambda-nodejs", "wolfi-base",
]); // prettier-ignore

/** Hosts of third parties whose name is not the second-level domain. */
export const THIRD_PARTIES: Readonly<Record<string, string>> = {
  "amazonaws.com": "aws", "googleapis.com": "google", "accounts.google.com": "google", "google.com": "google", "graph.facebook.com": "facebook",
  "graph.microsoft.com": "microsoft", "login.microsoftonline.com": "microsoft", "windows.net": "azure", "azure.com": "azure", "openai.azure.com": "azure-openai",
  "hooks.slack.com": "slack", "slack.com": "slack", "discord.com": "discord", "discordapp.com": "discord", "sendgrid.net": "sendgrid", "sendgrid.com": "sendgrid",
  "mailgun.net": "mailgun", "twilio.com": "twilio", "t.me": "telegram", "telegram.org": "telegram", "githubusercontent.com": "github", "mzstatic.com": "apple",
  "onesignal.com": "onesignal", "sentry.io": "sentry", "posthog.com": "posthog", "segment.io": "segment", "algolia.net": "algolia", "supabase.co": "supabase",
  "atlassian.net": "atlassian", "zendesk.com": "zendesk", "myshopify.com": "shopify", "paypal.com": "paypal", "braintreegateway.com": "braintree",
}; // prettier-ignore
