import type { Detection, Rule } from "../../model/finding.ts";
import type { Attempt, Knowledge, Site } from "../../model/knowledge.ts";
import type { Repeater } from "../../model/policy.ts";
import { dependencyName } from "../../model/targets.ts";
import { runsAsService } from "../scope.ts";
import { short } from "./attempts.ts";
import { nestedFixes, type NestedFixData } from "./fix-nested.ts";

export interface NestedRetry {
  readonly callee: string;
  readonly dependency: string;
  readonly outer: string;
  readonly inner: string;
  /** `3 × 4 = 12 attempts`, or what of it is known. */
  readonly sum: string;
  readonly fixes: readonly NestedFixData[];
}

export default {
  id: "retry/nested",
  severity: "warning",
  title: "A retry inside a retry: attempts multiply",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<NestedRetry>> {
    const told = new Set<string>();
    for (const site of knowledge.program.sites) {
      if (!LEAVES.has(site.effect) || !runsAsService(knowledge, site.place.path) || knowledge.program.isReplayed(site.place.path)) continue;
      const repeaters = distinct(site.policy.repeaters ?? []).filter(counts);
      const [outer] = repeaters;
      const inner = repeaters.at(-1);
      if (!outer || !inner || repeaters.length < 2 || !outer.place || knowledge.program.isReplayed(outer.place.path)) continue;
      const key = `${outer.place.path}#${outer.place.at}>${inner.isClient ? "client" : inner.by}`;
      if (told.has(key)) continue;
      told.add(key);
      yield detectionOf(knowledge, site, repeaters, outer, inner);
    }
  },

  word: (data) => ({
    what: `\`${short(data.callee, 28)}\` is repeated twice over: ${data.sum}`,
    why: `${data.outer} repeats what ${data.inner} repeats already: when ${data.dependency} is down, each request hits it with the product of both.`,
    instead: "Retry at one layer, and turn the other one off.",
  }),

  fixes: (data) => data.fixes.flatMap(nestedFixes),
} satisfies Rule<NestedRetry>;

const LEAVES: ReadonlySet<string> = new Set(["request", "sdk", "publish"]);

/** One layer is one place, however many ways lead through it. */
function distinct(repeaters: readonly Repeater[]): readonly Repeater[] {
  return repeaters.filter((r, index) => repeaters.findIndex((other) => other.place?.path === r.place?.path && other.place?.at === r.place?.at && other.isClient === r.isClient) === index);
}

/** A layer that repeats only what it picks out (a version conflict, a lock) does not repeat what the other one gave up on. */
function counts({ policy, isClient }: Repeater): boolean {
  return policy.attempts !== 1 && (isClient || policy.selective !== "yes");
}

function detectionOf(knowledge: Knowledge, site: Site, repeaters: readonly Repeater[], outer: Repeater, inner: Repeater): Detection<NestedRetry> {
  const call = callOf(knowledge, site, outer);
  return {
    place: call?.head ?? outer.place ?? site.callee,
    confidence: site.confidence,
    evidence: [...repeaters.map((r) => ({ says: `${titleOf(r)}: ${timesOf(r)} attempts`, ...(r.place ? { place: r.place } : {}) })), { says: `calls ${dependencyName(site)}`, place: site.callee }],
    related: [{ ...site.callee, says: `${site.calleeText} is what is repeated` }, ...(inner.place ? [{ ...inner.place, says: inner.isClient ? `${inner.by} repeats by itself, unless it is told not to` : "and repeated here" }] : [])],
    anchor: `${site.calleeText} ${inner.by}`,
    symbol: site.symbol,
    data: { callee: site.calleeText, dependency: dependencyName(site), outer: titleOf(outer), inner: titleOf(inner), sum: sumOf(repeaters), fixes: fixesOf(knowledge, site, outer, inner) },
  };
}

function titleOf({ by, isClient }: Repeater): string {
  return isClient ? by : by === "a loop" ? "the loop" : by;
}

function timesOf({ policy: { attempts } }: Repeater): string {
  return attempts === "unbounded" ? "∞" : attempts === "unknown" ? "n" : String(attempts);
}

function sumOf(repeaters: readonly Repeater[]): string {
  const product = repeaters.reduce<number | undefined>((all, { policy: { attempts } }) => (all === undefined || typeof attempts !== "number" ? undefined : all * attempts), 1);
  return `${repeaters.map(timesOf).join(" × ")}${product === undefined ? "" : ` = ${product}`} attempts`;
}

function fixesOf(knowledge: Knowledge, site: Site, outer: Repeater, inner: Repeater): readonly NestedFixData[] {
  const facts = knowledge.program.library(site.library)?.retry;
  const option = facts?.options.attempts;
  const { place, options } = site.origin;
  const [name] = option?.name.split("|") ?? [];
  const off: readonly NestedFixData[] = inner.isClient && place && options !== undefined && option && name !== undefined ? [{ kind: "client", path: place.path, make: { at: place.at, end: place.end }, argument: options, name, value: option.counts === "retries" ? "0" : "1", client: site.origin.name.replace(/^this\./, "") }] : [];
  const call = callOf(knowledge, site, outer);
  return call && !inner.isClient ? [...off, { kind: "unwrap", path: call.place.path, call: { at: call.place.at, end: call.place.end }, by: call.by }] : off;
}

/** The call that hands the work to the outer layer, where that is a wrapper or a library. */
function callOf(knowledge: Knowledge, site: Site, outer: Repeater): Attempt | undefined {
  const handed = knowledge.program.attempts.filter((a) => !a.own && a.repeats.some(({ id }) => id === site.id));
  return handed.find((a) => a.head.path === outer.place?.path && a.head.at === outer.place.at) ?? (outer.by === "a loop" ? handed.find((a) => a.policy === outer.policy || a.by !== "a loop") : undefined);
}
