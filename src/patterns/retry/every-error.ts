import type { Detection, Rule } from "../../model/finding.ts";
import type { Attempt, Knowledge, Repetition } from "../../model/knowledge.ts";
import { retryFixes } from "./fix.ts";
import { detection, type Repeated, repetitions } from "./repeated.ts";

export default {
  id: "retry/every-error",
  severity: "information",
  title: "Permanent errors are repeated as well",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<Repeated>> {
    const byPlace = new Map(knowledge.program.attempts.map((a) => [`${a.head.path}#${a.head.at}`, a]));
    for (const r of repetitions(knowledge)) {
      const { selective, attempts } = r.policy;
      if (selective !== "no" || attempts === 1 || r.startup || knowledge.program.isReplayed(r.place.path)) continue;
      const attempt = byPlace.get(`${r.head.path}#${r.head.at}`);
      if (attempt?.looksAtError === true || !mayFailForGood(r, attempt)) continue;
      // What is repeated may come into sight when it is started in the attempt: the finding stays the same.
      yield { ...detection(r, ["selection"]), anchor: `${r.by} ${r.library ?? ""}` };
    }
  },

  word: (data) => ({
    what: data.ignores === undefined ? `\`${data.what.slice(0, 36)}\` repeats every error alike` : `\`${data.what.slice(0, 36)}\` leaves out \`${data.ignores}\`, so every error is repeated`,
    why: "A refused or invalid request is refused each time: the caller waits for nothing, and the other side is asked in vain.",
    instead: data.ignores !== undefined ? `Return 0 where \`${data.ignores}\` is 0: status codes, methods and limit are told by it alone.` : "Repeat only what may pass: lost connections, 408, 429, 502, 503 and 504. Let all else through at once.",
  }),

  fixes: (data) => (data.fix ? retryFixes(data.fix) : []),
} satisfies Rule<Repeated>;

/** A request can be refused for good, and so can a write; a connection or a read of one's own database hardly. */
function mayFailForGood(r: Repetition, attempt: Attempt | undefined): boolean {
  if (r.ignores !== undefined) return true;
  const sites = [...r.repeats, ...(attempt?.repeats ?? [])];
  if (sites.some((s) => s.effect === "request" || s.effect === "sdk" || (s.effect === "query" && s.access === "write"))) return true;
  return sites.length === 0 && attempt?.own === true && attempt.generic;
}
