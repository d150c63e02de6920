/** What the rules on attempts share: which ones they speak of, and what they are called. */
import type { Attempt, Knowledge, Site } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";

/** Attempts of services. What a workflow engine repeats, it keeps a journal of. */
export function attempts(knowledge: Knowledge): readonly Attempt[] {
  return knowledge.program.attempts.filter((a) => runsAsService(knowledge, a.place.path) && a.policy.attempts !== 1 && !knowledge.program.isReplayed(a.place.path) && !knowledge.program.isReplayed(a.body.path));
}

/** `withRetry`, `p-retry`, or the function whose loop it is. */
export function repeaterName(a: Attempt): string {
  return a.own ? a.symbol.split(".").at(-1) || "the loop" : a.by;
}

export function isOwnCall(site: Site): boolean {
  return site.raw.path === site.callee.path && site.raw.at === site.callee.at;
}

export function short(text: string, length = 32): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
