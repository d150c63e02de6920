/** How a file is written, so that what is added to it looks as if its author had added it. */
import { ts } from "ts-morph";
import { parse } from "./edit.ts";

export interface Style {
  readonly quote: '"' | "'";
  readonly semicolons: boolean;
  /** One level of indentation. */
  readonly indent: string;
  readonly trailingCommas: boolean;
  readonly newline: "\n" | "\r\n";
  readonly modules: "esm" | "commonjs";
  readonly language: "ts" | "js";
  /** What the file's relative imports end in. */
  readonly extension: "none" | "js" | "ts";
  /** The package's types know neither reasons of aborts nor `AbortSignal.timeout`. */
  readonly isOldCompiler?: boolean;
}

export interface StyleHints {
  readonly path: string;
  /** The nearest package's `"type": "module"`; what is used where the text itself does not say. */
  readonly isModule: boolean;
  readonly isOldCompiler?: boolean;
}

/** Reads the style off the text; what the text does not show is taken from the package, then from prettier's defaults. */
export function detectStyle(text: string, hints: StyleHints): Style {
  const file = parse(hints.path, text);
  const language = /\.[cm]?tsx?$/.test(hints.path) ? "ts" : "js";
  const tokens = readTokens(file);
  const modules = moduleKind(file, hints, language);
  return {
    quote: tokens.single > tokens.double ? "'" : '"',
    semicolons: tokens.semicolons >= tokens.bareEnds,
    indent: readIndent(text),
    trailingCommas: tokens.trailing >= tokens.noTrailing,
    newline: text.includes("\r\n") ? "\r\n" : "\n",
    modules,
    language,
    extension: extensionHabit(file) ?? defaultExtension(hints, modules, language),
    isOldCompiler: hints.isOldCompiler ?? false,
  };
}

function readTokens(file: ts.SourceFile) {
  const count = { single: 0, double: 0, semicolons: 0, bareEnds: 0, trailing: 0, noTrailing: 0 };
  const { text } = file;
  visit(file);
  return count;

  function visit(node: ts.Node): void {
    if (ts.isStringLiteral(node) && !ts.isJsxAttribute(node.parent)) {
      if (text[node.getStart(file)] === "'") count.single += 1;
      else count.double += 1;
    }
    if (endsWithSemicolon(node)) {
      if (text[node.end - 1] === ";") count.semicolons += 1;
      else count.bareEnds += 1;
    }
    if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) readTrailing(node);
    ts.forEachChild(node, visit);
  }

  function readTrailing(node: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression): void {
    const list = ts.isObjectLiteralExpression(node) ? node.properties : node.elements;
    const last = list.at(-1);
    if (last === undefined || !text.slice(last.end, node.end).includes("\n")) return;
    if (list.hasTrailingComma) count.trailing += 1;
    else count.noTrailing += 1;
  }
}

/** Whether a node is of a kind that a semicolon may end. */
export function endsWithSemicolon(node: ts.Node): boolean {
  return (
    ts.isExpressionStatement(node) ||
    ts.isVariableStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isBreakOrContinueStatement(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isExportAssignment(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isDoStatement(node)
  );
}

/** The most common step between a line and a deeper one that follows it. */
function readIndent(text: string): string {
  const votes = new Map<string, number>();
  let before = "";
  for (const line of text.split(/\r?\n/)) {
    const lead = /^[ \t]*/.exec(line)?.[0] ?? "";
    if (line.length === lead.length || /^\s*\*/.test(line)) continue;
    const step = lead.startsWith(before) ? lead.slice(before.length) : "";
    if (step === "\t" || step === "  " || step === "    ") votes.set(step, (votes.get(step) ?? 0) + 1);
    before = lead;
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "  ";
}

function moduleKind(file: ts.SourceFile, hints: StyleHints, language: "ts" | "js"): "esm" | "commonjs" {
  if (/\.m[jt]s$/.test(hints.path)) return "esm";
  if (hints.path.endsWith(".cjs")) return "commonjs";
  // TypeScript is written with `import` whatever it is compiled to.
  if (language === "ts") return "esm";
  if (ts.isExternalModule(file)) return "esm";
  if (/\brequire\(|\bmodule\.exports\b|^exports\./m.test(file.text)) return "commonjs";
  return hints.isModule ? "esm" : "commonjs";
}

function extensionHabit(file: ts.SourceFile): Style["extension"] | undefined {
  const votes = { none: 0, js: 0, ts: 0 };
  for (const specifier of relativeSpecifiers(file)) {
    const extension = /\.[cm]?([jt])sx?$/.exec(specifier)?.[1];
    votes[extension === undefined ? "none" : extension === "j" ? "js" : "ts"] += 1;
  }
  if (votes.none + votes.js + votes.ts === 0) return undefined;
  return votes.none >= votes.js && votes.none >= votes.ts ? "none" : votes.js >= votes.ts ? "js" : "ts";
}

function relativeSpecifiers(file: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = importedSpecifier(node);
    if (specifier?.startsWith(".")) found.push(specifier);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The module that a node imports: of an import or export declaration, or of a `require` call. */
export function importedSpecifier(node: ts.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
    return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  }
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== "require")
    return undefined;
  const [argument] = node.arguments;
  return argument !== undefined && ts.isStringLiteralLike(argument) ? argument.text : undefined;
}

function defaultExtension(hints: StyleHints, modules: "esm" | "commonjs", language: "ts" | "js"): Style["extension"] {
  if (/\.m[jt]s$/.test(hints.path)) return "js";
  if (modules === "commonjs") return "none";
  return hints.isModule || language === "js" ? "js" : "none";
}
