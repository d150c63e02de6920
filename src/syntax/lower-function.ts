import { ts } from "ts-morph";
import {
  dottedName,
  type FunctionDraft,
  hasModifier,
  Kind,
  type Naming,
  propertyName,
  startOf,
  tokenFrom,
  type Unit,
  withoutCalls,
} from "./draft.ts";
import { lowerPattern } from "./lower-pattern.ts";
import { lowerType } from "./lower-type.ts";
import type { DecoratorFact, FunctionFact, Instruction, ParamFact } from "./summary.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.AccessorDeclaration;

const noDecorators: readonly DecoratorFact[] = [];

/** Lowers a function that has a body; answers its entry in the file's table. */
export function lowerFunction(
  unit: Unit,
  node: FunctionNode,
  naming: Naming | undefined,
  classId: number,
): FunctionDraft {
  const decorators = lowerDecorators(unit, node);
  const draft = openFunction(unit, node, naming, classId);
  draft.decorators = decorators;
  const outer = enter(unit, draft);
  draft.params = node.parameters.map((param) => lowerParam(unit, param));
  if (node.type !== undefined) draft.returns = lowerType(node.type);
  draft.body = lowerBody(unit, node.body);
  leave(unit, draft, outer);
  return draft;
}

/** Lowers a class's static block as a method named `static`. */
export function lowerStaticBlock(unit: Unit, node: ts.ClassStaticBlockDeclaration, classId: number): FunctionDraft {
  const at = startOf(unit, node);
  const draft = newFunction({
    id: unit.functions.length,
    kind: "method",
    name: "static",
    parent: unit.current.id,
    at,
    end: node.end,
  });
  unit.functions.push(draft);
  draft.classId = classId;
  draft.isStatic = true;
  draft.nameAt = at;
  draft.nameEnd = at + "static".length;
  const outer = enter(unit, draft);
  draft.body = unit.lower.statements(unit, node.body.statements);
  leave(unit, draft, outer);
  return draft;
}

export function newFunction(head: Pick<FunctionFact, "id" | "kind" | "name" | "parent" | "at" | "end">): FunctionDraft {
  return {
    id: head.id,
    kind: head.kind,
    name: head.name,
    parent: head.parent,
    at: head.at,
    end: head.end,
    classId: -1,
    isStatic: false,
    isAsync: false,
    isGenerator: false,
    isExported: false,
    params: [],
    decorators: noDecorators,
    nameAt: head.at,
    nameEnd: head.at,
    calls: [],
    body: [],
  };
}

/** Sorted and unique, as the contract has it. */
export function outline(calls: string[]): readonly string[] {
  if (calls.length < 2) return calls;
  calls.sort();
  let kept = 1;
  for (let i = 1; i < calls.length; i++) {
    const call = calls[i];
    if (call !== undefined && call !== calls[i - 1]) calls[kept++] = call;
  }
  if (kept < calls.length) calls.length = kept;
  return calls;
}

function openFunction(unit: Unit, node: FunctionNode, naming: Naming | undefined, classId: number): FunctionDraft {
  const at = startOf(unit, node);
  const draft = newFunction({
    id: unit.functions.length,
    kind: kindOf(node),
    name: "",
    parent: unit.current.id,
    at,
    end: node.end,
  });
  unit.functions.push(draft);
  draft.classId = classId;
  draft.isAsync = hasModifier(node, Kind.AsyncKeyword);
  draft.isStatic = classId >= 0 && hasModifier(node, Kind.StaticKeyword);
  draft.isGenerator = "asteriskToken" in node && node.asteriskToken !== undefined;
  nameFunction(unit, draft, node, naming);
  return draft;
}

function nameFunction(unit: Unit, draft: FunctionDraft, node: FunctionNode, naming: Naming | undefined): void {
  if (node.kind !== Kind.ArrowFunction && node.name !== undefined) {
    draft.name = propertyName(node.name) ?? "";
    draft.nameAt = startOf(unit, node.name);
    draft.nameEnd = node.name.end;
  } else if (naming !== undefined) {
    draft.name = naming.text;
    draft.nameAt = naming.at;
    draft.nameEnd = naming.end;
  } else if (node.kind === Kind.ArrowFunction) {
    const first = node.parameters[0];
    draft.nameAt = first === undefined ? draft.at : startOf(unit, first);
    draft.nameEnd = first === undefined ? node.equalsGreaterThanToken.end : first.end;
  } else {
    const keyword = node.kind === Kind.Constructor ? "constructor" : "function";
    if (node.kind === Kind.Constructor) draft.name = keyword;
    draft.nameAt = node.modifiers === undefined ? draft.at : tokenFrom(unit, node.modifiers.end);
    draft.nameEnd = draft.nameAt + keyword.length;
  }
}

function kindOf(node: FunctionNode): FunctionFact["kind"] {
  switch (node.kind) {
    case Kind.ArrowFunction:
      return "arrow";
    case Kind.MethodDeclaration:
      return "method";
    case Kind.Constructor:
      return "constructor";
    case Kind.GetAccessor:
      return "getter";
    case Kind.SetAccessor:
      return "setter";
    default:
      return "function";
  }
}

function lowerBody(unit: Unit, body: ts.ConciseBody | undefined): readonly Instruction[] {
  if (body === undefined) return [];
  if (body.kind === Kind.Block) return unit.lower.statements(unit, (body as ts.Block).statements);
  const value = unit.lower.value(unit, body as ts.Expression);
  return [{ kind: "return", value, at: value.at, end: value.end }];
}

function lowerParam(unit: Unit, node: ts.ParameterDeclaration): ParamFact {
  const decorators = lowerDecorators(unit, node);
  const param: Mutable<ParamFact> = {
    at: startOf(unit, node),
    end: node.end,
    pattern: lowerPattern(unit, node.name),
    rest: node.dotDotDotToken !== undefined,
    optional: node.questionToken !== undefined,
    property: isParameterProperty(node),
    decorators,
  };
  if (node.type !== undefined) param.type = lowerType(node.type);
  if (node.initializer !== undefined) param.default = unit.lower.value(unit, node.initializer);
  return param;
}

function isParameterProperty(node: ts.ParameterDeclaration): boolean {
  return node.modifiers !== undefined && node.modifiers.some((modifier) => modifier.kind !== Kind.Decorator);
}

export function lowerDecorators(unit: Unit, node: ts.HasModifiers): readonly DecoratorFact[] {
  const modifiers = node.modifiers;
  if (modifiers === undefined) return noDecorators;
  let facts: DecoratorFact[] | undefined;
  for (const modifier of modifiers as readonly ts.ModifierLike[]) {
    if (modifier.kind !== Kind.Decorator) continue;
    const fact = lowerDecorator(unit, modifier);
    if (facts === undefined) facts = [fact];
    else facts.push(fact);
  }
  return facts ?? noDecorators;
}

function lowerDecorator(unit: Unit, node: ts.Decorator): DecoratorFact {
  const at = startOf(unit, node);
  const called = node.expression;
  if (called.kind !== Kind.CallExpression) return { name: dottedName(called), at, end: node.end };
  const call = called as ts.CallExpression;
  const args = withoutCalls(unit, () => call.arguments.map((argument) => unit.lower.value(unit, argument)));
  return { name: dottedName(call.expression), args, at, end: node.end };
}

interface Outer {
  readonly current: FunctionDraft;
  readonly calls: string[];
}

function enter(unit: Unit, draft: FunctionDraft): Outer {
  const outer = { current: unit.current, calls: unit.calls };
  unit.current = draft;
  unit.calls = [];
  return outer;
}

function leave(unit: Unit, draft: FunctionDraft, outer: Outer): void {
  draft.calls = outline(unit.calls);
  unit.current = outer.current;
  unit.calls = outer.calls;
}
