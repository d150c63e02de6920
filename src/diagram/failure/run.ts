/** The run itself: step by step, answers go from callees to callers and requests from callers to callees. */
import { callOf, closes, type Call } from "./call.ts";
import { answered, delayed, instant, meanMs, mixed, neverOf, silence, together, type Response } from "./response.ts";
import type { EdgeRun, Made, NodeRun, World } from "./world.ts";

/** Fills the world's lines, and lets somebody look at it after each step. The fault is there from the first step on, for `lastsMs`. */
export function run(world: World, lastsMs: number, look: (step: number) => void): void {
  const struck = Math.ceil(lastsMs / world.given.stepMs);
  for (let step = 0; step <= world.steps; step++) {
    const isStruck = step < struck;
    for (let at = world.nodes.length - 1; at >= 0; at--) {
      const node = world.nodes[at];
      if (node !== undefined) respond(node, { step, world, fault: isStruck ? node.fault : undefined });
    }
    for (const node of world.nodes) flow(node, { step, world, fault: isStruck ? node.fault : undefined });
    look(step);
  }
}

interface Moment {
  readonly step: number;
  readonly world: World;
  readonly fault: NodeRun["fault"];
}

/** Breaker and bulkhead look at what has happened so far. */
function turn(edge: EdgeRun, step: number, { given }: World): void {
  if (edge.guard.breaker === "shared") {
    if (edge.isOpen && step >= edge.triesAt) {
      if (closes(edge.to.response, edge.guard, given.breaker.share)) {
        edge.isOpen = false;
        edge.countsFrom = step;
      } else edge.triesAt = step + Math.round(given.breaker.resetMs / given.stepMs);
    } else if (!edge.isOpen && tripped(edge, step, given)) {
      edge.isOpen = true;
      edge.triesAt = step + Math.round(given.breaker.resetMs / given.stepMs);
    }
    edge.open[step] = edge.isOpen ? 1 : 0;
  }
  if (edge.guard.bulkhead !== "none") edge.admitted = admission(edge, edge.guard.bulkhead, { step, given });
}

function tripped(edge: EdgeRun, step: number, { breaker, stepMs }: World["given"]): boolean {
  const window = Math.round(breaker.windowMs / stepMs);
  const from = Math.max(edge.countsFrom, step - window);
  // Before the fault struck, all calls went well.
  let [good, bad] = [edge.countsFrom > 0 ? 0 : Math.max(0, window - step) * edge.usual, 0];
  for (let at = from; at < step; at++) {
    good += edge.good[at] ?? 0;
    bad += edge.bad[at] ?? 0;
  }
  return good + bad >= breaker.calls && bad >= breaker.share * (good + bad) - 1e-9;
}

/** The share of a step's attempts for which there is a place. A place is free again after an attempt's mean time. */
function admission(edge: EdgeRun, limit: number, { step, given }: { readonly step: number; readonly given: World["given"] }): number {
  const { stepMs, workMs } = given;
  const offered = step === 0 ? edge.usual : Math.max(edge.usual, edge.offered[step - 1] ?? 0);
  // Whoever sets a limit sets one that suffices when all is well.
  const places = Math.max(limit, (2 * edge.usual * workMs) / stepMs);
  const free = Math.max(0, places - edge.inFlight + (edge.ended[step] ?? 0));
  const lasting = edge.call === undefined ? workMs : neverOf(edge.to.response) > 0.01 && edge.guard.deadlineMs === "none" ? stepMs : Math.min(meanMs(edge.call.attempt), stepMs);
  const share = offered === 0 ? 1 : Math.min(1, (free * stepMs) / Math.max(1, lasting) / offered);
  return Math.round(share * 64) / 64;
}

/** What the node answers to a request of now. A request goes round a circle at most once. */
function respond(node: NodeRun, { step, world, fault }: Moment): void {
  const { given } = world;
  for (const edge of node.outs) {
    if (edge.edge.way === "deliver") continue;
    turn(edge, step, world);
    edge.call = callNow(edge, edge.isBack ? (edge.to.first ?? edge.to.response) : edge.to.response, { before: edge.call, given });
    if (!edge.isBack && edge.to.first !== undefined) edge.firstCall = callNow(edge, edge.to.first, { before: edge.firstCall, given });
  }
  const wait = waitOf(node, step, world);
  const whole = (service: Response): Response => (fault?.kind === "down" ? service : wait > given.horizonMs ? silence : delayed(service, wait));
  const [response, first] = [node.response, node.first];
  node.service = same(node.service, serviceOf(node, { step, world, fault }, node.made, ({ call }) => call));
  node.response = same(node.response, whole(node.service));
  if (node.first !== undefined) node.first = same(node.first, whole(serviceOf(node, { step, world, fault }, node.madeFirst, (edge) => (edge.isBack ? undefined : (edge.firstCall ?? edge.call)))));
  if (node.response !== response || node.first !== first) node.calls = [];
  node.waits[step] = node.response.length === 0 ? -1 : meanMs(node.response);
}

/** How long a newcomer waits before it is taken up: what is queued before it, at the pace of late. */
function waitOf(node: NodeRun, step: number, world: World): number {
  const rate = rateOf(node, step, world);
  const isFree = rate >= world.given.headroom * node.usual;
  if (node.queue <= 1e-9 && rate > 1e-9) return 0;
  const pace = isFree ? rate : paceOf(node, step);
  return pace <= 1e-9 ? Infinity : (node.queue / pace) * world.given.stepMs;
}

const paceSteps = 8;

/** Requests taken up in a step, over the last steps. */
function paceOf({ started, usual }: NodeRun, step: number): number {
  let sum = Math.max(0, paceSteps - step) * usual;
  for (let at = Math.max(0, step - paceSteps); at < step; at++) sum += started[at] ?? 0;
  return sum / paceSteps;
}

function serviceOf(node: NodeRun, { step, world, fault }: Moment, made: Made, callOn: (edge: EdgeRun) => Call | undefined): Response {
  if (fault?.kind === "down") return fault.manner === "silent" ? silence : answered("failed", world.given.workMs);
  const responses = node.waited.map((edge) => {
    const share = edge.share(step);
    const response = callOn(edge)?.response ?? instant;
    return share >= 1 ? response : mixed([[share, response], [1 - share, instant]]); // prettier-ignore
  });
  // Where no callee answers otherwise than before, neither does the node.
  if (made.of === undefined || responses.some((response, at) => response !== made.of?.[at])) made.whole = delayed(together(responses), world.given.workMs);
  made.of = responses;
  const { whole } = made;
  if (fault?.kind === "slow") return delayed(whole, fault.byMs);
  return fault?.kind === "errors" ? mixed([[fault.share, answered("failed", world.given.workMs)], [1 - fault.share, whole]]) : whole; // prettier-ignore
}

function callNow(edge: EdgeRun, answer: Response, { before, given }: { readonly before: Call | undefined; readonly given: World["given"] }): Call {
  const isSame = ({ of }: Call): boolean => of.answer === answer && of.guard === edge.guard && of.isOpen === edge.isOpen && of.admitted === edge.admitted;
  if (before !== undefined && isSame(before)) return before;
  // Whoever calls the same node behind the same guard gets the same.
  const known = edge.to.calls.find(isSame);
  if (known !== undefined) return known;
  const call = callOf(answer, edge.guard, edge, given);
  edge.to.calls.push(call);
  return call;
}

/** The old one, where nothing has changed: then nothing above it is worked out again. */
function same(before: Response, now: Response): Response {
  const isSame = before.length === now.length && before.every((a, at) => a.end === now[at]?.end && Math.abs(a.share - now[at].share) < 1e-9 && Math.abs(a.ms - now[at].ms) < 1e-6);
  return isSame ? before : now;
}

/** Requests that the node can take up in this step. */
function rateOf(node: NodeRun, step: number, { given }: World): number {
  if (!isBounded(node)) return Infinity;
  const capacity = given.headroom * node.usual;
  const free = (given.roomSeconds * 1000 * node.usual) / given.stepMs - node.inFlight + endsAt(node, step);
  const soon = node.service.reduce((sum, { share, ms }) => (Math.round(ms / given.stepMs) === 0 ? sum + share : sum), 0);
  return soon > 1 - 1e-6 ? capacity : Math.max(0, Math.min(capacity, free / (1 - soon)));
}

/** A broker takes what comes; and of a node that is never called nothing can be said. */
function isBounded({ node, usual }: NodeRun): boolean {
  return usual > 0 && node.kind !== "channel" && node.kind !== "broker";
}

function endsAt(node: NodeRun, step: number): number {
  return (node.ok[step] ?? 0) + (node.degraded[step] ?? 0) + (node.failed[step] ?? 0);
}

/** Requests come in, are taken up or queue, and make their calls. */
function flow(node: NodeRun, moment: Moment): void {
  const { step, world, fault } = moment;
  const sent = node.ins.reduce((sum, edge) => sum + arriving(edge, step), node.entering);
  const isDown = fault?.kind === "down";
  const room = rateOf(node, step, world);
  const taken = isDown ? 0 : node.ins.reduce((sum, edge) => sum + (edge.edge.way === "deliver" ? taking(edge, Math.max(0, room - node.queue - sent - sum), moment) : 0), 0);
  const arrivals = sent + taken;
  node.arrivals[step] = arrivals;
  node.inFlight = Math.max(0, node.inFlight - endsAt(node, step));
  if (isDown) {
    if (fault.manner === "refusing") node.failed[step] = (node.failed[step] ?? 0) + arrivals;
  } else begin(node, Math.min(node.queue + arrivals, room), moment);
  node.queue = isDown ? node.queue : Math.max(0, node.queue + arrivals - (node.started[step] ?? 0));
  node.queued[step] = node.queue;
  node.held[step] = node.inFlight + node.queue;
}

function begin(node: NodeRun, started: number, moment: Moment): void {
  const { step, world } = moment;
  const stepMs = world.given.stepMs;
  node.started[step] = started;
  let lasting = started;
  for (const { share, end, ms } of node.service) {
    const at = step + Math.round(ms / stepMs);
    const line = end === "ok" ? node.ok : end === "degraded" ? node.degraded : node.failed;
    if (at <= world.steps) line[at] = (line[at] ?? 0) + started * share;
    if (at === step) lasting -= started * share;
  }
  node.inFlight += lasting;
  const working = moment.fault?.kind === "errors" ? 1 - moment.fault.share : 1;
  for (const edge of node.outs) if (!edge.isBack) launch(edge, started * working * edge.share(step), moment);
}

/** The attempts of calls that begin now, and their ends, are put where they will happen. */
function launch(edge: EdgeRun, calls: number, { step, world }: Moment): void {
  if (edge.edge.way === "deliver") {
    edge.backlog += calls;
    return;
  }
  const { call } = edge;
  if (call === undefined) return;
  for (const { after, offered, sent, ended, good, bad } of call.course) {
    const at = step + after;
    if (at > world.steps) continue;
    edge.offered[at] = (edge.offered[at] ?? 0) + calls * offered;
    edge.sent[at] = (edge.sent[at] ?? 0) + calls * sent;
    edge.ended[at] = (edge.ended[at] ?? 0) + calls * ended;
    edge.good[at] = (edge.good[at] ?? 0) + calls * good;
    edge.bad[at] = (edge.bad[at] ?? 0) + calls * bad;
  }
}

/** Attempts that reach the callee at this step: an open breaker inside of the retry stops those that were due. */
function arriving(edge: EdgeRun, step: number): number {
  if (edge.edge.way === "deliver") return 0;
  const isStopped = edge.isOpen && !edge.guard.isBreakerOutside;
  const sent = isStopped ? 0 : (edge.sent[step] ?? 0);
  edge.sent[step] = sent;
  edge.inFlight = Math.max(0, edge.inFlight + sent - (edge.ended[step] ?? 0));
  edge.underway[step] = edge.inFlight;
  return sent;
}

/** Messages that a consumer takes: as many as it has free hands for. What fails waits apart; what hangs keeps a hand. */
function taking(edge: EdgeRun, room: number, { step, world }: Moment): number {
  const { stepMs, workMs, messagesAtOnce } = world.given;
  edge.inFlight = Math.max(0, edge.inFlight - (edge.ended[step] ?? 0));
  const hands = Math.max(messagesAtOnce, (2 * edge.usual * workMs) / stepMs) - edge.inFlight;
  const quick = edge.to.service.reduce((sum, { share, ms }) => (ms < stepMs ? sum + share : sum), 0);
  const rate = quick > 1 - 1e-6 ? (hands * stepMs) / Math.max(1, meanMs(edge.to.service)) : Math.max(0, hands) / (1 - quick);
  const taken = Math.max(0, Math.min(edge.backlog, rate, room));
  edge.backlog -= taken;
  edge.inFlight += taken;
  for (const { share, end, ms } of edge.to.service) {
    const at = step + Math.round(ms / stepMs);
    if (at === step) edge.inFlight -= taken * share;
    else if (at <= world.steps) edge.ended[at] = (edge.ended[at] ?? 0) + taken * share;
    if (end === "failed") edge.parked += taken * share;
  }
  edge.sent[step] = taken;
  edge.underway[step] = edge.inFlight + edge.backlog + edge.parked;
  return taken;
}
