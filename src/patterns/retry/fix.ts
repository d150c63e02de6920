/** Repairs of retries: the code keeps its shape, and gets what it lacks. */
import type { FixOffer } from "../../model/finding.ts";
import type { RetryFixData } from "./data.ts";
import { heedJudgement } from "./fix-decision.ts";
import { repairLibraryOptions, selectsErrors } from "./fix-library.ts";
import { repairLoop } from "./fix-loop.ts";
import { repairCatchCallback, repairRecursion } from "./fix-recursion.ts";
import { requeueOnce } from "./fix-requeue.ts";

export function retryFixes(data: RetryFixData): readonly FixOffer[] {
  switch (data.kind) {
    case "loop":
      return [offer(data, "retry/repair-loop", (context) => repairLoop(context, data))];
    case "recursion":
      return [offer(data, "retry/repair-recursion", (context) => repairRecursion(context, data))];
    case "catch-callback":
      return [offer(data, "retry/repair-callback", (context) => repairCatchCallback(context, data))];
    case "decision":
      return [offer(data, "retry/heed-judgement", (context) => heedJudgement(context, data))];
    case "requeue":
      return [offer(data, "retry/requeue-once", (context) => requeueOnce(context, data))];
    case "library":
      if (data.lacks.every((lack) => lack === "selection") && !selectsErrors(data.library)) return [];
      return [offer(data, "retry/set-options", (context) => repairLibraryOptions(context, data))];
  }
}

/** Every one is for review: how long to wait, and how often to try, is a guess. */
function offer(data: RetryFixData, id: string, build: FixOffer["build"]): FixOffer {
  return { id, title: titleOf(data), kind: "review", build };
}

function titleOf(data: RetryFixData): string {
  if (data.kind === "requeue") return "Put the message back only once";
  if (data.kind === "decision") return `Make no further attempt where ${data.field} is 0`;
  const { lacks } = data;
  if (data.kind === "library" && data.library === "@temporalio/workflow") return "Give up after one hour over all attempts";
  if (lacks.includes("wait")) return "Wait between attempts, with exponential backoff and full jitter";
  if (lacks.includes("growth")) return "Let the wait grow, with full jitter";
  if (lacks.includes("jitter")) return "Add full jitter to the wait";
  return lacks.includes("cap") ? "Stop after five attempts" : "Stop at errors that another attempt cannot mend";
}
