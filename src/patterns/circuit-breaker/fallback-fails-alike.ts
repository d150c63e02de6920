import type { Detection, Place, Rule } from "../../model/finding.ts";
import type { Breaker, BreakerFallback, Firing, Knowledge, Reached, Site } from "../../model/knowledge.ts";
import { dependencyName } from "../../model/targets.ts";
import { runsAsService } from "../scope.ts";
import { dependenciesOf } from "./dependency.ts";
import { type FallbackFixData, fallbackFixes } from "./fix-fallback.ts";

export interface FallbackFailsAlike {
  readonly flaw: "rethrows" | "same-call" | "caught";
  /** What is called again. */
  readonly callee: string;
  readonly dependency: string;
  readonly fix: FallbackFixData;
}

export default {
  id: "circuit-breaker/fallback-fails-alike",
  severity: "warning",
  title: "A fallback that fails with what it stands in for",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<FallbackFailsAlike>> {
    const dependencyOf = dependenciesOf(knowledge);
    for (const breaker of knowledge.program.breakers) {
      if (!runsAsService(knowledge, breaker.place.path)) continue;
      const guarded = breaker.firings.flatMap(({ runs }) => runs.map(({ site }) => site));
      for (const fallback of breaker.fallbacks) {
        const again = calledAgain(fallback.runs, guarded, dependencyOf) ?? (runsTheSame(breaker, fallback) ? (guarded[0] ?? "same") : undefined);
        if (fallback.rethrows || again !== undefined) yield reported(breaker, fallback, again);
      }
      for (const firing of breaker.firings) {
        const again = calledAgain(firing.caught.filter(isFree), firing.runs.map(({ site }) => site), dependencyOf);
        const step = firing.caught.find(({ site }) => site === again)?.path[0];
        if (again && step) yield afterAll(knowledge, firing, again, step);
      }
    }
  },

  word: ({ flaw, callee, dependency }) => {
    if (flaw === "rethrows") return { what: "The fallback throws the error that it was given", why: "Whoever calls gets the same error as without it: the fallback answers nothing, and looks as if it did.", instead: "Answer with something that holds for now, such as the last known value, or take the fallback away." };
    const what = flaw === "caught" ? `\`${callee.slice(0, 28)}\` is called again when the breaker refuses` : `The fallback calls ${dependency.slice(0, 30)} again`;
    return { what, why: `The breaker is open because ${dependency} does not answer; this calls it all the same, once more for every caller.`, instead: "Answer from elsewhere, such as the last known value, or let the failure through." };
  },

  fixes: ({ fix }) => fallbackFixes(fix),
} satisfies Rule<FallbackFailsAlike>;

/** A call of the fallback that goes where the guarded ones go. */
function calledAgain(runs: readonly Reached[], guarded: readonly Site[], dependencyOf: (site: Site) => string): Site | undefined {
  const remote = runs.map(({ site }) => site).filter(({ effect }) => effect === "request" || effect === "sdk");
  return remote.find((site) => guarded.some((each) => each.id === site.id || (dependencyOf(each) !== "" && dependencyOf(each) === dependencyOf(site))));
}

function runsTheSame({ firings }: Breaker, { function: ref }: BreakerFallback): boolean {
  return firings.some(({ actions }) => actions.some((action) => action.path === ref.path && action.id === ref.id));
}

/** With no breaker of its own on the way. */
function isFree({ layers }: Reached): boolean {
  return !layers.some(({ kind }) => kind === "breaker");
}

function reported(breaker: Breaker, fallback: BreakerFallback, again: Site | "same" | undefined): Detection<FallbackFailsAlike> {
  const site = again === "same" ? undefined : again;
  return {
    place: fallback.place,
    confidence: "certain",
    evidence: [{ says: "the breaker", place: breaker.head }, { says: "answers with this when it is open, or the call fails", place: fallback.place }, ...(site ? [{ says: `which calls ${dependencyName(site)} as well`, place: site.callee }] : [])],
    related: site && !isWithin(site.callee, fallback.place) ? [{ ...site.callee, says: "the call that the fallback makes" }] : [],
    anchor: `${breaker.library} ${again === undefined ? "rethrows" : "again"}`,
    symbol: breaker.symbol,
    data: { flaw: again === undefined ? "rethrows" : "same-call", callee: site?.calleeText ?? "", dependency: site ? dependencyName(site) : "the same", fix: { by: "fallback", path: fallback.call.path, call: { at: fallback.call.at, end: fallback.call.end } } },
  };
}

/** The catch around a guarded call makes that call again. */
function afterAll(knowledge: Knowledge, firing: Firing, site: Site, step: Place): Detection<FallbackFailsAlike> {
  return {
    place: step,
    confidence: site.confidence,
    evidence: [{ says: "the guarded call", place: firing.callee }, { says: "is made again here when it fails, or the breaker is open", place: step }],
    related: [{ ...firing.callee, says: "the breaker that refuses it" }],
    anchor: `caught ${site.calleeText}`,
    symbol: knowledge.program.function(firing.in)?.name ?? "",
    data: { flaw: "caught", callee: site.calleeText, dependency: dependencyName(site), fix: { by: "catch", path: step.path, call: { at: step.at, end: step.end } } },
  };
}

function isWithin(inner: Place, outer: Place): boolean {
  return inner.path === outer.path && outer.at <= inner.at && inner.end <= outer.end;
}
