import type { Detection, Rule } from "../../model/finding.ts";
import type { Entry, Knowledge, Reached, Site } from "../../model/knowledge.ts";
import { dependencyName } from "../../model/targets.ts";
import { shortenFixes, type ShortenFixData } from "./fix-shorten.ts";
import { handlersFor } from "./handlers.ts";
import { seconds, type WorstCase, worstCase } from "./worst-case.ts";

export interface LongerThanCaller {
  readonly callee: string;
  readonly caller: string;
  /** `orders → payments → api.stripe.com` */
  readonly path: string;
  readonly sum: string;
  readonly worstMs: number;
  readonly deadlineMs: number;
  readonly fix: ShortenFixData | undefined;
}

export default {
  id: "timeout/longer-than-caller",
  severity: "warning",
  title: "The caller gives up before its callee does",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<LongerThanCaller>> {
    const worst = new Map<string, Pair>();
    for (const pair of pairs(knowledge)) {
      const known = worst.get(pair.reached.site.id);
      if (!known || pair.deadlineMs < known.deadlineMs) worst.set(pair.reached.site.id, pair);
    }
    for (const pair of worst.values()) yield detection(pair);
  },

  word: (data) => ({
    what: `\`${data.callee.slice(0, 24)}\` may take ${seconds(data.worstMs)}, and ${data.caller.slice(0, 20)} waits ${seconds(data.deadlineMs)}`,
    why: `${data.path}: ${data.sum}${data.sum === seconds(data.worstMs) ? "" : ` = ${seconds(data.worstMs)}`} against ${seconds(data.deadlineMs)}. The caller has gone, and perhaps asked again, while this still works for it.`,
    instead: "Make the inner limit, with all its attempts and waits, shorter than the outer one.",
  }),

  fixes: (data) => (data.fix ? shortenFixes(data.fix) : []),
} satisfies Rule<LongerThanCaller>;

interface Pair {
  readonly from: string;
  readonly through: string;
  readonly caller: Site;
  readonly deadlineMs: number;
  readonly entry: Entry;
  readonly reached: Reached;
  readonly worst: WorstCase;
}

/** Calls with a deadline between two services, each with the calls that the answering handler makes before it answers. */
function* pairs(knowledge: Knowledge): Iterable<Pair> {
  const siteById = new Map(knowledge.program.sites.map((site) => [site.id, site]));
  const serviceById = new Map(knowledge.model.services.map((service) => [service.id, service]));
  for (const edge of knowledge.model.edges) {
    const callee = serviceById.get(edge.to);
    const from = serviceById.get(edge.from);
    if (!callee || !from || (edge.kind !== "http" && edge.kind !== "grpc")) continue;
    for (const caller of edge.sites.flatMap((id) => siteById.get(id) ?? [])) {
      const { deadline } = caller.policy;
      if (deadline.is !== "known") continue;
      for (const entry of handlersFor(knowledge, caller, callee, edge.kind)) {
        const longest = longestOf(knowledge, entry, deadline.value);
        if (longest) yield { from: from.name, through: callee.name, caller, deadlineMs: deadline.value, entry, ...longest };
      }
    }
  }
}

function longestOf(knowledge: Knowledge, entry: Entry, deadlineMs: number): { readonly reached: Reached; readonly worst: WorstCase } | undefined {
  let longest: { readonly reached: Reached; readonly worst: WorstCase } | undefined;
  for (const reached of knowledge.program.reach(entry.function)) {
    const { site } = reached;
    if ((site.effect !== "request" && site.effect !== "sdk") || !site.awaited || reached.when === "on-failure") continue;
    const worst = worstCase(reached);
    if (worst && worst.ms > deadlineMs && worst.ms > (longest?.worst.ms ?? 0)) longest = { reached, worst };
  }
  return longest;
}

function detection({ from, through, caller, deadlineMs, entry, reached, worst }: Pair): Detection<LongerThanCaller> {
  const { site } = reached;
  const { deadline } = site.policy;
  const place = deadline.evidence[0]?.place;
  const times = deadline.is === "known" ? worst.ms / deadline.value : 1;
  // Four fifths of the caller's patience, for the handler has other things to do as well.
  const ms = Math.floor((deadlineMs * 0.8) / times / 50) * 50;
  return {
    place: site.callee,
    confidence: site.confidence === "likely" || caller.confidence === "likely" ? "likely" : "certain",
    evidence: [{ says: `${from} waits ${seconds(deadlineMs)}`, place: caller.callee }, { says: `${through} answers ${entry.title}`, place: entry.place }, { says: `which may take ${worst.sum}`, place: site.callee }],
    related: [{ ...caller.callee, says: `${from} gives up after ${seconds(deadlineMs)}` }, { ...entry.place, says: `${through} answers it here` }],
    anchor: `${site.calleeText} ${from}`,
    symbol: site.symbol,
    data: { callee: site.calleeText, caller: from, path: `${from} → ${through} → ${dependencyName(site)}`, sum: worst.sum, worstMs: worst.ms, deadlineMs, fix: place && deadline.is === "known" && ms >= 100 ? { path: place.path, limit: { at: place.at, end: place.end }, from: deadline.value, to: ms } : undefined },
  };
}
