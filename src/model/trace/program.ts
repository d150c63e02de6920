/** The program as the rules see it. */
import type { CodeSummary, FileSummary } from "../../syntax/summary.ts";
import { packageOf, type Resolver, type Workspace } from "../../workspace/index.ts";
import type { Catalog } from "../../catalog/index.ts";
import type { Place } from "../finding.ts";
import type { Attempt, Program, Site } from "../knowledge.ts";
import { outputsOf, withGeneratedClients } from "./generated-clients.ts";
import { LinkedProgram } from "./linked.ts";
import { questions } from "./questions.ts";
import { Tracer } from "./tracer.ts";

/** The program of one snapshot, for a single look. */
export function traceProgram(workspace: Workspace, resolve: Resolver, summaries: ReadonlyMap<string, FileSummary>, catalog: Catalog): { readonly program: Program; readonly tracer: Tracer } {
  const keeper = new ProgramKeeper({ workspace, resolve, summaries, catalog });
  return { program: keeper.program(), tracer: keeper.tracer };
}

interface ProgramParts {
  readonly workspace: Workspace;
  readonly resolve: Resolver;
  readonly summaries: ReadonlyMap<string, FileSummary>;
  readonly catalog: Catalog;
}

/** What is kept from one snapshot of a workspace to the next, as long as no file comes or goes and no manifest changes. */
export class ProgramKeeper {
  readonly tracer: Tracer;
  private readonly files = new Map<string, CodeSummary>();
  private readonly linked: LinkedProgram;
  private readonly workspace: { current: Workspace };
  private readonly outputs: readonly string[];
  private isWhole = true;

  /** `once`: nothing is noted of who looked at what, for no edit will follow. */
  constructor({ workspace, resolve, summaries, catalog }: ProgramParts, { once }: { readonly once: boolean } = { once: false }) {
    this.workspace = { current: workspace };
    for (const path of [...summaries.keys()].sort()) {
      const summary = summaries.get(path);
      if (summary?.kind === "code") this.files.set(path, summary);
    }
    this.outputs = outputsOf(summaries);
    this.tracer = new Tracer({ files: this.files, resolve: withGeneratedClients(resolve, this.outputs), catalog }, { keeps: !once });
    this.linked = new LinkedProgram(this.tracer, (path, name) => versionOf(this.workspace.current, path, name));
  }

  /** Takes in what changed; false where files or generated clients came or went, for then everything is in doubt. */
  takeIn(workspace: Workspace, summaries: ReadonlyMap<string, FileSummary>): boolean {
    const changed = new Map<string, CodeSummary>();
    let count = 0;
    for (const [path, summary] of summaries) {
      if (summary.kind !== "code") continue;
      count += 1;
      const known = this.files.get(path);
      if (known === undefined) return false;
      if (known !== summary) changed.set(path, summary);
    }
    if (count !== this.files.size || !this.isWhole || outputsOf(summaries).join("\n") !== this.outputs.join("\n")) return false;
    // Should this fail half way, what is kept is of no use any more.
    this.isWhole = false;
    this.workspace.current = workspace;
    for (const [path, summary] of changed) this.files.set(path, summary);
    if (changed.size > 0) this.linked.replace(changed);
    this.isWhole = true;
    return true;
  }

  program(): Program {
    const { linked, tracer } = this;
    const workspace = this.workspace.current;
    const wide = linked.wide;
    return {
      sites: [...linked.sites].sort(byPlace),
      attempts: linked.judgedOf("attempts").sort(byPlaceAndBody),
      idleSignals: linked.judgedOf("idleSignals").sort(byPlaceAlone),
      deadOptions: wide.deadOptions.toSorted(byPlaceAlone),
      races: linked.judgedOf("races").sort(byPlaceAlone),
      openPools: wide.openPools.toSorted(byPlaceAlone),
      repetitions: linked.judgedOf("repetitions").sort(byStart),
      fanOuts: linked.judgedOf("fanOuts").sort((a, b) => compare(a.place.path, b.place.path) || a.each.at - b.each.at),
      briefBreakers: linked.judgedOf("briefBreakers").sort(byStart),
      breakers: wide.breakers.toSorted(byStart),
      handmadeBreakers: linked.judgedOf("handmadeBreakers"),
      borrowed: linked.judgedOf("borrowed"),
      queues: linked.queues,
      library: (name) => tracer.world.catalog.find(name),
      function: (ref) => tracer.fn(ref),
      reach: linked.reach,
      ...questions(tracer, linked.graph),
      dependenciesOf: (path) => packageOf(workspace, path)?.dependencies ?? {},
      entries: [...linked.entries].sort(byStart),
    };
  }
}

function versionOf(workspace: Workspace, path: string, name: string): string | undefined {
  const found = packageOf(workspace, path);
  return found?.installed[name] ?? found?.dependencies[name] ?? found?.devDependencies[name];
}

function byStart(a: { readonly place: Place }, b: { readonly place: Place }): number {
  return compare(a.place.path, b.place.path) || a.place.at - b.place.at;
}

function byPlaceAlone(a: { readonly place: Place }, b: { readonly place: Place }): number {
  return byStart(a, b) || a.place.end - b.place.end;
}

function byPlaceAndBody(a: Attempt, b: Attempt): number {
  return byPlaceAlone(a, b) || compare(a.body.path, b.body.path) || a.body.at - b.body.at;
}

function byPlace(a: Site, b: Site): number {
  return compare(a.place.path, b.place.path) || a.place.at - b.place.at || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
