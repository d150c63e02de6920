/** The program of one workspace, kept current: after an edit, what the edit touches is worked out again, and nothing else. */
import type { CodeSummary } from "../../syntax/summary.ts";
import type { Entry, FunctionRef, KeptQueue, Program, Reached, Site } from "../knowledge.ts";
import { isAlike } from "./alike.ts";
import { type AttemptContext, attemptsOf } from "./attempts.ts";
import { borrowedOf } from "./borrowed.ts";
import { breakersOf } from "./breakers.ts";
import { ClientRegister } from "./client-state.ts";
import { type Context, contextsOf, NO_CONTEXT } from "./contexts.ts";
import { deadOptionsIn, openPoolsIn } from "./dead-options.ts";
import { calledEntries, decoratedEntries, exportedEntries } from "./entries.ts";
import { type FanOutContext, fanOutsOf } from "./fan-outs.ts";
import { type CallGraph, type FunctionLink, type GraphEdge, linkOf } from "./graph.ts";
import { guardsIn, type Making, makingsIn } from "./guards.ts";
import { Cell, Cells } from "./ledger.ts";
import { handmadeBreakersOf } from "./probes.ts";
import { queuesIn } from "./queues.ts";
import { racesOf } from "./races.ts";
import { reachOf } from "./reach.ts";
import { delaysOf, repetitionsOf } from "./repetitions.ts";
import { idleSignalsOf } from "./signals.ts";
import { type Emitted, type SiteContext, sitesOf } from "./sites.ts";
import { refKey } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

interface Linked {
  readonly ref: FunctionRef;
  readonly key: string;
  readonly linkCell: Cell;
  readonly sitesCell: Cell;
  readonly judgedCell: Cell;
  link: FunctionLink;
  /** Whom each edge of the link leads to. */
  targets: readonly (Linked | undefined)[];
  into: readonly GraphEdge[];
  /** Where each edge of `into` comes from. */
  callers: readonly Linked[];
  /** Its number among those that contexts are carried through; -1 where it is none of them. */
  at: number;
  context: Context | undefined;
  /** What it was before the last edit. */
  contextBefore: Context | undefined;
  emitted: readonly Emitted[];
  judged: Judged;
}

/** What is told of one function alone. */
type Judged = Pick<Program, "repetitions" | "fanOuts" | "briefBreakers" | "attempts" | "idleSignals" | "races" | "handmadeBreakers" | "borrowed">;

interface LinkedFile {
  readonly cell: Cell;
  readonly makingsCell: Cell;
  makings: readonly Making[];
  functions: readonly Linked[];
  entries: readonly Entry[];
  queues: readonly KeptQueue[];
  /** Made from the links of its functions; undefined once one of them has changed. */
  digest: Digest | undefined;
  /** Contexts are carried through one of its functions at least. */
  isPassed: boolean;
}

interface Digest {
  /** Those of its functions before its own. */
  readonly entries: readonly Entry[];
  /** What calls out, and what that is written in. */
  readonly roots: readonly Linked[];
}

/** Of a function that contexts are carried through, before it has its number. */
const FOUND = -2;
const NO_LINK: FunctionLink = { edges: [], raw: [], entries: [], around: [], isNotable: false };
const NOT_JUDGED: Judged = { repetitions: [], fanOuts: [], briefBreakers: [], attempts: [], idleSignals: [], races: [], handmadeBreakers: [], borrowed: [] };

export class LinkedProgram {
  readonly graph: CallGraph;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
  entries: readonly Entry[] = [];
  private readonly tracer: Tracer;
  private readonly files = new Map<string, LinkedFile>();
  private readonly functions = new Map<string, Linked>();
  private readonly states: ClientRegister;
  private readonly asked: Readonly<Record<"out" | "into" | "entry" | "context" | "told", Cells>>;
  private entryKeys: ReadonlySet<string> = new Set();
  /** Functions of which something is told, in the order of the workspace. */
  private judged: readonly Linked[] = [];
  /** Functions that contexts are carried through, in the order of the workspace. */
  private passed: readonly Linked[] = [];
  private byCall: ReadonlyMap<object, readonly Site[]> = new Map();
  /** What functions told that are gone since. */
  private dropped: Emitted[] = [];
  private readonly versionOf: SiteContext["versionOf"];

  constructor(tracer: Tracer, versionOf: SiteContext["versionOf"]) {
    const { ledger } = tracer;
    this.tracer = tracer;
    this.versionOf = versionOf;
    this.asked = { out: new Cells(ledger), into: new Cells(ledger), entry: new Cells(ledger), context: new Cells(ledger), told: new Cells(ledger) };
    this.graph = {
      out: { get: (key) => (this.asked.out.read(key), this.functions.get(key)?.link.edges) },
      into: { get: (key) => this.callers(key), has: (key) => this.callers(key) !== undefined },
      isEntry: (key) => (this.asked.entry.read(key), this.entryKeys.has(key)),
    };
    this.reach = reachOf(tracer, this.graph, { at: (call, key) => this.at(call, key) });
    for (const path of tracer.world.files.keys()) this.files.set(path, { cell: staleCell(), makingsCell: staleCell(), makings: [], functions: [], entries: [], queues: [], digest: undefined, isPassed: false });
    this.states = new ClientRegister(tracer);
    this.work([...this.files.keys()]);
  }

  get sites(): readonly Site[] {
    return this.every((one) => one.emitted.map(({ site }) => site));
  }

  get queues(): readonly KeptQueue[] {
    return [...this.files.values()].flatMap((file) => file.queues);
  }

  /** What is told of functions, in the order of the workspace. */
  judgedOf<Key extends keyof Judged>(key: Key): Judged[Key][number][] {
    return this.judged.flatMap((one): readonly Judged[Key][number][] => one.judged[key]);
  }

  /** What needs the whole program: breakers with the calls that fire them, wherever they stand. */
  get wide(): Pick<Program, "breakers" | "deadOptions" | "openPools"> {
    const makings: Making[] = [];
    for (const [path, file] of this.files) {
      if (file.makingsCell.stale) file.makings = this.tracer.ledger.within(file.makingsCell, () => makingsIn(this.tracer, path));
      makings.push(...file.makings);
    }
    const dead = { tracer: this.tracer, states: this.states, versionOf: this.versionOf, raw: this.every((one) => one.link.raw), sites: this.sites };
    return {
      breakers: guardsIn({ tracer: this.tracer, reach: this.reach, functions: makings.length === 0 ? [] : this.every((one) => [one.ref]) }, makings),
      deadOptions: deadOptionsIn(dead),
      openPools: openPoolsIn(dead),
    };
  }

  /** Takes in other texts of files that are known. */
  replace(changed: ReadonlyMap<string, CodeSummary>): void {
    for (const [path, summary] of changed) this.tracer.replace(path, summary);
    this.tracer.refreshIndexes();
    this.states.refresh();
    this.work([...changed.keys()]);
  }

  private work(changed: readonly string[]): void {
    for (const path of changed) this.list(path);
    this.link();
    this.gatherEntries();
    this.spread();
    this.tell();
    this.judge();
  }

  /** The functions of a file as they are now; those that are gone lose their edges. */
  private list(path: string): void {
    const file = this.files.get(path);
    const summary = this.tracer.world.files.get(path);
    if (!file || !summary) return;
    const gone = file.functions.slice(summary.functions.length);
    this.relink(gone.map((one) => ({ one, link: NO_LINK })));
    for (const { key, emitted } of gone) {
      this.functions.delete(key);
      this.dropped.push(...emitted);
    }
    file.digest = undefined;
    file.functions = summary.functions.map((fn) => file.functions[fn.id] ?? this.add({ path, id: fn.id }));
  }

  private add(ref: FunctionRef): Linked {
    const key = refKey(ref);
    const made: Linked = { ref, key, linkCell: staleCell(), sitesCell: staleCell(), judgedCell: staleCell(), link: NO_LINK, targets: [], into: [], callers: [], at: -1, context: undefined, contextBefore: undefined, emitted: [], judged: NOT_JUDGED };
    this.functions.set(key, made);
    return made;
  }

  private link(): void {
    const relinked: { readonly one: Linked; readonly link: FunctionLink }[] = [];
    for (const one of this.functions.values()) {
      if (!one.linkCell.stale) continue;
      const link = this.tracer.ledger.within(one.linkCell, () => linkOf(this.tracer, one.ref));
      if (!isAlike(link, one.link)) relinked.push({ one, link });
    }
    this.relink(relinked);
  }

  private relink(relinked: readonly { readonly one: Linked; readonly link: FunctionLink }[]): void {
    const callers = new Set(relinked.map(({ one }) => one.key));
    const added = new Map<string, GraphEdge[]>();
    for (const { one, link } of relinked) {
      for (const edge of one.link.edges) added.set(refKey(edge.to), added.get(refKey(edge.to)) ?? []);
      one.link = link;
      one.targets = link.edges.map((edge) => this.functions.get(refKey(edge.to)));
      one.sitesCell.stale = true;
      one.judgedCell.stale = true;
      const file = this.files.get(one.ref.path);
      if (file) file.digest = undefined;
    }
    for (const { link } of relinked) {
      for (const edge of link.edges) {
        const list = added.get(refKey(edge.to));
        if (list) list.push(edge);
        else added.set(refKey(edge.to), [edge]);
      }
    }
    for (const [key, edges] of added) {
      const target = this.functions.get(key);
      if (!target) continue;
      target.into = [...target.into.filter((edge) => !callers.has(refKey(edge.from))), ...edges].sort(byCaller);
      target.callers = target.into.flatMap((edge) => this.functions.get(refKey(edge.from)) ?? []);
    }
    this.asked.out.outdate(callers);
    this.asked.into.outdate(added.keys());
  }

  private gatherEntries(): void {
    for (const [path, file] of this.files) {
      if (!file.cell.stale) continue;
      file.digest = undefined;
      file.entries = this.tracer.ledger.within(file.cell, () => {
        const { summary } = this.tracer.view(path);
        file.queues = summary ? queuesIn(this.tracer, path, summary) : [];
        return summary ? [...decoratedEntries(this.tracer, path, summary), ...calledEntries(this.tracer, path, summary), ...exportedEntries(path, summary)] : [];
      });
    }
    const entries: Entry[] = [];
    for (const [path, file] of this.files) entries.push(...this.digestOf(path, file).entries);
    this.entries = entries;
    const before = this.entryKeys;
    this.entryKeys = new Set(this.entries.map((entry) => refKey(entry.function)));
    this.asked.entry.compare((key) => before.has(key) === this.entryKeys.has(key));
  }

  private digestOf(path: string, file: LinkedFile): Digest {
    if (file.digest) return file.digest;
    const { functions } = file;
    const facts = this.tracer.world.files.get(path)?.functions;
    const roots = new Set<Linked>();
    for (const one of functions) {
      if (one.link.raw.length === 0 && !one.link.isNotable) continue;
      for (let around: Linked | undefined = one; around; around = functions[facts?.[around.ref.id]?.parent ?? -1]) roots.add(around);
    }
    file.digest = { entries: [...functions.flatMap((one) => one.link.entries), ...file.entries], roots: [...roots] };
    return file.digest;
  }

  /** Carries layers down to whatever is told or judged, from all that leads there. */
  private spread(): void {
    const before = this.passed;
    for (const one of before) {
      one.at = -1;
      one.contextBefore = one.context;
      one.context = undefined;
    }
    this.passed = this.passing();
    const entries = this.entries.flatMap(({ function: ref, kind }) => {
      const at = this.functions.get(refKey(ref))?.at ?? -1;
      return at < 0 ? [] : [{ at, kind }];
    });
    const contexts = contextsOf(this.tracer, this.passed, entries);
    for (let at = 0; at < contexts.length; at++) (this.passed[at] as Linked).context = contexts[at];
    this.asked.context.compare((key) => {
      const one = this.functions.get(key);
      return isAlike(one?.contextBefore, one?.context);
    });
    for (const one of before) one.contextBefore = undefined;
  }

  /** What calls out, what it is written in, and all that leads there, in the order of the workspace; each knows its number. */
  private passing(): readonly Linked[] {
    const found: Linked[] = [];
    const add = (one: Linked): void => {
      if (one.at === FOUND) return;
      one.at = FOUND;
      found.push(one);
    };
    for (const [path, file] of this.files) for (const one of this.digestOf(path, file).roots) add(one);
    for (const one of found) for (const caller of one.callers) add(caller);
    for (const file of this.files.values()) file.isPassed = false;
    for (const { ref } of found) {
      const file = this.files.get(ref.path);
      if (file) file.isPassed = true;
    }
    const passing: Linked[] = [];
    for (const { functions, isPassed } of this.files.values()) if (isPassed) for (const one of functions) if (one.at === FOUND) one.at = passing.push(one) - 1;
    return passing;
  }

  private tell(): void {
    const ctx: SiteContext = { tracer: this.tracer, states: this.states, graph: this.graph, contextOf: (ref) => this.contextOf(ref), versionOf: this.versionOf };
    const retold = new Set<string>();
    const note = (told: readonly Emitted[]): void => {
      for (const { site } of told) retold.add(refKey(site.in)).add(site.in.path);
    };
    note(this.dropped.splice(0));
    for (const one of this.functions.values()) {
      if (!one.sitesCell.stale) continue;
      const before = one.emitted;
      const emitted = one.link.raw.length === 0 ? [] : this.tracer.ledger.within(one.sitesCell, () => one.link.raw.flatMap((raw) => sitesOf(ctx, raw)));
      one.sitesCell.stale = false;
      if (isAlike(emitted, before)) continue;
      one.emitted = emitted.map((each, at) => (isAlike(each, before[at]) ? (before[at] ?? each) : each));
      note([...before, ...emitted]);
    }
    if (retold.size === 0) return;
    const byCall = new Map<object, Site[]>();
    for (const { site, at } of this.every((one) => one.emitted)) {
      const list = byCall.get(at);
      if (list) list.push(site);
      else byCall.set(at, [site]);
    }
    this.byCall = byCall;
    this.asked.told.outdate(retold);
  }

  private judge(): void {
    const ctx = { tracer: this.tracer, graph: this.graph, reach: this.reach, contextOf: (ref: FunctionRef) => this.contextOf(ref), at: (call: object, path: string) => this.at(call, path) };
    for (const one of this.functions.values()) {
      if (!one.judgedCell.stale) continue;
      one.judgedCell.stale = false;
      one.judged = this.tracer.ledger.within(one.judgedCell, () => ((this.tracer.fn(one.ref)?.calls.length ?? 0) === 0 ? NOT_JUDGED : judgedIn(ctx, one.ref, one.link.isNotable)));
    }
    this.judged = this.every((one) => (one.judged === NOT_JUDGED ? [] : [one]));
  }

  private at(call: object, key: string): readonly Site[] {
    this.asked.told.read(key);
    return this.byCall.get(call) ?? [];
  }

  private contextOf(ref: FunctionRef): Context {
    const key = refKey(ref);
    this.asked.context.read(key);
    return this.functions.get(key)?.context ?? NO_CONTEXT;
  }

  private callers(key: string): readonly GraphEdge[] | undefined {
    this.asked.into.read(key);
    const into = this.functions.get(key)?.into;
    return into === undefined || into.length === 0 ? undefined : into;
  }

  /** In the order of the workspace. */
  private every<T>(of: (one: Linked) => readonly T[]): T[] {
    const all: T[] = [];
    for (const { functions } of this.files.values()) for (const one of functions) for (const each of of(one)) all.push(each);
    return all;
  }
}

type JudgeContext = FanOutContext & AttemptContext;

/** Loops without a call repeat nothing; nor does what hands nothing on. */
function judgedIn(ctx: JudgeContext, ref: FunctionRef, isNotable: boolean): Judged {
  const judged: Judged = {
    repetitions: isNotable ? repetitionsOf(ctx, ref) : delaysOf(ctx, ref),
    fanOuts: isNotable ? fanOutsOf(ctx, ref) : [],
    briefBreakers: isNotable ? breakersOf(ctx.tracer, ctx.graph, ctx.contextOf, ref) : [],
    attempts: isNotable ? attemptsOf(ctx, ref) : [],
    idleSignals: idleSignalsOf(ctx, ref),
    races: racesOf(ctx, ref),
    handmadeBreakers: handmadeBreakersOf(ctx.tracer, ref),
    borrowed: borrowedOf(ctx.tracer, ref),
  };
  return Object.values(judged).some((list: readonly unknown[]) => list.length > 0) ? judged : NOT_JUDGED;
}

function staleCell(): Cell {
  const cell = new Cell();
  cell.stale = true;
  return cell;
}

/** In the order of the workspace; the edges of one caller stay in theirs. */
function byCaller(a: GraphEdge, b: GraphEdge): number {
  if (a.from.path !== b.from.path) return a.from.path < b.from.path ? -1 : 1;
  return a.from.id - b.from.id;
}
