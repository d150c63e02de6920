import { ts } from "ts-morph";
import { idText, Kind, propertyName, startOf, type Unit } from "./draft.ts";
import type { Pattern, Value } from "./summary.ts";

type ObjectPattern = Extract<Pattern, { kind: "object" }>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a declaration, parameter or catch clause binds. */
export function lowerPattern(unit: Unit, node: ts.BindingName): Pattern {
  const at = startOf(unit, node);
  const end = node.end;
  switch (node.kind) {
    case Kind.Identifier:
      return { kind: "name", name: idText(node), at, end };
    case Kind.ObjectBindingPattern:
      return objectPattern(unit, node, at);
    case Kind.ArrayBindingPattern: {
      const items: (Pattern | null)[] = [];
      for (const element of node.elements) {
        if (element.kind === Kind.OmittedExpression) {
          items.push(null);
          continue;
        }
        // The contract has no place for a default here; it is walked for the functions and calls that it may hold.
        if (element.initializer !== undefined) unit.lower.value(unit, element.initializer);
        const rest = element.dotDotDotToken !== undefined;
        items.push(
          rest ? { kind: "other", at: startOf(unit, element), end: element.end } : lowerPattern(unit, element.name),
        );
      }
      return { kind: "array", items, at, end };
    }
  }
}

function objectPattern(unit: Unit, node: ts.ObjectBindingPattern, at: number): ObjectPattern {
  const properties: { key: string; pattern: Pattern; default?: Value }[] = [];
  const pattern: Mutable<ObjectPattern> = { kind: "object", properties, at, end: node.end };
  for (const element of node.elements) {
    if (element.dotDotDotToken !== undefined) {
      if (ts.isIdentifier(element.name)) pattern.rest = idText(element.name);
      continue;
    }
    const key = propertyName(element.propertyName ?? element.name) ?? "";
    const property: (typeof properties)[number] = { key, pattern: lowerPattern(unit, element.name) };
    if (element.initializer !== undefined) property.default = unit.lower.value(unit, element.initializer);
    properties.push(property);
  }
  return pattern;
}

/** The names that a pattern binds, with their spans. */
export function boundNames(pattern: Pattern | null, into: Extract<Pattern, { kind: "name" }>[] = []): typeof into {
  if (pattern === null) return into;
  if (pattern.kind === "name") into.push(pattern);
  else if (pattern.kind === "object") for (const property of pattern.properties) boundNames(property.pattern, into);
  else if (pattern.kind === "array") for (const item of pattern.items) boundNames(item, into);
  return into;
}
