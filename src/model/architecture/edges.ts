/** Who depends on whom, with the weakest policy of the calls that make each edge. */
import type { Edge } from "../architecture.ts";
import type { Place } from "../finding.ts";
import { groupedBy } from "../grouped.ts";
import type { Site } from "../knowledge.ts";
import type { Evidence, Policy } from "../policy.ts";

/** One reason for an edge. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: Edge["kind"];
  readonly via?: string;
  readonly place: Place;
  readonly site?: Site;
  readonly evidence: readonly Evidence[];
}

/** Links between the same ends by the same means are one edge. */
export function edgesOf(links: readonly Link[]): readonly Edge[] {
  const groups = groupedBy(
    links.filter(({ from, to }) => from !== to),
    ({ from, to, kind, via }) => `${from}>${to}:${kind}${via === undefined ? "" : `:${via}`}`,
  );
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([id, group]) => (group[0] === undefined ? [] : [toEdge(id, group[0], group)]));
}

function toEdge(id: string, first: Link, group: readonly Link[]): Edge {
  const sites = new Map(group.flatMap((link) => (link.site === undefined ? [] : [[link.site.id, link.site] as const])));
  const policy = weakest([...sites.values()].map((site) => site.policy));
  const places = new Map(group.map((link) => [`${link.place.path}#${link.place.at}`, link.place]));
  return {
    id: `edge:${id}`,
    from: first.from,
    to: first.to,
    kind: first.kind,
    ...(first.via === undefined ? {} : { via: first.via }),
    sites: [...sites.keys()].sort(),
    places: [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place),
    ...(policy === undefined ? {} : { policy }),
    evidence: first.evidence,
  };
}

/** An edge is as safe as its least protected call: no deadline weighs most, then unlimited attempts, then no breaker. */
export function weakest(policies: readonly Policy[]): Policy | undefined {
  return policies.reduce<Policy | undefined>((worst, policy) => (worst === undefined || weakness(policy) > weakness(worst) ? policy : worst), undefined);
}

function weakness({ deadline, retry, breaker }: Policy): number {
  const waits = deadline.is === "absent" ? 1_000 : deadline.is === "unknown" ? 500 : deadline.is === "known" ? Math.min(deadline.value / 1_000, 400) : 0;
  const repeats = retry.is === "known" ? (retry.value.attempts === "unbounded" ? 300 : typeof retry.value.attempts === "number" ? Math.min(retry.value.attempts, 50) : 0) : 0;
  return waits + repeats + (breaker.is === "absent" ? 100 : 0);
}
