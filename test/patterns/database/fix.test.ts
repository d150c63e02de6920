import assert from "node:assert/strict";
import { databaseFixes } from "../../../src/patterns/database/fix.ts";
import { applyOffer, contextOf, typeErrors } from "../../fixes/workbench.ts";

const offers = databaseFixes({
  path: "src/report.ts",
  entity: "order_items",
  owner: "orders",
  fields: ["sku", "price-in-cents"],
});
const FILES = { "src/report.ts": "import { db } from './db';\n\nexport const items = () => db();\n" };
const AMBIENT = 'declare module "*/db" { export function db(): void }';

describe("the scaffolds beside another service's data", () => {
  it("are a read model and a client of the owner", () => {
    assert.deepEqual(
      offers.map((offer) => [offer.kind, offer.title]),
      [
        ["scaffold", "Add a read model of OrderItems, kept from the events of orders"],
        ["scaffold", "Add a client that asks orders for OrderItems"],
      ],
    );
  });

  const wired = [
    `import { orderItemsReadModel, type OrderItemsEvent } from "./order-items.read-model";
import { InMemoryReadModelStore } from "./resilience/read-model";
const model = orderItemsReadModel(new InMemoryReadModelStore());
export const on = (event: OrderItemsEvent) => model.apply(event);
export const sku = async () => (await model.get("1"))?.sku;
`,
    `import { orderItemsClient } from "./order-items.client";
export const sku = async () => (await orderItemsClient("http://orders/items").get("1"))?.sku;
`,
  ];
  for (const [index, offer] of offers.entries()) {
    it(`compile, and can be wired in: ${offer.id}`, () => {
      const after = applyOffer(FILES, offer, contextOf(FILES));
      assert.deepEqual(typeErrors({ ...after, "src/wired.ts": wired[index] ?? "" }, AMBIENT), []);
    }).timeout(30_000);

    it(`leave the access as it is: ${offer.id}`, () => {
      assert.equal(applyOffer(FILES, offer, contextOf(FILES))["src/report.ts"], FILES["src/report.ts"]);
    });

    it(`applied twice, change nothing more: ${offer.id}`, () => {
      const once = applyOffer(FILES, offer, contextOf(FILES));
      assert.deepEqual(applyOffer(once, offer, contextOf(once)), once);
    });
  }
});
