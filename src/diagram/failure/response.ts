/** How a request ends: a distribution over answers and waits. What is left of 1 never ends. */
export type End = "ok" | "degraded" | "failed";

export interface Branch {
  readonly share: number;
  readonly end: End;
  readonly ms: number;
}

export type Response = readonly Branch[];

export const silence: Response = [];

export function answered(end: End, ms: number): Response {
  return [{ share: 1, end, ms }];
}

export function shareOf(response: Response, ...ends: readonly End[]): number {
  let sum = 0;
  for (const { share, end } of response) if (ends.includes(end)) sum += share;
  return sum;
}

export function neverOf(response: Response): number {
  let ended = 0;
  for (const { share } of response) ended += share;
  return ended > 1 - 1e-6 ? 0 : 1 - ended;
}

/** Mean wait of what ends; 0 where nothing does. */
export function meanMs(response: Response): number {
  let [ended, weighted] = [0, 0];
  for (const { share, ms } of response) {
    ended += share;
    weighted += share * ms;
  }
  return ended === 0 ? 0 : weighted / ended;
}

/** Nobody waits longer: what has not ended by then has failed. */
export function cut(response: Response, limitMs: number): Response {
  const late = response.filter(({ ms }) => ms > limitMs).reduce((sum, { share }) => sum + share, neverOf(response));
  if (late === 0) return response;
  return merged([...response.filter(({ ms }) => ms <= limitMs), { share: late, end: "failed", ms: limitMs }]);
}

export function delayed(response: Response, byMs: number): Response {
  return byMs === 0 ? response : response.map((branch) => ({ ...branch, ms: branch.ms + byMs }));
}

/** One or the other, by their shares. */
export function mixed(parts: readonly (readonly [number, Response])[]): Response {
  const sum = new Sum();
  for (const [part, response] of parts) for (const { share, end, ms } of response) sum.add(share * part, end, ms);
  return sum.response();
}

/** All at once, as with `Promise.all`: the first that fails ends the request, else the last that ends. */
export function together(responses: readonly Response[]): Response {
  return responses.reduce((sum, next) => (isInstant(next) ? sum : isInstant(sum) ? next : joined(sum, next)), instant);
}

export const instant: Response = answered("ok", 0);

function isInstant(response: Response): boolean {
  const [only] = response;
  return response.length === 1 && only?.end === "ok" && only.ms === 0 && only.share > 1 - 1e-9;
}

function joined(a: Response, b: Response): Response {
  const sum = new Sum();
  for (const x of a)
    for (const y of b) {
      const [isBadX, isBadY] = [x.end === "failed", y.end === "failed"];
      const ms = isBadX ? (isBadY ? Math.min(x.ms, y.ms) : x.ms) : isBadY ? y.ms : Math.max(x.ms, y.ms);
      sum.add(x.share * y.share, isBadX || isBadY ? "failed" : x.end === "degraded" || y.end === "degraded" ? "degraded" : "ok", ms);
    }
  alone(a, neverOf(b), sum);
  alone(b, neverOf(a), sum);
  return sum.response();
}

/** What fails ends the request, though the other never answers. */
function alone(one: Response, silent: number, sum: Sum): void {
  if (silent > 0) for (const { share, end, ms } of one) if (end === "failed") sum.add(share * silent, end, ms);
}

const grainMs = 25;
const most = 24;
/** A share that nobody would notice. */
const least = 1e-9;

/** Branches with one end that lie close together are one, at their mean. */
export function merged(branches: readonly Branch[]): Response {
  if (branches.length === 1 && (branches[0]?.share ?? 0) > least) return branches;
  const sum = new Sum();
  for (const { share, end, ms } of branches) sum.add(share, end, ms);
  return sum.response();
}

/** Gathers branches as they come, so that nothing is made for each of them. */
export class Sum {
  readonly #groups = new Map<number, { share: number; weighted: number; readonly end: End }>();

  #only: Branch | undefined;
  #added = 0;

  add(share: number, end: End, ms: number): void {
    this.#added++;
    if (share <= least) return;
    if (this.#added === 1) this.#only = { share, end, ms };
    const key = Math.round(ms / grainMs) * 3 + (end === "ok" ? 0 : end === "degraded" ? 1 : 2);
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { share, weighted: share * ms, end });
    else {
      group.share += share;
      group.weighted += share * ms;
    }
  }

  response(): Response {
    // One alone is what it is: a mean of it would be off by a rounding.
    if (this.#added === 1) return this.#only === undefined ? [] : [this.#only];
    const all: Branch[] = [];
    for (const { share, weighted, end } of this.#groups.values()) all.push({ share, end, ms: weighted / share });
    all.sort(byEnd);
    while (all.length > most) joinNearest(all);
    return all;
  }
}

function byEnd(a: Branch, b: Branch): number {
  return a.end < b.end ? -1 : a.end > b.end ? 1 : a.ms - b.ms;
}

function joinNearest(all: Branch[]): void {
  let at = 0;
  let smallest = Infinity;
  for (let i = 0; i + 1 < all.length; i++) {
    const [a, b] = [all[i], all[i + 1]];
    const gap = a === undefined || b === undefined || a.end !== b.end ? Infinity : b.ms - a.ms;
    if (gap < smallest) {
      at = i;
      smallest = gap;
    }
  }
  const [a, b] = [all[at], all[at + 1]];
  if (a === undefined || b === undefined) return;
  const share = a.share + b.share;
  all.splice(at, 2, { share, end: a.end, ms: (a.share * a.ms + b.share * b.ms) / share });
}
