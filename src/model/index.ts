import type { Catalog } from "../catalog/index.ts";
import type { FileSummary } from "../syntax/summary.ts";
import type { Resolver, Workspace } from "../workspace/index.ts";
import type { Knowledge } from "./knowledge.ts";

export function buildKnowledge(
  workspace: Workspace,
  _resolve: Resolver,
  _summaries: ReadonlyMap<string, FileSummary>,
  _catalog: Catalog,
  _previous?: Knowledge,
): Knowledge {
  return {
    workspace,
    model: { services: [], endpoints: [], stores: [], brokers: [], channels: [], externals: [], edges: [], accesses: [], blindSpots: [] },
    program: { sites: [], repetitions: [], entries: [], library: () => undefined, function: () => undefined, reach: () => [] },
  };
}
