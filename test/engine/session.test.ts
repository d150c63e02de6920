import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Analysis } from "../../src/engine/index.ts";
import { Cancelled } from "../../src/engine/index.ts";
import { cleanUp, fetchRule, folderOf, put, sessionOver } from "./small-system.ts";

const calling = (name: string): string => `export async function ${name}() { return fetch("/x"); }\n`;
const shown = ({ findings }: Analysis): readonly string[] => findings.map(({ place, symbol }) => `${place.path} ${symbol}`);

describe("a session", () => {
  afterEach(cleanUp);

  it("finds in files of the disk, in the order of their paths", async () => {
    const session = sessionOver(folderOf({ "b.ts": calling("second"), "a.ts": calling("first") }));
    assert.deepEqual(shown(await session.open()), ["a.ts first", "b.ts second"]);
  });

  it("leaves tests, scripts and declarations unread", async () => {
    const session = sessionOver(folderOf({ "a.spec.ts": calling("a"), "scripts/b.ts": calling("b"), "c.d.ts": "declare const c: 1;" }));
    assert.equal((await session.open()).stats.files, 0);
  });

  it("keeps findings out of files that a tool wrote", async () => {
    const session = sessionOver(folderOf({ "a.ts": `/* @generated */\n${calling("a")}` }));
    assert.deepEqual(shown(await session.open()), []);
  });

  it("lets unsaved text win over the disk until it is saved or dropped", async () => {
    const session = sessionOver(folderOf({ "a.ts": calling("saved") }));
    await session.open();
    const unsaved = shown(await session.update([{ path: "a.ts", text: calling("unsaved") }]));
    const dropped = shown(await session.update([{ path: "a.ts" }]));
    assert.deepEqual([unsaved, dropped], [["a.ts unsaved"], ["a.ts saved"]]);
  });

  it("sees a file that was never saved", async () => {
    const session = sessionOver(folderOf({ "a.ts": "export {};" }));
    await session.open();
    assert.deepEqual(shown(await session.update([{ path: "new/b.ts", text: calling("b") }])), ["new/b.ts b"]);
  });

  it("forgets a file that was deleted", async () => {
    const root = folderOf({ "a.ts": calling("a"), "b.ts": calling("b") });
    const session = sessionOver(root);
    await session.open();
    rmSync(join(root, "a.ts"));
    assert.deepEqual(shown(await session.update([{ path: "a.ts" }])), ["b.ts b"]);
  });

  it("parses no file again that did not change", async () => {
    const session = sessionOver(folderOf({ "a.ts": calling("a"), "b.ts": calling("b") }));
    await session.open();
    assert.equal((await session.update([{ path: "b.ts", text: calling("c") }])).stats.parsed, 1);
  });

  it("throws Cancelled, and takes the changes in the next time", async () => {
    const session = sessionOver(folderOf({ "a.ts": calling("old") }));
    await session.open();
    await assert.rejects(session.update([{ path: "a.ts", text: calling("changed") }], { isCancelled: true }), Cancelled);
    assert.deepEqual(shown(await session.update([])), ["a.ts changed"]);
  });

  it("answers queued updates in their order, the last one with everything", async () => {
    const session = sessionOver(folderOf({ "a.ts": "export {};", "b.ts": "export {};" }));
    const answers = await Promise.all([session.open(), session.update([{ path: "a.ts", text: calling("a") }]), session.update([{ path: "b.ts", text: calling("b") }])]);
    assert.deepEqual(shown(answers[2]), ["a.ts a", "b.ts b"]);
  });

  it("switches a rule off that throws, tells it once, and goes on with the others", async () => {
    const broken = { ...fetchRule, id: "retry/broken", word: () => assert.fail("no words") };
    const session = sessionOver(folderOf({ "a.ts": calling("a"), "b.ts": calling("b") }), {}, { rules: [broken, fetchRule] });
    const { findings, faults } = await session.open();
    assert.deepEqual([findings.map(({ rule }) => rule), faults.map(({ rule, path, message }) => `${rule} ${path} ${message}`)], [["timeout/missing", "timeout/missing"], ["retry/broken a.ts no words"]]);
  });

  it("keeps a fingerprint when code above moves it", async () => {
    const session = sessionOver(folderOf({ "a.ts": calling("a") }));
    const before = (await session.open()).findings.map(({ fingerprint }) => fingerprint);
    const after = (await session.update([{ path: "a.ts", text: `// moved\n\n${calling("a")}` }])).findings.map(({ fingerprint }) => fingerprint);
    assert.deepEqual(after, before);
  });

  it("tells equal findings of one file apart", async () => {
    const { findings } = await sessionOver(folderOf({ "a.ts": `const o = { go: () => fetch("1") };\nconst p = { go: () => fetch("2") };\n` })).open();
    assert.equal(new Set(findings.map(({ fingerprint }) => fingerprint)).size, 2);
  });

  it("reports preview rules only where the configuration asks for them", async () => {
    const rules = [{ ...fetchRule, status: "preview" as const }];
    const silent = await sessionOver(folderOf({ "a.ts": calling("a") }), {}, { rules }).open();
    const asked = await sessionOver(folderOf({ "a.ts": calling("a"), "faultline.json": `{ "rules": { "timeout/missing": "error" } }` }), {}, { rules }).open();
    assert.deepEqual([silent, asked].map(({ findings }) => findings.map(({ severity }) => severity)), [[], ["error"]]);
  });

  it("explains the call on a line", async () => {
    const session = sessionOver(folderOf({ "a.ts": calling("charge") }));
    await session.open();
    assert.equal(session.explain("a.ts", 3)?.headline, "GET → $PAYMENTS_URL/charges, no deadline, 3 attempts at once, no breaker");
  });

  it("refuses a fix of a finding that is gone, with a reason", async () => {
    const root = folderOf({ "a.ts": calling("a") });
    const session = sessionOver(root);
    const [finding] = (await session.open()).findings;
    assert.ok(finding);
    put(root, "a.ts", "export {};");
    await session.update([{ path: "a.ts" }]);
    assert.deepEqual(session.fix(finding, "deadline"), { ok: false, reason: "The code has changed, and this finding is no longer there." });
  });
});
