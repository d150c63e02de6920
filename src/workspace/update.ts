import { assembleWorkspace, keeper, sourceFiles } from "./assemble.ts";
import { mayBeOutput } from "./folders.ts";
import type { WorkspaceHost } from "./host.ts";
import { isProjectFile } from "./kinds.ts";
import { openWorkspace } from "./open.ts";
import { folderOf, foldersUp, insideRoot, isWithin, nameOf } from "./paths.ts";
import { copySnapshot, hasRead, readControlFiles, recall, remember, type Snapshot } from "./snapshot.ts";
import {
  addFile,
  addLink,
  isWantedFile,
  isWantedFolder,
  prune,
  quietly,
  walk,
  type FoundFile,
  type Tree,
} from "./walk.ts";
import type { SourceFile, Workspace } from "./workspace.ts";

/**
 * The workspace after files or folders were created, changed or deleted: which of these it was, the host says. Only
 * what the changes touch is read again, and the result equals a fresh `openWorkspace` (law 1). Paths may be absolute.
 */
export async function updateWorkspace(
  workspace: Workspace,
  changes: readonly string[],
  host: WorkspaceHost,
): Promise<Workspace> {
  const before = recall(workspace);
  if (before === undefined) return openWorkspace(host);
  const paths = [...new Set(changes.flatMap((change) => insideRoot(host.root, change) ?? []))];
  const snapshot = copySnapshot(before);
  const walked = await lookAgain(host, snapshot.tree, paths);
  if (walked.length > 0 || paths.some((path) => hasRead(before, path))) {
    forget(snapshot, before.tree, paths, walked);
    await readControlFiles(host, snapshot);
    return remember(assembleWorkspace(host.root, snapshot), snapshot);
  }
  return remember({ ...workspace, files: filesAfter(workspace, before.tree, snapshot, paths) }, snapshot);
}

/** Brings the tree up to date; returns the folders that had to be walked, for there anything may have changed. */
async function lookAgain(host: WorkspaceHost, tree: Tree, paths: readonly string[]): Promise<readonly string[]> {
  const folders = knownFolders(tree);
  const stale = paths.flatMap((path) => staleFolder(path) ?? []);
  const walked = stale.filter(
    (folder, at) => stale.indexOf(folder) === at && !stale.some((other) => other !== folder && isWithin(other, folder)),
  );
  for (const folder of walked) await walkAgain(host, tree, folder);
  for (const path of paths) {
    if (isInstalled(path) || walked.some((folder) => isWithin(folder, path))) continue;
    const stat = await quietly(host.stat(path));
    if (stat?.kind === "folder" || folders.has(path)) walked.push(path);
    if (stat?.kind === "folder") await walkAgain(host, tree, path);
    else await replace(host, tree, path, { kind: stat?.kind, wasFolder: folders.has(path) });
  }
  return walked;
}

/** The folder in which everything is in doubt when a path changes; `undefined` for an ordinary file. */
function staleFolder(path: string): string | undefined {
  const installed = /^(?:(.*)\/)?node_modules(?:\/(?:@[^/]+\/)?[^/]+(?:\/package\.json)?)?$/.exec(path);
  if (installed !== null) return installed[1] ?? "";
  if (isInstalled(path)) return undefined;
  if (nameOf(path) === ".gitignore") return folderOf(path);
  const excluded = /^(?:(.*)\/)?\.git(?:\/info(?:\/exclude)?)?$/.exec(path);
  if (excluded !== null) return excluded[1] ?? "";
  // A single file may turn output into source, and back.
  return [...foldersUp(path)]
    .reverse()
    .find((folder) => folder !== "" && mayBeOutput(folderOf(folder), nameOf(folder)));
}

function isInstalled(path: string): boolean {
  return /(?:^|\/)node_modules(?:\/|$)/.test(path);
}

async function walkAgain(host: WorkspaceHost, tree: Tree, folder: string): Promise<void> {
  prune(tree, folder);
  if (folder === "" || (await isReached(host, tree, folder))) await walk(host, tree, folder);
}

async function replace(
  host: WorkspaceHost,
  tree: Tree,
  path: string,
  now: { readonly kind: "file" | "link" | undefined; readonly wasFolder: boolean },
): Promise<void> {
  if (now.wasFolder) prune(tree, path);
  tree.files.delete(path);
  tree.links.delete(path);
  if (now.kind === undefined) return;
  const parent = folderOf(path);
  if (parent !== "" && !(await isReached(host, tree, parent))) return;
  if (now.kind === "link") await addLink(host, tree, path);
  else if (isWantedFile(tree.rules, path)) await addFile(host, tree, path);
}

/** Whether a walk from the root would come by a folder: each step is a real folder, neither skipped nor ignored. */
async function isReached(host: WorkspaceHost, tree: Tree, folder: string): Promise<boolean> {
  for (const step of [...foldersUp(folder)].reverse().slice(1)) {
    if (!isWantedFolder(tree.rules, folderOf(step), nameOf(step))) return false;
    if ((await quietly(host.stat(step)))?.kind !== "folder") return false;
  }
  return true;
}

function knownFolders(tree: Tree): ReadonlySet<string> {
  const folders = new Set<string>([...tree.rules.keys(), ...tree.installed, ...tree.unreadable]);
  for (const path of [...tree.files.keys(), ...tree.links.keys(), ...folders]) {
    for (let folder = folderOf(path); folder !== "" && !folders.has(folder); folder = folderOf(folder))
      folders.add(folder);
  }
  return folders;
}

/** Drops what was read of files that changed, so that it is read again. */
function forget(snapshot: Snapshot, before: Tree, paths: readonly string[], walked: readonly string[]): void {
  const changed = new Set(paths);
  const isStale = (path: string): boolean =>
    changed.has(path) ||
    !isSame(before.files.get(path), snapshot.tree.files.get(path)) ||
    !snapshot.tree.files.has(path);
  for (const part of [snapshot.texts, snapshot.manifests, snapshot.locks]) {
    for (const path of part.keys()) if (isStale(path)) part.delete(path);
  }
  // A base of any other name is read only because someone names it, which may be over.
  for (const path of snapshot.projects.keys())
    if (isStale(path) || !isProjectFile(nameOf(path))) snapshot.projects.delete(path);
  for (const path of snapshot.found.keys())
    if (walked.some((folder) => isWithin(folder, path))) snapshot.found.delete(path);
}

function isSame(a: FoundFile | undefined, b: FoundFile | undefined): boolean {
  return a?.size === b?.size && a?.modified === b?.modified;
}

/** The listing after changes of ordinary files: entries that did not change keep their identity. */
function filesAfter(
  workspace: Workspace,
  before: Tree,
  snapshot: Snapshot,
  paths: readonly string[],
): readonly SourceFile[] {
  const after = snapshot.tree.files;
  if (paths.some((path) => before.files.has(path) !== after.has(path))) {
    const known = new Map(workspace.files.map((file) => [file.path, file]));
    return sourceFiles(snapshot, keeper(workspace.configuration.exclude)).map((file) =>
      sameOr(known.get(file.path), file),
    );
  }
  const changed = new Set(paths);
  return workspace.files.map((file) =>
    changed.has(file.path) ? sameOr(file, { ...file, ...after.get(file.path) }) : file,
  );
}

function sameOr(known: SourceFile | undefined, file: SourceFile): SourceFile {
  return known !== undefined && isSame(known, file) && known.scope === file.scope && known.page === file.page ? known : file;
}
