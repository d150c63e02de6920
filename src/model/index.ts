/**
 * What the workspace is: services, stores, channels and the calls between them, and what protects each call. Summaries and
 * catalog go in, `Knowledge` comes out; this room reads neither disk nor clock, and knows of no rule.
 */
import type { Catalog } from "../catalog/index.ts";
import type { FileSummary } from "../syntax/summary.ts";
import type { Resolver, Workspace } from "../workspace/index.ts";
import { contradictions } from "./architecture/declared.ts";
import { gatherFacts } from "./architecture/gather.ts";
import { meshGuardedHosts } from "./architecture/mesh.ts";
import { recoverArchitecture } from "./architecture/recover.ts";
import { recoverServices } from "./architecture/services.ts";
import { resolutionOf } from "./architecture/resolution.ts";
import type { Knowledge } from "./knowledge.ts";
import { runtimes } from "./architecture/runtime.ts";
import { traceProgram } from "./trace/program.ts";

export function buildKnowledge(workspace: Workspace, resolve: Resolver, summaries: ReadonlyMap<string, FileSummary>, catalog: Catalog): Knowledge {
  const { program, tracer } = traceProgram(workspace, resolve, summaries, catalog);
  const map = recoverServices(workspace, resolve, summaries);
  const recovered = recoverArchitecture(map, gatherFacts({ program, tracer }, { workspace, summaries, catalog }));
  const runsIn = runtimes({ workspace, summaries, resolve, services: recovered.services, serviceOf: map.serviceOf });
  const inService = new Set(workspace.files.filter((file) => file.scope === "service").map((file) => file.path));
  const model = { ...recovered, resolution: resolutionOf(program.sites.filter(({ place: { path } }) => inService.has(path) && runsIn(path) === "service"), recovered.blindSpots) };
  return { workspace, model, program, serviceOf: map.serviceOf, runsIn, meshGuarded: meshGuardedHosts(summaries), contradictions: contradictions(workspace.configuration, model, workspace.files.map(({ path }) => path)) };
}
