import assert from "node:assert/strict";
import { timeout as cockatielTimeout, TimeoutStrategy } from "cockatiel";
import { DeadlineExceeded, deadlineSignal, withDeadline } from "../../../src/patterns/timeout/template/timeout.ts";
import { onFakeClock, watch } from "../fake-world.ts";

type Deadline = (
  operation: (signal: AbortSignal) => Promise<string>,
  ms: number,
  caller?: AbortSignal,
) => Promise<string>;

const MAKERS: Readonly<Record<string, Deadline>> = {
  "the generated module": withDeadline,
  cockatiel: (operation, ms, caller) =>
    cockatielTimeout(ms, TimeoutStrategy.Aggressive).execute(({ signal }) => operation(signal), caller),
};

for (const [name, run] of Object.entries(MAKERS)) {
  describe(`a deadline made with ${name}`, () => {
    it("gives an answer in time back, and leaves no timer", () =>
      onFakeClock(async (clock) => {
        const answer = await run(async () => "in time", 100);
        assert.deepEqual([answer, clock.countTimers()], ["in time", 0]);
      }));

    it("ends a call that never answers, and aborts its signal", () =>
      onFakeClock(async (clock) => {
        let seen: AbortSignal | undefined;
        const late = watch(run((signal) => ((seen = signal), new Promise(() => undefined)), 100));
        await clock.tickAsync(99);
        const before = late.outcome();
        await clock.tickAsync(2);
        assert.deepEqual(
          [before, late.outcome().slice(0, 5), seen?.aborted, clock.countTimers()],
          ["pending", "error", true, 0],
        );
      }));

    it("passes the caller's cancellation on", () =>
      onFakeClock(async (clock) => {
        const caller = new AbortController();
        let seen: AbortSignal | undefined;
        watch(
          run(
            (signal) => (
              (seen = signal),
              new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))
            ),
            100,
            caller.signal,
          ),
        );
        caller.abort();
        await clock.tickAsync(0);
        assert.deepEqual([seen?.aborted, clock.countTimers()], [true, 0]);
      }));

    it("passes the operation's own failure on, and leaves no timer", () =>
      onFakeClock(async (clock) => {
        await assert.rejects(
          run(() => Promise.reject(new Error("refused")), 100),
          /refused/,
        );
        assert.equal(clock.countTimers(), 0);
      }));
  });
}

describe("the generated deadline", () => {
  it("says how long it waited", () =>
    onFakeClock(async (clock) => {
      const late = withDeadline(() => new Promise(() => undefined), 2_500);
      const told = assert.rejects(late, (error) => error instanceof DeadlineExceeded && error.deadlineMs === 2_500);
      await clock.tickAsync(2_500);
      await told;
    }));

  it("does not start for a caller that has left", async () => {
    let started = false;
    await assert.rejects(withDeadline(async () => (started = true), 100, AbortSignal.abort()));
    assert.equal(started, false);
  });

  it("turns a throw before the first await into a rejection, and leaves no timer", () =>
    onFakeClock(async (clock) => {
      const thrown = withDeadline(() => {
        throw new Error("bad argument");
      }, 100);
      await assert.rejects(thrown, /bad argument/);
      assert.equal(clock.countTimers(), 0);
    }));

  it("leaves no listener on a caller's signal that lives long", async () => {
    const caller = new AbortController();
    let listeners = 0;
    const { signal } = caller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => ((listeners += 1), add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => ((listeners -= 1), remove(...args));
    for (let call = 0; call < 100; call += 1) await withDeadline(async () => "x", 1_000, signal);
    assert.equal(listeners, 0);
  });

  for (const platform of ["with AbortSignal.any", "without AbortSignal.any"]) {
    it(`makes a signal that follows the caller's, ${platform}`, () => {
      const { any } = AbortSignal;
      if (platform.startsWith("without")) Reflect.deleteProperty(AbortSignal, "any");
      try {
        const caller = new AbortController();
        const signal = deadlineSignal(60_000, caller.signal);
        const before = signal.aborted;
        caller.abort(new Error("client left"));
        assert.deepEqual([before, signal.aborted, String(signal.reason)], [false, true, "Error: client left"]);
      } finally {
        AbortSignal.any = any;
      }
    });

    it(`makes a signal that aborts at its deadline, ${platform}`, () => {
      const { any, timeout } = AbortSignal;
      const deadline = new AbortController();
      AbortSignal.timeout = () => deadline.signal;
      if (platform.startsWith("without")) Reflect.deleteProperty(AbortSignal, "any");
      try {
        const signal = deadlineSignal(5, new AbortController().signal);
        deadline.abort(new Error("late"));
        assert.equal(String(signal.reason), "Error: late");
      } finally {
        AbortSignal.any = any;
        AbortSignal.timeout = timeout;
      }
    });
  }
});
