import type { Detection, Related, Rule } from "../../model/finding.ts";
import type { FunctionRef, Knowledge, Reached, Site } from "../../model/knowledge.ts";
import type { Layer } from "../../model/policy.ts";
import { dependencyKey, dependencyName, namesIn, otherSide, THE_OTHER_SIDE } from "../../model/targets.ts";
import { names } from "../../catalog/index.ts";
import { runsAsService } from "../scope.ts";
import { deedOf, isNamedWrite, isRecord, movesMoney, wordsOf } from "./change.ts";
import type { SagaFixData } from "./data.ts";
import { sagaFixes } from "./fix.ts";
import { isKept, servicesOf, withoutDatabase } from "./kept.ts";

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
    const context: Context = { knowledge, inService: servicesOf(knowledge), keptInCache: withoutDatabase(knowledge) };
    const orphans = flows(knowledge).flatMap((flow) => orphaned(context, flow).map((found) => ({ flow, found })));
    const nearest = new Map<string, { readonly flow: Flow; readonly found: Orphan }>();
    // Callers of a flow see the same: it is told where the change stands.
    for (const each of orphans) if (stepsDown(nearest.get(key(each.found.first))) > stepsDown(each)) nearest.set(key(each.found.first), each);
    const told = new Set<Flow>();
    for (const each of [...nearest.values()].toSorted((x, y) => weight(x.found.first) - weight(y.found.first))) {
      if (told.has(each.flow)) continue;
      told.add(each.flow);
      yield toDetection(each.flow, each.found);
    }
  },

  word: (data) => ({
    what: `\`${tail(data.firstCall)}\`${data.first === THE_OTHER_SIDE ? "" : ` at ${data.first.slice(0, 20)}`} is not undone when a later step fails`.slice(0, 80),
    why: `If ${data.laterIsLocal ? "saving" : data.later} fails, ${data.first} has changed for good, and nothing in this service knows of it.`,
    instead: "Undo the steps done so far, in reverse order, or record each step so that the flow can be taken up again.",
  }),

  fixes: (data) => sagaFixes(data.fix),
} satisfies Rule<UndoneStep>;

function stepsDown(orphan: { readonly found: Orphan } | undefined): number {
  return orphan?.found.first.path.length ?? Infinity;
}

/** One finding a flow, at what is worst to leave: money that has moved, then what a request has made, then what an SDK has set up. */
function weight(first: Reached): number {
  if (movesMoney(first)) return 0;
  return first.site.effect === "request" || /(?:create|issue|place|confirm|submit)\w*$/i.test(first.site.calleeText) ? 1 : 2;
}

interface Flow {
  readonly ref: FunctionRef;
  readonly steps: readonly Reached[];
}

interface Context {
  readonly knowledge: Knowledge;
  /** The service of this system that a call goes to. */
  readonly inService: (site: Site) => string | undefined;
  /** Whether what a file keeps is kept in a key-value store, for want of a database. */
  readonly keptInCache: (path: string) => boolean;
}

interface Orphan {
  readonly first: Reached;
  readonly later: Reached;
  readonly changes: readonly Reached[];
}

/** A client's method, the closure that it hands to a wrapper, and whoever composes the flow. */
const CLIMBS = 3;

function climb(knowledge: Knowledge, { ref, left }: { readonly ref: FunctionRef; readonly left: number }, into: Map<string, FunctionRef>): void {
  into.set(`${ref.path}#${ref.id}`, ref);
  if (left > 0) for (const caller of knowledge.program.callersOf(ref)) climb(knowledge, { ref: caller, left: left - 1 }, into);
}

/** Functions in whose own body two calls lead to changes: there the flow is composed. */
function flows(knowledge: Knowledge): readonly Flow[] {
  const refs = new Map<string, FunctionRef>();
  for (const site of knowledge.program.sites) {
    if (!mayChange(site) || !runsAsService(knowledge, site.place.path)) continue;
    climb(knowledge, { ref: site.in, left: isRemote(site) ? CLIMBS : 1 }, refs);
  }
  // The code of a module runs at start-up, or is a script.
  return [...refs.values()].filter((ref) => knowledge.program.function(ref)?.kind !== "module").map((ref) => ({ ref, steps: knowledge.program.reach(ref) }));
}

/** State that changes elsewhere or here: requests and SDK calls that write, database writes. */
function mayChange(site: Site): boolean {
  if (isLocal(site)) return site.effect === "transaction" || isNamedWrite(site);
  return isRemote(site) && site.access === "write" && site.verb !== "GET";
}

/** Writes here, and the commit that makes them last. */
function isLocal(site: Site): boolean {
  return site.effect === "query" || site.effect === "cache" || (site.effect === "transaction" && /^commit/i.test(site.calleeText.split(".").at(-1) ?? ""));
}

function isRemote(site: Site): boolean {
  return site.effect === "request" || site.effect === "sdk";
}

function orphaned(context: Context, flow: Flow): readonly Orphan[] {
  const { knowledge } = context;
  const keeps = context.keptInCache(flow.ref.path);
  const composed = flow.steps.filter((r) => !tellsFailure(r.site) && (r.site.effect === "cache" ? keeps && isKept(r.site) : mayChange(r.site)) && r.when !== "on-failure" && r.when !== "finally");
  return composed.flatMap((first, index) => {
    const isStay = staysWhenOrphaned(knowledge, flow, first);
    if (!isStay && !staysAlone(first)) return [];
    const after = composed.slice(index + 1).filter((r) => isOther(r, first) && matters(r) && !exclusive(knowledge, flow, first, r));
    const later = after.find((r) => (isStay && breaksOff(r, first)) || isForgotten(context, flow, { first, later: r }));
    if (!later || isUndone(flow, knowledge, first)) return [];
    return [{ first, later, changes: [first, ...after.filter((r) => r === later || r.site.effect !== "transaction")] }];
  });
}

/** What says that it has failed is no step of what should have been: `FailOrderService.call`, `markAsFailed`. */
function tellsFailure({ symbol }: Site): boolean {
  return symbol.split(".").some((part) => /^(?:mark|set|record|report)?_?(?:[Aa]s)?_?[Ff]ail(?:ed|ure)?(?![a-z])/.test(part));
}

/** A remote change that somebody has to take back when the flow ends here. */
function staysWhenOrphaned(knowledge: Knowledge, flow: Flow, step: Reached): boolean {
  const { site } = step;
  if (!isRemote(site)) return false;
  if (knowledge.serviceOf(site.place.path).length === 0 && (site.reached === "startup" || site.reached === "unknown")) return false;
  const deed = deedOf(step);
  if (!movesMoney(step) && isEnsured(knowledge, site.in)) return false;
  const stays = deed === "makes" || (deed === "overwrites" && site.effect === "request") || (deed === "removes" && movesMoney(step) && !repairs(knowledge, flow));
  // A message or a timer brings the flow round again; only money must not move twice.
  return stays && ((site.reached !== "message" && site.reached !== "schedule") || movesMoney(step));
}

/** What a function makes only where it is missing is meant to stay, and the next run finds it: `ensureBucketExists`. */
function isEnsured(knowledge: Knowledge, ref: FunctionRef): boolean {
  if (ENSURES.test(knowledge.program.function(ref)?.name ?? "")) return true;
  const callers = knowledge.program.callersOf(ref);
  return callers.length > 0 && callers.every((caller) => ENSURES.test(knowledge.program.function(caller)?.name ?? ""));
}

const ENSURES = /^(?:ensure|(?:get|find|fetch|read|load)Or(?:Create|Make|Add|Insert|Register))|If(?:Not(?:Exists?|Present|There)|Missing|Absent|Needed)$/;

/** A flow that others run when they fail: what it gives back is what it is there for. */
function repairs(knowledge: Knowledge, { ref, steps }: Flow): boolean {
  const own = new Set(steps.map(key));
  return knowledge.program.callersOf(ref).some((caller) => knowledge.program.reach(caller).some((r) => r.when === "on-failure" && own.has(key(r))));
}

/** A row of one's own that says something of the other service too. */
function staysAlone({ site, when }: Reached): boolean {
  return when === "always" && isLocal(site) && site.effect === "query" && site.entity !== undefined && site.access === "write" && !isRecord(site) && site.reached !== "message" && site.reached !== "schedule";
}

/** Something that the flow is there for. */
function matters(step: Reached): boolean {
  if (isLocal(step.site)) return !isRecord(step.site);
  const deed = deedOf(step);
  return deed === "makes" || deed === "overwrites" || deed === "removes";
}

function isOther(later: Reached, first: Reached): boolean {
  if (later.path[0] === undefined || first.path[0] === undefined) return false;
  // Both inside one call: the flow is composed further down, and told there.
  if (later.path[0].at === first.path[0].at && later.path[0].end === first.path[0].end) return false;
  return isLocal(later.site) || !sameDependency(later.site, first.site);
}

/** A step whose failure is swallowed on its own cannot break the flow off; where money has moved, its record is lost all the same. */
function breaksOff(later: Reached, first: Reached): boolean {
  if (swallowedAlone(later, first).length === 0) return true;
  return isLocal(later.site) && later.when === "always" && movesMoney(first);
}

/** What swallows the failure of one step and not of the other. */
function swallowedAlone(later: Reached, first: Reached): readonly Layer[] {
  const shared = new Set(first.layers.map(({ place }) => `${place.path}#${place.at}`));
  return later.layers.filter((l) => (l.kind === "swallow" || l.kind === "fallback") && !shared.has(`${l.place.path}#${l.place.at}`));
}

/** Another service of this system is told once; where that fails, a log line is all that is left, and the two disagree. */
function isForgotten({ inService }: Context, flow: Flow, { first, later }: { readonly first: Reached; readonly later: Reached }): boolean {
  if (!isRemote(later.site) || !later.site.awaited || inService(later.site) === undefined || isRepeated(later)) return false;
  if (swallowedAlone(later, first).every((l) => l.kind !== "swallow") || (isLocal(first.site) && !speaksOf(later.site, first.site.entity ?? ""))) return false;
  return !flow.steps.some((r) => r.when === "on-failure" && (mayChange(r.site) || r.site.effect === "publish"));
}

/** The request tells the other service of the row that was written. */
function speaksOf(site: Site, entity: string): boolean {
  const row = singular(wordsOf(entity).at(-1) ?? "");
  const said = new Set(namesIn(site).flatMap(wordsOf).map(singular));
  return row !== "" && said.has(row);
}

function singular(word: string): string {
  return word.replace(/ies$/, "y").replace(/s$/, "");
}

function isRepeated({ layers, site }: Reached): boolean {
  return layers.some((l) => l.kind === "retry") || site.policy.retry.is === "known" || site.policy.retry.is === "present";
}

/** The two stand in branches of which only one runs. */
function exclusive(knowledge: Knowledge, flow: Flow, first: Reached, later: Reached): boolean {
  const [a] = first.path;
  const [b] = later.path;
  return a !== undefined && b !== undefined && knowledge.program.excludes(flow.ref, a, b);
}

/** A failure path of the flow, or of whoever runs it, changes the same dependency again or hands the failure on, or something is called that says it undoes. */
function isUndone(flow: Flow, knowledge: Knowledge, first: Reached): boolean {
  const takesBack = (r: Reached): boolean => (r.when === "on-failure" || r.when === "finally") && ((mayChange(r.site) && isRemote(r.site) && sameDependency(r.site, first.site)) || undoes(r) || (r.site.effect === "publish" && r.when === "on-failure"));
  if (flow.steps.some(takesBack) || knowledge.program.callersOf(flow.ref).some((caller) => knowledge.program.reach(caller).some(takesBack))) return true;
  return knowledge.program.callsNamed(flow.ref, compensation) || isDurable(knowledge, flow.ref);
}

function sameDependency(a: Site, b: Site): boolean {
  if (a.effect === "sdk" && b.effect === "sdk") return a.library === b.library;
  const [keyA, keyB] = [dependencyKey(a), dependencyKey(b)];
  if (keyA !== "" && keyB !== "") return keyA === keyB;
  return a.library === b.library && a.origin.name === b.origin.name && a.origin.token === b.origin.token && a.origin.place?.at === b.origin.place?.at;
}

const compensation = new RegExp(`^(?!.*(?:transaction|timeout|timer|lock|client|connection))(?:(?:${names.compensationVerbs.filter((verb) => verb !== "release" && verb !== "rollback").join("|")})(?![a-z])|.*compensat|rollback(?=[A-Z])|release(?=[A-Z])|.*saga|undo)`, "i");

/** Ending a database transaction undoes nothing elsewhere. */
function undoes(step: Reached): boolean {
  if (!isRemote(step.site) && step.site.effect !== "publish") return false;
  return compensation.test(step.site.calleeText.split(".").at(-1) ?? "") || compensation.test(step.site.symbol.split(".").at(-1) ?? "");
}

/** Flows in a workflow engine are taken up again by it. */
function isDurable(knowledge: Knowledge, ref: FunctionRef): boolean {
  if (knowledge.program.function(ref)?.calls.some((call) => /(?:^|\.)(?:step|ctx|context|io)\.(?:run|runTask|do|sideEffect|invoke|sleep)$/.test(call)) === true) return true;
  return knowledge.program.isReplayed(ref.path);
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
      { says: `changes ${otherSide(first.site)}`, place: first.site.callee },
      { says: isLocal(later.site) ? "then writes to the database, which may fail" : `then changes ${otherSide(later.site)}, which may fail`, place: later.path[0] ?? later.site.callee },
      ...(later.path.length > 1 ? [{ says: "that call stands here", place: later.site.callee }] : []),
      { says: "no path undoes the first when the second fails" },
    ],
    related: relatedOf(found.changes),
    anchor: `${first.site.calleeText} ${dependencyName(first.site)}`,
    symbol: first.site.symbol,
    data: {
      flow: name,
      first: otherSide(first.site),
      firstCall: first.site.calleeText,
      later: otherSide(later.site),
      laterIsLocal: isLocal(later.site),
      fix: { path: at.path, flow: name, steps: steps(found.changes) },
    },
  };
}

/** Where the later steps stand in the flow, and the calls that steps in other files come to. */
function relatedOf([first, ...later]: readonly Reached[]): readonly Related[] {
  const steps = later.slice(0, 5);
  const inFlow = steps.map((r) => ({ ...(r.path[0] ?? r.site.callee), says: `${r.site.calleeText} may fail after it` }));
  const below = [first, ...steps].flatMap((r) => {
    const last = r?.path.at(-1);
    return last === undefined || last.path === r?.path[0]?.path ? [] : [{ ...last, says: `${r?.site.calleeText ?? ""} is called here` }];
  });
  return [...inFlow, ...below];
}

/** Step names for the scaffold: what is called, with a number where two are alike. */
function steps(all: readonly Reached[]): SagaFixData["steps"] {
  const seen = new Map<string, number>();
  return all.slice(0, 6).map((r) => {
    const [, method = r.site.calleeText] = /([\w$]+)$/.exec(r.site.calleeText) ?? [];
    const base = isLocal(r.site) ? `${r.site.effect === "query" ? method : "save"}${r.site.entity ?? ""}` : `${method} ${dependencyName(r.site)}`;
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
