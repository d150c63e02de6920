export { decodeSummary, encodeSummary, summaryFormat } from "./codec.ts";
export { decode } from "./decode-text.ts";
export { type FileKind, summarize } from "./summarize.ts";
export type * from "./summary.ts";
