import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSession, verdictOf, type Session, type Verdict } from "../../src/engine/index.ts";
import { verdictFile } from "../../src/engine/verdict-file.ts";
import { cleanUp, folderOf, put } from "./small-system.ts";

const shop = fileURLToPath(new URL("../../examples/shop", import.meta.url));

/** The example system as a folder of its own, written long enough ago for the times of its files to prove something. */
function settledShop(): string {
  const root = folderOf({});
  cpSync(shop, root, { recursive: true, filter: (path) => !path.includes("node_modules") });
  for (const path of readdirSync(root, { recursive: true, encoding: "utf8" })) settle(root, path);
  return root;
}

function settle(root: string, path: string): void {
  if (statSync(join(root, path)).isFile()) utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
}

function over(root: string, folder: string, { version = "1", today = "2026-06-15" } = {}): Session {
  return createSession({ root, workers: 0, today }, { openVerdicts: (absolute) => verdictFile({ folder, root: absolute, version, log: () => undefined }) });
}

async function opened(root: string, folder: string): Promise<Verdict> {
  const session = over(root, folder);
  const analysis = await session.open();
  await session.dispose();
  return verdictOf(analysis);
}

/** All but how long it took. */
const told = (verdict: Verdict | undefined): unknown => verdict && JSON.parse(JSON.stringify({ ...verdict, stats: verdict.stats.files }));

describe("what an earlier run found", () => {
  let [root, cache] = ["", ""];
  let before: Verdict;
  beforeEach(async () => {
    [root, cache] = [settledShop(), folderOf({})];
    before = await opened(root, cache);
  });
  afterEach(cleanUp);

  it("is known at once where nothing has changed, to the last evidence, and can still be fixed", async () => {
    const session = over(root, cache);
    const known = await session.recall();
    assert.ok(before.findings.length > 10);
    assert.deepEqual(told(known), told(before));
    await session.open();
    const [finding] = known?.findings.filter(({ rule }) => rule === "timeout/missing") ?? [];
    assert.equal(finding && session.fix(finding, finding.fixes[0]?.id ?? "").ok, true);
  });

  const changes: Readonly<Record<string, (root: string) => void>> = {
    "a file changed": (folder) => put(folder, "libs/http/src/post-json.ts", "export {};\n"),
    "a file came": (folder) => put(folder, "libs/http/src/more.ts", "export {};\n"),
    "a manifest changed": (folder) => put(folder, "libs/http/package.json", `{ "name": "@shop/http", "version": "9.9.9" }`),
    "the configuration changed": (folder) => put(folder, "faultline.jsonc", `{ "exclude": ["libs"] }`),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`is not told where ${what}, however old it looks`, async () => {
      change(root);
      for (const path of readdirSync(root, { recursive: true, encoding: "utf8" })) if (statSync(join(root, path)).mtimeMs > 1_700_000_000_000) settle(root, path);
      assert.equal(await over(root, cache).recall(), undefined);
    });
  }

  it("is not told on another day, for a silence may have ended, nor by another version", async () => {
    assert.equal(await over(root, cache, { today: "2026-06-16" }).recall(), undefined);
    assert.equal(await over(root, cache, { version: "2" }).recall(), undefined);
  });

  it("is not told where a file changed so lately that its time proves nothing", async () => {
    const path = join(root, "libs/http/src/post-json.ts");
    const now = new Date();
    utimesSync(path, now, now);
    await opened(root, cache);
    utimesSync(path, now, now);
    assert.equal(await over(root, cache).recall(), undefined);
  });

  it("costs itself alone where it is damaged", async () => {
    const [name = ""] = readdirSync(cache).filter((each) => each.endsWith(".verdict"));
    const text = readFileSync(join(cache, name), "utf8");
    for (const damaged of ["", text.slice(0, -20), text.replace("timeout/missing", "timeout/wissing"), "nothing\nat all"]) {
      writeFileSync(join(cache, name), damaged);
      assert.equal(await over(root, cache).recall(), undefined);
    }
  });

  it("lets changes that come before the first run be seen by it", async () => {
    const session = over(root, cache);
    await session.recall();
    put(root, "libs/http/src/late.ts", `export const late = () => fetch("http://late.example");\n`);
    const { knowledge } = await session.update([{ path: "libs/http/src/late.ts" }]);
    assert.ok(knowledge.workspace.files.some(({ path }) => path === "libs/http/src/late.ts"));
  });
});
