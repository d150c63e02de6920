import type { FileKind } from "../workspace/workspace.ts";

/** Files on their way to a worker thread: their bytes in one piece, which changes hands without being copied. */
export interface Batch {
  readonly files: readonly { readonly path: string; readonly kind: FileKind; readonly page: boolean }[];
  readonly data: Uint8Array<ArrayBuffer>;
  readonly lengths: readonly number[];
}

/** Encoded summaries on their way back, in the order of the batch. */
export interface ParsedBatch {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly lengths: readonly number[];
}

/** Pieces put together in memory of their own, so that it can be handed over. */
export function joined(pieces: readonly Uint8Array[]): ParsedBatch {
  const lengths = pieces.map(({ length }) => length);
  const data = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    data.set(piece, at);
    at += piece.length;
  }
  return { data, lengths };
}

/** The pieces again. */
export function cut(data: Uint8Array<ArrayBuffer>, lengths: readonly number[]): readonly Uint8Array[] {
  let at = 0;
  return lengths.map((length) => data.subarray(at, (at += length)));
}
