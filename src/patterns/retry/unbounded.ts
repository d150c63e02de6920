import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge, Repetition } from "../../model/knowledge.ts";
import { isEngine, reachesOthers } from "./durable.ts";
import { retryFixes } from "./fix.ts";
import { detection, type Repeated, repetitions } from "./repeated.ts";

export default {
  id: "retry/unbounded",
  severity: "warning",
  title: "Nothing ends the attempts",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<Repeated>> {
    for (const r of repetitions(knowledge)) if (r.policy.attempts === "unbounded" && (isEngine(knowledge, r) ? reachesOthers(r) : !isWatch(r))) yield detection(r, []);
  },

  word: (data) => ({
    what: data.isMessage ? `\`${data.what.slice(0, 36)}\` puts a failed message back without end` : `\`${data.what.slice(0, 40)}\` is tried again without end`,
    why: data.isMessage ? "A message that nobody can handle comes round for ever, and each round takes the place of one that could be handled." : "A failure that does not pass is never reported: whoever waits for this waits for ever, and the attempts go on through a shutdown.",
    instead: data.isMessage ? "Count how often it came, and send it to a dead-letter queue after a few times." : "Give up after a number of attempts or a span of time, and let the failure be seen.",
  }),

  fixes: (data) => (data.fix ? retryFixes(data.fix) : []),
} satisfies Rule<Repeated>;

/** A consumer that subscribes again, or a watched stream that is opened again, lives as long as the process, so long as it backs off. */
function isWatch(r: Repetition): boolean {
  const waits = r.policy.wait === "growing" || r.policy.wait === "unknown";
  return waits && (/(?:watch|stream|subscri|consume|listen|poll|worker|loop|heartbeat|reconnect)/i.test(r.symbol) || r.repeats.some((site) => site.effect === "consume" || site.facts.returns === "stream"));
}
