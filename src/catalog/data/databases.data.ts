import type { Library, Shape, TypeFacts } from "../library.ts";
import {
  call,
  classOf,
  connects,
  consumes,
  factory,
  instance,
  pure,
  reads,
  retries,
  self,
  sql,
  transaction,
  transactionStep,
  writes,
} from "../vocabulary.ts";

const pgQuery = sql({ callback: -1, options: 0 });
const pgClient: TypeFacts = {
  methods: {
    query: pgQuery,
    connect: connects({ callback: -1 }),
    "end,release,on,once": pure,
    "escapeIdentifier,escapeLiteral": pure,
  },
};

export const pg = {
  package: "pg",
  aliases: ["pg-pool", "pg-native", "@neondatabase/serverless"],
  version: "8.23.1",
  category: ["database"],
  exports: {
    Pool: classOf("Pool", { options: 0, target: { arg: 0, path: "connectionString|database|host" } }),
    Client: classOf("Client", { options: 0, target: { arg: 0, path: "connectionString|database|host" } }),
    "PoolClient,ClientBase": classOf("PoolClient"),
    "types,QueryResult,QueryConfig,DatabaseError": pure,
  },
  types: {
    Pool: { methods: { query: pgQuery, connect: factory("PoolClient", { async: true, lends: ["release"] }), "end,on,once": pure } },
    Client: pgClient,
    PoolClient: pgClient,
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "query_timeout", at: ["instance", "call"], unit: "ms", covers: "total", off: [0, false] },
      { name: "statement_timeout", at: ["instance"], unit: "ms", covers: "total", off: [0, false] },
      { name: "connectionTimeoutMillis", at: ["instance"], unit: "ms", covers: "acquire", off: [0] },
      { name: "lock_timeout", at: ["instance"], unit: "ms", covers: "acquire", off: [0, false] },
      { name: "idleTimeoutMillis", at: ["instance"], unit: "ms", covers: "idle" },
    ],
    pool: {
      types: ["Pool"],
      acquire: ["connectionTimeoutMillis"],
      statement: ["statement_timeout", "query_timeout"],
    },
  },
  source: "pg 8.23.1 lib/defaults.js, lib/client.js; pg-pool 3.14.0 index.js",
} as const satisfies Library;

export const postgres = {
  package: "postgres",
  version: "3.4.9",
  category: ["database"],
  exports: { default: factory("Sql", { options: 1, target: { arg: 0 } }), "Sql,TransactionSql": classOf("Sql") },
  types: {
    Sql: {
      tag: sql({ returns: "promise" }),
      call: pure,
      methods: {
        "unsafe,file": sql(),
        "begin,savepoint": { is: "wrapper", wrap: { fn: -1, adds: ["transaction"], params: ["Sql"] } },
        reserve: factory("Sql", { async: true }),
        listen: consumes({ target: { arg: 0 }, handler: 1 }),
        notify: call({ effect: "publish", access: "write", target: { arg: 0 } }),
        "end,close,array,json,typed": pure,
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "connection.statement_timeout", at: ["instance"], unit: "ms", covers: "total" },
      { name: "connect_timeout", at: ["instance"], unit: "s", covers: "connect" },
      { name: "idle_timeout", at: ["instance"], unit: "s", covers: "idle" },
    ],
  },
  source: "postgres 3.4.9 src/index.js",
} as const satisfies Library;

const mysqlConnection: TypeFacts = {
  methods: {
    "query,execute": sql({ callback: -1, options: 0 }),
    "beginTransaction,commit,rollback": transactionStep({ callback: -1 }),
    connect: connects({ callback: -1 }),
    "end,release,destroy,on,escape,escapeId,format,ping": pure,
    promise: self,
  },
};

export const mysql2 = {
  package: "mysql2",
  aliases: ["mysql2/promise", "mariadb", "promise-mysql"],
  version: "3.24.6",
  category: ["database"],
  exports: {
    createPool: factory("Pool", { options: 0, target: { arg: 0, path: "uri|database|host" } }),
    createPoolCluster: factory("Pool", { options: 0 }),
    createConnection: factory("Connection", { options: 0, target: { arg: 0, path: "uri|database|host" } }),
    "Pool,PoolCluster": classOf("Pool"),
    "Connection,PoolConnection": classOf("Connection"),
    "escape,escapeId,format,raw,RowDataPacket,ResultSetHeader": pure,
  },
  types: {
    Pool: {
      extends: "Connection",
      methods: { getConnection: factory("Connection", { async: true, lends: ["release", "destroy", "end"] }) },
    },
    Connection: mysqlConnection,
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call"], unit: "ms", covers: "idle" },
      { name: "connectTimeout", at: ["instance"], unit: "ms", covers: "connect" },
      { name: "idleTimeout", at: ["instance"], unit: "ms", covers: "idle" },
    ],
  },
  source: "mysql2 3.24.6 lib/connection_config.js, lib/base/pool.js",
} as const satisfies Library;

export const mysql = {
  package: "mysql",
  version: "2.18.1",
  category: ["database"],
  exports: {
    createPool: factory("Pool", { options: 0, target: { arg: 0, path: "database|host" } }),
    createConnection: factory("Connection", { options: 0, target: { arg: 0, path: "database|host" } }),
    Pool: classOf("Pool"),
    "Connection,PoolConnection": classOf("Connection"),
    "escape,escapeId,format,raw": pure,
  },
  types: {
    Pool: { extends: "Connection", methods: { getConnection: connects({ callback: 0, params: ["", "Connection"] }) } },
    Connection: mysqlConnection,
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call"], unit: "ms", covers: "total" },
      { name: "connectTimeout", at: ["instance"], unit: "ms", covers: "connect" },
      { name: "acquireTimeout", at: ["instance"], unit: "ms", covers: "acquire" },
    ],
  },
  source: "mysql 2.18.1 lib/ConnectionConfig.js, lib/PoolConfig.js",
} as const satisfies Library;

export const mssql = {
  package: "mssql",
  version: "9.1.1",
  category: ["database"],
  exports: {
    connect: factory("ConnectionPool", { options: 0, async: true, target: { arg: 0, path: "database|server" } }),
    ConnectionPool: classOf("ConnectionPool", { options: 0, target: { arg: 0, path: "database|server" } }),
    Request: classOf("Request"),
    Transaction: classOf("Transaction"),
    query: sql(),
  },
  types: {
    ConnectionPool: {
      methods: {
        connect: factory("ConnectionPool", { async: true }),
        request: factory("Request"),
        "query,batch": sql(),
        transaction: factory("Transaction"),
        "close,on": pure,
      },
    },
    Request: {
      methods: {
        "query,batch": sql(),
        execute: writes({ idempotent: "unknown", target: { arg: 0 } }),
        "input,output": self,
        cancel: pure,
      },
    },
    Transaction: { methods: { "begin,commit,rollback": transactionStep(), request: factory("Request") } },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 15_000,
    options: [
      { name: "requestTimeout", at: ["instance"], unit: "ms", covers: "total", off: [0] },
      { name: "connectionTimeout", at: ["instance"], unit: "ms", covers: "connect" },
    ],
  },
  source: "mssql 9.1.1 README, tedious 19.2.2 src/connection.ts",
} as const satisfies Library;

export const oracledb = {
  package: "oracledb",
  version: "7.0.1",
  category: ["database"],
  exports: {
    createPool: factory("Pool", {
      options: 0,
      async: true,
      target: { arg: 0, path: "connectString|connectionString" },
    }),
    getConnection: factory("Connection", {
      options: 0,
      async: true,
      target: { arg: 0, path: "connectString|connectionString" },
    }),
    Pool: classOf("Pool"),
    Connection: classOf("Connection"),
  },
  types: {
    Pool: { methods: { getConnection: factory("Connection", { async: true, lends: ["close", "release"] }), close: pure } },
    Connection: {
      methods: { "execute,executeMany": sql(), "commit,rollback": transactionStep(), "close,release,break": pure },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "callTimeout", at: ["instance"], unit: "ms", covers: "total", off: [0] },
      { name: "queueTimeout", at: ["instance"], unit: "ms", covers: "acquire" },
    ],
  },
  source: "oracledb 7.0.1 lib/oracledb.js, lib/pool.js",
} as const satisfies Library;

const statement: TypeFacts = {
  methods: {
    "get,all,iterate,each": reads({ returns: "value" }),
    run: writes({ idempotent: "unknown", returns: "value" }),
    "pluck,raw,bind,expand,finalize": self,
  },
};

export const sqlite = {
  package: "better-sqlite3",
  aliases: ["sqlite3", "node:sqlite", "sqlite", "libsql"],
  version: "not checked",
  category: ["database"],
  exports: {
    "default,Database,DatabaseSync": classOf("Database", { options: 1, target: { arg: 0 } }),
    open: factory("Database", { options: 0, async: true, target: { arg: 0, path: "filename" } }),
    verbose: { is: "namespace", members: { Database: classOf("Database", { target: { arg: 0 } }) } },
  },
  types: {
    Database: {
      methods: {
        "exec,run,get,all,each": sql({ callback: -1 }),
        prepare: call({
          effect: "query",
          access: "by-text",
          idempotent: "unknown",
          target: { arg: 0 },
          returns: "builder",
          yields: "Statement",
        }),
        transaction: { is: "wrapper", wrap: { fn: 0, adds: ["transaction"], returns: "function" } },
        "pragma,close,serialize,parallelize,on": pure,
      },
    },
    Statement: statement,
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 5000,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "acquire" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

const cursor: TypeFacts = {
  methods: {
    maxTimeMS: { is: "wrapper", wrap: { fn: -1, adds: ["deadline"], deadline: { arg: 0 } } },
    "toArray,next,forEach,hasNext,count,explain": pure,
    "*": self,
  },
};
const mongoOptions = { options: 1 } as const;

export const mongodb = {
  package: "mongodb",
  version: "7.9.0",
  category: ["database"],
  exports: {
    MongoClient: classOf("MongoClient", {
      options: 1,
      target: { arg: 0 },
      statics: { connect: factory("MongoClient", { options: 1, async: true, target: { arg: 0 } }) },
    }),
    Db: classOf("Db"),
    Collection: classOf("Collection"),
    ClientSession: classOf("ClientSession"),
    "ObjectId,ObjectID,Binary,Decimal128,Long,ServerApiVersion,Filter,Document,WithId": pure,
    GridFSBucket: classOf("GridFSBucket"),
  },
  types: {
    MongoClient: {
      methods: {
        connect: connects({ callback: -1, yields: "MongoClient" }),
        db: factory("Db", { database: { arg: 0 } }),
        startSession: factory("ClientSession", { lends: ["endSession"] }),
        withSession: { is: "wrapper", wrap: { fn: -1, adds: [], params: ["ClientSession"] } },
        watch: consumes({ returns: "stream" }),
        "close,on,once": pure,
      },
    },
    Db: {
      methods: {
        collection: factory("Collection", { entity: { arg: 0 } }),
        createCollection: factory("Collection", { entity: { arg: 0 }, async: true }),
        "command,admin": writes({ idempotent: "unknown" }),
        aggregate: reads({ options: 1, returns: "builder", yields: "Cursor" }),
        listCollections: reads({ returns: "builder", yields: "Cursor" }),
        dropDatabase: writes({ idempotent: true }),
      },
    },
    Collection: {
      methods: {
        "find,aggregate": reads({ options: 1, returns: "builder", yields: "Cursor" }),
        "findOne,countDocuments,count,estimatedDocumentCount": reads(mongoOptions),
        distinct: reads({ options: 2 }),
        watch: consumes({ returns: "stream" }),
        "insertOne,insertMany,bulkWrite,insert,save": writes(mongoOptions),
        "updateOne,updateMany,findOneAndUpdate,findAndModify,update": writes({ options: 2, idempotent: "unknown" }),
        "replaceOne,findOneAndReplace": writes({ options: 2, idempotent: true }),
        "deleteOne,deleteMany,findOneAndDelete,remove": writes({ options: 1, idempotent: true }),
        "createIndex,createIndexes,dropIndex,drop": writes({ idempotent: true, options: 1 }),
      },
    },
    Cursor: cursor,
    ClientSession: {
      methods: {
        withTransaction: { is: "wrapper", wrap: { fn: 0, adds: ["transaction", "retry"], params: ["ClientSession"] } },
        "startTransaction,commitTransaction,abortTransaction": transactionStep(),
        "endSession,inTransaction": pure,
      },
    },
    GridFSBucket: {
      methods: {
        "openDownloadStream,openDownloadStreamByName": reads({ returns: "stream" }),
        "openUploadStream,delete,rename": writes({ returns: "stream" }),
        find: reads({ returns: "builder", yields: "Cursor" }),
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "socketTimeoutMS", at: ["instance"], unit: "ms", covers: "response", off: [0] },
      { name: "maxTimeMS", at: ["call"], unit: "ms", covers: "total", off: [0] },
      { name: "timeoutMS", at: ["call", "instance"], unit: "ms", covers: "total", versions: ">=6.9 <7.9", off: [0] },
      { name: "serverSelectionTimeoutMS", at: ["instance"], unit: "ms", covers: "acquire" },
      { name: "connectTimeoutMS", at: ["instance"], unit: "ms", covers: "connect" },
      { name: "waitQueueTimeoutMS", at: ["instance"], unit: "ms", covers: "acquire" },
      { name: "signal", at: ["call"], unit: "signal", covers: "total" },
    ],
    ignored: [
      {
        name: "timeoutMS",
        at: "instance",
        versions: ">=7.9",
        why: "The option is deprecated and has no effect since 7.9.",
      },
    ],
  },
  retry: retries({ attempts: 2, growth: "none", baseMs: 0, everyError: false, unsafeMethods: true, options: {} }),
  source: "mongodb 7.9.0 src/connection_string.ts, src/operations/execute_operation.ts",
} as const satisfies Library;

export const cassandra = {
  package: "cassandra-driver",
  version: "4.8.0",
  category: ["database"],
  exports: {
    Client: classOf("Client", { options: 0, target: { arg: 0, path: "keyspace|contactPoints" } }),
    "types,mapping,auth,policies": pure,
  },
  types: {
    Client: {
      methods: {
        connect: connects({ callback: -1 }),
        "execute,eachRow,stream": sql({ options: 2, callback: -1 }),
        batch: writes({ options: 1, callback: -1 }),
        "shutdown,on": pure,
      },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 12_000,
    options: [
      { name: "socketOptions.readTimeout", at: ["instance"], unit: "ms", covers: "response", off: [0] },
      { name: "readTimeout", at: ["call"], unit: "ms", covers: "response", off: [0] },
      { name: "socketOptions.connectTimeout", at: ["instance"], unit: "ms", covers: "connect" },
    ],
  },
  source: "cassandra-driver 4.8.0 lib/client-options.js",
} as const satisfies Library;

const elasticReads: Shape = reads({ target: { arg: 0, path: "index" }, entity: { arg: 0, path: "index" }, options: 1 });
const elasticWrites: Shape = writes({
  target: { arg: 0, path: "index" },
  entity: { arg: 0, path: "index" },
  options: 1,
});
const elasticTypes: Readonly<Record<string, TypeFacts>> = {
  Client: {
    methods: {
      "search,get,mget,count,msearch,scroll,exists,getSource,termsEnum,ping,info,knnSearch,searchTemplate":
        elasticReads,
      "index,update,delete": writes({
        target: { arg: 0, path: "index" },
        entity: { arg: 0, path: "index" },
        options: 1,
        idempotent: "unknown",
      }),
      "create,bulk,updateByQuery,deleteByQuery,reindex": elasticWrites,
      child: factory("Client", { options: 0 }),
      "close,on,once": pure,
    },
    properties: { "indices,cluster,ingest,cat,security": { type: "Namespace" }, helpers: { type: "Helpers" } },
  },
  Namespace: {
    methods: {
      "get*,exists*,stats,health": elasticReads,
      "create,delete,put*,refresh,update*,delete*": elasticWrites,
      "*": elasticReads,
    },
  },
  Helpers: { methods: { "search,scrollSearch,scrollDocuments": elasticReads, bulk: elasticWrites } },
};

export const elasticsearch = {
  package: "@elastic/elasticsearch",
  aliases: ["elasticsearch", "@nestjs/elasticsearch"],
  version: "9.0.0",
  category: ["database"],
  exports: {
    "Client,ElasticsearchService": classOf("Client", { options: 0, target: { arg: 0, path: "node|nodes|cloud.id" } }),
    ElasticsearchModule: {
      is: "module",
      provides: "Client",
      registers: { register: 0, registerAsync: 0 },
      target: "node",
    },
    errors: pure,
  },
  types: elasticTypes,
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "requestTimeout", at: ["call", "instance", "module"], unit: "ms", covers: "total" },
      { name: "signal", at: ["call"], unit: "signal", covers: "total" },
      { name: "pingTimeout", at: ["instance"], unit: "ms", covers: "connect" },
    ],
  },
  retry: retries({
    attempts: 4,
    jitter: true,
    everyError: false,
    unsafeMethods: true,
    options: {
      attempts: { name: "maxRetries", counts: "retries" },
      predicate: "retryOnTimeout",
      delayFunction: "retryBackoff",
    },
  }),
  source: "@elastic/transport 9.4.0 src/Transport.ts",
} as const satisfies Library;

export const opensearch = {
  package: "@opensearch-project/opensearch",
  version: "3.6.0",
  category: ["database"],
  exports: { Client: classOf("Client", { options: 0, target: { arg: 0, path: "node|nodes" } }) },
  types: elasticTypes,
  timeout: {
    byDefault: "bounded",
    defaultMs: 30_000,
    options: [{ name: "requestTimeout", at: ["call", "instance"], unit: "ms", covers: "total" }],
  },
  retry: retries({
    attempts: 4,
    growth: "none",
    baseMs: 0,
    everyError: false,
    unsafeMethods: true,
    options: { attempts: { name: "maxRetries", counts: "retries" } },
  }),
  source: "opensearch-js 3.6.0 lib/Transport.js",
} as const satisfies Library;

export const neo4j = {
  package: "neo4j-driver",
  aliases: ["neo4j-driver-lite"],
  version: "5.x",
  category: ["database"],
  exports: {
    driver: factory("Driver", { options: 2, target: { arg: 0 } }),
    default: instance("Neo4j"),
    Driver: classOf("Driver"),
    Session: classOf("Session"),
    "auth,int,isInt,types,integer": pure,
  },
  types: {
    Neo4j: {
      methods: { driver: factory("Driver", { options: 2, target: { arg: 0 } }), "int,isInt": pure },
      properties: {},
    },
    Driver: {
      methods: {
        session: factory("Session"),
        executeQuery: sql({ options: 2 }),
        close: pure,
        "verifyConnectivity,getServerInfo": connects(),
      },
    },
    Session: {
      methods: {
        run: sql({ options: 2 }),
        "executeRead,readTransaction,executeWrite,writeTransaction": transaction(0, ["Transaction"]),
        beginTransaction: factory("Transaction"),
        close: pure,
      },
    },
    Transaction: { methods: { run: sql(), "commit,rollback": transactionStep(), close: pure } },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "timeout", at: ["call"], unit: "ms", covers: "total" },
      { name: "connectionTimeout", at: ["instance"], unit: "ms", covers: "connect" },
      { name: "connectionAcquisitionTimeout", at: ["instance"], unit: "ms", covers: "acquire" },
    ],
  },
  source: "neo4j-driver 5.x packages/core/src",
} as const satisfies Library;

export const clickhouse = {
  package: "@clickhouse/client",
  version: "1.x",
  category: ["database"],
  exports: {
    createClient: factory("ClickHouseClient", { options: 0, target: { arg: 0, path: "url|host|database" } }),
    ClickHouseClient: classOf("ClickHouseClient"),
  },
  types: {
    ClickHouseClient: {
      methods: {
        query: reads({ target: { arg: 0, path: "query" }, options: 0 }),
        "insert,command,exec": writes({
          target: { arg: 0, path: "table|query" },
          entity: { arg: 0, path: "table" },
          options: 0,
        }),
        "ping,close": pure,
      },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 30_000,
    options: [
      { name: "request_timeout", at: ["instance"], unit: "ms", covers: "total" },
      { name: "abort_signal", at: ["call"], unit: "signal", covers: "total" },
    ],
  },
  source: "@clickhouse/client packages/client-common/src/config.ts",
} as const satisfies Library;

const supabaseFilter: TypeFacts = {
  methods: {
    abortSignal: { is: "wrapper", wrap: { fn: -1, adds: ["deadline"], deadline: { arg: 0 } } },
    then: pure,
    "*": self,
  },
};

export const supabase = {
  package: "@supabase/supabase-js",
  version: "2.119.0",
  category: ["database", "third-party"],
  exports: {
    createClient: factory("SupabaseClient", { options: 2, target: { arg: 0 } }),
    SupabaseClient: classOf("SupabaseClient", { options: 2, target: { arg: 0 } }),
  },
  types: {
    SupabaseClient: {
      methods: {
        from: factory("Table", { entity: { arg: 0 } }),
        rpc: writes({ idempotent: "unknown", target: { arg: 0 }, returns: "builder", yields: "Filter" }),
        "channel,removeChannel": pure,
        schema: self,
      },
      properties: { "auth,functions": { type: "Service" } },
    },
    Table: {
      methods: {
        select: reads({ returns: "builder", yields: "Filter" }),
        insert: writes({ returns: "builder", yields: "Filter" }),
        "upsert,update,delete": writes({ idempotent: true, returns: "builder", yields: "Filter" }),
      },
    },
    Filter: supabaseFilter,
    Service: {
      methods: {
        "get*": call({ effect: "sdk", access: "read" }),
        "*": call({ effect: "sdk", access: "write", idempotent: "unknown" }),
      },
      properties: { admin: { type: "Service" } },
    },
  },
  timeout: { byDefault: "late", defaultMs: 300_000, options: [] },
  source: "supabase-js 2.119.0 README, postgrest-js src/PostgrestTransformBuilder.ts",
} as const satisfies Library;
