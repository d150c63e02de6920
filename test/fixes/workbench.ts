/** A little workspace in memory: applies fixes to it, and asks the TypeScript compiler about the result. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ts } from "ts-morph";
import { applyEdits } from "../../src/fixes/index.ts";
import type { FixContext, FixOffer } from "../../src/model/finding.ts";

export type Files = Readonly<Record<string, string>>;

export function contextOf(
  files: Files,
  pack: { isModule?: boolean; dependencies?: readonly string[] } = {},
): FixContext {
  const dependencies = Object.fromEntries((pack.dependencies ?? []).map(rangeOf));
  return {
    read: (path) => files[path],
    exists: (path) => path in files,
    packageOf: () => ({ dir: "", name: "orders", dependencies, isModule: pack.isModule ?? true }),
  };
}

/** `rxjs` in whatever version, or `rxjs@^6.0.0`. */
function rangeOf(dependency: string): readonly [name: string, range: string] {
  const [, name = dependency, range = "*"] = /^(.+)@(.+)$/.exec(dependency) ?? [];
  return [name, range];
}

/** The files after a fix, and proof that edits are as `FileEdit` promises. */
export function applyOffer(files: Files, offer: FixOffer | undefined, context: FixContext): Files {
  assert.ok(offer, "a fix is offered");
  const result = offer.build(context);
  assert.ok(result.ok, result.ok ? "" : result.reason);
  const after: Record<string, string> = { ...files };
  for (const edit of result.edits) {
    assert.equal(edit.create, !(edit.path in files), `${edit.path} is ${edit.create ? "new" : "there"}`);
    edit.changes.forEach((change, index) =>
      assert.ok(index === 0 || (edit.changes[index - 1]?.end ?? 0) <= change.at, "sorted, apart"),
    );
    after[edit.path] = applyEdits(files[edit.path] ?? "", edit.changes);
  }
  return after;
}

export function reasonOf(offer: FixOffer | undefined, context: FixContext): string {
  const result = offer?.build(context);
  assert.ok(result && !result.ok, "the fix refuses");
  return result.reason;
}

/** The span of a piece of text: `«…»` in a source marks what a finding points at. */
export function marked(source: string): {
  readonly text: string;
  readonly spans: readonly { readonly at: number; readonly end: number }[];
} {
  const spans: { at: number; end: number }[] = [];
  let text = "";
  for (const part of source.split(/([«»])/)) {
    if (part === "«") spans.push({ at: text.length, end: -1 });
    else if (part === "»") {
      const open = spans.findLast((span) => span.end === -1);
      if (open !== undefined) open.end = text.length;
    } else text += part;
  }
  return { text, spans };
}

const LIB = dirname(createRequire(import.meta.url).resolve("typescript/lib/lib.es2022.d.ts"));
const libFiles = new Map<string, ts.SourceFile>();

/** What the compiler says of the files, in strict mode; `ambient` declares libraries and what the cases leave out. */
export function typeErrors(files: Files, ambient = "", options: ts.CompilerOptions = {}): readonly string[] {
  const all: Record<string, string> = { ...files, "ambient.d.ts": ambient };
  const host: ts.CompilerHost = {
    getSourceFile: (path) => {
      const own = all[path.replace(/^\/app\//, "")];
      if (own !== undefined) return ts.createSourceFile(path, own, ts.ScriptTarget.ES2022, true);
      if (!path.startsWith(LIB)) return undefined;
      const known =
        libFiles.get(path) ?? ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
      libFiles.set(path, known);
      return known;
    },
    fileExists: (path) => path.replace(/^\/app\//, "") in all || (path.startsWith(LIB) && libFiles.has(path)),
    readFile: (path) => all[path.replace(/^\/app\//, "")],
    writeFile: () => undefined,
    getDefaultLibFileName: () => join(LIB, "lib.es2022.d.ts"),
    getDefaultLibLocation: () => LIB,
    getCurrentDirectory: () => "/app",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    directoryExists: () => true,
    getDirectories: () => [],
  };
  const program = ts.createProgram(
    Object.keys(all).map((path) => `/app/${path}`),
    { ...OPTIONS, ...options },
    host,
  );
  return ts.getPreEmitDiagnostics(program).map((each) => {
    const where =
      each.file === undefined
        ? ""
        : `${each.file.fileName}: ${each.file.text.slice(each.start, (each.start ?? 0) + 40)}: `;
    return where + ts.flattenDiagnosticMessageText(each.messageText, "\n");
  });
}

/** What the compiler says of one file in strict mode, beside the packages that are installed here. */
export function packageTypeErrors(name: string, text: string, options: ts.CompilerOptions = {}): readonly string[] {
  const path = join(process.cwd(), name);
  const all: ts.CompilerOptions = { ...OPTIONS, lib: ["lib.es2023.d.ts"], types: ["node"], ...options };
  const host = ts.createCompilerHost(all);
  const { readFile, fileExists, getSourceFile } = host;
  host.getDefaultLibLocation = () => LIB;
  host.readFile = (each) => (each === path ? text : readFile(each));
  host.fileExists = (each) => each === path || fileExists(each);
  host.getSourceFile = (each, ...rest) => (each === path ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) : getSourceFile(each, ...rest));
  return ts.getPreEmitDiagnostics(ts.createProgram([path], all, host)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  allowJs: true,
  checkJs: false,
  noEmit: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  experimentalDecorators: true,
  noImplicitReturns: true,
};
