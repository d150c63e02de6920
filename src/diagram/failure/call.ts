/** One call through its guard: attempts, waits, deadlines, bulkhead, breaker and fallback turn the callee's answer into the caller's. */
import type { Assumptions } from "./assumptions.ts";
import { answered, cut, merged, mixed, neverOf, shareOf, Sum, type Branch, type Response } from "./response.ts";
import type { Guard, Wait } from "./system.ts";

export interface Call {
  /** What it was worked out from. */
  readonly of: { readonly answer: Response; readonly guard: SettledGuard; readonly isOpen: boolean; readonly admitted: number };
  /** What the caller gets. */
  readonly response: Response;
  /** The same before a fallback stands in: what a breaker outside of the retry sees. */
  readonly whole: Response;
  /** What one attempt gets, bulkhead and deadline included. */
  readonly attempt: Response;
  /** When attempts are made, counted from the call's beginning, and how many for each call. */
  readonly starts: readonly Pulse[];
  /** Attempts for each call. */
  readonly tries: number;
  /** What happens how many steps after a call's beginning. */
  readonly course: readonly Course[];
}

/** Shares of one call: attempts that are made, that end, and what a breaker counts. */
export interface Course {
  readonly after: number;
  readonly offered: number;
  /** Of those offered, the ones that the bulkhead lets through. */
  readonly sent: number;
  readonly ended: number;
  readonly good: number;
  readonly bad: number;
}

export interface Pulse {
  readonly ms: number;
  readonly mass: number;
}

/** A guard of which everything is known. */
export interface SettledGuard extends Guard {
  readonly deadlineMs: number | "none";
  readonly attempts: number;
  readonly breaker: "none" | "shared";
  readonly bulkhead: number | "none";
  readonly hasFallback: boolean;
}

export interface Conditions {
  readonly isOpen: boolean;
  /** Share of the attempts that the bulkhead lets through. */
  readonly admitted: number;
}

/** `answer` is the callee's. One that a fallback made there is as good as any. */
export function callOf(answer: Response, guard: SettledGuard, { isOpen, admitted }: Conditions, given: Assumptions): Call {
  const of = { answer, guard, isOpen, admitted };
  const plain = merged(answer.map((branch) => (branch.end === "degraded" ? { ...branch, end: "ok" } : branch)));
  const bounded = guard.deadlineMs === "none" ? plain : cut(plain, guard.deadlineMs);
  const attempt = admitted >= 1 ? bounded : mixed([[admitted, bounded], [1 - admitted, answered("failed", 0)]]); // prettier-ignore
  const { response, starts } = isOpen ? rejected(guard, given) : repeated(attempt, guard, given);
  const whole = guard.totalMs === "none" ? response : cut(response, guard.totalMs);
  const inTime = guard.totalMs === "none" ? starts : starts.filter(({ ms }) => ms < Number(guard.totalMs));
  const counted = guard.isBreakerOutside ? (isOpen ? [] : whole) : attempt;
  const course = courseOf({ starts: inTime, sent: bounded, admitted, counted, isWhole: guard.isBreakerOutside }, given);
  const tries = inTime.reduce((sum, { mass }) => sum + mass, 0);
  return { of, response: guard.hasFallback ? whole.map(fallenBack) : whole, whole, attempt, starts: inTime, tries, course };
}

interface Attempts {
  readonly starts: readonly Pulse[];
  /** How an attempt ends that the bulkhead lets through. */
  readonly sent: Response;
  readonly admitted: number;
  /** What a breaker counts: ends of whole calls, or of attempts. */
  readonly counted: Response;
  readonly isWhole: boolean;
}

function courseOf({ starts, sent, admitted, counted, isWhole }: Attempts, { stepMs, horizonMs }: Assumptions): readonly Course[] {
  const steps = new Map<number, { after: number; offered: number; sent: number; ended: number; good: number; bad: number }>();
  const at = (ms: number): { offered: number; sent: number; ended: number; good: number; bad: number } => {
    const after = Math.round(Math.min(ms, 2 * horizonMs) / stepMs);
    const step = steps.get(after) ?? { after, offered: 0, sent: 0, ended: 0, good: 0, bad: 0 };
    steps.set(after, step);
    return step;
  };
  const count = (ms: number, mass: number): void => {
    for (const branch of counted) at(ms + branch.ms)[branch.end === "failed" ? "bad" : "good"] += mass * branch.share;
  };
  for (const { ms, mass } of starts) {
    const step = at(ms);
    step.offered += mass;
    step.sent += mass * admitted;
    for (const branch of sent) at(ms + branch.ms).ended += mass * admitted * branch.share;
    if (!isWhole) count(ms, mass);
  }
  if (isWhole) count(0, 1);
  return [...steps.values()];
}

function fallenBack(branch: Branch): Branch {
  return branch.end === "failed" ? { ...branch, end: "degraded" } : branch;
}

/** An open breaker refuses at once; one inside of the retry refuses every attempt, with the waits between. */
function rejected(guard: SettledGuard, given: Assumptions): Pick<Call, "response" | "starts"> {
  const waits = guard.isBreakerOutside ? 0 : totalWait(guard.wait, Math.min(guard.attempts, given.endlessAttempts));
  return { response: waits > given.horizonMs ? [] : answered("failed", waits), starts: [] };
}

function totalWait(wait: Wait, attempts: number): number {
  let sum = 0;
  for (let k = 1; k < attempts; k++) sum += waitAfter(wait, k);
  return sum;
}

/** The wait between attempt k, counted from 1, and the next. */
export function waitAfter({ kind, baseMs, capMs }: Wait, k: number): number {
  if (kind === "none") return 0;
  return Math.min(capMs, kind === "constant" ? baseMs : baseMs * 2 ** Math.min(k - 1, 40));
}

const negligible = 1e-4;

function repeated(attempt: Response, guard: SettledGuard, given: Assumptions): Pick<Call, "response" | "starts"> {
  // What is tried once ends as it ends.
  if (guard.attempts <= 1) return { response: merged(attempt), starts: once };
  const failed = attempt.filter(({ end }) => end === "failed");
  const good = attempt.filter(({ end }) => end !== "failed");
  const ends = new Sum();
  const starts = new Pulses();
  let due: readonly Pulse[] = once;
  for (let k = 1; due.length > 0; k++) {
    const isLast = k >= guard.attempts;
    const wait = isLast ? 0 : waitAfter(guard.wait, k);
    const next = new Pulses();
    for (const { ms, mass } of due) {
      starts.add(ms, mass);
      for (const branch of good) ends.add(branch.share * mass, branch.end, branch.ms + ms);
    }
    for (const { ms, mass } of due)
      for (const branch of failed) {
        const [missedAt, missed] = [ms + branch.ms, mass * branch.share];
        if (isLast) ends.add(missed, "failed", missedAt);
        else if (missedAt + wait <= given.horizonMs && missed > negligible) next.add(missedAt + wait, missed);
      }
    due = next.list();
  }
  return { response: ends.response(), starts: starts.list() };
}

const once: readonly Pulse[] = [{ ms: 0, mass: 1 }];

/** Pulses within a twentieth of a second of each other are one. */
class Pulses {
  readonly #groups = new Map<number, { weighted: number; mass: number }>();

  #only: Pulse | undefined;

  add(ms: number, mass: number): void {
    this.#only = this.#groups.size === 0 ? { ms, mass } : undefined;
    const key = Math.round(ms / 50);
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { weighted: ms * mass, mass });
    else {
      group.weighted += ms * mass;
      group.mass += mass;
    }
  }

  list(): readonly Pulse[] {
    // One alone is what it is: a mean of it would be off by a rounding.
    if (this.#only !== undefined) return [this.#only];
    const all: Pulse[] = [];
    for (const { weighted, mass } of this.#groups.values()) all.push({ ms: weighted / mass, mass });
    return all;
  }
}

/** Whether a trial call would close a breaker again. */
export function closes(answer: Response, { deadlineMs }: SettledGuard, share: number): boolean {
  const trial = deadlineMs === "none" ? answer : cut(answer, deadlineMs);
  return shareOf(trial, "failed") + neverOf(trial) < share;
}
