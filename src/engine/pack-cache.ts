import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSummary, summaryFormat } from "../syntax/index.ts";
import type { FileSummary } from "../syntax/summary.ts";
import type { SourceFile } from "../workspace/workspace.ts";
import { RACY, replaceFile, shrinkFolder } from "./cache-folder.ts";
import { isWhole, readPack, writePack, type PackEntry, type PackKey } from "./pack.ts";
import type { ParsedFile } from "./parser.ts";
import type { SummaryCache } from "./summary-cache.ts";

declare const FAULTLINE_ANALYSER: string | undefined;

/** Set by the build from the sources that make summaries; from source, the format has to do. */
const analyser = `${typeof FAULTLINE_ANALYSER === "string" ? FAULTLINE_ANALYSER : "source"}-${summaryFormat}`;

export interface PackCacheOptions {
  /** The user's cache folder. */
  readonly folder: string;
  readonly root: string;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** Summaries of one workspace in one file of the user's cache folder. */
export function packCache(options: PackCacheOptions): SummaryCache {
  const key: PackKey = { analyser, root: options.root };
  const path = join(options.folder, `${createHash("sha256").update(options.root).digest("hex").slice(0, 16)}.pack`);
  const before = load(path, key, options.log);
  const began = options.now();
  const after = new Map<string, PackEntry>();
  let isNew = false;
  let isDamaged = false;

  return { unchanged, known, store, save };

  function unchanged(file: SourceFile): FileSummary | undefined {
    const entry = before.get(file.path);
    if (entry === undefined || entry.size !== file.size || entry.modified !== file.modified || !isAsked(entry.hash, file)) return undefined;
    return take(entry, entry);
  }

  function known(file: SourceFile, hash: string): FileSummary | undefined {
    const entry = before.get(file.path);
    if (entry === undefined || entry.hash !== identity(hash, file)) return undefined;
    const touched = { ...entry, size: file.size, modified: provenTime(file) };
    const summary = take(entry, touched);
    if (touched.modified !== entry.modified) isNew = true;
    return summary;
  }

  /** Damage costs the entry alone: its file is parsed as if it had never been seen. */
  function take(entry: PackEntry, kept: PackEntry): FileSummary | undefined {
    if (!isWhole(entry)) {
      if (!isDamaged) options.log(`parts of the summary cache ${path} are damaged and are made anew`);
      isDamaged = true;
      return undefined;
    }
    try {
      const { encoded } = entry;
      const summary = decodeSummary(Buffer.from(encoded.buffer, encoded.byteOffset, encoded.length).toString("utf8"));
      after.set(entry.path, kept);
      return summary;
    } catch {
      return undefined;
    }
  }

  function store(parsed: ParsedFile, file: SourceFile, hash: string): void {
    after.set(file.path, { path: file.path, size: file.size, modified: provenTime(file), hash: identity(hash, file), encoded: parsed.encoded() });
    isNew = true;
  }

  function provenTime({ modified }: SourceFile): number {
    return modified < began - RACY ? modified : -1;
  }

  async function save(): Promise<void> {
    if (!isNew && after.size === before.size) return;
    const entries = [...after.values()];
    try {
      await replaceFile(path, writePack(entries, key));
      await shrinkFolder(options.folder, path);
    } catch (error) {
      options.log(`the summary cache in ${options.folder} could not be written, so the next start will be slow: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The same text is summarized in another way where it is part of a page. */
function identity(hash: string, { page }: SourceFile): string {
  return page === true ? `page:${hash}` : hash;
}

function isAsked(known: string, { page }: SourceFile): boolean {
  return known.startsWith("page:") === (page === true);
}

function load(path: string, key: PackKey, log: (line: string) => void): ReadonlyMap<string, PackEntry> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return new Map();
  }
  const pack = readPack(bytes, key);
  if (pack.is === "damaged") log(`the summary cache ${path} is damaged and is made anew: ${pack.why}`);
  return pack.is === "read" ? pack.entries : new Map();
}
