import type { FileSummary } from "../syntax/summary.ts";
import type { SourceFile } from "../workspace/workspace.ts";
import type { ParsedFile } from "./parser.ts";

/** Summaries of earlier runs. What is damaged in it is as if it had never been there. */
export interface SummaryCache {
  /** For a file whose size and time are those of last time: it need not even be read. */
  unchanged(file: SourceFile): FileSummary | undefined;
  /** For a file whose content is that of last time, whatever its time says. */
  known(file: SourceFile, hash: string): FileSummary | undefined;
  store(parsed: ParsedFile, file: SourceFile, hash: string): void;
  /** Writes what was taken or stored, where that is not what is there already. Never fails: it costs only itself. */
  save(): Promise<void>;
}

/** Remembers nothing: for edits, and where the user switched the cache off. */
export const noCache: SummaryCache = {
  unchanged: () => undefined,
  known: () => undefined,
  store: () => undefined,
  save: async () => undefined,
};
