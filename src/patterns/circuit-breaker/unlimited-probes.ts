import type { Detection, Rule } from "../../model/finding.ts";
import type { HandmadeBreaker, Knowledge } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { type ProbeFixData, probeFixes } from "./fix-probe.ts";

export interface UnlimitedProbes {
  /** `CircuitBreaker.execute` */
  readonly within: string;
  readonly fix: ProbeFixData;
}

export default {
  id: "circuit-breaker/unlimited-probes",
  severity: "warning",
  title: "A half-open breaker that lets everyone through",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<UnlimitedProbes>> {
    for (const breaker of knowledge.program.handmadeBreakers) {
      if (breaker.limitsProbes || !runsAsService(knowledge, breaker.place.path)) continue;
      yield {
        place: breaker.place,
        confidence: "certain",
        evidence: evidenceOf(breaker),
        related: breaker.halfOpen ? [{ ...breaker.halfOpen, says: "from here on, every caller is let through" }] : [],
        anchor: "half-open",
        symbol: breaker.symbol,
        data: { within: breaker.symbol, fix: { path: breaker.function.path, function: { at: breaker.function.at, end: breaker.function.end }, guarded: { at: breaker.guarded.at, end: breaker.guarded.end }, ...(breaker.halfOpen ? { halfOpen: { at: breaker.halfOpen.at, end: breaker.halfOpen.end } } : {}) } },
      };
    }
  },

  word: ({ within }) => ({
    what: `\`${within.slice(0, 36)}\` lets every caller probe at once`,
    why: "When the pause is over, all who waited call at the same moment, and the dependency that had just come back falls over again.",
    instead: "Let one call through, and refuse the others until it has ended.",
  }),

  fixes: ({ fix }) => probeFixes(fix),
} satisfies Rule<UnlimitedProbes>;

function evidenceOf({ place, guarded, halfOpen }: HandmadeBreaker): Detection<UnlimitedProbes>["evidence"] {
  return [
    { says: "refuses while it is open, because of what failures left", place },
    ...(halfOpen ? [{ says: "is half open from here on", place: halfOpen }] : []),
    { says: "and nothing on the way to the call keeps a second caller out", place: guarded },
  ];
}
