import { ts } from "ts-morph";
import type {
  ClassFact,
  ExportFact,
  FunctionFact,
  ImportFact,
  Instruction,
  SyntaxProblem,
  TypeFact,
  Value,
} from "./summary.ts";

/** The compiler hands these out through getters, which cost too much for what runs at every node. */
export const Kind: typeof ts.SyntaxKind = ts.SyntaxKind;
export const idText: (node: ts.Identifier | ts.PrivateIdentifier) => string = ts.idText;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type FunctionDraft = Mutable<FunctionFact>;
export type ClassDraft = Mutable<ClassFact>;

/** The state of the one walk over a file: what was found so far, and where the walk stands. */
export interface Unit {
  readonly text: string;
  readonly file: ts.SourceFile;
  /** Set in `.d.ts` files, of which only types are kept. */
  readonly isDeclaration: boolean;
  readonly functions: FunctionDraft[];
  readonly classes: ClassDraft[];
  readonly imports: ImportFact[];
  readonly exports: ExportFact[];
  readonly types: TypeFact[];
  readonly problems: SyntaxProblem[];
  /** Functions and classes that a name of the module stands for, so that `export { name }` can mark them. */
  readonly bindings: Map<string, FunctionDraft | ClassDraft>;
  jsx: boolean;
  /** The function whose body is being walked. */
  current: FunctionDraft;
  /** Calls of that body, as they come. */
  calls: string[];
  /** Function declarations of the block being walked: they are bound before its first statement runs. */
  hoisted: Instruction[] | undefined;
  /** How deeply values and statements are nested here. */
  depth: number;
  /** Within a tagged template. */
  tagged: boolean;
  /** The lowerings that call each other in a circle; given here, so that their files need not import each other. */
  readonly lower: Lowerings;
}

export interface Lowerings {
  value(unit: Unit, node: ts.Expression): Value;
  /** Like `value`; a function or class written right there takes the name. */
  named(unit: Unit, node: ts.Expression, name: Naming): Value;
  statements(unit: Unit, nodes: readonly ts.Statement[]): Instruction[];
}

/** What a nameless function is called after. */
export interface Naming {
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/** Where values and statements nest deeper than this, the rest is left out: whoever walks a summary can then recurse safely. */
export const deepest = 300;

/** Start of a node's first token: leading space and comments are no part of it. */
export function startOf(unit: Unit, node: ts.Node): number {
  const text = unit.text;
  let at = node.pos;
  if (at === node.end) return at;
  let code = text.charCodeAt(at);
  while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
  return startsToken(code) ? at : node.getStart(unit.file);
}

/** True for characters that can begin neither a comment, nor a conflict marker, nor be odd white space. */
function startsToken(code: number): boolean {
  return (code > 62 && code < 124) || (code > 47 && code < 60) || (code > 35 && code < 47) || code === 34;
}

/** Position of the first token at or after `at`. */
export function tokenFrom(unit: Unit, at: number): number {
  const scan = /(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
  scan.lastIndex = at;
  scan.test(unit.text);
  return scan.lastIndex;
}

export function reportTooDeep(unit: Unit, at: number, end: number): void {
  if (unit.problems.some((problem) => problem.message === tooDeep)) return;
  unit.problems.push({ message: tooDeep, at, end });
}
const tooDeep = `Code is nested more than ${deepest} levels deep here; what lies deeper is not analysed`;

/** Walks something whose calls belong to no body: decorators, field initialisers, heritage clauses. */
export function withoutCalls<T>(unit: Unit, walk: () => T): T {
  const calls = unit.calls;
  unit.calls = [];
  const result = walk();
  unit.calls = calls;
  return result;
}

export function hasModifier(node: ts.HasModifiers, kind: ts.ModifierSyntaxKind): boolean {
  const modifiers = node.modifiers;
  if (modifiers === undefined) return false;
  for (const modifier of modifiers) if (modifier.kind === kind) return true;
  return false;
}

/** Text of a property's name where it is known without running anything. */
export function propertyName(node: ts.PropertyName | ts.BindingName | ts.ModuleExportName): string | undefined {
  switch (node.kind) {
    case Kind.Identifier:
    case Kind.PrivateIdentifier:
      return idText(node as ts.Identifier);
    case Kind.StringLiteral:
    case Kind.NoSubstitutionTemplateLiteral:
    case Kind.NumericLiteral:
    case Kind.BigIntLiteral:
      return (node as ts.LiteralLikeNode).text;
    case Kind.ComputedPropertyName: {
      const key = (node as ts.ComputedPropertyName).expression;
      return ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : undefined;
    }
    default:
      return undefined;
  }
}

/** `a.b.c` for a chain of names, `?` where something else stands. */
export function dottedName(node: ts.Node): string {
  switch (node.kind) {
    case Kind.Identifier:
      return idText(node as ts.Identifier);
    case Kind.ThisKeyword:
      return "this";
    case Kind.PropertyAccessExpression: {
      const access = node as ts.PropertyAccessExpression;
      return `${dottedName(access.expression)}.${idText(access.name as ts.Identifier)}`;
    }
    case Kind.QualifiedName: {
      const name = node as ts.QualifiedName;
      return `${dottedName(name.left)}.${idText(name.right)}`;
    }
    default:
      return "?";
  }
}
