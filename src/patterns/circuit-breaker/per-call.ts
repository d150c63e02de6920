import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";

export interface BreakerPerCall {
  readonly library: string;
  /** `searchHotels` */
  readonly within: string;
}

export default {
  id: "circuit-breaker/per-call",
  severity: "error",
  title: "A breaker is made anew for every call",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<BreakerPerCall>> {
    for (const breaker of knowledge.program.briefBreakers) {
      if (!runsAsService(knowledge, breaker.place.path)) continue;
      yield {
        place: breaker.head,
        confidence: "certain",
        evidence: [{ says: "made here, each time that the function runs", place: breaker.head }, { says: "fired here, and forgotten", place: breaker.fired }],
        related: [{ ...breaker.fired, says: "it is fired here, for the first and last time" }],
        anchor: breaker.library,
        symbol: breaker.symbol,
        data: { library: breaker.library, within: breaker.symbol.split(".").at(-1) ?? "" },
      };
    }
  },

  word: (data) => ({
    what: `\`${data.within.slice(0, 32)}\` makes a new circuit breaker each time`,
    why: "A breaker counts failures from call to call; one that is thrown away after a call never opens, and protects nothing.",
    instead: "Make it once, at module scope or in the constructor, and fire that one.",
  }),

  fixes: () => [],
} satisfies Rule<BreakerPerCall>;
