import type { Detection, Place, Related, Rule } from "../../model/finding.ts";
import type { Breaker, Knowledge, Site } from "../../model/knowledge.ts";
import { dependencyName } from "../../model/targets.ts";
import { outboundRequests } from "../scope.ts";
import { type DeadlineFixData, deadlineFixes } from "./fix-deadline.ts";

export interface BreakerWithoutTimeout {
  readonly dependency: string;
  readonly callee: string;
  readonly calls: number;
  /** Absent where several calls would each have to be changed. */
  readonly fix?: DeadlineFixData;
}

export default {
  id: "circuit-breaker/no-timeout",
  severity: "information",
  title: "A breaker that slowness never opens",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<BreakerWithoutTimeout>> {
    for (const [place, sites] of guardedWithoutDeadline(knowledge)) {
      const [first] = sites;
      if (!first) continue;
      const breaker = knowledge.program.breakers.find((each) => each.place.path === place.path && each.place.at === place.at);
      yield {
        place: breaker?.head ?? place,
        confidence: first.confidence,
        evidence: [{ says: "the breaker", place }, ...first.way.slice(-2), { says: `${first.calleeText} may take as long as it likes`, place: first.callee }, ...first.policy.deadline.evidence],
        related: sites.map((site): Related => ({ ...site.callee, says: `${site.calleeText} is guarded by it and has no deadline` })),
        anchor: `${dependencyName(first)} ${first.calleeText}`,
        symbol: breaker?.symbol ?? "",
        data: { dependency: dependencyName(first), callee: first.calleeText, calls: sites.length, ...fixOf(breaker, sites) },
      };
    }
  },

  word: (data) => ({
    what: `The breaker around \`${data.callee.slice(0, 24)}\` has no deadline`,
    why: `When ${data.dependency} hangs, calls neither fail nor end: the breaker sees nothing, stays closed, and every caller waits.`,
    instead: data.calls === 1 ? "Give the breaker or the call a deadline, so that slowness counts as failure." : `Give the breaker or its ${data.calls} calls a deadline, so that slowness counts as failure.`,
  }),

  fixes: ({ fix }) => (fix === undefined ? [] : deadlineFixes(fix)),
} satisfies Rule<BreakerWithoutTimeout>;

/** Requests without a deadline, by the breaker that guards them. */
function guardedWithoutDeadline(knowledge: Knowledge): ReadonlyMap<Place, readonly Site[]> {
  const groups = new Map<string, { readonly place: Place; readonly sites: Site[] }>();
  for (const site of outboundRequests(knowledge)) {
    const { breaker, deadline } = site.policy;
    const place = breaker.is === "known" && deadline.is === "absent" ? breaker.evidence[0]?.place : undefined;
    if (!place) continue;
    const key = `${place.path}#${place.at}`;
    const group = groups.get(key) ?? { place, sites: [] };
    group.sites.push(site);
    groups.set(key, group);
  }
  return new Map([...groups.values()].map(({ place, sites }) => [place, sites]));
}

function fixOf(breaker: Breaker | undefined, sites: readonly Site[]): { readonly fix?: DeadlineFixData } {
  const means = { opossum: "option", brakes: "option", cockatiel: "policy" } as const;
  const by = breaker && breaker.library in means ? means[breaker.library as keyof typeof means] : undefined;
  if (breaker && by) return { fix: { by, path: breaker.place.path, made: { at: breaker.place.at, end: breaker.place.end }, options: breaker.options ?? 1 } };
  const [only] = sites;
  return only && sites.length === 1 ? { fix: { by: "call", call: { path: only.place.path, call: { at: only.place.at, end: only.place.end }, means: { by: "wrapper" } } } } : {};
}
