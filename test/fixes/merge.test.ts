import assert from "node:assert/strict";
import { applyEdits, mergeEdits } from "../../src/fixes/index.ts";
import type { FileEdit, TextChange } from "../../src/model/finding.ts";

const text = "first();\nsecond();\n";
const edit = (...changes: readonly TextChange[]): FileEdit => ({ path: "a.ts", create: false, changes });
const insert = (at: number, added: string): TextChange => ({ at, end: at, text: added });
const merged = (...fixes: readonly FileEdit[]): string => applyEdits(text, mergeEdits(fixes.map((fix) => [fix]))[0]?.changes ?? []);

describe("several fixes in one edit", () => {
  it("import what they share once", () => {
    const line = insert(0, "import { a } from 'a';\n");
    assert.equal(merged(edit(line, insert(6, "a")), edit(line, insert(16, "a"))), "import { a } from 'a';\nfirst(a);\nsecond(a);\n");
  });

  it("leave out the one that falls on code which another changes", () => {
    assert.equal(merged(edit({ at: 0, end: 5, text: "one" }), edit({ at: 3, end: 7, text: "x" }), edit(insert(16, "a"))), "one();\nsecond(a);\n");
  });

  it("make a module once, and leave out a fix that wants another in its place", () => {
    const module = (made: string): FileEdit => ({ path: "b.ts", create: true, changes: [insert(0, made)] });
    const edits = mergeEdits([
      [edit(insert(6, "a")), module("one")],
      [edit(insert(16, "b")), module("one")],
      [edit(insert(7, "c")), module("two")],
    ]);
    assert.deepEqual(edits, [edit(insert(6, "a"), insert(16, "b")), module("one")]);
  });
});
