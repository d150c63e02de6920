import assert from "node:assert/strict";
import { cleanUp, folderOf, sessionOver } from "./small-system.ts";

const call = `export const a = () => fetch("/x");\n`;

/** Findings, what silenced them, and what is said about the silencers. */
async function outcome(files: Readonly<Record<string, string>>): Promise<string> {
  const { findings, suppressed, problems } = await sessionOver(folderOf(files)).open();
  return [...findings.map(({ rule }) => `reported ${rule}`), ...suppressed.map(({ reason }) => `silenced: ${reason}`), ...problems.map(({ severity, message }) => `${severity}: ${message}`)].join("\n");
}

describe("an exception", () => {
  afterEach(cleanUp);

  it("in a comment silences the next line, with its reason", async () => {
    assert.equal(await outcome({ "a.ts": `// faultline-ignore timeout/missing: the gateway bounds it\n${call}` }), "silenced: the gateway bounds it");
  });

  it("for the whole file silences all of it", async () => {
    assert.equal(await outcome({ "a.ts": `// faultline-ignore-file timeout/missing: generated client\n\n${call}${call}` }), "silenced: generated client\nsilenced: generated client");
  });

  it("silences nothing once its day has passed, and says so", async () => {
    assert.equal(
      await outcome({ "a.ts": `// faultline-ignore timeout/missing until 2026-06-14: soon\n${call}` }),
      "reported timeout/missing\nwarning: This exception ended on 2026-06-14; it silences nothing any more.",
    );
  });

  it("still holds on its last day", async () => {
    assert.equal(await outcome({ "a.ts": `// faultline-ignore timeout/missing until 2026-06-15: soon\n${call}` }), "silenced: soon");
  });

  it("that silences nothing is reported", async () => {
    assert.equal(await outcome({ "a.ts": `// faultline-ignore timeout/missing: why\nexport const a = 1;\n` }), "information: `timeout/missing` reports nothing here: this exception can go.");
  });

  it("for a rule that does not exist names the nearest", async () => {
    assert.equal(
      await outcome({ "a.ts": `// faultline-ignore timeout/mising: why\n${call}` }),
      "reported timeout/missing\nwarning: There is no rule `timeout/mising` (did you mean `timeout/missing`?).",
    );
  });

  it("without a rule silences nothing and is reported", async () => {
    assert.match(await outcome({ "a.ts": `// faultline-ignore\n${call}` }), /^reported timeout\/missing\nwarning: /);
  });

  it("in the configuration silences the paths that it names", async () => {
    const configuration = `{ "ignore": [{ "rule": "timeout/missing", "path": "old/**", "reason": "goes away" }] }`;
    assert.equal(await outcome({ "faultline.json": configuration, "old/a.ts": call, "new/a.ts": call }), "reported timeout/missing\nsilenced: goes away");
  });
});
