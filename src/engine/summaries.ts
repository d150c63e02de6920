import { createHash } from "node:crypto";
import type { FileSummary } from "../syntax/summary.ts";
import type { SourceFile } from "../workspace/workspace.ts";
import type { Progress } from "./analysis.ts";
import type { EngineHost } from "./overlay-host.ts";
import type { ParsedFile, Parser } from "./parser.ts";
import type { SummaryCache } from "./summary-cache.ts";
import { unreadable } from "./unreadable.ts";

/** Files above this are data, whatever they are called: not even read. */
const LARGEST = 16_000_000;

export interface SummarizeOptions {
  readonly host: EngineHost;
  readonly parser: Parser;
  readonly cache: SummaryCache;
  readonly checkpoint: () => Promise<void>;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Summarized {
  /** By path, in the order of the files; one that is gone has none. */
  readonly summaries: ReadonlyMap<string, FileSummary>;
  readonly fromCache: number;
  readonly parsed: number;
}

/** Whether a file is read at all: tests, scripts, migrations, declarations, generated and vendored code are not. */
export function isSummarized(file: SourceFile): boolean {
  return file.scope === "service";
}

/** Summaries of the given files: from the cache where their content is known, else parsed. */
export async function summarizeFiles(files: readonly SourceFile[], options: SummarizeOptions): Promise<Summarized> {
  const found = new Map<string, FileSummary>();
  const unknown = files.filter((file) => !take(file, options.cache.unchanged(file)));
  const progress = countProgress(files.length, options);
  progress(found.size);
  const run = options.parser.start(
    unknown.reduce((sum, file) => sum + file.size, 0),
    { checkpoint: options.checkpoint, onParsed: progress },
  );
  try {
    const read = new Map<string, ReadFile>();
    for (const [at, file] of unknown.entries()) {
      if (at % 64 === 0) await options.checkpoint();
      const content = contentOf(file, options.host);
      if (content.is === "gone") continue;
      if (content.is === "unreadable") found.set(file.path, unreadable(file.path, content.why));
      else if (!takeKnown(file, content.bytes, read)) run.add({ path: file.path, kind: file.kind, page: file.page === true, bytes: content.bytes });
    }
    const fromCache = found.size;
    const parsed = await run.finish();
    for (const one of parsed) keep(one, read);
    return { summaries: inOrder(files, found), fromCache, parsed: parsed.length };
  } finally {
    run.stop();
  }

  function takeKnown(file: SourceFile, bytes: Uint8Array, read: Map<string, ReadFile>): boolean {
    const hash = contentHash(bytes);
    read.set(file.path, { file, hash });
    return take(file, options.cache.known(file, hash));
  }

  function take(file: SourceFile, summary: FileSummary | undefined): boolean {
    if (summary !== undefined) found.set(file.path, summary);
    return summary !== undefined;
  }

  function keep(one: ParsedFile, read: ReadonlyMap<string, ReadFile>): void {
    const known = read.get(one.path);
    if (known !== undefined) options.cache.store(one, known.file, known.hash);
    found.set(one.path, one.summary());
  }
}

interface ReadFile {
  readonly file: SourceFile;
  /** Of its content. */
  readonly hash: string;
}

type Content = { readonly is: "read"; readonly bytes: Uint8Array } | { readonly is: "gone" } | { readonly is: "unreadable"; readonly why: string };

/** A file may be deleted, or locked, between the listing and the reading. */
function contentOf(file: SourceFile, host: EngineHost): Content {
  if (file.size > LARGEST) return { is: "unreadable", why: `This file is left out: at ${Math.round(file.size / 1_000_000)} MB it is data rather than code.` };
  try {
    return { is: "read", bytes: host.readNow(file.path) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return code === "ENOENT" ? { is: "gone" } : { is: "unreadable", why: `This file could not be read (${code || String(error)}).` };
  }
}

/** Of the content alone: the cache keeps it beside the path. */
function contentHash(bytes: Uint8Array): string {
  return createHash("sha1").update(bytes).digest("base64");
}

/** The order of parsing depends on threads; that of the result must not (law 1). */
function inOrder(files: readonly SourceFile[], found: ReadonlyMap<string, FileSummary>): ReadonlyMap<string, FileSummary> {
  const ordered = new Map<string, FileSummary>();
  for (const { path } of files) {
    const summary = found.get(path);
    if (summary !== undefined) ordered.set(path, summary);
  }
  return ordered;
}

function countProgress(total: number, { onProgress }: SummarizeOptions): (files: number) => void {
  let done = 0;
  return (files) => {
    done += files;
    onProgress?.({ stage: "reading", done, total });
  };
}
