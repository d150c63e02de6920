import assert from "node:assert/strict";
import { openWorkspace, type Workspace } from "../../src/workspace/index.ts";
import { memoryHost } from "../support/memory-host.ts";

describe("The configuration", () => {
  it("is empty by default", async () => {
    assert.deepEqual((await openWorkspace(memoryHost({}))).configuration, {
      rules: {},
      exclude: [],
      services: [],
      ignore: [],
    });
  });

  it("is read from faultline.jsonc, comments and trailing commas included", async () => {
    const workspace = await configured(`{
      // Slow third parties are known of.
      "rules": { "timeout/missing": "information", "retry/nested": "off" },
      "exclude": ["legacy/**"],
      "services": [{ "name": "orders", "root": "apps/orders" }],
      "ignore": [{ "rule": "database/shared", "path": "apps/*", "reason": "until the split", "until": "2030-01-31" }],
    }`);
    const { spans, ...configuration } = workspace.configuration;
    assert.deepEqual(Object.keys(spans ?? {}), ["services/0/name", "services/0/root"]);
    assert.deepEqual(configuration, {
      path: "faultline.jsonc",
      rules: { "timeout/missing": "information", "retry/nested": "off" },
      exclude: ["legacy/**"],
      services: [{ name: "orders", root: "apps/orders" }],
      ignore: [{ rule: "database/shared", path: "apps/*", reason: "until the split", until: "2030-01-31" }],
    });
    assert.deepEqual(workspace.problems, []);
  });

  it("may be faultline.json, or a key of the root's package.json", async () => {
    const workspaces = await Promise.all([
      openWorkspace(memoryHost({ "faultline.json": `{ "exclude": ["a"] }` })),
      openWorkspace(
        memoryHost({
          "package.json": `{ "name": "x", "faultline": { "exclude": ["a"] } }`,
          "b/package.json": `{ "faultline": { "exclude": ["b"] } }`,
        }),
      ),
    ]);
    assert.deepEqual(
      workspaces.map(({ configuration }) => [configuration.path, configuration.exclude]),
      [
        ["faultline.json", ["a"]],
        ["package.json", ["a"]],
      ],
    );
  });

  it("says that a second file is not read", async () => {
    const workspace = await openWorkspace(memoryHost({ "faultline.jsonc": "{}", "faultline.json": "{}" }));
    assert.deepEqual(shown(workspace), ["warning This file is not read, because `faultline.jsonc` is there too."]);
  });

  it("points at every mistake, and keeps the rest in force", async () => {
    const text = `{ "rulez": {}, "rules": { "retry/nested": "warn", "retry/no-jitter": "hint" }, "exclude": "a", "services": [{ "name": 1, "root": "x" }, { "name": "b", "root": "b" }, { "root": "c" }], "ignore": [{ "rule": "retry/nested", "reason": "r", "untill": "x" }] }`;
    const workspace = await configured(text);
    assert.deepEqual(
      workspace.problems.map(
        (problem) => `${problem.severity} ${text.slice(problem.at, problem.end)}: ${problem.message}`,
      ),
      [
        'warning "rulez": `rulez` is not a setting (did you mean `rules`?).',
        'error "warn": In `rules.retry/nested`, a severity is one of "error", "warning", "information", "hint", "off" (did you mean `warning`?).',
        'error "a": In `exclude`, a list of patterns belongs here.',
        "error 1: In `services[0].name`, a text belongs here.",
        'error { "root": "c" }: `name` is missing here.',
        'warning "untill": `untill` is not a setting here (did you mean `until`?).',
      ],
    );
    const { spans, ...configuration } = workspace.configuration;
    assert.deepEqual(Object.entries(spans ?? {}).map(([key, { at, end }]) => `${key} ${text.slice(at, end)}`), ['services/0/name "b"', 'services/0/root "b"']);
    assert.deepEqual(configuration, {
      path: "faultline.jsonc",
      rules: { "retry/no-jitter": "hint" },
      exclude: [],
      services: [{ name: "b", root: "b" }],
      ignore: [{ rule: "retry/nested", reason: "r" }],
    });
  });

  it("leaves the defaults in force where it is broken, empty or no object", async () => {
    const workspaces = await Promise.all([`{ "rules": `, "", "[]"].map(configured));
    assert.deepEqual(
      workspaces.map((workspace) => [workspace.configuration.exclude, shown(workspace)]),
      [
        [[], ["error This file is not valid JSON: a value is missing here."]],
        [[], ["error This file is empty; a configuration is an object, `{}` at the least."]],
        [[], ["error The configuration is an object; this is none."]],
      ],
    );
  });

  it("guesses what rule was meant", async () => {
    const text = `{ "rules": { "retry/no-backof": "off", "nonsense": "off" }, "ignore": [{ "rule": "retry/nestd", "reason": "r" }] }`;
    const workspace = await openWorkspace(memoryHost({ "faultline.jsonc": text }), {
      knownRules: ["retry/no-backoff", "retry/nested"],
    });
    assert.deepEqual(shown(workspace), [
      "warning There is no rule `retry/no-backof` (did you mean `retry/no-backoff`?).",
      "warning There is no rule `nonsense`.",
      "warning There is no rule `retry/nestd` (did you mean `retry/nested`?).",
    ]);
  });

  it("yields to what a front door overrides", async () => {
    const host = memoryHost({ "faultline.jsonc": `{ "rules": { "a/b": "off", "c/d": "off" } }` });
    assert.deepEqual((await openWorkspace(host, { rules: { "a/b": "error" } })).configuration.rules, {
      "a/b": "error",
      "c/d": "off",
    });
  });
});

function configured(text: string): Promise<Workspace> {
  return openWorkspace(memoryHost({ "faultline.jsonc": text }));
}

function shown(workspace: Workspace): readonly string[] {
  return workspace.problems.map((problem) => `${problem.severity} ${problem.message}`);
}
