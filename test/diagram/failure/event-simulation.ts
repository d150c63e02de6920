/**
 * The same systems once more, request by request: events on a heap, arrivals by chance from a seed, each call with its own
 * timers. It shares the guards and assumed numbers with the model, and none of its code.
 */
import type { Fault } from "../../../src/protocol/failure.ts";
import type { Assumptions } from "../../../src/diagram/failure/index.ts";
import type { FailureSystem } from "../../../src/diagram/index.ts";
import { Agenda } from "./agenda.ts";
import { CallState, NodeSim, type Answer } from "./event-parts.ts";

export interface Observed {
  /** By node and bin of one second: arrivals, answers by kind; and what is held at the end of the bin. */
  readonly nodes: ReadonlyMap<string, Bins>;
  /** By edge and bin: attempts that were sent; and when its breaker opened first. */
  readonly edges: ReadonlyMap<string, { readonly sent: readonly number[]; readonly opened: number | undefined }>;
  /** Usual arrivals a second. */
  readonly usual: ReadonlyMap<string, number>;
}

export interface Bins {
  readonly arrived: number[];
  readonly ok: number[];
  readonly degraded: number[];
  readonly failed: number[];
  readonly held: number[];
}

export interface Trial {
  readonly target: string;
  readonly fault: Fault;
  readonly lastsMs: number;
  readonly seed: number;
  readonly given: Assumptions;
}

export function observe(system: FailureSystem, trial: Trial): Observed {
  const simulation = new Simulation(system, trial);
  simulation.run();
  return simulation.observed();
}

/** Before the fault strikes the system runs for a while, so that it is in its usual state. */
const leadMs = 12_000;

class Simulation {
  readonly #trial: Trial;
  readonly #agenda = new Agenda();
  readonly #random: () => number;
  readonly #nodes = new Map<string, NodeSim>();
  readonly #calls = new Map<string, CallState>();
  readonly #end: number;

  constructor(system: FailureSystem, trial: Trial) {
    this.#trial = trial;
    this.#random = chance(trial.seed);
    this.#end = leadMs + trial.given.horizonMs;
    const usual = usualLoads(system, trial.given.arrivalsPerSecond);
    for (const node of system.nodes) this.#nodes.set(node.id, new NodeSim(node, usual.get(node.id) ?? 0, Math.ceil(this.#end / 1000)));
    for (const edge of system.edges) {
      const from = this.#nodes.get(edge.from);
      const to = this.#nodes.get(edge.to);
      if (from === undefined || to === undefined) continue;
      const call = new CallState(edge, from, to, { bins: Math.ceil(this.#end / 1000), given: trial.given });
      from.outs.push(call);
      this.#calls.set(edge.id, call);
    }
  }

  run(): void {
    const called = new Set([...this.#calls.values()].map(({ to }) => to));
    for (const node of this.#nodes.values()) if (node.node.kind === "service" && !called.has(node)) this.#arriveAtRandom(node);
    for (let second = 1; second <= this.#end / 1000; second++) this.#agenda.at(second * 1000, () => this.#note(second - 1));
    this.#agenda.runUntil(this.#end);
  }

  observed(): Observed {
    const first = leadMs / 1000;
    const cutBins = (bins: readonly number[]): number[] => bins.slice(first);
    const nodes = [...this.#nodes].map(([id, { bins }]) => [id, { arrived: cutBins(bins.arrived), ok: cutBins(bins.ok), degraded: cutBins(bins.degraded), failed: cutBins(bins.failed), held: cutBins(bins.held) }] as const);
    const edges = [...this.#calls].map(([id, { sent, breaker }]) => [id, { sent: cutBins(sent), opened: breaker?.opened === undefined ? undefined : breaker.opened - leadMs }] as const);
    return { nodes: new Map(nodes), edges: new Map(edges), usual: new Map([...this.#nodes].map(([id, { usual }]) => [id, usual])) };
  }

  #note(second: number): void {
    for (const node of this.#nodes.values()) node.bins.held[second] = node.inFlight + node.queue.length + node.inbox();
  }

  #arriveAtRandom(node: NodeSim): void {
    const wait = (-Math.log(1 - this.#random()) * 1000) / this.#trial.given.arrivalsPerSecond;
    this.#agenda.after(wait, () => {
      this.#receive(node, () => undefined);
      this.#arriveAtRandom(node);
    });
  }

  #faultOf({ node }: NodeSim): Fault | undefined {
    const { target, fault, lastsMs } = this.#trial;
    const now = this.#agenda.now - leadMs;
    return (node.id === target || node.broker === target) && now >= 0 && now < lastsMs ? fault : undefined;
  }

  #receive(node: NodeSim, reply: (answer: Answer) => void): void {
    const { given } = this.#trial;
    node.count("arrived", this.#agenda.now);
    const fault = this.#faultOf(node);
    if (fault?.kind === "down") {
      if (fault.manner === "refusing")
        this.#agenda.after(given.workMs, () => {
          node.count("failed", this.#agenda.now);
          reply("failed");
        });
      return;
    }
    node.queue.push(reply);
    this.#takeUp(node);
  }

  /** One request after the other gets its share of the node's time, as long as there is room for it. */
  #takeUp(node: NodeSim): void {
    const { given } = this.#trial;
    const isBounded = node.node.kind !== "channel" && node.node.kind !== "broker";
    if (node.isBusy || node.queue.length === 0 || (isBounded && node.inFlight >= given.roomSeconds * node.usual)) return;
    const reply = node.queue.shift();
    if (reply === undefined) return;
    node.inFlight += 1;
    node.isBusy = isBounded;
    this.#serve(node, reply);
    if (!isBounded) return;
    this.#agenda.after(1000 / (given.headroom * node.usual), () => {
      node.isBusy = false;
      this.#takeUp(node);
    });
  }

  #serve(node: NodeSim, reply: (answer: Answer) => void): void {
    const { given } = this.#trial;
    const fault = this.#faultOf(node);
    const end = (answer: Answer): void =>
      this.#agenda.after(given.workMs + (fault?.kind === "slow" ? fault.byMs : 0), () => {
        node.inFlight -= 1;
        node.count(answer, this.#agenda.now);
        reply(answer);
        this.#takeUp(node);
      });
    if (fault?.kind === "errors" && this.#random() < fault.share) return end("failed");
    const waited = node.outs.filter(({ edge }) => edge.way === "call" || edge.way === "publish");
    for (const call of node.outs) if (call.edge.way === "deliver") this.#post(call);
    let open = waited.length;
    let worst: Answer = "ok";
    let isOver = false;
    if (open === 0) return end("ok");
    for (const call of waited)
      this.#call(call, (answer) => {
        open -= 1;
        if (answer === "degraded") worst = "degraded";
        if (isOver || (answer !== "failed" && open > 0)) return;
        isOver = true;
        end(answer === "failed" ? "failed" : worst);
      });
  }

  /** A message waits until its consumer has a free hand. */
  #post(call: CallState): void {
    call.waiting += 1;
    this.#handle(call);
  }

  #handle(call: CallState): void {
    const hands = Math.max(this.#trial.given.messagesAtOnce, (2 * call.usual * this.#trial.given.workMs) / 1000);
    while (call.waiting > 0 && call.busy < hands && this.#faultOf(call.to)?.kind !== "down") {
      call.waiting -= 1;
      call.busy += 1;
      call.countSent(this.#agenda.now);
      this.#receive(call.to, (answer) => {
        call.busy -= 1;
        if (answer === "failed") call.parked += 1;
        this.#handle(call);
      });
    }
  }

  /** One call with all its attempts. */
  #call(call: CallState, done: (answer: Answer) => void): void {
    const { guard } = call;
    let isOver = false;
    const finish = (answer: Answer): void => {
      if (isOver) return;
      isOver = true;
      done(answer === "failed" && guard.hasFallback === true ? "degraded" : answer === "failed" ? "failed" : answer);
    };
    const counted = (answer: Answer): void => {
      if (!isOver && guard.isBreakerOutside) call.breaker?.note(answer !== "failed", this.#agenda.now);
      finish(answer);
    };
    if (guard.isBreakerOutside && call.breaker?.admits(this.#agenda.now) === false) return finish("failed");
    if (guard.totalMs !== "none") this.#agenda.after(guard.totalMs, () => counted("failed"));
    const attempt = (k: number): void => {
      if (isOver) return;
      this.#attempt(call, (answer) => {
        if (answer !== "failed") return counted("ok");
        if (k >= call.attempts) return counted("failed");
        this.#agenda.after(waitBefore(call, k), () => attempt(k + 1));
      });
    };
    attempt(1);
  }

  #attempt(call: CallState, done: (answer: Answer) => void): void {
    const { guard, breaker } = call;
    const isInside = !guard.isBreakerOutside;
    if (isInside && breaker?.admits(this.#agenda.now) === false) return this.#agenda.after(0, () => done("failed"));
    if (call.underway >= call.places) return this.#agenda.after(0, () => done("failed"));
    let isOver = false;
    const end = (answer: Answer): void => {
      if (isOver) return;
      isOver = true;
      call.underway -= 1;
      if (isInside) breaker?.note(answer !== "failed", this.#agenda.now);
      done(answer);
    };
    call.underway += 1;
    call.countSent(this.#agenda.now);
    if (guard.deadlineMs !== "none") this.#agenda.after(Number(guard.deadlineMs), () => end("failed"));
    this.#receive(call.to, end);
  }
}

function waitBefore({ guard: { wait } }: CallState, k: number): number {
  if (wait.kind === "none") return 0;
  return wait.kind === "constant" ? Math.min(wait.capMs, wait.baseMs) : Math.min(wait.capMs, wait.baseMs * 2 ** (k - 1));
}

/** Requests a second when all is well: the sum over all ways from where the world comes in. */
function usualLoads({ nodes, edges }: FailureSystem, entering: number): ReadonlyMap<string, number> {
  const loads = new Map<string, number>();
  const of = (id: string): number => {
    const known = loads.get(id);
    if (known !== undefined) return known;
    const callers = edges.filter(({ to }) => to === id);
    const kind = nodes.find((node) => node.id === id)?.kind;
    const load = callers.length === 0 ? (kind === "service" ? entering : 0) : callers.reduce((sum, { from }) => sum + of(from), 0);
    loads.set(id, load);
    return load;
  };
  for (const { id } of nodes) of(id);
  return loads;
}

/** A generator of 32 bits (Marsaglia's xorshift), so that a seed always gives the same trial. */
function chance(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

