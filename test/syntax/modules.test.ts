import assert from "node:assert/strict";
import { printExports, printImports } from "./print-summary.ts";

function lines(...text: string[]): string {
  return text.join("\n");
}

describe("imports of a file", () => {
  it("of modules", () => {
    const code = `import a, { b, c as d, type E, default as f } from "x"; import * as g from "y"; import type H from "z"; import "w"; import i = require("v"); import { "odd-name" as j } from "u";`;
    assert.equal(
      printImports(code),
      lines(
        "default as a from x",
        "b as b from x",
        "c as d from x",
        "type E as E from x",
        "default as f from x",
        "* as g from y",
        "type default as H from z",
        "* as - from w",
        "* as i from v",
        "odd-name as j from u",
      ),
    );
  });

  it("the CommonJS way, at any level", () => {
    const code = `const a = require("a"); const { b, c: d, ...rest } = require("b"); var e = require("e").f; app.use(require("./routes"));
      function late() { const { g } = require("g"); }
      const h = __importDefault(require("h")); const { i } = require("i").j; const k = require(dynamic);`;
    assert.equal(
      printImports(code, "a.js"),
      lines(
        "* as a from a",
        "b as b from b",
        "c as d from b",
        "f as e from e",
        "* as - from ./routes",
        "g as g from g",
        "* as h from h",
        "* as - from i",
      ),
    );
  });

  it("on demand", () => {
    const code = `const { a } = await import("a"); const b = await import("b"); const C = lazy(() => import("./c"));`;
    assert.equal(printImports(code), lines("a as a from a", "* as b from b", "* as - from ./c"));
  });
});

describe("exports of a file", () => {
  it("of modules", () => {
    const code = `export const a = 1, { b, c: [d] } = x; export function e() {} export class F {} export interface G {} export type H = 1; export enum I {}
      export { j, k as l }; export { m, default as n } from "./m"; export * from "./o"; export * as p from "./p"; export default q;`;
    assert.equal(
      printExports(code),
      lines(
        "a is local a",
        "b is local b",
        "d is local d",
        "e is local e",
        "F is local F",
        "G is local G",
        "H is local H",
        "I is local I",
        "j is local j",
        "l is local k",
        "m is m from ./m",
        "n is default from ./m",
        "* from ./o",
        "p is * from ./p",
        "default is local q",
      ),
    );
  });

  it("by default, with and without a name", () => {
    assert.equal(printExports("export default function load() {}"), "default is local load");
    assert.equal(printExports("export default function () {}"), "default is function 1");
    assert.equal(printExports("export default class {}"), "default is class 0");
    assert.equal(printExports("export default create(() => 1)"), "default is create(function 1)");
    assert.equal(printExports("export = client"), "= is local client");
  });

  it("overloads are exported once", () => {
    assert.equal(
      printExports("export function a(x: 1): 1; export function a(x: 2): 2; export function a(x: any) {}"),
      "a is local a",
    );
  });

  it("the CommonJS way", () => {
    const code = `exports.a = a; exports.b = exports.c = () => 1; module.exports.d = require("./d"); exports.e = require("./e").f; exports.g = void 0;`;
    assert.equal(
      printExports(code, "a.js"),
      lines("a is local a", "c is function 1", "b is function 1", "d is * from ./d", "e is f from ./e"),
    );
  });

  it("of a whole object, whose names are exported one by one too", () => {
    const code = `module.exports = { a, b: c, d() {}, ...require("./e") };`;
    assert.equal(
      printExports(code, "a.js"),
      lines(
        "= is {a: a, b: c, d: function 1, ...require(./e)}",
        "a is local a",
        "b is local c",
        "d is function 1",
        "* from ./e",
      ),
    );
  });

  it("of a whole module, and of a function", () => {
    assert.equal(printExports(`module.exports = require("./a");`, "a.js"), lines("= is * from ./a", "* from ./a"));
    assert.equal(printExports(`exports = module.exports = createApp;`, "a.js"), "= is local createApp");
  });

  it("as compilers write them", () => {
    const code = `Object.defineProperty(exports, "__esModule", { value: true }); __exportStar(require("./a"), exports);
      Object.defineProperty(exports, "b", { enumerable: true, get: function () { return c_1.b; } });`;
    assert.equal(printExports(code, "a.js"), lines("* from ./a", "b is c_1.b"));
  });
});
