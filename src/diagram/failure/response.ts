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
  return response.reduce((sum, { share, end }) => (ends.includes(end) ? sum + share : sum), 0);
}

export function neverOf(response: Response): number {
  const ended = response.reduce((sum, { share }) => sum + share, 0);
  return ended > 1 - 1e-6 ? 0 : 1 - ended;
}

/** Mean wait of what ends; 0 where nothing does. */
export function meanMs(response: Response): number {
  const ended = response.reduce((sum, { share }) => sum + share, 0);
  return ended === 0 ? 0 : response.reduce((sum, { share, ms }) => sum + share * ms, 0) / ended;
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
  return merged(parts.flatMap(([part, response]) => response.map((branch) => ({ ...branch, share: branch.share * part }))));
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
  const both = a.flatMap((x) =>
    b.map((y): Branch => {
      const share = x.share * y.share;
      const failures = [x, y].filter(({ end }) => end === "failed").map(({ ms }) => ms);
      if (failures.length > 0) return { share, end: "failed", ms: Math.min(...failures) };
      return { share, end: x.end === "degraded" || y.end === "degraded" ? "degraded" : "ok", ms: Math.max(x.ms, y.ms) };
    }),
  );
  const alone = (one: Response, silent: number): readonly Branch[] =>
    silent === 0 ? [] : one.filter(({ end }) => end === "failed").map((branch) => ({ ...branch, share: branch.share * silent }));
  return merged([...both, ...alone(a, neverOf(b)), ...alone(b, neverOf(a))]);
}

const grainMs = 25;
const most = 24;

/** Branches with one end that lie close together are one, at their mean. */
export function merged(branches: readonly Branch[]): Response {
  if (branches.length === 1 && (branches[0]?.share ?? 0) > 1e-9) return branches;
  const groups = new Map<number, { share: number; weighted: number; end: End }>();
  for (const { share, end, ms } of branches) {
    if (share <= 1e-9) continue;
    const key = Math.round(ms / grainMs) * 3 + (end === "ok" ? 0 : end === "degraded" ? 1 : 2);
    const group = groups.get(key) ?? { share: 0, weighted: 0, end };
    groups.set(key, { share: group.share + share, weighted: group.weighted + share * ms, end });
  }
  const all = [...groups.values()].map(({ share, weighted, end }): Branch => ({ share, end, ms: weighted / share }));
  all.sort((a, b) => (a.end < b.end ? -1 : a.end > b.end ? 1 : a.ms - b.ms));
  while (all.length > most) joinNearest(all);
  return all;
}

function joinNearest(all: Branch[]): void {
  let at = 0;
  let least = Infinity;
  for (let i = 0; i + 1 < all.length; i++) {
    const [a, b] = [all[i], all[i + 1]];
    const gap = a === undefined || b === undefined || a.end !== b.end ? Infinity : b.ms - a.ms;
    if (gap < least) [at, least] = [i, gap];
  }
  const [a, b] = [all[at], all[at + 1]];
  if (a === undefined || b === undefined) return;
  const share = a.share + b.share;
  all.splice(at, 2, { share, end: a.end, ms: (a.share * a.ms + b.share * b.ms) / share });
}
