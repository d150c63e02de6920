import type { Detection, Rule } from "../../model/finding.ts";
import type { Attempt, Knowledge, Leftover } from "../../model/knowledge.ts";
import { attempts, repeaterName, short } from "./attempts.ts";
import { stateFixes, type StateFixData } from "./fix-state.ts";

export interface StaleState {
  readonly name: string;
  readonly kind: Leftover["kind"];
  readonly by: string;
  readonly fix: StateFixData | undefined;
}

export default {
  id: "retry/state-not-reset",
  severity: "warning",
  title: "An attempt begins with what the last one left",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<StaleState>> {
    for (const a of attempts(knowledge)) for (const left of a.leftovers) yield detection(a, left);
  },

  word: (data) => ({
    what: WHAT[data.kind](short(data.name, 24), short(data.by, 20)),
    why: WHY[data.kind],
    instead: INSTEAD[data.kind],
  }),

  fixes: (data) => (data.fix ? stateFixes(data.fix) : []),
} satisfies Rule<StaleState>;

const WHAT = {
  stream: (name, by) => `\`${name}\` is read by the first attempt of \`${by}\``,
  list: (name, by) => `\`${name}\` keeps what a failed attempt of \`${by}\` put in`,
  transaction: (name, by) => `\`${name}\` was opened before the attempts of \`${by}\``,
} as const satisfies Record<Leftover["kind"], (name: string, by: string) => string>;

const WHY = {
  stream: "A stream can be read once: the second attempt sends nothing, or half, and may well be answered with success.",
  list: "An attempt that fails halfway has filled it in part, and the next one begins again: items come out twice.",
  transaction: "After a failed statement the transaction is aborted, so every further attempt in it fails as well.",
} as const satisfies Record<Leftover["kind"], string>;

const INSTEAD = {
  stream: "Open the stream inside the attempt.",
  list: "Begin with an empty list inside the attempt.",
  transaction: "Begin the transaction inside the attempt, and roll it back when the attempt fails.",
} as const satisfies Record<Leftover["kind"], string>;

function detection(a: Attempt, left: Leftover): Detection<StaleState> {
  const by = repeaterName(a);
  return {
    place: left.used,
    confidence: "certain",
    evidence: [{ says: `${left.name} is made before the first attempt`, place: left.made }, { says: `${by} repeats what uses it`, place: a.head }, { says: "each attempt uses the same one", place: left.used }],
    related: [{ ...left.made, says: `${left.name} is made here, once` }, { ...a.head, says: "the attempts are made here" }],
    anchor: `${left.kind} ${left.name}`,
    symbol: a.symbol,
    data: { name: left.name, kind: left.kind, by, fix: left.kind === "transaction" || left.made.path !== a.body.path ? undefined : { kind: left.kind, path: a.body.path, name: left.name, made: { at: left.made.at, end: left.made.end }, body: { at: a.body.at, end: a.body.end } } },
  };
}
