import { ts } from "ts-morph";
import { keepActive } from "./active.ts";
import { idText, Kind, propertyName, startOf, type Unit } from "./draft.ts";
import { lowerFunction } from "./lower-function.ts";
import type { ObjectProperty, Value } from "./summary.ts";

/** Items of an array literal that are kept; of the rest only calls, functions and the like are. */
const longestArray = 64;
/** Properties of an object literal beyond which it is data: a translation table, a fixture. */
const longestObject = 512;

export function lowerArray(unit: Unit, node: ts.ArrayLiteralExpression): Value {
  const items: Value[] = [];
  const { elements } = node;
  for (const [index, element] of elements.entries()) {
    if (index < longestArray) items.push(unit.lower.value(unit, element));
    else keepOf(unit, element, items);
  }
  return { kind: "array", items, cut: elements.length > longestArray, at: startOf(unit, node), end: node.end };
}

export function lowerObject(unit: Unit, node: ts.ObjectLiteralExpression): Value {
  const at = startOf(unit, node);
  const properties: ObjectProperty[] = [];
  for (const element of node.properties) properties.push(lowerProperty(unit, element));
  if (properties.length <= longestObject) return { kind: "object", properties, at, end: node.end };
  const inner: Value[] = [];
  for (const property of properties) keepActive(property.value, inner);
  return { kind: "other", inner, at, end: node.end };
}

function lowerProperty(unit: Unit, node: ts.ObjectLiteralElementLike): ObjectProperty {
  const at = startOf(unit, node);
  const end = node.end;
  switch (node.kind) {
    case Kind.PropertyAssignment: {
      const key = propertyName(node.name);
      if (key === undefined) return { ...computedKey(unit, node.name), spread: false, value: unit.lower.value(unit, node.initializer), at, end };
      const name = { text: key, at, end: node.name.end };
      return { key, spread: false, value: unit.lower.named(unit, node.initializer, name), at, end };
    }
    case Kind.ShorthandPropertyAssignment: {
      const key = idText(node.name);
      return { key, spread: false, value: { kind: "name", name: key, at, end: node.name.end }, at, end };
    }
    case Kind.SpreadAssignment:
      return { spread: true, value: unit.lower.value(unit, node.expression), at, end };
    default: {
      const key = propertyName(node.name);
      const { id } = lowerFunction(unit, node, undefined, -1);
      const value: Value = { kind: "function", id, at, end };
      return key === undefined ? { ...computedKey(unit, node.name), spread: false, value, at, end } : { key, spread: false, value, at, end };
    }
  }
}

/** `[key]: value`: a name that other code may know. */
function computedKey(unit: Unit, name: ts.PropertyName): Pick<ObjectProperty, "computed"> {
  return ts.isComputedPropertyName(name) ? { computed: unit.lower.value(unit, name.expression) } : {};
}

function keepOf(unit: Unit, node: ts.Expression, into: Value[]): void {
  if (!isPlainLiteral(node)) keepActive(unit.lower.value(unit, node), into);
}

export function isPlainLiteral(node: ts.Node): boolean {
  switch (node.kind) {
    case Kind.StringLiteral:
    case Kind.NumericLiteral:
    case Kind.Identifier:
    case Kind.TrueKeyword:
    case Kind.FalseKeyword:
    case Kind.NullKeyword:
      return true;
    default:
      return false;
  }
}
