import type { Library, Shape, TypeFacts } from "../library.ts";
import {
  call,
  callFacts,
  classOf,
  connects,
  consumes,
  factory,
  pure,
  reads,
  instance,
  retries,
  self,
  sql,
  transactionStep,
  transaction,
  writes,
} from "../vocabulary.ts";

const databaseTimeouts = { byDefault: "never", defaultMs: null } as const;

// ------------------------------------------------------------------------------------------------------ Prisma

const prismaModel: TypeFacts = {
  methods: {
    "findUnique,findUniqueOrThrow,findFirst,findFirstOrThrow,findMany,count,aggregate,groupBy,findRaw,aggregateRaw,findOne":
      reads({ options: 0 }),
    "create,createMany,createManyAndReturn": writes({ options: 0 }),
    "update,updateMany,updateManyAndReturn,upsert": writes({ options: 0, idempotent: "unknown" }),
    "delete,deleteMany": writes({ options: 0, idempotent: true }),
  },
};
const rawSql = sql();
const prismaRaw: Readonly<Record<string, Shape>> = {
  "$queryRaw,$queryRawUnsafe,$executeRaw,$executeRawUnsafe": rawSql,
  $runCommandRaw: writes({ idempotent: "unknown" }),
};

export const prisma = {
  package: "@prisma/client",
  aliases: [".prisma/client", "@prisma/client/edge"],
  version: "7.10.0",
  title: "Prisma",
  category: ["orm", "database"],
  exports: {
    PrismaClient: classOf("PrismaClient", { options: 0, target: { arg: 0, path: "datasourceUrl|datasources.db.url" } }),
    Prisma: {
      is: "namespace",
      members: {
        TransactionClient: classOf("TransactionClient"),
        "sql,join,raw,empty,validator": pure,
        defineExtension: { is: "pass", arg: 0 },
      },
    },
    "*": pure,
  },
  types: {
    PrismaClient: {
      methods: {
        ...prismaRaw,
        $transaction: {
          is: "wrapper",
          wrap: {
            fn: 0,
            adds: ["transaction", "deadline"],
            options: 1,
            deadline: { arg: 1, path: "timeout" },
            defaultDeadlineMs: 5000,
            params: ["TransactionClient"],
          },
        },
        $connect: connects(),
        "$disconnect,$on,$use": pure,
        $extends: self,
      },
      properties: { "*": { type: "Model", entity: "name" } },
    },
    TransactionClient: { methods: prismaRaw, properties: { "*": { type: "Model", entity: "name" } } },
    Model: prismaModel,
  },
  timeout: {
    ...databaseTimeouts,
    options: [
      { name: "transactionOptions.timeout", at: ["instance"], unit: "ms", covers: "total" },
      { name: "transactionOptions.maxWait", at: ["instance"], unit: "ms", covers: "acquire" },
    ],
  },
  source: "Prisma 7.10.0 packages/client/src/runtime/getPrismaClient.ts, transactions documentation",
} as const satisfies Library;

// ----------------------------------------------------------------------------------------------------- TypeORM

const typeormBuilder: TypeFacts = {
  methods: {
    "getMany,getOne,getOneOrFail,getRawMany,getRawOne,getCount,getManyAndCount,getRawAndEntities,getExists,stream":
      reads(),
    execute: writes({ idempotent: "unknown" }),
    "getQuery,getSql,getParameters,getQueryAndParameters": pure,
    "*": self,
  },
};
const repositoryReads =
  "find,findBy,findOne,findOneBy,findOneOrFail,findOneByOrFail,findAndCount,findAndCountBy,findByIds,findById,count,countBy,exist,exists,existsBy,existBy,sum,average,minimum,maximum";
const repositoryMethods: Readonly<Record<string, Shape>> = {
  [repositoryReads]: reads({ options: 0 }),
  query: sql(),
  save: writes({ idempotent: "unknown" }),
  insert: writes(),
  "update,upsert,updateAll": writes({ idempotent: true }),
  "delete,remove,softDelete,softRemove,restore,recover,clear,deleteAll": writes({ idempotent: true }),
  "increment,decrement": writes(),
  createQueryBuilder: factory("QueryBuilder", { entity: "receiver" }),
  "create,merge,preload,hasId,getId,target": pure,
  extend: self,
};
const ofEntity = { entity: { arg: 0 } } as const;
const managerMethods: Readonly<Record<string, Shape>> = {
  [repositoryReads]: reads({ options: 1, ...ofEntity }),
  query: sql(),
  save: writes({ idempotent: "unknown", ...ofEntity }),
  insert: writes(ofEntity),
  "update,upsert": writes({ idempotent: true, ...ofEntity }),
  "delete,remove,softDelete,softRemove,restore,recover,clear": writes({ idempotent: true, ...ofEntity }),
  "increment,decrement": writes(ofEntity),
  createQueryBuilder: factory("QueryBuilder", ofEntity),
  "getRepository,getTreeRepository,getMongoRepository": factory("Repository", ofEntity),
  getCustomRepository: { is: "pass", arg: 0 },
  withRepository: { is: "pass", arg: 0 },
  transaction: { is: "wrapper", wrap: { fn: -1, adds: ["transaction"], params: ["EntityManager"] } },
  "create,merge,preload,release": pure,
};
const dataSourceTarget = { arg: 0, path: "url|database|host|name" } as const;

export const typeorm = {
  package: "typeorm",
  version: "1.1.1",
  title: "TypeORM",
  category: ["orm", "database"],
  exports: {
    DataSource: classOf("DataSource", { options: 0, target: dataSourceTarget }),
    Connection: classOf("DataSource", { options: 0, target: dataSourceTarget }),
    createConnection: factory("DataSource", { options: 0, target: dataSourceTarget, async: true }),
    createConnections: connects(),
    "getConnection,getConnectionManager": factory("DataSource"),
    getManager: factory("EntityManager"),
    "getRepository,getMongoRepository,getTreeRepository": factory("Repository", ofEntity),
    getCustomRepository: { is: "pass", arg: 0 },
    createQueryBuilder: factory("QueryBuilder", ofEntity),
    "Repository,TreeRepository,MongoRepository,AbstractRepository": classOf("Repository", { entity: "type-argument" }),
    "EntityManager,MongoEntityManager": classOf("EntityManager"),
    "SelectQueryBuilder,QueryBuilder,InsertQueryBuilder,UpdateQueryBuilder,DeleteQueryBuilder": classOf(
      "QueryBuilder",
      { entity: "type-argument" },
    ),
    QueryRunner: classOf("QueryRunner"),
    BaseEntity: classOf("Entity", {
      entity: "class-name",
      statics: { ...repositoryMethods, getRepository: factory("Repository", { entity: "receiver" }) },
    }),
    "Entity,ViewEntity,ChildEntity": { is: "decorator", means: { kind: "entity", name: { arg: 0, path: "name" } } },
    EntityRepository: { is: "decorator", means: { kind: "injectable" } },
    InjectRepository: { is: "decorator", means: { kind: "inject-repository", token: 0 } },
    "*": pure,
  },
  types: {
    DataSource: {
      extends: "EntityManager",
      methods: {
        "initialize,connect": connects({ yields: "DataSource" }),
        createQueryRunner: factory("QueryRunner", { lends: ["release"] }),
        createEntityManager: factory("EntityManager"),
        "destroy,close,runMigrations,undoLastMigration,synchronize,dropDatabase,hasMetadata,getMetadata": pure,
      },
      properties: { "manager,mongoManager": { type: "EntityManager" } },
    },
    EntityManager: {
      methods: managerMethods,
      properties: { "connection,dataSource": { type: "DataSource" }, queryRunner: { type: "QueryRunner" } },
    },
    Repository: { methods: repositoryMethods, properties: { manager: { type: "EntityManager" } } },
    Entity: {
      methods: {
        save: writes({ idempotent: "unknown" }),
        "remove,softRemove,recover": writes({ idempotent: true }),
        reload: reads(),
      },
    },
    QueryBuilder: typeormBuilder,
    QueryRunner: {
      methods: {
        "startTransaction,commitTransaction,rollbackTransaction": transactionStep(),
        connect: connects(),
        query: sql(),
        "release,createTable,dropTable,addColumn,dropColumn,createIndex,dropIndex,createForeignKey,dropForeignKey,hasTable,getTable,renameColumn,changeColumn":
          pure,
      },
      properties: { manager: { type: "EntityManager" }, connection: { type: "DataSource" } },
    },
  },
  timeout: {
    ...databaseTimeouts,
    options: [
      { name: "extra.query_timeout", at: ["instance", "module"], unit: "ms", covers: "total" },
      { name: "extra.statement_timeout", at: ["instance", "module"], unit: "ms", covers: "total" },
      { name: "connectTimeoutMS", at: ["instance", "module"], unit: "ms", covers: "connect" },
      { name: "extra.connectionTimeoutMillis", at: ["instance", "module"], unit: "ms", covers: "acquire" },
    ],
    ignored: [{ name: "maxQueryExecutionTime", at: "instance", why: "It logs slow queries and cancels none." }],
  },
  source: "typeorm 1.1.1 src/repository/*.ts, src/driver/postgres/PostgresDriver.ts",
} as const satisfies Library;

// ---------------------------------------------------------------------------------------------------- Mongoose

const query = { returns: "builder", yields: "Query" } as const;
const modelStatics: Readonly<Record<string, Shape>> = {
  "find,findOne,findById,countDocuments,estimatedDocumentCount,count,exists,distinct,where": reads({
    options: 2,
    ...query,
  }),
  aggregate: reads({ options: 1, ...query }),
  watch: consumes({ returns: "stream" }),
  create: writes({ options: 1, yields: "Document" }),
  "insertMany,bulkWrite,bulkSave,insertOne": writes({ options: 1 }),
  build: factory("Document"),
  "updateOne,updateMany,findByIdAndUpdate,findOneAndUpdate,update": writes({
    options: 2,
    idempotent: "unknown",
    ...query,
  }),
  "replaceOne,findOneAndReplace": writes({ options: 2, idempotent: true, ...query }),
  "deleteOne,deleteMany,findByIdAndDelete,findOneAndDelete,findByIdAndRemove,findOneAndRemove,remove": writes({
    options: 1,
    idempotent: true,
    ...query,
  }),
  "createIndexes,syncIndexes,ensureIndexes,createCollection,init": writes({ idempotent: true }),
  populate: reads(),
  startSession: factory("ClientSession", { async: true, lends: ["endSession"] }),
  "hydrate,castObject,validate,schema,modelName": pure,
  discriminator: factory("Model", { entity: { arg: 0 } }),
};
const modelFactory = factory("Model", { entity: { arg: 0 } });

export const mongoose = {
  package: "mongoose",
  aliases: ["@typegoose/typegoose"],
  version: "9.12.1",
  title: "Mongoose",
  category: ["orm", "database"],
  exports: {
    default: { is: "instance", type: "Mongoose" },
    connect: connects({ target: { arg: 0 }, options: 1, yields: "Mongoose" }),
    createConnection: factory("Connection", { target: { arg: 0 }, options: 1 }),
    connection: { is: "instance", type: "Connection" },
    "model,getModelForClass": modelFactory,
    "Model,PaginateModel,ReturnModelType": classOf("Model", { entity: "type-argument", statics: modelStatics }),
    "Document,HydratedDocument,DocumentType": classOf("Document"),
    Connection: classOf("Connection"),
    ClientSession: classOf("ClientSession"),
    Mongoose: classOf("Mongoose"),
    Query: classOf("Query"),
    Schema: classOf("Schema", { options: 1 }),
    startSession: factory("ClientSession", { async: true, lends: ["endSession"] }),
    "Types,SchemaTypes,isValidObjectId,isObjectIdOrHexString,FilterQuery,set,disconnect,plugin,prop,pre,post,modelOptions,index":
      pure,
  },
  types: {
    Mongoose: {
      methods: {
        connect: connects({ target: { arg: 0 }, options: 1, callback: -1, yields: "Mongoose" }),
        createConnection: factory("Connection", { target: { arg: 0 }, options: 1 }),
        model: modelFactory,
        startSession: factory("ClientSession", { async: true, lends: ["endSession"] }),
        transaction: { is: "wrapper", wrap: { fn: 0, adds: ["transaction", "retry"], params: ["ClientSession"] } },
        "Schema,Document": pure,
        "set,disconnect,plugin,isValidObjectId,modelNames,deleteModel": pure,
      },
      properties: {
        connection: { type: "Connection" },
        connections: { type: "Connection" },
        "Types,Error": { type: "Schema" },
      },
    },
    Connection: {
      methods: {
        model: modelFactory,
        collection: factory("mongodb:Collection", { entity: { arg: 0 } }),
        transaction: { is: "wrapper", wrap: { fn: 0, adds: ["transaction", "retry"], params: ["ClientSession"] } },
        startSession: factory("ClientSession", { async: true, lends: ["endSession"] }),
        useDb: factory("Connection", { target: { arg: 0 } }),
        "openUri,asPromise": connects(),
        "on,once,close,destroy,set,plugin,dropDatabase,deleteModel": pure,
      },
      properties: { db: { type: "mongodb:Db" } },
    },
    Model: { construct: classOf("Document"), methods: modelStatics },
    Document: {
      methods: {
        save: writes({ idempotent: "unknown", options: 0 }),
        "remove,deleteOne": writes({ idempotent: true }),
        "updateOne,update": writes({ idempotent: "unknown" }),
        populate: reads(),
        "toObject,toJSON,get,markModified,isModified,validate,isNew,$session,depopulate,equals": pure,
        set: self,
      },
    },
    Query: {
      methods: {
        maxTimeMS: { is: "wrapper", wrap: { fn: -1, adds: ["deadline"], deadline: { arg: 0 } } },
        // What a query finds is saved by the variable that awaits it.
        save: writes({ idempotent: "unknown", options: 0 }),
        "then,catch": pure,
        "*": self,
      },
    },
    Schema: {
      methods: { "pre,post,index,plugin,virtual,method,static,set,get,add,path,methods,statics,loadClass,clone": self },
    },
    ClientSession: {
      methods: {
        withTransaction: { is: "wrapper", wrap: { fn: 0, adds: ["transaction", "retry"], params: ["ClientSession"] } },
        "startTransaction,commitTransaction,abortTransaction": transactionStep(),
        "endSession,inTransaction": pure,
      },
    },
  },
  timeout: {
    ...databaseTimeouts,
    options: [
      { name: "socketTimeoutMS", at: ["instance", "module"], unit: "ms", covers: "response", off: [0] },
      { name: "maxTimeMS", at: ["call"], unit: "ms", covers: "total", off: [0] },
      { name: "serverSelectionTimeoutMS", at: ["instance", "module"], unit: "ms", covers: "acquire" },
      { name: "connectTimeoutMS", at: ["instance", "module"], unit: "ms", covers: "connect" },
      { name: "bufferTimeoutMS", at: ["instance"], unit: "ms", covers: "acquire" },
    ],
  },
  source: "mongoose 9.12.1 lib/model.js, lib/connection.js",
} as const satisfies Library;

// --------------------------------------------------------------------------------------------------- Sequelize

const sequelizeStatics: Readonly<Record<string, Shape>> = {
  "findOne,findByPk": reads({ options: 0, yields: "Instance" }),
  "findAll,findAndCountAll,count,sum,max,min,aggregate": reads({ options: 0 }),
  create: writes({ options: 1, yields: "Instance" }),
  bulkCreate: writes({ options: 1 }),
  "findOrCreate,findCreateFind,upsert": writes({ options: 0, idempotent: true }),
  update: writes({ options: 1, idempotent: true }),
  "destroy,restore,truncate,drop": writes({ options: 0, idempotent: true }),
  "increment,decrement": writes({ options: 1 }),
  sync: writes({ idempotent: true }),
  "scope,unscoped,schema": self,
  build: factory("Instance"),
  sequelize: instance("Sequelize"),
  "init,hasMany,belongsTo,hasOne,belongsToMany,addHook,beforeCreate,afterCreate": pure,
};

export const sequelize = {
  package: "sequelize",
  aliases: ["sequelize-typescript", "@sequelize/core"],
  version: "6.37.8",
  title: "Sequelize",
  category: ["orm", "database"],
  exports: {
    "default,Sequelize": classOf("Sequelize", { options: -1, target: { arg: 0, path: "database|host" } }),
    Model: classOf("Instance", { entity: "class-name", statics: sequelizeStatics }),
    "ModelStatic,ModelCtor": classOf("Model", { entity: "type-argument" }),
    Transaction: classOf("Transaction"),
    Table: { is: "decorator", means: { kind: "entity", name: { arg: 0, path: "tableName" } } },
    "*": pure,
  },
  types: {
    Sequelize: {
      methods: {
        define: factory("Model", { entity: { arg: 0 } }),
        model: factory("Model", { entity: { arg: 0 } }),
        query: sql({ options: 1 }),
        transaction: {
          is: "wrapper",
          wrap: { fn: -1, adds: ["transaction"], params: ["Transaction"], lends: ["commit", "rollback"] },
        },
        startUnmanagedTransaction: factory("Transaction", { async: true, lends: ["commit", "rollback"] }),
        authenticate: connects(),
        sync: writes({ idempotent: true }),
        "close,addModels,import,literal,fn,col,getQueryInterface,isDefined": pure,
      },
      properties: { models: { type: "Models" } },
    },
    Models: { methods: {}, properties: { "*": { type: "Model", entity: "name" } } },
    Model: {
      construct: classOf("Instance"),
      methods: sequelizeStatics,
      properties: { sequelize: { type: "Sequelize" } },
    },
    Instance: {
      methods: {
        save: writes({ idempotent: "unknown", options: 0 }),
        "update,destroy,restore": writes({ idempotent: true }),
        "increment,decrement": writes(),
        reload: reads(),
        "toJSON,get,changed,previous,validate": pure,
        set: self,
      },
    },
    Transaction: { methods: { "commit,rollback": transactionStep(), afterCommit: pure } },
  },
  timeout: {
    ...databaseTimeouts,
    options: [
      { name: "dialectOptions.statement_timeout", at: ["instance", "module"], unit: "ms", covers: "total" },
      { name: "dialectOptions.query_timeout", at: ["instance", "module"], unit: "ms", covers: "total" },
      { name: "dialectOptions.requestTimeout", at: ["instance", "module"], unit: "ms", covers: "total" },
      { name: "dialectOptions.connectTimeout", at: ["instance", "module"], unit: "ms", covers: "connect" },
      { name: "pool.acquire", at: ["instance", "module"], unit: "ms", covers: "acquire" },
    ],
  },
  retry: retries({
    byDefault: false,
    attempts: 5,
    everyError: false,
    options: { attempts: { name: "retry.max", counts: "attempts" }, predicate: "retry.match" },
  }),
  source: "sequelize 6.37.8 src/sequelize.js, src/model.js",
} as const satisfies Library;

// -------------------------------------------------------------------------------------------------------- Knex

const knexBuilder: TypeFacts = {
  awaited: callFacts({ effect: "query", access: "read" }),
  methods: {
    "insert,batchInsert": writes({ returns: "builder", yields: "Builder" }),
    "update,upsert,merge": writes({ returns: "builder", yields: "Builder", idempotent: true }),
    "del,delete,truncate": writes({ returns: "builder", yields: "Builder", idempotent: true }),
    "increment,decrement": writes({ returns: "builder", yields: "Builder" }),
    "select,first,pluck,count,countDistinct,sum,max,min,avg,columnInfo": reads({
      returns: "builder",
      yields: "Builder",
    }),
    timeout: { is: "wrapper", wrap: { fn: -1, adds: ["deadline"], deadline: { arg: 0 } } },
    "then,catch,finally,toString,toSQL,toQuery": pure,
    "*": self,
  },
};
const knexMethods: Readonly<Record<string, Shape>> = {
  "select,first,pluck": reads({ returns: "builder", yields: "Builder" }),
  "from,table,into,queryBuilder,with": factory("Builder", { entity: { arg: 0 } }),
  insert: writes({ returns: "builder", yields: "Builder" }),
  batchInsert: writes({ entity: { arg: 0 } }),
  raw: sql({ returns: "builder", yields: "Builder" }),
  transaction: { is: "wrapper", wrap: { fn: 0, adds: ["transaction"], params: ["Knex"], lends: ["commit", "rollback"] } },
  withSchema: self,
  "ref,destroy,on,isTransaction": pure,
  "commit,rollback": transactionStep(),
};

export const knex = {
  package: "knex",
  version: "3.3.0",
  title: "Knex",
  category: ["orm", "database"],
  exports: {
    "default,knex": factory("Knex", {
      options: 0,
      target: { arg: 0, path: "connection.connectionString|connection.database|connection" },
    }),
    Knex: classOf("Knex"),
  },
  types: {
    Knex: {
      call: factory("Builder", { entity: { arg: 0 } }),
      methods: knexMethods,
      properties: { schema: { type: "Schema" }, "migrate,seed": { type: "Schema" }, fn: { type: "Functions" } },
    },
    Builder: knexBuilder,
    Schema: {
      methods: {
        "hasTable,hasColumn": reads(),
        "*": writes({ idempotent: true, returns: "builder", yields: "Schema" }),
      },
    },
    Functions: { methods: { "*": pure } },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [
      { name: "acquireConnectionTimeout", at: ["instance"], unit: "ms", covers: "acquire" },
      { name: "connection.statement_timeout", at: ["instance"], unit: "ms", covers: "total" },
      { name: "connection.query_timeout", at: ["instance"], unit: "ms", covers: "total" },
      { name: "connection.requestTimeout", at: ["instance"], unit: "ms", covers: "total" },
    ],
  },
  source: "knex 3.3.0 lib/client.js, lib/query/querybuilder.js",
} as const satisfies Library;

export const objection = {
  package: "objection",
  version: "3.1.5",
  category: ["orm", "database"],
  exports: {
    Model: classOf("Instance", {
      entity: "class-name",
      statics: {
        query: factory("Builder", { entity: "receiver" }),
        relatedQuery: factory("Builder"),
        transaction: transaction(0, ["knex:Knex"]),
        "knex,bindKnex": pure,
      },
    }),
    transaction: { is: "wrapper", wrap: { fn: -1, adds: ["transaction"] } },
    "raw,ref,fn,initialize": pure,
  },
  types: {
    Instance: {
      methods: {
        "$query,$relatedQuery": factory("Builder"),
        "$toJson,$set,$setJson,$beforeInsert,$beforeUpdate": pure,
      },
    },
    Builder: {
      awaited: callFacts({ effect: "query", access: "read" }),
      methods: {
        "insert,insertAndFetch,insertGraph,upsertGraph": writes({ returns: "builder", yields: "Builder" }),
        "patch,patchAndFetchById,update,updateAndFetchById,patchAndFetch": writes({
          returns: "builder",
          yields: "Builder",
          idempotent: true,
        }),
        "delete,deleteById": writes({ returns: "builder", yields: "Builder", idempotent: true }),
        "select,findById,findByIds,findOne,first,resultSize,count,page,range": reads({
          returns: "builder",
          yields: "Builder",
        }),
        timeout: { is: "wrapper", wrap: { fn: -1, adds: ["deadline"], deadline: { arg: 0 } } },
        "then,catch": pure,
        "*": self,
      },
    },
  },
  timeout: { ...databaseTimeouts, options: [] },
  source: "objection 3.1.5 lib/queryBuilder/QueryBuilder.js",
} as const satisfies Library;

// ----------------------------------------------------------------------------------------------------- Drizzle

const drizzleBuilder = { returns: "builder", yields: "Builder" } as const;

export const drizzle = {
  package: "drizzle-orm",
  version: "0.45.4",
  title: "Drizzle",
  category: ["orm", "database"],
  exports: {
    drizzle: factory("Database", { options: 1, target: { arg: 0, path: "connection.connectionString|connection" } }),
    "PgDatabase,NodePgDatabase,PostgresJsDatabase,MySql2Database,MySqlDatabase,BetterSQLite3Database,LibSQLDatabase,NeonDatabase,NeonHttpDatabase":
      classOf("Database"),
    "pgTable,mysqlTable,sqliteTable,snakeCase": factory("Table", { entity: { arg: 0 } }),
    "*": pure,
  },
  types: {
    Database: {
      methods: {
        "select,selectDistinct,selectDistinctOn": reads(drizzleBuilder),
        insert: writes({ entity: { arg: 0 }, ...drizzleBuilder }),
        "update,delete": writes({ entity: { arg: 0 }, idempotent: true, ...drizzleBuilder }),
        "execute,run,all,get,values": sql(),
        $count: reads({ entity: { arg: 0 } }),
        transaction: { is: "wrapper", wrap: { fn: 0, adds: ["transaction"], params: ["Database"] } },
        "with,$with": self,
      },
      properties: { query: { type: "Queries" } },
    },
    Queries: { methods: {}, properties: { "*": { type: "Query", entity: "name" } } },
    Query: { methods: { "findMany,findFirst": reads(drizzleBuilder) } },
    Builder: { methods: { "then,catch,toSQL,getSQL": pure, "*": self } },
    Table: { methods: { "*": pure } },
  },
  timeout: { ...databaseTimeouts, options: [] },
  source: "drizzle-orm 0.45.4 src/pg-core/db.ts",
} as const satisfies Library;

// ------------------------------------------------------------------------------------------------------ Kysely

const kyselyReads: TypeFacts = {
  methods: {
    "execute,executeTakeFirst,executeTakeFirstOrThrow,stream": reads({ options: 0 }),
    "compile,toOperationNode": pure,
    "*": self,
  },
};
const kyselyWrites: TypeFacts = {
  methods: {
    "execute,executeTakeFirst,executeTakeFirstOrThrow,stream": writes({ idempotent: "unknown", options: 0 }),
    "compile,toOperationNode": pure,
    "*": self,
  },
};

export const kysely = {
  package: "kysely",
  version: "0.29.5",
  title: "Kysely",
  category: ["orm", "database"],
  exports: {
    Kysely: classOf("Kysely", { options: 0 }),
    Transaction: classOf("Kysely"),
    "PostgresDialect,MysqlDialect,SqliteDialect,MssqlDialect,sql": pure,
  },
  types: {
    Kysely: {
      methods: {
        "selectFrom,with,selectNoFrom": factory("Select", { entity: { arg: 0 } }),
        "insertInto,replaceInto,updateTable,deleteFrom,mergeInto": factory("Mutation", { entity: { arg: 0 } }),
        transaction: factory("TransactionBuilder"),
        connection: factory("TransactionBuilder"),
        executeQuery: sql(),
        "withSchema,withPlugin,withoutPlugins": self,
        destroy: pure,
      },
    },
    Select: kyselyReads,
    Mutation: kyselyWrites,
    TransactionBuilder: { methods: { execute: transaction(0, ["Kysely"]), "setIsolationLevel,setAccessMode": self } },
  },
  timeout: { ...databaseTimeouts, options: [{ name: "signal", at: ["call"], unit: "signal", covers: "total" }] },
  source: "kysely 0.29.5 src/query-builder/*.ts",
} as const satisfies Library;

// --------------------------------------------------------------------------------------------------- MikroORM

const mikroReads = "find,findOne,findOneOrFail,findAll,findAndCount,count,findByCursor";

export const mikroOrm = {
  package: "@mikro-orm/core",
  aliases: [
    "@mikro-orm/postgresql",
    "@mikro-orm/mysql",
    "@mikro-orm/mongodb",
    "@mikro-orm/knex",
    "@mikro-orm/sqlite",
    "@mikro-orm/nestjs",
  ],
  version: "7.0.0",
  title: "MikroORM",
  category: ["orm", "database"],
  exports: {
    MikroORM: classOf("MikroORM", {
      options: 0,
      statics: {
        "init,initSync": factory("MikroORM", {
          options: 0,
          async: true,
          target: { arg: 0, path: "clientUrl|dbName|host" },
        }),
      },
    }),
    "EntityManager,SqlEntityManager": classOf("EntityManager"),
    "EntityRepository,SqlEntityRepository": classOf("EntityRepository", { entity: "type-argument" }),
    Entity: { is: "decorator", means: { kind: "entity", name: { arg: 0, path: "tableName|collection" } } },
    Transactional: { is: "decorator", means: { kind: "layer", wrap: { fn: -1, adds: ["transaction"] } } },
    InjectRepository: { is: "decorator", means: { kind: "inject-repository", token: 0 } },
    MikroOrmModule: { is: "module", provides: "MikroORM", registers: { forRoot: 0, forRootAsync: 0 } },
    "*": pure,
  },
  types: {
    MikroORM: {
      methods: { connect: connects(), "close,isConnected,getSchemaGenerator,getMigrator": pure },
      properties: { em: { type: "EntityManager" } },
    },
    EntityManager: {
      methods: {
        [mikroReads]: reads({ entity: { arg: 0 }, options: 2 }),
        "flush,commit": writes({ idempotent: "unknown" }),
        "persistAndFlush,removeAndFlush": writes({ idempotent: "unknown" }),
        "insert,insertMany": writes({ entity: { arg: 0 } }),
        "upsert,upsertMany,nativeUpdate,nativeDelete": writes({ entity: { arg: 0 }, idempotent: true }),
        transactional: transaction(0, ["EntityManager"]),
        "begin,rollback": transactionStep(),
        fork: factory("EntityManager"),
        getRepository: factory("EntityRepository", { entity: { arg: 0 } }),
        "createQueryBuilder,qb": factory("QueryBuilder", { entity: { arg: 0 } }),
        populate: reads(),
        "persist,remove": self,
        "create,assign,merge,getReference,clear,map,getConnection,getKnex": pure,
      },
    },
    EntityRepository: {
      methods: {
        [mikroReads]: reads({ options: 1 }),
        "insert,insertMany": writes(),
        "upsert,upsertMany,nativeUpdate,nativeDelete": writes({ idempotent: true }),
        "flush,persistAndFlush,removeAndFlush": writes({ idempotent: "unknown" }),
        "createQueryBuilder,qb": factory("QueryBuilder", { entity: "receiver" }),
        getEntityManager: factory("EntityManager"),
        "create,assign,merge,getReference,persist,remove": pure,
      },
      properties: { em: { type: "EntityManager" } },
    },
    QueryBuilder: {
      methods: {
        "getResult,getResultList,getSingleResult,getCount": reads(),
        execute: writes({ idempotent: "unknown" }),
        "*": self,
      },
    },
  },
  timeout: { ...databaseTimeouts, options: [] },
  source: "@mikro-orm/core 7.0.0 packages/core/src/EntityManager.ts",
} as const satisfies Library;

// ----------------------------------------------------------------------------------------- DynamoDB object mappers

export const dynamoose = {
  package: "dynamoose",
  version: "not checked",
  category: ["orm", "database"],
  exports: {
    default: {
      is: "namespace",
      members: { model: factory("Model", { entity: { arg: 0 } }), "Schema,aws,Table,transaction": pure },
    },
    model: factory("Model", { entity: { arg: 0 } }),
    "Schema,Table": pure,
  },
  types: {
    Model: {
      construct: classOf("Item"),
      methods: {
        "get,batchGet": reads(),
        "query,scan": factory("Query", { entity: "receiver" }),
        "create,batchPut": writes(),
        "update,delete,batchDelete": writes({ idempotent: "unknown" }),
      },
    },
    Query: { methods: { exec: reads(), "*": self } },
    Item: {
      methods: {
        save: call({ effect: "query", access: "write", idempotent: true }),
        delete: writes({ idempotent: true }),
        "toJSON,serialize": pure,
      },
    },
  },
  source: "dynamoose documentation: Model",
} as const satisfies Library;
