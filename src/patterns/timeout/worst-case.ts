/** The longest that a call may take on one way: deadlines, attempts and waits, as the program nests them. */
import type { Reached } from "../../model/knowledge.ts";
import type { Layer, RetryPolicy } from "../../model/policy.ts";

export interface WorstCase {
  readonly ms: number;
  /** `3 × 10 s + 3 s of waits` */
  readonly sum: string;
}

/** Undefined where nothing bounds it, or its bound is not known. */
export function worstCase({ site, layers }: Reached): WorstCase | undefined {
  const { deadline, repeaters = [] } = site.policy;
  if (deadline.is !== "known") return undefined;
  // A deadline that stands around the call bounds all that is inside of it, and says nothing of one attempt.
  const isOuter = deadline.evidence[0]?.says.startsWith("a deadline by") === true;
  let ms = isOuter ? Infinity : deadline.value;
  let sum = Number.isFinite(ms) ? seconds(ms) : "";
  const own = repeaters.flatMap((r) => (r.isClient ? [r.policy] : []));
  const around = [...own.map((policy): Layer => ({ kind: "retry", policy, place: site.callee, by: "" })), ...layers.toReversed()];
  for (const layer of around) {
    if (layer.kind === "deadline" && layer.ms !== undefined && layer.ms < ms) {
      ms = layer.ms;
      sum = seconds(ms);
    }
    const times = layer.kind === "retry" && typeof layer.policy.attempts === "number" ? layer.policy.attempts : 1;
    if (layer.kind !== "retry" || times <= 1 || !Number.isFinite(ms)) continue;
    const waits = waitsOf(layer.policy, times);
    sum = `${times} × ${sum.includes("×") ? `(${sum})` : sum}${waits > 0 ? ` + ${seconds(waits)} of waits` : ""}`;
    ms = ms * times + waits;
  }
  if (isOuter && ms === Infinity) return { ms: deadline.value, sum: seconds(deadline.value) };
  return Number.isFinite(ms) ? { ms, sum } : undefined;
}

function waitsOf({ wait, baseMs, capMs }: RetryPolicy, attempts: number): number {
  if (baseMs === undefined || wait === "none" || wait === "unknown") return 0;
  let total = 0;
  for (let n = 0; n < attempts - 1; n++) total += wait === "constant" ? baseMs : Math.min(capMs ?? Infinity, baseMs * 2 ** n);
  return total;
}

export function seconds(ms: number): string {
  return ms >= 1_000 ? `${Math.round(ms / 100) / 10} s` : `${ms} ms`;
}
