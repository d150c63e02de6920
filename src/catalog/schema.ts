/** Schema of an entry of the catalog. The compiler checks entries against the types; this one checks data at run time, names included. */
import * as v from "valibot";
import type { CallFacts, Category, Library, Shape, TypeFacts, WrapFacts } from "./library.ts";

const text = v.pipe(v.string(), v.nonEmpty());
const index = v.pipe(v.number(), v.integer());
const from0 = v.pipe(index, v.minValue(0));
/** A path of properties, several by `|`; header-like names (`x-dead-letter-exchange`) may stand in it. */
const path = v.pipe(v.string(), v.regex(/^[\w.$-]+(\|[\w.$-]+)*$/));
/** Names by commas, `*` for any run of characters. */
const names = v.pipe(v.string(), v.regex(/^(=|[\w$*]+(,[\w$*]+)*)$/));
const typeName = v.pipe(v.string(), v.regex(/^(([@\w./*-]|node:)+:)?[\w$]+$/));

const arg = v.strictObject({ arg: index, path: v.optional(path), keys: v.exactOptional(v.literal(true)) });
const effect = v.picklist([
  "request",
  "query",
  "connect",
  "transaction",
  "cache",
  "publish",
  "consume",
  "ack",
  "sdk",
  "route",
  "listen",
  "middleware",
  "schedule",
  "file",
  "none",
]);

const callFacts: v.GenericSchema<unknown, CallFacts> = v.strictObject({
  effect,
  access: v.picklist(["read", "write", "by-method", "by-text", "none"]),
  idempotent: v.union([v.boolean(), v.literal("by-method"), v.literal("unknown")]),
  method: v.exactOptional(text),
  methodAt: v.exactOptional(arg),
  target: v.exactOptional(arg),
  key: v.exactOptional(arg),
  options: v.exactOptional(index),
  callback: v.exactOptional(index),
  entity: v.exactOptional(arg),
  returns: v.picklist(["promise", "observable", "stream", "emitter", "builder", "value"]),
  yields: v.exactOptional(typeName),
  handler: v.exactOptional(index),
  handlersFrom: v.exactOptional(from0),
  handlerAt: v.exactOptional(arg),
  params: v.exactOptional(v.array(v.string())),
  requeues: v.exactOptional(v.strictObject({ arg: from0, byDefault: v.boolean() })),
}) as v.GenericSchema<unknown, CallFacts>;

const retryFacts = v.strictObject({
  byDefault: v.boolean(),
  attempts: v.union([v.pipe(index, v.minValue(1)), v.literal("unbounded")]),
  growth: v.picklist(["none", "linear", "exponential", "fibonacci", "custom"]),
  baseMs: from0,
  capMs: v.exactOptional(v.nullable(from0)),
  jitter: v.boolean(),
  everyError: v.boolean(),
  unsafeMethods: v.exactOptional(v.boolean()),
  options: v.strictObject({
    attempts: v.exactOptional(
      v.strictObject({ name: v.union([v.literal(""), path]), counts: v.picklist(["retries", "attempts"]) }),
    ),
    delay: v.exactOptional(path),
    factor: v.exactOptional(path),
    cap: v.exactOptional(path),
    jitter: v.exactOptional(path),
    predicate: v.exactOptional(path),
    forever: v.exactOptional(path),
    overall: v.exactOptional(path),
    delayFunction: v.exactOptional(path),
    decidedBy: v.exactOptional(v.string()),
  }),
});

const wrapFacts = v.strictObject({
  fn: v.pipe(index, v.minValue(-1)),
  adds: v.array(v.picklist(["deadline", "retry", "breaker", "bulkhead", "fallback", "swallow", "transaction"])),
  options: v.exactOptional(index),
  deadline: v.exactOptional(arg),
  defaultDeadlineMs: v.exactOptional(v.nullable(from0)),
  retry: v.exactOptional(retryFacts),
  returns: v.exactOptional(v.literal("function")),
  fnPath: v.exactOptional(path),
  params: v.exactOptional(v.array(v.string())),
  lends: v.exactOptional(v.array(v.string())),
}) as v.GenericSchema<unknown, WrapFacts>;

const calledFor = v.picklist(["request", "message"]);

const decoratorFacts = v.variant("kind", [
  v.strictObject({
    kind: v.picklist([
      "controller",
      "route",
      "message-handler",
      "event-handler",
      "schedule",
      "resolver",
      "processor",
      "grpc-method",
    ]),
    method: v.exactOptional(text),
    path: v.exactOptional(from0),
    params: v.exactOptional(v.array(v.string())),
  }),
  v.strictObject({
    kind: v.picklist([
      "injectable",
      "inject",
      "module",
      "inject-repository",
      "inject-model",
      "inject-client",
      "inject-queue",
    ]),
    token: v.exactOptional(from0),
    calls: v.exactOptional(v.record(text, calledFor)),
  }),
  v.strictObject({ kind: v.literal("layer"), wrap: wrapFacts }),
  v.strictObject({ kind: v.literal("entity"), name: v.exactOptional(arg) }),
]);

const shapes: v.GenericSchema = v.record(
  names,
  v.lazy(() => shape),
);
const shape: v.GenericSchema<unknown, Shape> = v.variant("is", [
  v.strictObject({ is: v.literal("instance"), type: typeName }),
  v.strictObject({
    is: v.literal("factory"),
    type: typeName,
    options: v.exactOptional(index),
    target: v.exactOptional(arg),
    database: v.exactOptional(arg),
    async: v.exactOptional(v.boolean()),
    entity: v.exactOptional(v.union([arg, v.picklist(["type-argument", "receiver"])])),
    policy: v.exactOptional(wrapFacts),
    combines: v.exactOptional(v.boolean()),
    lends: v.exactOptional(v.array(v.string())),
    engine: v.exactOptional(retryFacts),
  }),
  v.strictObject({
    is: v.literal("class"),
    type: typeName,
    options: v.exactOptional(index),
    target: v.exactOptional(arg),
    statics: v.exactOptional(shapes),
    entity: v.exactOptional(v.union([arg, v.picklist(["type-argument", "class-name"])])),
    policy: v.exactOptional(wrapFacts),
    opens: v.exactOptional(callFacts),
  }),
  v.strictObject({ is: v.literal("call"), call: callFacts }),
  v.strictObject({ is: v.literal("wrapper"), wrap: wrapFacts }),
  v.strictObject({ is: v.literal("namespace"), members: shapes }),
  v.strictObject({ is: v.literal("sleep"), ms: from0 }),
  v.strictObject({ is: v.literal("deadline-signal"), ms: from0 }),
  v.strictObject({ is: v.literal("pass"), arg: from0 }),
  v.strictObject({ is: v.literal("resolved"), arg: from0 }),
  v.strictObject({ is: v.literal("self") }),
  v.strictObject({ is: v.literal("runs"), fn: v.exactOptional(from0) }),
  v.strictObject({ is: v.literal("attaches"), instance: from0, wrap: wrapFacts }),
  v.strictObject({ is: v.literal("command"), call: callFacts }),
  v.strictObject({
    is: v.literal("sends"),
    arg: from0,
    options: v.exactOptional(index),
    callback: v.exactOptional(index),
  }),
  v.strictObject({ is: v.literal("timer"), fn: from0, ms: v.exactOptional(from0), repeats: v.boolean() }),
  v.strictObject({ is: v.literal("decorator"), means: decoratorFacts }),
  v.strictObject({
    is: v.literal("module"),
    provides: v.union([v.literal(""), typeName]),
    registers: v.record(text, from0),
    token: v.exactOptional(path),
    target: v.exactOptional(path),
    loads: v.exactOptional(v.record(text, v.string())),
  }),
  v.strictObject({ is: v.literal("settings"), name: from0, made: from0 }),
  v.strictObject({ is: v.literal("operator"), wrap: wrapFacts }),
  v.strictObject({ is: v.literal("environment"), name: from0, default: v.exactOptional(from0), loaded: v.exactOptional(v.literal(true)) }),
  v.strictObject({ is: v.literal("pure") }),
]) as v.GenericSchema<unknown, Shape>;

const typeFacts = v.strictObject({
  extends: v.exactOptional(typeName),
  construct: v.exactOptional(shape),
  awaited: v.exactOptional(callFacts),
  tag: v.exactOptional(shape),
  defaults: v.exactOptional(path),
  echoes: v.exactOptional(v.record(text, from0)),
  calls: v.exactOptional(v.record(text, calledFor)),
  call: v.exactOptional(shape),
  methods: shapes,
  properties: v.exactOptional(
    v.record(names, v.strictObject({ type: typeName, entity: v.exactOptional(v.literal("name")) })),
  ),
}) as v.GenericSchema<unknown, TypeFacts>;

const place = v.picklist(["call", "instance", "defaults", "module"]);
const timeoutFacts = v.strictObject({
  byDefault: v.picklist(["never", "late", "bounded"]),
  defaultMs: v.nullable(from0),
  options: v.array(
    v.strictObject({
      name: path,
      at: v.pipe(v.array(place), v.nonEmpty()),
      unit: v.picklist(["ms", "s", "signal", "date", "string", "agent"]),
      covers: v.picklist(["total", "response", "connect", "idle", "acquire"]),
      versions: v.exactOptional(text),
      off: v.exactOptional(v.array(v.union([v.number(), v.boolean()]))),
    }),
  ),
  pool: v.exactOptional(v.object({ types: v.array(text), acquire: v.array(text), statement: v.array(text) })),
  ignored: v.exactOptional(
    v.array(v.strictObject({ name: path, at: place, versions: v.exactOptional(text), why: text })),
  ),
});

const brokerFacts = v.strictObject({
  ack: v.picklist(["on-delivery", "after-handler", "explicit", "batch"]),
  ackOption: v.exactOptional(v.strictObject({ name: path, onDelivery: v.boolean() })),
  acknowledges: v.exactOptional(v.array(text)),
  refuses: v.exactOptional(v.array(text)),
  deadLetter: v.array(path),
  deliveries: v.union([from0, v.literal("unbounded"), v.literal("unknown")]),
  deliveriesOption: v.exactOptional(path),
  prefetch: v.nullable(from0),
  prefetchOption: v.exactOptional(path),
  dedupe: v.exactOptional(v.array(text)),
});

const cacheFacts = v.strictObject({
  ttlUnit: v.picklist(["s", "ms"]),
  ttlOptions: v.array(text),
  ttlArguments: v.exactOptional(v.record(text, from0)),
  writes: v.array(text),
  defaultTtl: v.nullable(from0),
});

const categories = {
  "http-client": true,
  "http-server": true,
  rpc: true,
  "graphql-client": true,
  "graphql-server": true,
  database: true,
  orm: true,
  cache: true,
  queue: true,
  workflow: true,
  "event-store": true,
  resilience: true,
  "cloud-sdk": true,
  "third-party": true,
  payment: true,
  email: true,
  scheduler: true,
  auth: true,
  health: true,
  tracing: true,
  logging: true,
  gateway: true,
  framework: true,
} as const satisfies Record<Category, true>;

/** What an entry of the catalog must look like. */
export const librarySchema: v.GenericSchema<unknown, Library> = v.strictObject({
  package: text,
  aliases: v.exactOptional(v.array(text)),
  version: text,
  category: v.pipe(v.array(v.picklist(Object.keys(categories) as Category[])), v.nonEmpty()),
  title: v.exactOptional(text),
  exports: shapes,
  types: v.record(v.pipe(v.string(), v.regex(/^[\w$]+$/)), typeFacts),
  generated: v.exactOptional(v.strictObject({ interface: text, beside: v.array(text), type: typeName })),
  base: v.exactOptional(path),
  timeout: v.exactOptional(timeoutFacts),
  retry: v.exactOptional(retryFacts),
  breaker: v.exactOptional(v.strictObject({ deadlineMs: v.nullable(from0), deadlineOption: v.exactOptional(path) })),
  broker: v.exactOptional(brokerFacts),
  cache: v.exactOptional(cacheFacts),
  source: text,
}) as v.GenericSchema<unknown, Library>;
