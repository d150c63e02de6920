import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { type QueueFixData, queueFixes } from "./fix-queue.ts";

export interface UnboundedQueue {
  /** `this.queue` */
  readonly name: string;
  readonly fix: QueueFixData;
}

export default {
  id: "bulkhead/unbounded-queue",
  severity: "information",
  title: "A queue in memory that may grow without end",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<UnboundedQueue>> {
    for (const queue of knowledge.program.queues) {
      if (!runsAsService(knowledge, queue.place.path)) continue;
      yield {
        place: queue.callee,
        confidence: "certain",
        evidence: [{ says: `${queue.name} grows here, whatever its length`, place: queue.place }],
        related: [],
        anchor: queue.name,
        symbol: queue.symbol,
        data: { name: queue.name, fix: { path: queue.place.path, push: { at: queue.place.at, end: queue.place.end }, name: queue.name } },
      };
    }
  },

  word: ({ name }) => ({
    what: `\`${name.slice(0, 40)}\` takes whatever comes, however much is waiting`,
    why: "When work comes faster than it is done, the queue takes all the memory, and what is in it is answered long after its caller has left.",
    instead: "Give it a limit, and turn away what comes when it is full.",
  }),

  fixes: ({ fix }) => queueFixes(fix),
} satisfies Rule<UnboundedQueue>;
