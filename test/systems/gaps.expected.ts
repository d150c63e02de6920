import type { Gap } from "./expectation.ts";

/** Where Faultline falls short of the expectations today, with the reason. A gap that closes is taken out of here. */
export const missedInShop: readonly Gap[] = [];

export const falseAlarmsOfShop: readonly Gap[] = [];

export const unrelatedInShop: readonly Gap[] = [];

export const falseAlarmsOfWellBuilt: readonly Gap[] = [];

export const architectureGaps: Readonly<Record<"shop" | "wellBuilt", readonly Gap[]>> = { shop: [], wellBuilt: [] };
