/** Putting a call into a function, so that something else decides when, and whether, it is made. */
import { ts } from "ts-morph";
import { descendants } from "./edit.ts";
import type { Draft } from "./draft.ts";

/**
 * The expression whose value is the call's promise: `got(url).json()` for `got(url)`, `firstValueFrom(http.get(url))` for an
 * observable that is turned into one. What only looks at the result (`.then`, `.catch`) stays outside.
 */
export function wholePromise(call: ts.Expression): ts.Expression {
  const { parent } = call;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === call && ts.isCallExpression(parent.parent)) {
    if (parent.parent.expression === parent && !LOOKS_AT_RESULT.has(parent.name.text))
      return wholePromise(parent.parent);
  }
  if (ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent)) {
    const outer = wholePromise(parent);
    return outer === parent ? call : outer;
  }
  if (ts.isCallExpression(parent) && parent.arguments[0] === call && ts.isIdentifier(parent.expression)) {
    if (TURNS_INTO_PROMISE.has(parent.expression.text)) return wholePromise(parent);
  }
  return call;
}

const LOOKS_AT_RESULT = new Set(["then", "catch", "finally"]);
const TURNS_INTO_PROMISE = new Set(["firstValueFrom", "lastValueFrom"]);

/** Writes `before(() => <call>after`; undefined where the call cannot move into a function. */
export function wrapInFunction(
  draft: Draft,
  call: ts.Expression,
  around: { readonly before: string; readonly after: string; readonly parameter?: string },
): "done" | { readonly reason: string } {
  const inside = descendants(call, (node) => !ts.isFunctionLike(node));
  if (inside.some(ts.isYieldExpression)) return { reason: "The call stands in a generator and yields" };
  const isAsync = inside.some(ts.isAwaitExpression) ? "async " : "";
  draft.insert(call.getStart(draft.file), `${around.before}${isAsync}(${around.parameter ?? ""}) => `);
  draft.insert(call.end, around.after);
  return "done";
}
