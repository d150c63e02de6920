import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import axios, { AxiosError, type AxiosResponse } from "axios";
import { fetch } from "undici";
import { backoff, backoffDelay, isTransient, retry } from "../../../src/patterns/retry/template/retry.ts";
import { addRetries } from "../../../src/patterns/retry/variant/axios.ts";
import { retry as cockatielRetry } from "../../../src/patterns/retry/variant/cockatiel.ts";
import { retry as pRetry } from "../../../src/patterns/retry/variant/p-retry.ts";
import { retryingAgent } from "../../../src/patterns/retry/variant/undici.ts";
import { HttpError, onFakeClock, seededRandom, watch } from "../fake-world.ts";

/** Four attempts, waits of at most 200, 400, 800 ms, 4xx not retried. */
type Retry = (operation: (attempt: number) => Promise<string>, signal?: AbortSignal) => Promise<string>;

const MAKERS: Readonly<Record<string, Retry>> = {
  "the generated module": (operation, signal) => retry((_, attempt) => operation(attempt), { signal, random: () => 0.5 }),
  "p-retry": pRetry,
  cockatiel: cockatielRetry,
  "an axios instance": async (operation, signal) => {
    let attempt = 0;
    const client = axios.create({
      adapter: async (config): Promise<AxiosResponse<string>> => {
        try {
          return { data: await operation((attempt += 1)), status: 200, statusText: "", headers: {}, config };
        } catch (cause) {
          if (!(cause instanceof HttpError)) throw cause;
          const { status, headers } = cause;
          throw Object.assign(new AxiosError("", "", config, undefined, { data: "", status, statusText: "", headers, config }), { cause });
        }
      },
    });
    addRetries(client);
    try {
      const { data } = await client.get<string>("http://orders/1", signal === undefined ? {} : { signal });
      return data;
    } catch (error) {
      throw error instanceof AxiosError && error.cause instanceof HttpError ? error.cause : error;
    }
  },
};

for (const [name, run] of Object.entries(MAKERS)) {
  describe(`a retry made with ${name}`, () => {
    it("gives the first success back", () =>
      onFakeClock(async (clock) => {
        const result = run((attempt) =>
          attempt < 3 ? Promise.reject(new HttpError(503)) : Promise.resolve(`attempt ${attempt}`),
        );
        await clock.runAllAsync();
        assert.equal(await result, "attempt 3");
      }));

    it("throws the last failure when attempts run out", () =>
      onFakeClock(async (clock) => {
        let calls = 0;
        const failed = watch(run(() => Promise.reject(new HttpError(501 + (calls += 1)))));
        await clock.runAllAsync();
        assert.equal(failed.outcome(), "error: HttpError: HTTP 505");
      }));

    it("throws a permanent error at once", () =>
      onFakeClock(async (clock) => {
        let calls = 0;
        const failed = watch(run(() => Promise.reject(new HttpError(((calls += 1), 422)))));
        await clock.tickAsync(0);
        assert.deepEqual([failed.outcome(), calls], ["error: HttpError: HTTP 422", 1]);
      }));

    it("waits before it tries again", () =>
      onFakeClock(async (clock) => {
        const at: number[] = [];
        const failed = watch(run(() => (at.push(Date.now()), Promise.reject(new HttpError(503)))));
        await clock.runAllAsync();
        assert.ok(failed.outcome().startsWith("error") && at.length === 4 && new Set(at).size === 4);
      }));

    it(`stops when the caller gives up ${name === "cockatiel" ? "after a wait" : "in the middle of a wait"}`, () =>
      onFakeClock(async (clock) => {
        const caller = new AbortController();
        let calls = 0;
        const failed = watch(run(() => ((calls += 1), Promise.reject(new HttpError(503))), caller.signal));
        await clock.tickAsync(0);
        caller.abort();
        // cockatiel 3 sits its wait out.
        await clock.tickAsync(name === "cockatiel" ? 60_000 : 0);
        assert.deepEqual([calls, failed.outcome().startsWith("error")], [1, true]);
      }));

    it("leaves no timer behind", () =>
      onFakeClock(async (clock) => {
        watch(run((attempt) => (attempt < 3 ? Promise.reject(new HttpError(503)) : Promise.resolve("done"))));
        await clock.tickAsync(10_000);
        assert.equal(clock.countTimers(), 0);
      }));
  });
}

describe("the generated retry", () => {
  it("keeps attempts and waits within bounds over 10,000 seeded runs", () =>
    onFakeClock(async (clock) => {
      const broken: string[] = [];
      for (let seed = 1; seed <= 10_000; seed += 1) {
        const random = seededRandom(seed);
        const maxAttempts = 1 + Math.floor(random() * 6);
        const failsFor = Math.floor(random() * 8);
        const at: number[] = [];
        const result = watch(
          retry(
            async (_, attempt) => {
              at.push(Date.now());
              if (attempt <= failsFor) throw new HttpError(503);
              return "done";
            },
            { maxAttempts, baseMs: 100, capMs: 1_000, random },
          ),
        );
        await clock.runAllAsync();
        const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
        const bounded = waits.every((wait, index) => wait >= 0 && wait <= Math.min(1_000, 100 * 2 ** index));
        const counted = at.length === Math.min(maxAttempts, failsFor + 1);
        const ended = result.outcome().startsWith(failsFor < maxAttempts ? "value" : "error");
        if (!bounded || !counted || !ended || clock.countTimers() > 0)
          broken.push(`seed ${seed}: ${at.join(" ")} ${result.outcome()}`);
      }
      assert.deepEqual(broken, []);
    })).timeout(60_000);

  it("spreads waits over the whole range", () => {
    const random = seededRandom(7);
    const waits = Array.from({ length: 10_000 }, () => backoffDelay(3, { baseMs: 100, capMs: 5_000, random }));
    const tenths = new Set(waits.map((wait) => Math.floor(wait / 40)));
    assert.deepEqual([tenths.size, Math.max(...waits) <= 400], [10, true]);
  });

  it("waits as long as Retry-After asks", () =>
    onFakeClock(async (clock) => {
      const at: number[] = [];
      watch(
        retry(async () => (at.push(Date.now()), Promise.reject(new HttpError(429, { "retry-after": "3" }))), {
          maxAttempts: 2,
        }),
      );
      await clock.runAllAsync();
      assert.equal((at[1] ?? 0) - (at[0] ?? 0), 3_000);
    }));

  it("reads Retry-After as a date, and from fetch headers", () =>
    onFakeClock(async () => {
      const headers = new Headers({ "retry-after": new Date(Date.now() + 7_000).toUTCString() });
      const delay = backoffDelay(1, { error: { response: { headers } } });
      assert.equal(delay, 7_000);
    }));

  it("gives up when the next wait would outlast the budget", () =>
    onFakeClock(async (clock) => {
      const failed = watch(
        retry(() => Promise.reject(new HttpError(503, { "retry-after": "60" })), { budgetMs: 10_000 }),
      );
      await clock.tickAsync(0);
      assert.equal(failed.outcome(), "error: HttpError: HTTP 503");
    }));

  it("cancels the running attempt when the budget is spent", () =>
    onFakeClock(async (clock) => {
      const hangs = (signal: AbortSignal): Promise<string> =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      const failed = watch(retry(hangs, { budgetMs: 1_000 }));
      await clock.tickAsync(1_000);
      assert.deepEqual([failed.outcome(), clock.countTimers()], ["error: Error: No success within 1000 ms", 0]);
    }));

  it("ends a wait of `backoff` when its signal aborts", () =>
    onFakeClock(async (clock) => {
      const caller = new AbortController();
      const waiting = watch(backoff(3, { signal: caller.signal, random: () => 0.99 }));
      caller.abort(new Error("shutting down"));
      await clock.tickAsync(0);
      assert.deepEqual([waiting.outcome(), clock.countTimers()], ["error: Error: shutting down", 0]);
    }));

  const cases: readonly (readonly [string, unknown, boolean])[] = [
    ["503", { status: 503 }, true],
    ["429 of axios", { response: { status: 429 } }, true],
    ["404", { statusCode: 404 }, false],
    ["501", { status: 501 }, false],
    ["a reset connection", Object.assign(new Error(), { code: "ECONNRESET" }), true],
    [
      "fetch that could not connect",
      Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }),
      true,
    ],
    ["a mistake in the program", new TypeError("x is not a function"), false],
    ["cancellation", Object.assign(new Error(), { name: "AbortError" }), false],
    ["gRPC unavailable", { code: 14 }, true],
    ["gRPC invalid argument", { code: 3 }, false],
    ["a broken unique constraint", { code: "23505" }, false],
    ["a serialization failure", { code: "40001" }, true],
    ["an error it does not know", new Error("boom"), true],
  ];
  for (const [title, error, expected] of cases) {
    it(`${expected ? "tries again after" : "does not try again after"} ${title}`, () =>
      assert.equal(isTransient(error), expected));
  }
});

describe("a retry made with undici's agent", () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const status = request.url === "/down" || asked.length < 3 ? Number(request.headers["x-status"] ?? 503) : 200;
    response.writeHead(status).end("done");
  });
  const agent = retryingAgent();
  before((done) => void server.listen(0, "127.0.0.1", done));
  beforeEach(() => void asked.splice(0));
  after(async () => {
    await agent.close();
    server.close();
  });

  async function ask(path: string, init: { readonly method?: string; readonly headers?: Record<string, string> } = {}): Promise<number | string> {
    const { port } = server.address() as AddressInfo;
    try {
      return (await fetch(`http://127.0.0.1:${port}${path}`, { ...init, dispatcher: agent })).status;
    } catch (error) {
      return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    }
  }

  it("gives the first success back", async () => assert.deepEqual([await ask("/up"), asked.length], [200, 3]));

  it("tells of the last failure when attempts run out", async () =>
    assert.deepEqual([await ask("/down"), asked.length], ["Request failed", 4])).timeout(10_000);

  it("gives a permanent answer back at once", async () =>
    assert.deepEqual([await ask("/down", { headers: { "x-status": "404" } }), asked.length], [404, 1]));

  it("does not repeat a POST", async () => {
    await ask("/up", { method: "POST" });
    assert.equal(asked.length, 1);
  });

  it("repeats a POST that carries an idempotency key", async () => {
    const status = await ask("/up", { method: "POST", headers: { "Idempotency-Key": "1" } });
    assert.deepEqual([status, asked.length], [200, 3]);
  });
});
