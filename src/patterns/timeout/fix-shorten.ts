/** Shortens a limit that is written as a number. */
import { descendants, Draft, finish, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";
import { duration } from "./duration.ts";

export interface ShortenFixData {
  readonly path: string;
  /** The option, or the call, that holds the limit. */
  readonly limit: Span;
  /** Milliseconds that it says now, and that it should say. */
  readonly from: number;
  readonly to: number;
}

export function shortenFixes(data: ShortenFixData): readonly FixOffer[] {
  return [
    {
      id: "timeout/shorten",
      title: `Give each attempt ${duration(data.to).replace("_", ",")} ms, so that the caller still waits`,
      kind: "review",
      build: (context) => shorten(context, data),
    },
  ];
}

function shorten(context: FixContext, data: ShortenFixData): FixResult {
  const draft = Draft.open(context, data.path);
  if (draft === undefined) return STALE;
  const literals = descendants(draft.file).filter(
    (node): node is ts.NumericLiteral =>
      ts.isNumericLiteral(node) && data.limit.at <= node.getStart(draft.file) && node.end <= data.limit.end,
  );
  const numbers = literals.map((node) => Number(node.text.replaceAll("_", "")));
  if (numbers.includes(data.to)) return { ok: true, edits: [] };
  const found = literals[numbers.indexOf(data.from)];
  if (found === undefined) return { ok: false, reason: "The limit is not written as a number here" };
  draft.replace(found, duration(data.to));
  return finish(draft);
}
