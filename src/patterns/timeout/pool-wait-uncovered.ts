import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge, OpenPool } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { poolFixes, type PoolFixData } from "./fix-pool.ts";

export interface UncoveredPool {
  readonly name: string;
  readonly has: string;
  readonly lacks: string | undefined;
  readonly fix: PoolFixData | undefined;
}

export default {
  id: "timeout/pool-wait-uncovered",
  severity: "information",
  title: "Waiting for a connection has no limit",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<UncoveredPool>> {
    for (const pool of knowledge.program.openPools) if (runsAsService(knowledge, pool.place.path)) yield detection(pool);
  },

  word: (data) => ({
    what: `\`${data.has}\` does not cover the wait for a connection of \`${data.name.slice(0, 20)}\``,
    why: "The limit starts once a connection was had. When slow statements hold all of them, everyone else waits in line without an end.",
    instead: data.lacks === undefined ? "Bound the wait around the call." : `Set \`${data.lacks}\` as well.`,
  }),

  fixes: (data) => (data.fix ? poolFixes(data.fix) : []),
} satisfies Rule<UncoveredPool>;

function detection(pool: OpenPool): Detection<UncoveredPool> {
  return {
    place: pool.head,
    confidence: "certain",
    evidence: [{ says: `${pool.has} bounds a statement`, place: pool.place }, { says: `${pool.library} waits for a free connection as long as it takes`, place: pool.head }],
    related: pool.sites.slice(0, 4).map((site) => ({ ...site.callee, says: `${site.calleeText} may wait here` })),
    anchor: pool.library,
    symbol: pool.symbol,
    data: { name: pool.name.replace(/^this\./, ""), has: pool.has, lacks: pool.lacks, fix: pool.lacks === undefined ? undefined : { path: pool.place.path, make: { at: pool.place.at, end: pool.place.end }, argument: pool.options, option: pool.lacks } },
  };
}
