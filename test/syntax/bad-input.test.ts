import assert from "node:assert/strict";
import fc from "fast-check";
import { decode, decodeSummary, encodeSummary, type FileKind, summarize } from "../../src/syntax/index.ts";
import { bytesOf } from "./print-summary.ts";

const kinds: readonly FileKind[] = ["code", "yaml", "json", "prisma", "dockerfile", "env"];

function outcome(kind: FileKind, bytes: Uint8Array): string {
  const summary = summarize("file", kind, bytes);
  return [summary.kind, ...summary.problems.map(({ message }) => message)].join(": ");
}

function utf16(text: string, order: "little" | "big"): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return order === "little" ? bytes : bytes.swap16();
}

describe("law 6: broken input costs only itself", () => {
  const cases: readonly (readonly [title: string, kind: FileKind, bytes: Uint8Array, outcome: string])[] = [
    ["an empty file is an empty summary", "code", bytesOf(""), "code"],
    [
      "a binary file is left out",
      "code",
      Uint8Array.of(0x7f, 0x45, 0, 1, 2),
      "unreadable: This file is not text, so it is not analysed",
    ],
    [
      "a huge file is left out",
      "code",
      new Uint8Array(3 * 1024 * 1024).fill(32),
      "unreadable: This file is too large to be analysed: 3.0 MB, where the limit is 2 MB",
    ],
    [
      "a huge document is left out",
      "yaml",
      new Uint8Array(2 * 1024 * 1024).fill(32),
      "unreadable: This file is too large to be analysed: 2.0 MB, where the limit is 1 MB",
    ],
    [
      "brackets by the ten thousand are left out",
      "code",
      bytesOf("[".repeat(50_000)),
      "unreadable: This file is nested too deeply to be analysed",
    ],
    [
      "code that does not parse has one problem",
      "code",
      bytesOf("if (a { b( } ]"),
      "code: Syntax error: ')' expected.",
    ],
    [
      "a broken document has one problem",
      "json",
      bytesOf('{ "a": [1, '),
      "document: JSON syntax error: value expected",
    ],
  ];
  for (const [title, kind, bytes, expected] of cases) it(title, () => assert.equal(outcome(kind, bytes), expected));

  it("deep nesting is followed to a bound, and the rest of the file to its end", () => {
    const deep = `${"f(".repeat(400)}${")".repeat(400)}; function after() { fetch(url) }`;
    const summary = summarize("deep.ts", "code", bytesOf(deep));
    assert.deepEqual(
      summary.kind === "code" && [summary.problems.map(({ message }) => message), summary.functions[1]?.calls],
      [["Code is nested more than 300 levels deep here; what lies deeper is not analysed"], ["fetch"]],
    );
    assert.deepStrictEqual(decodeSummary(encodeSummary(summary)), summary);
  });

  it("what stands around a syntax error is kept", () => {
    const summary = summarize(
      "a.ts",
      "code",
      bytesOf("function a() { return 1 }\nconst = ;\nfunction b() { return 2 }"),
    );
    assert.deepEqual(summary.kind === "code" && summary.functions.map(({ name }) => name), ["", "a", "b"]);
  });

  it("whatever the bytes are, there is a summary, and it can be stored", () => {
    const text = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: "binary", maxLength: 300 }).map(bytesOf),
    );
    fc.assert(
      fc.property(fc.constantFrom(...kinds), text, (kind, bytes) => {
        const summary = summarize("file.tsx", kind, bytes);
        assert.deepStrictEqual(decodeSummary(encodeSummary(summary)), summary);
      }),
      { numRuns: 300 },
    );
  }).timeout(0);
});

describe("encodings", () => {
  it("a byte order mark is no part of the text", () => {
    assert.equal(decode(bytesOf("\ufeffconst a = 1")), "const a = 1");
  });

  it("UTF-16 is read in either byte order", () => {
    assert.deepEqual(
      [decode(utf16("const a = 'é'", "little")), decode(utf16("const a = 'é'", "big"))],
      ["const a = 'é'", "const a = 'é'"],
    );
    assert.equal(outcome("code", utf16("fetch(url)", "big")), "code");
  });

  it("bytes that are no text are replaced, and cost one character each", () => {
    assert.equal(decode(Uint8Array.of(0x61, 0xff, 0x62)), "a\ufffdb");
    assert.equal(decode(utf16("a\ud800b", "little")), "a\ufffdb");
  });
});
