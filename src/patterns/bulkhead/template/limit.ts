/**
 * Bounds how many calls run at once, so that one dependency or one long list cannot take every socket and every pooled
 * connection of the process.
 *
 * `Bulkhead` is shared by all callers of a dependency, and turns away what it has no room for. `mapLimited` goes through one list.
 */

export const DEFAULT_LIMIT_POLICY = {
  /** Calls that run at once. Below the callee's own limit, and below the size of a pool that they share. */
  concurrency: 10,
  /** Calls that may wait for a place; the next one is turned away. As many as are served within the patience of a caller. */
  queueLimit: 100,
};

export interface BulkheadOptions {
  readonly concurrency?: number | undefined;
  /** 0 turns away whatever cannot start at once. */
  readonly queueLimit?: number | undefined;
}

export interface LimitedCall {
  /** The caller's signal: gives up the place in the queue. A call that runs has to listen to it itself. */
  readonly signal?: AbortSignal | undefined;
}

export interface LimitedMap extends LimitedCall {
  readonly concurrency?: number | undefined;
}

/** The bulkhead had no place left, neither to run nor to wait. */
export class BulkheadFull extends Error {
  readonly bulkhead: string;

  constructor(bulkhead: string) {
    super(`${bulkhead} has as many calls running and waiting as it takes`);
    this.name = "BulkheadFull";
    this.bulkhead = bulkhead;
  }
}

export class Bulkhead {
  readonly name: string;
  private readonly concurrency: number;
  private readonly queueLimit: number;
  private readonly queue = new Set<() => void>();
  private active = 0;

  constructor(name: string, options: BulkheadOptions = {}) {
    this.name = name;
    this.concurrency = atLeastOne(options.concurrency ?? DEFAULT_LIMIT_POLICY.concurrency);
    this.queueLimit = options.queueLimit ?? DEFAULT_LIMIT_POLICY.queueLimit;
  }

  get running(): number {
    return this.active;
  }

  get waiting(): number {
    return this.queue.size;
  }

  /** Runs the task once there is a place for it. It takes a function, for a started promise cannot be held back. */
  async run<T>(task: () => T | PromiseLike<T>, call: LimitedCall = {}): Promise<T> {
    if (call.signal?.aborted === true) throw call.signal.reason;
    if (this.active < this.concurrency) this.active += 1;
    else await this.place(call.signal);
    try {
      return await task();
    } finally {
      this.release();
    }
  }

  /** Resolves with a place that another call left: it is handed over and never free between the two. */
  private async place(signal: AbortSignal | undefined): Promise<void> {
    if (this.queue.size >= this.queueLimit) throw new BulkheadFull(this.name);
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        this.queue.delete(enter);
        reject(signal?.reason);
      };
      this.queue.add(enter);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  private release(): void {
    const [next] = this.queue;
    if (next === undefined) {
      this.active -= 1;
      return;
    }
    this.queue.delete(next);
    next();
  }
}

const bulkheads = new Map<string, Bulkhead>();

/** The one bulkhead of a dependency. Names must be few and fixed: a host or service, never a URL with ids in it. */
export function bulkheadFor(name: string, options?: BulkheadOptions): Bulkhead {
  const known = bulkheads.get(name);
  if (known !== undefined) return known;
  const made = new Bulkhead(name, options);
  bulkheads.set(name, made);
  return made;
}

/** `Promise.all(items.map(task))`, a few at a time. After a failure nothing more is started. */
export async function mapLimited<T, R>(
  items: Iterable<T>,
  task: (item: T, index: number) => R | PromiseLike<R>,
  options: LimitedMap = {},
): Promise<Awaited<R>[]> {
  const { concurrency = DEFAULT_LIMIT_POLICY.concurrency, signal } = options;
  const list = [...items];
  const results: Awaited<R>[] = new Array<Awaited<R>>(list.length);
  const rest = list.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    // The workers share one iterator, so each item is taken once.
    for (const [index, item] of rest) {
      if (failed) return;
      if (signal?.aborted === true) throw signal.reason;
      results[index] = await task(item, index);
    }
  };
  const stopping = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atLeastOne(concurrency), list.length) }, stopping));
  return results;
}

/** `Promise.allSettled(items.map(task))`, a few at a time. */
export async function settleLimited<T, R>(
  items: Iterable<T>,
  task: (item: T, index: number) => R | PromiseLike<R>,
  options: LimitedMap = {},
): Promise<PromiseSettledResult<Awaited<R>>[]> {
  const settle = async (item: T, index: number): Promise<PromiseSettledResult<Awaited<R>>> => {
    try {
      return { status: "fulfilled", value: await task(item, index) };
    } catch (reason) {
      return { status: "rejected", reason };
    }
  };
  return mapLimited(items, settle, options);
}

/** A limit of none would let nothing run, for ever. */
function atLeastOne(concurrency: number): number {
  return Math.max(1, Math.floor(concurrency));
}
