import assert from "node:assert/strict";
import * as fc from "fast-check";
import { openWorkspace, updateWorkspace } from "../../src/workspace/index.ts";
import { memoryHost, type MemoryHost } from "../support/memory-host.ts";

describe("An updated workspace", () => {
  it("equals a fresh one after any sequence of edits", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(edit(), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        async (batches) => {
          const host = memoryHost(START);
          let workspace = await openWorkspace(host, OVERRIDES);
          for (const batch of batches) {
            for (const { path, text } of batch) apply(host, path, text);
            workspace = await updateWorkspace(
              workspace,
              batch.map(({ path }) => path),
              host,
            );
            assert.deepEqual(workspace, await openWorkspace(host, OVERRIDES));
          }
        },
      ),
      { numRuns: 150 },
    );
  }).timeout(20_000);

  it("keeps all that an edit of one source file does not touch", async () => {
    const host = memoryHost({ ...START, "a/x.ts": "" });
    const before = await openWorkspace(host);
    host.set("a/x.ts", "more");
    const after = await updateWorkspace(before, ["/memory/a/x.ts"], host);
    assert.deepEqual(
      after.files.filter((file) => !before.files.includes(file)).map((file) => `${file.path} ${file.size}`),
      ["a/x.ts 4"],
    );
    assert.equal(after.packages, before.packages);
  });

  it("takes in a manifest whose unsaved text wins over the disk", async () => {
    const host = memoryHost({ "package.json": `{ "name": "old" }` });
    const before = await openWorkspace(host);
    const unsaved = { ...host, read: async () => new TextEncoder().encode(`{ "name": "new" }`) };
    assert.deepEqual(
      (await updateWorkspace(before, ["package.json"], unsaved)).packages.map((pack) => pack.name),
      ["new"],
    );
  });
});

const OVERRIDES = { knownRules: ["retry/nested"] };

const START = {
  "package.json": `{ "name": "root", "dependencies": { "axios": "1" } }`,
  "a/package.json": `{ "name": "a", "dependencies": { "axios": "1" } }`,
  "a/x.js": "",
  "a/build/y.ts": "",
  "tsconfig.json": `{ "extends": "./shared/base.json" }`,
  "node_modules/axios/package.json": `{ "version": "1.0.0" }`,
};

/** Paths by the texts that they may be given; to be without text is to be deleted. */
const EDITS: Readonly<Record<string, readonly string[]>> = {
  "a/x.ts": ["", "1"],
  "a/x.js": ["", "2"],
  "a/b/c/deep.ts": [""],
  "a/b": ["a file where a folder was"],
  a: [],
  shared: [],
  "a/build/y.ts": [""],
  "a/build/z.js": [""],
  "a/build/tsconfig.json": [`{ "compilerOptions": { "baseUrl": "." } }`],
  "a/package.json": [`{ "name": "a", "dependencies": { "axios": "1" } }`, `{ "name": "b" `, `[]`],
  "package.json": [
    `{ "faultline": { "exclude": ["a/b"] } }`,
    `{ "name": "@repo/root", "dependencies": { "axios": "1" } }`,
  ],
  "faultline.jsonc": [`{ "exclude": ["*.js"] }`, `{ "rules": { "x": "off" } }`, `{`],
  "faultline.json": [`{}`],
  ".gitignore": ["*.js", "a/b/", "!x.js", "tsconfig.json"],
  "a/.gitignore": ["!x.js", "x.*", "build"],
  ".git/info/exclude": ["x.ts", "shared"],
  "tsconfig.json": [
    `{ "extends": "./shared/base.json" }`,
    `{ "extends": "./a/tsconfig.json" }`,
    `{ "extends": "@repo/root/shared/base.json" }`,
  ],
  "a/tsconfig.json": [`{ "extends": "../tsconfig.json", "compilerOptions": { "baseUrl": "src" } }`],
  "shared/base.json": [`{ "compilerOptions": { "paths": { "x": ["x"] } } }`, `{ broken`],
  "node_modules/axios/package.json": [`{ "version": "1.0.0" }`, `{ "version": "1.1.0" }`],
  "a/node_modules/axios/package.json": [`{ "version": "1.2.0" }`],
  "a/node_modules": [],
  "yarn.lock": [`axios@1:\n  version "1.3.0"\n`, ""],
  "pnpm-workspace.yaml": [`packages: [a]`, `packages: [`],
};

function edit(): fc.Arbitrary<{ readonly path: string; readonly text: string | undefined }> {
  return fc
    .constantFrom(...Object.keys(EDITS))
    .chain((path) => fc.constantFrom(...(EDITS[path] ?? []), undefined).map((text) => ({ path, text })));
}

function apply(host: MemoryHost, path: string, text: string | undefined): void {
  // A path beneath a file cannot be, so the file gives way, as it must on a disk.
  for (let at = path.indexOf("/"); text !== undefined && at >= 0; at = path.indexOf("/", at + 1)) {
    if (host.paths().includes(path.slice(0, at))) host.delete(path.slice(0, at));
  }
  if (text === undefined) host.delete(path);
  else host.set(path, text);
}
