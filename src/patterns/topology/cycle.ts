import type { Detection, Related, Rule } from "../../model/finding.ts";
import type { Hop, Knowledge } from "../../model/knowledge.ts";
import { pathOf } from "./chains.ts";

export interface Cycle {
  /** `orders → payments → orders` */
  readonly path: string;
  readonly services: number;
}

export default {
  id: "topology/cycle",
  severity: "warning",
  title: "Services that call each other in a circle",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<Cycle>> {
    for (const cycle of cyclesOf(knowledge.hops)) {
      const last = cycle.at(-1);
      if (!last) continue;
      yield {
        place: last.place,
        confidence: "certain",
        evidence: cycle.map((hop) => ({ says: `${hop.names[0]} calls ${hop.names[1]}${hop.endpoint === undefined ? "" : ` (${hop.endpoint})`}`, place: hop.place })),
        related: cycle.map((hop, index): Related => ({ ...hop.place, says: `${index + 1}. ${hop.names[0]} → ${hop.names[1]}` })),
        anchor: pathOf(cycle),
        symbol: "",
        data: { path: pathOf(cycle), services: cycle.length },
      };
    }
  },

  word: ({ path, services }) => ({
    what: path.length <= 64 ? `${path} is a circle of calls` : `${services} services call each other in a circle`,
    why: `None of them can be deployed, scaled or brought back without the others: when one hangs, all wait for each other (${path}).`,
    instead: "Turn one of the calls round: let that service publish an event, or hand what it knows along with the request.",
  }),

  fixes: () => [],
} satisfies Rule<Cycle>;

/** The shortest circle through each pair of services that is part of one; each circle once. */
function cyclesOf(hops: readonly Hop[]): readonly (readonly Hop[])[] {
  const out = new Map<string, Hop[]>();
  for (const hop of hops.filter(isBusiness)) if (!(out.get(hop.from) ?? []).some(({ to }) => to === hop.to)) out.set(hop.from, [...(out.get(hop.from) ?? []), hop]);
  const found = new Map<string, readonly Hop[]>();
  const covered = new Set<string>();
  for (const start of [...out.keys()].sort()) {
    if (covered.has(start)) continue;
    const cycle = shortestBack(start, out);
    if (!cycle) continue;
    for (const { from } of cycle) covered.add(from);
    found.set(cycle.map(({ from }) => from).sort().join(" "), cycle);
  }
  return [...found.values()];
}

/** A probe of another's health asks nothing of it that could come back. */
function isBusiness({ endpoint }: Hop): boolean {
  return endpoint === undefined || !/\/(health|healthz|ready|readyz|live|livez|ping|status|info|metrics|readiness|liveness)\b/i.test(endpoint);
}

/** Breadth first, so that the first way back is the shortest. */
function shortestBack(start: string, out: ReadonlyMap<string, readonly Hop[]>): readonly Hop[] | undefined {
  const seen = new Set<string>();
  const queue: (readonly Hop[])[] = (out.get(start) ?? []).map((hop) => [hop]);
  for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
    const end = way.at(-1)?.to ?? "";
    if (end === start) return way;
    if (seen.has(end) || way.length > 8) continue;
    seen.add(end);
    for (const hop of out.get(end) ?? []) queue.push([...way, hop]);
  }
  return undefined;
}
