/** What a node and an edge look like at the end of a step: numbers of the last two seconds become one word. */
import { healths, type EdgeState, type Health, type NodeState } from "../../protocol/failure.ts";
import { meanMs, neverOf, shareOf, type End } from "./response.ts";
import type { EdgeRun, NodeRun, World } from "./world.ts";

const windowMs = 2_000;

/** A node's health, whatever made it so. */
export function healthOf(node: NodeRun, step: number, world: World): Health {
  const { tellingShare, stepMs } = world.given;
  if (isDown(node, step)) return "failing";
  const seen = lately(node, step, stepMs);
  if (node.node.kind === "channel" && lag(node, stepMs) > 1) return "queueing";
  const answers = seen.ok + seen.degraded + seen.failed;
  if (seen.arrived < 0.01 * seen.usual || node.usual === 0) return answers === 0 && node.inFlight > 0.01 * node.usual ? "hanging" : expected(node, tellingShare);
  const isSilent = answers < 0.5 * seen.arrived;
  if (isSilent && (seen.started >= 0.5 * seen.arrived || neverOf(node.service) > 0.5)) return "hanging";
  if (answers > 0 && seen.failed / answers >= tellingShare) return "failing";
  if (isSilent || node.queue > node.usual * (1000 / stepMs)) return "queueing";
  return answers > 0 && seen.degraded / answers >= tellingShare ? "degraded" : "up";
}

/** A node that is not called right now: what it would answer. */
function expected(node: NodeRun, telling: number): Health {
  if (node.queue > 0.01 * node.usual && node.response.length === 0) return "queueing";
  if (neverOf(node.service) > 0.5) return "hanging";
  if (shareOf(node.service, "failed") >= telling) return "failing";
  return shareOf(node.service, "degraded") >= telling ? "degraded" : "up";
}

function isDown({ fault, waits, service }: NodeRun, step: number): boolean {
  // Struck, and not yet well again: its service is that of a dead node.
  return fault?.kind === "down" && (waits[step] === -1 || shareOf(service, "failed") === 1 || service.length === 0);
}

/** Of a channel, in seconds' worth of messages: what its slowest consumer has not handled. */
function lag(node: NodeRun, stepMs: number): number {
  return Math.max(0, ...node.outs.map((edge) => (edge.usual === 0 ? 0 : (edge.backlog + edge.parked) / edge.usual))) * (stepMs / 1000);
}

interface Seen extends Readonly<Record<End, number>> {
  readonly arrived: number;
  readonly started: number;
  readonly usual: number;
}

/** Before the first step all was well. */
function lately(node: NodeRun, step: number, stepMs: number): Seen {
  const steps = stepsOf(stepMs);
  const sum = (line: Float64Array, before: number): number => {
    let total = Math.max(0, steps - 1 - step) * before;
    for (let at = Math.max(0, step - steps + 1); at <= step; at++) total += line[at] ?? 0;
    return total;
  };
  return {
    arrived: sum(node.arrivals, node.usual),
    started: sum(node.started, node.usual),
    ok: sum(node.ok, node.usual),
    degraded: sum(node.degraded, 0),
    failed: sum(node.failed, 0),
    usual: node.usual * steps,
  };
}

function stepsOf(stepMs: number): number {
  return Math.max(1, Math.round(windowMs / stepMs));
}

export function nodeState(node: NodeRun, step: number, { world, health, isCertain }: Pick<NodeState, "health" | "isCertain"> & { readonly world: World }): NodeState {
  const { stepMs } = world.given;
  const seen = lately(node, step, stepMs);
  const answers = seen.ok + seen.degraded + seen.failed;
  const wait = node.waits[step] ?? 0;
  const because = causeOf(node, health);
  const held = node.node.kind === "channel" ? lag(node, stepMs) : node.usual === 0 ? 0 : ((node.held[step] ?? 0) / node.usual) * (stepMs / 1000);
  return {
    health,
    isCertain,
    load: seen.usual === 0 ? 1 : rounded(seen.arrived / seen.usual),
    held: rounded(held),
    answersInMs: wait < 0 ? null : Number(wait.toPrecision(2)),
    failedShare: answers === 0 ? 0 : Number((seen.failed / answers).toFixed(2)),
    fallbackShare: answers === 0 ? 0 : Number((seen.degraded / answers).toFixed(2)),
    ...(because === undefined ? {} : { because: because.edge.id }),
  };
}

function rounded(value: number): number {
  return value < 10 ? Math.round(Math.max(0, value) * 10) / 10 : Math.round(value);
}

/** The call that hurts the node most. */
function causeOf(node: NodeRun, health: Health): EdgeRun | undefined {
  if (health === "up" || health === "queueing" || node.fault !== undefined) return undefined;
  const weight = ({ call, to, isBack }: EdgeRun): number => {
    if (call === undefined) return 0;
    // Of two that hurt alike, the one that leads to the fault, and not the one that leads back.
    const near = to.fault !== undefined ? 1e-3 : isBack ? -1e-3 : 0;
    const bad = neverOf(call.response) + shareOf(call.response, "failed", "degraded");
    return bad === 0 ? 0 : bad + near + (health === "hanging" ? 10 * neverOf(call.response) + meanMs(call.response) / 1e6 : 0);
  };
  return node.outs.reduce<EdgeRun | undefined>((worst, edge) => (weight(edge) > (worst === undefined ? 1e-6 : weight(worst)) ? edge : worst), undefined);
}

export function edgeState(edge: EdgeRun, step: number, { given }: World): EdgeState {
  const steps = stepsOf(given.stepMs);
  let sent = Math.max(0, steps - 1 - step) * edge.usual;
  for (let at = Math.max(0, step - steps + 1); at <= step; at++) sent += edge.sent[at] ?? 0;
  const bad = edge.call === undefined ? 0 : neverOf(edge.call.whole) + shareOf(edge.call.whole, "failed");
  return {
    load: edge.usual === 0 ? 1 : rounded(sent / (edge.usual * steps)),
    breaker: edge.guard.breaker === "none" ? "none" : edge.isOpen ? "open" : "closed",
    held: edge.usual === 0 ? 0 : rounded(((edge.underway[step] ?? 0) / edge.usual) * (given.stepMs / 1000)),
    isHurt: edge.isOpen || bad >= given.tellingShare,
  };
}

export function isWorse(a: Health, b: Health): boolean {
  return healths.indexOf(a) > healths.indexOf(b);
}
