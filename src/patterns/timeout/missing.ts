import type { Detection, Place, Related, Rule } from "../../model/finding.ts";
import type { Knowledge, Site } from "../../model/knowledge.ts";
import { dependencyName } from "../../model/targets.ts";
import { outboundRequests } from "../scope.ts";
import type { TimeoutFixData, TimeoutInstance, TimeoutMeans } from "./data.ts";
import { timeoutFixes } from "./fix.ts";

export interface MissingDeadline {
  /** `fetch`, `axios.post`, `this.http.get` */
  readonly callee: string;
  readonly dependency: string;
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
    const lacking = outboundRequests(knowledge).filter((site) => site.policy.deadline.is === "absent" && site.facts.returns !== "stream");
    for (const group of byClient(lacking)) {
      const [first, ...others] = group;
      if (!first) continue;
      yield {
        place: first.callee,
        confidence: first.confidence,
        evidence: [...first.way.slice(-3), ...first.policy.deadline.evidence],
        related: [...others.map(related), ...wrapped(first), ...(first.origin.place ? [{ ...first.origin.place, says: "the client is made here" }] : [])],
        anchor: `${first.calleeText} ${dependencyName(first)}`,
        symbol: first.symbol,
        data: dataOf(knowledge, first, others.length),
      };
    }
  },

  word: (data) => ({
    what: `No deadline on \`${short(data.callee)}\` to ${short(data.dependency)}`,
    why: data.waits === "never" ? `If ${data.dependency} stops answering, this call waits for ever, and whoever waits for it hangs too.` : `If ${data.dependency} stops answering, this call hangs for minutes, and whoever waits for it hangs too.`,
    instead: data.others > 0 ? `Give the shared client a deadline: ${data.others + 1} calls go through it.` : "Pass a deadline shorter than the one of whoever waits for this.",
  }),

  fixes: (data) => timeoutFixes(data.fix),
} satisfies Rule<MissingDeadline>;

function short(text: string): string {
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}

/** Calls of a client that was made somewhere are one finding: one option mends them all. Calls of a library's own default stand alone. */
function byClient(sites: readonly Site[]): readonly (readonly Site[])[] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const { place } = site.origin;
    const held = place ? undefined : fieldOf(site);
    const key = place ? `${place.path}#${place.at}` : held !== undefined ? held : site.raw === site.callee || same(site.raw, site.callee) ? site.id : `${site.raw.path}#${site.raw.at}>${site.place.path}#${site.place.at}`;
    const list = groups.get(key);
    if (list) list.push(site);
    else groups.set(key, [site]);
  }
  return [...groups.values()];
}

/** A client that a class was given and keeps is one, though where it is made is out of sight. */
function fieldOf(site: Site): string | undefined {
  const field = /^this\.\w+(?=\.)/.exec(site.calleeText)?.[0];
  const owner = site.symbol.split(".")[0];
  return field === undefined || owner === undefined || !same(site.raw, site.callee) ? undefined : `${site.place.path}#${owner}.${field}`;
}

function same(a: Place, b: Place): boolean {
  return a.path === b.path && a.at === b.at;
}

function related(site: Site): Related {
  return { ...site.callee, says: `${site.calleeText} goes through the same client` };
}

function wrapped(site: Site): readonly Related[] {
  return same(site.raw, site.callee) ? [] : [{ ...site.raw, says: "the call that is made in the end" }];
}

function dataOf(knowledge: Knowledge, site: Site, others: number): MissingDeadline {
  const library = knowledge.program.library(site.library);
  const instance = instanceOf(knowledge, site);
  return {
    callee: site.calleeText,
    dependency: dependencyName(site),
    waits: library?.timeout?.byDefault === "late" ? "late" : "never",
    others,
    fix: { path: site.place.path, call: { at: site.place.at, end: site.place.end }, means: meansOf(knowledge, site), ...(instance ? { instance } : {}) },
  };
}

/** The nearest way to give this client's call a deadline. */
function meansOf(knowledge: Knowledge, site: Site): TimeoutMeans {
  if (!same(site.raw, site.callee)) return { by: "wrapper" };
  const options = knowledge.program.library(site.library)?.timeout?.options ?? [];
  const argument = site.facts.options;
  if (site.facts.returns === "observable") return { by: "operator" };
  if (site.facts.returns === "emitter") return { by: "socket" };
  const atCall = options.filter((o) => o.at.includes("call") && (o.covers === "total" || o.covers === "response"));
  const duration = atCall.find((o) => o.unit === "ms" || o.unit === "s");
  const signal = atCall.find((o) => o.unit === "signal");
  const date = atCall.find((o) => o.unit === "date");
  if (date) return { by: "deadline", argument: argument ?? 1 };
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
