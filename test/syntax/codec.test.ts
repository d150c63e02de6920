import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeSummary, encodeSummary, type FileKind, summarize } from "../../src/syntax/index.ts";
import { fixtures } from "./fixtures.ts";
import { bytesOf, codeOf } from "./print-summary.ts";

const documents: readonly (readonly [kind: FileKind, text: string])[] = [
  ["yaml", "a: &x { b: [1, true, null, 'c'] }\nd: *x\n---\ne: |\n  f\n"],
  ["json", '{ "a": [1, { "b": null }], // note\n "c": "d", }'],
  ["json", "{ broken"],
  ["prisma", 'model A {\n id Int @id\n @@map("as")\n}'],
  ["dockerfile", "FROM node AS build\nCOPY . .\nFROM node\nCMD node ."],
  ["env", "A=1\nB='two'"],
  ["env", "\0"],
];

describe("a stored summary", () => {
  for (const [path, text] of fixtures) {
    it(`of ${path} is read back as it was`, () => {
      const summary = codeOf(text, path);
      assert.deepStrictEqual(decodeSummary(encodeSummary(summary)), summary);
    });
  }

  for (const [kind, text] of documents) {
    it(`of ${kind} ${JSON.stringify(text.slice(0, 20))} is read back as it was`, () => {
      const summary = summarize("file", kind, bytesOf(text));
      assert.deepStrictEqual(decodeSummary(encodeSummary(summary)), summary);
    });
  }

  it("is read back as it was after any damage to the code", () => {
    const position = fc.nat();
    const patch = fc.constantFrom(
      "",
      "{",
      "}",
      "(",
      ")",
      "`",
      "'",
      "/*",
      "${",
      "<",
      "=>",
      "\ud800",
      "async ",
      "@",
      "...",
      "[",
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.array(fc.tuple(position, fc.nat(40), patch), { maxLength: 4 }),
        ([path, text], edits) => {
          let edited = text;
          for (const [at, cut, put] of edits) {
            const from = at % (edited.length + 1);
            edited = edited.slice(0, from) + put + edited.slice(from + cut);
          }
          const summary = codeOf(edited, path);
          assert.deepStrictEqual(decodeSummary(encodeSummary(summary)), summary);
        },
      ),
      { numRuns: 150 },
    );
  }).timeout(0);

  it("decodes a body when it is first asked for, and keeps it", () => {
    const encoded = encodeSummary(codeOf("function load() { return 1 } function save() { return 2 }"));
    const split = encoded.indexOf("\n") + 1;
    // Bodies that are no JSON at all: whoever decodes them fails, whoever leaves them alone does not notice.
    const spoilt = decodeSummary(encoded.slice(0, split) + encoded.slice(split).replaceAll("[", "!"));
    assert.equal(spoilt.kind === "code" && spoilt.functions[1]?.name, "load");
    assert.throws(() => spoilt.kind === "code" && spoilt.functions[1]?.body, SyntaxError);

    const decoded = decodeSummary(encoded);
    const load = decoded.kind === "code" ? decoded.functions[1] : undefined;
    assert.equal(load?.body.length, 1);
    assert.equal(load?.body, load?.body);
  });

  it("is not taken for whole when it was cut off", () => {
    const encoded = encodeSummary(codeOf("function load() { return 1 }"));
    for (const damaged of ["", "x", encoded.slice(0, 20), encoded.slice(0, -3)])
      assert.throws(() => decodeSummary(damaged));
  });
});
