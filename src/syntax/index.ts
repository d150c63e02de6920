/**
 * One file's bytes in, one `FileSummary` out: pure, without I/O, the same answer for the same bytes.
 * It knows the languages, and nothing of other files, of libraries, or of what is a fault.
 * Whatever the bytes are there is an answer (law 6), and no syntax tree outlives its summary (law 8).
 */
export { decodeSummary, encodeSummary, summaryFormat } from "./codec.ts";
export { parseNginx } from "./nginx.ts";
export { decode } from "./decode-text.ts";
export { shareFacts } from "./share.ts";
export { type FileKind, summarize } from "./summarize.ts";
export type * from "./summary.ts";
