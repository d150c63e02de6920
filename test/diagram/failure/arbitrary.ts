/** Systems by chance. */
import fc from "fast-check";
import type { FailureSystem, Guard } from "../../../src/diagram/failure/index.ts";
import type { Fault } from "../../../src/protocol/failure.ts";
import { call, deliver, guard, publish, system } from "./systems.ts";

export const waits: fc.Arbitrary<Guard["wait"]> = fc.constantFrom(
  { kind: "none", baseMs: 0, capMs: 0 } as const,
  { kind: "constant", baseMs: 500, capMs: 30_000 } as const,
  { kind: "growing", baseMs: 200, capMs: 30_000 } as const,
);

export const guards: fc.Arbitrary<Guard> = fc
  .record({
    deadlineMs: fc.constantFrom<Guard["deadlineMs"]>("none", 500, 1_000, 2_000, 4_000),
    attempts: fc.constantFrom(1, 1, 2, 3),
    wait: waits,
    breaker: fc.constantFrom<Guard["breaker"]>("none", "none", "shared"),
    isBreakerOutside: fc.boolean(),
    bulkhead: fc.constantFrom<Guard["bulkhead"]>("none", "none", "none", 20, 100),
    hasFallback: fc.constantFrom(false, false, true),
  })
  .map((parts) => guard(parts));

/** One entry, a few services below it, a database at the end; sometimes a channel. */
export const systems: fc.Arbitrary<FailureSystem> = fc
  .record({
    services: fc.integer({ min: 1, max: 4 }),
    links: fc.array(fc.tuple(fc.nat(3), fc.nat(3), guards), { maxLength: 3 }),
    chain: fc.array(guards, { minLength: 5, maxLength: 5 }),
    hasChannel: fc.boolean(),
  })
  .map(({ services, links, chain, hasChannel }) => {
    const names = ["web", ...Array.from({ length: services }, (_, at) => `s${at}`), "db"];
    const straight = names.slice(1).map((to, at) => call(names[at] ?? "web", to, chain[at]));
    const across = links.flatMap(([a, b, by]) => {
      const [from, to] = [names[Math.min(a, b)], names[Math.max(a, b) + 1]];
      return from === undefined || to === undefined ? [] : [call(from, to, by)];
    });
    const edges = new Map([...straight, ...across].map((edge) => [edge.id, edge]));
    const messages = hasChannel ? [publish("s0", "topic", { deadlineMs: 2_000 }), deliver("topic", "mail"), call("mail", "db", chain[0])] : [];
    return system(...edges.values(), ...messages);
  });

export const faults: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { kind: "down", manner: "silent" },
  { kind: "down", manner: "refusing" },
  { kind: "slow", byMs: 700 },
  { kind: "slow", byMs: 3_000 },
  { kind: "errors", share: 0.2 },
  { kind: "errors", share: 0.8 },
);
