import type { Gap } from "./expectation.ts";

/** Where Faultline falls short of the expectations today, with the reason. A gap that closes is taken out of here. */
export const missedInShop: readonly Gap[] = [];

export const falseAlarmsOfShop: readonly Gap[] = [];

const registration = "the module that is registered without a timeout is not told as a place, for its absence is what counts";

const declaration = "where the owner declares the table is not told as a place, only where each service uses it";

export const unrelatedInShop: readonly Gap[] = [
  { what: "database/shared services/reporting/src/abandoned.ts getRepository(Order): services/orders/src/orders/entities.ts", why: declaration },
  { what: 'database/shared services/reporting/src/reports.ts ordersDb("order_items"): services/orders/src/orders/entities.ts', why: declaration },
  { what: "timeout/missing services/orders/src/clients/catalog.client.ts this.http.get<: services/orders/src/app.module.ts", why: registration },
  { what: "timeout/missing services/orders/src/clients/inventory.client.ts this.http.post(: services/orders/src/app.module.ts", why: registration },
  { what: "timeout/missing services/orders/src/clients/payments.client.ts this.http.post<: services/orders/src/app.module.ts", why: registration },
];

export const falseAlarmsOfWellBuilt: readonly Gap[] = [
  {
    what: "circuit-breaker/missing services/bookings/src/clients/rooms.client.ts:17 No circuit breaker between `this.http.put` and rooms",
    why: "what a decorator of the workspace puts around its method is not followed",
  },
];

export const architectureGaps: Readonly<Record<"shop" | "wellBuilt", readonly Gap[]>> = {
  shop: [],
  wellBuilt: [],
};
