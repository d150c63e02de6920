/** Edges that spread the fault, each with the rule whose repair stops it. Nothing is said of what could not be read. */
import type { Health, WeakEdge } from "../../protocol/failure.ts";
import { duration } from "../marks.ts";
import { isWorse } from "./healths.ts";
import { nameOf, sentence } from "./words.ts";
import { meanMs, neverOf, shareOf } from "./response.ts";
import type { FailureEdge, Guard } from "./system.ts";
import type { EdgeRun, NodeRun, World } from "./world.ts";

/** What a run shows of an edge, gathered while it goes on. */
interface Seen {
  /** The largest share of attempts that nobody answered. */
  never: number;
  longestMs: number;
  hurtMs: number;
  /** Attempts for each call. */
  tries: number;
  held: number;
}

export class WeakEdges {
  readonly #world: World;
  readonly #seen = new Map<EdgeRun, Seen>();
  readonly #worst = new Map<string, Health>();

  constructor(world: World) {
    this.#world = world;
  }

  look(step: number, healths: ReadonlyMap<string, Health>): void {
    const { stepMs } = this.#world.given;
    for (const [id, now] of healths) if (isWorse(now, this.#worst.get(id) ?? "up")) this.#worst.set(id, now);
    for (const edge of this.#world.edges) {
      const { call } = edge;
      if (call === undefined || edge.edge.way === "named") continue;
      const seen = this.#seen.get(edge) ?? { never: 0, longestMs: 0, hurtMs: 0, tries: 0, held: 0 };
      const bad = shareOf(call.attempt, "failed") + neverOf(call.attempt);
      seen.never = Math.max(seen.never, neverOf(call.attempt));
      seen.longestMs = Math.max(seen.longestMs, meanMs(call.attempt));
      seen.hurtMs += bad >= 0.5 ? stepMs : 0;
      seen.tries = Math.max(seen.tries, call.tries);
      seen.held = Math.max(seen.held, edge.usual === 0 ? 0 : ((edge.underway[step] ?? 0) / edge.usual) * (stepMs / 1000));
      this.#seen.set(edge, seen);
    }
  }

  /** The nearest to the fault first, and of those the ones through which it reaches most. */
  list(): readonly WeakEdge[] {
    const far = this.#distances();
    const all = [...this.#seen].flatMap(([edge, seen]) => {
      const flaws = faults(edge, seen);
      if (flaws.length === 0) return [];
      const rank = { far: far.get(edge.to) ?? Infinity, reach: this.#reach(edge) };
      return flaws.map((flaw) => ({ ...rank, weak: { edge: edge.edge.id, ...flaw, findings: findingsOf(edge.edge, flaw.rule) } }));
    });
    return all.sort((a, b) => a.far - b.far || b.reach - a.reach || (a.weak.edge < b.weak.edge ? -1 : a.weak.edge > b.weak.edge ? 1 : 0)).map(({ weak }) => weak);
  }

  /** Calls between a node and the fault. */
  #distances(): ReadonlyMap<NodeRun, number> {
    const far = new Map(this.#world.nodes.filter(({ fault }) => fault !== undefined).map((node) => [node, 0]));
    for (const [node, steps] of far) for (const { from } of node.ins) if (!far.has(from)) far.set(from, steps + 1);
    return far;
  }

  /** Nodes above the edge that do not stay well. */
  #reach({ from }: EdgeRun): number {
    const above = new Set([from]);
    for (const node of above) for (const edge of node.ins) if (edge.edge.way !== "deliver" && edge.edge.way !== "send") above.add(edge.from);
    return [...above].filter(({ node }) => (this.#worst.get(node.id) ?? "up") !== "up").length;
  }
}

function findingsOf({ findings }: FailureEdge, rule: string): WeakEdge["findings"] {
  return findings.filter((finding) => finding.rule === rule).map(({ fingerprint, path, at, end }) => ({ fingerprint, path, at, end }));
}

interface Flaw {
  readonly rule: string;
  readonly says: string;
}

function faults({ edge, from, to }: EdgeRun, seen: Seen): readonly Flaw[] {
  const ends = { caller: nameOf(from.node), callee: nameOf(to.node) };
  return [...waitFlaw(edge, seen, ends), ...retryFlaw(edge.guard, seen, ends), ...breakerFlaw(edge, seen, ends), ...sagaFlaw(edge, seen, ends)];
}

interface Ends {
  readonly caller: string;
  readonly callee: string;
}

function waitFlaw({ guard }: FailureEdge, seen: Seen, { caller, callee }: Ends): readonly Flaw[] {
  if (guard.deadlineMs !== "none") return [];
  if (seen.never > 0.01) return [{ rule: "timeout/missing", says: sentence(`${callee} does not answer, and ${caller} waits without a deadline`) }];
  return seen.longestMs >= 1_000 ? [{ rule: "timeout/missing", says: sentence(`${caller} waits for ${callee} as long as it takes: up to ${duration(seen.longestMs)}`) }] : [];
}

function retryFlaw({ attempts, wait }: Guard, seen: Seen, { caller, callee }: Ends): readonly Flaw[] {
  if (attempts === "unknown" || seen.tries < 1.2) return [];
  const times = seen.tries >= 10 ? Math.round(seen.tries) : Number(seen.tries.toFixed(1));
  if (attempts === "unbounded") return [{ rule: "retry/unbounded", says: sentence(`${caller} tries ${callee} again without end`) }];
  if (wait.kind === "none") return [{ rule: "retry/no-backoff", says: sentence(`${caller} makes ${times} attempts for each call of ${callee}, with no wait between`) }];
  return wait.kind === "constant" ? [{ rule: "retry/constant-delay", says: sentence(`${caller} makes ${times} attempts for each call of ${callee}, all with the same wait`) }] : [];
}

/** A call that fails half of the time for five seconds is one that a breaker would spare both sides. */
function breakerFlaw({ guard, way }: FailureEdge, seen: Seen, { caller, callee }: Ends): readonly Flaw[] {
  if (way !== "call" || seen.hurtMs < 5_000) return [];
  if (guard.breaker === "brief") return [{ rule: "circuit-breaker/per-call", says: `The breaker between ${caller} and ${callee} is made for each call and never opens.` }];
  return guard.breaker === "none" ? [{ rule: "circuit-breaker/missing", says: sentence(`${caller} goes on calling ${callee}, which has not answered well for ${duration(seen.hurtMs < 10_000 ? seen.hurtMs : Math.round(seen.hurtMs / 1000) * 1000)}`) }] : [];
}

function sagaFlaw({ findings }: FailureEdge, seen: Seen, { caller, callee }: Ends): readonly Flaw[] {
  const isHit = seen.hurtMs > 0 && findings.some(({ rule }) => rule === "saga/no-compensation");
  return isHit ? [{ rule: "saga/no-compensation", says: sentence(`${caller} stops half-way when its call of ${callee} fails, and nothing undoes what came before`) }] : [];
}
