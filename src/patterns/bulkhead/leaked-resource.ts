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
  readonly of: Borrowed["of"];
  /** Absent where no edit in one place mends it. */
  readonly fix?: GiveBackData;
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
        confidence: taken.confidence,
        evidence: [{ says: `${taken.name} is ${TAKEN[taken.of]} here`, place: taken.place }, ...taken.ways.map((each) => ({ says: SAYS[each], ...(each === "open" && taken.early ? { place: taken.early } : {}) }))],
        related: taken.early ? [{ ...taken.early, says: "it goes back to the pool in the middle of a transaction" }] : [],
        anchor: `${taken.name} ${taken.giveBack.join(" ")}`,
        symbol: taken.symbol,
        data: { name: taken.name, method, way, of: taken.of, ...fixOf(taken) },
      };
    }
  },

  word: ({ name, method, way, of }) => (way === "open" ? openWords(name, method) : { what: `\`${name.slice(0, 20)}\` ${WHAT[of]} ${WHEN[way]}`, why: WHY[of], instead: INSTEAD[of](name, method) }),

  fixes: ({ fix }) => (fix ? giveBackFixes(fix) : []),
} satisfies Rule<LeakedResource>;

function fixOf(taken: Borrowed): { fix?: GiveBackData } {
  if (taken.isRolledBack) return {};
  const { path, at, end } = taken.statement;
  const shape = taken.early ? ({ by: "earlier", before: { at: taken.early.at, end: taken.early.end }, undo: taken.early.undo } as const) : { by: taken.of === "transaction" ? ("catch" as const) : taken.isFilledLater ? ("try" as const) : ("finally" as const) };
  return { fix: { path, statement: { at, end }, name: taken.name, giveBack: taken.giveBack, isAsync: taken.isAsync, shape } };
}

type Of = Borrowed["of"];

const TAKEN = { connection: "taken from the pool", transaction: "begun", page: "opened" } as const satisfies Record<Of, string>;

const SAYS = {
  never: "and nothing in the function gives it back",
  failure: "when something fails before it is given back, it is kept",
  return: "the function returns with it",
  end: "on one way to the end of the function it is kept",
  open: "it is given back here, and its transaction is still open",
} as const satisfies Record<Borrowed["ways"][number], string>;

const WHAT = {
  connection: "is not given back to its pool",
  transaction: "is neither committed nor rolled back",
  page: "is not closed",
} as const satisfies Record<Of, string>;

const WHEN = {
  never: "at all",
  failure: "when something fails",
  return: "on an early return",
  end: "on every way",
} as const satisfies Record<Exclude<Borrowed["ways"][number], "open">, string>;

const WHY = {
  connection: "Each time, the pool has one less; when the last is gone, every caller waits for one that nobody will give back, until a restart.",
  transaction: "It holds its locks and one connection of the pool until the process ends; when the last connection is held so, every caller waits.",
  page: "Each one that stays open holds memory of the browser until a restart; the failing page is opened again and again.",
} as const satisfies Record<Of, string>;

const INSTEAD = {
  connection: (name, method) => `Call \`${name}.${method}()\` in a \`finally\` around everything that uses it.`,
  transaction: (name) => `Roll \`${name}\` back in a \`catch\` around everything that uses it, or hand the work to the library as a function.`,
  page: (name, method) => `Call \`${name}.${method}()\` in a \`finally\` around everything that uses it.`,
} as const satisfies Record<Of, (name: string, method: string) => string>;

function openWords(name: string, method: string): { what: string; why: string; instead: string } {
  return {
    what: `\`${name.slice(0, 20)}\` goes back to its pool with an open transaction`,
    why: "Whoever gets this connection next works in a transaction that nobody commits, and its locks stay held meanwhile.",
    instead: `Commit or roll back before \`${name}.${method}()\`, on this way as on the others.`,
  };
}
