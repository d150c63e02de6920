import type { ArchitectureModel } from "../model/architecture.ts";
import type { Finding } from "../model/finding.ts";
import type { Site } from "../model/knowledge.ts";
import type { Aspect, BreakerPolicy, Evidence, RetryPolicy } from "../model/policy.ts";
import type { Text, TextPart } from "../model/text.ts";
import type { Analysis, Explanation } from "./analysis.ts";

/** Where somebody asks: an offset, and the line around it. */
export interface Question {
  readonly path: string;
  readonly at: number;
  readonly lineAt: number;
  readonly lineEnd: number;
}

/** What protects the call at a place: the innermost call around the offset, else the nearest that begins on its line. */
export function explain(analysis: Analysis, question: Question): Explanation | undefined {
  const site = siteAt(analysis.knowledge.program.sites, question);
  if (site === undefined) return undefined;
  const { policy } = site;
  return {
    place: site.place,
    headline: headline(site, analysis.knowledge.model),
    aspects: [
      targetAspect(site, analysis.knowledge.model),
      aspect("deadline", policy.deadline, (ms) => `${ms} ms`, "none"),
      aspect("retry", policy.retry, sayRetry, "none"),
      aspect("breaker", policy.breaker, sayBreaker, "none"),
      aspect("bulkhead", policy.bulkhead, (limit) => `${limit} at once`, "none"),
      aspect("fallback", policy.fallback, (kind) => (kind === "value" ? "another value" : "errors are swallowed"), "none"),
      aspect("idempotency", policy.idempotency, (by) => `by ${by}`, "none"),
      { name: "reached", value: REACHED[site.reached], evidence: site.way },
    ],
    findings: analysis.findings.filter((finding) => concerns(finding, site)),
  };
}

const REACHED = {
  request: "from a request",
  message: "from a message",
  schedule: "from a schedule",
  startup: "at start-up",
  unknown: "no entry point found",
} as const satisfies Record<Site["reached"], string>;

function siteAt(sites: readonly Site[], { path, at, lineAt, lineEnd }: Question): Site | undefined {
  const here = sites.filter(({ place }) => place.path === path);
  const around = here.filter(({ place }) => place.at <= at && at <= place.end).sort((a, b) => length(a) - length(b));
  const distance = (site: Site): number => Math.abs(site.callee.at - at);
  const onLine = here.filter(({ callee }) => callee.at >= lineAt && callee.at <= lineEnd).sort((a, b) => distance(a) - distance(b));
  return around[0] ?? onLine[0];
}

function length({ place }: Site): number {
  return place.end - place.at;
}

function concerns(finding: Finding, site: Site): boolean {
  return [finding.place, ...finding.related].some(({ path, at, end }) => path === site.place.path && at < site.place.end && end > site.place.at);
}

/** `POST → payments, no deadline, 3 attempts`. */
function headline(site: Site, model: ArchitectureModel): string {
  const { deadline, retry, breaker } = site.policy;
  return [
    `${site.verb} → ${targetName(site, model)}`,
    say(deadline, (ms) => `deadline ${ms} ms`, { present: "a deadline", absent: "no deadline", unknown: "deadline not known" }),
    say(retry, sayRetry, { present: "retried", absent: "one attempt", unknown: "attempts not known" }),
    say(breaker, () => "behind a breaker", { present: "behind a breaker", absent: "no breaker", unknown: "" }),
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** Where the call goes, and how that was found; or why it is not known. */
function targetAspect(site: Site, model: ArchitectureModel): Explanation["aspects"][number] {
  const edge = model.edges.find(({ sites }) => sites.includes(site.id));
  const spot = model.blindSpots.find(({ place }) => place.path === site.callee.path && place.at === site.callee.at);
  const written = textOf(site.target);
  if (edge === undefined && spot !== undefined) return { name: "target", value: "not known", evidence: [{ says: spot.why }] };
  const found = edge?.evidence.filter(({ place }) => place?.at !== site.callee.at || place.path !== site.callee.path).slice(edge.sites.length > 1 ? 1 : 0) ?? [];
  const text = written === "" || written === "…" || site.effect === "sdk" ? [] : [{ says: `it is written \`${written}\`` }];
  return { name: "target", value: targetName(site, model), evidence: [...text, ...found.map(({ says, ...rest }) => ({ says: says.replace(/^(?:A|An|The|Its|Paths)\b/, (word) => word.toLowerCase()), ...rest }))] };
}

function targetName(site: Site, model: ArchitectureModel): string {
  const edge = model.edges.find(({ sites }) => sites.includes(site.id));
  const named = [...model.services, ...model.stores, ...model.brokers, ...model.externals].find(({ id }) => id === edge?.to);
  return named?.name ?? (textOf(site.target) || site.entity || site.library);
}

function textOf(text: Text): string {
  return text.map(partText).join("");
}

function partText(part: TextPart): string {
  switch (part.is) {
    case "known":
      return part.text;
    case "env":
      return `$${part.name}`;
    case "parameter":
      return `{${part.name}}`;
    case "hole":
      return "…";
  }
}

interface Words {
  readonly present: string;
  readonly absent: string;
  readonly unknown: string;
}

function say<T>(of: Aspect<T>, known: (value: T) => string, words: Words): string {
  return of.is === "known" ? known(of.value) : words[of.is];
}

function aspect<T>(name: string, of: Aspect<T>, known: (value: T) => string, absent: string): Explanation["aspects"][number] {
  const value = say(of, known, { present: "set, value not known", absent, unknown: "could not be told" });
  return { name, value, evidence: of.evidence.map(asPhrase) };
}

/** "none in client" reads as part of a list of places that were looked at. */
function asPhrase({ says, ...rest }: Evidence): Evidence {
  const where = /^none in (.+)$/.exec(says)?.[1];
  return { says: where === undefined ? says : where === "the call" ? "not in the call" : `not in \`${where}\``, ...rest };
}

function sayRetry(policy: RetryPolicy): string {
  const attempts = policy.attempts === "unbounded" ? "attempts without end" : policy.attempts === "unknown" ? "retried" : `${policy.attempts} attempts`;
  const wait = { none: " at once", constant: " at a constant delay", growing: " with backoff", unknown: "" }[policy.wait];
  return attempts + wait;
}

function sayBreaker({ lives }: BreakerPolicy): string {
  return { module: "one for the process", instance: "one an instance", keyed: "one a key", call: "made anew for each call: it protects nothing" }[lives];
}
