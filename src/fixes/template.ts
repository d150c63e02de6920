/** A pattern's template as a file of the user's package. */
import { ts } from "ts-morph";
import type { FileEdit, FixContext } from "../model/finding.ts";
import { forOldCompilers } from "./old-compilers.ts";
import { restyle } from "./restyle.ts";
import type { Style } from "./style.ts";

export interface Template {
  /** File name without extension: `circuit-breaker`. */
  readonly name: string;
  /** The module as TypeScript, in the house's style. */
  readonly text: string;
}

export interface PlacedTemplate {
  /** How the using file imports it. */
  readonly specifier: string;
  readonly path: string;
  /** Empty where the package has the module already. */
  readonly edits: readonly FileEdit[];
}

/** The folder of a package that generated modules go to. */
const FOLDER = "resilience";

/** Puts a template beside the package's code, or finds it there. Never touches a file that holds something else. */
export function placeTemplate(context: FixContext, usedBy: string, style: Style, template: Template): PlacedTemplate {
  return placeModule(context, usedBy, style, { ...template, folder: folderFor(context, usedBy) });
}

/** Puts a module into a folder (that ends with `/`), under the first of `name`, `name-2`, … that is free or holds just this. */
export function placeModule(
  context: FixContext,
  usedBy: string,
  style: Style,
  module: Template & { readonly folder: string },
): PlacedTemplate {
  const text = instantiate(module.text, style);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? module.name : `${module.name}-${number}`;
    const path = `${module.folder}${name}${fileExtension(usedBy, style)}`;
    const placed = { path, specifier: specifierTo(usedBy, path, style) };
    const present = context.read(path);
    if (present === undefined && !context.exists(path)) return { ...placed, edits: [newFile(path, text)] };
    if (present !== undefined && isSameModule(present, text)) return { ...placed, edits: [] };
  }
}

function newFile(path: string, text: string): FileEdit {
  return { path, create: true, changes: [{ at: 0, end: 0, text }] };
}

/** A module of the house's TypeScript as the using file would have written it. */
export function instantiate(text: string, style: Style): string {
  if (style.language === "js") return restyle(toJavaScript(text, style.modules), style);
  return restyle(style.isOldCompiler === true ? forOldCompilers(text) : text, style);
}

/** What follows the name of a new file that a file is to import. */
export function fileExtension(usedBy: string, style: Style): string {
  const kind = /\.([cm])[jt]s$/.exec(usedBy)?.[1] ?? "";
  return `.${kind}${style.language}`;
}

/** How one file of the workspace imports another, by the habit of the importing one. */
export function specifierTo(from: string, to: string, style: Style): string {
  const here = from.split("/").slice(0, -1);
  const there = to.split("/");
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) shared += 1;
  const up = here.length - shared;
  const path = (up === 0 ? "./" : "../".repeat(up)) + there.slice(shared).join("/");
  // Node never guesses these two.
  if (/\.[cm][jt]s$/.test(path)) return style.extension === "ts" ? path : path.replace(/ts$/, "js");
  const bare = path.replace(/\.[jt]s$/, "");
  if (style.extension === "none") return bare;
  return style.extension === "ts" ? path : `${bare}.js`;
}

function folderFor(context: FixContext, usedBy: string): string {
  const dir = context.packageOf(usedBy)?.dir;
  const root = dir === undefined || dir === "" || dir === "." ? "" : `${dir}/`;
  const [top, ...rest] = usedBy.slice(root.length).split("/");
  const source = rest.length > 0 && top !== undefined && SOURCE_FOLDERS.has(top) ? `${top}/` : "";
  return `${root}${source}${FOLDER}/`;
}

const SOURCE_FOLDERS = new Set(["src", "lib", "app", "source", "server"]);

/** The same module, however it is formatted and whatever its policy values were set to. */
function isSameModule(present: string, wanted: string): boolean {
  return tokens(present).join(" ") === tokens(wanted).join(" ");
}

function tokens(text: string): readonly string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  const found: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.SemicolonToken || kind === ts.SyntaxKind.CommaToken) continue;
    if (kind === ts.SyntaxKind.NumericLiteral) found.push("0");
    else found.push(kind === ts.SyntaxKind.StringLiteral ? scanner.getTokenValue() : scanner.getTokenText());
  }
  return found;
}

const BLANK = "//-blank-line-";

/** Types gone, comments and blank lines kept. */
function toJavaScript(text: string, modules: Style["modules"]): string {
  // The compiler's printer drops blank lines and keeps comments, so blank lines travel as comments.
  const marked = text.replace(/\n(?=\n)/g, `\n${BLANK}`);
  const { outputText } = ts.transpileModule(marked, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: false },
  });
  const twoSpaces = outputText.replace(
    /^ +/gm,
    (lead) => " ".repeat(Math.floor(lead.length / 2)) + (lead.length % 4 === 1 ? " " : ""),
  );
  const plain = twoSpaces
    .replace(new RegExp(`^[ \\t]*${BLANK}$`, "gm"), "")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/\{\n\n/g, "{\n")
    .replace(/\}\n\s*(catch|finally|else)\b/g, "} $1")
    .trimStart();
  const whole = plain.startsWith("/**") ? plain : headComment(text) + plain;
  return modules === "esm" ? whole : toCommonJs(whole);
}

/** What a module says of itself goes with its first statement where that was a type. */
function headComment(text: string): string {
  return /^\/\*\*[\s\S]*?\*\/\n\n/.exec(text)?.[0] ?? "";
}

/** `export` of declarations becomes one `module.exports` at the end; imports become `require`. */
function toCommonJs(text: string): string {
  const names: string[] = [];
  const body = text
    .replace(/^export ((?:async )?function|class|const) (\w+)/gm, (_, keyword: string, name: string) => {
      names.push(name);
      return `${keyword} ${name}`;
    })
    .replace(/^import (\w+|\{[^}]*\}) from ("[^"]*");$/gm, "const $1 = require($2);")
    .replace(/^export \{\};\n?/gm, "");
  return `${body.trimEnd()}\n\nmodule.exports = {\n${names.map((name) => `  ${name},\n`).join("")}};\n`;
}
