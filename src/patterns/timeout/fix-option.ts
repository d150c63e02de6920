/** Puts the option that a client reads in the place of one that it does not. */
import { descendants, Draft, finish, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export interface OptionFixData {
  readonly by: "signal" | "ms";
  readonly path: string;
  readonly property: Span;
  readonly option: string;
}

export function optionFixes(data: OptionFixData): readonly FixOffer[] {
  const title =
    data.by === "signal" ? `Pass ${data.option}: AbortSignal.timeout(…) instead` : `Set ${data.option} instead`;
  return [{ id: "timeout/read-option", title, kind: "review", build: (context) => replace(context, data) }];
}

function replace(context: FixContext, data: OptionFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const property = draft && nodeAt(draft.file, data.property);
  if (draft === undefined || property === undefined) return draft === undefined ? STALE : { ok: true, edits: [] };
  const value = valueOf(draft, property);
  const literal = property.parent;
  if (value === undefined || !ts.isObjectLiteralExpression(literal)) return STALE;
  const isThere = literal.properties.some(
    (each) => each !== property && each.name !== undefined && draft.source(each.name) === data.option,
  );
  if (isThere) return { ok: false, reason: `${data.option} is set already` };
  draft.replace(property, `${data.option}: ${data.by === "signal" ? `AbortSignal.timeout(${value})` : value}`);
  return finish(draft);
}

function valueOf(draft: Draft, property: ts.Node): string | undefined {
  if (ts.isShorthandPropertyAssignment(property)) return property.name.text;
  if (!ts.isPropertyAssignment(property)) return undefined;
  return descendants(property.initializer).some(ts.isObjectLiteralExpression)
    ? undefined
    : draft.source(property.initializer);
}
