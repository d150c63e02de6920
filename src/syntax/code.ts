import { ts } from "ts-morph";
import type { Unit } from "./draft.ts";
import { newFunction, outline } from "./lower-function.ts";
import { lowerModule } from "./lower-module.ts";
import { lowerStatements } from "./lower-statement.ts";
import { lowerNamed, lowerValue } from "./lower-value.ts";
import type { CodeSummary, SyntaxProblem } from "./summary.ts";
import { findSuppressions } from "./suppressions.ts";

/** Parses and lowers one file of TypeScript or JavaScript. The syntax tree is gone when this returns. */
export function summarizeCode(path: string, text: string): CodeSummary {
  const file = parseCode(path, text);
  const module = newFunction({ id: 0, kind: "module", name: "", parent: -1, at: 0, end: text.length });
  const unit: Unit = {
    text,
    file,
    isDeclaration: file.isDeclarationFile,
    functions: [module],
    classes: [],
    imports: [],
    exports: [],
    types: [],
    problems: firstError(file),
    bindings: new Map(),
    jsx: false,
    current: module,
    calls: [],
    hoisted: undefined,
    depth: 0,
    tagged: false,
    lower: { value: lowerValue, named: lowerNamed, statements: lowerStatements },
  };
  module.body = lowerModule(unit, file.statements);
  module.calls = outline(unit.calls);
  return {
    kind: "code",
    path,
    problems: unit.problems,
    imports: unit.imports,
    exports: unit.exports,
    functions: unit.functions,
    classes: unit.classes,
    types: unit.types,
    suppressions: findSuppressions(file, text),
    generated: isGenerated(text),
    jsx: unit.jsx,
  };
}

const parseOptions: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

function parseCode(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, parseOptions, false, scriptKind(path));
}

function scriptKind(path: string): ts.ScriptKind {
  if (path.endsWith(".tsx")) return ts.ScriptKind.TSX;
  // Markup is read in every JavaScript file: many that hold it are called `.js`.
  return /\.[cm]?jsx?$/.test(path) ? ts.ScriptKind.JSX : ts.ScriptKind.TS;
}

/** The parser recovers from errors; later ones often only follow from the first. */
function firstError(file: ts.SourceFile): SyntaxProblem[] {
  const { parseDiagnostics } = file as ts.SourceFile & {
    readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
  };
  const first = parseDiagnostics[0];
  if (first === undefined) return [];
  const message = ts.flattenDiagnosticMessageText(first.messageText, " ");
  return [{ message: `Syntax error: ${message}`, at: first.start, end: first.start + first.length }];
}

/** Tools say in the comments at a file's head that they wrote it. */
export function isGenerated(text: string): boolean {
  const head = /^(?:#![^\n]*)?(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/)*/.exec(text.slice(0, 4000))?.[0] ?? "";
  return /@generated\b|\bDO NOT (?:EDIT|MODIFY)\b/.test(head);
}
