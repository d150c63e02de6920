/** What the golden tests of `examples/shop` and `test/systems/well-built` hold the linter to. */

export interface Spot {
  /** Relative to the system's folder. */
  readonly file: string;
  /** Text that occurs once in the file; it stands in the place that a finding must touch. */
  readonly anchor: string;
}

/**
 * Met when a finding of the rule touches the line of one of its spots, with its own place or with a related one. A finding of
 * the rule that touches no spot of any expectation is a false alarm.
 */
export interface Expectation extends Spot {
  readonly rule: string;
  /** Places that count as much as the first: the client's creation instead of its call, the second step of a flow. */
  readonly or: readonly Spot[];
  /** Files in which related places are expected, with whatever wording. */
  readonly also: readonly string[];
  readonly why: string;
}

export interface ExpectedArchitecture {
  /** Those of one owner are built from one package. */
  readonly services: readonly { readonly name: string; readonly root: string; readonly owner: string }[];
  readonly stores: readonly { readonly name: string; readonly engine: string; readonly usedBy: readonly string[] }[];
  readonly brokers: readonly string[];
  readonly channels: readonly {
    readonly name: string;
    readonly producers: readonly string[];
    readonly consumers: readonly string[];
  }[];
  readonly externals: readonly string[];
  /** An event edge with both ends services means: the one produces what the other consumes. */
  readonly edges: readonly ExpectedEdge[];
  /** True as well, but not asked for: mail relays, dead-letter topics. */
  readonly optional: readonly ExpectedEdge[];
}

/** From, to, kind, and the channel of an event. */
export type ExpectedEdge = readonly [from: string, to: string, kind: "http" | "event" | "db" | "other", via?: string];

/** A difference from the expectations that is known. The golden tests fail as soon as it is gone. */
export interface Gap {
  /** As the test prints it. */
  readonly what: string;
  readonly why: string;
}
