import assert from "node:assert/strict";
import "reflect-metadata";
import { NestFactory } from "@nestjs/core";
import {
  breakerFor,
  type BreakerChange,
  CircuitBreaker,
} from "../../../src/patterns/circuit-breaker/template/circuit-breaker.ts";
import { breakerFor as cockatielBreakerFor, guarded as guardedByCockatiel } from "../../../src/patterns/circuit-breaker/variant/cockatiel.ts";
import { breakerProvider, breakerToken } from "../../../src/patterns/circuit-breaker/variant/nestjs.ts";
import { breakerFor as opossumBreakerFor, guarded as guardedByOpossum } from "../../../src/patterns/circuit-breaker/variant/opossum.ts";
import { deferred, HttpError, onFakeClock, watch } from "../fake-world.ts";

/** What the scenarios ask of a breaker: opens at five failures of five, rejects for 30 s, gives a call 10 s. */
interface Breaker {
  run(operation: (signal?: AbortSignal) => Promise<string>): Promise<string>;
  state(): "closed" | "open" | "half-open";
  dispose(): void;
}

const MAKERS: Readonly<Record<string, () => Breaker>> = {
  "the generated module": () => {
    const breaker = new CircuitBreaker("payments", { minimumCalls: 5, failureRate: 1 });
    return { run: (operation) => breaker.run(operation), state: () => breaker.state, dispose: () => undefined };
  },
  opossum: () => {
    const name = freshName();
    const breaker = opossumBreakerFor(name, { volumeThreshold: 5, errorThresholdPercentage: 99 });
    return {
      run: (operation) => guardedByOpossum(name, operation),
      state: () => (breaker.opened ? "open" : breaker.halfOpen ? "half-open" : "closed"),
      dispose: () => breaker.shutdown(),
    };
  },
  cockatiel: () => {
    const name = freshName();
    const breaker = cockatielBreakerFor(name);
    const names = ["closed", "open", "half-open", "open"] as const;
    return { run: (operation) => guardedByCockatiel(name, operation), state: () => names[breaker.state] ?? "closed", dispose: () => undefined };
  },
};

let made = 0;

/** Breakers are kept by name; each scenario wants one that nobody used. */
function freshName(): string {
  return `payments ${(made += 1)}`;
}

const down = (): Promise<string> => Promise.reject(new HttpError(503));
const up = (): Promise<string> => Promise.resolve("paid");

async function failTimes(breaker: Breaker, times: number): Promise<void> {
  for (let call = 0; call < times; call += 1) await assert.rejects(breaker.run(down), HttpError);
}

for (const [name, make] of Object.entries(MAKERS)) {
  const scenario = (
    title: string,
    run: (breaker: Breaker, clock: Parameters<Parameters<typeof onFakeClock>[0]>[0]) => Promise<void>,
  ): void => {
    it(title, () =>
      onFakeClock(async (clock) => {
        const breaker = make();
        try {
          await run(breaker, clock);
        } finally {
          breaker.dispose();
        }
      }),
    );
  };

  describe(`a breaker made with ${name}`, () => {
    scenario("stays closed below its threshold", async (breaker) => {
      await failTimes(breaker, 4);
      assert.equal(await breaker.run(up), "paid");
    });

    scenario("opens at its threshold", async (breaker) => {
      await failTimes(breaker, 5);
      assert.equal(breaker.state(), "open");
    });

    scenario("rejects at once and calls nothing while open", async (breaker) => {
      await failTimes(breaker, 5);
      let calls = 0;
      await assert.rejects(breaker.run(async () => String((calls += 1))));
      assert.equal(calls, 0);
    });

    scenario("lets exactly one probe through when the time is up", async (breaker, clock) => {
      await failTimes(breaker, 5);
      await clock.tickAsync(30_001);
      const answer = deferred<string>();
      let calls = 0;
      const ask = (): Promise<string> => {
        calls += 1;
        return answer.promise;
      };
      const asked = Array.from({ length: 20 }, () => breaker.run(ask).catch(() => "rejected"));
      await clock.tickAsync(1);
      const atOnce = calls;
      answer.resolve("paid");
      await Promise.all(asked);
      // cockatiel makes the others wait for the probe and then lets them in; it does not call twice meanwhile.
      assert.equal(atOnce, 1);
    });

    scenario("closes when the probe succeeds", async (breaker, clock) => {
      await failTimes(breaker, 5);
      await clock.tickAsync(30_001);
      await breaker.run(up);
      assert.equal(breaker.state(), "closed");
    });

    scenario("opens again for the whole time when the probe fails", async (breaker, clock) => {
      await failTimes(breaker, 5);
      await clock.tickAsync(30_001);
      await assert.rejects(breaker.run(down), HttpError);
      await clock.tickAsync(29_000);
      await assert.rejects(breaker.run(up), (error) => !(error instanceof HttpError));
    });

    scenario("does not count what says nothing about the dependency's health", async (breaker) => {
      for (let call = 0; call < 20; call += 1)
        await assert.rejects(breaker.run(() => Promise.reject(new HttpError(404))));
      assert.equal(breaker.state(), "closed");
    });

    scenario("counts a call that does not answer in time as failure", async (breaker, clock) => {
      const slow = Array.from({ length: 5 }, () => watch(breaker.run(() => new Promise(() => undefined))));
      await clock.tickAsync(10_001);
      assert.deepEqual([slow.every((call) => call.outcome().startsWith("error")), breaker.state()], [true, "open"]);
    });

    scenario("leaves no timer behind a call", async (breaker, clock) => {
      const before = clock.countTimers();
      await breaker.run(up);
      await assert.rejects(breaker.run(down));
      assert.equal(clock.countTimers(), before);
    });
  });
}

describe("the generated breaker", () => {
  it("adds up slow calls that come one after the other", () =>
    onFakeClock(async (clock) => {
      const breaker = new CircuitBreaker("payments", { minimumCalls: 3 });
      for (let call = 0; call < 3; call += 1) {
        watch(breaker.run(() => new Promise(() => undefined)));
        await clock.tickAsync(10_000);
      }
      assert.equal(breaker.state, "open");
    }));

  it("cancels the call that it gave up on", () =>
    onFakeClock(async (clock) => {
      let seen: AbortSignal | undefined;
      const call = new CircuitBreaker("payments", { deadlineMs: 100 }).run((signal) => {
        seen = signal;
        return new Promise(() => undefined);
      });
      const late = watch(call);
      await clock.tickAsync(100);
      assert.deepEqual(
        [seen?.aborted, late.outcome()],
        [true, "error: CallTimedOut: payments did not answer within 100 ms"],
      );
    }));

  it("passes the caller's cancellation on, and counts it neither way", () =>
    onFakeClock(async () => {
      const breaker = new CircuitBreaker("payments", { minimumCalls: 1, failureRate: 0.1 });
      const caller = new AbortController();
      let seen: AbortSignal | undefined;
      const call = breaker.run((signal) => ((seen = signal), new Promise(() => undefined)), { signal: caller.signal });
      caller.abort(new Error("client left"));
      await assert.rejects(call, /client left/);
      assert.deepEqual([seen?.aborted, breaker.state], [true, "closed"]);
    }));

  it("gives its probe permit back when the probe's caller leaves", () =>
    onFakeClock(async (clock) => {
      const breaker = new CircuitBreaker("payments", { minimumCalls: 1 });
      await assert.rejects(breaker.run(down));
      await clock.tickAsync(30_000);
      const caller = new AbortController();
      const probe = breaker.run(() => new Promise(() => undefined), { signal: caller.signal });
      caller.abort();
      await assert.rejects(probe);
      assert.equal(await breaker.run(up), "paid");
    }));

  it("forgets failures that left the window", () =>
    onFakeClock(async (clock) => {
      const breaker = new CircuitBreaker("payments", { minimumCalls: 5, failureRate: 0.5, windowMs: 10_000 });
      for (let call = 0; call < 4; call += 1) await assert.rejects(breaker.run(down));
      await clock.tickAsync(11_000);
      await assert.rejects(breaker.run(down));
      assert.equal(breaker.state, "closed");
    }));

  it("does not let a call from before it opened decide about the probe", () =>
    onFakeClock(async (clock) => {
      const breaker = new CircuitBreaker("payments", { minimumCalls: 2, deadlineMs: 100_000 });
      const early = deferred<string>();
      const old = breaker.run(() => early.promise);
      for (let call = 0; call < 2; call += 1) await assert.rejects(breaker.run(down));
      await clock.tickAsync(30_000);
      const probe = breaker.run(() => new Promise<string>(() => undefined));
      early.resolve("late");
      await old;
      watch(probe);
      assert.equal(breaker.state, "half-open");
    }));

  it("answers with the fallback while open", () =>
    onFakeClock(async () => {
      const breaker = new CircuitBreaker("payments", { minimumCalls: 1 });
      await assert.rejects(breaker.run(down));
      assert.equal(await breaker.run(up, { fallback: () => "queued" }), "queued");
    }));

  it("tells of each change of state", () =>
    onFakeClock(async (clock) => {
      const breaker = new CircuitBreaker("payments", { minimumCalls: 1 });
      const told: string[] = [];
      const stop = breaker.onChange(({ from, to }: BreakerChange) => told.push(`${from} to ${to}`));
      await assert.rejects(breaker.run(down));
      await clock.tickAsync(30_000);
      await breaker.run(up);
      stop();
      await assert.rejects(breaker.run(down));
      assert.deepEqual(told, ["closed to open", "open to half-open", "half-open to closed"]);
    }));

  it("is one for each dependency", () => {
    assert.equal(breakerFor("stock") === breakerFor("stock") && breakerFor("stock") !== breakerFor("mail"), true);
  });
});

describe("a breaker that NestJS provides", () => {
  class Module {}

  async function injected(dependency: string): Promise<CircuitBreaker> {
    const context = await NestFactory.createApplicationContext({ module: Module, providers: [breakerProvider(dependency, { minimumCalls: 2 })] }, { logger: false });
    return context.get<CircuitBreaker>(breakerToken(dependency));
  }

  it("is the same one in every module", async () => assert.equal(await injected("stock"), await injected("stock")));

  it("is another one for another dependency", async () => assert.notEqual(await injected("stock"), await injected("mail")));

  it("has the policy that it was provided with", async () => {
    const breaker = await injected("tax");
    for (let call = 0; call < 2; call += 1) await assert.rejects(breaker.run(down));
    assert.equal(breaker.state, "open");
  });
});

describe("a breaker made with opossum", () => {
  it("gives what the call gives, and a signal to the call", async () => {
    let seen: AbortSignal | undefined;
    const result = await guardedByOpossum("signals", async (signal) => ((seen = signal), { paid: true }));
    assert.deepEqual([result.paid, seen?.aborted], [true, false]);
    opossumBreakerFor("signals").shutdown();
  });
});
