/** Steps out of a run: a new one where something changes that can be seen. */
import { wellEdge, wellNode, type EdgeState, type FailureStep, type Health, type NodeState } from "../../protocol/failure.ts";
import { edgeState, nodeState } from "./healths.ts";
import { changeSentences, type Changed } from "./sentences.ts";
import type { World } from "./world.ts";

/** Watches a run; `steps()` tells it afterwards. `otherwise` are the healths by step of the run in which all doubts were settled well. */
export class Timeline {
  readonly #world: World;
  readonly #otherwise: readonly ReadonlyMap<string, Health>[] | undefined;
  readonly #nodes = new Map<string, NodeState>();
  readonly #edges = new Map<string, EdgeState>();
  readonly #steps: FailureStep[] = [];
  #key = "";
  #lastMs = 0;

  constructor(world: World, otherwise: readonly ReadonlyMap<string, Health>[] | undefined, strikes: string) {
    this.#world = world;
    this.#otherwise = otherwise;
    const struck = world.nodes.filter(({ fault }) => fault?.kind === "down");
    const nodes = Object.fromEntries(struck.map(({ node }) => [node.id, { ...wellNode, health: "failing" as const, answersInMs: null }]));
    for (const [id, state] of Object.entries(nodes)) this.#nodes.set(id, state);
    this.#steps.push({ atMs: 0, nodes, edges: {}, says: [strikes] });
  }

  steps(): readonly FailureStep[] {
    return this.#steps;
  }

  look(step: number, healths: ReadonlyMap<string, Health>): void {
    const world = this.#world;
    const atMs = (step + 1) * world.given.stepMs;
    if (atMs > world.given.horizonMs) return;
    const isCertain = (id: string): boolean => this.#otherwise === undefined || this.#otherwise[step]?.get(id) === healths.get(id);
    const edges = new Map(world.edges.map((edge) => [edge.edge.id, edgeState(edge, step, world)]));
    const key = coarse(healths, edges, isCertain);
    const isDue = atMs - this.#lastMs >= 5_000 || atMs === world.given.horizonMs;
    if (key === this.#key && !isDue) return;
    this.#key = key;
    const states = world.nodes.map((node) => [node.node.id, nodeState(node, step, { world, health: healths.get(node.node.id) ?? "up", isCertain: isCertain(node.node.id) })] as const);
    this.#put(atMs, new Map(states), edges);
  }

  #put(atMs: number, nodes: ReadonlyMap<string, NodeState>, edges: ReadonlyMap<string, EdgeState>): void {
    const changed: Changed = { nodes: changes(nodes, this.#nodes, wellNode), edges: changes(edges, this.#edges, wellEdge) };
    if (changed.nodes.length === 0 && changed.edges.length === 0) return;
    const says = changeSentences(changed, this.#world);
    for (const { id, now } of changed.nodes) this.#nodes.set(id, now);
    for (const { id, now } of changed.edges) this.#edges.set(id, now);
    const byId = <State>(list: readonly { readonly id: string; readonly now: State }[]): Record<string, State> => Object.fromEntries(list.map(({ id, now }) => [id, now]));
    this.#steps.push({ atMs, nodes: byId(changed.nodes), edges: byId(changed.edges), says });
    this.#lastMs = atMs;
  }
}

function changes<State extends NodeState | EdgeState>(now: ReadonlyMap<string, State>, before: ReadonlyMap<string, State>, well: State): readonly { readonly id: string; readonly now: State; readonly before: State }[] {
  return [...now].flatMap(([id, state]) => {
    const last = before.get(id) ?? well;
    return isSame(state, last) ? [] : [{ id, now: state, before: last }];
  });
}

/** A breaker that is closed is no news, and a wait of few ms is none. */
function isSame(a: NodeState | EdgeState, b: NodeState | EdgeState): boolean {
  if (a.load !== b.load || a.held !== b.held) return false;
  if (!("health" in a) || !("health" in b)) return !("health" in a) && !("health" in b) && (a.breaker === "open") === (b.breaker === "open") && a.isHurt === b.isHurt;
  return a.health === b.health && a.isCertain === b.isCertain && waitWords(a) === waitWords(b) && a.failedShare === b.failedShare && a.fallbackShare === b.fallbackShare && a.because === b.because;
}

function waitWords({ answersInMs }: NodeState): number | null {
  return answersInMs !== null && answersInMs < 100 ? 0 : answersInMs;
}

/** What makes a new step. Loads count by what one would call them: 1.5 times, 3 times, 10 times. */
function coarse(healths: ReadonlyMap<string, Health>, edges: ReadonlyMap<string, EdgeState>, isCertain: (id: string) => boolean): string {
  const ofNodes = [...healths].map(([id, health]) => `${health[0]}${isCertain(id) ? "" : "?"}`);
  return [...ofNodes, ...[...edges.values()].map(({ load, breaker, isHurt }) => `${band(load)}${breaker[0]}${isHurt ? "!" : ""}`)].join(" ");
}

const bounds = [0.5, 1.4, 2.5, 5, 9, 25, 80, 250];

function band(load: number): number {
  return bounds.filter((bound) => load >= bound).length;
}
