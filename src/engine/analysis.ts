/** What one session knows at one moment: an immutable snapshot that every front door reads and none computes. */
import type { FileEdit, Finding, FixResult, Place } from "../model/finding.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { Evidence } from "../model/policy.ts";
import type { WorkspaceProblem } from "../workspace/workspace.ts";
import type { Verdict } from "./verdict.ts";

export interface Analysis {
  /** Grows by one with every update. */
  readonly version: number;
  readonly knowledge: Knowledge;
  /** In force after suppressions and configuration; sorted by path, offset, rule. */
  readonly findings: readonly Finding[];
  /** Silenced by a comment or the configuration, with the reason. */
  readonly suppressed: readonly { readonly finding: Finding; readonly reason: string }[];
  /** Configuration, manifests, unreadable files, suppressions that silence nothing, faults of a rule. */
  readonly problems: readonly WorkspaceProblem[];
  /** Rules that failed and were left out of this run: a fault of ours, each told once. Also among `problems`. */
  readonly faults: readonly RuleFault[];
  readonly stats: AnalysisStats;
}

/** A rule that threw. It is off for this run. */
export interface RuleFault {
  readonly rule: string;
  /** The file that it was working on, where that is known. */
  readonly path?: string;
  readonly message: string;
  readonly stack: string;
}

export interface AnalysisStats {
  readonly files: number;
  readonly fromCache: number;
  readonly parsed: number;
  /** ms by stage, and by rule. */
  readonly timings: Readonly<Record<string, number>>;
}

/** A file that changed: `text` is what an editor holds unsaved (it wins over disk); without it the disk is asked. */
export interface Change {
  readonly path: string;
  readonly text?: string;
}

/** What hover and `explain FILE:LINE` show of a call. */
export interface Explanation {
  readonly place: Place;
  /** `POST → payments, no deadline, 3 attempts`. */
  readonly headline: string;
  readonly aspects: readonly { readonly name: string; readonly value: string; readonly evidence: readonly Evidence[] }[];
  readonly findings: readonly Finding[];
}

export interface Progress {
  readonly stage: "listing" | "reading" | "linking" | "judging";
  readonly done: number;
  readonly total: number;
}

export interface Cancellation {
  readonly isCancelled: boolean;
}

export interface SessionOptions {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Folder of the summary cache; undefined switches it off. Never inside the workspace. */
  readonly cacheDirectory?: string;
  /** Number of worker threads for parsing; 0 parses in this thread. */
  readonly workers: number;
  /** The folder is looked at once, and no edit follows: updates then start from scratch. */
  readonly once?: boolean;
  /** `YYYY-MM-DD`, against which `until` dates are held; without it, the clock is asked when the session is made. */
  readonly today?: string;
  readonly onProgress?: (progress: Progress) => void;
  readonly log?: (line: string) => void;
}

/** One session over one workspace folder. */
export interface Session {
  readonly root: string;
  readonly current: Analysis | undefined;
  /**
   * What an earlier run found, where nothing that it looked at has changed since; undefined otherwise. It takes a listing of the
   * folder, which `open` then goes on from.
   */
  recall(): Promise<Verdict | undefined>;
  open(cancel?: Cancellation): Promise<Analysis>;
  /** Takes changes in; later calls wait for earlier ones. Throws `Cancelled` when cancelled; nothing is lost, the changes stay queued. */
  update(changes: readonly Change[], cancel?: Cancellation): Promise<Analysis>;
  /** Current text (unsaved first), with the offsets that findings use. */
  read(path: string): string | undefined;
  fix(finding: Finding, offerId: string): FixResult;
  explain(path: string, offset: number): Explanation | undefined;
  dispose(): Promise<void>;
}

export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

export type { FileEdit };
