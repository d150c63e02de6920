import { ts } from "ts-morph";
import { keepActive } from "./active.ts";
import { chainOf } from "./chain.ts";
import { deepest, Kind, type Naming, startOf, type Unit } from "./draft.ts";
import { lowerTypes } from "./lower-type.ts";
import type { TemplateValue, Value } from "./summary.ts";

/** Binary expressions. Left-leaning chains are walked in a loop: generated code has them thousands long. */
export function lowerBinary(unit: Unit, node: ts.BinaryExpression): Value {
  if (isAssignment(node.operatorToken.kind)) return lowerAssign(unit, node);
  const chain = [node];
  let leftmost: ts.Expression = node.left;
  while (isOperation(leftmost)) {
    chain.push(leftmost);
    leftmost = leftmost.left;
  }
  const at = startOf(unit, node);
  let left = unit.lower.value(unit, leftmost);
  if (chain.length > deepest) return longChain(unit, chain, left);
  for (let i = chain.length - 1; i >= 0; i--) {
    const step = chain[i] ?? node;
    const right = unit.lower.value(unit, step.right);
    left = combine(operatorText(step), left, right, at, step.end);
  }
  return left;
}

function isOperation(node: ts.Expression): node is ts.BinaryExpression {
  return node.kind === Kind.BinaryExpression && !isAssignment((node as ts.BinaryExpression).operatorToken.kind);
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= Kind.FirstAssignment && kind <= Kind.LastAssignment;
}

function operatorText(node: ts.BinaryExpression): string {
  return ts.tokenToString(node.operatorToken.kind) ?? "?";
}

/** Longer than anyone should have to recurse into: text is kept as text, the rest as what it calls. */
function longChain(unit: Unit, chain: readonly ts.BinaryExpression[], leftmost: Value): Value {
  const values = [leftmost];
  for (let i = chain.length - 1; i >= 0; i--) {
    const step = chain[i];
    if (step !== undefined) values.push(unit.lower.value(unit, step.right));
  }
  const end = chain[0]?.end ?? leftmost.end;
  if (chain.every((step) => step.operatorToken.kind === Kind.PlusToken) && values.some(isText)) {
    return { kind: "template", parts: values.flatMap(partsOf), at: leftmost.at, end };
  }
  const inner: Value[] = [];
  for (const value of values) keepActive(value, inner);
  return { kind: "other", inner, at: leftmost.at, end };
}

function combine(op: string, left: Value, right: Value, at: number, end: number): Value {
  if (op !== "+" || !(isText(left) || isText(right))) return { kind: "binary", op, left, right, at, end };
  return {
    kind: "template",
    parts: [...(isText(left) ? partsOf(left) : sumParts(left, at)), ...partsOf(right)],
    at,
    end,
  };
}

/** True for what makes of a `+` a concatenation. */
function isText(value: Value): boolean {
  return value.kind === "template" || (value.kind === "const" && typeof value.value === "string");
}

function partsOf(value: Value): readonly Value[] {
  return value.kind === "template" ? value.parts : [value];
}

/** `base + path + "?q="`: what stands before the first text is a part for itself too. A sum in parentheses starts later, and is one. */
function sumParts(value: Value, at: number): readonly Value[] {
  if (value.kind !== "binary" || value.op !== "+" || value.at !== at) return [value];
  return [...sumParts(value.left, at), value.right];
}

function lowerAssign(unit: Unit, node: ts.BinaryExpression): Value {
  const target = unit.lower.value(unit, node.left);
  const name = namingOf(target);
  const value = name === undefined ? unit.lower.value(unit, node.right) : unit.lower.named(unit, node.right, name);
  return { kind: "assign", op: operatorText(node), target, value, at: startOf(unit, node), end: node.end };
}

/** `exports.load = function …` is called `load`. */
function namingOf(target: Value): Naming | undefined {
  if (target.kind === "name") return { text: target.name, at: target.at, end: target.end };
  if (target.kind !== "member") return undefined;
  const isModule = target.name === "exports" && target.of.kind === "name" && target.of.name === "module";
  return { text: isModule ? "module.exports" : target.name, at: isModule ? target.at : target.nameAt, end: target.end };
}

export function lowerTemplate(unit: Unit, node: ts.TemplateExpression): TemplateValue {
  const parts: Value[] = [];
  const at = startOf(unit, node);
  if (node.head.text !== "") parts.push({ kind: "const", value: node.head.text, at: at + 1, end: node.head.end - 2 });
  for (const span of node.templateSpans) {
    parts.push(unit.lower.value(unit, span.expression));
    const { literal } = span;
    if (literal.text === "") continue;
    const close = literal.kind === Kind.TemplateTail ? 1 : 2;
    parts.push({ kind: "const", value: literal.text, at: startOf(unit, literal) + 1, end: literal.end - close });
  }
  return { kind: "template", parts, at, end: node.end };
}

/** A tagged template calls its tag. One inside another is a piece of it: sql`… ${sql`where …`}` asks once. */
export function lowerTagged(unit: Unit, node: ts.TaggedTemplateExpression): Value {
  const { template } = node;
  const at = startOf(unit, template);
  const inside = unit.tagged;
  const callee = inside ? undefined : unit.lower.value(unit, node.tag);
  if (callee !== undefined) unit.calls.push(chainOf(callee));
  unit.tagged = true;
  const text: Value = { kind: "const", value: template.kind === Kind.TemplateExpression ? "" : template.text, at: at + 1, end: node.end - 1 };
  const parts = template.kind === Kind.TemplateExpression ? lowerTemplate(unit, template).parts : [text];
  unit.tagged = inside;
  const written: TemplateValue = { kind: "template", parts, at, end: node.end };
  if (callee === undefined) return written;
  return { kind: "call", callee, args: [written], typeArgs: lowerTypes(node.typeArguments), tagged: true, at: startOf(unit, node), end: node.end };
}
