/** The program as the rules see it, built from summaries in one go. */
import type { CodeSummary, FileSummary } from "../../syntax/summary.ts";
import { packageOf, type Resolver, type Workspace } from "../../workspace/index.ts";
import type { Catalog } from "../../catalog/index.ts";
import type { Place } from "../finding.ts";
import type { Attempt, Program, Site } from "../knowledge.ts";
import { clientStates } from "./client-state.ts";
import { contextsOf } from "./contexts.ts";
import { attemptsIn } from "./attempts.ts";
import { breakersIn } from "./breakers.ts";
import { type DeadContext, deadOptionsIn, openPoolsIn } from "./dead-options.ts";
import { fanOutsIn } from "./fan-outs.ts";
import { buildGraph } from "./graph.ts";
import { guardsIn } from "./guards.ts";
import { handmadeBreakersIn } from "./probes.ts";
import { questions } from "./questions.ts";
import { racesIn } from "./races.ts";
import { reachOf } from "./reach.ts";
import { repetitionsIn } from "./repetitions.ts";
import { idleSignalsIn } from "./signals.ts";
import { type SiteContext, sitesOf } from "./sites.ts";
import { Tracer } from "./tracer.ts";

export function traceProgram(workspace: Workspace, resolve: Resolver, summaries: ReadonlyMap<string, FileSummary>, catalog: Catalog): { readonly program: Program; readonly tracer: Tracer } {
  const files = new Map<string, CodeSummary>();
  for (const path of [...summaries.keys()].sort()) {
    const summary = summaries.get(path);
    if (summary?.kind === "code") files.set(path, summary);
  }
  const tracer = new Tracer({ files, resolve, catalog });
  const graph = buildGraph(tracer);
  const states = clientStates(tracer, graph);
  const contextOf = contextsOf(tracer, graph);
  const versionOf = (path: string, name: string): string | undefined => {
    const found = packageOf(workspace, path);
    return found?.installed[name] ?? found?.dependencies[name] ?? found?.devDependencies[name];
  };
  const ctx: SiteContext = { tracer, states, graph, contextOf, versionOf };
  const emitted = [...graph.raw.values()].flat().flatMap((raw) => sitesOf(ctx, raw));
  const byCall = new Map<object, Site[]>();
  for (const { site, at } of emitted) {
    const list = byCall.get(at);
    if (list) list.push(site);
    else byCall.set(at, [site]);
  }
  const at = (call: object): readonly Site[] => byCall.get(call) ?? [];
  const reach = reachOf(tracer, graph, { at });
  const sites = emitted.map((e) => e.site).sort(byPlace);
  const dead: DeadContext = { ...ctx, sites };
  const program: Program = {
    sites,
    attempts: attemptsIn({ tracer, graph, reach, contextOf }).toSorted(byPlaceAndBody),
    idleSignals: idleSignalsIn({ tracer, graph, reach }).toSorted(byPlaceAlone),
    deadOptions: deadOptionsIn(dead).toSorted(byPlaceAlone),
    races: racesIn({ tracer, graph, reach }).toSorted(byPlaceAlone),
    openPools: openPoolsIn(dead).toSorted(byPlaceAlone),
    repetitions: repetitionsIn({ tracer, graph, reach, contextOf }).toSorted((a, b) => compare(a.place.path, b.place.path) || a.place.at - b.place.at),
    fanOuts: fanOutsIn({ tracer, graph, reach, contextOf, at }).toSorted((a, b) => compare(a.place.path, b.place.path) || a.each.at - b.each.at),
    briefBreakers: breakersIn(tracer, graph, contextOf).toSorted((a, b) => compare(a.place.path, b.place.path) || a.place.at - b.place.at),
    breakers: guardsIn({ tracer, graph, reach }).toSorted((a, b) => compare(a.place.path, b.place.path) || a.place.at - b.place.at),
    handmadeBreakers: handmadeBreakersIn(tracer),
    library: (name) => catalog.find(name),
    function: (ref) => tracer.fn(ref),
    reach,
    ...questions(tracer, graph),
    dependenciesOf: (path) => packageOf(workspace, path)?.dependencies ?? {},
    entries: graph.entries.toSorted((a, b) => compare(a.place.path, b.place.path) || a.place.at - b.place.at),
  };
  return { program, tracer };
}

function byPlaceAlone(a: { readonly place: Place }, b: { readonly place: Place }): number {
  return compare(a.place.path, b.place.path) || a.place.at - b.place.at || a.place.end - b.place.end;
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
