import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Analysis } from "../../src/engine/index.ts";
import { cleanUp, folderOf, put, sessionOver } from "./small-system.ts";

const source = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/f${at}.ts`, `export const call${at} = () => fetch("/${at}");\n`]));

interface Run {
  readonly analysis: Analysis;
  readonly log: readonly string[];
}

async function run(root: string, cacheDirectory: string, workers = 0): Promise<Run> {
  const log: string[] = [];
  const session = sessionOver(root, { cacheDirectory, workers, log: (line) => log.push(line) });
  const analysis = await session.open();
  await session.dispose();
  return { analysis, log };
}

/** What a user sees of an analysis. */
const seen = ({ analysis }: Run): string => JSON.stringify(analysis.findings);
const counts = ({ analysis: { stats } }: Run): string => `${stats.fromCache} from the cache, ${stats.parsed} parsed`;
const packOf = (cache: string): string => join(cache, readdirSync(cache).find((name) => name.endsWith(".pack")) ?? "");

/** Files that were written long enough ago for their times to prove something. */
function settledFolder(count: number): string {
  const files = source(count);
  const root = folderOf(files);
  for (const path of Object.keys(files)) utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
  return root;
}

describe("the summary cache", () => {
  afterEach(cleanUp);

  it("lets a second start parse nothing, and find the same", async () => {
    const [root, cache] = [settledFolder(5), folderOf({})];
    const [cold, warm] = [await run(root, cache), await run(root, cache)];
    assert.deepEqual([counts(warm), seen(warm)], ["5 from the cache, 0 parsed", seen(cold)]);
  });

  it("parses a file again whose content changed, although its size and time are the same", async () => {
    const [root, cache] = [folderOf(source(1)), folderOf({})];
    await run(root, cache);
    put(root, "src/f0.ts", `export const calm0 = () => fetch("/${0}");\n`);
    const { analysis } = await run(root, cache);
    assert.deepEqual(analysis.findings.map(({ symbol }) => symbol), ["calm0"]);
  });

  it("recognises content whose time changed", async () => {
    const [root, cache] = [settledFolder(3), folderOf({})];
    await run(root, cache);
    utimesSync(join(root, "src/f1.ts"), 1_700_000_100, 1_700_000_100);
    assert.equal(counts(await run(root, cache)), "3 from the cache, 0 parsed");
  });

  it("is of no use for a file that became part of a page, and again when it is none any more", async () => {
    const app = JSON.stringify({ dependencies: { "react-dom": "*", vite: "*" } });
    const [root, cache] = [settledFolder(2), folderOf({})];
    const seen = [];
    for (const manifest of ["{}", app, app, "{}"]) {
      put(root, "package.json", manifest);
      seen.push(counts(await run(root, cache)));
    }
    assert.deepEqual(seen, ["0 from the cache, 2 parsed", "0 from the cache, 2 parsed", "2 from the cache, 0 parsed", "0 from the cache, 2 parsed"]);
  });

  it("costs one entry where one is damaged", async () => {
    const [root, cache] = [settledFolder(4), folderOf({})];
    const cold = await run(root, cache);
    const bytes = readFileSync(packOf(cache));
    bytes[bytes.length - 3] = 7;
    writeFileSync(packOf(cache), bytes);
    const warm = await run(root, cache);
    assert.deepEqual([counts(warm), seen(warm)], ["3 from the cache, 1 parsed", seen(cold)]);
  });

  for (const [damage, change] of Object.entries({
    "cut short": (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 3),
    "emptied": (): Buffer => Buffer.alloc(0),
    "overwritten": (): Buffer => Buffer.from("not a pack\nat all"),
  })) {
    it(`costs itself and one line of log where it was ${damage}`, async () => {
      const [root, cache] = [settledFolder(3), folderOf({})];
      const cold = await run(root, cache);
      writeFileSync(packOf(cache), change(readFileSync(packOf(cache))));
      const warm = await run(root, cache);
      assert.deepEqual([warm.log.length, seen(warm)], [1, seen(cold)]);
    });
  }

  it("costs itself and one line of log where its folder cannot be written", async () => {
    const blocked = join(folderOf({ file: "no folder" }), "file", "cache");
    const { analysis, log } = await run(settledFolder(2), blocked);
    assert.deepEqual([analysis.findings.length, log.length], [2, 1]);
  });

  it("survives two runs at once", async () => {
    const [root, cache] = [settledFolder(4), folderOf({})];
    const both = await Promise.all([run(root, cache), run(root, cache)]);
    const third = await run(root, cache);
    assert.deepEqual([both.map(seen), counts(third), readdirSync(cache).length], [[seen(third), seen(third)], "4 from the cache, 0 parsed", 1]);
  });

  it("leaves the workspace as it was", async () => {
    const [root, cache] = [settledFolder(2), folderOf({})];
    chmodSync(root, 0o555);
    await run(root, cache);
    chmodSync(root, 0o755);
    assert.deepEqual(readdirSync(root), ["src"]);
  });

  it("never keeps text that was not saved", async () => {
    const [root, cache] = [settledFolder(1), folderOf({})];
    const session = sessionOver(root, { cacheDirectory: cache });
    await session.update([{ path: "src/f0.ts", text: "export const unsaved = () => fetch('/');" }]);
    await session.dispose();
    const { analysis } = await run(root, cache);
    assert.deepEqual(analysis.findings.map(({ symbol }) => symbol), ["call0"]);
  });
});

describe("worker threads", () => {
  afterEach(cleanUp);

  it("find what one thread finds, in the same order", async () => {
    const padding = `/* ${"x".repeat(30_000)} */\n`;
    const files = Object.fromEntries(Object.entries(source(40)).map(([path, text]) => [path, padding + text]));
    const root = folderOf({ ...files, "compose.yml": "services: { a: { image: x } }\n", "broken.ts": "export const = (;" });
    const runs = await Promise.all([0, 1, 3].map((workers) => run(root, folderOf({}), workers)));
    const [first, ...others] = runs.map((one) => seen(one) + JSON.stringify(one.analysis.problems));
    assert.deepEqual(others, [first, first]);
  }).timeout(60_000);
});
