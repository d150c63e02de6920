import { ts } from "ts-morph";
import { chainOf } from "./chain.ts";
import { deepest, type Naming, reportTooDeep, startOf, type Unit } from "./draft.ts";
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
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.FunctionExpression:
      return functionValue(unit, node as ts.ArrowFunction, name);
    case ts.SyntaxKind.ClassExpression:
      return classValue(unit, node as ts.ClassExpression, name);
    default:
      return lowerValue(unit, node);
  }
}

function bare(node: ts.Expression): ts.Expression {
  for (;;) {
    switch (node.kind) {
      case ts.SyntaxKind.ParenthesizedExpression:
      case ts.SyntaxKind.AsExpression:
      case ts.SyntaxKind.SatisfiesExpression:
      case ts.SyntaxKind.NonNullExpression:
      case ts.SyntaxKind.TypeAssertionExpression:
      case ts.SyntaxKind.ExpressionWithTypeArguments:
      case ts.SyntaxKind.PartiallyEmittedExpression:
        node = (node as ts.AsExpression).expression;
        break;
      default:
        return node;
    }
  }
}

function lowerBare(unit: Unit, node: ts.Expression): Value {
  switch (node.kind) {
    case ts.SyntaxKind.Identifier:
    case ts.SyntaxKind.PrivateIdentifier:
      return { kind: "name", name: ts.idText(node as ts.Identifier), at: startOf(unit, node), end: node.end };
    case ts.SyntaxKind.PropertyAccessExpression:
      return lowerMember(unit, node as ts.PropertyAccessExpression);
    case ts.SyntaxKind.CallExpression:
      return lowerCall(unit, node as ts.CallExpression);
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      return lowerString(unit, node as ts.StringLiteral);
    case ts.SyntaxKind.ObjectLiteralExpression:
      return lowerObject(unit, node as ts.ObjectLiteralExpression);
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.FunctionExpression:
      return functionValue(unit, node as ts.ArrowFunction, undefined);
    case ts.SyntaxKind.BinaryExpression:
      return lowerBinary(unit, node as ts.BinaryExpression);
    case ts.SyntaxKind.AwaitExpression:
      return wrap(unit, "await", node, (node as ts.AwaitExpression).expression);
    case ts.SyntaxKind.ThisKeyword:
      return { kind: "name", name: "this", at: startOf(unit, node), end: node.end };
    case ts.SyntaxKind.SuperKeyword:
      return { kind: "name", name: "super", at: startOf(unit, node), end: node.end };
    case ts.SyntaxKind.NumericLiteral:
      return { kind: "const", value: Number((node as ts.NumericLiteral).text), at: startOf(unit, node), end: node.end };
    case ts.SyntaxKind.TrueKeyword:
      return { kind: "const", value: true, at: startOf(unit, node), end: node.end };
    case ts.SyntaxKind.FalseKeyword:
      return { kind: "const", value: false, at: startOf(unit, node), end: node.end };
    case ts.SyntaxKind.NullKeyword:
      return { kind: "const", value: null, at: startOf(unit, node), end: node.end };
    case ts.SyntaxKind.TemplateExpression:
      return lowerTemplate(unit, node as ts.TemplateExpression);
    case ts.SyntaxKind.NewExpression:
      return lowerNew(unit, node as ts.NewExpression);
    default:
      return lowerRare(unit, node);
  }
}

function lowerRare(unit: Unit, node: ts.Expression): Value {
  const at = startOf(unit, node);
  const end = node.end;
  switch (node.kind) {
    case ts.SyntaxKind.ArrayLiteralExpression:
      return lowerArray(unit, node as ts.ArrayLiteralExpression);
    case ts.SyntaxKind.ConditionalExpression: {
      const { condition, whenTrue, whenFalse } = node as ts.ConditionalExpression;
      const test = lowerValue(unit, condition);
      const then = lowerValue(unit, whenTrue);
      return { kind: "conditional", test, then, else: lowerValue(unit, whenFalse), at, end };
    }
    case ts.SyntaxKind.ElementAccessExpression: {
      const { expression, argumentExpression } = node as ts.ElementAccessExpression;
      const of = lowerValue(unit, expression);
      return { kind: "index", of, key: lowerValue(unit, argumentExpression), at, end };
    }
    case ts.SyntaxKind.PrefixUnaryExpression: {
      const { operator, operand } = node as ts.PrefixUnaryExpression;
      return unary(unit, node, ts.tokenToString(operator) as UnaryValue["op"], operand);
    }
    case ts.SyntaxKind.PostfixUnaryExpression: {
      const { operator, operand } = node as ts.PostfixUnaryExpression;
      return unary(unit, node, ts.tokenToString(operator) as UnaryValue["op"], operand);
    }
    case ts.SyntaxKind.TypeOfExpression:
      return unary(unit, node, "typeof", (node as ts.TypeOfExpression).expression);
    case ts.SyntaxKind.VoidExpression:
      return unary(unit, node, "void", (node as ts.VoidExpression).expression);
    case ts.SyntaxKind.DeleteExpression:
      return unary(unit, node, "delete", (node as ts.DeleteExpression).expression);
    case ts.SyntaxKind.SpreadElement:
      return wrap(unit, "spread", node, (node as ts.SpreadElement).expression);
    case ts.SyntaxKind.YieldExpression: {
      const { asteriskToken, expression } = node as ts.YieldExpression;
      return wrap(unit, asteriskToken === undefined ? "yield" : "yield*", node, expression);
    }
    case ts.SyntaxKind.TaggedTemplateExpression:
      return lowerTagged(unit, node as ts.TaggedTemplateExpression);
    case ts.SyntaxKind.ClassExpression:
      return classValue(unit, node as ts.ClassExpression, undefined);
    case ts.SyntaxKind.JsxElement:
    case ts.SyntaxKind.JsxSelfClosingElement:
    case ts.SyntaxKind.JsxFragment:
      return lowerJsx(unit, node as ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment);
    case ts.SyntaxKind.OmittedExpression:
      return { kind: "name", name: "undefined", at, end };
    case ts.SyntaxKind.ImportKeyword:
      return { kind: "name", name: "import", at, end };
    default:
      return { kind: "other", inner: none, at, end };
  }
}

function lowerString(unit: Unit, node: ts.StringLiteral): Value {
  const at = startOf(unit, node);
  if (node.text.length > longestString) return { kind: "other", inner: none, at, end: node.end };
  return { kind: "const", value: node.text, at, end: node.end };
}

function lowerMember(unit: Unit, node: ts.PropertyAccessExpression): MemberValue {
  const of = lowerValue(unit, node.expression);
  return {
    kind: "member",
    of,
    name: ts.idText(node.name as ts.Identifier),
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
  return { kind: "call", callee, args, typeArgs: lowerTypes(node.typeArguments), at: startOf(unit, node), end: node.end };
}

/** Compiled modules call an import as `(0, module_1.name)(…)`; the zero is there for the engine's sake alone. */
function lowerCallee(unit: Unit, node: ts.Expression): Value {
  const callee = bare(node);
  if (callee.kind !== ts.SyntaxKind.BinaryExpression) return lowerValue(unit, callee);
  const { left, operatorToken, right } = callee as ts.BinaryExpression;
  const isComma = operatorToken.kind === ts.SyntaxKind.CommaToken && left.kind === ts.SyntaxKind.NumericLiteral;
  return lowerValue(unit, isComma ? right : callee);
}

/** The module that `require("x")` or `import("x")` names. */
function requiredModule(node: ts.CallExpression): string | undefined {
  const first = node.arguments[0];
  if (first === undefined || !ts.isStringLiteralLike(first)) return undefined;
  const { expression } = node;
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return first.text;
  const isRequire = expression.kind === ts.SyntaxKind.Identifier && ts.idText(expression as ts.Identifier) === "require";
  return isRequire && node.arguments.length === 1 ? first.text : undefined;
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
  return { kind: "new", callee, args, typeArgs: lowerTypes(node.typeArguments), at: startOf(unit, node), end: node.end };
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

