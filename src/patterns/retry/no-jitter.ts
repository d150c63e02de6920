import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge } from "../../model/knowledge.ts";
import { retryFixes } from "./fix.ts";
import { detection, type Repeated, repetitions } from "./repeated.ts";

export default {
  id: "retry/no-jitter",
  severity: "information",
  title: "Clients that failed together come back together",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<Repeated>> {
    for (const r of repetitions(knowledge)) {
      const { wait, jitter, attempts } = r.policy;
      if (wait !== "growing" || jitter !== "no" || (typeof attempts === "number" && attempts <= 2) || knowledge.program.isReplayed(r.place.path)) continue;
      const found = detection(r, ["jitter"]);
      // Without the expression of the wait there is nothing that a fix could change.
      yield r.by !== "library" && r.delay === undefined ? { ...found, data: { ...found.data, fix: undefined } } : found;
    }
  },

  word: (data) => ({
    what: `\`${data.what.slice(0, 32)}\` waits the same growing time in every client`,
    why: "Clients that failed at the same moment come back at the same moment: the load arrives in waves, each as high as the first.",
    instead: "Draw the wait at random between zero and its bound.",
  }),

  fixes: (data) => (data.fix ? retryFixes(data.fix) : []),
} satisfies Rule<Repeated>;
