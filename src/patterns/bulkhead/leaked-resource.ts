import type { Detection, Rule } from "../../model/finding.ts";
import type { Borrowed, Knowledge } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { type GiveBackData, giveBackFixes } from "./fix-give-back.ts";

export interface LeakedResource {
  /** `client` */
  readonly name: string;
  /** `release` */
  readonly method: string;
  readonly way: Borrowed["ways"][number];
  readonly fix: GiveBackData;
}

export default {
  id: "bulkhead/leaked-resource",
  severity: "error",
  title: "Taken from a pool and not given back",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<LeakedResource>> {
    for (const taken of knowledge.program.borrowed) {
      const [way] = taken.ways;
      const [method = "release"] = taken.giveBack;
      if (!way || !runsAsService(knowledge, taken.place.path)) continue;
      yield {
        place: taken.callee,
        confidence: "certain",
        evidence: [{ says: `${taken.name} is taken from the pool here`, place: taken.place }, ...taken.ways.map((each) => ({ says: SAYS[each] }))],
        related: [],
        anchor: `${taken.name} ${taken.giveBack.join(" ")}`,
        symbol: taken.symbol,
        data: { name: taken.name, method, way, fix: { path: taken.place.path, statement: { at: taken.statement.at, end: taken.statement.end }, name: taken.name, giveBack: taken.giveBack, isAsync: taken.isAsync } },
      };
    }
  },

  word: ({ name, method, way }) => ({
    what: WHAT[way](name.slice(0, 30)),
    why: "Each time, the pool has one less; when the last is gone, every caller waits for one that nobody will give back, until a restart.",
    instead: `Call \`${name}.${method}()\` in a \`finally\` around everything that uses it.`,
  }),

  fixes: ({ fix }) => giveBackFixes(fix),
} satisfies Rule<LeakedResource>;

const SAYS = {
  never: "and nothing in the function gives it back",
  failure: "when something fails before it is given back, it is kept",
  return: "the function returns with it",
  end: "on one way to the end of the function it is kept",
} as const satisfies Record<Borrowed["ways"][number], string>;

const WHAT = {
  never: (name) => `\`${name}\` is taken from a pool and never given back`,
  failure: (name) => `\`${name}\` is not given back to its pool when something fails`,
  return: (name) => `\`${name}\` is not given back to its pool on an early return`,
  end: (name) => `\`${name}\` is not given back to its pool on every way`,
} as const satisfies Record<Borrowed["ways"][number], (name: string) => string>;
