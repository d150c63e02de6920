import type { Detection, Rule } from "../../model/finding.ts";
import type { Attempt, Knowledge, UnseenFailure } from "../../model/knowledge.ts";
import { attempts, repeaterName, short } from "./attempts.ts";
import { unseenFixes, type UnseenFixData } from "./fix-unseen.ts";

export interface VainRetry {
  readonly by: string;
  readonly why: UnseenFailure["why"];
  readonly hides: string;
  readonly fix: UnseenFixData;
}

export default {
  id: "retry/never-sees-failure",
  severity: "warning",
  title: "The retry never sees a failure",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<VainRetry>> {
    for (const a of attempts(knowledge)) if (a.unseen) yield detection(a, a.unseen);
  },

  word: (data) => ({
    what: WHAT[data.why](short(data.by, 24), short(data.hides, 24)),
    why: WHY[data.why],
    instead: INSTEAD[data.why],
  }),

  fixes: (data) => unseenFixes(data.fix),
} satisfies Rule<VainRetry>;

const WHAT = {
  caught: (by, hides) => `\`${by}\` never repeats: \`${hides}\` keeps its errors to itself`,
  answer: (by, hides) => `\`${by}\` takes a 503 of \`${hides}\` for success`,
  started: (by, hides) => `\`${by}\` waits for one \`${hides}\` again and again`,
} as const satisfies Record<UnseenFailure["why"], (by: string, hides: string) => string>;

const WHY = {
  caught: "The repeated function catches what goes wrong and returns normally, so the first attempt always counts as success and no second one is made.",
  answer: "It resolves whatever the status is, so an overloaded or broken server is never asked again: only a lost connection is.",
  started: "The work began before the first attempt: every attempt gets the same promise, and the same failure.",
} as const satisfies Record<UnseenFailure["why"], string>;

const INSTEAD = {
  caught: "Let the failure out of the attempt, and decide on the fallback when all attempts have failed.",
  answer: "Throw inside the attempt when the status says that another try may help.",
  started: "Hand over a function that starts the work.",
} as const satisfies Record<UnseenFailure["why"], string>;

function detection(a: Attempt, unseen: UnseenFailure): Detection<VainRetry> {
  const by = repeaterName(a);
  const name = unseen.why === "caught" && unseen.by === by ? "the function" : unseen.by;
  return {
    place: a.head,
    confidence: "certain",
    evidence: [{ says: `${by} repeats what fails`, place: a.head }, { says: REASON[unseen.why], place: unseen.place }],
    related: [{ ...unseen.place, says: REASON[unseen.why] }],
    anchor: `${unseen.why} ${unseen.by}`,
    symbol: a.symbol,
    data: { by, why: unseen.why, hides: name, fix: { why: unseen.why, path: unseen.place.path, place: { at: unseen.place.at, end: unseen.place.end }, isLoop: a.own } },
  };
}

const REASON = {
  caught: "the failure ends here, and the attempt counts as success",
  answer: "an answer with an error status is no error here",
  started: "the work begins here, once",
} as const satisfies Record<UnseenFailure["why"], string>;
