import { crc32 } from "node:zlib";

/** What one summary in a pack belongs to. */
export interface PackEntry {
  readonly path: string;
  /** Size and time of the file when it was read; `modified` is -1 where the time proves nothing (see `RACY`). */
  readonly size: number;
  readonly modified: number;
  /** Hash of the file's content. */
  readonly hash: string;
  readonly encoded: Uint8Array;
}

type Row = readonly [path: string, size: number, modified: number, hash: string, length: number, checksum: number];

interface Header {
  /** Version of the analyser that wrote the summaries. */
  readonly analyser: string;
  readonly root: string;
  /** Bytes of the index that follows the first line. */
  readonly index: number;
  readonly checksum: number;
}

export interface PackKey {
  readonly analyser: string;
  readonly root: string;
}

/** One line of header, the index as JSON, then the encoded summaries one after the other. */
export function writePack(entries: readonly PackEntry[], { analyser, root }: PackKey): readonly Uint8Array[] {
  const rows: readonly Row[] = entries.map(({ path, size, modified, hash, encoded }) => [path, size, modified, hash, encoded.length, crc32(encoded)]);
  const index = Buffer.from(JSON.stringify(rows), "utf8");
  const header: Header = { analyser, root, index: index.length, checksum: crc32(index) };
  return [Buffer.from(`${JSON.stringify(header)}\n`, "utf8"), index, ...entries.map(({ encoded }) => encoded)];
}

export type ReadPack =
  | { readonly is: "read"; readonly entries: ReadonlyMap<string, PackEntry> }
  /** Written by another version, or for another folder whose name has the same hash. */
  | { readonly is: "foreign" }
  | { readonly is: "damaged"; readonly why: string };

/** Reads a pack back. Summaries are neither decoded nor checked before somebody asks for them (`isWhole`). */
export function readPack(bytes: Buffer, key: PackKey): ReadPack {
  const lineEnd = bytes.indexOf(10);
  if (lineEnd === -1) return { is: "damaged", why: "it has no header" };
  try {
    const header = JSON.parse(bytes.toString("utf8", 0, lineEnd)) as Header;
    if (header.analyser !== key.analyser || header.root !== key.root) return { is: "foreign" };
    const index = bytes.subarray(lineEnd + 1, lineEnd + 1 + header.index);
    if (crc32(index) !== header.checksum) return { is: "damaged", why: "its index was changed" };
    return { is: "read", entries: entriesOf(JSON.parse(index.toString("utf8")) as readonly Row[], bytes, lineEnd + 1 + header.index) };
  } catch (error) {
    return { is: "damaged", why: error instanceof Error ? error.message : String(error) };
  }
}

const checksums = new WeakMap<PackEntry, number>();

function entriesOf(rows: readonly Row[], bytes: Buffer, start: number): ReadonlyMap<string, PackEntry> {
  const entries = new Map<string, PackEntry>();
  let at = start;
  for (const [path, size, modified, hash, length, checksum] of rows) {
    const entry = { path, size, modified, hash, encoded: bytes.subarray(at, at + length) };
    checksums.set(entry, checksum);
    entries.set(path, entry);
    at += length;
  }
  return entries;
}

/** Whether a summary is still what was written: a disk may lie, and a copy may have been cut short. */
export function isWhole(entry: PackEntry): boolean {
  return crc32(entry.encoded) === checksums.get(entry);
}
