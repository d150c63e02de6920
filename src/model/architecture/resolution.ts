/** How much of what leaves the process is understood: whose target is known, whose deadline is known, and why the rest is not. */
import type { BlindSpot, Resolution, UnresolvedReason } from "../architecture.ts";
import type { Place } from "../finding.ts";
import { groupedBy } from "../grouped.ts";
import type { Site } from "../knowledge.ts";

const OUTBOUND: ReadonlySet<Site["effect"]> = new Set(["request", "sdk", "query", "cache", "publish"]);

export function resolutionOf(sites: readonly Site[], spots: readonly BlindSpot[]): Resolution {
  // A call of a wrapper that reaches the network in several ways is one place, and as dark as the darkest of them.
  const calls = [...groupedByPlace(sites.filter((site) => OUTBOUND.has(site.effect)))];
  const blind = new Map(spots.map((spot) => [keyOf(spot.place), spot.why]));
  const targets = calls.flatMap(([first]) => (first && whyTarget(first, blind)) ?? []);
  const deadlines = calls.flatMap((atPlace) => atPlace.flatMap((site) => whyDeadline(site) ?? []).slice(0, 1));
  return {
    calls: calls.length,
    targetKnown: calls.length - targets.length,
    deadlineKnown: calls.length - deadlines.length,
    reasons: [...reasonsOf("target", targets), ...reasonsOf("deadline", deadlines)],
  };
}

function groupedByPlace(sites: readonly Site[]): Iterable<readonly Site[]> {
  const byPlace = new Map<string, Site[]>();
  for (const site of sites) {
    const known = byPlace.get(keyOf(site.callee));
    if (known) known.push(site);
    else byPlace.set(keyOf(site.callee), [site]);
  }
  return byPlace.values();
}

interface Open {
  readonly why: string;
  readonly place: Place;
}

function whyTarget(site: Site, blind: ReadonlyMap<string, string>): Open | undefined {
  const why = blind.get(keyOf(site.callee));
  return why === undefined ? undefined : { why, place: site.callee };
}

/** That there is none is known as well. */
function whyDeadline({ policy: { deadline }, callee }: Site): Open | undefined {
  if (deadline.is === "known" || deadline.is === "absent") return undefined;
  const says = deadline.evidence.at(-1)?.says;
  return { why: deadline.is === "present" ? "A deadline is set, and its length comes at run time" : (says ?? "What decides it could not be followed"), place: callee };
}

/** Reasons of one kind are one, whatever names stand in them; the most frequent first. */
function reasonsOf(of: UnresolvedReason["of"], open: readonly Open[]): readonly UnresolvedReason[] {
  return [...groupedBy(open, (each) => kindOf(each.why))].map(([why, group]) => ({ of, why, count: group.length, example: group[0]?.place ?? { path: "", at: 0, end: 0 } })).sort((a, b) => b.count - a.count || (a.why < b.why ? -1 : 1));
}

function kindOf(why: string): string {
  return why.replace(/`[^`]*`/g, "`…`");
}

function keyOf({ path, at }: Place): string {
  return `${path}#${at}`;
}
