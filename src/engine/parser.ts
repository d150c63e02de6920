import type { FileSummary } from "../syntax/summary.ts";
import type { FileKind } from "../workspace/workspace.ts";

/** Makes summaries, in this thread or in others; what comes out is the same (law 1). */
export interface Parser {
  /** `bytes`: about how much there will be, by which a pool decides whether threads are worth their start. */
  start(bytes: number, options: RunOptions): ParseRun;
  dispose(): Promise<void>;
}

export interface RunOptions {
  readonly checkpoint: () => Promise<void>;
  /** Called with the number of files that have been parsed since the last call. */
  readonly onParsed: (files: number) => void;
}

/** One round: files are added as they are read, so that reading and parsing overlap. */
export interface ParseRun {
  add(file: UnparsedFile): void;
  /** Every file that was added, in any order. */
  finish(): Promise<readonly ParsedFile[]>;
  /** Drops what is still waiting. Does nothing after `finish` has resolved. */
  stop(): void;
}

export interface UnparsedFile {
  readonly path: string;
  readonly kind: FileKind;
  /** It belongs to an application that browsers run. */
  readonly page: boolean;
  readonly bytes: Uint8Array;
}

export interface ParsedFile {
  readonly path: string;
  summary(): FileSummary;
  encoded(): Uint8Array;
}
