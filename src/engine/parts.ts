import type { Catalog } from "../catalog/index.ts";
import type { Rule } from "../model/finding.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { FileSummary } from "../syntax/summary.ts";
import type { Resolver, Workspace } from "../workspace/index.ts";
import type { EngineHost } from "./overlay-host.ts";
import type { Parser } from "./parser.ts";
import type { SummaryCache } from "./summary-cache.ts";
import type { VerdictStore } from "./verdict.ts";

/** What a session is put together from. Tests replace parts; nothing else does. */
export interface Parts {
  readonly host: EngineHost;
  readonly parser: Parser;
  /** Summaries of earlier runs over the folder. */
  readonly openCache: (root: string) => SummaryCache;
  /** The verdict of the last run over the folder. */
  readonly openVerdicts: (root: string) => VerdictStore;
  readonly catalog: Catalog;
  readonly rules: readonly Rule[];
  readonly buildKnowledge: BuildKnowledge;
  /** Milliseconds, for timings alone. */
  readonly now: () => number;
  /** Milliseconds since the epoch, which times of files are held against. */
  readonly clock: () => number;
}

export type BuildKnowledge = (
  workspace: Workspace,
  resolve: Resolver,
  summaries: ReadonlyMap<string, FileSummary>,
  catalog: Catalog,
  previous?: Knowledge,
) => Knowledge;
