import { ts } from "ts-morph";
import { bindRequire } from "./commonjs.ts";
import {
  type ClassDraft,
  deepest,
  dottedName,
  type FunctionDraft,
  idText,
  Kind,
  reportTooDeep,
  startOf,
  type Unit,
} from "./draft.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerDeclaredType } from "./lower-declared-type.ts";
import { lowerFunction } from "./lower-function.ts";
import { lowerLoop } from "./lower-loop.ts";
import { lowerPattern } from "./lower-pattern.ts";
import { lowerType } from "./lower-type.ts";
import { recordCommonJsExport } from "./commonjs.ts";
import type { DeclareInstruction, Instruction, SwitchInstruction, TryInstruction, Value } from "./summary.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Lowers the statements of one block. The functions that it declares come first, as they do when it runs. */
export function lowerStatements(unit: Unit, nodes: readonly ts.Statement[]): Instruction[] {
  const outer = unit.hoisted;
  unit.hoisted = undefined;
  const body: Instruction[] = [];
  for (const node of nodes) lowerStatement(unit, node, body);
  const hoisted: Instruction[] | undefined = unit.hoisted;
  unit.hoisted = outer;
  return hoisted === undefined ? body : (hoisted as Instruction[]).concat(body);
}

/** Lowers one statement to as many instructions as it takes. */
export function lowerStatement(unit: Unit, node: ts.Statement, body: Instruction[]): void {
  if (unit.depth >= deepest) return reportTooDeep(unit, startOf(unit, node), node.end);
  unit.depth++;
  switch (node.kind) {
    case Kind.ExpressionStatement:
      lowerEvaluate(unit, node as ts.ExpressionStatement, body);
      break;
    case Kind.VariableStatement:
      lowerDeclarations(unit, (node as ts.VariableStatement).declarationList, body);
      break;
    case Kind.ReturnStatement:
      body.push(lowerReturn(unit, node as ts.ReturnStatement));
      break;
    case Kind.IfStatement:
      body.push(lowerIf(unit, node as ts.IfStatement));
      break;
    case Kind.Block:
      body.push(blockOf(unit, node as ts.Block, undefined));
      break;
    case Kind.TryStatement:
      body.push(lowerTry(unit, node as ts.TryStatement));
      break;
    case Kind.ThrowStatement: {
      const value = unit.lower.value(unit, (node as ts.ThrowStatement).expression);
      body.push({ kind: "throw", value, at: startOf(unit, node), end: node.end });
      break;
    }
    case Kind.FunctionDeclaration:
      lowerDeclaredFunction(unit, node as ts.FunctionDeclaration);
      break;
    case Kind.ClassDeclaration:
      lowerDeclaredClass(unit, node as ts.ClassDeclaration, body);
      break;
    default:
      lowerRare(unit, node, body, undefined);
  }
  unit.depth--;
}

function lowerRare(unit: Unit, node: ts.Statement, body: Instruction[], label: string | undefined): void {
  switch (node.kind) {
    case Kind.ForStatement:
    case Kind.ForOfStatement:
    case Kind.ForInStatement:
    case Kind.WhileStatement:
    case Kind.DoStatement:
      body.push(lowerLoop(unit, node as ts.IterationStatement, label, { single, declarations: lowerDeclarations }));
      break;
    case Kind.SwitchStatement:
      body.push(lowerSwitch(unit, node as ts.SwitchStatement));
      break;
    case Kind.BreakStatement:
    case Kind.ContinueStatement:
      body.push(lowerJump(unit, node as ts.BreakOrContinueStatement));
      break;
    case Kind.LabeledStatement:
      lowerLabeled(unit, node as ts.LabeledStatement, body);
      break;
    case Kind.WithStatement: {
      const { expression, statement } = node as ts.WithStatement;
      body.push({
        kind: "evaluate",
        value: unit.lower.value(unit, expression),
        at: startOf(unit, expression),
        end: expression.end,
      });
      body.push(blockOf(unit, statement, undefined));
      break;
    }
    case Kind.InterfaceDeclaration:
    case Kind.TypeAliasDeclaration:
    case Kind.EnumDeclaration:
      lowerDeclaredType(unit, node as ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration);
      break;
    case Kind.ModuleDeclaration:
      lowerNamespace(unit, node as ts.ModuleDeclaration, body);
      break;
    case Kind.ImportEqualsDeclaration:
      lowerAlias(unit, node as ts.ImportEqualsDeclaration, body);
      break;
    default:
  }
}

function lowerEvaluate(unit: Unit, node: ts.ExpressionStatement, body: Instruction[]): void {
  const value = unit.lower.value(unit, node.expression);
  if (unit.current.id === 0) recordCommonJsExport(unit, value);
  body.push({ kind: "evaluate", value, at: startOf(unit, node), end: node.end });
}

/** One `declare` for each declarator. */
export function lowerDeclarations(unit: Unit, list: ts.VariableDeclarationList, body: Instruction[]): void {
  if (unit.isDeclaration) return;
  const keyword = keywordOf(list.flags);
  for (const node of list.declarations) {
    const at = startOf(unit, node);
    const pattern = lowerPattern(unit, node.name);
    const declare: Mutable<DeclareInstruction> = { kind: "declare", keyword, pattern, at, end: node.end };
    if (node.type !== undefined) declare.type = lowerType(node.type);
    if (node.initializer !== undefined) {
      const { initializer } = node;
      const value =
        pattern.kind === "name"
          ? unit.lower.named(unit, initializer, { text: pattern.name, at: pattern.at, end: pattern.end })
          : unit.lower.value(unit, initializer);
      declare.value = value;
      bindRequire(unit, pattern, value);
      if (pattern.kind === "name") remember(unit, pattern.name, heldBy(unit, value));
    }
    body.push(declare);
  }
}

function keywordOf(flags: ts.NodeFlags): DeclareInstruction["keyword"] {
  switch (flags & ts.NodeFlags.BlockScoped) {
    case ts.NodeFlags.Const:
      return "const";
    case ts.NodeFlags.Let:
      return "let";
    case ts.NodeFlags.Using:
      return "using";
    case ts.NodeFlags.AwaitUsing:
      return "await using";
    default:
      return "var";
  }
}

function heldBy(unit: Unit, value: Value): FunctionDraft | ClassDraft | undefined {
  if (value.kind === "function") return unit.functions[value.id];
  return value.kind === "class" ? unit.classes[value.id] : undefined;
}

function remember(unit: Unit, name: string, held: FunctionDraft | ClassDraft | undefined): void {
  if (held !== undefined && unit.current.id === 0) unit.bindings.set(name, held);
}

function lowerReturn(unit: Unit, node: ts.ReturnStatement): Instruction {
  const at = startOf(unit, node);
  if (node.expression === undefined) return { kind: "return", at, end: node.end };
  return { kind: "return", value: unit.lower.value(unit, node.expression), at, end: node.end };
}

function lowerIf(unit: Unit, node: ts.IfStatement): Instruction {
  const test = unit.lower.value(unit, node.expression);
  const then = single(unit, node.thenStatement);
  const otherwise = node.elseStatement === undefined ? [] : single(unit, node.elseStatement);
  return { kind: "if", test, then, else: otherwise, at: startOf(unit, node), end: node.end };
}

/** The instructions of a statement that is a body: of a block, those in it. */
function single(unit: Unit, node: ts.Statement): Instruction[] {
  return lowerStatements(unit, node.kind === Kind.Block ? (node as ts.Block).statements : [node]);
}

function blockOf(unit: Unit, node: ts.Statement, label: string | undefined): Instruction {
  const at = startOf(unit, node);
  const body = single(unit, node);
  return label === undefined
    ? { kind: "block", body, at, end: node.end }
    : { kind: "block", label, body, at, end: node.end };
}

function lowerTry(unit: Unit, node: ts.TryStatement): TryInstruction {
  const { catchClause, finallyBlock } = node;
  const instruction: Mutable<TryInstruction> = {
    kind: "try",
    body: lowerStatements(unit, node.tryBlock.statements),
    at: startOf(unit, node),
    end: node.end,
  };
  if (catchClause !== undefined) {
    const { variableDeclaration, block } = catchClause;
    const at = startOf(unit, catchClause);
    const binding = variableDeclaration === undefined ? undefined : lowerPattern(unit, variableDeclaration.name);
    const body = lowerStatements(unit, block.statements);
    instruction.handler =
      binding === undefined ? { body, at, end: catchClause.end } : { binding, body, at, end: catchClause.end };
  }
  if (finallyBlock !== undefined) instruction.finalizer = lowerStatements(unit, finallyBlock.statements);
  return instruction;
}

function lowerSwitch(unit: Unit, node: ts.SwitchStatement): SwitchInstruction {
  const on = unit.lower.value(unit, node.expression);
  const cases = node.caseBlock.clauses.map((clause) => {
    if (clause.kind === Kind.DefaultClause) return { body: lowerStatements(unit, clause.statements) };
    const test = unit.lower.value(unit, clause.expression);
    return { test, body: lowerStatements(unit, clause.statements) };
  });
  return { kind: "switch", on, cases, at: startOf(unit, node), end: node.end };
}

function lowerJump(unit: Unit, node: ts.BreakOrContinueStatement): Instruction {
  const kind = node.kind === Kind.BreakStatement ? "break" : "continue";
  const at = startOf(unit, node);
  return node.label === undefined
    ? { kind, at, end: node.end }
    : { kind, label: idText(node.label), at, end: node.end };
}

function lowerLabeled(unit: Unit, node: ts.LabeledStatement, body: Instruction[]): void {
  const label = idText(node.label);
  if (ts.isIterationStatement(node.statement, false)) lowerRare(unit, node.statement, body, label);
  else body.push(blockOf(unit, node.statement, label));
}

function lowerDeclaredFunction(unit: Unit, node: ts.FunctionDeclaration): void {
  if (node.body === undefined || unit.isDeclaration) return;
  const outer = unit.hoisted;
  const draft = lowerFunction(unit, node, defaultNaming(unit, node), -1);
  unit.hoisted = outer;
  remember(unit, draft.name, draft);
  const value: Value = { kind: "function", id: draft.id, at: draft.at, end: draft.end };
  const hoist = declared(draft, "var", value);
  if (outer === undefined) unit.hoisted = [hoist];
  else outer.push(hoist);
}

function lowerDeclaredClass(unit: Unit, node: ts.ClassDeclaration, body: Instruction[]): void {
  if (unit.isDeclaration) return;
  const draft = lowerClass(unit, node, defaultNaming(unit, node));
  remember(unit, draft.name, draft);
  body.push(declared(draft, "const", { kind: "class", id: draft.id, at: draft.at, end: draft.end }));
}

/** A declaration without a name is the module's default export. */
function defaultNaming(unit: Unit, node: ts.FunctionDeclaration | ts.ClassDeclaration) {
  if (node.name !== undefined) return undefined;
  const at = startOf(unit, node);
  return { text: "default", at, end: at + "export default".length };
}

function declared(draft: FunctionDraft | ClassDraft, keyword: "var" | "const", value: Value): DeclareInstruction {
  const { at, end } = draft;
  return {
    kind: "declare",
    keyword,
    pattern: { kind: "name", name: draft.name, at: draft.nameAt, end: draft.nameEnd },
    value,
    at,
    end,
  };
}

/** A namespace's statements are taken as the module's own. */
function lowerNamespace(unit: Unit, node: ts.ModuleDeclaration, body: Instruction[]): void {
  const inner = node.body;
  if (inner === undefined) return;
  if (inner.kind === Kind.ModuleDeclaration) lowerNamespace(unit, inner as ts.NamespaceDeclaration, body);
  else if (inner.kind === Kind.ModuleBlock) body.push(...lowerStatements(unit, inner.statements));
}

/** `import a = require("x")` and `import A = B.C`. */
function lowerAlias(unit: Unit, node: ts.ImportEqualsDeclaration, body: Instruction[]): void {
  const { moduleReference, name } = node;
  const at = startOf(unit, node);
  const local = idText(name);
  const nameAt = startOf(unit, name);
  if (ts.isExternalModuleReference(moduleReference)) {
    const { expression } = moduleReference;
    if (!ts.isStringLiteralLike(expression)) return;
    unit.imports.push({
      local,
      imported: "*",
      specifier: expression.text,
      typeOnly: node.isTypeOnly,
      at: nameAt,
      end: name.end,
    });
    return;
  }
  const pattern = { kind: "name", name: local, at: nameAt, end: name.end } as const;
  const value = entityValue(unit, moduleReference);
  body.push({ kind: "declare", keyword: "const", pattern, value, at, end: node.end });
}

function entityValue(unit: Unit, node: ts.EntityName): Value {
  const at = startOf(unit, node);
  if (node.kind === Kind.Identifier) return { kind: "name", name: dottedName(node), at, end: node.end };
  const { left, right } = node;
  const of = entityValue(unit, left);
  return { kind: "member", of, name: idText(right), optional: false, nameAt: startOf(unit, right), at, end: node.end };
}
