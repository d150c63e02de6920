import type { FileSummary } from "../syntax/summary.ts";
import type { SourceFile } from "../workspace/workspace.ts";
import type { ParsedFile } from "./parser.ts";

/** Summaries of earlier runs. What is damaged in it is as if it had never been there. */
export interface SummaryCache {
  /** For a file whose size and time are those of last time: it need not even be read. */
  unchanged(file: SourceFile): FileSummary | undefined;
  /** For a file whose content is that of last time, whatever its time says. */
  known(file: SourceFile, hash: string): FileSummary | undefined;
  store(parsed: ParsedFile, hash: string): void;
  /** Writes what is new, given the files that the workspace holds now. Never fails: a cache that cannot be written costs only itself. */
  save(files: readonly SourceFile[]): Promise<void>;
}

/** Remembers nothing: for edits, and where the user switched the cache off. */
export const noCache: SummaryCache = {
  unchanged: () => undefined,
  known: () => undefined,
  store: () => undefined,
  save: async () => undefined,
};
