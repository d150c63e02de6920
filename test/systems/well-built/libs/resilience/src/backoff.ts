import { setTimeout as sleep } from "node:timers/promises";

export interface BackoffOptions {
  attempts: number;
  baseMs: number;
  capMs: number;
  isTransient: (error: unknown) => boolean;
  signal?: AbortSignal;
}

export async function retryWithBackoff<T>(work: () => Promise<T>, options: BackoffOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    options.signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (attempt >= options.attempts || !options.isTransient(error)) throw error;
      const ceiling = Math.min(options.capMs, options.baseMs * 2 ** attempt);
      await sleep(Math.random() * ceiling, undefined, { signal: options.signal });
    }
  }
}
