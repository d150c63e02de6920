/**
 * What the workspace is: services, stores, channels and the calls between them, and what protects each call. Summaries and
 * catalog go in, `Knowledge` comes out; this room reads neither disk nor clock, and knows of no rule.
 */
import type { Catalog } from "../catalog/index.ts";
import type { FileSummary } from "../syntax/summary.ts";
import type { Resolver, Workspace } from "../workspace/index.ts";
import { contradictions } from "./architecture/declared.ts";
import { Gathered, gatherFacts } from "./architecture/gather.ts";
import { hopsOf } from "./architecture/hops.ts";
import { meshGuardedHosts } from "./architecture/mesh.ts";
import { recoverArchitecture } from "./architecture/recover.ts";
import { recoverServices, type ServiceMap } from "./architecture/services.ts";
import { resolutionOf } from "./architecture/resolution.ts";
import type { Knowledge, Program } from "./knowledge.ts";
import { hasSameOutline, runtimes } from "./architecture/runtime.ts";
import { ProgramKeeper } from "./trace/program.ts";

/** With `previous`, the knowledge of the workspace a moment ago, only what changed since is worked out. */
export function buildKnowledge(workspace: Workspace, resolve: Resolver, summaries: ReadonlyMap<string, FileSummary>, catalog: Catalog, previous?: Knowledge): Knowledge {
  const before = previous && kept.get(previous.program);
  const known = before?.resolve === resolve ? before : undefined;
  const keeper = known?.keeper.takeIn(workspace, summaries) ? known.keeper : new ProgramKeeper({ workspace, resolve, summaries, catalog });
  const gathered = known?.keeper === keeper ? known.gathered : new Gathered(keeper.tracer);
  const frame = known && isFrameOf(known, workspace, summaries) ? known.frame : frameOf(workspace, resolve, summaries);
  const { knowledge, program } = knowledgeOf({ workspace, resolve, summaries, catalog }, { keeper, gathered, frame });
  kept.set(program, { keeper, resolve, gathered, frame, workspace, summaries });
  return knowledge;
}

/** For a single look: nothing is kept to start the next one from, which takes less time. */
export function buildKnowledgeOnce(workspace: Workspace, resolve: Resolver, summaries: ReadonlyMap<string, FileSummary>, catalog: Catalog): Knowledge {
  const given = { workspace, resolve, summaries, catalog };
  const keeper = new ProgramKeeper(given, { once: true });
  return knowledgeOf(given, { keeper, gathered: new Gathered(keeper.tracer), frame: frameOf(workspace, resolve, summaries) }).knowledge;
}

interface Given {
  readonly workspace: Workspace;
  readonly resolve: Resolver;
  readonly summaries: ReadonlyMap<string, FileSummary>;
  readonly catalog: Catalog;
}

function knowledgeOf({ workspace, summaries, catalog }: Given, { keeper, gathered, frame }: Pick<Kept, "keeper" | "gathered" | "frame">): { readonly knowledge: Knowledge; readonly program: Program } {
  const { tracer } = keeper;
  const program = keeper.program();
  const recovered = recoverArchitecture(frame.map, gatherFacts({ program, tracer }, { workspace, summaries, catalog }, gathered));
  const inService = new Set(workspace.files.filter((file) => file.scope === "service").map((file) => file.path));
  const model = { ...recovered, resolution: resolutionOf(program.sites.filter(({ place: { path } }) => inService.has(path) && frame.runsIn(path) === "service"), recovered.blindSpots) };
  const hops = hopsOf(model, program, frame.map, summaries);
  const knowledge = { workspace, model, program, hops, serviceOf: frame.map.serviceOf, runsIn: frame.runsIn, meshGuarded: frame.meshGuarded, contradictions: contradictions(workspace.configuration, model, workspace.files.map(({ path }) => path)) };
  return { knowledge, program };
}

/** What manifests and imports decide, whatever else the code says. */
interface SystemFrame extends Pick<Knowledge, "runsIn" | "meshGuarded"> {
  readonly map: ServiceMap;
}

interface Kept {
  readonly keeper: ProgramKeeper;
  readonly resolve: Resolver;
  readonly gathered: Gathered;
  readonly frame: SystemFrame;
  readonly workspace: Workspace;
  readonly summaries: ReadonlyMap<string, FileSummary>;
}

/** What the program of a knowledge was made with: the next one starts from there. */
const kept = new WeakMap<Program, Kept>();

function frameOf(workspace: Workspace, resolve: Resolver, summaries: ReadonlyMap<string, FileSummary>): SystemFrame {
  const map = recoverServices(workspace, resolve, summaries);
  return { map, runsIn: runtimes({ workspace, summaries, resolve, services: map.services, serviceOf: map.serviceOf }), meshGuarded: meshGuardedHosts(summaries) };
}

/** The resolver being the same, no file came or went and no manifest of a package changed. */
function isFrameOf(known: Kept, workspace: Workspace, summaries: ReadonlyMap<string, FileSummary>): boolean {
  if (known.workspace.configuration !== workspace.configuration || known.summaries.size !== summaries.size) return false;
  for (const [path, summary] of summaries) {
    const before = known.summaries.get(path);
    if (before !== summary && !(before?.kind === "code" && summary.kind === "code" && hasSameOutline(before, summary))) return false;
  }
  return true;
}

export { weakest } from "./architecture/edges.ts";
