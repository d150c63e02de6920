import type { Detection, Place, Related, Rule } from "../../model/finding.ts";
import type { Knowledge, Site } from "../../model/knowledge.ts";
import { dependencyName, toldDependency } from "../../model/targets.ts";
import { outboundRequests } from "../scope.ts";
import type { TimeoutFixData, TimeoutInstance, TimeoutMeans } from "./data.ts";
import { timeoutFixes } from "./fix.ts";

export interface MissingDeadline {
  /** `fetch`, `axios.post`, `this.http.get` */
  readonly callee: string;
  /** Absent where nothing tells what is called, or it differs from caller to caller. */
  readonly dependency?: string;
  /** What the library does with a silent peer, from the catalog. */
  readonly waits: "never" | "late";
  /** Other calls of the same client. */
  readonly others: number;
  readonly fix: TimeoutFixData;
}

export default {
  id: "timeout/missing",
  severity: "warning",
  title: "An outbound call can wait for ever",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<MissingDeadline>> {
    const requests = outboundRequests(knowledge).filter((site) => site.facts.returns !== "stream" && !site.circumstances.includes("streams"));
    const doubted = new Set(requests.filter((site) => site.policy.deadline.is !== "absent").map(callKey));
    const lacking = requests.filter((site) => site.policy.deadline.is === "absent" && !doubted.has(callKey(site)));
    for (const { sites, inside } of byClient(lacking, sharedCalls(requests))) {
      const [first, ...others] = sites;
      if (!first) continue;
      yield {
        place: inside ? first.raw : first.callee,
        confidence: first.confidence,
        evidence: [...first.way.slice(-3), ...first.policy.deadline.evidence],
        related: [...(inside ? sites.flatMap(caller) : [...others.map(related), ...wrapped(first)]), ...(first.origin.place ? [{ ...first.origin.place, says: "the client is made here" }] : [])],
        anchor: `${inside ? first.rawCall.text : first.calleeText} ${dependencyName(first)}`,
        symbol: inside ? first.rawCall.symbol : first.symbol,
        data: dataOf(knowledge, first, others, inside),
      };
    }
  },

  word: (data) => ({
    what: `No deadline on \`${short(data.callee)}\`${data.dependency === undefined ? "" : ` to ${short(data.dependency)}`}`,
    why: `If ${data.dependency ?? "the other side"} stops answering, this call ${data.waits === "never" ? "waits for ever" : "hangs for minutes"}, and whoever waits for it hangs too.`,
    instead: data.others > 0 ? `Give the shared client a deadline: ${data.others + 1} calls go through it.` : "Pass a deadline shorter than the one of whoever waits for this.",
  }),

  fixes: (data) => timeoutFixes(data.fix),
} satisfies Rule<MissingDeadline>;

function short(text: string): string {
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}

interface Group {
  readonly sites: readonly Site[];
  /** Told at the library's own call, inside the wrapper that all these calls go through. */
  readonly inside: boolean;
}

/** Calls of one client are one finding: one option mends them all. So are those of a wrapper none of whose callers gives a deadline. */
function byClient(lacking: readonly Site[], shared: ReadonlySet<string>): readonly Group[] {
  const groups = new Map<string, { sites: Site[]; inside: boolean }>();
  for (const site of lacking) {
    const { place, keptBy } = site.origin;
    const client = place ? `${place.path}#${place.at}` : same(site.raw, site.callee) ? (keptBy ?? fieldOf(site)) : undefined;
    const inside = client === undefined && shared.has(rawKey(site));
    const key = client ?? (inside ? rawKey(site) : site.id);
    const group = groups.get(key);
    if (group) group.sites.push(site);
    else groups.set(key, { sites: [site], inside });
  }
  return [...groups.values()];
}

/** Library calls that hardly ever get a deadline, whoever calls the function around them: the function is where to give it. */
function sharedCalls(requests: readonly Site[]): ReadonlySet<string> {
  const counts = new Map<string, { lacking: number; bounded: number }>();
  for (const site of requests) {
    const count = counts.get(rawKey(site)) ?? { lacking: 0, bounded: 0 };
    if (site.policy.deadline.is === "absent") count.lacking += 1;
    else count.bounded += 1;
    counts.set(rawKey(site), count);
  }
  return new Set([...counts].filter(([, { lacking, bounded }]) => bounded === 0 || (lacking >= FEW && lacking > bounded)).map(([key]) => key));
}

/** From so many callers on that give no deadline, it is the function's to give one, not each of theirs. */
const FEW = 3;

/** A call may stand for several, by what its client or options may be: where one of them is bounded, or not known, so is the call. */
function callKey(site: Site): string {
  return `${site.callee.path}#${site.callee.at}<${rawKey(site)}`;
}

function rawKey({ raw }: Site): string {
  return `${raw.path}#${raw.at}`;
}

/** A client that a class was given and keeps is one, though where it is made is out of sight. */
function fieldOf(site: Site): string | undefined {
  const field = /^this\.\w+(?=\.)/.exec(site.calleeText)?.[0];
  const owner = site.symbol.split(".")[0];
  return field === undefined || owner === undefined ? undefined : `${site.place.path}#${owner}.${field}`;
}

function same(a: Place, b: Place): boolean {
  return a.path === b.path && a.at === b.at;
}

function related(site: Site): Related {
  return { ...site.callee, says: `${site.calleeText} goes through the same client` };
}

function caller(site: Site): readonly Related[] {
  return same(site.raw, site.callee) ? [] : [{ ...site.callee, says: `${site.calleeText} ends up here` }];
}

function wrapped(site: Site): readonly Related[] {
  return same(site.raw, site.callee) ? [] : [{ ...site.raw, says: "the call that is made in the end" }];
}

function dataOf(knowledge: Knowledge, site: Site, others: readonly Site[], inside: boolean): MissingDeadline {
  const library = knowledge.program.library(site.library);
  const instance = instanceOf(knowledge, site);
  const dependency = toldDependency(site);
  const call = inside ? site.rawCall : site.place;
  return {
    callee: inside ? site.rawCall.text : site.calleeText,
    ...(dependency !== undefined && others.every((other) => toldDependency(other) === dependency) ? { dependency } : {}),
    waits: library?.timeout?.byDefault === "late" ? "late" : "never",
    others: inside ? 0 : others.length,
    fix: { path: call.path, call: { at: call.at, end: call.end }, means: meansOf(knowledge, site, inside), ...(instance ? { instance } : {}) },
  };
}

/** The nearest way to give this client's call a deadline. */
function meansOf(knowledge: Knowledge, site: Site, inside: boolean): TimeoutMeans {
  if (!inside && !same(site.raw, site.callee)) return { by: "wrapper" };
  const options = knowledge.program.library(site.library)?.timeout?.options ?? [];
  const argument = site.facts.options;
  if (site.facts.returns === "observable") return { by: "operator" };
  const atCall = options.filter((o) => o.at.includes("call") && (o.covers === "total" || o.covers === "response"));
  const duration = atCall.find((o) => o.unit === "ms" || o.unit === "s");
  const signal = atCall.find((o) => o.unit === "signal");
  const date = atCall.find((o) => o.unit === "date");
  if (date) return { by: "deadline" };
  if (site.facts.returns === "emitter" && !duration) return { by: "socket" };
  if (argument === undefined) return { by: "wrapper" };
  if (duration && (duration.unit === "ms" || duration.unit === "s")) return { by: "option", argument, name: duration.name, unit: duration.unit };
  return signal ? { by: "signal", argument, name: signal.name } : { by: "wrapper" };
}

function instanceOf(knowledge: Knowledge, site: Site): TimeoutInstance | undefined {
  const { place, options } = site.origin;
  if (!place || options === undefined) return undefined;
  const option = knowledge.program.library(site.origin.library)?.timeout?.options.find((o) => o.at.includes("instance") && (o.unit === "ms" || o.unit === "s") && (o.covers === "total" || o.covers === "response"));
  if (!option || (option.unit !== "ms" && option.unit !== "s")) return undefined;
  return { path: place.path, make: { at: place.at, end: place.end }, argument: options, name: option.name, unit: option.unit, client: site.origin.name.replace(/^this\./, "") };
}
