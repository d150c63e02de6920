import { CONFIGURATION_FILES, type ConfigurationOverrides } from "./configuration.ts";
import type { WorkspaceHost } from "./host.ts";
import { readJson, isObject, textOf } from "./json.ts";
import { isControlFile, isLockFile, isProjectFile } from "./kinds.ts";
import { readLock, type Lock } from "./locks.ts";
import { readManifest, type ReadManifest } from "./manifest.ts";
import { compareText, foldersUp, isWithin, nameOf, within } from "./paths.ts";
import { decodeText } from "./text.ts";
import { baseCandidates, readProjectFile, type ProjectFile } from "./tsconfig.ts";
import { copyTree, emptyTree, quietly, type Tree } from "./walk.ts";
import type { Package, Workspace } from "./workspace.ts";

/** Everything that was read of the disk to make one workspace: what an update starts from. */
export interface Snapshot {
  readonly tree: Tree;
  readonly overrides: ConfigurationOverrides;
  /** Text of the configuration files and member lists; `undefined` for one that could not be read. */
  readonly texts: Map<string, string | undefined>;
  readonly manifests: Map<string, ReadManifest>;
  readonly projects: Map<string, ProjectFile | undefined>;
  readonly locks: Map<string, Lock>;
  /** Versions found in `node_modules`, by path of the manifest there. */
  readonly found: Map<string, string | undefined>;
}

export function emptySnapshot(overrides: ConfigurationOverrides): Snapshot {
  return {
    tree: emptyTree(),
    overrides,
    texts: new Map(),
    manifests: new Map(),
    projects: new Map(),
    locks: new Map(),
    found: new Map(),
  };
}

export function copySnapshot({ tree, overrides, texts, manifests, projects, locks, found }: Snapshot): Snapshot {
  return {
    tree: copyTree(tree),
    overrides,
    texts: new Map(texts),
    manifests: new Map(manifests),
    projects: new Map(projects),
    locks: new Map(locks),
    found: new Map(found),
  };
}

/** What each workspace was made of. Kept beside the value, so that the value stays plain data. */
const snapshots = new WeakMap<Workspace, Snapshot>();

export function remember(workspace: Workspace, snapshot: Snapshot): Workspace {
  snapshots.set(workspace, snapshot);
  return workspace;
}

export function recall(workspace: Workspace): Snapshot | undefined {
  return snapshots.get(workspace);
}

/** Whether the snapshot read a file, or one in a folder, for what it says, so that a change of it must be read again. */
export function hasRead(snapshot: Snapshot, path: string): boolean {
  return isControlFile(path) || [...snapshot.projects.keys()].some((project) => isWithin(path, project));
}

/** Reads what is not yet read of the files that shape a workspace. */
export async function readControlFiles(host: WorkspaceHost, snapshot: Snapshot): Promise<void> {
  const paths = [...snapshot.tree.files.keys()].filter(isControlFile).sort(compareText);
  await Promise.all(paths.map((path) => readControlFile(host, snapshot, path)));
  await readBases(host, snapshot);
  await readInstalled(host, snapshot);
}

async function readControlFile(host: WorkspaceHost, snapshot: Snapshot, path: string): Promise<void> {
  const name = nameOf(path);
  if (isProjectFile(name)) {
    if (!snapshot.projects.has(path)) snapshot.projects.set(path, await projectAt(host, path));
  } else if (isLockFile(path)) {
    if (snapshot.locks.has(path)) return;
    const text = await textAt(host, path);
    if (text !== undefined) snapshot.locks.set(path, readLock(path, text));
  } else if (!snapshot.texts.has(path)) {
    const text = await textAt(host, path);
    // Of manifests only the root's text is kept: it may carry the configuration.
    if (name !== "package.json" || (CONFIGURATION_FILES as readonly string[]).includes(path))
      snapshot.texts.set(path, text);
    if (name === "package.json" && text !== undefined && !snapshot.manifests.has(path))
      snapshot.manifests.set(path, readManifest(path, text));
  }
}

/** A base may have any name and lie anywhere, so it is looked for where it is named. */
async function readBases(host: WorkspaceHost, snapshot: Snapshot): Promise<void> {
  const packageDirs = packageDirsOf(snapshot);
  const waiting = [...snapshot.projects.values()];
  while (waiting.length > 0) {
    const project = waiting.pop();
    for (const path of project?.bases.flatMap((base) => baseCandidates(project.path, base.specifier, packageDirs)) ??
      []) {
      if (snapshot.projects.has(path)) continue;
      const base = await projectAt(host, path);
      snapshot.projects.set(path, base);
      waiting.push(base);
    }
  }
}

/** Packages by name, for bases that are named by package. Of two by one name the first, so that order plays no part. */
export function packageDirsOf(snapshot: Snapshot): ReadonlyMap<string, string> {
  const manifests = [...snapshot.manifests.values()]
    .flatMap((read) => read.manifest ?? [])
    .sort((a, b) => compareText(b.dir, a.dir));
  return new Map(manifests.map((manifest) => [manifest.name, manifest.dir]));
}

/** Versions that no lock file tells are looked up where they are installed. */
async function readInstalled(host: WorkspaceHost, snapshot: Snapshot): Promise<void> {
  const wanted = new Set<string>();
  for (const { manifest } of snapshot.manifests.values()) {
    if (manifest === undefined) continue;
    const ranges = rangesOf(manifest);
    const folders = foldersUp(manifest.dir).filter((folder) => snapshot.tree.installed.has(folder));
    if (folders.length === 0) continue;
    for (const [name, range] of Object.entries(ranges)) {
      if (lockedVersion(snapshot, manifest.dir, name, range) !== undefined) continue;
      for (const folder of folders) wanted.add(installedAt(folder, name));
    }
  }
  const missing = [...wanted].filter((path) => !snapshot.found.has(path));
  for (let at = 0; at < missing.length; at += AT_ONCE) {
    await Promise.all(
      missing.slice(at, at + AT_ONCE).map(async (path) => snapshot.found.set(path, await versionAt(host, path))),
    );
  }
}

/** What a package asks for, and the types of Node.js that came with another package: the compiler takes in all that it finds. */
export function rangesOf({ devDependencies, dependencies }: Pick<Package, "devDependencies" | "dependencies">): Readonly<Record<string, string>> {
  return { "@types/node": "*", ...devDependencies, ...dependencies };
}

const AT_ONCE = 32;

/** The version that is really there, by the lock file or else by what is installed: a finding should not depend on an `npm install`. */
export function installedVersion(snapshot: Snapshot, dir: string, name: string, range: string): string | undefined {
  const locked = lockedVersion(snapshot, dir, name, range);
  if (locked !== undefined) return locked;
  for (const folder of foldersUp(dir)) {
    const version = snapshot.found.get(installedAt(folder, name));
    if (version !== undefined) return version;
  }
  return undefined;
}

function lockedVersion(snapshot: Snapshot, dir: string, name: string, range: string): string | undefined {
  for (const folder of foldersUp(dir)) {
    for (const lockName of LOCKS) {
      const lock = snapshot.locks.get(within(folder, lockName));
      const version = lock?.version(folder === "" ? dir : dir.slice(folder.length + 1), name, range);
      if (version !== undefined) return version;
    }
  }
  return undefined;
}

const LOCKS = ["pnpm-lock.yaml", "yarn.lock", "package-lock.json", "npm-shrinkwrap.json", "bun.lock"];

function installedAt(folder: string, name: string): string {
  return within(folder, `node_modules/${name}/package.json`);
}

async function versionAt(host: WorkspaceHost, path: string): Promise<string | undefined> {
  const text = await textAt(host, path);
  const value = text === undefined ? undefined : readJson(path, text).value;
  return isObject(value) ? textOf(value["version"]) || undefined : undefined;
}

async function projectAt(host: WorkspaceHost, path: string): Promise<ProjectFile | undefined> {
  const text = await textAt(host, path);
  return text === undefined ? undefined : readProjectFile(path, text);
}

async function textAt(host: WorkspaceHost, path: string): Promise<string | undefined> {
  const bytes = await quietly(host.read(path));
  return bytes === undefined ? undefined : decodeText(bytes);
}
