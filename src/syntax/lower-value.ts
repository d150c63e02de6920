import { ts } from "ts-morph";
import { chainOf } from "./chain.ts";
import { deepest, idText, Kind, type Naming, reportTooDeep, startOf, type Unit } from "./draft.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerFunction } from "./lower-function.ts";
import { lowerArray, lowerObject } from "./lower-literal.ts";
import { lowerJsx } from "./lower-jsx.ts";
import { lowerBinary, lowerTagged, lowerTemplate } from "./lower-operator.ts";
import { lowerTypes } from "./lower-type.ts";
import type { MemberValue, UnaryValue, Value, WrapValue } from "./summary.ts";

/** Strings beyond this length are data, not names, queries or addresses. */
const longestString = 8192;
const none: readonly Value[] = [];

/** Lowers one expression. Parentheses and casts are looked through. */
export function lowerValue(unit: Unit, wrapped: ts.Expression): Value {
  const node = bare(wrapped);
  if (unit.depth >= deepest) {
    const at = startOf(unit, node);
    reportTooDeep(unit, at, node.end);
    return { kind: "other", inner: none, at, end: node.end };
  }
  unit.depth++;
  const value = lowerBare(unit, node);
  unit.depth--;
  return value;
}

/** Lowers an expression that gives a nameless function or class its name. */
export function lowerNamed(unit: Unit, wrapped: ts.Expression, name: Naming): Value {
  const node = bare(wrapped);
  if (unit.depth >= deepest) return lowerValue(unit, node);
  switch (node.kind) {
    case Kind.ArrowFunction:
    case Kind.FunctionExpression:
      return functionValue(unit, node as ts.ArrowFunction, name);
    case Kind.ClassExpression:
      return classValue(unit, node as ts.ClassExpression, name);
    default:
      return lowerValue(unit, node);
  }
}

type Lowering = (unit: Unit, node: ts.Expression) => Value;

/** Lowerings by kind of node. A table, because a `switch` would compare its way down at every node. */
const lowerings: (Lowering | undefined)[] = [];
/** Kinds that only wrap an expression. */
const wrappers: boolean[] = [];
for (let kind = 0; kind < Kind.Count; kind++) {
  lowerings.push(undefined);
  wrappers.push(false);
}

function on<N extends ts.Expression>(kind: ts.SyntaxKind, lower: (unit: Unit, node: N) => Value): void {
  lowerings[kind] = lower as Lowering;
}

function bare(node: ts.Expression): ts.Expression {
  while (wrappers[node.kind] === true) node = (node as ts.ParenthesizedExpression).expression;
  return node;
}

function lowerBare(unit: Unit, node: ts.Expression): Value {
  const lower = lowerings[node.kind];
  return lower === undefined
    ? { kind: "other", inner: none, at: startOf(unit, node), end: node.end }
    : lower(unit, node);
}

function lowerString(unit: Unit, node: ts.StringLiteralLike): Value {
  const at = startOf(unit, node);
  if (node.text.length > longestString) return { kind: "other", inner: none, at, end: node.end };
  return { kind: "const", value: node.text, at, end: node.end };
}

function lowerMember(unit: Unit, node: ts.PropertyAccessExpression): MemberValue {
  const of = lowerValue(unit, node.expression);
  return {
    kind: "member",
    of,
    name: idText(node.name as ts.Identifier),
    optional: node.questionDotToken !== undefined,
    nameAt: startOf(unit, node.name),
    at: startOf(unit, node),
    end: node.end,
  };
}

function lowerCall(unit: Unit, node: ts.CallExpression): Value {
  const required = requiredModule(node);
  if (required !== undefined) return lowerRequire(unit, node, required);
  const callee = lowerCallee(unit, node.expression);
  const args = lowerAll(unit, node.arguments);
  unit.calls.push(chainOf(callee));
  return {
    kind: "call",
    callee,
    args,
    typeArgs: lowerTypes(node.typeArguments),
    at: startOf(unit, node),
    end: node.end,
  };
}

/** Compiled modules call an import as `(0, module_1.name)(…)`; the zero is there for the engine's sake alone. */
function lowerCallee(unit: Unit, node: ts.Expression): Value {
  const callee = bare(node);
  if (callee.kind !== Kind.BinaryExpression) return lowerValue(unit, callee);
  const { left, operatorToken, right } = callee as ts.BinaryExpression;
  const isComma = operatorToken.kind === Kind.CommaToken && left.kind === Kind.NumericLiteral;
  return lowerValue(unit, isComma ? right : callee);
}

/** The module that `require("x")` or `import("x")` names. */
function requiredModule(node: ts.CallExpression): string | undefined {
  const { expression } = node;
  const isImport = expression.kind === Kind.ImportKeyword;
  if (!isImport && (expression.kind !== Kind.Identifier || idText(expression as ts.Identifier) !== "require"))
    return undefined;
  const first = node.arguments[0];
  if (first === undefined || !ts.isStringLiteralLike(first)) return undefined;
  return isImport || node.arguments.length === 1 ? first.text : undefined;
}

/** The import is recorded without a name; the declaration that it initialises puts its names in place of it. */
function lowerRequire(unit: Unit, node: ts.CallExpression, specifier: string): Value {
  const at = startOf(unit, node);
  unit.imports.push({ local: "", imported: "*", specifier, typeOnly: false, at, end: node.end });
  return { kind: "require", specifier, at, end: node.end };
}

function lowerNew(unit: Unit, node: ts.NewExpression): Value {
  const callee = lowerValue(unit, node.expression);
  const args = node.arguments === undefined ? none : lowerAll(unit, node.arguments);
  unit.calls.push(`new ${chainOf(callee)}`);
  return {
    kind: "new",
    callee,
    args,
    typeArgs: lowerTypes(node.typeArguments),
    at: startOf(unit, node),
    end: node.end,
  };
}

function lowerAll(unit: Unit, nodes: readonly ts.Expression[]): readonly Value[] {
  if (nodes.length === 0) return none;
  const values: Value[] = [];
  for (const node of nodes) values.push(lowerValue(unit, node));
  return values;
}

function functionValue(unit: Unit, node: ts.ArrowFunction | ts.FunctionExpression, name: Naming | undefined): Value {
  const { id, at, end } = lowerFunction(unit, node, name, -1);
  return { kind: "function", id, at, end };
}

function classValue(unit: Unit, node: ts.ClassExpression, name: Naming | undefined): Value {
  const { id, at, end } = lowerClass(unit, node, name);
  return { kind: "class", id, at, end };
}

function unary(unit: Unit, node: ts.Expression, op: UnaryValue["op"], operand: ts.Expression): UnaryValue {
  const at = startOf(unit, node);
  return { kind: "unary", op, of: lowerValue(unit, operand), at, end: node.end };
}

function wrap(unit: Unit, kind: WrapValue["kind"], node: ts.Expression, inner: ts.Expression | undefined): WrapValue {
  const at = startOf(unit, node);
  const end = node.end;
  const of: Value = inner === undefined ? { kind: "name", name: "undefined", at: end, end } : lowerValue(unit, inner);
  return { kind, of, at, end };
}

function lowerName(unit: Unit, node: ts.Identifier | ts.PrivateIdentifier): Value {
  return { kind: "name", name: idText(node), at: startOf(unit, node), end: node.end };
}

function keyword(name: string) {
  return (unit: Unit, node: ts.Expression): Value => ({ kind: "name", name, at: startOf(unit, node), end: node.end });
}

function constant(value: boolean | null) {
  return (unit: Unit, node: ts.Expression): Value => ({ kind: "const", value, at: startOf(unit, node), end: node.end });
}

function lowerNumber(unit: Unit, node: ts.NumericLiteral): Value {
  return { kind: "const", value: Number(node.text), at: startOf(unit, node), end: node.end };
}

function lowerConditional(unit: Unit, node: ts.ConditionalExpression): Value {
  const test = lowerValue(unit, node.condition);
  const then = lowerValue(unit, node.whenTrue);
  return {
    kind: "conditional",
    test,
    then,
    else: lowerValue(unit, node.whenFalse),
    at: startOf(unit, node),
    end: node.end,
  };
}

function lowerIndex(unit: Unit, node: ts.ElementAccessExpression): Value {
  const of = lowerValue(unit, node.expression);
  return { kind: "index", of, key: lowerValue(unit, node.argumentExpression), at: startOf(unit, node), end: node.end };
}

function lowerUnary(unit: Unit, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): Value {
  return unary(unit, node, ts.tokenToString(node.operator) as UnaryValue["op"], node.operand);
}

for (const kind of [
  Kind.ParenthesizedExpression,
  Kind.AsExpression,
  Kind.SatisfiesExpression,
  Kind.NonNullExpression,
  Kind.TypeAssertionExpression,
  Kind.ExpressionWithTypeArguments,
  Kind.PartiallyEmittedExpression,
]) {
  wrappers[kind] = true;
}
on(Kind.Identifier, lowerName);
on(Kind.PrivateIdentifier, lowerName);
on(Kind.ThisKeyword, keyword("this"));
on(Kind.SuperKeyword, keyword("super"));
on(Kind.ImportKeyword, keyword("import"));
on(Kind.OmittedExpression, keyword("undefined"));
on(Kind.TrueKeyword, constant(true));
on(Kind.FalseKeyword, constant(false));
on(Kind.NullKeyword, constant(null));
on(Kind.StringLiteral, lowerString);
on(Kind.NoSubstitutionTemplateLiteral, lowerString);
on(Kind.NumericLiteral, lowerNumber);
on(Kind.TemplateExpression, lowerTemplate);
on(Kind.TaggedTemplateExpression, lowerTagged);
on(Kind.ObjectLiteralExpression, lowerObject);
on(Kind.ArrayLiteralExpression, lowerArray);
on(Kind.PropertyAccessExpression, lowerMember);
on(Kind.ElementAccessExpression, lowerIndex);
on(Kind.CallExpression, lowerCall);
on(Kind.NewExpression, lowerNew);
on(Kind.ArrowFunction, (unit, node: ts.ArrowFunction) => functionValue(unit, node, undefined));
on(Kind.FunctionExpression, (unit, node: ts.FunctionExpression) => functionValue(unit, node, undefined));
on(Kind.ClassExpression, (unit, node: ts.ClassExpression) => classValue(unit, node, undefined));
on(Kind.BinaryExpression, lowerBinary);
on(Kind.ConditionalExpression, lowerConditional);
on(Kind.PrefixUnaryExpression, lowerUnary);
on(Kind.PostfixUnaryExpression, lowerUnary);
on(Kind.TypeOfExpression, (unit, node: ts.TypeOfExpression) => unary(unit, node, "typeof", node.expression));
on(Kind.VoidExpression, (unit, node: ts.VoidExpression) => unary(unit, node, "void", node.expression));
on(Kind.DeleteExpression, (unit, node: ts.DeleteExpression) => unary(unit, node, "delete", node.expression));
on(Kind.AwaitExpression, (unit, node: ts.AwaitExpression) => wrap(unit, "await", node, node.expression));
on(Kind.SpreadElement, (unit, node: ts.SpreadElement) => wrap(unit, "spread", node, node.expression));
on(Kind.YieldExpression, (unit, node: ts.YieldExpression) =>
  wrap(unit, node.asteriskToken === undefined ? "yield" : "yield*", node, node.expression),
);
on(Kind.JsxElement, lowerJsx);
on(Kind.JsxSelfClosingElement, lowerJsx);
on(Kind.JsxFragment, lowerJsx);
