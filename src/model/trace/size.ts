/** How large something may grow, with what shows it. */
import type { Evidence } from "../policy.ts";

export interface Size {
  readonly is: "bounded" | "unbounded" | "unknown";
  readonly evidence: readonly Evidence[];
  /** Whoever calls the service decides, not what a store holds. */
  readonly byCaller?: true;
}

export const BOUNDED: Size = { is: "bounded", evidence: [] };
export const UNKNOWN: Size = { is: "unknown", evidence: [] };

/** Of several that it may be: the one without a bound, else one of which nothing is known. */
export function worst(sizes: readonly Size[]): Size {
  return sizes.find((s) => s.is === "unbounded") ?? sizes.find((s) => s.is === "unknown") ?? BOUNDED;
}
