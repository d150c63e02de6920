import assert from "node:assert/strict";
import { fixtures } from "./fixtures.ts";
import { codeOf } from "./print-summary.ts";

interface Spanned {
  readonly at: number;
  readonly end: number;
  readonly kind?: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly nameAt?: number;
}

function spansIn(item: unknown): Spanned[] {
  if (typeof item !== "object" || item === null) return [];
  const below = Object.values(item).flatMap(spansIn);
  return Object.hasOwn(item, "at") ? [item as Spanned, ...below] : below;
}

describe("spans in a summary", () => {
  for (const [path, text] of fixtures) {
    it(`of ${path} lie inside the text, and start and end on it`, () => {
      const odd = spansIn(codeOf(text, path).functions.slice(1))
        .filter(({ kind }) => kind !== "const")
        .filter(({ at, end }) => !(at >= 0 && at <= end && end <= text.length) || /^\s|\s$/.test(text.slice(at, end)))
        .map(({ at, end }) => `${at}-${end}`);
      assert.deepEqual(odd, []);
    });

    it(`of names in ${path} are those of the names`, () => {
      const wrong = spansIn(codeOf(text, path))
        .filter(({ kind, at, end, name }) => kind === "name" && at < end && text.slice(at, end) !== name)
        .map(({ at, end, name }) => `${name} at ${text.slice(at, end)}`);
      assert.deepEqual(wrong, []);
    });

    it(`of property names in ${path} are those of the properties`, () => {
      const wrong = spansIn(codeOf(text, path))
        .filter(
          ({ kind, name = "", nameAt = 0 }) => kind === "member" && text.slice(nameAt, nameAt + name.length) !== name,
        )
        .map(({ name }) => name);
      assert.deepEqual(wrong, []);
    });
  }

  it("count UTF-16 units, as editors do", () => {
    const text = "const note = '😀é'; fetch(url);";
    const spans = spansIn(codeOf(text).functions[0]?.body[1]);
    assert.deepEqual(
      spans.map(({ at, end }) => text.slice(at, end)),
      ["fetch(url);", "fetch(url)", "fetch", "url"],
    );
  });

  it("of a text's parts leave out its quotes and marks", () => {
    const text = "x = `a ${b} c`";
    const spans = spansIn(codeOf(text).functions[0]?.body[0]).filter(({ kind }) => kind === "const");
    assert.deepEqual(
      spans.map(({ at, end }) => text.slice(at, end)),
      ["a ", " c"],
    );
  });

  it("of imports and exports are those of their names", () => {
    const text = `import a, { b as c } from "x"; export const d = 1; export { a as e };`;
    const { imports, exports } = codeOf(text);
    assert.deepEqual(
      [...imports, ...exports].map(({ at, end }) => text.slice(at, end)),
      ["a", "b as c", "d", "a as e"],
    );
  });
});
