/** What holds of every system. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { simulate, type FailureSystem } from "../../../src/diagram/index.ts";
import type { Guard } from "../../../src/diagram/failure/index.ts";
import { healths, stateAt, type Fault, type FailureRun, type Health } from "../../../src/protocol/failure.ts";
import { faults, systems } from "./arbitrary.ts";
import { call, system } from "./systems.ts";

const complete: fc.Arbitrary<Fault> = fc.constantFrom<Fault>({ kind: "down", manner: "silent" }, { kind: "down", manner: "refusing" });
const times = { numRuns: 30, seed: 7 };

function ran(sketch: FailureSystem, fault: Fault, target = "db"): FailureRun {
  const run = simulate(sketch, { target, fault });
  assert.ok(run);
  return run;
}

function last(run: FailureRun): Readonly<Record<string, Health>> {
  return Object.fromEntries([...stateAt(run, run.horizonMs).nodes].flatMap(([id, { health }]) => (health === "up" ? [] : [[id, health] as const])).sort());
}

function guarded(sketch: FailureSystem, change: (guard: Guard, at: number) => Partial<Guard>): FailureSystem {
  return { ...sketch, edges: sketch.edges.map((edge, at) => ({ ...edge, guard: { ...edge.guard, ...change(edge.guard, at) } })) };
}

/** Nodes that end worse in the second run. */
function worsened(before: FailureRun, after: FailureRun): readonly string[] {
  const [a, b] = [last(before), last(after)];
  return Object.entries(b).flatMap(([id, health]) => (healths.indexOf(health) > healths.indexOf(a[id] ?? "up") ? [`${id}: ${a[id] ?? "up"} → ${health}`] : []));
}

describe("what holds of every failure", () => {
  it("nothing happens where nothing fails", () => {
    fc.assert(
      fc.property(systems, (sketch) => {
        const run = ran(sketch, { kind: "errors", share: 0 });
        assert.deepEqual(last(run), {});
        assert.deepEqual(run.weakEdges, []);
      }),
      times,
    );
  });

  it("the order in which nodes and edges are given plays no part", () => {
    fc.assert(
      fc.property(systems, faults, (sketch, fault) => {
        const turned = { nodes: [...sketch.nodes].reverse(), edges: [...sketch.edges].reverse() };
        assert.deepEqual(last(ran(turned, fault)), last(ran(sketch, fault)));
      }),
      times,
    );
  });

  it("a deadline makes nothing worse where nobody tries again", () => {
    fc.assert(
      fc.property(systems, complete, fc.nat(9), fc.constantFrom(500, 2_000, 8_000), (drawn, fault, which, deadlineMs) => {
        const sketch = guarded(drawn, () => ({ attempts: 1 }));
        const chosen = which % sketch.edges.length;
        const helped = guarded(sketch, (guard, at) => (at === chosen && guard.deadlineMs === "none" ? { deadlineMs } : {}));
        assert.deepEqual(worsened(ran(sketch, fault), ran(helped, fault)), []);
      }),
      times,
    );
  });

  it("a breaker makes nothing worse where the fault is complete", () => {
    fc.assert(
      fc.property(systems, complete, fc.nat(9), (drawn, fault, which) => {
        const sketch = guarded(drawn, (_, at) => (at === which % drawn.edges.length ? { breaker: "none" } : {}));
        const helped = guarded(sketch, (_, at) => (at === which % sketch.edges.length ? { breaker: "shared" } : {}));
        assert.deepEqual(worsened(ran(sketch, fault), ran(helped, fault)), []);
      }),
      times,
    );
  });

  it("a fallback makes nothing worse", () => {
    fc.assert(
      fc.property(systems, complete, fc.nat(9), (drawn, fault, which) => {
        const sketch = guarded(drawn, (_, at) => (at === which % drawn.edges.length ? { hasFallback: false } : {}));
        const helped = guarded(sketch, (_, at) => (at === which % sketch.edges.length ? { hasFallback: true } : {}));
        assert.deepEqual(worsened(ran(sketch, fault), ran(helped, fault)), []);
      }),
      times,
    );
  });

  it("trouble of a consumer stays behind the channel", () => {
    fc.assert(
      fc.property(systems.filter(({ nodes }) => nodes.some(({ id }) => id === "mail")), faults, (sketch, fault) => {
        const apart = { ...sketch, edges: [...sketch.edges.filter(({ from }) => from !== "mail"), call("mail", "smtp")], nodes: [...sketch.nodes, { id: "smtp", name: "smtp", kind: "external" as const }] };
        const touched = Object.keys(last(ran(apart, fault, "smtp")));
        assert.deepEqual(touched.filter((id) => !["mail", "smtp", "topic"].includes(id)), []);
      }),
      times,
    );
  });

  it("only the chain that leads to the fault is touched, where nobody tries again", () => {
    fc.assert(
      fc.property(faults, (fault) => {
        const sketch = system(call("web", "a"), call("web", "b"), call("a", "db"), call("b", "db2"));
        const touched = last(ran(sketch, fault));
        assert.equal(touched["b"], undefined);
        assert.equal(touched["db2"], undefined);
      }),
      times,
    );
  });

  it("the same question has the same answer, and it survives JSON", () => {
    fc.assert(
      fc.property(systems, faults, (sketch, fault) => {
        const run = ran(sketch, fault);
        assert.deepEqual(ran(sketch, fault), run);
        assert.deepEqual(JSON.parse(JSON.stringify(run)), run);
      }),
      { ...times, numRuns: 10 },
    );
  });
});
