import type { Worker } from "node:worker_threads";
import { decodeSummary } from "../syntax/index.ts";
import { cut, joined, type Batch, type ParsedBatch } from "./batch.ts";
import type { ParsedFile, Parser, ParseRun, RunOptions, UnparsedFile } from "./parser.ts";
import { threadParser } from "./thread-parser.ts";
import { unreadable } from "./unreadable.ts";
import { parserThread } from "./worker-thread.ts";

/** Below this, a thread costs more than it saves. */
const WORTH_A_THREAD = 400_000;

/** Small enough that the threads end together, large enough that handing over is nothing. */
const BATCH_BYTES = 200_000;

/** Parses in `threads` other threads where there is enough to parse, else in this one. */
export function poolParser(threads: number): Parser {
  const here = threadParser();
  let running: PoolRun | undefined;
  return {
    start(bytes, options) {
      if (bytes < WORTH_A_THREAD) return here.start(bytes, options);
      running = new PoolRun(Math.min(threads, Math.ceil(bytes / WORTH_A_THREAD)), options);
      return running;
    },
    dispose: async () => running?.stop(),
  };
}

type Job = readonly UnparsedFile[];

/** One round of parsing. Its threads end with it: between two rounds an editor should not pay for their memory. */
class PoolRun implements ParseRun {
  readonly #options: RunOptions;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Job>();
  readonly #waiting: Job[] = [];
  readonly #parsed: ParsedFile[] = [];
  #batch: UnparsedFile[] = [];
  #batchBytes = 0;
  #changed: () => void = () => undefined;
  #isStopped = false;

  constructor(threads: number, options: RunOptions) {
    this.#options = options;
    for (let count = 0; count < threads; count += 1) this.#addThread();
  }

  add(file: UnparsedFile): void {
    this.#batch.push(file);
    this.#batchBytes += file.bytes.length;
    if (this.#batchBytes >= BATCH_BYTES) this.#closeBatch();
  }

  async finish(): Promise<readonly ParsedFile[]> {
    this.#closeBatch();
    while (this.#waiting.length > 0 || this.#busy.size > 0) {
      await new Promise<void>((resolve) => (this.#changed = resolve));
      await this.#options.checkpoint();
    }
    return this.#parsed;
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting.length = 0;
    for (const worker of [...this.#idle, ...this.#busy.keys()]) void worker.terminate();
    this.#idle.length = 0;
    this.#busy.clear();
  }

  #closeBatch(): void {
    if (this.#batch.length > 0) this.#waiting.push(this.#batch);
    this.#batch = [];
    this.#batchBytes = 0;
    this.#handOut();
  }

  #handOut(): void {
    while (this.#waiting.length > 0 && this.#idle.length > 0) {
      const [job, worker] = [this.#waiting.shift(), this.#idle.pop()];
      if (job === undefined || worker === undefined) return;
      this.#busy.set(worker, job);
      const { data, lengths } = joined(job.map(({ bytes }) => bytes));
      worker.postMessage({ files: job.map(({ path, kind, page }) => ({ path, kind, page })), data, lengths } satisfies Batch, [data.buffer]);
    }
  }

  #addThread(): void {
    const worker = parserThread();
    worker.on("message", (result: ParsedBatch) => this.#take(worker, result));
    worker.on("error", (error) => this.#lose(worker, error));
    this.#idle.push(worker);
  }

  #take(worker: Worker, { data, lengths }: ParsedBatch): void {
    const job = this.#busy.get(worker) ?? [];
    this.#busy.delete(worker);
    const encoded = cut(data, lengths);
    for (const [at, { path }] of job.entries()) this.#parsed.push(toParsed(path, encoded[at] ?? new Uint8Array()));
    this.#release(worker, job.length);
  }

  #release(worker: Worker, files: number): void {
    this.#idle.push(worker);
    this.#handOut();
    this.#options.onParsed(files);
    this.#changed();
  }

  /** A thread died of a file (out of memory, as a rule). Its batch is tried file by file, so that only that one is lost. */
  #lose(worker: Worker, error: Error): void {
    if (this.#isStopped) return;
    const job = this.#busy.get(worker) ?? [];
    this.#busy.delete(worker);
    const [only, ...others] = job;
    if (only !== undefined && others.length === 0) this.#parsed.push(lost(only.path, error));
    else this.#waiting.push(...job.map((file) => [file]));
    this.#addThread();
    this.#handOut();
    this.#changed();
  }
}

function toParsed(path: string, encoded: Uint8Array): ParsedFile {
  return { path, encoded: () => encoded, summary: () => decodeSummary(textOf(encoded)) };
}

function lost(path: string, error: Error): ParsedFile {
  const summary = unreadable(path, `This file could not be analysed: ${error.message}`);
  return { path, summary: () => summary, encoded: () => Buffer.from(`d${JSON.stringify(summary)}`) };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
}
