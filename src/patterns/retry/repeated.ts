/** What the retry rules share: which repetitions they speak of, and what their fixes need. */
import type { Detection } from "../../model/finding.ts";
import type { Knowledge, Repetition, Site } from "../../model/knowledge.ts";
import type { Evidence } from "../../model/policy.ts";
import { runsAsService } from "../scope.ts";
import type { RetryFixData, RetryLack } from "./data.ts";

export interface Repeated {
  /** `getUser`, `the loop`, `p-retry` */
  readonly what: string;
  readonly attempts: Repetition["policy"]["attempts"];
  readonly waitMs?: number;
  readonly startup: boolean;
  /** What is repeated is a message, and a broker does it. */
  readonly isMessage: boolean;
  /** What tells an error that lasts is there, and the function that decides does not look at it. */
  readonly ignores?: string;
  readonly fix: RetryFixData | undefined;
}

/** What tells an engine what to run is loaded by the worker of the engine, whatever else imports it. */
export function repetitions(knowledge: Knowledge): readonly Repetition[] {
  return oncePerFunction(knowledge.program.repetitions.filter((r) => runsAsService(knowledge, r.place.path) || (r.tasks !== undefined && knowledge.runsIn(r.place.path) !== "tool")));
}

/** A connection that is made again on close, on error and in the catch is one retry: told where it has no end, else where it comes first. */
function oncePerFunction(all: readonly Repetition[]): readonly Repetition[] {
  const told = new Map<string, Repetition>();
  for (const r of all) {
    const key = `${r.in.path}#${r.in.id}`;
    const before = told.get(key);
    if (r.through === true && (!before || (before.policy.attempts !== "unbounded" && r.policy.attempts === "unbounded"))) told.set(key, r);
  }
  const clients = new Set<string>();
  const isNew = ({ place, ignores }: Repetition): boolean => clients.size < clients.add(`${place.path}#${place.at} ${ignores ?? ""}`).size;
  return all.filter((r) => (r.by === "client" ? isNew(r) : r.through !== true || told.get(`${r.in.path}#${r.in.id}`) === r));
}

/** Repeating a local transaction on a version conflict needs no wait for two or three rounds (rules-evidence: retry, traps). */
export function isOptimisticLock(r: Repetition): boolean {
  if (r.conflict === true && r.policy.attempts !== "unbounded") return true;
  if (r.by === "library" || r.by === "client") return false;
  return r.policy.selective === "yes" && r.policy.attempts !== "unbounded" && !r.repeats.some((s) => s.effect === "request" || s.effect === "sdk" || s.effect === "publish");
}

export function detection(r: Repetition, lacks: readonly RetryLack[]): Detection<Repeated> {
  const name = r.givesBack ?? r.tasks?.[0] ?? (r.by === "library" ? (r.library ?? "the library") : r.symbol.split(".").at(-1) || "this code");
  return {
    place: r.head,
    confidence: r.confidence,
    evidence: [...r.evidence, ...r.repeats.slice(0, 4).flatMap(told)],
    related: r.repeats.slice(0, 6).map((s) => ({ ...s.callee, says: `${s.calleeText} is repeated` })),
    anchor: `${r.by} ${r.library ?? ""} ${r.repeats[0]?.calleeText ?? ""}`,
    symbol: r.symbol,
    data: { what: name, attempts: r.policy.attempts, ...(r.policy.baseMs === undefined ? {} : { waitMs: r.policy.baseMs }), startup: r.startup, isMessage: r.by === "requeue", ...(r.ignores === undefined ? {} : { ignores: r.ignores }), fix: fixData(r, lacks) },
  };
}

/** The call that is repeated, and the one that a wrapper of it makes in the end. */
function told(site: Site): readonly Evidence[] {
  const own = { says: `repeats ${site.calleeText}`, place: site.callee };
  return site.raw.path === site.callee.path && site.raw.at === site.callee.at ? [own] : [own, { says: "which calls out here", place: site.raw }];
}

function fixData(r: Repetition, lacks: readonly RetryLack[]): RetryFixData | undefined {
  const all: readonly RetryLack[] = [...lacks, ...(r.policy.attempts === "unbounded" ? (["cap"] as const) : [])];
  const repeat = { at: r.place.at, end: r.place.end };
  if (r.by === "requeue") return { kind: "requeue", path: r.place.path, repeat };
  if (r.tasks !== undefined && lacks.length > 0) return undefined;
  if (r.by === "library") return r.library === undefined || r.options === undefined ? undefined : { kind: "library", path: r.place.path, library: r.library, call: repeat, optionsIndex: r.options, lacks: all };
  if (r.ignores !== undefined) return { kind: "decision", path: r.place.path, property: repeat, field: r.ignores };
  if (r.by === "client" || r.through === true) return undefined;
  return { kind: r.by, path: r.place.path, repeat, lacks: all, ...(r.delay ? { delay: { at: r.delay.at, end: r.delay.end } } : {}) };
}
