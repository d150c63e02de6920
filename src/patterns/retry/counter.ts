/** How many attempts have failed so far, at a point of a loop that repeats them. */
import { descendants, ts } from "../../fixes/index.ts";

export interface Counter {
  /** Expression for the number of failures, from 1, at the point asked for. */
  readonly failures: string;
  /** Expression that holds where the loop will go round again, where that could be read off its head. */
  readonly goesOn?: string;
}

/** Reads the counter that the loop has, if it has one that can be trusted at `at`. */
export function readCounter(file: ts.SourceFile, loop: ts.IterationStatement, at: number): Counter | undefined {
  return ts.isForStatement(loop) ? fromHead(file, loop) : fromBody(file, loop, at);
}

/** Whether nothing in the loop's head ends it. */
export function isEndless(loop: ts.IterationStatement): boolean {
  if (ts.isForStatement(loop)) return loop.condition === undefined || isTrue(loop.condition);
  return (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) && isTrue(loop.expression);
}

function isTrue(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.TrueKeyword || (ts.isNumericLiteral(node) && node.text !== "0");
}

function fromHead(file: ts.SourceFile, loop: ts.ForStatement): Counter | undefined {
  const { initializer, condition, incrementor } = loop;
  if (initializer === undefined || !ts.isVariableDeclarationList(initializer)) return undefined;
  const [declared] = initializer.declarations;
  if (declared === undefined || !ts.isIdentifier(declared.name) || declared.initializer === undefined) return undefined;
  const name = declared.name.text;
  const step = incrementor === undefined ? undefined : stepOf(incrementor);
  if (step?.name !== name || assignedIn(loop.statement, name)) return undefined;
  const test = condition !== undefined && ts.isBinaryExpression(condition) ? condition : undefined;
  const testsName = test !== undefined && ts.isIdentifier(test.left) && test.left.text === name;
  const limit = testsName && isPlain(test.right) ? test.right.getText(file) : undefined;
  const operator = test?.operatorToken.kind;

  if (step.by === 1) {
    if (!ts.isNumericLiteral(declared.initializer)) return undefined;
    const failures = plus(name, 1 - Number(declared.initializer.text));
    if (limit === undefined || operator === undefined) return { failures };
    if (operator === ts.SyntaxKind.LessThanToken) return { failures, goesOn: `${name} + 1 < ${limit}` };
    if (operator === ts.SyntaxKind.LessThanEqualsToken) return { failures, goesOn: `${name} < ${limit}` };
    return { failures };
  }
  if (!isPlain(declared.initializer)) return undefined;
  const failures = `${declared.initializer.getText(file)} - ${name} + 1`;
  if (condition !== undefined && ts.isIdentifier(condition) && condition.text === name)
    return { failures, goesOn: `${name} > 1` };
  if (limit === undefined || !/^\d+$/.test(limit)) return { failures };
  if (operator === ts.SyntaxKind.GreaterThanToken) return { failures, goesOn: `${name} > ${Number(limit) + 1}` };
  if (operator === ts.SyntaxKind.GreaterThanEqualsToken) return { failures, goesOn: `${name} > ${limit}` };
  return { failures };
}

/** A variable from before the loop that goes up by one on each round. */
function fromBody(file: ts.SourceFile, loop: ts.IterationStatement, at: number): Counter | undefined {
  const steps = descendants(loop, (node) => !ts.isFunctionLike(node)).flatMap((node) => {
    const step = stepOf(node);
    return step?.by === 1 && isUnconditional(node, loop, at) ? [{ ...step, at: node.getStart(file) }] : [];
  });
  for (const step of steps) {
    const from = initialValue(file, loop, step.name);
    if (from === undefined || steps.filter((each) => each.name === step.name).length > 1) continue;
    if (assignments(loop, step.name).length > 1) continue;
    const counted = step.at < at;
    const failures = plus(step.name, (counted ? 0 : 1) - from);
    const goesOn = counted ? limitInHead(file, loop, step.name) : undefined;
    return goesOn === undefined ? { failures } : { failures, goesOn };
  }
  return undefined;
}

function limitInHead(file: ts.SourceFile, loop: ts.IterationStatement, name: string): string | undefined {
  if (!ts.isWhileStatement(loop) && !ts.isDoStatement(loop)) return undefined;
  const test = loop.expression;
  if (!ts.isBinaryExpression(test) || !ts.isIdentifier(test.left) || test.left.text !== name || !isPlain(test.right))
    return undefined;
  const operator = test.operatorToken.getText(file);
  return operator === "<" || operator === "<=" ? `${name} ${operator} ${test.right.getText(file)}` : undefined;
}

/** Runs on every failing round before the loop goes on: not in a branch, and not in a `try` that may throw before it. */
function isUnconditional(node: ts.Node, loop: ts.IterationStatement, at: number): boolean {
  for (let { parent } = node; parent !== loop; parent = parent.parent) {
    if (ts.isExpressionStatement(parent) || ts.isBlock(parent) || ts.isBinaryExpression(parent)) continue;
    if (ts.isParenthesizedExpression(parent)) continue;
    // A catch counts if the point asked for is in it as well.
    if (ts.isCatchClause(parent) && parent.pos <= at && at <= parent.end) continue;
    if (ts.isTryStatement(parent) && parent.catchClause !== undefined && isWithin(node, parent.catchClause)) continue;
    return false;
  }
  return true;
}

function initialValue(file: ts.SourceFile, loop: ts.IterationStatement, name: string): number | undefined {
  const declarations = descendants(file).filter(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.name.text === name &&
      node.end <= loop.getStart(file),
  );
  const [declared, ...others] = declarations;
  if (others.length > 0 || declared?.initializer === undefined || !ts.isNumericLiteral(declared.initializer))
    return undefined;
  // Declared outside this function it counts over calls, which is something else.
  const sameFunction = enclosingFunction(declared) === enclosingFunction(loop);
  return sameFunction ? Number(declared.initializer.text) : undefined;
}

export function enclosingFunction(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node.parent, ts.isFunctionLike);
}

function stepOf(node: ts.Node): { readonly name: string; readonly by: 1 | -1 } | undefined {
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    if (!ts.isIdentifier(node.operand)) return undefined;
    if (node.operator === ts.SyntaxKind.PlusPlusToken) return { name: node.operand.text, by: 1 };
    if (node.operator === ts.SyntaxKind.MinusMinusToken) return { name: node.operand.text, by: -1 };
    return undefined;
  }
  if (!ts.isBinaryExpression(node) || !ts.isIdentifier(node.left)) return undefined;
  if (!ts.isNumericLiteral(node.right) || node.right.text !== "1") return undefined;
  if (node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) return { name: node.left.text, by: 1 };
  return node.operatorToken.kind === ts.SyntaxKind.MinusEqualsToken ? { name: node.left.text, by: -1 } : undefined;
}

function assignedIn(node: ts.Node, name: string): boolean {
  return assignments(node, name).length > 0;
}

function assignments(node: ts.Node, name: string): readonly ts.Node[] {
  return descendants(node).filter((each) => {
    if (stepOf(each)?.name === name) return true;
    if (!ts.isBinaryExpression(each) || !ts.isIdentifier(each.left) || each.left.text !== name) return false;
    const operator = each.operatorToken.kind;
    return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
  });
}

/** May be read again without doing anything. */
function isPlain(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return isPlain(node.expression);
  return ts.isIdentifier(node) || ts.isNumericLiteral(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return outer.pos <= node.pos && node.end <= outer.end;
}

function plus(name: string, add: number): string {
  return add === 0 ? name : `${name} ${add < 0 ? "-" : "+"} ${Math.abs(add)}`;
}
