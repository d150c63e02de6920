import assert from "node:assert/strict";
import { openWorkspace, packageOf } from "../../src/workspace/index.ts";
import { memoryHost } from "../support/memory-host.ts";

describe("The packages of a workspace", () => {
  it("carry what their manifests say", async () => {
    const manifest = {
      name: "@shop/orders",
      version: "1.2.0",
      private: true,
      type: "module",
      main: "dist/index.js",
      typings: "dist/index.d.ts",
      bin: { orders: "bin/orders.js" },
      scripts: { start: "node ." },
      dependencies: { axios: "^1.0.0" },
      peerDependencies: { react: "*" },
      devDependencies: { mocha: "^11.0.0" },
      exports: {
        ".": {
          types: "./dist/index.d.ts",
          "@shop/source": "./src/index.ts",
          import: ["./dist/index.js"],
          default: null,
        },
        "./http": "./dist/http.js",
      },
      imports: { "#db/*": "./src/db/*.ts" },
    };
    const workspace = await openWorkspace(memoryHost({ "orders/package.json": JSON.stringify(manifest) }));
    assert.deepEqual(workspace.packages, [
      {
        dir: "orders",
        manifest: "orders/package.json",
        name: "@shop/orders",
        version: "1.2.0",
        dependencies: { react: "*", axios: "^1.0.0" },
        devDependencies: { mocha: "^11.0.0" },
        installed: {},
        scripts: { start: "node ." },
        workspaces: [],
        isPrivate: true,
        isModule: true,
        main: "dist/index.js",
        types: "dist/index.d.ts",
        bin: ["bin/orders.js"],
        exports: { ".": ["./src/index.ts", "./dist/index.js", "./dist/index.d.ts"], "./http": ["./dist/http.js"] },
        imports: { "#db/*": ["./src/db/*.ts"] },
      },
    ]);
  });

  it("survive a broken manifest, which is pointed at", async () => {
    const text = `{ "name": "a" "version": "1.0.0" }`;
    const workspace = await openWorkspace(
      memoryHost({
        "a/package.json": text,
        "b/package.json": "[]",
        "c/package.json": `{ "name": "c", /* why not */ }`,
      }),
    );
    assert.deepEqual(
      [
        workspace.packages.map((pack) => `${pack.dir}:${pack.name}`),
        workspace.problems.map((problem) => `${problem.path} ${problem.at}-${problem.end} ${problem.message}`),
      ],
      [
        ["a:a", "c:c"],
        [
          "a/package.json 14-23 This file is not valid JSON: a comma is missing here.",
          "b/package.json 0-2 A package.json holds an object; this one does not, and is left out.",
        ],
      ],
    );
  });

  it("name their members, wherever the package manager has them written", async () => {
    const workspaces = await Promise.all(
      [
        { "package.json": `{ "workspaces": ["apps/*"] }` },
        { "package.json": `{ "workspaces": { "packages": ["apps/*"] } }` },
        { "package.json": "{}", "pnpm-workspace.yaml": "packages:\n  - apps/*\n" },
        { "package.json": "{}", "lerna.json": `{ "packages": ["apps/*"] }` },
      ].map((files) => openWorkspace(memoryHost(files))),
    );
    assert.deepEqual(
      workspaces.map((workspace) => workspace.packages[0]?.workspaces),
      [["apps/*"], ["apps/*"], ["apps/*"], ["apps/*"]],
    );
  });

  it("point at a member list that is not YAML", async () => {
    const workspace = await openWorkspace(memoryHost({ "pnpm-workspace.yaml": "packages: [a" }));
    assert.deepEqual(
      workspace.problems.map((problem) => `${problem.path} ${problem.severity}`),
      ["pnpm-workspace.yaml error"],
    );
  });

  const LOCKS = {
    "package-lock.json": `{\n  "lockfileVersion": 3,\n  "packages": {\n    "apps/a/node_modules/axios": {\n      "version": "1.7.2"\n    },\n    "node_modules/axios": {\n      "version": "0.9.0"\n    },\n    "node_modules/x/node_modules/axios": {\n      "version": "0.1.0"\n    }\n  }\n}`,
    "pnpm-lock.yaml": `lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\n  apps/a:\n    dependencies:\n      axios:\n        specifier: ^1.0.0\n        version: 1.7.2(debug@4.3.4)\n\npackages:\n\n  axios@0.9.0:\n    version: 0.9.0\n`,
    "yarn.lock": `# yarn lockfile v1\n\n\naxios@^0.9.0:\n  version "0.9.0"\n\n"axios@^1.0.0", axios@^1.1.0:\n  version "1.7.2"\n  resolved "x"\n`,
    "bun.lock": `{\n  "packages": {\n    "axios": ["axios@1.7.2", "", {}, "sha512"],\n  }\n}`,
  };
  for (const [lock, text] of Object.entries(LOCKS)) {
    it(`know the versions that ${lock} pins`, async () => {
      const workspace = await openWorkspace(
        memoryHost({ "apps/a/package.json": `{ "dependencies": { "axios": "^1.0.0" } }`, [lock]: text }),
      );
      assert.deepEqual(workspace.packages[0]?.installed, { axios: "1.7.2" });
    });
  }

  it("know the versions of an older yarn's and an older npm's lock", async () => {
    const berry = `__metadata:\n  version: 6\n\n"axios@npm:^1.0.0, axios@npm:^1.2.0":\n  version: 1.7.2\n`;
    const npm6 = `{\n  "lockfileVersion": 1,\n  "dependencies": {\n    "axios": {\n      "version": "1.7.2"\n    }\n  }\n}`;
    const manifest = `{ "dependencies": { "axios": "^1.0.0" } }`;
    const workspaces = await Promise.all([
      openWorkspace(memoryHost({ "package.json": manifest, "yarn.lock": berry })),
      openWorkspace(memoryHost({ "package.json": manifest, "package-lock.json": npm6 })),
    ]);
    assert.deepEqual(
      workspaces.map((workspace) => workspace.packages[0]?.installed),
      [{ axios: "1.7.2" }, { axios: "1.7.2" }],
    );
  });

  it("know what is installed where no lock file tells", async () => {
    const host = memoryHost({
      "a/package.json": `{ "dependencies": { "axios": "^1.0.0" } }`,
      "node_modules/axios/package.json": `{ "version": "1.6.0" }`,
    });
    assert.deepEqual((await openWorkspace(host)).packages[0]?.installed, { axios: "1.6.0" });
  });

  it("know the types of Node.js that came with another package", async () => {
    const host = memoryHost({ "a/package.json": `{ "dependencies": { "axios": "^1.0.0" } }`, "a/node_modules/@types/node/package.json": `{ "version": "16.9.1" }` });
    assert.deepEqual((await openWorkspace(host)).packages[0]?.installed, { "@types/node": "16.9.1" });
  });

  it("own the files beneath them, the nearest first", async () => {
    const workspace = await openWorkspace(
      memoryHost({ "package.json": `{"name":"root"}`, "a/package.json": `{"name":"a"}`, "ab/x.ts": "" }),
    );
    assert.deepEqual([packageOf(workspace, "a/src/x.ts")?.name, packageOf(workspace, "ab/x.ts")?.name], ["a", "root"]);
  });
});
