import type { Detection, Related, Rule } from "../../model/finding.ts";
import type { Hop, Knowledge } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { type Chain, chainsOf, pathOf } from "./chains.ts";
import { type CutData, cutFixes, cutFor } from "./fix-cut.ts";

/** Attempts that one request may come to at the end of a chain. */
const BUDGET = 10;

export interface RetryAmplification {
  /** `checkout → orders → payments` */
  readonly path: string;
  /** Of each retry on the way, in order. */
  readonly attempts: readonly number[];
  /** `orders → payments`: where the chain is best cut. */
  readonly cutAt: string;
  readonly last: string;
  readonly fix?: CutData;
}

export default {
  id: "topology/retry-amplification",
  severity: "warning",
  title: "Retries that multiply along a chain of calls",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<RetryAmplification>> {
    for (const chain of worst(chainsOf(knowledge, new Set(["request", "message", "schedule"])))) {
      const cut = cutOf(chain);
      const last = chain.at(-1);
      if (!last || !runsAsService(knowledge, cut.place.path)) continue;
      const rest = attemptsOf(chain) / cut.attempts;
      const fix = cutFor(knowledge, cut, { share: BUDGET / rest, keepsOne: cut === last });
      yield {
        place: cut.place,
        confidence: "certain",
        evidence: chain.flatMap((hop) => [{ says: `${hop.names[0]} calls ${hop.names[1]}${hop.endpoint === undefined ? "" : ` (${hop.endpoint})`}`, place: hop.place }, ...hop.retries.map(({ attempts, by, places: [place] }) => ({ says: `${attempts} attempts by ${by}`, ...(place ? { place } : {}) }))]),
        related: chain.map((hop, index): Related => ({ ...hop.place, says: `${index + 1}. ${hop.names[0]} → ${hop.names[1]}: ${hop.attempts === 1 ? "one attempt" : `${hop.attempts} attempts`}` })),
        anchor: pathOf(chain),
        symbol: "",
        data: { path: pathOf(chain), attempts: chain.flatMap(({ retries }) => retries.map(({ attempts }) => attempts)), cutAt: `${cut.names[0]} → ${cut.names[1]}`, last: last.names[1], ...(fix ? { fix } : {}) },
      };
    }
  },

  word: ({ path, attempts, cutAt, last }) => {
    const product = attempts.reduce((all, each) => all * each, 1);
    const sum = `${attempts.join(" × ")} = ${product} attempts`;
    return {
      what: `${path.length + sum.length + 2 <= 80 ? path : shortened(path, 80 - sum.length - 2)}: ${sum}`,
      why: `When ${last} is slow, one request becomes ${product} calls to it, at the moment when it can bear them least (${path}).`,
      instead: `Retry in one place only, next to ${last}: take the retry away at ${cutAt}.`,
    };
  },

  fixes: ({ fix }) => (fix === undefined ? [] : cutFixes(fix)),
} satisfies Rule<RetryAmplification>;

/** Chains over the budget; of those that multiply at the same calls the shortest, and none that is part of another. */
function worst(chains: readonly Chain[]): readonly Chain[] {
  const over = chains.map(trimmed).filter((chain) => attemptsOf(chain) > BUDGET);
  const byKey = new Map<string, Chain>();
  for (const chain of over) {
    const known = byKey.get(keyOf(chain));
    if (!known || chain.length < known.length || (chain.length === known.length && pathOf(chain) < pathOf(known))) byKey.set(keyOf(chain), chain);
  }
  const kept = [...byKey.values()];
  return kept.filter((chain) => !kept.some((other) => other !== chain && multiplying(chain).every((hop) => other.includes(hop))));
}

/** From the first call that is repeated to the last. */
function trimmed(chain: Chain): Chain {
  const first = chain.findIndex(({ attempts }) => attempts > 1);
  const last = chain.findLastIndex(({ attempts }) => attempts > 1);
  return first < 0 ? [] : chain.slice(first, last + 1);
}

function attemptsOf(chain: Chain): number {
  return chain.reduce((product, { attempts }) => product * attempts, 1);
}

function multiplying(chain: Chain): Chain {
  return chain.filter(({ attempts }) => attempts > 1);
}

function keyOf(chain: Chain): string {
  return multiplying(chain).map(({ site, to }) => `${site}>${to}`).join(" ");
}

/** Not next to the callee, where a retry costs least; of the others the outermost that alone brings the chain under its budget, else the largest. */
function cutOf(chain: Chain): Hop {
  const hops = multiplying(chain);
  const outer = hops.length > 1 ? hops.slice(0, -1) : hops;
  const enough = outer.find(({ attempts }) => attemptsOf(chain) / attempts <= BUDGET);
  return enough ?? outer.reduce((most, hop) => (hop.attempts > most.attempts ? hop : most));
}

/** `gateway → … → payments` */
function shortened(path: string, room: number): string {
  const parts = path.split(" → ");
  const short = `${parts[0] ?? ""} → … → ${parts.at(-1) ?? ""}`;
  return short.length <= room ? short : short.slice(0, Math.max(room, 1));
}
