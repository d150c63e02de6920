import assert from "node:assert/strict";
import { governingMapping, openWorkspace } from "../../src/workspace/index.ts";
import { memoryHost } from "../support/memory-host.ts";

describe("Path mappings", () => {
  it("are taken over from a base, and stay relative to where they were written", async () => {
    const workspace = await openWorkspace(
      memoryHost({
        "tsconfig.base.json": `{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["libs/app/src/*"], }, } } // as Nx has it`,
        "apps/api/tsconfig.json": `{ "extends": "../../tsconfig.base" }`,
      }),
    );
    assert.deepEqual(governingMapping(workspace, "apps/api/src/main.ts"), {
      dir: "apps/api",
      config: "apps/api/tsconfig.json",
      baseUrl: "",
      paths: { "@app/*": ["libs/app/src/*"] },
    });
  });

  it("follow several bases, the last of which wins, a shared one of any name, and one in a package of the workspace", async () => {
    const workspace = await openWorkspace(
      memoryHost({
        "shared/one.json": `{ "compilerOptions": { "paths": { "a": ["./one.ts"] } } }`,
        "config/package.json": `{ "name": "@repo/config" }`,
        "config/two.json": `{ "compilerOptions": { "paths": { "a": ["\${configDir}/src/two.ts"] } } }`,
        "x/tsconfig.json": `{ "extends": ["../shared/one.json", "@repo/config/two.json", "@tsconfig/node20/tsconfig.json"] }`,
        "y/jsconfig.json": `{ "extends": "../shared/one" }`,
      }),
    );
    assert.deepEqual(
      workspace.pathMappings.map((mapping) => [mapping.config, mapping.paths]),
      [
        ["x/tsconfig.json", { a: ["x/src/two.ts"] }],
        ["y/jsconfig.json", { a: ["shared/one.ts"] }],
      ],
    );
    assert.deepEqual(workspace.problems, []);
  });

  it("report a circle once, and a base that is not there", async () => {
    const workspace = await openWorkspace(
      memoryHost({
        "a/tsconfig.json": `{ "extends": "../b/tsconfig.json", "compilerOptions": { "baseUrl": "." } }`,
        "b/tsconfig.json": `{ "extends": "../a/tsconfig.json" }`,
        "c/tsconfig.json": `{ "extends": "./gone.json" }`,
      }),
    );
    assert.deepEqual(
      workspace.problems.map(
        (problem) => `${problem.severity} ${problem.path} ${problem.at}-${problem.end} ${problem.message}`,
      ),
      [
        "warning b/tsconfig.json 13-33 This closes a circle of `extends`: a/tsconfig.json → b/tsconfig.json → a/tsconfig.json.",
        "information c/tsconfig.json 13-26 The base `./gone.json` is not there; what it would set is unknown.",
      ],
    );
  });
});
