import { isObject, readJson, textOf, type Json } from "./json.ts";
import { compareText, folderOf, joined, nameOf, within } from "./paths.ts";
import type { PathMapping, WorkspaceProblem } from "./workspace.ts";

/** What one tsconfig or jsconfig says by itself. */
export interface ProjectFile {
  readonly path: string;
  /** In the order written: a later base wins over an earlier one. */
  readonly bases: readonly ProjectBase[];
  readonly baseUrl?: string;
  readonly paths?: Readonly<Record<string, readonly string[]>>;
  readonly problems: readonly WorkspaceProblem[];
}

export interface ProjectBase {
  readonly specifier: string;
  readonly at: number;
  readonly end: number;
}

/** Every text that is known of, by path; `undefined` for one that was looked for and is not there. */
export type Projects = ReadonlyMap<string, ProjectFile | undefined>;

export function readProjectFile(path: string, text: string): ProjectFile {
  const { value, problems } = readJson(path, text);
  if (!isObject(value)) return { path, bases: [], problems };
  const options = isObject(value["compilerOptions"]) ? value["compilerOptions"] : {};
  const baseUrl = typeof options["baseUrl"] === "string" ? options["baseUrl"] : undefined;
  const paths = isObject(options["paths"]) ? readPaths(options["paths"]) : undefined;
  return {
    path,
    bases: basesOf(text, value["extends"]),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(paths === undefined ? {} : { paths }),
    problems,
  };
}

/** The mappings that hold once every `extends` is followed, and what went wrong on the way. */
export function pathMappings(
  projects: Projects,
  roots: readonly string[],
  packageDirs: ReadonlyMap<string, string>,
): { readonly mappings: readonly PathMapping[]; readonly problems: readonly WorkspaceProblem[] } {
  const problems = new Map<string, WorkspaceProblem>();
  const mappings = roots.flatMap((root) => mappingOf(root));
  return {
    mappings: mappings.sort((a, b) => compareText(a.dir, b.dir) || byPreference(a.config, b.config)),
    problems: [...problems.values()],
  };

  function mappingOf(root: string): readonly PathMapping[] {
    const { baseUrl, paths } = effective(root, []);
    const dir = folderOf(root);
    const joinedBase = baseUrl === undefined ? undefined : located(baseUrl, dir);
    const targets = paths === undefined ? {} : joinTargets(paths, dir, joinedBase);
    if (joinedBase === undefined && Object.keys(targets).length === 0) return [];
    return [{ dir, config: root, ...(joinedBase === undefined ? {} : { baseUrl: joinedBase }), paths: targets }];
  }

  function effective(path: string, trail: readonly string[]): Effective {
    const project = projects.get(path);
    if (project === undefined) return {};
    let result: Effective = {};
    for (const base of project.bases) result = { ...result, ...inherited(project, base, [...trail, path]) };
    const folder = folderOf(path);
    return {
      ...result,
      ...(project.baseUrl === undefined ? {} : { baseUrl: { text: project.baseUrl, folder } }),
      ...(project.paths === undefined ? {} : { paths: { record: project.paths, folder } }),
    };
  }

  function inherited(project: ProjectFile, base: ProjectBase, trail: readonly string[]): Effective {
    const candidates = baseCandidates(project.path, base.specifier, packageDirs);
    const path = candidates.find((candidate) => projects.get(candidate) !== undefined);
    if (path === undefined) {
      if (candidates.some(isWritten))
        note(
          project.path,
          base,
          `The base \`${base.specifier}\` is not there; what it would set is unknown.`,
          "information",
        );
      return {};
    }
    if (!trail.includes(path)) return effective(path, trail);
    noteCircle(trail.slice(trail.indexOf(path)));
    return {};
  }

  /** One circle is one problem at one place, whichever member the reading started from. */
  function noteCircle(circle: readonly string[]): void {
    const first = circle.indexOf([...circle].sort(compareText)[0] ?? "");
    const [start = "", ...rest] = [...circle.slice(first), ...circle.slice(0, first)];
    const closing = projects.get(rest.at(-1) ?? start);
    const base = closing?.bases.find((one) => baseCandidates(closing.path, one.specifier, packageDirs).includes(start));
    if (closing !== undefined && base !== undefined)
      note(
        closing.path,
        base,
        `This closes a circle of \`extends\`: ${[start, ...rest, start].join(" → ")}.`,
        "warning",
      );
  }

  function note(path: string, base: ProjectBase, message: string, severity: "information" | "warning"): void {
    const key = `${path}\n${base.at}`;
    if (!problems.has(key)) problems.set(key, { path, at: base.at, end: base.end, message, severity });
  }
}

/** Where a base may lie, most likely first: none for one in a library or outside of the root, which is left alone. */
export function baseCandidates(
  from: string,
  specifier: string,
  packageDirs: ReadonlyMap<string, string>,
): readonly string[] {
  const [, name, rest = ""] = /^((?:@[^/.]+\/)?[^/.][^/]*)(\/.*)?$/.exec(specifier) ?? [];
  const dir = name === undefined ? folderOf(from) : packageDirs.get(name);
  const base = dir === undefined ? undefined : joined(dir, name === undefined ? specifier : rest);
  if (base === undefined) return [];
  return base.endsWith(".json") ? [base] : [`${base}.json`, within(base, "tsconfig.json")];
}

interface Effective {
  readonly baseUrl?: { readonly text: string; readonly folder: string };
  readonly paths?: { readonly record: Readonly<Record<string, readonly string[]>>; readonly folder: string };
}

/** Frameworks write their base into a dot folder at the first build; that it is not there yet is no news. */
function isWritten(path: string): boolean {
  return !/(?:^|\/)\.[^/]+\//.test(path) && !path.includes("node_modules/");
}

/** `tsconfig.json` governs a folder; where it says nothing itself, a sibling does. */
function byPreference(a: string, b: string): number {
  return rank(a) - rank(b) || compareText(a, b);

  function rank(path: string): number {
    const at = [
      "tsconfig.json",
      "jsconfig.json",
      "tsconfig.base.json",
      "tsconfig.app.json",
      "tsconfig.lib.json",
    ].indexOf(nameOf(path));
    return at < 0 ? (/spec|test|e2e/.test(nameOf(path)) ? 10 : 9) : at;
  }
}

function located(value: { readonly text: string; readonly folder: string }, configDir: string): string | undefined {
  const own = /^\$\{configDir\}\/?/.exec(value.text);
  return own === null ? joined(value.folder, value.text) : joined(configDir, value.text.slice(own[0].length));
}

function joinTargets(
  paths: { readonly record: Readonly<Record<string, readonly string[]>>; readonly folder: string },
  configDir: string,
  baseUrl: string | undefined,
): Readonly<Record<string, readonly string[]>> {
  const folder = baseUrl ?? paths.folder;
  const entries = Object.entries(paths.record).map(([pattern, targets]): [string, readonly string[]] => [
    pattern,
    targets.flatMap((text) => located({ text, folder }, configDir) ?? []),
  ]);
  return Object.fromEntries(entries.filter(([, targets]) => targets.length > 0));
}

function readPaths(value: Json): Readonly<Record<string, readonly string[]>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([pattern, targets]) => [
      pattern,
      Array.isArray(targets) ? targets.filter((target) => typeof target === "string") : [],
    ]),
  );
}

function basesOf(text: string, value: Json | undefined): readonly ProjectBase[] {
  const specifiers = Array.isArray(value) ? value.map(textOf) : [textOf(value)];
  return specifiers
    .filter((specifier) => specifier !== "")
    .map((specifier) => ({ specifier, ...spanOf(text, specifier) }));
}

function spanOf(text: string, specifier: string): { readonly at: number; readonly end: number } {
  const quoted = JSON.stringify(specifier);
  const at = Math.max(0, text.indexOf(quoted, Math.max(0, text.indexOf('"extends"'))));
  return { at, end: at + quoted.length };
}
