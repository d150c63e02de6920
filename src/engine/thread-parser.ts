import type { ParsedFile, Parser, ParseRun, RunOptions, UnparsedFile } from "./parser.ts";

type Parse = typeof import("./parse.ts");

/** How many files are parsed between two chances to cancel. */
const AT_ONCE = 8;

/** Parses in this thread: for a handful of files, threads cost more than they save. */
export function threadParser(): Parser {
  return { start: (_bytes, options) => startRun(options), dispose: async () => undefined };
}

function startRun(options: RunOptions): ParseRun {
  const waiting: UnparsedFile[] = [];
  return {
    add: (file) => void waiting.push(file),
    stop: () => void (waiting.length = 0),
    finish: async () => (waiting.length === 0 ? [] : parseAll(waiting, options)),
  };
}

async function parseAll(files: readonly UnparsedFile[], { checkpoint, onParsed }: RunOptions): Promise<readonly ParsedFile[]> {
  const room = await import("./parse.ts");
  const parsed: ParsedFile[] = [];
  for (const [at, file] of files.entries()) {
    if (at % AT_ONCE === 0) await checkpoint();
    parsed.push(toParsed(room, file));
    onParsed(1);
  }
  return parsed;
}

function toParsed({ parse, encodeSummary }: Parse, file: UnparsedFile): ParsedFile {
  const summary = parse(file);
  return { path: file.path, summary: () => summary, encoded: () => Buffer.from(encodeSummary(summary), "utf8") };
}
