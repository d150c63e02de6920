import assert from "node:assert/strict";
import { codeOf, printFunctions } from "./print-summary.ts";

describe("functions of a file", () => {
  it("are numbered in the order of their source, with the function around them", () => {
    const code = `
      export async function load(id: string, { retries = 3, ...rest }: Options, ...more: number[]): Promise<Order> {
        return run(() => fetch(id), function* () {});
      }
      const save = async (order?: Order) => order;`;
    assert.equal(
      printFunctions(code),
      [
        "1 in 0: exported async function load(id: string, {retries: retries = 3, ...rest}: Options, ...more: Array<number>): Promise<Order>",
        "2 in 1: arrow ()",
        "3 in 1: generator function ()",
        "4 in 0: async arrow save(order?: Order)",
      ].join("\n"),
    );
  });

  it("are named after what they are assigned to", () => {
    const code = `
      const a = () => 1, table = { b() {}, c: () => 1, "d-e": function () {} };
      exports.f = function () {};
      module.exports.g = () => 1;
      service.h = async () => 1;
      class K { i = () => 1; static j = function own() {}; #k() {} }
      export default () => 1;`;
    const names = codeOf(code).functions.map(({ name }) => name);
    assert.deepEqual(names, ["", "a", "b", "c", "d-e", "f", "g", "h", "i", "own", "#k", "default"]);
  });

  it("know that they are exported, wherever that is said", () => {
    const code = `export { a as b }; const a = () => 1; function c() {} module.exports.c = c; export default function () {} function d() {}`;
    const exported = codeOf(code).functions.filter(({ isExported }) => isExported);
    assert.deepEqual(
      exported.map(({ name }) => name),
      ["a", "c", "default"],
    );
  });

  it("outline the calls of their own body, not those of functions in it", () => {
    const code = `function run() {
      this.http.get(url); fetch(a); fetch(b); new Pool(); load().then(() => hidden()); list[0].send(); (await x).y?.(); super.z(); sql\`x\`; (() => 1)();
    }`;
    assert.deepEqual(codeOf(code).functions[1]?.calls, [
      "?",
      "?.send",
      "?.then",
      "?.y",
      "fetch",
      "load",
      "new Pool",
      "sql",
      "super.z",
      "this.http.get",
    ]);
  });

  it("leave calls of decorators and field initialisers out of the outline around them", () => {
    const code = `@Module({ x: forRoot() }) class A { http = create(); @Get(path()) get() { return inner(); } } outer();`;
    assert.deepEqual(
      codeOf(code).functions.map(({ calls }) => calls),
      [["outer"], ["inner"]],
    );
  });

  it("have a place to underline", () => {
    const code = `/* a */ export async function load() {}\nrun(async (id) => 1); run(() => 2); class A { private constructor() {} }`;
    const { functions } = codeOf(code);
    assert.deepEqual(
      functions.slice(1).map(({ nameAt, nameEnd }) => code.slice(nameAt, nameEnd)),
      ["load", "id", "() =>", "constructor"],
    );
  });

  it("start at their first word, not at the comment before it", () => {
    const code = `/** Says what it does. */\n// and more\nfunction load() {}`;
    const fact = codeOf(code).functions[1];
    assert.equal(code.slice(fact?.at, fact?.end), "function load() {}");
  });

  it("skip overloads and abstract methods", () => {
    const code = `function a(x: string): void; function a(x: number): void; function a(x: unknown) {}
      abstract class B { abstract c(): void; d(): void; d(x?: string) {} }`;
    assert.equal(printFunctions(code), "1 in 0: function a(x: unknown)\n2 in 0 of class 0: method d(x?: string)");
  });
});
