import type { CacheFacts, Library, Shape, TypeFacts } from "../library.ts";
import {
  call,
  classOf,
  connects,
  consumes,
  factory,
  instance,
  publishes,
  pure,
  self,
  transactionStep,
} from "../vocabulary.ts";

const key = { arg: 0 } as const;
const cached: Shape = call({ effect: "cache", access: "read", target: key, callback: -1 });
const stores: Shape = call({ effect: "cache", access: "write", idempotent: true, target: key, callback: -1 });
const adds: Shape = call({ effect: "cache", access: "write", idempotent: false, target: key, callback: -1 });
const unknown: Shape = call({ effect: "cache", access: "write", idempotent: "unknown", target: key, callback: -1 });

const commands: Readonly<Record<string, Shape>> = {
  "get,mget,hget,hgetall,hmget,hkeys,hvals,hlen,hexists,exists,ttl,pttl,smembers,sismember,scard,lrange,llen,lindex,zrange,zrangebyscore,zrevrange,zscore,zcard,zcount,zrank,scan,hscan,sscan,zscan,keys,type,strlen,getBuffer,xrange,xlen,geopos,geosearch,bitcount,getbit,dbsize,info,ping,time":
    cached,
  "set,setex,psetex,setnx,mset,hset,hmset,hsetnx,del,unlink,expire,pexpire,expireat,pexpireat,persist,hdel,srem,zrem,ltrim,rename,flushdb,flushall,getset,setbit,pfadd,copy":
    stores,
  "incr,incrby,incrbyfloat,decr,decrby,hincrby,hincrbyfloat,lpush,rpush,lpop,rpop,rpoplpush,lmove,lrem,sadd,spop,zadd,zincrby,zpopmin,zpopmax,append,getdel,xadd,xdel":
    adds,
  "eval,evalsha,call,sendCommand,fcall": unknown,
  "blpop,brpop,brpoplpush,xread,xreadgroup,bzpopmin": consumes({ target: key }),
  xack: call({ effect: "ack", access: "none" }),
  publish: publishes({ target: key }),
  "subscribe,psubscribe,ssubscribe": consumes({ target: key, handler: 1 }),
  "multi,pipeline,batch": factory("Pipeline"),
  connect: connects(),
  duplicate: factory("Redis"),
  "on,once,quit,disconnect,end,off,defineCommand,watch,unwatch,select,removeListener,unsubscribe,punsubscribe,unref":
    pure,
};
const pipeline: TypeFacts = {
  methods: { "exec,execAsPipeline,execTyped": transactionStep({ callback: -1 }), "*": self },
};
const redisCache: CacheFacts = {
  ttlUnit: "s",
  ttlOptions: ["EX", "PX", "EXAT", "PXAT", "ex", "px", "expiration", "KEEPTTL"],
  ttlArguments: { setex: 1, setEx: 1, psetex: 1, pSetEx: 1 },
  writes: ["set", "mset", "hset", "hmset", "mSet", "hSet", "setnx", "setNX"],
  defaultTtl: null,
};
const redisTarget = { arg: 0, path: "url|host|socket.host|path" } as const;

export const ioredis = {
  package: "ioredis",
  aliases: ["valkey", "iovalkey", "@nestjs-modules/ioredis", "@liaoliaots/nestjs-redis"],
  version: "6.0.0",
  category: ["cache", "database"],
  exports: {
    "default,Redis": classOf("Redis", {
      options: 0,
      target: redisTarget,
      statics: { Cluster: classOf("Redis", { options: 1, target: { arg: 0 } }) },
    }),
    Cluster: classOf("Redis", { options: 1, target: { arg: 0 } }),
    "Pipeline,ChainableCommander": classOf("Pipeline"),
    InjectRedis: { is: "decorator", means: { kind: "inject-client" } },
    RedisModule: {
      is: "module",
      provides: "Redis",
      registers: { forRoot: 0, forRootAsync: 0 },
      target: "url|config.host|config.url",
    },
  },
  types: { Redis: { methods: commands }, Pipeline: pipeline },
  timeout: {
    byDefault: "late",
    defaultMs: null,
    options: [
      { name: "commandTimeout", at: ["instance", "module"], unit: "ms", covers: "total" },
      { name: "socketTimeout", at: ["instance", "module"], unit: "ms", covers: "idle" },
      { name: "connectTimeout", at: ["instance", "module"], unit: "ms", covers: "connect" },
    ],
  },
  cache: redisCache,
  source: "ioredis 6.0.0 lib/redis/RedisOptions.ts, README auto-reconnect",
} as const satisfies Library;

const camelCommands: Readonly<Record<string, Shape>> = {
  ...commands,
  "mGet,hGet,hGetAll,hmGet,hKeys,hVals,hLen,hExists,pTTL,sMembers,sIsMember,sCard,lRange,lLen,zRange,zRangeWithScores,zScore,zCard,scanIterator,sScan,hScan,xRange,xLen,dbSize":
    cached,
  "setEx,pSetEx,setNX,mSet,hSet,hSetNX,pExpire,expireAt,hDel,sRem,zRem,lTrim,flushDb,flushAll,getSet": stores,
  "incrBy,incrByFloat,decrBy,hIncrBy,lPush,rPush,lPop,rPop,lRem,sAdd,sPop,zAdd,zIncrBy,xAdd,xDel,getDel": adds,
  "evalSha,fCall": unknown,
  "blPop,brPop,xRead,xReadGroup": consumes({ target: key }),
  xAck: call({ effect: "ack", access: "none" }),
  "pSubscribe,sSubscribe": consumes({ target: key, handler: 1 }),
  "withAbortSignal,withCommandOptions,legacy,withTypeMapping": self,
};

export const redis = {
  package: "redis",
  aliases: ["@redis/client"],
  version: "6.3.1",
  category: ["cache", "database"],
  exports: {
    createClient: factory("Redis", { options: 0, target: redisTarget }),
    createCluster: factory("Redis", { options: 0, target: { arg: 0, path: "rootNodes" } }),
    "createClientPool,createSentinel": factory("Redis", { options: 0, target: redisTarget }),
    "RedisClientType,RedisClient,RedisClusterType": classOf("Redis"),
  },
  types: { Redis: { methods: camelCommands }, Pipeline: pipeline },
  timeout: {
    byDefault: "late",
    defaultMs: null,
    options: [
      { name: "commandOptions.timeout", at: ["instance"], unit: "ms", covers: "total" },
      { name: "socket.socketTimeout", at: ["instance"], unit: "ms", covers: "idle" },
      { name: "socket.connectTimeout", at: ["instance"], unit: "ms", covers: "connect" },
    ],
  },
  cache: redisCache,
  source: "node-redis packages/client/lib/client/socket.ts",
} as const satisfies Library;

export const upstashRedis = {
  package: "@upstash/redis",
  aliases: ["@vercel/kv"],
  version: "1.38",
  category: ["cache"],
  exports: {
    Redis: classOf("Redis", {
      options: 0,
      target: { arg: 0, path: "url" },
      statics: { fromEnv: factory("Redis", { options: 0 }) },
    }),
    kv: instance("Redis"),
    createClient: factory("Redis", { options: 0, target: { arg: 0, path: "url" } }),
  },
  types: { Redis: { methods: commands }, Pipeline: pipeline },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [{ name: "signal", at: ["instance"], unit: "signal", covers: "total" }],
  },
  retry: {
    byDefault: true,
    attempts: 6,
    growth: "exponential",
    baseMs: 50,
    jitter: false,
    everyError: false,
    unsafeMethods: true,
    options: { attempts: { name: "retry.retries", counts: "retries" }, delayFunction: "retry.backoff" },
  },
  cache: redisCache,
  source: "upstash-redis pkg/http.ts",
} as const satisfies Library;

const redlockRetry = {
  byDefault: true,
  attempts: 11,
  growth: "none",
  baseMs: 200,
  jitter: true,
  everyError: false,
  options: { attempts: { name: "retryCount", counts: "retries" }, delay: "retryDelay", jitter: "retryJitter" },
} as const;

export const redlock = {
  package: "redlock",
  version: "5.0.0-beta.2",
  category: ["resilience", "cache"],
  exports: { "default,Redlock": classOf("Redlock", { options: 1 }), Lock: classOf("Lock") },
  types: {
    Redlock: {
      methods: {
        using: { is: "wrapper", wrap: { fn: -1, adds: [] } },
        "acquire,lock": call({
          effect: "cache",
          access: "write",
          target: { arg: 0 },
          idempotent: false,
          yields: "Lock",
        }),
        "release,unlock,extend": call({ effect: "cache", access: "write", idempotent: true }),
        "on,quit": pure,
      },
    },
    Lock: { methods: { "release,unlock,extend": call({ effect: "cache", access: "write", idempotent: true }) } },
  },
  retry: redlockRetry,
  source: "redlock 5.0.0-beta.2 src/index.ts",
} as const satisfies Library;

const cacheMethods: Readonly<Record<string, Shape>> = {
  "get,mget,ttl,has,getMany": call({ effect: "cache", access: "read", target: key }),
  "set,mset,del,mdel,clear,delete,setMany,reset": call({
    effect: "cache",
    access: "write",
    idempotent: true,
    target: key,
  }),
  wrap: { is: "wrapper", wrap: { fn: 1, adds: [] } },
  "on,off,disconnect": pure,
};

export const cacheManager = {
  package: "cache-manager",
  aliases: ["@nestjs/cache-manager"],
  version: "7.2.9",
  category: ["cache"],
  exports: {
    "createCache,caching,multiCaching,memoryStore": factory("Cache", { options: 0, async: true }),
    Cache: classOf("Cache"),
    CACHE_MANAGER: pure,
    CacheModule: { is: "module", provides: "Cache", registers: { register: 0, registerAsync: 0 } },
    "CacheInterceptor,CacheTTL,CacheKey": pure,
  },
  types: { Cache: { methods: cacheMethods, properties: { store: { type: "Cache" } } } },
  cache: {
    ttlUnit: "ms",
    ttlOptions: ["ttl"],
    ttlArguments: { set: 2, wrap: 2 },
    writes: ["set", "mset", "wrap"],
    defaultTtl: null,
  },
  source: "cache-manager 7.2.9 src/index.ts",
} as const satisfies Library;

export const keyv = {
  package: "keyv",
  aliases: ["cacheable"],
  version: "5.6.0",
  category: ["cache"],
  exports: { "default,Keyv,Cacheable": classOf("Cache", { options: 0, target: { arg: 0, path: "store|uri" } }) },
  types: { Cache: { methods: cacheMethods } },
  cache: { ttlUnit: "ms", ttlOptions: ["ttl"], ttlArguments: { set: 2 }, writes: ["set", "setMany"], defaultTtl: null },
  source: "keyv 5.6.0 src/index.ts",
} as const satisfies Library;

const local: TypeFacts = {
  methods: {
    "get,set,del,delete,has,keys,ttl,mget,mset,take,flushAll,clear,put,on,close,peek,getStats": pure,
    fetch: { is: "wrapper", wrap: { fn: 0, adds: [] } },
  },
};

export const nodeCache = {
  package: "node-cache",
  version: "5.1.2",
  category: ["cache"],
  exports: { "default,NodeCache": classOf("LocalCache", { options: 0 }), "get,put,del,clear": pure },
  types: { LocalCache: local },
  cache: {
    ttlUnit: "s",
    ttlOptions: ["stdTTL", "ttl"],
    ttlArguments: { set: 2 },
    writes: ["set", "mset"],
    defaultTtl: null,
  },
  source: "node-cache 5.1.2 index.js",
} as const satisfies Library;

export const lruCache = {
  package: "lru-cache",
  aliases: ["memory-cache", "quick-lru", "@isaacs/ttlcache", "tiny-lru"],
  version: "11.3.6",
  category: ["cache"],
  exports: { "default,LRUCache,TTLCache,LRU": classOf("LocalCache", { options: 0 }), "get,put,del,clear": pure },
  types: { LocalCache: local },
  cache: {
    ttlUnit: "ms",
    ttlOptions: ["ttl", "maxAge"],
    ttlArguments: { put: 2 },
    writes: ["set", "put"],
    defaultTtl: null,
  },
  source: "lru-cache 11.3.6 src/index.ts, memory-cache README",
} as const satisfies Library;

export const memcached = {
  package: "memcached",
  version: "2.2.2",
  category: ["cache"],
  exports: { default: classOf("Memcached", { options: 1, target: { arg: 0 } }) },
  types: {
    Memcached: {
      methods: {
        "get,getMulti,gets,stats": cached,
        "set,replace,del,touch,cas,flush": stores,
        "add,append,prepend,incr,decr": adds,
        "end,on": pure,
      },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 5000,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "response" }],
  },
  cache: {
    ttlUnit: "s",
    ttlOptions: [],
    ttlArguments: { set: 2, add: 2, replace: 2 },
    writes: ["set", "add", "replace"],
    defaultTtl: null,
  },
  source: "memcached 2.2.2 lib/memcached.js",
} as const satisfies Library;

export const memjs = {
  package: "memjs",
  version: "1.3.2",
  category: ["cache"],
  exports: {
    Client: classOf("Memjs", {
      options: 1,
      target: { arg: 0 },
      statics: { create: factory("Memjs", { options: 1, target: { arg: 0 } }) },
    }),
  },
  types: {
    Memjs: {
      methods: {
        get: cached,
        "set,replace,delete,touch,flush": stores,
        "add,increment,decrement,append,prepend": adds,
        "close,quit": pure,
      },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 500,
    options: [{ name: "timeout", at: ["instance"], unit: "s", covers: "total" }],
  },
  cache: { ttlUnit: "s", ttlOptions: ["expires"], writes: ["set", "add", "replace"], defaultTtl: null },
  source: "memjs 1.3.2 lib/memjs/memjs.js",
} as const satisfies Library;
