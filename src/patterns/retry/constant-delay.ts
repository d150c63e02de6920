import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge, Repetition } from "../../model/knowledge.ts";
import { retryFixes } from "./fix.ts";
import { detection, type Repeated, repetitions } from "./repeated.ts";

export default {
  id: "retry/constant-delay",
  severity: "warning",
  title: "Every attempt waits the same time",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<Repeated>> {
    for (const r of repetitions(knowledge)) {
      const { wait, attempts, jitter } = r.policy;
      // A wait by chance out of a range is none of the same time.
      if (wait !== "constant" || jitter === "yes" || (typeof attempts === "number" && attempts <= 2) || waitsForLock(r)) continue;
      // A long pause between the rounds of an engine is how it is told to poll.
      if (r.tasks !== undefined && (r.policy.baseMs ?? 0) >= 30_000) continue;
      const found = detection(r, ["growth", ...(jitter === "no" ? (["jitter"] as const) : [])]);
      yield r.startup ? { ...found, severity: "information" } : found;
    }
  },

  word: (data) => ({
    what: `\`${data.what.slice(0, 32)}\` waits ${data.waitMs === undefined ? "the same time" : `${data.waitMs} ms`} before every attempt`,
    why: "An outage outlasts a wait that never grows, and callers that failed together come back together.",
    instead: "Let the wait grow from attempt to attempt, with full jitter and a cap.",
  }),

  fixes: (data) => (data.fix ? retryFixes(data.fix) : []),
} satisfies Rule<Repeated>;

/** Somebody else holds it, and is well. */
function waitsForLock({ repeats }: Repetition): boolean {
  return repeats.length > 0 && repeats.every(({ calleeText }) => /(?:^|\.)(?:try_?)?(?:acquire|lock)(?:lock)?$/i.test(calleeText));
}
