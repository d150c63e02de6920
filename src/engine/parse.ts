/** The one file of this room that reaches the compiler. It is imported dynamically, so that a warm start never loads it. */
import { encodeSummary, summarize } from "../syntax/index.ts";
import type { FileSummary } from "../syntax/summary.ts";
import type { UnparsedFile } from "./parser.ts";
import { unreadable } from "./unreadable.ts";

/** A file's summary. What makes the parser fail costs that file alone (law 6). */
export function parse({ path, kind, page, bytes }: UnparsedFile): FileSummary {
  try {
    return summarize(path, kind, bytes, { page });
  } catch (error) {
    return unreadable(path, `This file could not be analysed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export { encodeSummary };
