import { isObject, readJson, textOf, textRecord, textsOf, type Json, type JsonObject } from "./json.ts";
import { folderOf } from "./paths.ts";
import type { Package, WorkspaceProblem } from "./workspace.ts";

/** What one package.json says; versions that are really there are added by whoever looked. */
export type Manifest = Omit<Package, "installed">;

export interface ReadManifest {
  readonly manifest?: Manifest;
  readonly problems: readonly WorkspaceProblem[];
}

export function readManifest(path: string, text: string): ReadManifest {
  const { value, problems } = readJson(path, text);
  if (!isObject(value)) return { problems: problems.length > 0 ? problems : [notAnObject(path, text)] };
  return { manifest: toManifest(path, value), problems };
}

function toManifest(path: string, json: JsonObject): Manifest {
  const main = textOf(json["main"]);
  const types = textOf(json["types"]) || textOf(json["typings"]);
  return {
    dir: folderOf(path),
    name: textOf(json["name"]),
    version: textOf(json["version"]),
    manifest: path,
    dependencies: {
      ...textRecord(json["peerDependencies"]),
      ...textRecord(json["optionalDependencies"]),
      ...textRecord(json["dependencies"]),
    },
    devDependencies: textRecord(json["devDependencies"]),
    scripts: textRecord(json["scripts"]),
    workspaces: workspacesOf(json["workspaces"]),
    isPrivate: json["private"] === true,
    isModule: json["type"] === "module",
    ...(main === "" ? {} : { main }),
    ...(types === "" ? {} : { types }),
    bin: typeof json["bin"] === "string" ? [json["bin"]] : Object.values(textRecord(json["bin"])),
    exports: flattenExports(json["exports"]),
    imports: flattenImports(json["imports"]),
  };
}

function workspacesOf(value: Json | undefined): readonly string[] {
  return isObject(value) ? textsOf(value["packages"]) : textsOf(value);
}

/** `exports` by subpath. Targets that name the source come first: we read source, and outputs are not even listed. */
export function flattenExports(value: Json | undefined): Readonly<Record<string, readonly string[]>> {
  if (value === undefined || value === null) return {};
  const bySubpath = isObject(value) && Object.keys(value).some((key) => key.startsWith("."));
  return bySubpath && isObject(value) ? flattenSubpaths(value, ".") : { ".": targetsOf(value) };
}

function flattenImports(value: Json | undefined): Readonly<Record<string, readonly string[]>> {
  return isObject(value) ? flattenSubpaths(value, "#") : {};
}

function flattenSubpaths(value: JsonObject, prefix: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, target]) => (key.startsWith(prefix) ? [[key, targetsOf(target)]] : [])),
  );
}

function targetsOf(value: Json | undefined): readonly string[] {
  const targets: { readonly path: string; readonly rank: number }[] = [];
  collect(value, 1);
  return [...new Set(targets.sort((a, b) => a.rank - b.rank).map((target) => target.path))];

  function collect(item: Json | undefined, rank: number): void {
    if (typeof item === "string") targets.push({ path: item, rank: isSource(item) ? 0 : rank });
    else if (Array.isArray(item)) item.forEach((one: Json) => collect(one, rank));
    else if (isObject(item))
      for (const [condition, target] of Object.entries(item)) collect(target, condition === "types" ? 2 : rank);
  }
}

function isSource(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

function notAnObject(path: string, text: string): WorkspaceProblem {
  return {
    path,
    at: 0,
    end: text.length,
    message: "A package.json holds an object; this one does not, and is left out.",
    severity: "error",
  };
}
