import { ts } from "ts-morph";
import type { TextChange } from "../model/finding.ts";
import { descendants, freshName, parse } from "./edit.ts";
import { importedSpecifier, type Style } from "./style.ts";

export interface ImportWish {
  readonly specifier: string;
  /** Exported names to bring in. */
  readonly names: readonly string[];
  /** Names of types only, for files whose compiler removes what is not marked so. */
  readonly types?: readonly string[];
  /** Bring in the module's default export (in CommonJS, the module itself) by this name. */
  readonly default?: string;
}

export interface Imported {
  readonly changes: readonly TextChange[];
  /** What each wished name is called in this file. */
  readonly local: (name: string) => string;
}

/** Both wishes as one, for the same module. */
export function joinWishes(first: ImportWish | undefined, second: ImportWish): ImportWish {
  if (first === undefined) return second;
  const byDefault = first.default ?? second.default;
  return {
    specifier: first.specifier,
    names: [...new Set([...first.names, ...second.names])],
    types: [...new Set([...(first.types ?? []), ...(second.types ?? [])])],
    ...(byDefault === undefined ? {} : { default: byDefault }),
  };
}

/** What must change so that a file can use these names: nothing where it can, the existing import where there is one. */
export function importNames(path: string, text: string, style: Style, wish: ImportWish): Imported {
  const file = parse(path, text);
  const existing = importsOf(file, wish.specifier);
  const bound = new Map(existing.flatMap((each) => [...each.bindings]));
  const wanted = wish.default === undefined ? wish.names : ["default", ...wish.names];
  const missing = wanted.filter((name) => !bound.has(name));
  const types = style.language === "ts" ? (wish.types ?? []).filter((name) => !bound.has(name)) : [];
  for (const name of missing) bound.set(name, freshName(file, name === "default" ? (wish.default ?? name) : name));
  const local = (name: string): string => bound.get(name) ?? name;
  if (missing.length + types.length === 0) return { changes: [], local };

  const entries = [
    ...missing.filter((name) => name !== "default").map((name) => entry(name, local(name), style)),
    ...types.map((name) => `type ${name}`),
  ];
  const host = existing.find((each) => each.list !== undefined && !each.typeOnly);
  if (host?.list !== undefined && !missing.includes("default")) {
    const last = host.list.at(-1);
    const at = last?.end ?? host.list.pos;
    return { changes: [{ at, end: at, text: `${last === undefined ? " " : ", "}${entries.join(", ")}` }], local };
  }
  const line = statement(wish, entries, missing.includes("default") ? local("default") : undefined, style);
  return { changes: [importLine(file, line, style)], local };
}

/** Where a module-level statement that belongs to the imports goes. */
export function importLine(file: ts.SourceFile, line: string, style: Style): TextChange {
  const last = lastImport(file);
  if (last !== undefined) return { at: last.end, end: last.end, text: style.newline + line };
  const at = afterPrologue(file);
  const gap = file.statements.length === 0 ? style.newline : style.newline + style.newline;
  return { at, end: at, text: line + gap };
}

/** Where a module-level declaration goes that the rest of the file uses: after the imports, a blank line around it. */
export function moduleLevel(file: ts.SourceFile, lines: string, style: Style): TextChange {
  const last = lastImport(file);
  const blank = style.newline + style.newline;
  if (last !== undefined) {
    const isFollowedClosely = /^[^\n]*\n[ \t]*\S/.test(file.text.slice(last.end));
    return { at: last.end, end: last.end, text: blank + lines + (isFollowedClosely ? style.newline : "") };
  }
  const at = afterPrologue(file);
  return { at, end: at, text: lines + blank };
}

function entry(name: string, local: string, style: Style): string {
  if (name === local) return name;
  return style.modules === "esm" ? `${name} as ${local}` : `${name}: ${local}`;
}

function statement(wish: ImportWish, entries: readonly string[], byDefault: string | undefined, style: Style): string {
  const named = entries.length === 0 ? undefined : `{ ${entries.join(", ")} }`;
  const from = style.quote + wish.specifier + style.quote;
  const end = style.semicolons ? ";" : "";
  if (style.modules === "esm") return `import ${[byDefault, named].filter(Boolean).join(", ")} from ${from}${end}`;
  const lines = [byDefault, named].filter(Boolean).map((name) => `const ${name} = require(${from})${end}`);
  return lines.join(style.newline);
}

interface ExistingImport {
  readonly bindings: ReadonlyMap<string, string>;
  readonly list: ts.NodeArray<ts.Node> | undefined;
  readonly typeOnly: boolean;
}

function importsOf(file: ts.SourceFile, specifier: string): readonly ExistingImport[] {
  return file.statements.flatMap((node) => {
    if (ts.isImportDeclaration(node) && sameModule(importedSpecifier(node), specifier)) return [fromImport(node)];
    if (!ts.isVariableStatement(node)) return [];
    return node.declarationList.declarations
      .filter((each) => each.initializer !== undefined && sameModule(importedSpecifier(each.initializer), specifier))
      .map((each) => fromRequire(each.name));
  });
}

function fromImport(node: ts.ImportDeclaration): ExistingImport {
  const bindings = new Map<string, string>();
  const clause = node.importClause;
  const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (clause?.name !== undefined && !typeOnly) bindings.set("default", clause.name.text);
  const named = clause?.namedBindings;
  if (named === undefined || !ts.isNamedImports(named)) return { bindings, list: undefined, typeOnly };
  for (const each of named.elements) {
    if (!typeOnly && !each.isTypeOnly) bindings.set((each.propertyName ?? each.name).text, each.name.text);
  }
  return { bindings, list: named.elements, typeOnly };
}

function fromRequire(name: ts.BindingName): ExistingImport {
  if (ts.isIdentifier(name)) return { bindings: new Map([["default", name.text]]), list: undefined, typeOnly: false };
  const bindings = new Map<string, string>();
  for (const each of name.elements) {
    if (!ts.isBindingElement(each) || !ts.isIdentifier(each.name)) continue;
    const imported = each.propertyName ?? each.name;
    if (ts.isIdentifier(imported)) bindings.set(imported.text, each.name.text);
  }
  return { bindings, list: ts.isObjectBindingPattern(name) ? name.elements : undefined, typeOnly: false };
}

/** Relative specifiers mean the same module with and without their extension. */
function sameModule(written: string | undefined, wanted: string): boolean {
  if (written === undefined) return false;
  if (!wanted.startsWith(".")) return written === wanted || written === `node:${wanted}`;
  const bare = (specifier: string): string => specifier.replace(/\.[cm]?[jt]s$/, "");
  return bare(written) === bare(wanted);
}

/** The last import, or `require` bound to a name, of the run that a file begins with. */
function lastImport(file: ts.SourceFile): ts.Statement | undefined {
  return file.statements.findLast((node) => {
    if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return true;
    if (!ts.isVariableStatement(node)) return false;
    return node.declarationList.declarations.every(
      (each) => each.initializer !== undefined && isRequire(each.initializer),
    );
  });
}

function isRequire(node: ts.Expression): boolean {
  return descendants(node, (each) => !ts.isFunctionLike(each)).some((each) => importedSpecifier(each) !== undefined);
}

/** After shebang, directives and the file's own head comment. */
function afterPrologue(file: ts.SourceFile): number {
  const { text } = file;
  const directive = file.statements.findLast(
    (node) => ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression),
  );
  if (directive !== undefined) return skipBlank(text, directive.end);
  const shebang = ts.getShebang(text)?.length ?? 0;
  const head = ts.getLeadingCommentRanges(text, shebang)?.[0];
  // A comment that touches the first statement belongs to that.
  if (head !== undefined && /^[ \t]*\r?\n[ \t]*\r?\n/.test(text.slice(head.end))) return skipBlank(text, head.end);
  return skipBlank(text, shebang);
}

function skipBlank(text: string, at: number): number {
  return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
}
