import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { generatedFiles } from "../../scripts/generate.ts";
import { catalog, member, names, type Library, type Shape } from "../../src/catalog/index.ts";
import { namesIn } from "../../src/catalog/names.ts";
import { librarySchema } from "../../src/catalog/schema.ts";

describe("the catalog's data", () => {
  for (const library of catalog.all) {
    it(`${library.package} fits the schema`, () => {
      const result = v.safeParse(librarySchema, library);
      assert.deepEqual(result.issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`) ?? [], []);
    });
  }

  it("names only types that exist", () => {
    const lost = catalog.all.flatMap((library) =>
      typesNamedIn(library)
        .filter((name) => !catalog.type(library, name))
        .map((name) => `${library.package} → ${name}`),
    );
    assert.deepEqual(lost, []);
  });

  it("lists no name twice in one table", () => {
    const tables = catalog.all.flatMap((library) => [
      [library.package, library.exports] as const,
      ...Object.entries(library.types).flatMap(([name, facts]) => [
        [`${library.package}:${name}`, facts.methods] as const,
        [`${library.package}:${name} properties`, facts.properties ?? {}] as const,
      ]),
    ]);
    const twice = tables.flatMap(([where, table]) => {
      const all = Object.keys(table).flatMap(namesIn);
      return all.filter((name, at) => all.indexOf(name) !== at).map((name) => `${where}.${name}`);
    });
    assert.deepEqual(twice, []);
  });

  it("gives each package and alias to one library", () => {
    const all = catalog.all.flatMap((library) => [library.package, ...(library.aliases ?? [])]);
    assert.deepEqual(
      all.filter((name, at) => all.indexOf(name) !== at),
      [],
    );
  });

  it("lists every data file", async () => {
    const stale = [...(await generatedFiles())].filter(
      ([path, text]) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8") !== text,
    );
    assert.deepEqual(
      stale.map(([path]) => path),
      [],
    );
  });

  it("gives naming conventions types that exist, and expressions that compile", () => {
    const broken = catalog.conventions.filter((it) => {
      const library = catalog.all.find((one) => one.package === it.library);
      return !library || !catalog.type(library, it.type) || !new RegExp(it.receiver);
    });
    assert.deepEqual(broken, []);
  });

  it("holds words in lower case or camel case without doubles", () => {
    assert.equal(
      new Set(names.readVerbs).size + new Set(names.writeVerbs).size,
      names.readVerbs.length + names.writeVerbs.length,
    );
  });
});

describe("looking up a library", () => {
  const found: Readonly<Record<string, string | undefined>> = {
    axios: "axios",
    http: "node:http",
    "node:https": "node:http",
    "rxjs/operators": "rxjs",
    "mysql2/promise": "mysql2",
    "timers/promises": "node:timers/promises",
    "@aws-sdk/client-sqs": "@aws-sdk/client-sqs",
    "@aws-sdk/client-lambda": "@aws-sdk/client-*",
    "drizzle-orm/node-postgres": "drizzle-orm",
    "firebase-admin/firestore": "@google-cloud/firestore",
    "firebase-admin/auth": "firebase-admin",
    postmark: "postmark",
    "@notionhq/client/build/src": "@notionhq/client",
    messagebird: "messagebird",
    "nestjs-minio-client": "minio",
    "@nestjs/unknown": undefined,
    "./axios": undefined,
    axiosx: undefined,
  };
  for (const [specifier, expected] of Object.entries(found)) {
    it(`finds ${expected ?? "nothing"} for "${specifier}"`, () =>
      assert.equal(catalog.find(specifier)?.package, expected));
  }

  it("knows of a client under another name what it knows of the one that is called alike", () => {
    assert.deepEqual(known("postmark").types, known("mailgun.js").types);
    assert.equal(catalog.find("postmark"), catalog.find("postmark/dist/index.js"));
  });

  it("tells what a global name means", () => {
    const kinds = ["fetch", "AbortSignal", "setTimeout", "nothing"].map((name) => catalog.global(name)?.is);
    assert.deepEqual(kinds, ["call", "namespace", "timer", undefined]);
  });

  it("takes the module as a whole for its default export, or else for all its exports", () => {
    const wholes = ["axios", "pg"].map((name) => catalog.exportOf(known(name), "*")?.is);
    assert.deepEqual(wholes, ["instance", "namespace"]);
  });
});

describe("looking up what a call does", () => {
  const calls: readonly (readonly [library: string, type: string, method: string, expected: string])[] = [
    ["axios", "AxiosInstance", "get", "request read GET"],
    ["axios", "AxiosStatic", "post", "request write POST"],
    ["axios", "AxiosStatic", "create", "factory AxiosInstance"],
    ["@nestjs/axios", "HttpService", "delete", "request write DELETE"],
    ["@nestjs/microservices", "ClientProxy", "emit", "publish write"],
    ["typeorm", "Repository", "save", "query write"],
    ["typeorm", "DataSource", "findOneBy", "query read"],
    ["@prisma/client", "Model", "findMany", "query read"],
    ["pg", "Pool", "query", "query by-text"],
    ["mysql2", "Pool", "execute", "query by-text"],
    ["mongoose", "Model", "insertMany", "query write"],
    ["kafkajs", "Producer", "send", "publish write"],
    ["kafkajs", "Consumer", "run", "consume read"],
    ["amqplib", "Channel", "ack", "ack none"],
    ["ioredis", "Redis", "get", "cache read"],
    ["opossum", "CircuitBreaker", "fire", "runs"],
    ["moleculer", "Context", "call", "request write rpc"],
    ["stripe", "Resource", "retrieveUpcoming", "sdk read GET"],
    ["@grpc/grpc-js", "GrpcStub", "charge", "request write rpc"],
    ["aws-sdk", "Service", "getObject", "sdk read"],
  ];
  for (const [library, type, method, expected] of calls) {
    it(`reads ${library} ${type}.${method} as ${expected}`, () => {
      const facts = catalog.type(known(library), type);
      assert.ok(facts);
      assert.equal(print(catalog.method(facts, method)), expected);
    });
  }

  it("lets a subclass's own pattern stand behind its parent's exact name", () => {
    const application = catalog.type(known("express"), "Application");
    assert.ok(application);
    assert.equal(print(catalog.method(application, "use")), "middleware none");
  });

  it("follows a property to a type of another library", () => {
    const service = catalog.type(known("@nestjs/axios"), "HttpService");
    assert.ok(service);
    const property = catalog.property(service, "axiosRef");
    assert.equal(property && `${property.type.library.package}:${property.type.name}`, "axios:AxiosInstance");
  });

  it("reads a delegate's name as an entity", () => {
    const prisma = catalog.type(known("@prisma/client"), "PrismaClient");
    assert.ok(prisma);
    assert.equal(catalog.property(prisma, "order")?.entity, "name");
  });

  it("prefers a command's own name to the pattern of its kind", () => {
    const sqs = known("@aws-sdk/client-sqs");
    assert.deepEqual(
      ["DeleteMessageCommand", "DeleteQueueCommand", "GetQueueUrlCommand"].map((name) =>
        print(catalog.exportOf(sqs, name)),
      ),
      ["command ack none", "command sdk write", "command sdk read"],
    );
  });

  it("finds names in any table of the catalog", () => {
    const signal = catalog.global("AbortSignal");
    assert.equal(signal?.is === "namespace" ? member(signal.members, "timeout")?.is : undefined, "deadline-signal");
  });
});

function known(name: string): Library {
  const library = catalog.find(name);
  assert.ok(library, name);
  return library;
}

function print(shape: Shape | undefined): string {
  if (!shape) return "nothing";
  if (shape.is === "factory") return `factory ${shape.type}`;
  const facts = shape.is === "call" || shape.is === "command" ? shape.call : undefined;
  const words = facts ? [facts.effect, facts.access, facts.method] : [];
  return [shape.is === "call" ? undefined : shape.is, ...words].filter((word) => word !== undefined).join(" ");
}

/** Every type name that a library's shapes, wrappers and properties give. */
function typesNamedIn(library: Library): readonly string[] {
  const found = new Set<string>();
  visit(library.exports);
  visit(library.types);
  return [...found].filter((name) => name !== "");

  function visit(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) take(key, inner);
  }

  function take(key: string, value: unknown): void {
    if (["type", "yields", "provides", "extends"].includes(key) && typeof value === "string") found.add(value);
    else if (key === "params" && Array.isArray(value)) for (const name of value) found.add(String(name));
    else visit(value);
  }
}
