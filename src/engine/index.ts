/**
 * One session over one folder: file changes in, changed findings and model out. It owns what has a lifetime (cache,
 * threads, unsaved texts) and knows nothing of terminals, editors or protocols.
 */
export { Cancelled } from "./analysis.ts";
export type {
  Analysis,
  AnalysisStats,
  Cancellation,
  Change,
  Explanation,
  Progress,
  RuleFault,
  Session,
  SessionOptions,
} from "./analysis.ts";
export { createSession } from "./create-session.ts";
export { driftAgainst, type DriftOutcome } from "./declared.ts";
export type { EngineHost } from "./overlay-host.ts";
export type { Parts } from "./parts.ts";
export { verdictOf, type Verdict } from "./verdict.ts";
export { ruleBook, rulePage } from "./rule-book.ts";
export { nearest } from "./nearest.ts";
export { cacheFolder, threadCount } from "./machine.ts";
