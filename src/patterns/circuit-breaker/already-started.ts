import type { Detection, Place, Rule } from "../../model/finding.ts";
import type { Breaker, Given, Knowledge } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { startedFixes, type StartedFixData } from "./fix-started.ts";

export interface AlreadyStarted {
  /** `CircuitBreaker`, `policy.execute` */
  readonly taker: string;
  readonly fix: StartedFixData;
}

export default {
  id: "circuit-breaker/already-started",
  severity: "error",
  title: "A breaker is given a promise, not a function",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<AlreadyStarted>> {
    for (const breaker of knowledge.program.breakers) {
      if (!runsAsService(knowledge, breaker.place.path)) continue;
      if (breaker.given) yield* reported(breaker, breaker.given, { symbol: breaker.symbol, taker: breaker.name, asked: breaker.head });
      for (const { given, callee, in: ref } of breaker.firings) {
        const name = knowledge.program.function(ref)?.name ?? "";
        if (given) yield* reported(breaker, given, { symbol: name, taker: "the breaker", asked: callee });
      }
    }
  },

  word: (data) => ({
    what: `${data.taker === "the breaker" ? "The breaker" : `\`${data.taker.slice(0, 30)}\``} is given a promise, not a function`,
    why: "The call has started before the breaker is asked: a dead dependency is called even while the breaker is open.",
    instead: "Give it a function that makes the call.",
  }),

  fixes: ({ fix }) => startedFixes(fix),
} satisfies Rule<AlreadyStarted>;

function* reported(breaker: Breaker, given: Given, at: { readonly symbol: string; readonly taker: string; readonly asked: Place }): Iterable<Detection<AlreadyStarted>> {
  if (given.is !== "promise") return;
  const elsewhere = given.starts.at !== given.place.at;
  yield {
    place: given.place,
    confidence: "certain",
    evidence: [{ says: "the call starts here", place: given.starts }, { says: "and here the breaker is asked, too late", place: at.asked }],
    related: elsewhere ? [{ ...given.starts, says: "the call starts here" }] : [],
    anchor: `${breaker.library} ${given.form}`,
    symbol: at.symbol,
    data: { taker: at.taker, fix: { path: given.place.path, given: { at: given.place.at, end: given.place.end }, starts: { at: given.starts.at, end: given.starts.end }, form: given.form } },
  };
}
