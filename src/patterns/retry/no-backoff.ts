import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge, Repetition } from "../../model/knowledge.ts";
import { retryFixes } from "./fix.ts";
import { detection, isOptimisticLock, type Repeated, repetitions } from "./repeated.ts";

export default {
  id: "retry/no-backoff",
  severity: "warning",
  title: "A failed call is repeated at once",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<Repeated>> {
    for (const r of repetitions(knowledge)) {
      if (r.policy.wait !== "none" || r.policy.attempts === 1 || isOptimisticLock(r) || backsOffWithin(knowledge, r)) continue;
      yield detection(r, ["wait"]);
    }
  },

  word: (data) => ({
    what: data.isMessage ? `\`${data.what.slice(0, 36)}\` has a failed message back at once` : `\`${data.what.slice(0, 40)}\` is tried again at once after it failed`,
    why: data.isMessage ? "The broker delivers it again straight away, while whatever failed is still down, and before the messages that wait." : data.attempts === "unbounded" ? "While the callee is down this hammers it without end, and keeps it from getting up again." : "All attempts fall into the same outage, and the callee gets the extra load when it can bear it least.",
    instead: data.isMessage ? "Send it through a queue where it waits for a while (a TTL and a dead-letter exchange) before it comes again." : "Wait between attempts: exponential backoff with full jitter, a cap, and only for errors that may pass.",
  }),

  fixes: (data) => (data.fix ? retryFixes(data.fix) : []),
} satisfies Rule<Repeated>;

/** A round of a workflow fails when its engine has repeated the step for long, with waits that grow. */
function backsOffWithin(knowledge: Knowledge, { place, repeats }: Repetition): boolean {
  if (repeats.length === 0 || !knowledge.program.isReplayed(place.path)) return false;
  return repeats.every(({ policy }) => policy.repeaters?.some((r) => r.isClient && r.policy.wait === "growing" && r.policy.attempts !== 1) === true);
}
