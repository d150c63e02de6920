import { readCode, writeCode } from "./codec-code.ts";
import { decodeDocument, encodeDocument } from "./codec-document.ts";
import { newReader, newWriter, readText } from "./codec-stream.ts";
import type { CodeSummary, FileSummary, SyntaxProblem } from "./summary.ts";

/** Changes whenever summaries, or the way in which they are written down, change: a stored summary of another format is worth nothing. */
export const summaryFormat = "1";

/** Writes a summary down for the cache, or for the way from a worker. Its first letter says what follows. */
export function encodeSummary(summary: FileSummary): string {
  switch (summary.kind) {
    case "code":
      return `c${encodeCode(summary)}`;
    case "document":
      return `d${encodeDocument(summary)}`;
    default:
      return `j${JSON.stringify(summary)}`;
  }
}

/** Reads it back; throws on text that `encodeSummary` did not write. Bodies of functions are decoded when first asked for. */
export function decodeSummary(text: string): FileSummary {
  switch (text[0]) {
    case "c":
      return decodeCode(text);
    case "d":
      return decodeDocument(text.slice(1));
    case "j":
      return JSON.parse(text.slice(1)) as FileSummary;
    default:
      throw new Error("The stored summary is damaged");
  }
}

/** Code takes two parts, parted by a line break: everything at hand, and then the functions' bodies. */
function encodeCode(summary: CodeSummary): string {
  const w = newWriter(0);
  w.out.push(summary.path, JSON.stringify(summary.problems));
  const bodies = writeCode(w, summary);
  return `${JSON.stringify(w.out)}\n${bodies}`;
}

function decodeCode(text: string): CodeSummary {
  const split = text.indexOf("\n");
  if (split < 0) throw new Error("The stored summary is damaged");
  const r = newReader(text.slice(1, split), 0);
  const path = readText(r);
  const problems = JSON.parse(readText(r)) as SyntaxProblem[];
  return { kind: "code", path, problems, ...readCode(r, text.slice(split + 1)) };
}
