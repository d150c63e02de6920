import assert from "node:assert/strict";
import { join } from "node:path";
import { run } from "../../src/cli/index.ts";
import { cleanUp, folderOf } from "../engine/small-system.ts";

interface Told {
  readonly status: number;
  readonly out: string;
  readonly said: string;
}

async function faultline(...args: readonly string[]): Promise<Told> {
  let [out, said] = ["", ""];
  const output = {
    print: async (text: string) => void (out += text),
    say: (line: string) => void (said += `${line}\n`),
    colors: false,
    width: 100,
    isWatched: false,
  };
  const status = await run(args, "1.2.3", output);
  return { status, out, said };
}

const check = (...args: readonly string[]): Promise<Told> => faultline("check", ...args, "--no-cache", "--workers", "0");

describe("the command line", () => {
  afterEach(cleanUp);

  it("says that a folder is not there", async () => {
    assert.deepEqual(await check("/no/such/folder"), { status: 2, out: "", said: "faultline: There is no folder /no/such/folder.\n" });
  });

  it("says that a file is no folder", async () => {
    const file = join(folderOf({ "a.ts": "" }), "a.ts");
    assert.deepEqual(await check(file), { status: 2, out: "", said: `faultline: ${file} is a file; name the folder that holds the services.\n` });
  });

  it("finds nothing in an empty folder", async () => {
    const { status, out, said } = await check(folderOf({}));
    assert.deepEqual([status, out.replace(/\(.*\)/, ""), said], [0, "No findings in 0 files, 0 services \n", ""]);
  });

  it("goes on, and ends with 2, where the configuration is broken", async () => {
    const { status, out, said } = await check(folderOf({ "faultline.json": `{ "rules": `, "a.ts": "export {};" }), "--format", "json");
    assert.deepEqual([status, JSON.parse(out).stats.files, /^faultline: the configuration in faultline\.json is broken: [^\n]+\n$/.test(said)], [2, 1, true]);
  });

  for (const args of [["check", "--format", "xml"], ["check", "--fail-on", "hint"], ["check", "--workers", "many"], ["check", "--colour"], ["chek"], []]) {
    it(`ends with 2 for \`faultline ${args.join(" ")}\``, async () => assert.equal((await faultline(...args)).status, 2));
  }

  it("says in one sentence what is wrong with an option", async () => {
    assert.match((await faultline("check", "--format", "xml")).said, /^faultline: option '--format <format>' argument 'xml' is invalid\. [^\n]+\n$/);
  });

  it("names the rule that does not exist", async () => {
    assert.deepEqual(await faultline("explain", "no/such-rule"), { status: 2, out: "", said: "faultline: There is no rule no/such-rule.\n" });
  });

  it("says so where a line to explain does not exist", async () => {
    const root = folderOf({ "a.ts": "one\ntwo\n" });
    const { status, said } = await faultline("explain", `${join(root, "a.ts")}:9`, "--root", root, "--no-cache", "--workers", "0");
    assert.deepEqual([status, said], [2, `faultline: ${join(root, "a.ts")} has only 3 lines.\n`]);
  });

  it("wants to know whether to write a repair or to show it", async () => {
    assert.equal((await faultline("fix", folderOf({}))).status, 2);
  });

  it("prints its version", async () => {
    assert.deepEqual(await faultline("--version"), { status: 0, out: "1.2.3\n", said: "" });
  });

  it("costs each unreadable file itself alone", async () => {
    const root = folderOf({ "ok.ts": "export {};", "binary.ts": new Uint8Array([0, 1, 2, 0]), "latin.ts": new Uint8Array([0x22, 0xe9, 0x22]), "broken.yml": "a: [\n", "half.ts": "export const = (" });
    const { status, out, said } = await check(root, "--format", "json");
    const report = JSON.parse(out);
    assert.deepEqual([status, report.stats.files, report.problems.map(({ file }: { readonly file: string }) => file).includes("binary.ts"), said], [0, 5, true, ""]);
  });

  it("takes folders with spaces and letters beyond ASCII", async () => {
    const { status, out } = await check(folderOf({ "ä b/ü.ts": "export {};" }, "fault line ñ-"), "--format", "json");
    assert.deepEqual([status, JSON.parse(out).stats.files], [0, 1]);
  });
});
