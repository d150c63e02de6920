/**
 * Text of a file as an editor shows it: UTF-8, or UTF-16 where a byte order mark says so; the mark is no part of it.
 * Bytes that are no text in that encoding become U+FFFD.
 */
export function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16le.decode(bytes);
  if (first === 0xfe && second === 0xff) return utf16be.decode(bytes);
  return utf8.decode(bytes);
}

const utf8 = new TextDecoder("utf-8");
const utf16le = new TextDecoder("utf-16le");
const utf16be = new TextDecoder("utf-16be");

/** True for bytes that are no text: there are NULs near their start, and no mark of UTF-16 explains them. */
export function isBinary(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return false;
  return bytes.subarray(0, 8192).includes(0);
}
