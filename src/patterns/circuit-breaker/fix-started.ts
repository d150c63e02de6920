/** Gives a breaker the function that makes a call, in place of the promise of a call that was made. */
import { ancestor, descendants, Draft, enclosing, finish, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";
import { removeStatement } from "./statement.ts";

export interface StartedFixData {
  readonly path: string;
  /** What the breaker is given. */
  readonly given: Span;
  /** The call that starts the work. */
  readonly starts: Span;
  /** The call itself, a name that holds its promise, or a function that hands that name out. */
  readonly form: "call" | "name" | "held";
}

export function startedFixes(data: StartedFixData): readonly FixOffer[] {
  return [{ id: "circuit-breaker/start-inside", title: "Start the call inside the breaker", kind: data.form === "call" ? "safe" : "review", build: (context) => startInside(context, data) }];
}

function startInside(context: FixContext, { path, given: span, starts, form }: StartedFixData): FixResult {
  const draft = Draft.open(context, path);
  const given = draft && nodeAt(draft.file, span);
  const call = draft && nodeAt(draft.file, starts);
  if (draft === undefined || given === undefined || call === undefined) return STALE;
  const awaits = descendants(call, (node) => !ts.isFunctionLike(node)).some(ts.isAwaitExpression);
  const text = `${awaits ? "async " : ""}() => ${draft.source(call)}`;
  if (form === "call") {
    draft.insert(given.getStart(draft.file), text.slice(0, -draft.source(call).length));
    return finish(draft);
  }
  const declaration = enclosing(draft.file, starts, ts.isVariableDeclaration);
  const statement = declaration && ancestor(declaration, ts.isVariableStatement);
  if (declaration === undefined || statement === undefined || declaration.initializer !== call || statement.declarationList.declarations.length !== 1 || !ts.isIdentifier(declaration.name)) return { ok: false, reason: "The promise is made together with other things; make it inside the function" };
  const name = declaration.name.text;
  const uses = descendants(draft.file).filter((node) => ts.isIdentifier(node) && node.text === name && node !== declaration.name && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node));
  if (uses.length !== 1) return { ok: false, reason: `\`${name}\` is used elsewhere too; decide which of the uses makes the call` };
  draft.replace(given, text);
  removeStatement(draft, statement);
  return finish(draft);
}
