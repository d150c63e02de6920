/** How far the model and the event simulation of one system are apart. */
import type { Assumptions } from "../../../src/diagram/failure/index.ts";
import { healthOf } from "../../../src/diagram/failure/healths.ts";
import { run } from "../../../src/diagram/failure/run.ts";
import { worldOf, type NodeRun, type World } from "../../../src/diagram/failure/world.ts";
import type { FailureSystem } from "../../../src/diagram/index.ts";
import type { Fault, Health } from "../../../src/protocol/failure.ts";
import { observe, type Bins, type Observed } from "./event-simulation.ts";

export interface Case {
  readonly system: FailureSystem;
  readonly target: string;
  readonly fault: Fault;
  readonly lastsMs: number;
  readonly seed: number;
}

export interface Agreement {
  /** Share of the seconds, over all nodes but the one that is struck, in which both give a node the same health. */
  readonly healths: number;
  /** The largest distance of a rate (arrivals, answers of a kind, attempts) over the last 20 s, in multiples of the larger of the rate and the usual one. */
  readonly rates: { readonly worst: number; readonly at: string };
  /** The same for requests held at the end, in multiples of what is held and two seconds' worth of usual load. */
  readonly held: { readonly worst: number; readonly at: string };
  /** Seconds between the two moments at which a breaker opened; infinite where only one of them opened. */
  readonly breakers: { readonly worst: number; readonly at: string };
}

export function agreementOf({ system, target, fault, lastsMs, seed }: Case, given: Assumptions): Agreement {
  const seen = observe(system, { target, fault, lastsMs, seed, given });
  const world = worldOf(system, { target, fault, doubt: "unprotected" }, given);
  const healths: Map<NodeRun, Health>[] = [];
  run(world, lastsMs, (step) => void healths.push(new Map(world.nodes.map((node) => [node, healthOf(node, step, world)]))));
  return { healths: sameHealths(world, healths, seen), rates: rates(world, seen), held: held(world, seen), breakers: breakers(world, seen) };
}

function sameHealths(world: World, healths: readonly ReadonlyMap<NodeRun, Health>[], seen: Observed): number {
  const perSecond = 1000 / world.given.stepMs;
  let [same, all] = [0, 0];
  for (const node of world.nodes) {
    const bins = seen.nodes.get(node.node.id);
    if (node.fault !== undefined || node.node.kind === "broker" || bins === undefined) continue;
    for (let second = 1; second < world.given.horizonMs / 1000; second++) {
      const observed = observedHealths(bins, second, { usual: seen.usual.get(node.node.id) ?? 0, kind: node.node.kind, telling: world.given.tellingShare });
      if (observed.length === 0) continue;
      all += 1;
      const health = healths[(second + 1) * perSecond - 1]?.get(node);
      if (health !== undefined && observed.includes(health)) same += 1;
    }
  }
  return all === 0 ? 1 : same / all;
}

/** The definitions of the page, over what happened in two seconds. Several where a count lies within chance of a bound; none where too little happened to say. */
function observedHealths({ arrived, ok, degraded, failed, held }: Bins, second: number, { usual, kind, telling }: { readonly usual: number; readonly kind: string; readonly telling: number }): readonly Health[] {
  const both = (bins: readonly number[]): number => (bins[second] ?? 0) + (bins[second - 1] ?? 0);
  const answers = both(ok) + both(degraded) + both(failed);
  const holds = held[second] ?? 0;
  if (kind === "channel") return near(holds, usual, "queueing", "up");
  if (both(arrived) < 0.1 * usual) return [];
  if (answers < 0.4 * both(arrived)) return ["hanging"];
  const failing = near<Health, "not">(both(failed), telling * answers, "failing", "not");
  const isMaybeWell = failing.includes("not");
  const found: readonly (Health | "not")[] = [
    ...failing,
    ...(isMaybeWell ? near<Health, Health>(both(degraded), telling * answers, "degraded", "up") : []),
    ...(isMaybeWell && holds > 0.7 * usual ? (["queueing"] as const) : []),
    ...(answers < 0.6 * both(arrived) ? (["hanging"] as const) : []),
  ];
  return found.filter((one) => one !== "not");
}

/** Which side of a bound a count is on: both where it is within two standard deviations. */
function near<Above, Below>(count: number, bound: number, above: Above, below: Below): readonly (Above | Below)[] {
  const chance = 2 * Math.sqrt(Math.max(bound, 1));
  return count > bound + chance ? [above] : count < bound - chance ? [below] : [above, below];
}

const lastSeconds = 20;

function rates(world: World, seen: Observed): Agreement["rates"] {
  const found: { at: string; worst: number }[] = [];
  const note = (at: string, usual: number, line: Float64Array, bins: readonly number[] | undefined): void => {
    const model = sum([...line.slice(-1 - (lastSeconds * 1000) / world.given.stepMs, -1)]) / lastSeconds;
    const events = sum((bins ?? []).slice(-lastSeconds)) / lastSeconds;
    found.push({ at, worst: Math.abs(model - events) / Math.max(model, events, usual) });
  };
  for (const node of world.nodes) {
    const bins = seen.nodes.get(node.node.id);
    const usual = seen.usual.get(node.node.id) ?? 0;
    if (usual === 0) continue;
    note(`${node.node.id} arrivals`, usual, node.arrivals, bins?.arrived);
    for (const end of ["ok", "degraded", "failed"] as const) note(`${node.node.id} ${end}`, usual, node[end], bins?.[end]);
  }
  for (const edge of world.edges) note(edge.edge.id, seen.usual.get(edge.from.node.id) ?? 0, edge.sent, seen.edges.get(edge.edge.id)?.sent);
  return worstOf(found);
}

function held(world: World, seen: Observed): Agreement["held"] {
  return worstOf(
    world.nodes
      .filter(({ node }) => node.kind !== "broker" && node.kind !== "channel")
      .map((node) => {
        const events = seen.nodes.get(node.node.id)?.held.at(-1) ?? 0;
        const model = node.held[world.steps - 1] ?? 0;
        return { at: node.node.id, worst: Math.abs(model - events) / (Math.max(model, events) + 2 * (seen.usual.get(node.node.id) ?? 0)) };
      }),
  );
}

function breakers(world: World, seen: Observed): Agreement["breakers"] {
  return worstOf(
    world.edges.map((edge) => {
      const at = edge.open.indexOf(1);
      const model = at === -1 ? undefined : (at * world.given.stepMs) / 1000;
      const opened = seen.edges.get(edge.edge.id)?.opened;
      const events = opened === undefined ? undefined : opened / 1000;
      const worst = model === undefined && events === undefined ? 0 : model === undefined || events === undefined ? Infinity : Math.abs(model - events);
      return { at: `${edge.edge.id} ${model ?? "never"} ${events ?? "never"}`, worst };
    }),
  );
}

function worstOf(found: readonly { readonly at: string; readonly worst: number }[]): { readonly at: string; readonly worst: number } {
  return found.reduce((worst, next) => (next.worst > worst.worst ? next : worst), { at: "", worst: 0 });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
