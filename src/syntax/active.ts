import type { Value } from "./summary.ts";

/** Of a value that is not worth keeping, what must not be lost: calls, functions, classes, assignments and awaits. */
export function keepActive(value: Value, into: Value[]): void {
  switch (value.kind) {
    case "call":
    case "new":
    case "function":
    case "class":
    case "await":
    case "yield":
    case "yield*":
    case "assign":
    case "require":
      into.push(value);
      return;
    case "template":
      keepAll(value.parts, into);
      return;
    case "object":
      for (const property of value.properties) keepActive(property.value, into);
      return;
    case "array":
      keepAll(value.items, into);
      return;
    case "other":
      keepAll(value.inner, into);
      return;
    case "member":
    case "unary":
    case "spread":
      keepActive(value.of, into);
      return;
    case "index":
      keepActive(value.of, into);
      keepActive(value.key, into);
      return;
    case "binary":
      keepActive(value.left, into);
      keepActive(value.right, into);
      return;
    case "conditional":
      keepActive(value.test, into);
      keepActive(value.then, into);
      keepActive(value.else, into);
      return;
    case "const":
    case "name":
      return;
  }
}

function keepAll(values: readonly Value[], into: Value[]): void {
  for (const value of values) keepActive(value, into);
}
