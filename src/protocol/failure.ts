/** What happens when a part of the system fails: the question, and the answer as a time line. `docs/failure-model.md` tells how it is computed. */
import * as v from "valibot";

/** Request: `FailureQuestion` in, `FailureRun` out; null where nothing has the id that was named. */
export const simulateMethod = "faultline/simulate";

export type Fault =
  /** `silent`: it accepts calls and never answers. `refusing`: each call fails at once. */
  | { readonly kind: "down"; readonly manner: "silent" | "refusing" }
  /** Every answer comes so much later. */
  | { readonly kind: "slow"; readonly byMs: number }
  /** This share of the calls fails at once. */
  | { readonly kind: "errors"; readonly share: number }
  /** A cache that has lost its content. */
  | { readonly kind: "cold" };

export interface FailureQuestion {
  /** Id of a node of the scene, or of a broker. A dead broker is one that is down. */
  readonly target: string;
  readonly fault: Fault;
  /** How long the fault lasts; without it, to the end of the time line. */
  readonly lastsMs?: number;
  /** Protection that is tried out: the edge as it would be once the rule's finding was repaired. */
  readonly repaired?: readonly { readonly edge: string; readonly rule: string }[];
}

/** Worst last: the order in which states of one node are compared. */
export const healths = ["up", "degraded", "queueing", "failing", "hanging"] as const;
/**
 * up: it answers. degraded: it answers by a fallback. queueing: more comes than it can do. failing: it answers with errors.
 * hanging: it does not answer.
 */
export type Health = (typeof healths)[number];

export interface NodeState {
  readonly health: Health;
  /** False where the state hangs on a policy that could not be read from the code. */
  readonly isCertain: boolean;
  /** Calls that reach it, in multiples of what it gets when all is well. */
  readonly load: number;
  /** Requests that it holds without an answer, in seconds' worth of its usual load. */
  readonly held: number;
  /** Mean wait for an answer to a request that begins now, in ms; null where none will come. */
  readonly answersInMs: number | null;
  /** Of the answers of the last two seconds. */
  readonly failedShare: number;
  readonly fallbackShare: number;
  /** The edge that its state comes from, unless it is the node that fails. */
  readonly because?: string;
}

export interface EdgeState {
  /** Attempts on it, in multiples of the calls that are made on it when all is well. */
  readonly load: number;
  readonly breaker: "none" | "closed" | "open";
  /** Calls under way on it, in seconds' worth of its usual calls. */
  readonly held: number;
  /** Its calls do not end well: they fail, or nobody answers. */
  readonly isHurt: boolean;
}

/** What is new at a moment: nodes and edges that are not named stay as they were. */
export interface FailureStep {
  readonly atMs: number;
  readonly nodes: Readonly<Record<string, NodeState>>;
  readonly edges: Readonly<Record<string, EdgeState>>;
  /** What happens, in sentences; the most telling first. */
  readonly says: readonly string[];
}

export interface WeakEdge {
  readonly edge: string;
  /** The rule whose repair helps. */
  readonly rule: string;
  /** Why the edge is weak under this fault. */
  readonly says: string;
  /** Findings of the rule on this edge: their fixes are the repair. */
  readonly findings: readonly { readonly fingerprint: string; readonly path: string; readonly at: number; readonly end: number }[];
}

export interface FailureRun {
  readonly version: 1;
  readonly target: string;
  readonly fault: Fault;
  readonly horizonMs: number;
  /** The first is at 0, when all is well and the fault strikes. */
  readonly steps: readonly FailureStep[];
  /** Worst first: the edge whose trouble reaches most. */
  readonly weakEdges: readonly WeakEdge[];
  /** What was taken for granted where code says nothing, in sentences. */
  readonly assumptions: readonly string[];
}

export const wellNode: NodeState = { health: "up", isCertain: true, load: 1, held: 0, answersInMs: 0, failedShare: 0, fallbackShare: 0 };
export const wellEdge: EdgeState = { load: 1, breaker: "none", held: 0, isHurt: false };

/** All that has been said up to a moment. What is in neither map is well. */
export function stateAt(run: FailureRun, ms: number): { readonly nodes: ReadonlyMap<string, NodeState>; readonly edges: ReadonlyMap<string, EdgeState> } {
  const past = run.steps.filter(({ atMs }) => atMs <= ms);
  return {
    nodes: new Map(past.flatMap(({ nodes }) => Object.entries(nodes))),
    edges: new Map(past.flatMap(({ edges }) => Object.entries(edges))),
  };
}

const fault = v.variant("kind", [
  v.object({ kind: v.literal("down"), manner: v.picklist(["silent", "refusing"]) }),
  v.object({ kind: v.literal("slow"), byMs: v.pipe(v.number(), v.minValue(0), v.maxValue(3_600_000)) }),
  v.object({ kind: v.literal("errors"), share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
  v.object({ kind: v.literal("cold") }),
]);
export const questionSchema = v.object({
  target: v.string(),
  fault,
  lastsMs: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
  repaired: v.exactOptional(v.array(v.object({ edge: v.string(), rule: v.string() }))),
});

/** A question out of whatever was sent; undefined for anything else. */
export function readFailureQuestion(value: unknown): FailureQuestion | undefined {
  const read = v.safeParse(questionSchema, value);
  return read.success ? read.output : undefined;
}
