import { ts } from "ts-morph";
import { idText, Kind, startOf, type Unit } from "./draft.ts";
import { lowerPattern } from "./lower-pattern.ts";
import type { Instruction, LoopInstruction, Pattern } from "./summary.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a loop needs of the lowering of statements. */
interface Statements {
  single(unit: Unit, node: ts.Statement): Instruction[];
  declarations(unit: Unit, list: ts.VariableDeclarationList, body: Instruction[]): void;
}

export function lowerLoop(
  unit: Unit,
  node: ts.IterationStatement,
  label: string | undefined,
  statements: Statements,
): LoopInstruction {
  const init: Instruction[] = [];
  const loop: Mutable<LoopInstruction> = {
    kind: "loop",
    form: formOf(node),
    init,
    body: [],
    headEnd: node.statement.pos,
    at: startOf(unit, node),
    end: node.end,
  };
  if (label !== undefined) loop.label = label;
  switch (node.kind) {
    case Kind.ForStatement:
      lowerHead(unit, node as ts.ForStatement, loop, init, statements);
      break;
    case Kind.ForOfStatement:
    case Kind.ForInStatement: {
      const each = node as ts.ForOfStatement | ts.ForInStatement;
      loop.each = bound(unit, each.initializer);
      loop.over = unit.lower.value(unit, each.expression);
      break;
    }
    default:
      loop.test = unit.lower.value(unit, (node as ts.WhileStatement).expression);
  }
  loop.body = statements.single(unit, node.statement);
  return loop;
}

function lowerHead(
  unit: Unit,
  node: ts.ForStatement,
  loop: Mutable<LoopInstruction>,
  init: Instruction[],
  statements: Statements,
): void {
  const { initializer, condition, incrementor } = node;
  if (initializer !== undefined) {
    if (initializer.kind === Kind.VariableDeclarationList) {
      statements.declarations(unit, initializer as ts.VariableDeclarationList, init);
    } else {
      const value = unit.lower.value(unit, initializer as ts.Expression);
      init.push({ kind: "evaluate", value, at: value.at, end: value.end });
    }
  }
  if (condition !== undefined) loop.test = unit.lower.value(unit, condition);
  if (incrementor !== undefined) loop.update = unit.lower.value(unit, incrementor);
}

function formOf(node: ts.IterationStatement): LoopInstruction["form"] {
  switch (node.kind) {
    case Kind.ForStatement:
      return "for";
    case Kind.WhileStatement:
      return "while";
    case Kind.DoStatement:
      return "do";
    case Kind.ForInStatement:
      return "in";
    default:
      return (node as ts.ForOfStatement).awaitModifier === undefined ? "of" : "await of";
  }
}

function bound(unit: Unit, node: ts.ForInitializer): Pattern {
  if (node.kind === Kind.VariableDeclarationList) {
    const first = (node as ts.VariableDeclarationList).declarations[0];
    if (first !== undefined) return lowerPattern(unit, first.name);
  }
  const at = startOf(unit, node);
  if (node.kind === Kind.Identifier) return { kind: "name", name: idText(node as ts.Identifier), at, end: node.end };
  return { kind: "other", at, end: node.end };
}
