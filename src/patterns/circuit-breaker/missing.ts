import type { Detection, Related, Rule } from "../../model/finding.ts";
import type { Knowledge, Site } from "../../model/knowledge.ts";
import { dependencyKey, dependencyName, hostOf, isOneDependency, toldDependency } from "../../model/targets.ts";
import { outboundRequests } from "../scope.ts";
import type { BreakerFixData, BreakerLibrary, GuardedCall } from "./data.ts";
import { circuitBreakerFixes } from "./fix.ts";

export interface MissingBreaker {
  readonly dependency: string;
  /** What the address, its variable or a token calls it; absent where only the client has a name. */
  readonly told?: string;
  readonly callee: string;
  readonly calls: number;
  /** Absent where a result goes to a callback, and nothing makes a promise of it. */
  readonly fix?: BreakerFixData;
}

export default {
  id: "circuit-breaker/missing",
  severity: "warning",
  title: "Nothing stops calls to a dead dependency",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<MissingBreaker>> {
    const unguarded = oncePerCall(outboundRequests(knowledge).filter((site) => site.policy.breaker.is === "absent" && onRequestPath(site) && !site.unwatched && !lastsOrProbes(site) && !isNobodys(site) && !isChild(site) && (isProxy(knowledge, site) ? !refusesItself(knowledge, site) : isOneDependency(site)) && !guardedByMesh(knowledge, site)));
    for (const group of byDependency(unguarded)) {
      const [first] = group;
      if (!first) continue;
      const made = first.origin.place;
      yield {
        place: made ? headOf(made) : first.callee,
        confidence: first.confidence,
        evidence: [...first.way.slice(-3), ...first.policy.breaker.evidence],
        related: [...group.map((site): Related => ({ ...site.callee, says: `${site.calleeText} calls ${dependencyName(site)}` })), ...wrapped(group)],
        anchor: `${dependencyName(first)} ${first.origin.name}`,
        symbol: made ? "" : first.symbol,
        data: dataOf(knowledge, group, first),
      };
    }
  },

  word: (data) => ({
    what: data.told === undefined ? `No circuit breaker around \`${data.callee.slice(0, 36)}\`` : `No circuit breaker between \`${cut(data.callee)}\` and ${cut(data.told)}`,
    why: `When ${data.told ?? "the other side"} is down, every request still waits for it, and the caller runs out of sockets and patience with it.`,
    instead: data.calls > 1 ? `Put one shared breaker around the ${data.calls} calls of this client.` : "Put one shared breaker around this call, with an answer for when it is open.",
  }),

  fixes: ({ fix }) => (fix === undefined ? [] : circuitBreakerFixes(fix)),
} satisfies Rule<MissingBreaker>;

/** A call whose address one of its ways tells is told with that address alone. */
function oncePerCall(sites: readonly Site[]): readonly Site[] {
  const key = ({ callee }: Site): string => `${callee.path}#${callee.at}`;
  const named = new Set(sites.filter((site) => toldDependency(site) !== undefined).map(key));
  return sites.filter((site) => toldDependency(site) !== undefined || !named.has(key(site)));
}

/** The library's own calls, where the dependency is called through a wrapper: there one breaker guards all. */
function wrapped(group: readonly Site[]): readonly Related[] {
  const places = new Map<string, Related>();
  for (const { raw, callee } of group) if (raw.path !== callee.path || raw.at !== callee.at) places.set(`${raw.path}#${raw.at}`, { ...raw, says: "the call that is made in the end" });
  for (const { configuredAt } of group) if (configuredAt) places.set(`${configuredAt.path}#${configuredAt.at}`, { ...configuredAt, end: Math.min(configuredAt.end, configuredAt.at + 24), says: "its options are put together here" });
  return [...places.values()];
}

function cut(text: string): string {
  return text.length > 22 ? `${text.slice(0, 21)}…` : text;
}

/** Start-up calls, jobs and scripts may fail and be run again. */
function onRequestPath(site: Site): boolean {
  return site.reached === "request" || site.reached === "message" || site.reached === "unknown";
}

/** A stream that lasts is no call to a dependency; one that has to end in time, such as a file that is passed on, is. */
function lastsOrProbes({ circumstances, policy }: Site): boolean {
  return circumstances.includes("probe") || (circumstances.includes("streams") && policy.deadline.is !== "known");
}

/** A proxy passes requests on for as long as it lives, one for each entry of a table too, whose addresses need not be known. */
function isProxy(knowledge: Knowledge, site: Site): boolean {
  return knowledge.program.library(site.library)?.category.includes("gateway") === true;
}

/** What makes the proxy puts something beside it that says of itself that it refuses: `[breakerGuard(breaker), createProxyMiddleware(…)]`. */
function refusesItself(knowledge: Knowledge, site: Site): boolean {
  return knowledge.program.callsNamed(site.in, /breaker|circuit/i);
}

/** Nobody here calls it, and which dependency it calls is for the caller to say. */
function isNobodys(site: Site): boolean {
  return site.reached === "unknown" && site.target[0]?.is === "parameter";
}

/** A process of its own machine, by a port that it was given at run time: a child or a development server. */
function isChild({ target: [first, second] }: Site): boolean {
  return first?.is === "known" && /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|\[::1\]):?$/.test(first.text) && (second === undefined || second.is !== "known");
}

function guardedByMesh(knowledge: Knowledge, site: Site): boolean {
  const hosts = [hostOf(site.target), ...givenHosts(knowledge, site)].flatMap((host) => host?.split(".")[0] ?? []);
  return hosts.some((host) => knowledge.meshGuarded.has(host));
}

/** Hosts that the manifests of the services that run the call give to the variable of its address. */
function givenHosts(knowledge: Knowledge, site: Site): readonly (string | undefined)[] {
  const [first] = site.target;
  if (first?.is !== "env") return [];
  return knowledge.serviceOf(site.place.path).map(({ environment }) => hostOf([{ is: "known", text: environment[first.name]?.value ?? "" }]));
}

/** One finding per client and dependency. */
function byDependency(sites: readonly Site[]): readonly (readonly Site[])[] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const { place } = site.origin;
    const client = place ? `${place.path}#${place.at}` : (site.origin.keptBy ?? site.place.path);
    const key = `${client} ${dependencyKey(site)}`;
    const list = groups.get(key);
    if (list) list.push(site);
    else groups.set(key, [site]);
  }
  return [...groups.values()];
}

/** The beginning of a factory call, not all of its options. */
function headOf(place: { path: string; at: number; end: number }): { path: string; at: number; end: number } {
  return { ...place, end: Math.min(place.end, place.at + 24) };
}

function dataOf(knowledge: Knowledge, group: readonly Site[], first: Site): MissingBreaker {
  const dependencies = knowledge.program.dependenciesOf(first.place.path);
  const libraries = (["opossum", "cockatiel"] as const).filter((name): name is BreakerLibrary => name in dependencies);
  const calls = group.map((site) => {
    const signal = knowledge.program.library(site.library)?.timeout?.options.some((o) => o.unit === "signal" && o.name === "signal" && o.at.includes("call")) === true;
    const own = site.raw.path === site.callee.path && site.raw.at === site.callee.at;
    return { path: site.place.path, call: { at: site.place.at, end: site.place.end }, returns: kindOf(site, own), ...(signal && own && site.facts.options !== undefined ? { signalArgument: site.facts.options } : {}) };
  });
  const isGuardable = group.every((site, index) => isAnswer(site) && (calls[index]?.returns !== "callback" || makesPromise(knowledge, site)));
  const fix = { dependency: dependencyName(first), calls, libraries };
  const told = group.map(toldDependency).find((name) => name !== undefined);
  return { dependency: dependencyName(first), ...(told === undefined ? {} : { told }), callee: first.origin.place ? first.origin.name : first.calleeText, calls: group.length, ...(isGuardable ? { fix } : {}) };
}

function kindOf({ facts: { returns } }: Site, own: boolean): GuardedCall["returns"] {
  if (returns === "observable") return "observable";
  return returns === "emitter" && own ? "callback" : "promise";
}

/** A proxy is made once, and makes its calls later: there is nothing to wrap in the place where it is made. */
function isAnswer({ facts: { returns }, raw, callee }: Site): boolean {
  return returns !== "value" || raw.path !== callee.path || raw.at !== callee.at;
}

/** The call stands in a function that `new Promise` may be given. */
function makesPromise(knowledge: Knowledge, { in: { path, id } }: Site): boolean {
  for (let at = knowledge.program.function({ path, id }); at !== undefined; at = knowledge.program.function({ path, id: at.parent })) {
    if (at.calls.includes("new Promise")) return true;
  }
  return false;
}
