import { Draft, enclosing, finish, nodeAt, ts } from "../../fixes/index.ts";
import type { FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";
import { retryTemplate } from "./template.generated.ts";

export function delayExpression(draft: Draft, span: Span): ts.Expression | undefined {
  const node = nodeAt(draft.file, span) ?? enclosing(draft.file, span, ts.isExpression);
  return node !== undefined && ts.isExpression(node) ? node : undefined;
}

/** With a count of failures the wait grows from what it was; without one it grows already, and gets full jitter. */
export function wrapDelay(draft: Draft, delay: ts.Expression, failures?: string): FixResult {
  const written = draft.source(delay);
  if (failures === undefined) {
    const whole = ts.findAncestor(delay, (node) => ts.isCallExpression(node.parent) || ts.isStatement(node)) ?? delay;
    if (draft.source(whole).includes("Math.random()")) return finish(draft);
    draft.replace(delay, `Math.random() * ${isSimple(delay) ? written : `(${written})`}`);
    return finish(draft);
  }
  const local = draft.importTemplate(retryTemplate, ["backoffDelay"]);
  draft.replace(
    delay,
    `${local("backoffDelay")}(${failures}, { baseMs: ${written}, capMs: ${capFor(delay, written)} })`,
  );
  return finish(draft);
}

/** Ten times the wait that somebody chose; spelled out where it is a number. */
function capFor(delay: ts.Expression, written: string): string {
  if (ts.isNumericLiteral(delay)) {
    const cap = String(Number(delay.text.replaceAll("_", "")) * 10);
    return written.includes("_") ? cap.replace(/\B(?=(\d{3})+$)/g, "_") : cap;
  }
  return isSimple(delay) ? `${written} * 10` : `(${written}) * 10`;
}

function isSimple(node: ts.Expression): boolean {
  return (
    ts.isIdentifier(node) ||
    ts.isNumericLiteral(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isParenthesizedExpression(node)
  );
}
