import assert from "node:assert/strict";
import { codeOf, printClass, printFunctions, printTypeFact } from "./print-summary.ts";

function printClasses(code: string): string {
  return codeOf(code).classes.map(printClass).join("\n");
}

function printTypes(code: string, path?: string): string {
  return codeOf(code, path).types.map(printTypeFact).join("\n");
}

describe("classes of a file", () => {
  const orders = `
    @Controller("orders")
    export abstract class Orders extends mixin(Base)<Order> implements OnModuleInit, Store<Order> {
      @Column({ type: "text" }) private readonly url: string = process.env.URL;
      static count = 0;
      accessor state?: State;
      constructor(@Inject(HTTP) private readonly http: HttpService, retries = 3) { super(); }
      @Get(":id") async find(@Param("id") id: string) {}
      get size() { return 1; }
      set size(value) {}
      handle = async () => 1;
      static { init(); }
    }`;

  it("keep decorators, heritage, fields and members", () => {
    assert.equal(
      printClasses(orders),
      [
        '@Controller("orders") exported abstract class Orders extends mixin(Base)<Order> implements OnModuleInit, Store<Order>',
        '  @Column({type: "text"}) readonly url: string = process.env.URL',
        "  static count = 0",
        "  state: State",
        "  handle = function 5",
        "  members 1 2 3 4 5 6, constructor 1",
      ].join("\n"),
    );
  });

  it("have their functions in the file's table", () => {
    assert.equal(
      printFunctions(orders),
      [
        "1 in 0 of class 0: constructor constructor(@Inject(HTTP) field http: HttpService, retries = 3)",
        '2 in 0 of class 0: @Get(":id") async method find(@Param("id") id: string)',
        "3 in 0 of class 0: getter size()",
        "4 in 0 of class 0: setter size(value)",
        "5 in 0 of class 0: async arrow handle()",
        "6 in 0 of class 0: static method static()",
      ].join("\n"),
    );
  });

  it("are named after what they are assigned to", () => {
    assert.deepEqual(
      codeOf("const A = class {}; module.exports = class {}; class B {}").classes.map(({ name }) => name),
      ["A", "module.exports", "B"],
    );
  });
});

describe("types of a file", () => {
  it("are cut down to what tracing needs", () => {
    const code = `
      interface Orders extends Base<Order> { readonly id: string; items?: readonly Item[]; find(id: string, how): Promise<Order>; (call: 1): void; [key: string]: any }
      type A = Prisma.TransactionClient | Pick<B, "c" | -1 | null> & typeof db.pool;
      type C = { d: (e: string) => void } | [F, G] | keyof H;`;
    assert.equal(
      printTypes(code),
      [
        "interface Orders extends Base<Order> { readonly id: string; items: Array<Item>; find: (string, -) => Promise<Order> }",
        'type A = Prisma.TransactionClient | Pick<B, "c" | -1 | null> & typeof db.pool',
        "type C = { d: (string) => void } | ? | ?",
      ].join("\n"),
    );
  });

  it("enums keep the values of their members", () => {
    assert.equal(
      printTypes(`export const enum Topic { Created = "order.created", Paid = 1 << 2, Lost }`),
      'enum Topic { Created = "order.created", Paid = (1 << 2), Lost }',
    );
  });

  it("of a declaration file are all that is kept of it", () => {
    const code = `export interface A { b: string } export declare const c: A; export declare class D { e(): void } export default function f(): void;`;
    const summary = codeOf(code, "a.d.ts");
    assert.deepEqual(
      [summary.types.map(printTypeFact), summary.classes, summary.functions.length, summary.functions[0]?.body],
      [["interface A { b: string }"], [], 1, []],
    );
  });
});
