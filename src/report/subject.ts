import type { ArchitectureModel } from "../model/architecture.ts";
import type { Finding, Place, Severity } from "../model/finding.ts";
import type { ReadText } from "./texts.ts";

/** Something that went wrong with one file; with the path `""`, in the workspace as a whole. */
export interface ProblemSubject extends Place {
  readonly message: string;
  readonly severity: Severity;
}

/** What a report of findings is made of: an analysis has all of it. */
export interface ReportSubject {
  readonly root: string;
  readonly findings: readonly Finding[];
  readonly suppressed: number;
  readonly problems: readonly ProblemSubject[];
  readonly model: ArchitectureModel;
  readonly files: number;
  readonly milliseconds: number;
  readonly read: ReadText;
}
