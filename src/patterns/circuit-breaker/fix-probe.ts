/** Gives a hand-written breaker a permit: one call probes, the others are refused until it has ended. */
import { ancestor, descendants, Draft, enclosing, finish, freshName, indentAt, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export interface ProbeFixData {
  readonly path: string;
  readonly function: Span;
  /** The `try` around the guarded call. */
  readonly guarded: Span;
  /** The assignment that says that it is half open. */
  readonly halfOpen?: Span;
}

export function probeFixes(data: ProbeFixData): readonly FixOffer[] {
  return [{ id: "circuit-breaker/one-probe", title: "Let one call probe at a time", kind: "review", build: (context) => onePermit(context, data) }];
}

function onePermit(context: FixContext, data: ProbeFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const tried = draft && nodeAt(draft.file, data.guarded);
  if (draft === undefined || tried === undefined || !ts.isTryStatement(tried)) return STALE;
  const fn = enclosing(draft.file, data.function, ts.isFunctionLike);
  const refusal = fn && descendants(fn, (node) => node === fn || !ts.isFunctionLike(node)).find((node): node is ts.ThrowStatement | ts.ReturnStatement => (ts.isThrowStatement(node) || ts.isReturnStatement(node)) && node.end <= tried.getStart(draft.file));
  const probes = refusal && (halfOpenTest(draft, data.halfOpen) ?? testWithoutTime(draft, refusal));
  if (fn === undefined || refusal === undefined || probes === undefined) return { ok: false, reason: "When it is half open cannot be told from the code" };
  const owner = ancestor(tried, ts.isClassLike, (node) => ts.isFunctionDeclaration(node));
  const name = freshName(draft.file, "probing");
  const flag = owner === undefined ? name : `this.${name}`;
  const local = freshName(draft.file, "isProbe");
  const declared = owner === undefined ? declareVariable(draft, fn, name) : declareField(draft, owner, name);
  if (!declared) return { ok: false, reason: "There is no place for the permit; keep it beside the breaker's state" };
  draft.before(tried, `const ${local} = ${probes};\nif (${local}) {\n  if (${flag}) ${draft.source(refusal)}\n  ${flag} = true;\n}`);
  release(draft, tried, `if (${local}) ${flag} = false;`);
  return finish(draft);
}

/** `this.state = "HALF_OPEN"` → `this.state === "HALF_OPEN"` */
function halfOpenTest(draft: Draft, span: Span | undefined): string | undefined {
  const assignment = span && nodeAt(draft.file, span);
  return assignment !== undefined && ts.isBinaryExpression(assignment) ? `${draft.source(assignment.left)} === ${draft.source(assignment.right)}` : undefined;
}

/** `failures >= 5 && now() - openedAt < pause` → `failures >= 5`: what stays true when the pause is over. */
function testWithoutTime(draft: Draft, refusal: ts.Node): string | undefined {
  const parts: string[] = [];
  for (let at: ts.Node = refusal; !ts.isFunctionLike(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && at === parent.thenStatement) parts.unshift(...conjuncts(parent.expression).map((part) => draft.source(part)));
  }
  const kept = parts.filter((part) => !/\bDate\b|\bnow\b|performance/i.test(part));
  return kept.length > 0 && kept.length < parts.length ? kept.join(" && ") : undefined;
}

function conjuncts(test: ts.Expression): readonly ts.Expression[] {
  if (ts.isParenthesizedExpression(test)) return conjuncts(test.expression);
  if (ts.isBinaryExpression(test) && test.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return [...conjuncts(test.left), ...conjuncts(test.right)];
  return [test];
}

/** Beside the other fields. */
function declareField(draft: Draft, owner: ts.ClassLikeDeclaration, name: string): boolean {
  const field = owner.members.findLast(ts.isPropertyDeclaration);
  const first = owner.members[0];
  const code = `${draft.style.language === "ts" ? "private " : ""}${name} = false;`;
  if (field !== undefined) draft.after(field, code);
  else if (first !== undefined) draft.insert(first.getStart(draft.file), `${code}${draft.style.newline}${draft.style.newline}${indentAt(draft.text, first.getStart(draft.file))}`);
  return first !== undefined;
}

/** Before the function that uses it, where the variables stand that it keeps its state in. */
function declareVariable(draft: Draft, fn: ts.Node, name: string): boolean {
  const statement = ts.isFunctionDeclaration(fn) ? fn : ancestor(fn, (node): node is ts.Statement => ts.isVariableStatement(node) || ts.isReturnStatement(node) || ts.isExpressionStatement(node));
  if (statement === undefined) return false;
  draft.before(statement, `let ${name} = false;`);
  return true;
}

function release(draft: Draft, tried: ts.TryStatement, code: string): void {
  if (tried.finallyBlock !== undefined) {
    draft.append(tried.finallyBlock, code);
    return;
  }
  const lead = indentAt(draft.text, tried.getStart(draft.file));
  const { newline, indent } = draft.style;
  draft.insert(tried.end, ` finally {${newline}${lead}${indent}${draft.styled(code)}${newline}${lead}}`);
}
