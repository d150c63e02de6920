import assert from "node:assert/strict";
import { sagaFixes } from "../../../src/patterns/saga/fix.ts";
import { applyOffer, contextOf, typeErrors } from "../../fixes/workbench.ts";

const STEPS = [{ name: "chargeCard", undo: "refundCard" }, { name: "reserve stock" }, { name: "chargeCard" }];
const [offer] = sagaFixes({ path: "src/orders/place.ts", flow: "placeOrder", steps: STEPS });
const FILES = {
  "src/orders/place.ts": "import { log } from './log';\n\nexport const placeOrder = (): void => log();\n",
};
const AMBIENT = 'declare module "*/log" { export function log(): void }';

describe("the scaffold of a saga", () => {
  it("is a module beside the flow, on the saga module of the package, and leaves the flow alone", () => {
    const after = applyOffer(FILES, offer, contextOf(FILES));
    assert.deepEqual(Object.keys(after), [
      "src/orders/place.ts",
      "src/resilience/saga.ts",
      "src/orders/place-order.saga.ts",
    ]);
  });

  it("compiles, and can be wired in", () => {
    const wired = `import { placeOrderSaga } from "./place-order.saga";
import { InMemorySagaStore } from "../resilience/saga";
const nothing = async () => ({});
export const flow = placeOrderSaga<{ payment?: string }>({
  chargeCard: async (state, { key }) => ({ payment: key }), refundCard: async () => {},
  reserveStock: nothing, undoReserveStock: async () => {}, chargeCard2: nothing, undoChargeCard2: async () => {},
}, new InMemorySagaStore()).run("1", {});
`;
    assert.deepEqual(
      typeErrors({ ...applyOffer(FILES, offer, contextOf(FILES)), "src/orders/wired.ts": wired }, AMBIENT),
      [],
    );
  }).timeout(30_000);

  it("has the steps in their order, each with its compensation", () => {
    const text = applyOffer(FILES, offer, contextOf(FILES))["src/orders/place-order.saga.ts"] ?? "";
    const pairs = [...text.matchAll(/actions\.(\w+)\(/g)].map((match) => match[1]);
    assert.deepEqual(pairs, [
      "chargeCard",
      "refundCard",
      "reserveStock",
      "undoReserveStock",
      "chargeCard2",
      "undoChargeCard2",
    ]);
  });

  it("follows the file: CommonJS, tabs, no semicolons", () => {
    const files = { "lib/place.js": "const log = require('./log')\n\nmodule.exports = () => {\n\tlog()\n}\n" };
    const [js] = sagaFixes({ path: "lib/place.js", flow: "Orders.place", steps: [{ name: "charge", undo: "refund" }] });
    const text = applyOffer(files, js, contextOf(files, { isModule: false }))["lib/orders-place.saga.js"] ?? "";
    assert.equal(
      text.slice(text.indexOf("const {")),
      `const { saga } = require('./resilience/saga')

function ordersPlaceSaga(actions, store) {
	return saga([
		{
			name: 'charge',
			run: (state, call) => actions.charge(state, call),
			compensate: (state, call) => actions.refund(state, call),
		},
	], { store })
}

module.exports = {
	ordersPlaceSaga,
}
`,
    );
  });

  it("applied twice, changes nothing more", () => {
    const once = applyOffer(FILES, offer, contextOf(FILES));
    assert.deepEqual(applyOffer(once, offer, contextOf(once)), once);
  });

  it("does not overwrite a module of that name", () => {
    const files = { ...FILES, "src/orders/place-order.saga.ts": "export const mine = 1;\n" };
    assert.ok("src/orders/place-order.saga-2.ts" in applyOffer(files, offer, contextOf(files)));
  });
});
