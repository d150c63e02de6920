import type { Detection, Related, Rule } from "../../model/finding.ts";
import type { Knowledge } from "../../model/knowledge.ts";
import { type Chain, chainsOf, pathOf } from "./chains.ts";

/** Hops that one request may take. */
const MOST = 4;

export interface DeepChain {
  readonly path: string;
  readonly hops: number;
}

export default {
  id: "topology/deep-sync-chain",
  severity: "information",
  title: "A request that waits for a long chain of services",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<DeepChain>> {
    for (const chain of distinct(chainsOf(knowledge, new Set(["request"])).filter(({ length }) => length > MOST))) {
      const [first] = chain;
      if (!first) continue;
      yield {
        place: first.place,
        confidence: "certain",
        evidence: chain.map((hop) => ({ says: `${hop.names[0]} waits for ${hop.names[1]}${hop.endpoint === undefined ? "" : ` (${hop.endpoint})`}`, place: hop.place })),
        related: chain.map((hop, index): Related => ({ ...hop.place, says: `${index + 1}. ${hop.names[0]} → ${hop.names[1]}` })),
        anchor: pathOf(chain),
        symbol: "",
        data: { path: pathOf(chain), hops: chain.length },
      };
    }
  },

  word: ({ path, hops }) => ({
    what: `A request waits for ${hops} services, one behind the other`,
    why: `Each adds its time to every answer, and the request fails when any of them does: ${path}.`,
    instead: "Shorten the chain: call the far services side by side, keep a copy of what they know, or let them know by an event.",
  }),

  fixes: () => [],
} satisfies Rule<DeepChain>;

/** One for each way through the services. */
function distinct(chains: readonly Chain[]): readonly Chain[] {
  const byPath = new Map<string, Chain>();
  for (const chain of chains) if (!byPath.has(pathOf(chain))) byPath.set(pathOf(chain), chain);
  const paths = [...byPath.keys()];
  return [...byPath].filter(([path]) => !paths.some((other) => other !== path && ` → ${other} → `.includes(` → ${path} → `))).map(([, chain]) => chain);
}
