/** Runs in a worker thread: batches of files in, encoded summaries out. */
import { parentPort } from "node:worker_threads";
import { cut, joined, type Batch, type ParsedBatch } from "./batch.ts";
import { encodeSummary, parse } from "./parse.ts";

parentPort?.on("message", (batch: Batch) => {
  const bytes = cut(batch.data, batch.lengths);
  const encoded = batch.files.map((file, at) => Buffer.from(encodeSummary(parse({ ...file, bytes: bytes[at] ?? new Uint8Array() })), "utf8"));
  const { data, lengths } = joined(encoded);
  parentPort?.postMessage({ data, lengths } satisfies ParsedBatch, [data.buffer]);
});
