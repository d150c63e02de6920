/**
 * What the workspace is: services, stores, channels and the calls between them, and what protects each call. Summaries and
 * catalog go in, `Knowledge` comes out; this room reads neither disk nor clock, and knows of no rule.
 */
import type { Catalog } from "../catalog/index.ts";
import type { FileSummary } from "../syntax/summary.ts";
import type { Resolver, Workspace } from "../workspace/index.ts";
import { gatherFacts } from "./architecture/gather.ts";
import { meshGuardedHosts } from "./architecture/mesh.ts";
import { recoverArchitecture } from "./architecture/recover.ts";
import { recoverServices } from "./architecture/services.ts";
import type { Knowledge, Program } from "./knowledge.ts";
import { runtimes } from "./architecture/runtime.ts";
import { ProgramKeeper } from "./trace/program.ts";

export function buildKnowledge(workspace: Workspace, resolve: Resolver, summaries: ReadonlyMap<string, FileSummary>, catalog: Catalog, previous?: Knowledge): Knowledge {
  const kept = previous && keepers.get(previous.program);
  const keeper = kept?.resolve === resolve && kept.keeper.takeIn(workspace, summaries) ? kept.keeper : new ProgramKeeper(workspace, resolve, summaries, catalog);
  const { tracer } = keeper;
  const program = keeper.program();
  keepers.set(program, { keeper, resolve });
  const map = recoverServices(workspace, resolve, summaries);
  const model = recoverArchitecture(map, gatherFacts({ program, tracer }, { workspace, summaries, catalog }));
  const runsIn = runtimes({ workspace, summaries, resolve, services: model.services, serviceOf: map.serviceOf });
  return { workspace, model, program, serviceOf: map.serviceOf, runsIn, meshGuarded: meshGuardedHosts(summaries) };
}

/** What the program of a knowledge was made with: the next one starts from there. */
const keepers = new WeakMap<Program, { readonly keeper: ProgramKeeper; readonly resolve: Resolver }>();
