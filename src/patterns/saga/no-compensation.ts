import type { Detection, Rule } from "../../model/finding.ts";
import type { FunctionRef, Knowledge, Reached, Site } from "../../model/knowledge.ts";
import { dependencyKey, dependencyName } from "../../model/targets.ts";
import { names } from "../../catalog/index.ts";
import { runsAsService } from "../scope.ts";
import type { SagaFixData } from "./data.ts";
import { sagaFixes } from "./fix.ts";

export interface UndoneStep {
  readonly flow: string;
  /** What stays when the flow breaks off: `payments`. */
  readonly first: string;
  readonly firstCall: string;
  /** What may fail after it. */
  readonly later: string;
  readonly laterIsLocal: boolean;
  readonly fix: SagaFixData;
}

export default {
  id: "saga/no-compensation",
  severity: "warning",
  title: "A remote change stays when a later step fails",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<UndoneStep>> {
    const told = new Set<string>();
    for (const flow of flows(knowledge)) {
      const found = orphaned(knowledge, flow);
      if (!found || told.has(key(found.first))) continue;
      told.add(key(found.first));
      yield toDetection(flow, found);
    }
  },

  word: (data) => ({
    what: `\`${tail(data.firstCall)}\` at ${data.first.slice(0, 20)} is not undone when a later step fails`.slice(0, 80),
    why: `If ${data.laterIsLocal ? "saving" : data.later} fails, ${data.first} has changed for good, and nothing in this service knows of it.`,
    instead: "Undo the steps done so far, in reverse order, or record each step so that the flow can be taken up again.",
  }),

  fixes: (data) => sagaFixes(data.fix),
} satisfies Rule<UndoneStep>;

interface Flow {
  readonly ref: FunctionRef;
  readonly steps: readonly Reached[];
}

interface Orphan {
  readonly first: Reached;
  readonly later: Reached;
  readonly changes: readonly Reached[];
}

/** Functions in whose own body two calls lead to changes: there the flow is composed. */
function flows(knowledge: Knowledge): readonly Flow[] {
  const refs = new Map<string, FunctionRef>();
  for (const site of knowledge.program.sites) {
    if (!changes(site) || !runsAsService(knowledge, site.place.path)) continue;
    refs.set(`${site.in.path}#${site.in.id}`, site.in);
    for (const caller of knowledge.program.callersOf(site.in)) refs.set(`${caller.path}#${caller.id}`, caller);
  }
  return [...refs.values()].map((ref) => ({ ref, steps: knowledge.program.reach(ref) }));
}

function orphaned(knowledge: Knowledge, flow: Flow): Orphan | undefined {
  const composed = flow.steps.filter((r) => changes(r.site) && r.when !== "on-failure" && r.when !== "finally");
  for (const [index, first] of composed.entries()) {
    if (!isRemoteChange(first.site) || !mattersIfOrphaned(first)) continue;
    const later = composed.slice(index + 1).find((r) => isOther(r, first) && canFail(r) && !exclusive(knowledge, flow, first, r));
    if (!later || isUndone(flow, knowledge, first)) continue;
    return { first, later, changes: [first, ...composed.slice(index + 1).filter((r) => isOther(r, first))] };
  }
  return undefined;
}

/** State that changes elsewhere or here: requests and SDK calls that write, database writes. */
function changes(site: Site): boolean {
  return (site.effect === "request" || site.effect === "sdk" || site.effect === "query") && site.access === "write";
}

function isRemoteChange(site: Site): boolean {
  return (site.effect === "request" || site.effect === "sdk") && site.verb !== "GET";
}

/** Sending a mail, asking for a token, searching by POST: nothing there has to be undone. */
function mattersIfOrphaned(step: Reached): boolean {
  const { site } = step;
  const target = step.target.map((p) => (p.is === "known" ? p.text : p.is === "env" ? p.name : "")).join("");
  const words = `${site.calleeText} ${target} ${site.origin.name} ${site.symbol} ${site.library}`;
  if (/mail|smtp|sms|slack|notif|webhook|telemetr|metric|analytic|posthog|segment|track|audit|sentry|log(ger|s)?\b/i.test(words)) return false;
  return !/\b(token|oauth2?|login|auth|signin|introspect|refresh)\b|\/(search|query|graphql|validate|verify|check|estimate|quote|preview|render|convert|completions|embeddings)\b|_search|authenticate|verif/i.test(`${target} ${site.calleeText} ${site.symbol}`);
}

function isOther(later: Reached, first: Reached): boolean {
  if (later.path[0] === undefined || first.path[0] === undefined) return false;
  // Both inside one call: the flow is composed further down, and told there.
  if (later.path[0].at === first.path[0].at && later.path[0].path === first.path[0].path) return false;
  if (later.site.effect === "query") return true;
  return isRemoteChange(later.site) && (dependencyKey(later.site) !== dependencyKey(first.site) || later.site.library !== first.site.library || later.site.calleeText !== first.site.calleeText) && mattersIfOrphaned(later);
}

/** A step whose failure is swallowed on its own cannot break the flow off. */
function canFail(step: Reached): boolean {
  return !step.layers.some((l) => l.kind === "swallow" || l.kind === "fallback");
}

/** The two stand in branches of which only one runs. */
function exclusive(knowledge: Knowledge, flow: Flow, first: Reached, later: Reached): boolean {
  const [a] = first.path;
  const [b] = later.path;
  return a !== undefined && b !== undefined && knowledge.program.excludes(flow.ref, a, b);
}

/** A failure path of the flow, or of whoever runs it, changes the same dependency again, or something is called that says it undoes. */
function isUndone(flow: Flow, knowledge: Knowledge, first: Reached): boolean {
  const around = knowledge.program.callersOf(flow.ref).flatMap((caller) => knowledge.program.reach(caller));
  const failing = [...flow.steps, ...around].filter((r) => r.when === "on-failure" || r.when === "finally");
  if (failing.some((r) => changes(r.site) && (sameDependency(r.site, first.site) || undoes(r)))) return true;
  return knowledge.program.callsNamed(flow.ref, compensation) || isDurable(knowledge, flow.ref);
}

function sameDependency(a: Site, b: Site): boolean {
  return a.effect !== "query" && (dependencyKey(a) === dependencyKey(b) && dependencyKey(a) !== "" ? true : a.library === b.library && a.origin.name === b.origin.name && a.origin.place?.at === b.origin.place?.at);
}

const compensation = new RegExp(`^(?:${names.compensationVerbs.join("|")})|compensat|rollback|saga|undo`, "i");

function undoes(step: Reached): boolean {
  return compensation.test(step.site.calleeText.split(".").at(-1) ?? "") || compensation.test(step.site.symbol.split(".").at(-1) ?? "");
}

/** Flows in a workflow engine are taken up again by it. */
function isDurable(knowledge: Knowledge, ref: FunctionRef): boolean {
  return knowledge.program.libraryNames(ref.path).some((name) => knowledge.program.library(name)?.category.includes("workflow") === true);
}

function toDetection(flow: Flow, found: Orphan): Detection<UndoneStep> {
  const { first, later } = found;
  const place = first.path.length === 1 ? first.site.callee : (first.path[0] ?? first.site.callee);
  const at = { ...place, end: Math.min(place.end, place.at + 60) };
  const name = flowName(first.site.symbol);
  return {
    place: at,
    confidence: first.site.confidence === "likely" || later.site.confidence === "likely" ? "likely" : "certain",
    evidence: [
      { says: `changes ${dependencyName(first.site)}`, place: first.site.callee },
      { says: later.site.effect === "query" ? "then writes to the database, which may fail" : `then changes ${dependencyName(later.site)}, which may fail`, place: later.path[0] ?? later.site.callee },
      { says: "no path undoes the first when the second fails" },
    ],
    related: found.changes.slice(1, 6).map((r) => ({ ...(r.path[0] ?? r.site.callee), says: `${r.site.calleeText} may fail after it` })),
    anchor: `${first.site.calleeText} ${dependencyName(first.site)}`,
    symbol: first.site.symbol,
    data: {
      flow: name,
      first: dependencyName(first.site),
      firstCall: first.site.calleeText,
      later: dependencyName(later.site),
      laterIsLocal: later.site.effect === "query",
      fix: { path: at.path, flow: name, steps: steps(found.changes) },
    },
  };
}

/** Step names for the scaffold: what is called, with a number where two are alike. */
function steps(all: readonly Reached[]): SagaFixData["steps"] {
  const seen = new Map<string, number>();
  return all.slice(0, 6).map((r) => {
    const [, method = r.site.calleeText] = /([\w$]+)$/.exec(r.site.calleeText) ?? [];
    const base = r.site.effect === "query" ? `${method}${r.site.entity ?? ""}` : `${method} ${dependencyName(r.site)}`;
    const name = base.replace(/[^\w]+(\w)/g, (_, c: string) => c.toUpperCase()).replace(/\W/g, "");
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { name: count === 1 ? name : `${name}${count}` };
  });
}

/** `CheckoutService.place` → `place`; a handler without a name goes by its file. */
function flowName(symbol: string): string {
  const file = /^([\w-]+)(?:\.[\w-]+)*\.[cm]?[jt]sx?$/.exec(symbol)?.[1];
  return (file ?? symbol.split(".").at(-1) ?? "flow").replace(/-(\w)/g, (_, c: string) => c.toUpperCase());
}

function tail(text: string): string {
  const parts = text.split(".");
  return parts.slice(-2).join(".").slice(0, 26);
}

function key(step: Reached): string {
  return `${step.site.callee.path}#${step.site.callee.at}`;
}
