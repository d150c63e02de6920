import assert from "node:assert/strict";
import { detectStyle, restyle, type Style } from "../../src/fixes/index.ts";

const HOUSE: Style = {
  quote: '"',
  semicolons: true,
  indent: "  ",
  trailingCommas: true,
  newline: "\n",
  modules: "esm",
  language: "ts",
  extension: "js",
};

function styleOf(text: string, path = "src/a.ts", isModule = false): string {
  const { quote, semicolons, indent, trailingCommas, newline, modules, extension } = detectStyle(text, {
    path,
    isModule,
  });
  return [
    quote,
    semicolons ? ";" : "no ;",
    JSON.stringify(indent),
    trailingCommas ? "comma" : "no comma",
    JSON.stringify(newline),
    modules,
    extension,
  ].join(" ");
}

describe("the style of a file", () => {
  it("is read off quotes, semicolons, tabs and commas", () => {
    assert.equal(
      styleOf("import a from './a'\nexport const x = {\n\ta,\n\tb: 'b'\n}\n"),
      `' no ; "\\t" no comma "\\n" esm none`,
    );
  });

  it("is read off four spaces, Windows line ends and extensions", () => {
    assert.equal(
      styleOf('import a from "./a.js";\r\nif (a) {\r\n    a();\r\n}\r\n'),
      `" ; "    " comma "\\r\\n" esm js`,
    );
  });

  it("keeps the habit of importing with .ts", () => {
    assert.equal(styleOf('import a from "./a.ts";\n').endsWith("esm ts"), true);
  });

  it("takes JavaScript that requires for CommonJS", () => {
    assert.equal(styleOf("const a = require('a');\n", "src/a.js", true).endsWith("commonjs none"), true);
  });

  it("asks the package where the text does not say", () => {
    assert.deepEqual(
      [styleOf("", "a.js", true), styleOf("", "a.js", false)].map((style) => style.split(" ").slice(-2).join(" ")),
      ["esm js", "commonjs none"],
    );
  });

  it("asks the extension first", () => {
    assert.deepEqual(
      [styleOf("", "a.mjs"), styleOf("", "a.cjs", true)].map((style) => style.split(" ").at(-2)),
      ["esm", "commonjs"],
    );
  });

  it("is not misled by lines within a block comment", () => {
    assert.match(styleOf("/**\n * One.\n * Two.\n */\nif (a) {\n\tb();\n}\n"), /"\\t"/);
  });
});

describe("restyled code", () => {
  it("keeps the semicolons that separate statements", () => {
    const code = 'const a = b;\n[1].map(a);\nfor (let i = 0; i < 1; i += 1) a();\n(a)();\nreturn "x";\n';
    assert.equal(
      restyle(code, { ...HOUSE, semicolons: false, quote: "'" }),
      "const a = b;\n[1].map(a)\nfor (let i = 0; i < 1; i += 1) a();\n(a)()\nreturn 'x'\n",
    );
  });

  it("does not touch template literals, and strings that hold the other quote", () => {
    const code = 'const a = `\n  "x";\n`;\nconst b = "it\'s";\n';
    assert.equal(restyle(code, { ...HOUSE, quote: "'", indent: "\t" }), code);
  });

  it("indents with the file's unit, block comments too", () => {
    assert.equal(
      restyle("class A {\n  /**\n   * b\n   */\n  b() {\n    c();\n  }\n}\n", { ...HOUSE, indent: "\t" }),
      "class A {\n\t/**\n\t * b\n\t */\n\tb() {\n\t\tc();\n\t}\n}\n",
    );
  });

  it("is the same code in the house's own style", () => {
    const code = 'import a from "a";\n\nexport const b = {\n  a,\n};\n';
    assert.equal(restyle(code, HOUSE), code);
  });
});
