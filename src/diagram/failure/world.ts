/** What a run remembers: for each node and edge its numbers by step. Made once, filled by `run.ts`. */
import { groupedBy } from "../../model/grouped.ts";
import type { Fault } from "../../protocol/failure.ts";
import type { Assumptions } from "./assumptions.ts";
import type { Call, SettledGuard } from "./call.ts";
import { answered, instant, type Response } from "./response.ts";
import { settled, type Doubt } from "./settle.ts";
import type { FailureEdge, FailureNode, FailureSystem } from "./system.ts";

export interface World {
  readonly given: Assumptions;
  readonly steps: number;
  /** Callers before callees. */
  readonly nodes: readonly NodeRun[];
  readonly edges: readonly EdgeRun[];
}

export interface NodeRun {
  readonly node: FailureNode;
  /** Its own fault, or its broker's. */
  readonly fault: Fault | undefined;
  readonly outs: EdgeRun[];
  readonly ins: EdgeRun[];
  /** The outgoing ones whose end it waits for. */
  readonly waited: EdgeRun[];
  /** Requests a step from outside. */
  readonly entering: number;
  /** Requests a step when all is well. */
  usual: number;
  queue: number;
  inFlight: number;
  /** To a request that is taken up now, and to one that comes now. */
  service: Response;
  response: Response;
  /** The same for requests that have not gone round a circle yet; undefined where no circle can be reached. */
  first: Response | undefined;
  /** What the service was made of last, with and without going round. */
  readonly made: Made;
  readonly madeFirst: Made;
  /** The calls that were worked out for its answer of now. */
  calls: Call[];
  readonly arrivals: Float64Array;
  readonly started: Float64Array;
  readonly ok: Float64Array;
  readonly degraded: Float64Array;
  readonly failed: Float64Array;
  /** Held at the end of the step, queued or under way; and how long a newcomer waits, -1 for ever. */
  readonly held: Float64Array;
  readonly queued: Float64Array;
  readonly waits: Float64Array;
}

export interface Made {
  of: readonly Response[] | undefined;
  whole: Response;
}

export interface EdgeRun {
  readonly edge: FailureEdge;
  readonly guard: SettledGuard;
  readonly from: NodeRun;
  readonly to: NodeRun;
  /** It closes a circle: no request goes round. */
  readonly isBack: boolean;
  /** Calls a step when all is well. */
  usual: number;
  /** Calls on it for each request of `from` at a step; below 1 where a cache answers most. */
  readonly share: (step: number) => number;
  call: Call | undefined;
  /** The call of a request that has not gone round yet. */
  firstCall: Call | undefined;
  isOpen: boolean;
  admitted: number;
  /** The step at which an open breaker tries again; and the step from which on it counts. */
  triesAt: number;
  countsFrom: number;
  inFlight: number;
  readonly offered: Float64Array;
  readonly sent: Float64Array;
  readonly ended: Float64Array;
  readonly good: Float64Array;
  readonly bad: Float64Array;
  readonly underway: Float64Array;
  readonly open: Uint8Array;
  /** Messages that wait, and those that were handled in vain. */
  backlog: number;
  parked: number;
}

export interface Struck {
  readonly target: string;
  readonly fault: Fault;
  readonly doubt: Doubt;
}

export function worldOf(system: FailureSystem, { target, fault, doubt }: Struck, given: Assumptions): World {
  const steps = Math.round(given.horizonMs / given.stepMs);
  const drawn = doubt === "protected" ? system.edges.filter(({ way }) => way !== "named") : system.edges;
  const known = new Set(system.nodes.map(({ id }) => id));
  const edges = drawn.filter(({ from, to }) => known.has(from) && known.has(to) && from !== to);
  const order = callersFirst(system.nodes, edges);
  const entered = new Set(edges.filter((edge) => !order.back.has(edge)).map(({ to }) => to));
  const runs = new Map(
    order.nodes.map((node) => {
      const isStruck = node.id === target || node.broker === target;
      const isEntry = node.kind === "service" && !entered.has(node.id);
      return [node.id, nodeRun(node, isStruck ? fault : undefined, { entering: isEntry ? (given.arrivalsPerSecond * given.stepMs) / 1000 : 0, steps })] as const;
    }),
  );
  const shares = fault.kind === "cold" ? behindCache(system, target) : new Set<string>();
  // Equal guards are one: what they do to an answer is worked out once.
  const guards = new Map<string, SettledGuard>();
  const guardOf = (edge: FailureEdge): SettledGuard => {
    const guard = settled(edge.guard, doubt, given);
    const key = JSON.stringify(guard);
    const known = guards.get(key) ?? guard;
    guards.set(key, known);
    return known;
  };
  const edgeRuns = edges.flatMap((edge) => {
    const [from, to] = [runs.get(edge.from), runs.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const share = shares.has(edge.id) ? warming(given) : (): number => 1;
    return [edgeRun(edge, { guard: guardOf(edge), from, to, isBack: order.back.has(edge), share, steps })];
  });
  for (const run of edgeRuns) {
    run.from.outs.push(run);
    run.to.ins.push(run);
    if (run.edge.way === "call" || run.edge.way === "publish" || run.edge.way === "named") run.from.waited.push(run);
  }
  const nodes = [...runs.values()];
  for (const node of nodes) atRest(node);
  for (const node of [...nodes].reverse()) if (node.outs.some((edge) => edge.isBack || edge.to.first !== undefined)) node.first = node.response;
  return { given, steps, nodes, edges: edgeRuns };
}

function atRest(node: NodeRun): void {
  node.usual = node.entering + node.ins.reduce((sum, edge) => sum + (edge.isBack ? 0 : edge.usual), 0);
  for (const edge of node.outs) edge.usual = edge.isBack ? 0 : node.usual * edge.share(-1);
}

/** Edges that are read only where the cache has nothing: to the other stores of who reads it, else all its other calls. */
function behindCache(system: FailureSystem, cache: string): ReadonlySet<string> {
  const stores = new Set(system.nodes.filter(({ kind }) => kind === "store").map(({ id }) => id));
  const readers = new Set(system.edges.filter(({ to }) => to === cache).map(({ from }) => from));
  return new Set(
    [...readers].flatMap((reader) => {
      const calls = system.edges.filter(({ from, to, way }) => from === reader && to !== cache && way === "call");
      const reads = calls.filter(({ to }) => stores.has(to));
      return (reads.length > 0 ? reads : calls).map(({ id }) => id);
    }),
  );
}

/** Reads that miss: few at rest (before step 0), all when the cache is cold, and fewer again as it fills. */
function warming({ hitShare, warmUpMs, stepMs }: Assumptions): (step: number) => number {
  return (step) => 1 - (step < 0 ? hitShare : hitShare * (1 - Math.exp((-step * stepMs) / warmUpMs)));
}

function nodeRun(node: FailureNode, fault: Fault | undefined, { entering, steps }: { readonly entering: number; readonly steps: number }): NodeRun {
  const line = (): Float64Array => new Float64Array(steps + 1);
  const lines = { arrivals: line(), started: line(), ok: line(), degraded: line(), failed: line(), held: line(), queued: line(), waits: line() };
  const response = answered("ok", 0);
  return { node, fault, outs: [], ins: [], waited: [], made: made(), madeFirst: made(), calls: [], entering, usual: 0, queue: 0, inFlight: 0, service: response, response, first: undefined, ...lines };
}

function made(): Made {
  return { of: undefined, whole: instant };
}

type EdgeParts = Pick<EdgeRun, "guard" | "from" | "to" | "isBack" | "share"> & { readonly steps: number };

function edgeRun(edge: FailureEdge, { steps, ...parts }: EdgeParts): EdgeRun {
  const line = (): Float64Array => new Float64Array(steps + 1);
  const lines = { offered: line(), sent: line(), ended: line(), good: line(), bad: line(), underway: line(), open: new Uint8Array(steps + 1) };
  const state = { usual: 0, call: undefined, firstCall: undefined, isOpen: false, admitted: 1, triesAt: 0, countsFrom: 0, inFlight: 0, backlog: 0, parked: 0 };
  return { edge, ...parts, ...state, ...lines };
}

interface Order {
  readonly nodes: readonly FailureNode[];
  /** Edges that close a circle. */
  readonly back: ReadonlySet<FailureEdge>;
}

/** A walk from where the outside world comes in, by id, so that the same system always has the same order. */
function callersFirst(nodes: readonly FailureNode[], edges: readonly FailureEdge[]): Order {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const outs = groupedBy([...edges].sort((a, b) => (a.id < b.id ? -1 : 1)), ({ from }) => from);
  const entered = new Set(edges.map(({ to }) => to));
  const starts = [...nodes].sort((a, b) => Number(entered.has(a.id)) - Number(entered.has(b.id)) || (a.id < b.id ? -1 : 1));
  const state = new Map<string, "open" | "done">();
  const done: FailureNode[] = [];
  const back = new Set<FailureEdge>();
  for (const { id: start } of starts) {
    if (state.has(start)) continue;
    // A stack of its own: a chain of calls may be longer than the machine's.
    const stack = [{ id: start, at: 0 }];
    state.set(start, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = outs.get(top.id)?.[top.at++];
      if (edge === undefined) {
        state.set(top.id, "done");
        const node = byId.get(top.id);
        if (node !== undefined) done.push(node);
        stack.pop();
      } else if (state.get(edge.to) === "open") back.add(edge);
      else if (!state.has(edge.to)) {
        state.set(edge.to, "open");
        stack.push({ id: edge.to, at: 0 });
      }
    }
  }
  return { nodes: done.reverse(), back };
}
