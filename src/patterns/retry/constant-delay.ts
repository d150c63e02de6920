import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge } from "../../model/knowledge.ts";
import { retryFixes } from "./fix.ts";
import { detection, type Repeated, repetitions } from "./repeated.ts";

export default {
  id: "retry/constant-delay",
  severity: "warning",
  title: "Every attempt waits the same time",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<Repeated>> {
    for (const r of repetitions(knowledge)) {
      const { wait, attempts } = r.policy;
      if (wait !== "constant" || (typeof attempts === "number" && attempts <= 2)) continue;
      // A long pause between the rounds of an engine is how it is told to poll.
      if (r.tasks !== undefined && (r.policy.baseMs ?? 0) >= 30_000) continue;
      const found = detection(r, ["growth", ...(r.policy.jitter === "no" ? (["jitter"] as const) : [])]);
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
