import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { type PerCallFixData, perCallFixes } from "./fix-per-call.ts";

export interface BreakerPerCall {
  readonly library: string;
  /** `searchHotels`; empty where the function has no name. */
  readonly within: string;
  readonly fix: PerCallFixData;
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
        data: { library: breaker.library, within: /\.[cm]?[jt]sx?$/.test(breaker.symbol) ? "" : (breaker.symbol.split(".").at(-1) ?? ""), fix: { path: breaker.place.path, made: { at: breaker.place.at, end: breaker.place.end }, fired: { at: breaker.fired.at, end: breaker.fired.end }, takesAction: breaker.takesAction } },
      };
    }
  },

  word: (data) => ({
    what: data.within === "" ? "A new circuit breaker is made for each call" : `\`${data.within.slice(0, 32)}\` makes a new circuit breaker each time`,
    why: "A breaker counts failures from call to call; one that is thrown away after a call never opens, and protects nothing.",
    instead: "Make it once, at module scope or in the constructor, and fire that one.",
  }),

  fixes: ({ fix }) => perCallFixes(fix),
} satisfies Rule<BreakerPerCall>;
