/** Chains of synchronous calls: a request comes in, its handler calls a service, whose handler calls the next. */
import { groupedBy } from "../../model/grouped.ts";
import type { Entry, FunctionRef, Hop, Knowledge } from "../../model/knowledge.ts";

/** Hops in order, from the service where the request comes in. */
export type Chain = readonly Hop[];

const MAX_HOPS = 8;
const MAX_CHAINS = 5_000;

/** Chains that no other one begins with, from every handler that a request, message or schedule comes to. */
export function chainsOf(knowledge: Knowledge, starts: ReadonlySet<Entry["kind"]>): readonly Chain[] {
  const bySite = groupedBy(knowledge.hops, (hop) => hop.site);
  if (bySite.size === 0) return [];
  const known = new Map<string, readonly Hop[]>();
  const chains: Chain[] = [];
  for (const entry of knowledge.program.entries) {
    if (!starts.has(entry.kind)) continue;
    for (const service of knowledge.serviceOf(entry.function.path)) follow([], from(entry.function, service.id), new Set([service.id]));
  }
  return chains;

  function follow(chain: Chain, next: readonly Hop[], passed: ReadonlySet<string>): void {
    const open = next.filter(({ to }) => !passed.has(to));
    if (chain.length > 0 && (open.length === 0 || chain.length >= MAX_HOPS)) chains.push(chain);
    if (chain.length >= MAX_HOPS) return;
    for (const hop of open) {
      if (chains.length >= MAX_CHAINS) return;
      const below = hop.answeredBy.flatMap((entry) => from(entry.function, hop.to));
      follow([...chain, hop], unique(below), new Set([...passed, hop.to]));
    }
  }

  /** Hops that a handler comes to, in the service that it runs in. */
  function from(ref: FunctionRef, service: string): readonly Hop[] {
    const key = `${ref.path}#${ref.id} ${service}`;
    const found = known.get(key) ?? unique(knowledge.program.reach(ref).filter(({ when }) => when !== "on-failure" && when !== "finally").flatMap(({ site }) => (bySite.get(site.id) ?? []).filter((hop) => hop.from === service)));
    known.set(key, found);
    return found;
  }
}

function unique(hops: readonly Hop[]): readonly Hop[] {
  return [...new Set(hops)];
}

/** `checkout → orders → payments` */
export function pathOf(chain: Chain): string {
  const [first] = chain;
  return first === undefined ? "" : [first.names[0], ...chain.map(({ names }) => names[1])].join(" → ");
}
