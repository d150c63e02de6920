/** A function that decides about every attempt heeds what its library made of the error. */
import { Draft, enclosing, finish, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixResult } from "../../model/finding.ts";
import type { DecisionData } from "./data.ts";

export function heedJudgement(context: FixContext, data: DecisionData): FixResult {
  const draft = Draft.open(context, data.path);
  const property = draft && enclosing(draft.file, data.property, isOption);
  if (draft === undefined || property === undefined) return STALE;
  const decides = ts.isMethodDeclaration(property) ? property : functionIn(property.initializer);
  if (decides?.body === undefined) return { ok: false, reason: "The function stands elsewhere, and may decide for others too" };
  if (new RegExp(`\\b${data.field} === 0`).test(draft.source(decides))) return { ok: true, edits: [] };
  const field = readField(draft, decides, data.field);
  if (field === undefined) return { ok: false, reason: "The function takes its argument apart in a way that leaves no place for one more field" };
  const { body } = decides;
  if (!ts.isBlock(body)) {
    const wait = ts.isParenthesizedExpression(body) ? body.expression : body;
    draft.replace(body, `(${field} === 0 ? 0 : ${draft.source(wait)})`);
    return finish(draft);
  }
  const [first] = body.statements;
  if (first === undefined) return STALE;
  draft.before(first, `if (${field} === 0) return 0;`);
  return finish(draft);
}

function isOption(node: ts.Node): node is ts.PropertyAssignment | ts.MethodDeclaration {
  return ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node);
}

function functionIn(node: ts.Expression): ts.ArrowFunction | ts.FunctionExpression | undefined {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? node : undefined;
}

/** How the field is read in the function; takes it out of the argument where that is taken apart, or not looked at. */
function readField(draft: Draft, decides: ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration, field: string): string | undefined {
  const [first] = decides.parameters;
  if (first === undefined) {
    const open = draft.text.indexOf("(", ts.isArrowFunction(decides) ? decides.getStart(draft.file) : (decides.name?.end ?? decides.getStart(draft.file)));
    draft.insert(open + 1, `{ ${field} }`);
    return field;
  }
  if (ts.isIdentifier(first.name)) return `${first.name.text}.${field}`;
  if (!ts.isObjectBindingPattern(first.name)) return undefined;
  const last = first.name.elements.at(-1);
  if (last === undefined) draft.replace(first.name, `{ ${field} }`);
  else draft.insert(last.end, `, ${field}`);
  return field;
}
