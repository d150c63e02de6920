import assert from "node:assert/strict";
import { BulkheadRejectedError } from "cockatiel";
import fastCheck from "fast-check";
import { Bulkhead, bulkheadFor, BulkheadFull, mapLimited, settleLimited } from "../../../src/patterns/bulkhead/template/limit.ts";
import { bulkheadFor as cockatielBulkheadFor } from "../../../src/patterns/bulkhead/variant/cockatiel.ts";
import { limited } from "../../../src/patterns/bulkhead/variant/p-limit.ts";
import { deferred, onFakeClock, seededRandom, watch } from "../fake-world.ts";

/** What the scenarios ask of a bulkhead: two calls at once, three may wait. */
interface Limiter {
  run<T>(task: () => Promise<T>): Promise<T>;
  readonly rejection: typeof BulkheadFull | typeof BulkheadRejectedError;
}

const MAKERS: Readonly<Record<string, () => Limiter>> = {
  "the generated module": () => {
    const bulkhead = new Bulkhead("payments", { concurrency: 2, queueLimit: 3 });
    return { run: (task) => bulkhead.run(task), rejection: BulkheadFull };
  },
  cockatiel: () => {
    const bulkhead = cockatielBulkheadFor(`payments ${(made += 1)}`, { concurrency: 2, queueLimit: 3 });
    return { run: (task) => bulkhead.execute(task), rejection: BulkheadRejectedError };
  },
  "p-limit": () => ({ run: limited("payments", { concurrency: 2, queueLimit: 3 }), rejection: BulkheadFull }),
};

/** Bulkheads are kept by name; each scenario wants one that nobody used. */
let made = 0;

for (const [name, make] of Object.entries(MAKERS)) {
  describe(`a bulkhead made with ${name}`, () => {
    it("starts no more calls than it has places", async () => {
      const limiter = make();
      const { started, start } = starting(limiter);
      const calls = [start(), start(), start()];
      await settle();
      assert.equal(started.length, 2);
      await finish(started, calls);
    });

    it("starts a waiting call when one ends", async () => {
      const { started, start } = starting(make());
      const calls = [start(), start(), start()];
      await settle();
      started[0]?.resolve("paid");
      await settle();
      assert.equal(started.length, 3);
      await finish(started, calls);
    });

    it("takes waiting calls in the order in which they came", async () => {
      const limiter = make();
      const order: number[] = [];
      await Promise.all([1, 2, 3, 4, 5].map((each) => limiter.run(async () => void order.push(each))));
      assert.deepEqual(order, [1, 2, 3, 4, 5]);
    });

    it("turns away what has no place to wait", async () => {
      const limiter = make();
      const { started, start } = starting(limiter);
      const calls = [1, 2, 3, 4, 5].map(start);
      await assert.rejects(start(), limiter.rejection);
      await finish(started, calls);
    });

    it("gives the place back after a failure", async () => {
      const limiter = make();
      for (let call = 0; call < 5; call += 1) await assert.rejects(limiter.run(() => Promise.reject(new Error("down"))), /down/);
      assert.equal(await limiter.run(() => Promise.resolve("paid")), "paid");
    });

    it("gives the place back after a failure that is thrown and not returned", async () => {
      const limiter = make();
      const broken = (): Promise<string> => {
        throw new Error("broken");
      };
      for (let call = 0; call < 5; call += 1) await assert.rejects(limiter.run(broken), /broken/);
      assert.equal(await limiter.run(() => Promise.resolve("paid")), "paid");
    });

    it("never exceeds its limit, whatever comes and however it ends", () =>
      fastCheck.assert(
        fastCheck.asyncProperty(fastCheck.integer(), fastCheck.integer({ min: 1, max: 40 }), async (seed, calls) => {
          const random = seededRandom(seed);
          const limiter = make();
          let running = 0;
          let most = 0;
          await onFakeClock(async (clock) => {
            const all = Array.from({ length: calls }, async () => {
              await sleep(random() * 20);
              return limiter.run(async () => {
                most = Math.max(most, (running += 1));
                await sleep(random() * 10);
                running -= 1;
                if (random() < 0.3) throw new Error("down");
              });
            });
            const done = Promise.allSettled(all);
            await clock.runAllAsync();
            await done;
          });
          assert.deepEqual([most <= 2, running], [true, 0]);
        }),
        { numRuns: 200 },
      )).timeout(30_000);
  });
}

describe("the generated bulkhead", () => {
  it("lets a waiting call go when its caller gives up", async () => {
    const bulkhead = new Bulkhead("payments", { concurrency: 1 });
    const first = deferred<string>();
    const running = bulkhead.run(() => first.promise);
    const caller = new AbortController();
    const waiting = watch(bulkhead.run(() => Promise.resolve("late"), { signal: caller.signal }));
    caller.abort(new Error("gone"));
    await settle();
    assert.deepEqual([waiting.outcome(), bulkhead.waiting], ["error: Error: gone", 0]);
    first.resolve("paid");
    await running;
  });

  it("never starts what was given up before it came", async () => {
    const bulkhead = new Bulkhead("payments");
    let started = false;
    await assert.rejects(bulkhead.run(() => Promise.resolve((started = true)), { signal: AbortSignal.abort(new Error("gone")) }), /gone/);
    assert.deepEqual([started, bulkhead.running], [false, 0]);
  });

  it("keeps no listener on a signal that outlives the call", async () => {
    const bulkhead = new Bulkhead("payments", { concurrency: 1 });
    const signal = new CountingSignal();
    await Promise.all([1, 2, 3].map(() => bulkhead.run(() => Promise.resolve(), { signal: signal.signal })));
    assert.equal(signal.listeners, 0);
  });

  it("is free again once all is done", async () => {
    const bulkhead = new Bulkhead("payments", { concurrency: 2, queueLimit: 50 });
    await Promise.allSettled(Array.from({ length: 20 }, (_, call) => bulkhead.run(() => (call % 3 === 0 ? Promise.reject(new Error("down")) : Promise.resolve(call)))));
    assert.deepEqual([bulkhead.running, bulkhead.waiting], [0, 0]);
  });

  it("is one for each name", () => {
    assert.equal(bulkheadFor("payments"), bulkheadFor("payments"));
  });

  it("lets one call run where it was given no place at all", async () => {
    assert.equal(await new Bulkhead("payments", { concurrency: 0, queueLimit: 0 }).run(() => "paid"), "paid");
  });
});

describe("a map a few at a time", () => {
  it("gives the results in the order of the items", async () => {
    assert.deepEqual(await mapLimited([3, 1, 2], async (item, index) => `${index}:${item}`, { concurrency: 2 }), ["0:3", "1:1", "2:2"]);
  });

  it("never runs more than it was told", async () => {
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      most = Math.max(most, (running += 1));
      await settle();
      running -= 1;
    };
    await mapLimited(Array.from({ length: 50 }), task, { concurrency: 4 });
    assert.deepEqual([most, running], [4, 0]);
  });

  it("rejects with the first failure, and starts nothing more", async () => {
    const started: number[] = [];
    const task = async (item: number): Promise<void> => {
      started.push(item);
      if (item === 1) throw new Error("down");
      await settle();
    };
    await assert.rejects(mapLimited([1, 2, 3, 4, 5, 6], task, { concurrency: 2 }), /down/);
    await settle();
    assert.deepEqual(started, [1, 2]);
  });

  it("stops when its caller gives up", async () => {
    const caller = new AbortController();
    const started: number[] = [];
    const task = async (item: number): Promise<void> => {
      started.push(item);
      if (item === 2) caller.abort(new Error("gone"));
    };
    await assert.rejects(mapLimited([1, 2, 3, 4], task, { concurrency: 1, signal: caller.signal }), /gone/);
    assert.deepEqual(started, [1, 2]);
  });

  it("takes a list that is empty", async () => {
    assert.deepEqual(await mapLimited([], async () => 1), []);
  });

  it("does not wait for itself where it runs inside itself", async () => {
    const depth = async (left: number): Promise<number> => (left === 0 ? 1 : (await mapLimited([1, 2], () => depth(left - 1), { concurrency: 1 })).reduce((sum, each) => sum + each, 0));
    assert.equal(await depth(4), 16);
  });

  it("tells what became of each, where asked to settle", async () => {
    const task = async (item: number): Promise<number> => {
      if (item === 2) throw new Error("down");
      return item;
    };
    const results = await settleLimited([1, 2, 3], task, { concurrency: 2 });
    assert.deepEqual(results.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]);
  });
});

/** Calls that end when their test says so. */
function starting(limiter: Limiter): { readonly started: ReturnType<typeof deferred<string>>[]; readonly start: () => Promise<string> } {
  const started: ReturnType<typeof deferred<string>>[] = [];
  const start = (): Promise<string> =>
    limiter.run(() => {
      const call = deferred<string>();
      started.push(call);
      return call.promise;
    });
  return { started, start };
}

async function finish(started: readonly ReturnType<typeof deferred<string>>[], calls: readonly Promise<string>[]): Promise<void> {
  const done = Promise.allSettled(calls);
  for (let round = 0; round < calls.length; round += 1) {
    for (const call of started) call.resolve("paid");
    await settle();
  }
  await done;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

class CountingSignal {
  listeners = 0;
  readonly signal: AbortSignal;

  constructor() {
    this.signal = new AbortController().signal;
    const add = this.signal.addEventListener.bind(this.signal) as (...args: unknown[]) => void;
    const remove = this.signal.removeEventListener.bind(this.signal) as (...args: unknown[]) => void;
    Object.assign(this.signal, {
      addEventListener: (...args: unknown[]) => (this.listeners++, add(...args)),
      removeEventListener: (...args: unknown[]) => (this.listeners--, remove(...args)),
    });
  }
}
