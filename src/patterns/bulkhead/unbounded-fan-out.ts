import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge, Reached } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import type { FanOutFixData } from "./data.ts";
import { fixOf, workOf } from "./fix-data.ts";
import { fanOutFixes } from "./fix.ts";

export interface UnboundedFanOut {
  /** Name of the collection; empty where it has none. */
  readonly over: string;
  /** `this.http.get` */
  readonly callee: string;
  /** Absent where the promises are made in a way that a limiter cannot be put around. */
  readonly fix?: FanOutFixData;
}

export default {
  id: "bulkhead/unbounded-fan-out",
  severity: "warning",
  title: "A call for every item, all at once",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<UnboundedFanOut>> {
    const told = new Set<string>();
    for (const fan of knowledge.program.fanOuts) {
      if (fan.size !== "unbounded" || !runsAsService(knowledge, fan.place.path) || /\.[jt]sx$/.test(fan.place.path)) continue;
      const calls = fan.runs.filter((one) => leaves(one) && !(fan.inTransaction && one.site.effect === "query")).sort(byWeight);
      const [first] = calls;
      if (!first || !calls.every(isFree) || (fan.run && knowledge.program.callsNamed(fan.run, /^acquire$/))) continue;
      // One list that a function goes through twice is one matter.
      const list = fan.evidence[0]?.place;
      const key = list === undefined ? undefined : `${fan.in.path}#${fan.in.id} ${list.path}#${list.at}`;
      if (key !== undefined && told.size === told.add(key).size) continue;
      yield {
        place: fan.head,
        confidence: first.site.confidence,
        evidence: [...fan.evidence, ...first.path.slice(0, 3).map((place) => ({ says: "on the way to the call", place })), { says: `${first.site.calleeText} is called for each item`, place: first.site.callee }],
        related: calls.slice(0, 4).map(({ site }) => ({ ...site.callee, says: `${site.calleeText} is called for each item` })),
        anchor: `${fan.over} ${first.site.calleeText}`,
        symbol: fan.symbol,
        data: { over: fan.over, callee: first.site.calleeText, ...fixOf(knowledge, fan, workOf(knowledge, fan, first)) },
      };
    }
  },

  word: (data) => ({
    what: `\`${cut(data.callee)}\` runs for every item${data.over === "" ? "" : ` of \`${cut(data.over)}\``} at once`,
    why: "How many that is nobody here decides: a long list takes every socket and every pooled connection, and everyone else waits.",
    instead: "Bound how many run at once with a limiter, work in chunks, or ask for all items in one call.",
  }),

  fixes: ({ fix }) => (fix === undefined ? [] : fanOutFixes(fix)),
} satisfies Rule<UnboundedFanOut>;

const LEAVES: ReadonlySet<string> = new Set(["request", "query", "sdk", "publish"]);

function leaves({ site, when }: Reached): boolean {
  return LEAVES.has(site.effect) && (when === "always" || when === "sometimes");
}

/** What leaves for elsewhere says more of what is at stake than a look into one's own database, and what always runs more than what may. */
function byWeight(a: Reached, b: Reached): number {
  return Number(a.site.effect === "query") - Number(b.site.effect === "query") || Number(a.when === "sometimes") - Number(b.when === "sometimes") || a.path.length - b.path.length;
}

/** Neither behind a limiter, nor on the one connection of a transaction. */
function isFree({ layers }: Reached): boolean {
  return !layers.some((layer) => layer.kind === "bulkhead" || layer.kind === "transaction");
}

function cut(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
