import type { Detection, Rule } from "../../model/finding.ts";
import type { Attempt, Heedless, Knowledge } from "../../model/knowledge.ts";
import { attempts, repeaterName, short } from "./attempts.ts";
import { type CancelFixData, cancelFixes } from "./fix-cancel.ts";

export interface HeedlessRetry {
  readonly by: string;
  readonly name: string;
  readonly kind: Heedless["kind"];
  readonly fix: CancelFixData;
}

export default {
  id: "retry/after-cancel",
  severity: "information",
  title: "The attempts go on after they were cancelled",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<HeedlessRetry>> {
    for (const a of attempts(knowledge)) if (a.heedless) yield detection(a, a.heedless);
  },

  word: (data) => ({
    what: `\`${short(data.by)}\` goes on after \`${short(data.name, 24)}\` ${data.kind === "signal" ? "was aborted" : "says stop"}`,
    why: data.kind === "signal" ? "A cancelled attempt counts as one that failed: the loop waits and tries again, for a caller that has long gone." : "On shutdown the loop keeps the process alive, and uses what is being closed under it.",
    instead: data.kind === "signal" ? "Leave the loop when the signal is aborted." : `Look at \`${data.name}\` before each attempt.`,
  }),

  fixes: (data) => cancelFixes(data.fix),
} satisfies Rule<HeedlessRetry>;

function detection(a: Attempt, heedless: Heedless): Detection<HeedlessRetry> {
  const by = repeaterName(a);
  const says = heedless.kind === "signal" ? "the attempt gets the signal here" : "the stop is told here";
  return {
    place: a.head,
    confidence: "certain",
    evidence: [{ says, place: heedless.place }, { says: "the loop does not ask for it", place: a.head }],
    related: [{ ...heedless.place, says }],
    anchor: `${heedless.kind} ${heedless.name}`,
    symbol: a.symbol,
    data: { by, name: heedless.name, kind: heedless.kind, fix: { kind: heedless.kind, path: a.place.path, loop: { at: a.place.at, end: a.place.end }, name: heedless.name } },
  };
}
