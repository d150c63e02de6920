import { isHandWritten, isSkippedFolder, mayBeOutput } from "./folders.ts";
import type { FolderEntry, WorkspaceHost } from "./host.ts";
import { isIgnored, parseIgnoreFile, type IgnoreRules } from "./ignore-rules.ts";
import { fileKind, isControlFile, LARGEST_JSON } from "./kinds.ts";
import { folderOf, foldersUp, isWithin, nameOf, within } from "./paths.ts";
import { decodeText } from "./text.ts";

/** What the disk holds that can matter, ignore files honoured. Grown by walking, never read by anyone outside this room. */
export interface Tree {
  readonly files: Map<string, FoundFile>;
  readonly links: Map<string, string>;
  readonly rules: Map<string, ReturnType<typeof parseIgnoreFile>>;
  /** Folders that have a `node_modules`. */
  readonly installed: Set<string>;
  /** Folders that could not be listed. */
  readonly unreadable: Set<string>;
}

export interface FoundFile {
  readonly size: number;
  readonly modified: number;
}

export function emptyTree(): Tree {
  return { files: new Map(), links: new Map(), rules: new Map(), installed: new Set(), unreadable: new Set() };
}

export function copyTree({ files, links, rules, installed, unreadable }: Tree): Tree {
  return {
    files: new Map(files),
    links: new Map(links),
    rules: new Map(rules),
    installed: new Set(installed),
    unreadable: new Set(unreadable),
  };
}

/** Takes out of the tree a path and all that lies beneath it. */
export function prune(tree: Tree, path: string): void {
  for (const part of [tree.files, tree.links, tree.rules, tree.installed, tree.unreadable]) {
    for (const key of part.keys()) if (isWithin(path, key)) part.delete(key);
  }
}

/** Whether a path can matter at all, were it a file. */
export function isOfInterest(path: string): boolean {
  return fileKind(path) !== undefined || isControlFile(path);
}

/** Adds to the tree what a folder holds. The caller has seen to it that the folder itself is wanted. */
export async function walk(host: WorkspaceHost, tree: Tree, start: string): Promise<void> {
  for (let level: readonly string[] = [start]; level.length > 0;) {
    const next: string[] = [];
    for (let at = 0; at < level.length; at += AT_ONCE) {
      const visits = level.slice(at, at + AT_ONCE).map((folder) => visit(host, tree, folder));
      next.push(...(await Promise.all(visits)).flat());
    }
    level = next;
  }
}

const AT_ONCE = 32;

/** Lists one folder; returns the folders in it that are to be visited. */
async function visit(host: WorkspaceHost, tree: Tree, folder: string): Promise<readonly string[]> {
  const entries = await listed(host, tree, folder);
  if (mayBeOutput(folderOf(folder), nameOf(folder)) && !isHandWritten(entries.map((entry) => entry.name))) return [];
  await readRules(host, tree, folder, entries);
  const folders: string[] = [];
  for (const { name, kind } of entries) {
    const path = within(folder, name);
    if (kind === "folder") {
      if (name === "node_modules") tree.installed.add(folder);
      if (isWantedFolder(tree.rules, folder, name)) folders.push(path);
    } else if (kind === "link") {
      if (name === "node_modules") tree.installed.add(folder);
      await addLink(host, tree, path);
    } else if (isWantedFile(tree.rules, path)) {
      await addFile(host, tree, path);
    }
  }
  return folders;
}

export function isWantedFolder(rules: IgnoreRules, parent: string, name: string): boolean {
  return !isSkippedFolder(parent, name) && !isIgnored(rules, within(parent, name), "folder");
}

/** A `.env` is kept out of git for its secrets, and says like nothing else which addresses a service is given. */
export function isWantedFile(rules: IgnoreRules, path: string): boolean {
  return fileKind(path) === "env" || (isOfInterest(path) && !isIgnored(rules, path, "file"));
}

export async function addFile(host: WorkspaceHost, tree: Tree, path: string): Promise<void> {
  const stat = await quietly(host.stat(path));
  if (stat?.kind !== "file") return;
  if (fileKind(path) === "json" && stat.size > LARGEST_JSON) return;
  tree.files.set(path, { size: stat.size, modified: stat.modified });
}

export async function addLink(host: WorkspaceHost, tree: Tree, path: string): Promise<void> {
  const target =
    isSkippedFolder("", nameOf(path)) || isIgnored(tree.rules, path, "file")
      ? undefined
      : await quietly(host.followLink(path));
  // A link to a folder above itself would make paths without end.
  if (target !== undefined && target !== "" && !foldersUp(path).includes(target)) tree.links.set(path, target);
}

/** A promise's value, or nothing where the thing vanished or must not be read. */
export async function quietly<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch {
    return undefined;
  }
}

async function listed(host: WorkspaceHost, tree: Tree, folder: string): Promise<readonly FolderEntry[]> {
  try {
    return await host.list(folder);
  } catch {
    const stat = await quietly(host.stat(folder));
    if (stat?.kind === "folder") tree.unreadable.add(folder);
    return [];
  }
}

async function readRules(
  host: WorkspaceHost,
  tree: Tree,
  folder: string,
  entries: readonly FolderEntry[],
): Promise<void> {
  const texts: string[] = [];
  // git reads a repository's private list first, so that its `.gitignore` has the last word.
  if (entries.some((entry) => entry.name === ".git" && entry.kind === "folder"))
    texts.push(await textAt(host, within(folder, EXCLUDE)));
  if (entries.some((entry) => entry.name === ".gitignore"))
    texts.push(await textAt(host, within(folder, ".gitignore")));
  const text = texts.join("\n");
  if (text.trim() !== "") tree.rules.set(folder, parseIgnoreFile(text));
}

const EXCLUDE = ".git/info/exclude";

async function textAt(host: WorkspaceHost, path: string): Promise<string> {
  const bytes = await quietly(host.read(path));
  return bytes === undefined ? "" : decodeText(bytes);
}
