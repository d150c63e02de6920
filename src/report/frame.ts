import { codeFrameColumns } from "@babel/code-frame";
import type { Range } from "../protocol/report.ts";
import type { Terminal } from "./terminal.ts";

/** Longer lines are generated or data: a frame of them would fill the screen and show nothing. */
const LONGEST_LINE = 300;

/** The lines around a place, with a mark under it; `undefined` where they cannot be shown. */
export function codeFrame(text: string, range: Range, terminal: Terminal): string | undefined {
  const around = text.split("\n", range.end.line + 1).slice(Math.max(0, range.start.line - 2));
  if (text === "" || around.some((line) => line.length > LONGEST_LINE)) return undefined;
  // A long stretch is marked on its first line alone.
  const end = range.end.line === range.start.line ? { end: range.end } : {};
  return codeFrameColumns(text, { start: range.start, ...end }, { linesAbove: 1, linesBelow: 1, highlightCode: terminal.colors, forceColor: terminal.colors });
}
