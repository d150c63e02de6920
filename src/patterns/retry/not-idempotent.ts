import type { Detection, Related, Rule } from "../../model/finding.ts";
import type { Attempt, Knowledge, Repetition, Site } from "../../model/knowledge.ts";
import type { Layer } from "../../model/policy.ts";
import { dependencyName, otherSide } from "../../model/targets.ts";
import { runsAsService } from "../scope.ts";
import { attempts, isOwnCall, repeaterName, short } from "./attempts.ts";
import { type KeyFixData, keyFixes } from "./fix-key.ts";
import { repetitions } from "./repeated.ts";

export interface RepeatedWrite {
  /** What is done again: `axios.post`, or the key that is made anew. */
  readonly what: string;
  readonly by: string;
  readonly dependency: string;
  readonly flaw: "no-key" | "fresh-key";
  readonly kind: "request" | "insert" | "message";
  readonly fix: KeyFixData | undefined;
}

export default {
  id: "retry/not-idempotent",
  severity: "warning",
  title: "A write that may happen twice is repeated",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<RepeatedWrite>> {
    const told = new Set<string>();
    for (const a of attempts(knowledge)) {
      if (a.freshKey && a.repeats.some(writes)) {
        yield freshKey(a, a.freshKey);
        for (const site of a.repeats) told.add(site.id);
      } else if (a.policy.selective !== "yes" && !a.repeats.some((s) => s.effect === "transaction")) {
        const unsafe = a.repeats.filter((s) => isUnsafe(knowledge, s) && !told.has(s.id));
        for (const site of unsafe) told.add(site.id);
        const repeating = { by: repeaterName(a), place: a.head, before: a.recurs ? undefined : a.place, body: a.body };
        for (const site of unsafe.filter((s) => s.place.path === a.place.path)) yield detection(knowledge, site, repeating);
        // Whoever sends is right to send once: what is told of code elsewhere is told where it is repeated.
        const elsewhere = unsafe.filter((s) => s.place.path !== a.place.path);
        const [first] = elsewhere;
        if (first) yield { ...detection(knowledge, first, repeating), place: a.head, related: elsewhere.slice(0, 4).map(related) };
      }
    }
    for (const r of repetitions(knowledge)) {
      if (r.tasks === undefined || r.policy.attempts === 1 || r.policy.selective === "yes") continue;
      const site = r.repeats.find((s) => !told.has(s.id) && isUnsafe(knowledge, s) && makesOneMore(knowledge, s));
      const by = knowledge.program.library(r.library ?? "")?.title ?? "the engine";
      if (site) yield { ...detection(knowledge, site, { by, place: r.head, before: undefined, body: undefined }), place: r.head, related: [{ ...site.callee, says: `${site.calleeText} is what is repeated` }] };
      const payment = site ? undefined : r.unkeyed?.find((name) => MOVES_MONEY.test(name));
      if (payment !== undefined) yield ofTask(r, payment, by);
    }
    for (const site of knowledge.program.sites) {
      const operator = told.has(site.id) || !runsAsService(knowledge, site.place.path) ? undefined : site.policy.layers.find(isRetryOperator);
      if (operator && isUnsafe(knowledge, site) && !knowledge.program.isReplayed(site.place.path)) yield detection(knowledge, site, { by: operator.by, place: operator.place, before: undefined, body: undefined });
    }
  },

  word: (data) => ({
    what: data.flaw === "fresh-key" ? `\`${short(data.what)}\` is made anew in each attempt` : `\`${short(data.what)}\` is repeated by \`${short(data.by, 20)}\` with no key`,
    why: data.flaw === "fresh-key" ? "When the answer to an attempt is lost, the next one looks like something new, and it is done twice." : `When ${data.dependency} did it and only the answer was lost, the next attempt does it again: ${CONSEQUENCE[data.kind]}.`,
    instead: data.flaw === "fresh-key" ? "Make the key once, before the first attempt." : data.kind === "insert" ? "Give the row a key that is made before the first attempt, and insert it with `ON CONFLICT DO NOTHING` or an upsert." : "Send an idempotency key that is made before the first attempt, or do not repeat it.",
  }),

  fixes: (data) => (data.fix ? keyFixes(data.fix) : []),
} satisfies Rule<RepeatedWrite>;

const CONSEQUENCE = { request: "two orders, two charges, two mails", insert: "two rows", message: "two messages" } as const;

function freshKey(a: Attempt, key: NonNullable<Attempt["freshKey"]>): Detection<RepeatedWrite> {
  const [first] = a.repeats.filter(writes);
  return {
    place: key,
    confidence: "certain",
    evidence: [{ says: `repeated by ${repeaterName(a)}`, place: a.head }, ...(first ? [{ says: `sent by ${first.calleeText}`, place: first.callee }] : [])],
    related: [{ ...a.head, says: "the attempts are made here" }, ...a.repeats.filter(writes).slice(0, 4).map(related)],
    anchor: `key ${key.name}`,
    symbol: a.symbol,
    data: { what: key.name, by: repeaterName(a), dependency: first ? dependencyName(first) : "", flaw: "fresh-key", kind: "message", fix: a.recurs ? undefined : { kind: "hoist", path: key.path, property: { at: key.at, end: key.end }, before: { at: a.place.at, end: a.place.end } } },
  };
}

/** A payment that only the name of a task tells. */
function ofTask(r: Repetition, task: string, by: string): Detection<RepeatedWrite> {
  return {
    place: r.head,
    confidence: "likely",
    evidence: [{ says: `${by} repeats ${task}`, place: r.head }, { says: `${task} moves money by its name, and no key is handed on` }],
    related: [],
    anchor: `task ${task}`,
    symbol: r.symbol,
    data: { what: task, by, dependency: "the other side", flaw: "no-key", kind: "request", fix: undefined },
  };
}

const MOVES_MONEY = /^(?:charge|pay|debit|withdraw|transfer|payout|refund|capture(?=Payment|Charge))(?:[A-Z_]|$)/;

interface Repeating {
  readonly by: string;
  readonly place: Attempt["head"];
  readonly before: Attempt["place"] | undefined;
  readonly body: Attempt["body"] | undefined;
}

function detection(knowledge: Knowledge, site: Site, repeating: Repeating): Detection<RepeatedWrite> {
  const kind = site.effect === "query" ? "insert" : site.effect === "publish" ? "message" : "request";
  const fix = fixOf(knowledge, site, repeating);
  return {
    place: site.callee,
    confidence: site.confidence,
    evidence: [{ says: `repeated by ${repeating.by}`, place: repeating.place }, { says: `${site.verb} is not safe to repeat, and carries no key`, place: site.callee }],
    related: [{ ...repeating.place, says: "it is repeated here" }],
    anchor: `${site.calleeText} ${dependencyName(site)}`,
    symbol: site.symbol,
    data: { what: site.calleeText, by: repeating.by, dependency: otherSide(site), flaw: "no-key", kind, fix },
  };
}

/** A header can be added where the request is written inside the repeated code itself. */
function fixOf(knowledge: Knowledge, site: Site, { before, body }: Repeating): KeyFixData | undefined {
  const options = site.facts.options;
  const isInside = body !== undefined && before !== undefined && body.path === site.place.path && body.at <= site.place.at && site.place.end <= body.end && before.path === body.path;
  if (!isInside || !isOwnCall(site) || options === undefined || options < 0) return undefined;
  const spread = { path: site.place.path, call: { at: site.place.at, end: site.place.end }, argument: options, before: { at: before.at, end: before.end } };
  if (site.effect === "request") return { kind: "header", ...spread };
  return knowledge.program.library(site.library)?.category.includes("payment") === true ? { kind: "option", ...spread } : undefined;
}

function related(site: Site): Related {
  return { ...site.callee, says: `${site.calleeText} is repeated` };
}

function writes(site: Site): boolean {
  return site.access === "write";
}

/** A request, a row or a payment that the other side cannot tell from the one before. */
function isUnsafe(knowledge: Knowledge, site: Site): boolean {
  if (site.access !== "write" || site.idempotent !== false || site.policy.idempotency.is === "known" || isQuestion(site)) return false;
  if (site.effect === "request") return site.verb === "POST" || site.verb === "PATCH" || /^[a-z]/.test(site.verb);
  if (site.effect === "query") return /^(?:insert|create|save|add|push|increment|decrement|insertOne|insertMany|createMany|persist)$/i.test(site.verb) && !givesId(site);
  const category = knowledge.program.library(site.library)?.category ?? [];
  return site.effect === "sdk" && (category.includes("payment") || category.includes("email") || /^(?:send|charge|capture|refund|transfer)/i.test(site.verb));
}

/** Of what an engine repeats, what makes one more each time: a payment, a mail, or a request that says of itself that it creates. */
function makesOneMore(knowledge: Knowledge, site: Site): boolean {
  const category = knowledge.program.library(site.library)?.category ?? [];
  if (category.includes("payment") || category.includes("email")) return true;
  return site.effect === "request" && MAKES.test(site.symbol.split(".").at(-1) ?? "");
}

const MAKES = /^(?:create|add|insert|register|place|submit|book|reserve|order|buy|purchase|issue|send|charge|pay|refund|transfer|withdraw|deposit|capture|debit|credit)(?:[A-Z_]|$)/;

/** The row's own key comes with it: the second insert is refused. */
function givesId(site: Site): boolean {
  return site.args.some((arg) => arg.kind === "object" && (arg.properties.some((p) => p.key === "id" || p.key === "_id" || p.key === "uuid") || arg.properties.some((p) => p.key === "data" && p.value.kind === "object" && p.value.properties.some((q) => q.key === "id"))));
}

/** Asks by POST, and changes nothing: a search, a query, a token. */
function isQuestion(site: Site): boolean {
  const target = site.target.map((part) => (part.is === "known" ? part.text : "")).join(" ");
  if (/(?:search|query|graphql|token|oauth|login|auth|signin|session|validate|verify|check|lookup|filter|calculate|quote|estimate|predict|embed|completion|messages|translate|analy[sz]e|render|preview|introspect|batchGet|health|ping|status|export|download|read|fetch|list|resolve|match|score|classif)/i.test(target)) return true;
  const name = site.symbol.split(".").at(-1) ?? "";
  return /^(?:get|fetch|find|search|list|query|load|check|verify|validate|read|poll|exchange|refresh|authenticate|login|lookup|resolve|calculate|estimate|is|has|ping|test|wait|scrape|translate|classify|complete|generate|chat|embed)(?:[A-Z_]|$)/.test(name);
}

function isRetryOperator(layer: Layer): layer is Layer & { kind: "retry" } {
  return layer.kind === "retry" && /^(?:retry|retryBackoff)$/.test(layer.by.split(".").at(-1) ?? "") && layer.policy.attempts !== 1;
}
