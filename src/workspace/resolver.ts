import { satisfies, valid, validRange } from "semver";
import { builtinName } from "./builtins.ts";
import { moduleFiles } from "./module-files.ts";
import { folderOf, foldersUp, isWithin, joined, within } from "./paths.ts";
import type { Package, PathMapping, Workspace } from "./workspace.ts";

/** What an import leads to. */
export type Resolved =
  | { readonly is: "file"; readonly path: string }
  /** A library, or a package of the workspace none of whose files could be told. `subpath` is `""` for the package itself. */
  | { readonly is: "package"; readonly name: string; readonly subpath: string }
  | { readonly is: "builtin"; readonly name: string }
  | { readonly is: "missing" };

export type Resolver = (from: string, specifier: string) => Resolved;

/** Resolves imports of one workspace snapshot; it remembers every answer, so make one and keep it. */
export function createResolver(workspace: Workspace): Resolver {
  const packageAt = new Map(workspace.packages.map((pack) => [pack.dir, pack]));
  const files = moduleFiles(new Set(workspace.files.map((file) => file.path)), workspace.links, packageAt);
  const mappingsAt = groupBy(workspace.pathMappings, (mapping) => mapping.dir);
  const packagesNamed = groupBy(workspace.packages, (pack) => pack.name);
  const answers = new Map<string, Map<string, Resolved>>();
  const scopes = new Map<string, FolderScope>();

  return (from, specifier) => {
    const folder = folderOf(from);
    const known = answers.get(folder) ?? new Map<string, Resolved>();
    if (known.size === 0) answers.set(folder, known);
    const answer = known.get(specifier) ?? resolve(folder, withoutQuery(specifier));
    known.set(specifier, answer);
    return answer;
  };

  function resolve(folder: string, specifier: string): Resolved {
    if (/^\.\.?(?:\/|$)/.test(specifier)) return asFile(relative(folder, specifier));
    const { mappings, packages } = scopeAt(folder);
    const mapped = throughPaths(mappings, specifier);
    if (mapped !== undefined) return asFile(mapped);
    const builtin = builtinName(specifier);
    if (builtin !== undefined) return { is: "builtin", name: builtin };
    if (specifier.startsWith("#")) return asFile(throughImports(packages, specifier));
    const [, name, rest = ""] = PACKAGE_SPECIFIER.exec(specifier) ?? [];
    const isAskedFor =
      name !== undefined && packages.some((pack) => name in pack.dependencies || name in pack.devDependencies);
    const bare = isAskedFor && rest === "" ? undefined : throughBaseUrl(mappings, specifier);
    if (bare !== undefined) return asFile(bare);
    const local = name === undefined ? undefined : throughPackages(packages, name, rest.slice(1));
    if (local !== undefined) return asFile(local);
    const habitual = isAskedFor ? undefined : throughHabit(packages, specifier);
    if (habitual !== undefined) return asFile(habitual);
    return name === undefined ? MISSING : { is: "package", name, subpath: rest.slice(1) };
  }

  function relative(folder: string, specifier: string): string | undefined {
    const path = joined(folder, specifier);
    return path === undefined ? undefined : files.find(path);
  }

  function scopeAt(folder: string): FolderScope {
    const known = scopes.get(folder);
    if (known !== undefined) return known;
    const above = foldersUp(folder);
    const scope = {
      mappings: above.flatMap((one) => mappingsAt.get(one) ?? []),
      packages: above.flatMap((one) => packageAt.get(one) ?? []),
    };
    scopes.set(folder, scope);
    return scope;
  }

  /** The nearest tsconfig first. An outer one still counts: the nearest may be one that merely forgot to extend it. */
  function throughPaths(mappings: readonly PathMapping[], specifier: string): string | undefined {
    return firstFound(mappings.flatMap((mapping) => substituted(mapping.paths, specifier)));
  }

  /** Not asked of a dependency's bare name: at run time `redis` is the library, although a `src/redis.ts` is there. */
  function throughBaseUrl(mappings: readonly PathMapping[], specifier: string): string | undefined {
    return firstFound(
      mappings.flatMap(({ baseUrl }) => (baseUrl === undefined ? [] : (joined(baseUrl, specifier) ?? []))),
    );
  }

  function throughImports(packages: readonly Package[], specifier: string): string | undefined {
    const [own] = packages.filter((pack) => Object.keys(pack.imports).length > 0);
    if (own === undefined) return undefined;
    for (const target of substituted(own.imports, specifier)) {
      const path = files.findTarget(own.dir, target);
      if (path !== undefined) return path;
    }
    return undefined;
  }

  function throughPackages(packages: readonly Package[], name: string, subpath: string): string | undefined {
    const local = localPackage(packages, name);
    return local === undefined ? undefined : packageFile(local, subpath);
  }

  function localPackage(packages: readonly Package[], name: string): Package | undefined {
    const candidates = packagesNamed.get(name) ?? [];
    const from = packages[0]?.dir ?? "";
    return candidates
      .filter((pack) => isMeant(packages, pack))
      .reduce<Package | undefined>((best, pack) => {
        return best === undefined || sharedDepth(from, pack.dir) > sharedDepth(from, best.dir) ? pack : best;
      }, undefined);
  }

  function packageFile(pack: Package, subpath: string): string | undefined {
    if (subpath === "") return files.findEntry(pack);
    const exported = substituted(pack.exports, `./${subpath}`);
    for (const target of exported) {
      const path = files.findTarget(pack.dir, target);
      if (path !== undefined) return path;
    }
    return (
      files.findTarget(pack.dir, subpath) ??
      relative(pack.dir, `./${subpath}`) ??
      relative(pack.dir, `./src/${subpath}`) ??
      // Where a builder makes up a package's entries, its own tsconfig tells where they come from.
      throughPaths(mappingsAt.get(pack.dir) ?? [], `${pack.name}/${subpath}`)
    );
  }

  /**
   * `@/x`, `~/x` and `@folder/x` mean the package's own source by a habit that bundlers and loaders are told of, and a
   * tsconfig at hand is not always: its base may be in a library.
   */
  function throughHabit(packages: readonly Package[], specifier: string): string | undefined {
    const rest = /^[@~]\/?(.+)$/.exec(specifier)?.[1];
    const dir = packages[0]?.dir;
    if (rest === undefined || dir === undefined) return undefined;
    const places = /^[@~]\//.test(specifier) ? ["src", "app", ""] : ["src"];
    return firstFound(places.flatMap((place) => joined(within(dir, place), rest) ?? []));
  }

  function firstFound(paths: readonly string[]): string | undefined {
    for (const path of paths) {
      const file = files.find(path);
      if (file !== undefined) return file;
    }
    return undefined;
  }
}

/** Through the one resolver of a workspace. */
export function resolveModule(workspace: Workspace, from: string, specifier: string): Resolved {
  const resolver = resolvers.get(workspace) ?? createResolver(workspace);
  resolvers.set(workspace, resolver);
  return resolver(from, specifier);
}

const resolvers = new WeakMap<Workspace, Resolver>();

/** `./worker.ts?worker`, as bundlers have it. */
function withoutQuery(specifier: string): string {
  const query = specifier.indexOf("?");
  return query < 0 ? specifier : specifier.slice(0, query);
}

interface FolderScope {
  /** Nearest first. */
  readonly mappings: readonly PathMapping[];
  readonly packages: readonly Package[];
}

const PACKAGE_SPECIFIER = /^((?:@[\w.~-]+\/)?[\w.-][\w.~-]*)(\/.*)?$/;

const MISSING: Resolved = { is: "missing" };

function asFile(path: string | undefined): Resolved {
  return path === undefined ? MISSING : { is: "file", path };
}

/** Targets of the pattern that fits best: an exact one, else the one with the longest beginning. */
function substituted(patterns: Readonly<Record<string, readonly string[]>>, specifier: string): readonly string[] {
  if (Object.hasOwn(patterns, specifier)) return patterns[specifier] ?? [];
  let best: { readonly length: number; readonly targets: readonly string[] } = { length: -1, targets: [] };
  for (const [pattern, targets] of Object.entries(patterns)) {
    const star = pattern.indexOf("*");
    const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (
      star < best.length ||
      star < 0 ||
      specifier.length < pattern.length - 1 ||
      !specifier.startsWith(start) ||
      !specifier.endsWith(end)
    )
      continue;
    const middle = specifier.slice(star, specifier.length - end.length);
    best = { length: star, targets: targets.map((target) => target.replaceAll("*", () => middle)) };
  }
  return best.targets;
}

/**
 * Whether a name means the workspace's own package and not a library that happens to be called alike. A scope is owned,
 * so its names are taken at their word; a plain name must be asked for by a range that the package here satisfies.
 */
function isMeant(from: readonly Package[], pack: Package): boolean {
  if (pack.name.startsWith("@") || from[0] === pack) return true;
  const range = from
    .map((one) => one.dependencies[pack.name] ?? one.devDependencies[pack.name])
    .find((one) => one !== undefined);
  if (range === undefined) return from.some((one) => one.workspaces.length > 0 && isWithin(one.dir, pack.dir));
  if (/^(?:workspace|file|link|portal):/.test(range) || range === "*" || range === "latest") return true;
  return (
    valid(pack.version) !== null &&
    validRange(range) !== null &&
    satisfies(pack.version, range, { includePrerelease: true })
  );
}

function sharedDepth(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  const differs = left.findIndex((part, at) => part !== right[at]);
  return differs < 0 ? left.length : differs;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
