import type { UnreadableSummary } from "../syntax/summary.ts";

/** The summary of a file that yields nothing, with the reason. */
export function unreadable(path: string, message: string): UnreadableSummary {
  return { kind: "unreadable", path, problems: [{ at: 0, end: 0, message }] };
}
