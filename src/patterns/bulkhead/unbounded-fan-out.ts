import type { Detection, Rule, Wording } from "../../model/finding.ts";
import type { FanOut, Knowledge, Reached } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import type { FanOutFixData, InOrderFixData } from "./data.ts";
import { fixOf, inOrderOf, workOf } from "./fix-data.ts";
import { inOrderFixes } from "./fix-in-order.ts";
import { fanOutFixes } from "./fix.ts";

export interface UnboundedFanOut {
  /** Name of the collection; empty where it has none. */
  readonly over: string;
  /** `this.http.get` */
  readonly callee: string;
  /** All of it are queries on the one connection of a transaction. */
  readonly isQueued: boolean;
  /** Absent where the promises are made in a way that a limiter cannot be put around. */
  readonly fix?: FanOutFixData;
  /** For queries in a transaction that are made by an expression in the call itself. */
  readonly inOrder?: InOrderFixData;
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
      const calls = callsOf(fan);
      const [first] = calls;
      if (!first || !calls.every(isFree) || (fan.run && knowledge.program.callsNamed(fan.run, /^acquire$/))) continue;
      // One list that a function goes through twice is one matter.
      const list = fan.evidence[0]?.place;
      const key = list === undefined ? undefined : `${fan.in.path}#${fan.in.id} ${list.path}#${list.at}`;
      if (key !== undefined && told.size === told.add(key).size) continue;
      const isQueued = isOnTransaction(fan, first);
      yield {
        place: fan.head,
        ...(isQueued ? { severity: "information" as const } : {}),
        confidence: first.site.confidence,
        evidence: [...fan.evidence, ...first.path.slice(0, 3).map((place) => ({ says: "on the way to the call", place })), { says: `${first.site.calleeText} is called for each item`, place: first.site.callee }],
        related: calls.slice(0, 4).map(({ site }) => ({ ...site.callee, says: `${site.calleeText} is called for each item` })),
        anchor: `${fan.over} ${first.site.calleeText}`,
        symbol: fan.symbol,
        data: { over: fan.over, callee: first.site.calleeText, isQueued, ...(isQueued ? inOrderOf(fan) : fixOf(knowledge, fan, workOf(knowledge, fan, first))) },
      };
    }
  },

  word: (data) => (data.isQueued ? inTransaction(data) : atOnce(data)),

  fixes: ({ fix, inOrder }) => [...(fix === undefined ? [] : fanOutFixes(fix)), ...(inOrder === undefined ? [] : inOrderFixes(inOrder))],
} satisfies Rule<UnboundedFanOut>;

function atOnce(data: UnboundedFanOut): Wording {
  return {
    what: `\`${tail(data.callee)}\` runs for every item${data.over === "" ? "" : ` of \`${cut(data.over)}\``} at once`,
    why: "How many that is nobody here decides: a long list takes every socket and every pooled connection, and everyone else waits.",
    instead: "Bound how many run at once with a limiter, work in chunks, or ask for all items in one call.",
  };
}

function inTransaction(data: UnboundedFanOut): Wording {
  return {
    what: `\`${tail(data.callee)}\` runs in a transaction for ${data.over === "" ? "each item" : `each of \`${cut(data.over, 16)}\``}`,
    why: "Its one connection takes them one after the other: a long list holds connection and locks for as long, and when one fails the rest goes on beside the rollback.",
    instead: "Limit the length of the list, change all items in one statement, or await one item after the other.",
  };
}

/** A list that the code itself reads in a transaction is its own matter; one that came from outside makes the transaction as long as it likes. */
function callsOf(fan: FanOut): readonly Reached[] {
  const all = fan.runs.filter(leaves).sort(byWeight);
  const elsewhere = all.filter((one) => !isOnTransaction(fan, one));
  if (elsewhere.length > 0) return elsewhere;
  return fan.byCaller ? all : [];
}

function isOnTransaction(fan: FanOut, { site }: Reached): boolean {
  return fan.inTransaction === true && site.effect === "query";
}

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

/** Of a long chain its end, which says what is done. */
function tail(callee: string): string {
  const parts = callee.split(".");
  while (parts.length > 1 && parts.join(".").length > 24) parts.shift();
  return cut(parts.join("."));
}

function cut(text: string, most = 24): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
