import type { Detection, Place, Related, Rule } from "../../model/finding.ts";
import type { Breaker, Knowledge, Site } from "../../model/knowledge.ts";
import { dependencyName } from "../../model/targets.ts";
import { runsAsService } from "../scope.ts";
import { dependenciesOf } from "./dependency.ts";
import { type SplitFixData, splitFixes } from "./fix-split.ts";

export interface SharedBreaker {
  readonly dependencies: readonly string[];
  readonly fix: SplitFixData;
}

/** What goes through the breaker at one place, and where to. */
interface Passage {
  readonly place: Place;
  readonly sites: readonly Site[];
  /** The call that fires the breaker, where it is known. */
  readonly fires?: Place;
}

export default {
  id: "circuit-breaker/shared-by-unrelated",
  severity: "warning",
  title: "One breaker for different dependencies",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<SharedBreaker>> {
    const dependencyOf = dependenciesOf(knowledge);
    for (const breaker of knowledge.program.breakers) {
      if (!runsAsService(knowledge, breaker.place.path) || (breaker.lives !== "module" && breaker.lives !== "singleton")) continue;
      const passages = passagesOf(knowledge, breaker);
      const parts = unrelated(passages, dependencyOf);
      const [first] = parts;
      if (!first || parts.length < 2) continue;
      const names = parts.map(({ sites: [site] }) => (site ? dependencyName(site) : "another"));
      yield {
        place: breaker.head,
        confidence: "certain",
        evidence: [{ says: "one breaker", place: breaker.head }, ...parts.map(({ place }, index) => ({ says: `guards a call to ${names[index] ?? "another"}`, place }))],
        related: parts.map(({ place }, index): Related => ({ ...place, says: `calls ${names[index] ?? "another"} through it` })),
        anchor: breaker.library,
        symbol: breaker.symbol,
        data: { dependencies: names, fix: fixOf(breaker, passages, { dependencyOf, first }) },
      };
    }
  },

  word: ({ dependencies: [one = "one", two = "another", ...more] }) => ({
    what: `One breaker guards ${one.slice(0, 20)} and ${two.slice(0, 20)}${more.length > 0 ? ` and ${more.length} more` : ""}`,
    why: `When ${two} fails, calls to ${one} are refused with it; and while ${one} answers, its successes hide the failures of ${two}.`,
    instead: "Make one breaker for each dependency.",
  }),

  fixes: ({ fix }) => splitFixes(fix),
} satisfies Rule<SharedBreaker>;

function passagesOf(knowledge: Knowledge, breaker: Breaker): readonly Passage[] {
  const fired = breaker.firings.map(({ callee, place, runs }): Passage => ({ place: callee, fires: place, sites: runs.map(({ site }) => site).filter(isRemote) }));
  const known = new Set(fired.flatMap(({ sites }) => sites.map(({ id }) => id)));
  // Calls of a wrapper around the breaker, told where their address is given.
  const wrapped = knowledge.program.sites.filter(({ id, policy, ...site }) => {
    const by = policy.breaker.is === "known" ? policy.breaker.evidence[0]?.place : undefined;
    return by?.path === breaker.place.path && by.at === breaker.place.at && !known.has(id) && isRemote(site) && (site.raw.path !== site.callee.path || site.raw.at !== site.callee.at);
  });
  return [...fired, ...wrapped.map((site) => ({ place: site.callee, sites: [site] }))];
}

function isRemote({ effect }: Pick<Site, "effect">): boolean {
  return effect === "request" || effect === "sdk";
}

/** Passages of which each goes where no other goes. One that goes to several places guards an operation as a whole. */
function unrelated(passages: readonly Passage[], dependencyOf: (site: Site) => string): readonly Passage[] {
  const kept: { readonly passage: Passage; readonly to: string }[] = [];
  for (const passage of passages) {
    const to = new Set(passage.sites.map(dependencyOf).filter((key) => key !== ""));
    const [only] = to;
    if (to.size !== 1 || only === undefined) continue;
    if (kept.every((other) => other.to !== only && kindOf(other.to) === kindOf(only))) kept.push({ passage, to: only });
  }
  return kept.map(({ passage }) => passage);
}

/** An address from the environment and a host that is written down may be the same. */
function kindOf(key: string): string {
  const [prefix = ""] = key.split(":");
  return prefix === "service" || prefix === "external" || prefix === "sdk" ? "known" : prefix === "env" ? "env" : "host";
}

function fixOf(breaker: Breaker, passages: readonly Passage[], { dependencyOf, first }: { readonly dependencyOf: (site: Site) => string; readonly first: Passage }): SplitFixData {
  const own = first.sites[0] ? dependencyOf(first.sites[0]) : "";
  const firings = passages.flatMap(({ fires, sites: [site] }) => (fires && site ? [{ path: fires.path, call: { at: fires.at, end: fires.end }, dependency: dependencyName(site), isFirst: dependencyOf(site) === own }] : []));
  const wrapper = breaker.firings.length === 1 ? breaker.firings[0] : undefined;
  return {
    path: breaker.place.path,
    made: { at: breaker.place.at, end: breaker.place.end },
    firings,
    ...(wrapper ? { wrapper: { path: wrapper.place.path, call: { at: wrapper.place.at, end: wrapper.place.end } } } : {}),
  };
}
