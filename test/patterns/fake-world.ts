/** A clock that only moves when told, and chance that repeats itself. */
import FakeTimers, { type Clock } from "@sinonjs/fake-timers";

/**
 * Runs a scenario on a fake clock and with chance that repeats itself, and gives both back, also when the scenario
 * throws. A wait with full jitter may be of no length; with true chance, one run in a few hundred would see that.
 */
export async function onFakeClock<T>(scenario: (clock: Clock) => Promise<T>): Promise<T> {
  const trueChance = Math.random;
  Math.random = seededRandom(1);
  const clock = FakeTimers.install({
    now: 1_000_000,
    toFake: [
      "setTimeout",
      "clearTimeout",
      "setInterval",
      "clearInterval",
      "setImmediate",
      "clearImmediate",
      "Date",
      "performance",
    ],
  });
  try {
    return await scenario(clock);
  } finally {
    clock.uninstall();
    Math.random = trueChance;
  }
}

/** What became of a promise, told without waiting for it. */
export function watch<T>(promise: Promise<T>): { readonly outcome: () => string } {
  let outcome = "pending";
  promise.then(
    (value) => (outcome = `value: ${String(value)}`),
    (error: unknown) =>
      (outcome = `error: ${error instanceof Error ? error.name : String(error)}: ${error instanceof Error ? error.message : ""}`),
  );
  return { outcome: () => outcome };
}

/** Mulberry32: small, and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A promise that settles when its test says so. */
export function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

export class HttpError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, headers: Readonly<Record<string, string>> = {}) {
    super(`HTTP ${status}`);
    this.name = "HttpError";
    this.status = status;
    this.headers = headers;
  }
}
