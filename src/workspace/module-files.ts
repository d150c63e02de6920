import { folderOf, foldersUp, isWithin, joined, within } from "./paths.ts";
import type { Package } from "./workspace.ts";

/** Finds the source file that a path without its ending, or with its compiled ending, stands for. */
export interface ModuleFiles {
  /** As a file or as a folder: `./x`, `./x.js` for `x.ts`, `./x/index`. */
  find(path: string): string | undefined;
  /** What a package's manifest names, which is its output more often than its source. */
  findTarget(dir: string, target: string): string | undefined;
  /** What a bare import of a package stands for, whatever its manifest names. */
  findEntry(pack: Package): string | undefined;
}

export function moduleFiles(
  files: ReadonlySet<string>,
  links: Readonly<Record<string, string>>,
  packageAt: ReadonlyMap<string, Package>,
): ModuleFiles {
  const linked = Object.entries(links);
  let byLowerCase: ReadonlyMap<string, string> | undefined;
  return { find, findTarget, findEntry };

  function find(path: string): string | undefined {
    const real = followed(path.endsWith("/") ? path.slice(0, -1) : path);
    return findFile(real) ?? findFolder(real) ?? findOtherwise(real);
  }

  /** What runs on its author's machine: an output that is not built yet, a name in the wrong case. */
  function findOtherwise(path: string): string | undefined {
    const pack = foldersUp(folderOf(path)).find((folder) => packageAt.has(folder));
    const target =
      pack === undefined || !isOutput(pack, path)
        ? undefined
        : findTarget(pack, path.slice(pack === "" ? 0 : pack.length + 1));
    if (target !== undefined) return target;
    byLowerCase ??= new Map([...files].map((file) => [file.toLowerCase(), file]));
    const lower = path.toLowerCase();
    return ["", ...ENDINGS]
      .map((ending) => byLowerCase?.get(lower + ending))
      .find((file) => file !== undefined && CODE.test(file));
  }

  function findFile(path: string): string | undefined {
    const [, stem, flavour] = COMPILED.exec(path) ?? [];
    if (stem !== undefined) {
      // The source first: where both are there, the JavaScript was compiled from it.
      const source = SOURCES[flavour ?? ""]?.find((ending) => files.has(stem + ending));
      if (source !== undefined) return stem + source;
    }
    if (files.has(path) && CODE.test(path)) return path;
    const ending = ENDINGS.find((one) => files.has(path + one));
    return ending === undefined ? undefined : path + ending;
  }

  function findFolder(path: string): string | undefined {
    const pack = path === "" ? undefined : packageAt.get(path);
    return (pack === undefined ? undefined : findEntry(pack)) ?? findFile(within(path, "index"));
  }

  function findTarget(dir: string, target: string): string | undefined {
    const path = joined(dir, target);
    if (path === undefined || !isWithin(dir, path)) return undefined;
    const direct = isDeclaration(path) ? undefined : findFile(path);
    return (
      direct ??
      sourcesOf(dir, path)
        .map(findFile)
        .find((file) => file !== undefined)
    );
  }

  function findEntry(pack: Package): string | undefined {
    const named = [...(pack.exports["."] ?? []), pack.main, pack.types].filter((target) => target !== undefined);
    for (const target of named) {
      const file = findTarget(pack.dir, target);
      if (file !== undefined) return file;
    }
    for (const target of named) {
      const folder = joined(pack.dir, target);
      const file = folder === undefined ? undefined : findFile(within(folder, "index"));
      if (file !== undefined) return file;
    }
    return ENTRIES.map((entry) => findFile(within(pack.dir, entry))).find((file) => file !== undefined);
  }

  function followed(path: string): string {
    const link = linked.find(([from]) => isWithin(from, path));
    return link === undefined ? path : link[1] + path.slice(link[0].length);
  }
}

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const COMPILED = /^(.*)\.([cm]?js|jsx)$/;
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  js: [".ts", ".tsx"],
  jsx: [".tsx"],
  mjs: [".mts"],
  cjs: [".cts"],
};
const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".d.ts", ".d.mts", ".d.cts"];
const ENTRIES = ["src/index", "index", "src/main", "src/public-api", "src/public_api", "lib/index", "source/index"];

/** Folders that compilers write to, alone or one in the other (`dist/esm`). */
const OUTPUTS = new Set([
  "dist",
  "lib",
  "build",
  "out",
  "output",
  "esm",
  "cjs",
  "es",
  "module",
  "commonjs",
  "types",
  "typings",
  "umd",
  "_esm",
  "_cjs",
  "_types",
  "node",
  "bundle",
]);

/** Where the source of an output may lie, most likely first: `dist/esm/x.js` comes of `src/x.ts`. */
function sourcesOf(dir: string, path: string): readonly string[] {
  const parts = path
    .slice(dir === "" ? 0 : dir.length + 1)
    .replace(/\.d\.([cm]?)ts$/, ".$1js")
    .split("/");
  let depth = 0;
  while (depth < parts.length - 1 && OUTPUTS.has(parts[depth] ?? "")) depth += 1;
  const rests = [parts.slice(depth).join("/"), afterSource(parts)].filter((rest) => rest !== undefined);
  return rests.flatMap((rest) => ["src/", "", "lib/", "source/"].map((folder) => within(dir, folder + rest)));
}

function isOutput(dir: string, path: string): boolean {
  const [first = ""] = path.slice(dir === "" ? 0 : dir.length + 1).split("/", 1);
  return OUTPUTS.has(first);
}

/** Of `dist/packages/x/src/y.js`, what follows `src/`: an output may repeat the monorepo's own folders. */
function afterSource(parts: readonly string[]): string | undefined {
  const at = parts.lastIndexOf("src");
  return at < 0 ? undefined : parts.slice(at + 1).join("/");
}

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$/.test(path);
}
