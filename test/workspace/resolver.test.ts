import assert from "node:assert/strict";
import { createResolver, openWorkspace, resolveModule } from "../../src/workspace/index.ts";
import { memoryHost } from "../support/memory-host.ts";

describe("An import", () => {
  const relative = [
    "a/main.ts",
    "a/x.ts",
    "a/x.js",
    "a/y.mts",
    "a/z.cts",
    "a/view.tsx",
    "a/folder/index.ts",
    "a/order.service.ts",
    "a/plain.js",
    "index.ts",
    "a/Product.ts",
    "a/types.d.ts",
  ];

  it("by a relative path leads to the source, whatever ending it is given", async () => {
    // prettier-ignore
    assert.deepEqual(
      await resolved(relative, "a/main.ts", "./x", "./x.js", "./x.ts", "./y.mjs", "./z.cjs", "./view.jsx", "./view.js", "./folder", "./folder/", "./order.service", "./plain", "..", "./types", "./x.ts?worker"),
      [
        "./x → a/x.ts", "./x.js → a/x.ts", "./x.ts → a/x.ts", "./y.mjs → a/y.mts", "./z.cjs → a/z.cts", "./view.jsx → a/view.tsx", "./view.js → a/view.tsx", "./folder → a/folder/index.ts",
        "./folder/ → a/folder/index.ts", "./order.service → a/order.service.ts", "./plain → a/plain.js", ".. → index.ts", "./types → a/types.d.ts", "./x.ts?worker → a/x.ts",
      ],
    );
  });

  it("by a relative path in the wrong case leads where it does on its author's machine", async () => {
    assert.deepEqual(await resolved(relative, "a/main.ts", "./product"), ["./product → a/Product.ts"]);
  });

  it("that leads nowhere is missing, also where it leaves the workspace", async () => {
    assert.deepEqual(await resolved(relative, "a/main.ts", "./gone", "../../x", "./logo.svg", "#internal", "@/gone"), [
      "./gone → missing",
      "../../x → missing",
      "./logo.svg → missing",
      "#internal → missing",
      "@/gone → missing",
    ]);
  });

  it("of a library or a built-in module is told by name", async () => {
    assert.deepEqual(
      await resolved(
        [],
        "main.ts",
        "axios",
        "@nestjs/common",
        "rxjs/operators",
        "@aws-sdk/client-s3/x/y",
        "fs",
        "node:fs/promises",
        "fs/promises",
        "events-x",
        "process/browser",
      ),
      [
        "axios → axios + ",
        "@nestjs/common → @nestjs/common + ",
        "rxjs/operators → rxjs + operators",
        "@aws-sdk/client-s3/x/y → @aws-sdk/client-s3 + x/y",
        "fs → builtin fs",
        "node:fs/promises → builtin fs/promises",
        "fs/promises → builtin fs/promises",
        "events-x → events-x + ",
        "process/browser → process + browser",
      ],
    );
  });

  it("follows the paths of its tsconfig, the longest pattern first", async () => {
    const files = {
      "tsconfig.json": `{ "compilerOptions": { "paths": { "@app/*": ["libs/*/src"], "@app/db/*": ["db/*"], "exact": ["gone.ts", "exact.ts"], "*.model": ["models/*.ts"] } } }`,
      ...empty("libs/log/src/index.ts", "db/orders.ts", "exact.ts", "models/user.ts"),
    };
    assert.deepEqual(
      await resolved(files, "apps/api/main.ts", "@app/log", "@app/db/orders", "exact", "user.model", "@app/none"),
      [
        "@app/log → libs/log/src/index.ts",
        "@app/db/orders → db/orders.ts",
        "exact → exact.ts",
        "user.model → models/user.ts",
        "@app/none → @app/none + ",
      ],
    );
  });

  it("follows baseUrl, but not to a file that is called like a dependency", async () => {
    const files = {
      "tsconfig.json": `{ "compilerOptions": { "baseUrl": "src" } }`,
      "package.json": `{ "dependencies": { "redis": "^4.0.0" } }`,
      ...empty("src/redis.ts", "src/redis/actions.ts", "src/orders/client.ts", "src/events.ts"),
    };
    assert.deepEqual(await resolved(files, "src/main.ts", "orders/client", "redis", "redis/actions", "events"), [
      "orders/client → src/orders/client.ts",
      "redis → redis + ",
      "redis/actions → src/redis/actions.ts",
      "events → builtin events",
    ]);
  });

  it("of a workspace package leads through its manifest to its source", async () => {
    const files = {
      "a/package.json": `{ "name": "@shop/a", "exports": { ".": "./dist/index.js", "./http": { "types": "./dist/esm/http.d.ts", "import": "./dist/esm/http.js" }, "./jobs/*": "./dist/jobs/*.js" } }`,
      "b/package.json": `{ "name": "@shop/b", "main": "lib/main.js" }`,
      "c/package.json": `{ "name": "@shop/c" }`,
      "d/package.json": `{ "name": "@shop/d", "main": "dist/packages/d/src/index.js" }`,
      ...empty(
        "a/src/index.ts",
        "a/src/http.ts",
        "a/src/jobs/mail.ts",
        "b/src/main.ts",
        "b/src/deep/x.ts",
        "c/index.ts",
        "d/src/index.ts",
        "api/main.ts",
      ),
    };
    assert.deepEqual(
      await resolved(
        files,
        "api/main.ts",
        "@shop/a",
        "@shop/a/http",
        "@shop/a/jobs/mail",
        "@shop/b",
        "@shop/b/lib/deep/x",
        "@shop/b/deep/x",
        "@shop/c",
        "@shop/d",
        "@shop/c/gone",
      ),
      [
        "@shop/a → a/src/index.ts",
        "@shop/a/http → a/src/http.ts",
        "@shop/a/jobs/mail → a/src/jobs/mail.ts",
        "@shop/b → b/src/main.ts",
        "@shop/b/lib/deep/x → b/src/deep/x.ts",
        "@shop/b/deep/x → b/src/deep/x.ts",
        "@shop/c → c/index.ts",
        "@shop/d → d/src/index.ts",
        "@shop/c/gone → @shop/c + gone",
      ],
    );
  });

  it("of a plain name means the workspace's package only where its range fits", async () => {
    const files = {
      "redis/package.json": `{ "name": "redis", "version": "1.0.0" }`,
      "a/package.json": `{ "dependencies": { "redis": "^4.0.0" } }`,
      "b/package.json": `{ "dependencies": { "redis": "^1.0.0" } }`,
      "c/package.json": `{ "dependencies": { "redis": "workspace:^" } }`,
      "d/package.json": `{}`,
      ...empty("redis/index.ts"),
    };
    const answers = await Promise.all(["a", "b", "c", "d"].map((dir) => resolved(files, `${dir}/main.ts`, "redis")));
    assert.deepEqual(answers.flat(), [
      "redis → redis + ",
      "redis → redis/index.ts",
      "redis → redis/index.ts",
      "redis → redis + ",
    ]);
  });

  it("of an entry that a builder makes up follows the package's own tsconfig", async () => {
    const files = {
      "ui/package.json": `{ "name": "@shop/ui" }`,
      "ui/tsconfig.json": `{ "compilerOptions": { "paths": { "@shop/ui/core": ["./src/lib/core/public-api"] } } }`,
      ...empty("ui/src/lib/core/public-api.ts"),
    };
    assert.deepEqual(await resolved(files, "web/main.ts", "@shop/ui/core"), [
      "@shop/ui/core → ui/src/lib/core/public-api.ts",
    ]);
  });

  it("goes to the nearest of two packages of one name", async () => {
    const files = {
      "one/shared/package.json": `{ "name": "@shop/shared" }`,
      "two/shared/package.json": `{ "name": "@shop/shared" }`,
      "two/api/package.json": `{}`,
      ...empty("one/shared/index.ts", "two/shared/index.ts"),
    };
    assert.deepEqual(await resolved(files, "two/api/main.ts", "@shop/shared"), ["@shop/shared → two/shared/index.ts"]);
  });

  it("follows a package's own imports, its own name, and what it has built", async () => {
    const files = {
      "a/package.json": `{ "name": "orders", "imports": { "#db/*": "./dist/db/*.js", "#log": { "default": "./src/log.ts" } } }`,
      ...empty("a/src/db/pool.ts", "a/src/log.ts", "a/src/index.ts", "a/src/server.ts"),
    };
    assert.deepEqual(
      await resolved(
        files,
        "a/bin/run.js",
        "#db/pool",
        "#log",
        "orders",
        "../dist/server.js",
        "@/db/pool",
        "~/log",
        "@db/pool",
      ),
      [
        "#db/pool → a/src/db/pool.ts",
        "#log → a/src/log.ts",
        "orders → a/src/index.ts",
        "../dist/server.js → a/src/server.ts",
        "@/db/pool → a/src/db/pool.ts",
        "~/log → a/src/log.ts",
        "@db/pool → a/src/db/pool.ts",
      ],
    );
  });

  it("goes through links", async () => {
    const workspace = await openWorkspace(memoryHost(empty("shared/log.ts", "a/main.ts")));
    const resolve = createResolver({ ...workspace, links: { "a/shared": "shared" } });
    assert.deepEqual(resolve("a/main.ts", "./shared/log"), { is: "file", path: "shared/log.ts" });
  });
});

async function resolved(
  files: readonly string[] | Readonly<Record<string, string>>,
  from: string,
  ...specifiers: readonly string[]
): Promise<readonly string[]> {
  const workspace = await openWorkspace(
    memoryHost(Array.isArray(files) ? empty(...files) : (files as Readonly<Record<string, string>>)),
  );
  return specifiers.map((specifier) => {
    const answer = resolveModule(workspace, from, specifier);
    if (answer.is === "file") return `${specifier} → ${answer.path}`;
    if (answer.is === "package") return `${specifier} → ${answer.name} + ${answer.subpath}`;
    return answer.is === "builtin" ? `${specifier} → builtin ${answer.name}` : `${specifier} → missing`;
  });
}

function empty(...paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map((path) => [path, ""]));
}
