import { readCode, writeCode } from "./codec-code.ts";
import { newReader, newWriter } from "./codec-stream.ts";
import type { FileSummary } from "./summary.ts";

/** Changes whenever summaries, or the way in which they are written down, change: a stored summary of another format is worth nothing. */
export const summaryFormat = "1";

/**
 * Writes a summary down for the cache, or for the way from a worker.
 * Code takes two parts, parted by a line break: everything at hand, and then the functions' bodies.
 */
export function encodeSummary(summary: FileSummary): string {
  if (summary.kind !== "code") return `d${JSON.stringify(summary)}`;
  const w = newWriter(0);
  w.out.push(summary.path, JSON.stringify(summary.problems));
  const bodies = writeCode(w, summary);
  return `c${JSON.stringify(w.out)}\n${bodies}`;
}

/** Reads it back; throws on text that `encodeSummary` did not write. Bodies of functions are decoded when first asked for. */
export function decodeSummary(text: string): FileSummary {
  if (text.startsWith("d")) return JSON.parse(text.slice(1)) as FileSummary;
  const split = text.indexOf("\n");
  if (!text.startsWith("c") || split < 0) throw new Error("The stored summary is damaged");
  const r = newReader(text.slice(1, split), 0);
  const path = r.items[r.next++] as string;
  const problems = JSON.parse(r.items[r.next++] as string);
  return { kind: "code", path, problems, ...readCode(r, text.slice(split + 1)) };
}
