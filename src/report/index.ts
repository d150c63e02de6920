/** Findings, model and explanations as text: pure functions to strings. Here offsets become lines. */
export { checkReport } from "./json.ts";
export { conciseReport } from "./concise.ts";
export { explanationText } from "./explanation.ts";
export { LineIndex } from "./line-index.ts";
export { modelMermaid } from "./model-mermaid.ts";
export { modelReport } from "./model-json.ts";
export { modelTree } from "./model-tree.ts";
export { prettyReport } from "./pretty.ts";
export type { ReportSubject } from "./subject.ts";
export type { Terminal } from "./terminal.ts";
export type { ReadText } from "./texts.ts";
