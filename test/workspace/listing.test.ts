import assert from "node:assert/strict";
import { openWorkspace } from "../../src/workspace/index.ts";
import { memoryHost } from "../support/memory-host.ts";

describe("The listing of a workspace", () => {
  it("holds what can tell of the architecture, by kind", async () => {
    // prettier-ignore
    assert.deepEqual(
      // prettier-ignore
      await listed(
        "src/main.ts", "src/app.mjs", "web/App.tsx", "compose.yaml", "k8s/api.yml", "serverless.json", "deploy/queues.json", "prisma/schema.prisma",
        "Dockerfile", "api/Dockerfile.dev", "worker.dockerfile", "Containerfile", ".env", "api/.env.docker.example", "config/local.env",
        "README.md", "data/cities.json", "package-lock.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", "tsconfig.json", "Dockerfile.dockerignore", "logo.svg",
      ),
      [
        "env .env", "dockerfile Containerfile", "dockerfile Dockerfile", "dockerfile api/Dockerfile.dev", "env api/.env.docker.example", "yaml compose.yaml",
        "env config/local.env", "json deploy/queues.json", "yaml k8s/api.yml", "prisma prisma/schema.prisma", "json serverless.json", "code src/app.mjs",
        "code src/main.ts", "code web/App.tsx", "dockerfile worker.dockerfile",
      ].sort((a, b) => (a.split(" ")[1] ?? "" ) < (b.split(" ")[1] ?? "") ? -1 : 1),
    );
  });

  it("leaves out dependencies, output and other people's code", async () => {
    assert.deepEqual(
      await listed(
        "node_modules/x/index.js",
        "a/node_modules/y/i.ts",
        "dist/main.js",
        "a/build/main.js",
        "out/x.js",
        "coverage/x.js",
        ".next/s.js",
        ".git/hooks/x.js",
        "public/vendor/x.js",
      ),
      [],
    );
  });

  it("keeps a package that is called build, and a domain that is called vendor", async () => {
    assert.deepEqual(
      await listed(
        "packages/build/tsconfig.json",
        "packages/build/src/index.ts",
        "src/build/plan.js",
        "services/vendor/src/main.ts",
      ),
      ["code packages/build/src/index.ts", "code services/vendor/src/main.ts", "code src/build/plan.js"],
    );
  });

  it("does not take a file of a megabyte for configuration", async () => {
    const workspace = await openWorkspace(
      memoryHost({ "config/default.json": " ".repeat(1_000_001), "config/small.json": "{}" }),
    );
    assert.deepEqual(
      workspace.files.map((file) => file.path),
      ["config/small.json"],
    );
  });

  it("honours ignore files at every level, and the repository's private list", async () => {
    const host = memoryHost({
      ".gitignore": "*.gen.ts\n/secret/\n!kept.gen.ts\n",
      ".git/info/exclude": "private.ts\n",
      "a/.gitignore": "/local.ts\n!special.gen.ts\n",
      ...sources(
        "a/local.ts",
        "a/b/local.ts",
        "a/x.gen.ts",
        "a/special.gen.ts",
        "kept.gen.ts",
        "secret/x.ts",
        "a/secret/x.ts",
        "a/private.ts",
        "A.GEN.ts",
      ),
    });
    const workspace = await openWorkspace(host);
    assert.deepEqual(
      workspace.files.map((file) => file.path),
      ["A.GEN.ts", "a/b/local.ts", "a/secret/x.ts", "a/special.gen.ts", "kept.gen.ts"],
    );
  });

  it("reads the .env files that git ignores, for they say where services are sent, but none in an ignored folder", async () => {
    const workspace = await openWorkspace(memoryHost({ ".gitignore": ".env*\nold/\n", ...sources("a/.env", "a/.env.local", "old/.env", "a/x.ts") }));
    assert.deepEqual(
      workspace.files.map((file) => file.path),
      ["a/.env", "a/.env.local", "a/x.ts"],
    );
  });

  it("leaves out what the configuration excludes", async () => {
    const workspace = await openWorkspace(
      memoryHost({ "faultline.jsonc": `{ "exclude": ["legacy/"] }`, ...sources("legacy/a.ts", "b.ts") }),
      { exclude: ["*.mjs"] },
    );
    assert.deepEqual(
      workspace.files.map((file) => file.path),
      ["b.ts"],
    );
  });

  it("costs only a folder that cannot be read, and says so", async () => {
    const host = memoryHost(sources("a/x.ts", "b/y.ts"));
    const workspace = await openWorkspace({
      ...host,
      list: (folder) => (folder === "a" ? Promise.reject(new Error("EACCES")) : host.list(folder)),
    });
    assert.deepEqual(
      [
        workspace.files.map((file) => file.path),
        workspace.problems.map((problem) => `${problem.severity} ${problem.path}`),
      ],
      [["b/y.ts"], ["information a"]],
    );
  });

  it("is not upset by a file that vanishes between two looks", async () => {
    const host = memoryHost(sources("a.ts", "b.ts"));
    const workspace = await openWorkspace({
      ...host,
      stat: (path) => (path === "a.ts" ? Promise.resolve(undefined) : host.stat(path)),
    });
    assert.deepEqual(
      workspace.files.map((file) => file.path),
      ["b.ts"],
    );
  });

  it("is empty for an empty folder", async () => {
    const workspace = await openWorkspace(memoryHost({}));
    assert.deepEqual([workspace.files, workspace.packages, workspace.problems], [[], [], []]);
  });
});

async function listed(...paths: readonly string[]): Promise<readonly string[]> {
  const workspace = await openWorkspace(memoryHost(sources(...paths)));
  return workspace.files.map((file) => `${file.kind} ${file.path}`);
}

function sources(...paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    paths.map((path) => [path, path.endsWith("package.json") || path.endsWith("tsconfig.json") ? "{}" : ""]),
  );
}
