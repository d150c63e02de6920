/** What the retry rules share: which repetitions they speak of, and what their fixes need. */
import type { Detection } from "../../model/finding.ts";
import type { Knowledge, Repetition } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import type { RetryFixData, RetryLack } from "./data.ts";

export interface Repeated {
  /** `getUser`, `the loop`, `p-retry` */
  readonly what: string;
  readonly attempts: Repetition["policy"]["attempts"];
  readonly waitMs?: number;
  readonly startup: boolean;
  readonly fix: RetryFixData | undefined;
}

export function repetitions(knowledge: Knowledge): readonly Repetition[] {
  return knowledge.program.repetitions.filter((r) => runsAsService(knowledge, r.place.path));
}

/** Repeating a local transaction on a version conflict needs no wait for two or three rounds (rules-evidence: retry, traps). */
export function isOptimisticLock(r: Repetition): boolean {
  if (r.by === "library" || r.by === "client") return false;
  return r.policy.selective === "yes" && r.policy.attempts !== "unbounded" && !r.repeats.some((s) => s.effect === "request" || s.effect === "sdk" || s.effect === "publish");
}

export function detection(r: Repetition, lacks: readonly RetryLack[]): Detection<Repeated> {
  const name = r.by === "library" ? (r.library ?? "the library") : r.symbol.split(".").at(-1) || "this code";
  return {
    place: r.head,
    confidence: r.confidence,
    evidence: [...r.evidence, ...r.repeats.slice(0, 4).map((s) => ({ says: `repeats ${s.calleeText}`, place: s.callee }))],
    related: r.repeats.slice(0, 6).map((s) => ({ ...s.callee, says: `${s.calleeText} is repeated` })),
    anchor: `${r.by} ${r.library ?? ""} ${r.repeats[0]?.calleeText ?? ""}`,
    symbol: r.symbol,
    data: { what: name, attempts: r.policy.attempts, ...(r.policy.baseMs === undefined ? {} : { waitMs: r.policy.baseMs }), startup: r.startup, fix: fixData(r, lacks) },
  };
}

function fixData(r: Repetition, lacks: readonly RetryLack[]): RetryFixData | undefined {
  const all: readonly RetryLack[] = [...lacks, ...(r.policy.attempts === "unbounded" ? (["cap"] as const) : [])];
  const repeat = { at: r.place.at, end: r.place.end };
  if (r.by === "library") return r.library === undefined || r.options === undefined ? undefined : { kind: "library", path: r.place.path, library: r.library, call: repeat, optionsIndex: r.options, lacks: all };
  if (r.by === "client") return undefined;
  return { kind: r.by, path: r.place.path, repeat, lacks: all, ...(r.delay ? { delay: { at: r.delay.at, end: r.delay.end } } : {}) };
}
