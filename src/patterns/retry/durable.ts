/** What a workflow engine runs and repeats by a policy that is written in the code. */
import type { Knowledge, Repetition, Site } from "../../model/knowledge.ts";

/** It goes on by design, backs off, and shows what it is at. */
export function isEngine(knowledge: Knowledge, r: Repetition): boolean {
  return r.library !== undefined && knowledge.program.library(r.library)?.category.includes("workflow") === true;
}

/** What the engine repeats is seen to call other systems, or is called as what moves money. */
export function reachesOthers(r: Repetition): boolean {
  return r.tasks !== undefined && (r.repeats.some(leaves) || r.tasks.some((name) => MONEY.test(name)));
}

function leaves({ effect }: Site): boolean {
  return effect === "request" || effect === "sdk" || effect === "query" || effect === "publish" || effect === "transaction";
}

const MONEY = /^(?:charge|pay|payment|refund|transfer|withdraw|deposit|capture|debit|credit|settle|payout|bill)(?:[A-Z_]|$)/;
