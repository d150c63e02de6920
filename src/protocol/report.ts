/** JSON that `faultline check --format json` and `faultline model --format json` print. A contract: tools read it. Lines and columns are 1-based. */

export interface CheckReport {
  readonly version: 1;
  readonly root: string;
  readonly findings: readonly ReportedFinding[];
  readonly problems: readonly ReportedProblem[];
  readonly stats: { readonly files: number; readonly services: number; readonly blindSpots: number; readonly milliseconds: number };
}

export interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly confidence: "certain" | "likely";
  readonly service?: string;
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly range: Range;
  readonly message: { readonly what: string; readonly why: string; readonly instead: string };
  readonly evidence: readonly { readonly says: string; readonly file?: string; readonly range?: Range }[];
  readonly related: readonly { readonly file: string; readonly range: Range; readonly says: string }[];
  readonly fixes: readonly { readonly id: string; readonly title: string; readonly kind: "safe" | "review" | "scaffold" }[];
  readonly fingerprint: string;
}

export interface ReportedProblem {
  readonly file: string;
  readonly range: Range;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
}

export interface ModelReport {
  readonly version: 1;
  readonly services: readonly { readonly name: string; readonly root: string; readonly language: string; readonly evidence: readonly string[] }[];
  readonly stores: readonly { readonly name: string; readonly engine: string; readonly usedBy: readonly string[] }[];
  readonly brokers: readonly { readonly name: string; readonly engine: string }[];
  readonly channels: readonly { readonly name: string; readonly broker?: string; readonly producers: readonly string[]; readonly consumers: readonly string[] }[];
  readonly externals: readonly { readonly name: string }[];
  /** Ends are names. */
  readonly edges: readonly ReportedEdge[];
  readonly endpoints: readonly { readonly service: string; readonly kind: string; readonly title: string; readonly file: string; readonly line: number }[];
  readonly blindSpots: readonly { readonly file: string; readonly line: number; readonly why: string }[];
  /** Calls that leave a process: how many there are, of how many target and deadline are known, and why the rest are not. */
  readonly resolution?: {
    readonly calls: number;
    readonly targetKnown: number;
    readonly deadlineKnown: number;
    readonly reasons: readonly { readonly of: "target" | "deadline"; readonly why: string; readonly count: number; readonly file: string; readonly line: number }[];
  };
}

export interface ReportedEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "http" | "grpc" | "event" | "db" | "other";
  readonly via?: string;
  readonly policy?: { readonly deadline: string; readonly attempts: string; readonly breaker: string };
  readonly places: readonly { readonly file: string; readonly line: number }[];
}
