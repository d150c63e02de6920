/** The time line in words. */
import { isWorse } from "./healths.ts";
import { duration } from "../marks.ts";
import type { EdgeState, Fault, NodeState } from "../../protocol/failure.ts";
import type { Assumptions } from "./assumptions.ts";
import type { FailureNode } from "./system.ts";
import { nameOf, sentence } from "./words.ts";
import type { EdgeRun, World } from "./world.ts";

interface Change<State> {
  readonly id: string;
  readonly now: State;
  readonly before: State;
}

export interface Changed {
  readonly nodes: readonly Change<NodeState>[];
  readonly edges: readonly Change<EdgeState>[];
}

const most = 12;

export function changeSentences({ nodes, edges }: Changed, world: World): readonly string[] {
  const names = new Map(world.nodes.map(({ node }) => [node.id, nameOf(node)]));
  const byId = new Map(world.edges.map((edge) => [edge.edge.id, edge]));
  const changed = nodes.filter(({ now, before }) => now.health !== before.health);
  const hops = hopsOf(changed, byId);
  // The worst first, and of several a cause before what it leads to.
  const turned = changed.toSorted((a, b) => (isWorse(a.now.health, b.now.health) ? -1 : isWorse(b.now.health, a.now.health) ? 1 : hops(a.id) - hops(b.id)));
  const all = [
    ...edges.flatMap(({ id, now, before }) => breakerSentence(byId.get(id), now, before)),
    ...turned.map(({ id, now, before }) => sentence(`${names.get(id) ?? id} ${healthWords(now, before, now.because === undefined ? undefined : byId.get(now.because))}${now.isCertain ? "" : ", as far as can be told"}`)),
    ...nodes.filter(({ now, before }) => now.health === before.health || now.health !== "queueing").flatMap(({ id, now, before }) => loadSentence(names.get(id) ?? id, now.load, before.load)),
  ];
  return all.length <= most ? all : [...all.slice(0, most), `And ${all.length - most} more.`];
}

/** How many of the nodes that turn at the same moment lie between one of them and the cause of its turn. */
function hopsOf(changed: readonly Change<NodeState>[], edges: ReadonlyMap<string, EdgeRun>): (id: string) => number {
  const causes = new Map(changed.map(({ id, now }) => [id, now.because === undefined ? undefined : edges.get(now.because)?.to.node.id] as const));
  return (id) => {
    let [hops, at] = [0, causes.get(id)];
    for (; at !== undefined && causes.has(at) && hops < changed.length; hops++) at = causes.get(at);
    return hops;
  };
}

function breakerSentence(edge: EdgeRun | undefined, now: EdgeState, before: EdgeState): readonly string[] {
  if (edge === undefined || (now.breaker === "open") === (before.breaker === "open")) return [];
  return [`The breaker from ${nameOf(edge.from.node)} to ${nameOf(edge.to.node)} ${now.breaker === "open" ? "opens" : "closes"}.`];
}

function healthWords({ health, load }: NodeState, before: NodeState, edge: EdgeRun | undefined): string {
  const callee = edge === undefined ? "what it calls" : nameOf(edge.to.node);
  switch (health) {
    case "hanging":
      if (edge?.guard.deadlineMs === "none") return `hangs: ${callee} does not answer, and no deadline ends the wait`;
      return edge === undefined ? "does not answer yet" : `waits for ${callee}: the deadline is ${duration(Number(edge.guard.deadlineMs))}`;
    case "failing":
      return edge === undefined ? "answers with errors" : `fails: its ${edge.isOpen ? "breaker refuses calls of" : "calls of"} ${callee}${edge.isOpen ? "" : " fail"}`;
    case "queueing":
      return load > 1.2 ? `gets ${load} times its usual load: requests queue` : "has requests queueing";
    case "degraded":
      return `answers by a fallback in place of ${callee}`;
    case "up":
      return before.health === "hanging" ? "answers, though late" : "answers again";
  }
}

function loadSentence(name: string, now: number, before: number): readonly string[] {
  const steps = [1.5, 3, 10, 30, 100];
  const crossed = steps.filter((step) => now >= step).length > steps.filter((step) => before >= step).length;
  return crossed ? [sentence(`${name} gets ${now} times its usual load`)] : [];
}

export function strikeSentence(node: FailureNode, fault: Fault): string {
  return sentence(`${nameOf(node)} ${strikeWords(fault)}`);
}

function strikeWords(fault: Fault): string {
  switch (fault.kind) {
    case "down":
      return fault.manner === "silent" ? "stops answering" : "is down and refuses every call";
    case "slow":
      return `answers ${duration(fault.byMs)} later than usual`;
    case "errors":
      return `fails ${Math.round(fault.share * 100)} of 100 calls`;
    case "cold":
      return "has lost its content";
  }
}

/** What the model takes for granted, for whoever looks at a run. */
export function assumptionSentences(given: Assumptions): readonly string[] {
  const { windowMs, calls, share, resetMs } = given.breaker;
  return [
    `Each request to a service makes one call along each of its edges, all at the same time; ${given.arrivalsPerSecond} requests a second come in where nobody calls.`,
    `A node can do ${given.headroom} times its usual load and hold ${given.roomSeconds} seconds' worth of it; work that nobody waits for any more is done all the same.`,
    `A breaker opens when ${share * 100} % of at least ${calls} calls in ${duration(windowMs)} failed, and tries again after ${duration(resetMs)}.`,
    `A deadline whose value could not be read is ${duration(given.deadlineMs)}, a number of attempts ${given.attempts}, a first wait that grows ${duration(given.growingWaitMs)}, one that stays ${duration(given.constantWaitMs)}.`,
    `A warm cache answers ${given.hitShare * 100} % of the reads and fills with a time constant of ${duration(given.warmUpMs)}.`,
    "Users do not try again; an answer made by a fallback is an answer to whoever asked.",
  ];
}
