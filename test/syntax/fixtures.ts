/** Pieces of code with every construct that a summary can hold, for laws that must hold of any file. */
export const fixtures: readonly (readonly [path: string, text: string])[] = [
  [
    "orders.controller.ts",
    `#!/usr/bin/env node
// faultline-ignore-file timeout/missing until 2030-01-01: measured
import axios, { type AxiosInstance as Http } from "axios";
import * as rx from "rxjs";
import "reflect-metadata";
export * from "./late";
export { a as b } from "./a";
enum Topic { Created = "order.created", Paid }
interface Store<T> extends Base<T> { readonly url?: string; find(id: string): Promise<T | null>; on: (x) => void; one: 1; }
type Client = typeof axios & { get: Http["get"] };
namespace Inner { export const depth = 1; }
/** Says what it is. */
@Controller({ path: "orders", hosts: ["a", ...hosts] })
export abstract class Orders extends mixin(Base)<Order> implements Store<Order> {
  @Column() private readonly retries: number = 5 * 1000;
  static #pool = new Pool<Client>({ max: 5, ["idle"]: 1, [late()]: 2, ...defaults });
  handle = async ({ id, deep: { x = 1 }, ...rest }: Order, [first, , { second }] = list, ...more: string[]) => first?.[id];
  constructor(@Inject(HTTP) private readonly http: Http, public retry?: boolean) { super(); }
  @Get(":id", () => Order)
  async find(id: string): Promise<Order> {
    outer: for (let attempt = 0, max = 3; attempt < max; attempt++) {
      try {
        const { data: body = {} } = await this.http.get<Order>(\`\${this.retries}/orders/\${id}\`, { timeout: 1_000 });
        return body as Order;
      } catch (error) {
        if (!(error instanceof AxiosError)) throw error;
        else if (attempt === 2) continue outer;
        await sleep(2 ** attempt * 100);
      } finally { done(-1, void 0, typeof id, null); }
    }
    for await (const message of consumer) { (yieldTo as any)(message); }
    for (key in table) { delete table[key]; }
    for ([this.a, b.c] of pairs) {}
    do { i++; } while (i < 5);
    named: { break named; }
    switch (id) { case "x": return one(); default: { let y; } }
    [a, b] = [b, a];
    using file = open(); await using other = open();
    return cond ? sql\`select \${id}\` : "text " + id + 1;
  }
  get size(): number { return 1; }
  set size(value) { this.x ??= value; }
  static { init(); }
}
function* ids() { const got = yield 1; yield* more(); yield; }
export default Orders;
fetch("late"); // faultline-ignore timeout/missing, retry/no-backoff: trailing
`,
  ],
  [
    "server.js",
    `'use strict';
const express = require('express'), { Router: R } = require("express");
const late = require("./late").late;
exports.start = function () { const app = express(); app.use("/", require("./routes")); return app; };
module.exports.list = [${Array.from({ length: 70 }, (_, index) => index).join(", ")}];
module.exports = { start: exports.start, R, ...require("./more") };
Object.defineProperty(exports, "x", { get: function () { return late.x; } });
if (process.env["PORT"]) (0, express.default)(); else import("./on-demand").then((m) => m.run());
`,
  ],
  [
    "view.tsx",
    `export const View = ({ items }: Props) => {
  const [state, setState] = useState<State>();
  return <ul {...rest} onClick={() => load(state)}>{items.map((item) => <li key={item}>text {item}</li>)}{/* note */}</ul>;
};
`,
  ],
  [
    "broken.ts",
    "export class A { load() { if (x { return fetch(url; } \n const z = [1, 2\n function ok() { return 1 }",
  ],
  ["empty.ts", ""],
];
