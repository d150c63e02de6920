import assert from "node:assert/strict";
import { codeOf, printFirstValue } from "./print-summary.ts";

describe("values of expressions", () => {
  const cases: readonly (readonly [title: string, code: string, printed: string])[] = [
    [
      "a call keeps its chain of receivers, its arguments and its type arguments",
      "this.http.get<Order>(url, { timeout: 5_000 })",
      "this.http.get<Order>(url, {timeout: 5000})",
    ],
    ["optional chaining is kept", "client?.orders.find?.(id)", "client?.orders.find(id)"],
    [
      "casts, parentheses and non-null marks are gone",
      "((client as Http)!.get satisfies Getter)(<string>id)",
      "client.get(id)",
    ],
    ["arithmetic stays arithmetic", "5 * 1000", "(5 * 1000)"],
    ["a sum of numbers stays a sum", "a + b + 1", "((a + b) + 1)"],
    [
      "a concatenation becomes a text of parts",
      "base + '/orders/' + id + `?v=${version}`",
      'text(base, "/orders/", id, "?v=", version)',
    ],
    [
      "a sum in parentheses within a text stays a sum",
      "(attempt + 1) + ' of ' + (max - 1)",
      'text((attempt + 1), " of ", (max - 1))',
    ],
    ["a template's parts are in order", "`${base}/orders/${id}`", 'text(base, "/orders/", id)'],
    ["a tagged template has its tag", "sql`select * from ${table}`", 'sql tags(text("select * from ", table))'],
    [
      "objects keep spreads, shorthands, computed names and methods",
      "({ ...rest, a, 'b-c': 1, ['d']: 2, [e]: 3, f() {}, get g() { return 1 } })",
      "{...rest, a: a, b-c: 1, d: 2, ?: 3, f: function 1, g: function 2}",
    ],
    ["arrays keep spreads and holes", "[1, , ...rest]", "[1, undefined, (spread rest)]"],
    [
      "environment reads can be followed",
      "process.env['DATABASE_URL'] ?? process.env.DB",
      '(process.env["DATABASE_URL"] ?? process.env.DB)',
    ],
    ["assignments are values", "this.cache[key] ||= await load()", "(this.cache[key] ||= (await load()))"],
    [
      "unary operators and increments are kept",
      "!a && -b && typeof c && attempt++",
      "((((! a) && (- b)) && (typeof c)) && (++ attempt))",
    ],
    ["conditions are kept", "ok ? left : right", "(ok ? left : right)"],
    [
      "classes and functions are numbered",
      "use(class {}, () => 1, function named() {})",
      "use(class 0, function 1, function 2)",
    ],
    ["new keeps its arguments", "new Pool<Client>({ max: 5 })", "new Pool<Client>({max: 5})"],
    ["new needs no brackets", "new Date", "new Date()"],
    ["a required module is a value", "require('express')()", "require(express)()"],
    ["a module imported on demand is a value", "import('./late').then(run)", "require(./late).then(run)"],
    ["a compiled call of an import is a plain call", "(0, axios_1.default)(url)", "axios_1.default(url)"],
    ["private names are names", "this.#client.send()", "this.#client.send()"],
    ["what cannot be traced keeps its calls", "/x/u", "other()"],
  ];
  for (const [title, code, printed] of cases) it(title, () => assert.equal(printFirstValue(`(${code})`), printed));

  it("markup keeps the calls and functions inside it", () => {
    const markup =
      "<List items={load()} title='x' onOpen={() => open(id)}>{items.map(show)} text <b {...spread()}/></List>";
    assert.equal(printFirstValue(markup, "a.tsx"), "other(load(), function 1, items.map(show), spread())");
  });

  it("markup is read in .js files, and its handlers are called after their attribute", () => {
    const summary = codeOf("export const A = () => <a onClick={() => go()} />;", "a.js");
    assert.deepEqual([summary.jsx, summary.functions.map(({ name }) => name)], [true, ["", "A", "onClick"]]);
  });

  it("a long array is cut, but none of its calls is lost", () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const kept = numbers.slice(0, 64).join(", ");
    assert.equal(printFirstValue(`[${numbers.join(",")}, last(), "x"]`), `[${kept}, last(), cut]`);
  });

  it("a huge table is not kept, but its functions are", () => {
    const rows = Array.from({ length: 600 }, (_, index) => `key${index}: ${index}`);
    assert.equal(printFirstValue(`({${rows.join(",")}, load: () => 1})`), "other(function 1)");
  });

  it("a concatenation of thousands of texts is one text", () => {
    const text = Array.from({ length: 5000 }, (_, index) => `"${index}"`).join("+");
    const first = codeOf(text).functions[0]?.body[0];
    assert.equal(first?.kind === "evaluate" && first.value.kind === "template" && first.value.parts.length, 5000);
  });
});
