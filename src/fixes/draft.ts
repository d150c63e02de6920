/** One file under repair: its text of now, and the changes collected so far. */
import { minVersion, satisfies, validRange } from "semver";
import { ts } from "ts-morph";
import type { FileEdit, FixContext, FixResult, TextChange } from "../model/finding.ts";
import { applyEdits, indentAt, orderChanges, parse } from "./edit.ts";
import { joinWishes, importNames, moduleLevel, type ImportWish } from "./imports.ts";
import { restyle } from "./restyle.ts";
import { detectStyle, type Style } from "./style.ts";
import { placeModule, placeTemplate, type Template } from "./template.ts";

export const STALE: FixResult = { ok: false, reason: "The code has changed since it was analysed" };

export class Draft {
  readonly path: string;
  readonly text: string;
  readonly file: ts.SourceFile;
  readonly style: Style;
  private readonly context: FixContext;
  private readonly changes: TextChange[] = [];
  /** By module: several wishes for one module are one import. */
  private readonly wishes = new Map<string, ImportWish>();
  private readonly newFiles: FileEdit[] = [];

  private constructor(context: FixContext, path: string, text: string) {
    this.context = context;
    this.path = path;
    this.text = text;
    this.file = parse(path, text);
    this.style = detectStyle(text, {
      path,
      isModule: context.packageOf(path)?.isModule ?? false,
      isOldCompiler: accepts(context, path, "typescript", "<4.7") || accepts(context, path, "@types/node", "<18"),
    });
  }

  /** Opens a file; undefined where there is none. */
  static open(context: FixContext, path: string): Draft | undefined {
    const text = context.read(path);
    return text === undefined ? undefined : new Draft(context, path, text);
  }

  /** The same file with no changes yet: for trying out what a change would give. */
  trial(): Draft {
    return new Draft(this.context, this.path, this.text);
  }

  dependsOn(library: string): boolean {
    return this.context.packageOf(this.path)?.dependencies[library] !== undefined;
  }

  /** Whether the package asks for a version of a library that is older than this one, for all it says. */
  isOlder(library: string, than: string): boolean {
    return accepts(this.context, this.path, library, `<${than}`);
  }

  /** Verbatim text of a node, without the comments before it. */
  source(node: ts.Node): string {
    return node.getText(this.file);
  }

  insert(at: number, text: string): void {
    this.changes.push({ at, end: at, text });
  }

  replace(node: ts.Node, text: string): void {
    this.changes.push({ at: node.getStart(this.file), end: node.end, text });
  }

  /** Puts a text in the place of a stretch of another. */
  swap(at: number, end: number, text: string): void {
    this.changes.push({ at, end, text });
  }

  /** Takes a stretch of the text away. */
  cut(span: { readonly at: number; readonly end: number }): void {
    this.changes.push({ at: span.at, end: span.end, text: "" });
  }

  /** The house's code as this file would have it; lines after the first get the indentation `lead`. */
  styled(code: string, lead = ""): string {
    const lines = restyle(code, this.style).split(this.style.newline);
    return lines.map((line, index) => (index === 0 || line === "" ? line : lead + line)).join(this.style.newline);
  }

  /** A fragment that is no statement: only its quotes follow the file. */
  expression(code: string): string {
    return restyle(`_ = ${code};`, { ...this.style, semicolons: true }).slice("_ = ".length, -1);
  }

  /** Puts statements on lines of their own before a statement. */
  before(statement: ts.Node, code: string): void {
    const at = statement.getStart(this.file);
    const lead = indentAt(this.text, at);
    this.insert(at, this.styled(code, lead) + this.style.newline + lead);
  }

  /** Puts statements on lines of their own after a statement. */
  after(statement: ts.Node, code: string): void {
    const lead = indentAt(this.text, statement.getStart(this.file));
    this.insert(
      this.lineEndAfter(statement.end, this.text.length),
      this.style.newline + lead + this.styled(code, lead),
    );
  }

  /** Puts statements at the end of a block. */
  append(block: ts.Block, code: string): void {
    const lead = indentAt(this.text, block.getStart(this.file)) + this.style.indent;
    const last = block.statements.at(-1);
    if (last !== undefined && this.text.slice(block.getStart(this.file), last.getStart(this.file)).includes("\n")) {
      const own = indentAt(this.text, last.getStart(this.file));
      const at = this.lineEndAfter(last.end, block.end - 1);
      this.insert(at, this.style.newline + own + this.styled(code, own));
      return;
    }
    const outer = lead.slice(0, lead.length - this.style.indent.length);
    const rest = this.text.slice(block.getStart(this.file) + 1, block.end - 1).trim();
    const kept = rest === "" ? "" : lead + rest + this.style.newline;
    const body = `{${this.style.newline}${kept}${lead}${this.styled(code, lead)}${this.style.newline}${outer}}`;
    this.replace(block, body);
  }

  /** Puts statements before one that may stand alone under an `if`: then they get a block. */
  beforeOrInBlock(statement: ts.Statement, code: string): void {
    const { parent } = statement;
    if (ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent) || ts.isSourceFile(parent)) {
      this.before(statement, code);
      return;
    }
    const outer = indentAt(this.text, parent.getStart(this.file));
    const lead = outer + this.style.indent;
    const { newline } = this.style;
    const at = statement.getStart(this.file);
    this.insert(at, `{${newline}${lead}${this.styled(code, lead)}${newline}${lead}`);
    this.insert(statement.end, `${newline}${outer}}`);
  }

  import(wish: ImportWish): (name: string) => string {
    const joined = joinWishes(this.wishes.get(wish.specifier), wish);
    this.wishes.set(wish.specifier, joined);
    return importNames(this.path, this.text, this.style, joined).local;
  }

  /** Imports names of a template's module, and makes the module where the package has none. */
  importTemplate(
    template: Template,
    names: readonly string[],
    types: readonly string[] = [],
  ): (name: string) => string {
    const { specifier, edits } = placeTemplate(this.context, this.path, this.style, template);
    this.newFiles.push(...edits);
    return this.import({ specifier, names, types });
  }

  /** Makes a module in the folder of this file. */
  addSibling(name: string, text: (template: (template: Template) => string) => string): void {
    const { context, path, style } = this;
    const resolve = (template: Template): string => {
      const { specifier, edits } = placeTemplate(context, path, style, template);
      this.newFiles.push(...edits);
      return specifier;
    };
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    this.newFiles.push(...placeModule(context, path, style, { name, folder, text: text(resolve) }).edits);
  }

  /** Puts a declaration at module level, after the imports. */
  declare(code: string): void {
    this.changes.push(moduleLevel(this.file, this.styled(code), this.style));
  }

  /** The text as it would be. */
  preview(): string {
    return applyEdits(this.text, this.ordered() ?? []);
  }

  edits(): readonly FileEdit[] | undefined {
    const changes = this.ordered();
    if (changes?.length === 0) return this.newFiles;
    return changes === undefined ? undefined : [{ path: this.path, create: false, changes }, ...this.newFiles];
  }

  /** What is imported stands before what is declared with it. */
  private ordered(): readonly TextChange[] | undefined {
    const imports = [...this.wishes.values()].flatMap((wish) => importNames(this.path, this.text, this.style, wish).changes);
    return orderChanges([...imports, ...this.changes]);
  }

  /** After a comment that stands on the same line. */
  private lineEndAfter(at: number, limit: number): number {
    const comment = /^[ \t]*(\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*(?=\r?\n))/.exec(this.text.slice(at, limit));
    return at + (comment?.[0].length ?? 0);
  }
}

/** The result of drafts: one edit for each file, new files once. */
export function finish(...drafts: readonly Draft[]): FixResult {
  const byPath = new Map<string, FileEdit>();
  for (const draft of drafts) {
    const edits = draft.edits();
    if (edits === undefined) return { ok: false, reason: "Two changes of this fix fall on the same code" };
    for (const edit of edits) byPath.set(edit.path, edit);
  }
  return { ok: true, edits: [...byPath.values()] };
}

/** Whether the version that is there, or else the least one that a package asks for, is in a range. */
function accepts(context: FixContext, path: string, library: string, range: string): boolean {
  const pack = context.packageOf(path);
  const asked = pack?.installed?.[library] ?? pack?.dependencies[library] ?? "*";
  const least = validRange(asked) === null || asked === "*" ? null : minVersion(asked);
  return least !== null && satisfies(least, range);
}
