/** What the compiler of a package says of its files, with other texts laid over them. Nothing is written. */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ts } from "ts-morph";

export type Texts = ReadonlyMap<string, string>;

/** Asks the packages of one folder, each by its own configuration and compiler. */
export class TypeCheck {
  readonly #root: string;
  readonly #projects = new Map<string, Project | undefined>();
  readonly #byFile = new Map<string, Project | undefined>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Complaints that are new in the touched and created files; undefined where nothing is configured or installed to ask. */
  newErrors(texts: Texts): readonly string[] | undefined {
    const [touched] = [...texts.keys()].map((path) => join(this.#root, path)).filter((path) => existsSync(path) && COMPILED.test(path));
    const project = touched === undefined ? undefined : this.#projectOf(touched);
    if (project === undefined) return undefined;
    const overlay = new Map([...texts].filter(([path]) => COMPILED.test(path)).map(([path, text]) => [join(this.#root, path), text]));
    const before = [...overlay.keys()].filter((path) => existsSync(path)).flatMap((path) => project.errors(path));
    const after = project.with(overlay, () => [...overlay.keys()].flatMap((path) => project.errors(path)));
    for (const known of before) {
      const at = after.indexOf(known);
      if (at >= 0) after.splice(at, 1);
    }
    return after;
  }

  #projectOf(path: string): Project | undefined {
    if (!this.#byFile.has(path)) this.#byFile.set(path, isInstalled(dirname(path), this.#root) ? this.#find(path) : undefined);
    return this.#byFile.get(path);
  }

  /** The nearest configuration that compiles the file; where none lists it, the nearest one. */
  #find(path: string): Project | undefined {
    const configs = foldersUp(dirname(path), this.#root).flatMap(configsIn).map((config) => this.#open(config));
    return configs.find((project) => project?.compiles(path)) ?? configs.find((project) => project?.takes(path));
  }

  #open(config: string): Project | undefined {
    if (!this.#projects.has(config)) this.#projects.set(config, openProject(config));
    return this.#projects.get(config);
  }
}

const COMPILED = /\.[cm]?[jt]sx?$/;

function foldersUp(from: string, root: string): readonly string[] {
  return from === root || dirname(from) === from ? [from] : [from, ...foldersUp(dirname(from), root)];
}

function configsIn(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => /^tsconfig(\..+)?\.json$/.test(name));
  return names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).map((name) => join(folder, name));
}

function isInstalled(folder: string, root: string): boolean {
  return foldersUp(folder, root).some((each) => existsSync(join(each, "node_modules")));
}

interface Project {
  compiles(path: string): boolean;
  takes(path: string): boolean;
  /** Syntactic and semantic, as texts without positions, for those move. */
  errors(path: string): string[];
  with<Result>(overlay: Texts, ask: () => Result): Result;
}

function openProject(config: string): Project | undefined {
  const compiler = compilerOf(dirname(config));
  const parsed = compiler.getParsedCommandLineOfConfigFile(config, { noEmit: true, skipLibCheck: true }, { ...compiler.sys, onUnRecoverableConfigFileDiagnostic: () => undefined });
  if (parsed === undefined) return undefined;
  const listed = new Set(parsed.fileNames);
  const asked = new Set<string>();
  let overlay: Texts = new Map();
  let round = 0;
  const versions = new Map<string, number>();
  const read = (path: string): string | undefined => overlay.get(path) ?? compiler.sys.readFile(path);
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => parsed.options,
    getScriptFileNames: () => [...new Set([...listed, ...asked, ...overlay.keys()])],
    getScriptVersion: (path) => String(versions.get(path) ?? 0),
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined ? undefined : compiler.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => dirname(config),
    getDefaultLibFileName: (options) => compiler.getDefaultLibFilePath(options),
    fileExists: (path) => overlay.has(path) || compiler.sys.fileExists(path),
    readFile: read,
    readDirectory: (...args) => compiler.sys.readDirectory(...args),
    directoryExists: (path) => compiler.sys.directoryExists(path) || [...overlay.keys()].some((each) => each.startsWith(`${path}/`)),
    getDirectories: (path) => compiler.sys.getDirectories(path),
    ...(compiler.sys.realpath === undefined ? {} : { realpath: compiler.sys.realpath }),
  };
  const service = compiler.createLanguageService(host);
  // A folder whose dependencies are not there has no types of the language itself, and every text is wrong in it.
  if (service.getProgram()?.getGlobalDiagnostics().some(({ code }) => code === NO_GLOBAL_TYPE) === true) return undefined;
  return {
    compiles: (path) => listed.has(path),
    takes: (path) => parsed.options.allowJs === true || /\.[cm]?tsx?$/.test(path),
    errors(path) {
      asked.add(path);
      const found = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)];
      return found.map(({ code, messageText }) => `TS${code} ${compiler.flattenDiagnosticMessageText(messageText, " ")}`);
    },
    with(texts, ask) {
      overlay = texts;
      round += 1;
      for (const path of texts.keys()) versions.set(path, round);
      try {
        return ask();
      } finally {
        overlay = new Map();
        for (const path of texts.keys()) (versions.set(path, round + 0.5), existsSync(path) || asked.delete(path));
      }
    },
  };
}

/** TS2318: Cannot find global type. */
const NO_GLOBAL_TYPE = 2318;

/** The compiler that the package itself installed, for its options mean what that one takes them for. */
function compilerOf(folder: string): typeof ts {
  try {
    const own = createRequire(join(folder, "package.json"))("typescript") as Partial<typeof ts>;
    if (typeof own.createLanguageService === "function") return own as typeof ts;
  } catch {
    // None is installed there.
  }
  return ts;
}
