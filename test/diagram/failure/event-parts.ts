/** What the event simulation remembers of nodes, calls and breakers. */
import type { Assumptions, FailureEdge, FailureNode, Guard } from "../../../src/diagram/failure/index.ts";
import type { Bins } from "./event-simulation.ts";

export type Answer = "ok" | "degraded" | "failed";

export class NodeSim {
  readonly node: FailureNode;
  readonly usual: number;
  readonly outs: CallState[] = [];
  readonly queue: ((answer: Answer) => void)[] = [];
  readonly bins: Bins;
  inFlight = 0;
  isBusy = false;

  constructor(node: FailureNode, usual: number, bins: number) {
    this.node = node;
    this.usual = usual;
    const line = (): number[] => new Array<number>(bins).fill(0);
    this.bins = { arrived: line(), ok: line(), degraded: line(), failed: line(), held: line() };
  }

  count(what: "arrived" | Answer, now: number): void {
    const bin = Math.floor(now / 1000);
    if (bin < this.bins[what].length) this.bins[what][bin] = (this.bins[what][bin] ?? 0) + 1;
  }

  /** Messages of a channel that its slowest consumer has not handled. */
  inbox(): number {
    return Math.max(0, ...this.outs.filter(({ edge }) => edge.way === "deliver").map(({ waiting, parked }) => waiting + parked));
  }
}

export class CallState {
  readonly edge: FailureEdge;
  readonly from: NodeSim;
  readonly to: NodeSim;
  readonly guard: Guard;
  readonly breaker: Breaker | undefined;
  readonly attempts: number;
  readonly places: number;
  readonly usual: number;
  readonly sent: number[];
  underway = 0;
  waiting = 0;
  busy = 0;
  parked = 0;

  constructor(edge: FailureEdge, from: NodeSim, to: NodeSim, { bins, given }: { readonly bins: number; readonly given: Assumptions }) {
    this.edge = edge;
    this.from = from;
    this.to = to;
    this.guard = edge.guard;
    this.usual = from.usual;
    this.breaker = edge.guard.breaker === "shared" ? new Breaker(given.breaker) : undefined;
    this.attempts = edge.guard.attempts === "unbounded" ? given.endlessAttempts : Number(edge.guard.attempts);
    this.places = typeof edge.guard.bulkhead === "number" ? Math.max(edge.guard.bulkhead, (2 * from.usual * given.workMs) / 1000) : Infinity;
    this.sent = new Array<number>(bins).fill(0);
  }

  countSent(now: number): void {
    const bin = Math.floor(now / 1000);
    if (bin < this.sent.length) this.sent[bin] = (this.sent[bin] ?? 0) + 1;
  }
}

/** Opens by the share of failures in a sliding window; after a while lets one call try. */
export class Breaker {
  readonly #rule: Assumptions["breaker"];
  #seen: { readonly at: number; readonly isGood: boolean }[] = [];
  #openUntil: number | undefined;
  #isTrying = false;
  /** When it opened first. */
  opened: number | undefined;

  constructor(rule: Assumptions["breaker"]) {
    this.#rule = rule;
  }

  admits(now: number): boolean {
    if (this.#openUntil === undefined) return true;
    if (now < this.#openUntil || this.#isTrying) return false;
    this.#isTrying = true;
    return true;
  }

  note(isGood: boolean, now: number): void {
    const { windowMs, calls, share, resetMs } = this.#rule;
    if (this.#openUntil !== undefined) {
      // Late ends of calls from before it opened tell nothing new.
      if (!this.#isTrying || now < this.#openUntil) return;
      this.#isTrying = false;
      this.#openUntil = isGood ? undefined : now + resetMs;
      this.#seen = [];
      return;
    }
    this.#seen = [...this.#seen.filter(({ at }) => at > now - windowMs), { at: now, isGood }];
    const bad = this.#seen.filter((one) => !one.isGood).length;
    if (this.#seen.length < calls || bad < share * this.#seen.length) return;
    this.#openUntil = now + resetMs;
    this.opened ??= now;
  }
}
