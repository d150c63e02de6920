import assert from "node:assert/strict";
import { codeOf, printBody } from "./print-summary.ts";

function lines(...text: string[]): string {
  return text.join("\n");
}

describe("instructions of a body", () => {
  it("a retry loop is a loop around a try", () => {
    const code = `async function load() {
      for (let attempt = 0; attempt < 3; attempt++) {
        try { return await fetch(url); } catch (error) { if (attempt === 2) throw error; await sleep(100); } finally { done(); }
      }
    }`;
    assert.equal(
      printBody(code, "load"),
      lines(
        "loop for init(let attempt = 0) test((attempt < 3)) update((++ attempt))",
        "  try",
        "    return (await fetch(url))",
        "  catch error",
        "    if (attempt === 2)",
        "      throw error",
        "    (await sleep(100))",
        "  finally",
        "    done()",
      ),
    );
  });

  it("every form of loop is told apart", () => {
    const code = `async function f() {
      for (;;) break;
      while (more()) next();
      do next(); while (more());
      for (const [key, { id = 1 }] of entries) use(key);
      for await (const message of consumer) handle(message);
      for (key in table) use(key);
      outer: for (const a of b) { for (const c of a) continue outer; }
    }`;
    assert.equal(
      printBody(code, "f"),
      lines(
        "loop for",
        "  break",
        "loop while test(more())",
        "  next()",
        "loop do test(more())",
        "  next()",
        "loop of each([key, {id: id = 1}]) over(entries)",
        "  use(key)",
        "loop await of each(message) over(consumer)",
        "  handle(message)",
        "loop in each(key) over(table)",
        "  use(key)",
        "outer loop of each(a) over(b)",
        "  loop of each(c) over(a)",
        "    continue outer",
      ),
    );
  });

  it("the head of a loop ends where its body may begin", () => {
    const code = "while (more()) { next(); }";
    const loop = codeOf(code).functions[0]?.body[0];
    assert.equal(loop?.kind === "loop" && code.slice(loop.at, loop.headEnd), "while (more())");
  });

  it("branches, switches, blocks and jumps are kept", () => {
    const code = `function f() {
      if (a) b(); else if (c) d(); else { e(); }
      switch (kind) { case "x": one(); break; default: return; }
      done: { break done; }
      { inner(); }
    }`;
    assert.equal(
      printBody(code, "f"),
      lines(
        "if a",
        "  b()",
        "else",
        "  if c",
        "    d()",
        "  else",
        "    e()",
        "switch kind",
        'case "x"',
        "  one()",
        "  break",
        "default",
        "  return",
        "block done",
        "  break done",
        "block",
        "  inner()",
      ),
    );
  });

  it("declarations keep keyword, pattern, type and value", () => {
    const code = `const { a, b: { c }, ...rest }: Options = load(); let d, e = 1; var f; using g = open(); await using h = open();`;
    assert.equal(
      printBody(code),
      lines(
        "const {a: a, b: {c: c}, ...rest}: Options = load()",
        "let d",
        "let e = 1",
        "var f",
        "using g = open()",
        "await using h = open()",
      ),
    );
  });

  it("functions are declared before the first statement of their block runs, classes in their place", () => {
    assert.equal(
      printBody("start(); class A {} function start() {}"),
      lines("var start = function 1", "start()", "const A = class 0"),
    );
  });

  it("so it is in the blocks of functions", () => {
    const code = "function outer() { if (a) { use(inner); function inner() {} } }";
    assert.equal(printBody(code, "outer"), lines("if a", "  var inner = function 2", "  use(inner)"));
  });

  it("an arrow without braces returns its expression", () => {
    assert.equal(printBody("const load = (id) => http.get(id);", "load"), "return http.get(id)");
  });

  it("a catch may bind nothing", () => {
    assert.equal(printBody("try { a() } catch { b() }"), lines("try", "  a()", "catch", "  b()"));
  });

  it("the statements of a namespace are the module's own", () => {
    assert.equal(printBody("namespace A.B { export const x = 1; } use(A.B.x);"), lines("const x = 1", "use(A.B.x)"));
  });

  it("generators yield", () => {
    assert.equal(
      printBody("function* f() { const x = yield put(a); yield; yield* all(); }", "f"),
      lines("const x = (yield put(a))", "(yield undefined)", "(yield* all())"),
    );
  });
});
