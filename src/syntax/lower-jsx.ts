import { ts } from "ts-morph";
import { keepActive } from "./active.ts";
import { idText, Kind, startOf, type Unit } from "./draft.ts";
import { isPlainLiteral } from "./lower-literal.ts";
import type { OtherValue, Value } from "./summary.ts";

type JsxRoot = ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment;

/** Markup is not traced; what it calls, and the functions that it holds, are kept. */
export function lowerJsx(unit: Unit, node: JsxRoot): OtherValue {
  unit.jsx = true;
  const inner: Value[] = [];
  walkElement(unit, node, inner);
  return { kind: "other", inner, at: startOf(unit, node), end: node.end };
}

function walkElement(unit: Unit, node: JsxRoot, inner: Value[]): void {
  if (node.kind !== Kind.JsxFragment) {
    const head = node.kind === Kind.JsxElement ? node.openingElement : node;
    for (const attribute of head.attributes.properties) walkAttribute(unit, attribute, inner);
  }
  if (node.kind === Kind.JsxSelfClosingElement) return;
  for (const child of node.children) walkChild(unit, child, inner);
}

function walkAttribute(unit: Unit, node: ts.JsxAttributeLike, inner: Value[]): void {
  if (node.kind === Kind.JsxSpreadAttribute) return keep(unit, node.expression, undefined, inner);
  const value = node.initializer;
  if (value === undefined || value.kind === Kind.StringLiteral) return;
  if (value.kind === Kind.JsxExpression) return keep(unit, value.expression, node.name, inner);
  walkElement(unit, value, inner);
}

function walkChild(unit: Unit, node: ts.JsxChild, inner: Value[]): void {
  if (node.kind === Kind.JsxText) return;
  if (node.kind === Kind.JsxExpression) return keep(unit, node.expression, undefined, inner);
  // Markup nests deeper than code; the fence against a stack overflow is the file's.
  walkElement(unit, node, inner);
}

function keep(unit: Unit, node: ts.Expression | undefined, name: ts.Node | undefined, inner: Value[]): void {
  if (node === undefined || isPlainLiteral(node)) return;
  if (name === undefined || name.kind !== Kind.Identifier) return keepActive(unit.lower.value(unit, node), inner);
  const naming = { text: idText(name as ts.Identifier), at: startOf(unit, name), end: name.end };
  keepActive(unit.lower.named(unit, node, naming), inner);
}
