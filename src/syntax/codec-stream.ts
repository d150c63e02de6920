import type { Span } from "./summary.ts";

/**
 * A summary travels as one flat list of scalars: reading it makes nothing but the summary itself.
 * Offsets are written as the distance to the offset before, which keeps them short.
 */
export type Scalar = string | number | boolean | null;

export interface Writer {
  readonly out: Scalar[];
  last: number;
}

export interface Reader {
  readonly items: readonly Scalar[];
  next: number;
  last: number;
}

export function newWriter(last: number): Writer {
  return { out: [], last };
}

export function newReader(text: string, last: number): Reader {
  return { items: JSON.parse(text) as Scalar[], next: 0, last };
}

export function writeSpan(w: Writer, span: Span): void {
  w.out.push(span.at - w.last, span.end - span.at);
  w.last = span.at;
}

export function writeOffset(w: Writer, at: number): void {
  w.out.push(at - w.last);
  w.last = at;
}

export function readOffset(r: Reader): number {
  r.last += readNumber(r);
  return r.last;
}

export function readNumber(r: Reader): number {
  return r.items[r.next++] as number;
}

export function readText(r: Reader): string {
  return r.items[r.next++] as string;
}

export function readScalar(r: Reader): Scalar {
  return r.items[r.next++] as Scalar;
}

export function readFlag(r: Reader): boolean {
  return r.items[r.next++] === 1;
}

export function writeFlag(w: Writer, flag: boolean): void {
  w.out.push(flag ? 1 : 0);
}

export function writeList<T>(w: Writer, items: readonly T[], write: (w: Writer, item: T) => void): void {
  w.out.push(items.length);
  for (const item of items) write(w, item);
}

export function readList<T>(r: Reader, read: (r: Reader) => T): T[] {
  const items: T[] = [];
  for (let left = readNumber(r); left > 0; left--) items.push(read(r));
  return items;
}

/** A mark says whether the value is there. */
export function writeOptional<T>(w: Writer, item: T | undefined, write: (w: Writer, item: T) => void): void {
  w.out.push(item === undefined ? 0 : 1);
  if (item !== undefined) write(w, item);
}

export function readOptional<T>(r: Reader, read: (r: Reader) => T): T | undefined {
  return readFlag(r) ? read(r) : undefined;
}

export function writeStrings(w: Writer, strings: readonly string[]): void {
  w.out.push(strings.length);
  for (const string of strings) w.out.push(string);
}

export function readStrings(r: Reader): string[] {
  const count = readNumber(r);
  const strings = r.items.slice(r.next, r.next + count) as string[];
  r.next += count;
  return strings;
}

/** Index of a kind in its table. */
export function tagsOf<K extends string>(kinds: readonly K[]): Readonly<Record<K, number>> {
  return Object.fromEntries(kinds.map((kind, index) => [kind, index])) as Record<K, number>;
}
