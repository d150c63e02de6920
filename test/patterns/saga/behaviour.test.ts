import assert from "node:assert/strict";
import {
  InMemorySagaStore,
  saga,
  SagaCompensationFailed,
  type SagaRecord,
  type SagaStep,
  SagaUndone,
} from "../../../src/patterns/saga/template/saga.ts";
import { onFakeClock, watch } from "../fake-world.ts";

interface Order {
  readonly reservation?: string;
  readonly payment?: string;
}

type Fault = "run" | "compensate" | "crash";

/** Three steps that write down what is asked of them, and fail `times` times as told. */
function flow(faults: Readonly<Record<string, { readonly at: Fault; readonly times: number }>> = {}) {
  const log: string[] = [];
  const left = new Map(Object.entries(faults).map(([name, { times }]) => [name, times]));
  const fails = (name: string, at: Fault): boolean => {
    const times = left.get(name) ?? 0;
    if (faults[name]?.at !== at || times === 0) return false;
    left.set(name, times - 1);
    return true;
  };
  const step = (name: string, adds: Partial<Order> = {}): SagaStep<Order> => ({
    name,
    run: async (_, { key }) => {
      log.push(`${name} ${key}`);
      if (fails(name, "run")) throw new Error(`${name} failed`);
      return adds;
    },
    compensate: async (state, { key }) => {
      log.push(`undo ${name} ${key} ${JSON.stringify(state)}`);
      if (fails(name, "compensate")) throw new Error(`${name} cannot be undone`);
    },
  });
  return { log, steps: [step("reserve", { reservation: "r1" }), step("charge", { payment: "p1" }), step("ship")] };
}

const names = (log: readonly string[]): readonly string[] => log.map((line) => line.replace(/ o1.*/, ""));

describe("a saga", () => {
  it("runs its steps in order and hands state on", async () => {
    const { log, steps } = flow();
    const state = await saga(steps, { store: new InMemorySagaStore<Order>() }).run("o1", {});
    assert.deepEqual([names(log), state], [["reserve", "charge", "ship"], { reservation: "r1", payment: "p1" }]);
  });

  it("compensates in reverse order, the step with unknown outcome first", async () => {
    const { log, steps } = flow({ ship: { at: "run", times: 1 } });
    await assert.rejects(saga(steps, { store: new InMemorySagaStore<Order>() }).run("o1", {}), SagaUndone);
    assert.deepEqual(names(log), ["reserve", "charge", "ship", "undo ship", "undo charge", "undo reserve"]);
  });

  it("tells what made it fail", async () => {
    const { steps } = flow({ charge: { at: "run", times: 1 } });
    const run = saga(steps, { store: new InMemorySagaStore<Order>() }).run("o1", {});
    await assert.rejects(run, (error) => error instanceof SagaUndone && String(error.cause) === "Error: charge failed");
  });

  it("gives a compensation the state of its step, and a key of its own", async () => {
    const { log, steps } = flow({ ship: { at: "run", times: 1 } });
    await assert.rejects(saga(steps, { store: new InMemorySagaStore<Order>() }).run("o1", {}));
    assert.equal(log[4], 'undo charge o1:charge:undo {"reservation":"r1","payment":"p1"}');
  });

  it("tries a failed compensation again, with waits, until it succeeds", () =>
    onFakeClock(async (clock) => {
      const failing = flow();
      let tries = 0;
      const at: number[] = [];
      const [first, ...rest] = failing.steps;
      assert.ok(first);
      const stubborn: SagaStep<Order> = {
        ...first,
        compensate: async () => {
          at.push(Date.now());
          if ((tries += 1) < 4) throw new Error("not yet");
        },
      };
      const breaks: SagaStep<Order> = {
        name: "break",
        run: () => Promise.reject(new Error("broken")),
        compensate: async () => undefined,
      };
      const outcome = watch(
        saga([stubborn, ...rest, breaks], { store: new InMemorySagaStore<Order>(), random: () => 0.5 }).run("o1", {}),
      );
      await clock.runAllAsync();
      const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
      assert.deepEqual(
        [waits, outcome.outcome()],
        [[250, 500, 1_000], "error: SagaUndone: Saga o1 failed and was undone: broken"],
      );
    }));

  it("escalates a compensation that fails for good, and undoes the others all the same", () =>
    onFakeClock(async (clock) => {
      const broken = flow();
      const store = new InMemorySagaStore<Order>();
      const steps = broken.steps.map((step) => ({
        ...step,
        ...(step.name === "charge" ? { compensate: () => Promise.reject(new Error("refund refused")) } : {}),
        ...(step.name === "ship" ? { run: () => Promise.reject(new Error("no carrier")) } : {}),
      }));
      const run = saga<Order>(steps, { store }).run("o1", {});
      const escalated = assert.rejects(
        run,
        (error) => error instanceof SagaCompensationFailed && error.left.join() === "charge",
      );
      await clock.runAllAsync();
      await escalated;
      assert.deepEqual([(await store.load("o1"))?.status, names(broken.log).at(-1)], ["stuck", "undo reserve"]);
    }));

  it("takes up a stuck saga where it stood, and owes only what is left", () =>
    onFakeClock(async (clock) => {
      const { log, steps } = flow({ ship: { at: "run", times: 1 } });
      const store = new InMemorySagaStore<Order>();
      let refunds = "refused";
      const mended = steps.map((step) =>
        step.name === "charge" ? { ...step, compensate: async () => void log.push(`refund ${refunds} o1`) } : step,
      );
      const stuck = steps.map((step) =>
        step.name === "charge" ? { ...step, compensate: () => Promise.reject(new Error("refused")) } : step,
      );
      const first = watch(saga<Order>(stuck, { store }).run("o1", {}));
      await clock.runAllAsync();
      refunds = "accepted";
      const before = log.length;
      await assert.rejects(saga<Order>(mended, { store }).resume("o1"), SagaUndone);
      assert.deepEqual(
        [first.outcome().startsWith("error: SagaCompensationFailed"), log.slice(before)],
        [true, ["refund accepted o1"]],
      );
    }));

  it("goes on after a crash with the step that was begun, under the same key", async () => {
    const { log, steps } = flow();
    const store = new InMemorySagaStore<Order>();
    // The process dies in the middle of the second step: nothing is saved any more.
    let alive = true;
    const dying = {
      load: (id: string) => store.load(id),
      save: (record: SagaRecord<Order>) => (alive ? store.save(record) : new Promise<never>(() => undefined)),
    };
    const crashing = steps.map((step) =>
      step.name === "charge"
        ? { ...step, run: async (...args: Parameters<typeof step.run>) => ((alive = false), step.run(...args)) }
        : step,
    );
    watch(saga(crashing, { store: dying }).run("o1", {}));
    await new Promise((resolve) => setImmediate(resolve));
    const before = log.length;
    await saga(steps, { store }).resume("o1");
    assert.deepEqual(
      [log.slice(0, before), log.slice(before)],
      [
        ["reserve o1:reserve", "charge o1:charge"],
        ["charge o1:charge", "ship o1:ship"],
      ],
    );
  });

  it("runs once for one id, however often it is asked", async () => {
    const { log, steps } = flow();
    const order = saga(steps, { store: new InMemorySagaStore<Order>() });
    await order.run("o1", {});
    const again = await order.run("o1", {});
    assert.deepEqual([log.length, again], [3, { reservation: "r1", payment: "p1" }]);
  });

  it("is not run by two workers at once", async () => {
    const { steps } = flow();
    const store = new InMemorySagaStore<Order>();
    const order = saga(steps, { store });
    await store.save({ id: "o1", status: "running", begun: [], owed: [], state: {}, revision: 1 });
    const outcomes = await Promise.allSettled([order.resume("o1"), order.resume("o1")]);
    assert.deepEqual(outcomes.map((each) => each.status).sort(), ["fulfilled", "rejected"]);
  });

  it("undoes what was done when the caller gives up", async () => {
    const caller = new AbortController();
    const { log, steps } = flow();
    const leaving = steps.map((step) =>
      step.name === "charge" ? { ...step, run: async () => (caller.abort(), { payment: "p1" }) } : step,
    );
    await assert.rejects(
      saga<Order>(leaving, { store: new InMemorySagaStore<Order>() }).run("o1", {}, caller.signal),
      SagaUndone,
    );
    assert.deepEqual(names(log), ["reserve", "undo ship", "undo charge", "undo reserve"]);
  });
});
