/** What rules make, and how they are made: detection, wording and fixing are three functions. */
import type { Knowledge } from "./knowledge.ts";
import type { Evidence } from "./policy.ts";

/** A stretch of a file, in UTF-16 offsets. */
export interface Place {
  readonly path: string;
  readonly at: number;
  readonly end: number;
}

export type Severity = "error" | "warning" | "information" | "hint";

/** `certain`, or `likely` where a receiver was recognised by the catalog's naming conventions alone. */
export type Confidence = "certain" | "likely";

export interface Rule<Data = unknown> {
  /** `<pattern>/<flaw>`, as in `retry/no-backoff`. */
  readonly id: string;
  readonly severity: Severity;
  /** The flaw in five to eight words, for lists. */
  readonly title: string;
  readonly status: "preview" | "stable";
  /** Must not look at wording, text or time. Findings come in any order; the engine sorts them. */
  detect(knowledge: Knowledge): Iterable<Detection<Data>>;
  word(data: Data): Wording;
  fixes(data: Data): readonly FixOffer[];
}

export interface Detection<Data> {
  /** The smallest thing that can be changed: a callee's name, a loop's head. */
  readonly place: Place;
  readonly confidence: Confidence;
  /** Overrides the rule's severity (the settled cases of `retry/constant-delay`). */
  readonly severity?: Severity;
  /** Plain and serialisable: all that wording and fixing need. */
  readonly data: Data;
  /** Why, in causal order: caller, wrapper, call. */
  readonly evidence: readonly Evidence[];
  /** Other places of the same finding (the call sites of one client). */
  readonly related: readonly Related[];
  /** What tells this finding from others of the rule in the same function, with no line in it: callee and target. */
  readonly anchor: string;
  /** Enclosing function, dotted (`OrderService.place`); `""` at module level or in manifests. */
  readonly symbol: string;
}

export interface Related extends Place {
  readonly says: string;
}

/** Three sentences. `what`: at most 80 characters, starts with the thing, no full stop. */
export interface Wording {
  readonly what: string;
  readonly why: string;
  readonly instead: string;
}

export interface Finding extends Omit<Detection<unknown>, "severity"> {
  readonly rule: string;
  readonly severity: Severity;
  readonly wording: Wording;
  /** Stable across runs and moves of code: hash of rule, path, symbol, anchor and ordinal. 16 hex digits. */
  readonly fingerprint: string;
  readonly fixes: readonly FixOffer[];
  /** Name of the service it stands in, where one was recovered. */
  readonly service?: string;
}

export interface FixOffer {
  /** Unique within the finding; stable. */
  readonly id: string;
  readonly title: string;
  /** safe: behaviour unchanged but for the defect. review: a policy value is a guess. scaffold: adds a compiling module to wire in. */
  readonly kind: "safe" | "review" | "scaffold";
  /** Makes the edits against the text of now. Pure: the same context gives the same edits. */
  build(context: FixContext): FixResult;
}

export interface FixContext {
  /** Current text of a file of the workspace; undefined where there is none. */
  read(path: string): string | undefined;
  /** Paths that exist. */
  exists(path: string): boolean;
  /** Nearest package of a file: what it depends on, how it imports. */
  packageOf(path: string): FixPackage | undefined;
}

export interface FixPackage {
  readonly dir: string;
  readonly name: string;
  /** dependencies and devDependencies: name → range. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Versions that are really there, as far as known: name → version. */
  readonly installed?: Readonly<Record<string, string>>;
  readonly isModule: boolean;
}

export type FixResult =
  | { readonly ok: true; readonly edits: readonly FileEdit[] }
  /** A reason to show to the user. */
  | { readonly ok: false; readonly reason: string };

/** Changes do not overlap, are sorted by `at`, and speak of the text before. A new file has `create` and one change at 0. */
export interface FileEdit {
  readonly path: string;
  readonly create: boolean;
  readonly changes: readonly TextChange[];
}
export interface TextChange {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}
