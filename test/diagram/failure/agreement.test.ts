/** The model against the event simulation. The tolerances stand in `docs/failure-model.md` too. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { assumptions, type FailureSystem, type Guard } from "../../../src/diagram/failure/index.ts";
import type { Fault } from "../../../src/protocol/failure.ts";
import { agreementOf, type Agreement } from "./agreement.ts";
import { faults, systems } from "./arbitrary.ts";
import { call, deliver, publish, system } from "./systems.ts";

// Four times the arrivals make chance small; the odd headroom keeps loads of whole multiples off the edge of what a node can do.
const given = { ...assumptions, arrivalsPerSecond: 40, headroom: 2.6 };

const atOnce: Guard["wait"] = { kind: "none", baseMs: 0, capMs: 0 };
const growing: Guard["wait"] = { kind: "growing", baseMs: 200, capMs: 30_000 };
const silent: Fault = { kind: "down", manner: "silent" };

const sketches: Readonly<Record<string, readonly [FailureSystem, string, Fault, number?]>> = {
  "a deadline and three attempts": [system(call("web", "a"), call("a", "db", { deadlineMs: 3_000, attempts: 3, wait: growing })), "db", silent],
  "no deadline, until there is no room left": [system(call("web", "a", { deadlineMs: 2_000, attempts: 2, wait: atOnce }), call("a", "db")), "db", silent],
  "a breaker around a retry, with a fallback": [
    system(call("web", "a", { deadlineMs: 8_000 }), call("a", "db", { deadlineMs: 2_000, attempts: 2, wait: growing, breaker: "shared", hasFallback: true })),
    "db",
    silent,
  ],
  "a breaker inside of a retry": [
    system(call("web", "a", { deadlineMs: 8_000 }), call("a", "db", { deadlineMs: 2_000, attempts: 3, wait: growing, breaker: "shared", isBreakerOutside: false })),
    "db",
    silent,
  ],
  "errors that two layers try again": [system(call("web", "a", { attempts: 2, wait: atOnce }), call("a", "db", { attempts: 2, wait: atOnce })), "db", { kind: "errors", share: 0.4 }],
  "a retry storm that outlives its cause": [
    system(call("web", "a", { deadlineMs: 2_000 }), call("a", "db", { deadlineMs: 1_000, attempts: 3, wait: atOnce })),
    "db",
    { kind: "slow", byMs: 3_000 },
    20_000,
  ],
  "a bulkhead": [system(call("web", "a"), call("a", "db", { deadlineMs: 1_500, bulkhead: 20 })), "db", silent],
  "a channel before the trouble": [system(call("web", "a"), publish("a", "topic"), deliver("topic", "mail"), call("mail", "smtp", { deadlineMs: 1_000 })), "smtp", silent],
  "a dead broker": [system(call("web", "a"), publish("a", "topic", { deadlineMs: 1_000 }), deliver("topic", "mail"), call("mail", "smtp")), "broker", silent],
  "two ways to the same trouble": [
    system(
      call("web", "a", { deadlineMs: 4_000 }),
      call("a", "b", { deadlineMs: 1_000, hasFallback: true }),
      call("a", "c", { attempts: 2, wait: growing }),
      call("b", "db"),
      call("c", "db", { deadlineMs: 500 }),
    ),
    "db",
    silent,
  ],
};

describe("the failure model and a simulation event by event", () => {
  for (const [name, [sketch, target, fault, lastsMs = Infinity]] of Object.entries(sketches))
    it(`tell the same of ${name}`, () => {
      const found = agreementOf({ system: sketch, target, fault, lastsMs, seed: 12_345 }, given);
      assert.ok(found.healths >= 0.95, `healths agree in ${found.healths} of the seconds`);
      assert.ok(found.rates.worst <= 0.12, `rates differ by ${found.rates.worst} at ${found.rates.at}`);
      assert.ok(found.held.worst <= 0.2, `held requests differ by ${found.held.worst} at ${found.held.at}`);
      assert.ok(found.breakers.worst <= 0.75, `a breaker opens ${found.breakers.worst} s apart: ${found.breakers.at}`);
    });

  // Not of every one: whether an overloaded system finds its way back can hang on a single request.
  it("tell the same of nine in ten systems by chance", () => {
    const cases = fc.sample(fc.tuple(systems, faults, fc.constantFrom(Infinity, Infinity, 20_000)), { seed: 42, numRuns: 24 });
    const found = cases.map(([sketch, fault, lastsMs], at) => agreementOf({ system: sketch, target: "db", fault, lastsMs, seed: 100 + at }, given));
    const mean = found.reduce((sum, { healths }) => sum + healths, 0) / found.length;
    assert.ok(mean >= 0.97, `healths agree in ${mean} of the seconds`);
    const least = Math.min(...found.map(({ healths }) => healths));
    assert.ok(least >= 0.75, `healths of one system agree in ${least} of the seconds`);
    const within = (part: "rates" | "held" | "breakers", bound: number): number => found.filter((one: Agreement) => one[part].worst <= bound).length / found.length;
    assert.ok(within("rates", 0.12) >= 0.9, `rates: ${within("rates", 0.12)}`);
    assert.ok(within("held", 0.21) >= 0.85, `held: ${within("held", 0.21)}`);
    assert.ok(within("breakers", 1) >= 0.95, `breakers: ${within("breakers", 1)}`);
  });
});
