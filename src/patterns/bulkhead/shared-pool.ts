import type { Detection, Place, Related, Rule } from "../../model/finding.ts";
import type { FanOut, Knowledge, Site } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import type { FanOutFixData } from "./data.ts";
import { fanOutFixes } from "./fix.ts";
import { fixOf, workOf } from "./fix-data.ts";

export interface SharedPool {
  /** `pool` */
  readonly pool: string;
  /** What the bulk work calls. */
  readonly callee: string;
  readonly fix?: FanOutFixData;
}

export default {
  id: "bulkhead/shared-pool",
  severity: "information",
  title: "Bulk work drains the pool that requests need",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<SharedPool>> {
    const critical = askedByRequests(knowledge);
    for (const fan of knowledge.program.fanOuts) {
      if (!isBulk(knowledge, fan)) continue;
      const drained = fan.runs.find(({ site, layers, when }) => poolOf(knowledge, site) !== undefined && when !== "on-failure" && !layers.some(({ kind }) => kind === "bulkhead" || kind === "transaction"));
      const pool = drained && poolOf(knowledge, drained.site);
      const waits = pool === undefined ? undefined : critical.get(pool);
      if (!drained || !waits) continue;
      const made = drained.site.origin.place;
      yield {
        place: fan.head,
        confidence: drained.site.confidence,
        evidence: [...fan.evidence, { says: `${drained.site.calleeText} is called for each item, out of a job`, place: drained.site.callee }, ...(made ? [{ says: "through this pool", place: made }] : []), { says: `which ${waits.calleeText} needs to answer a request`, place: waits.callee }],
        related: [related(drained.site.callee, "takes a connection for each item"), related(waits.callee, "waits for one, with a caller behind it")],
        anchor: `${fan.over} ${drained.site.calleeText}`,
        symbol: fan.symbol,
        data: { pool: drained.site.origin.name, callee: drained.site.calleeText, ...fixOf(knowledge, fan, workOf(knowledge, fan, drained)) },
      };
    }
  },

  word: ({ callee, pool }) => ({
    what: `A job drains \`${pool.slice(0, 24)}\`, which requests need as well`,
    why: `While it runs, \`${callee}\` takes every connection there is, and requests wait behind the whole list.`,
    instead: "Bound how many of its calls run at once, below the size of the pool, or give the job a small pool of its own.",
  }),

  fixes: ({ fix }) => (fix === undefined ? [] : fanOutFixes(fix)),
} satisfies Rule<SharedPool>;

/** Work on a list of any length that nobody waits for: out of a schedule or a message. */
function isBulk(knowledge: Knowledge, { size, reached, place, inTransaction }: FanOut): boolean {
  return size === "unbounded" && !inTransaction && reached.length > 0 && reached.every((by) => by === "schedule" || by === "message") && runsAsService(knowledge, place.path);
}

/** For each pool, a call that a request waits for. */
function askedByRequests(knowledge: Knowledge): ReadonlyMap<string, Site> {
  const byPool = new Map<string, Site>();
  for (const site of knowledge.program.sites) {
    const pool = site.reached === "request" ? poolOf(knowledge, site) : undefined;
    if (pool !== undefined && !byPool.has(pool)) byPool.set(pool, site);
  }
  return byPool;
}

/** The client that a query goes through; where a container makes it, the service's one client of that library. */
function poolOf(knowledge: Knowledge, { effect, origin, library, place }: Site): string | undefined {
  if (effect !== "query") return undefined;
  if (origin.place && !origin.injectedInto) return `${origin.place.path}#${origin.place.at}`;
  const [service] = knowledge.serviceOf(place.path);
  return service === undefined ? undefined : `${service.id} ${library}`;
}

function related(place: Place, says: string): Related {
  return { ...place, says };
}
