/** What changes on disk without the editor: branches switched, files generated, folders moved. */
import { readdirSync, statSync } from "node:fs";
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  WatchKind,
  type FileEvent,
} from "vscode-languageserver/node";
import type { Change } from "../engine/analysis.ts";
import type { ClientFeatures } from "./client-features.ts";
import type { Root } from "./root.ts";
import type { Located, Roots } from "./roots.ts";

/** Asks the client to tell of changed files, and takes them in. */
export function watchFiles(connection: Connection, features: ClientFeatures, roots: Roots): void {
  if (features.watchedFiles) {
    void connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        { globPattern: `**/*.{${watchedEndings.join(",")}}`, kind: WatchKind.Change },
        { globPattern: "**/{Dockerfile*,Containerfile*,.env*,.gitignore,.faultlineignore}", kind: WatchKind.Change },
        // A folder that goes or comes is one event, with no word about the files in it.
        { globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
      ],
    });
  }
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const byRoot = new Map<Root, Change[]>();
    for (const event of changes) {
      for (const located of roots.holders(event.uri)) {
        const list = byRoot.get(located.root) ?? [];
        list.push(...changesOf(event, located));
        byRoot.set(located.root, list);
      }
    }
    for (const [root, list] of byRoot) {
      const unsaved = new Set(roots.openPaths(root));
      // The editor tells of open files itself, and what it holds wins.
      const told = list.filter(({ path }) => !unsaved.has(path));
      if (root.settings.run === "manual") root.hold(told);
      else root.change(told);
    }
  });
}

const watchedEndings = [
  "ts",
  "tsx",
  "mts",
  "cts",
  "js",
  "jsx",
  "mjs",
  "cjs",
  "json",
  "jsonc",
  "yaml",
  "yml",
  "prisma",
  "env",
  "conf",
  "template",
  "dsl",
  "c4",
  "likec4",
];

function changesOf(event: FileEvent, { root, path }: Located): readonly Change[] {
  if (isIgnored(path)) return [];
  if (event.type === FileChangeType.Deleted) return [path, ...filesBelow(root, path)].map(toChange);
  if (event.type === FileChangeType.Created && isFolder(`${root.folder.path}/${path}`))
    return filesInFolder(root.folder.path, path).map(toChange);
  return [toChange(path)];

  function toChange(changed: string): Change {
    return { path: changed };
  }
}

function isIgnored(path: string): boolean {
  return /(?:^|\/)(?:node_modules|\.git)(?:\/|$)/.test(path);
}

/** Files that the analysis knows below a path that is gone: it was a folder if there are any. */
function filesBelow(root: Root, path: string): readonly string[] {
  const files = root.analysis?.knowledge.workspace.files ?? [];
  return files.filter((file) => file.path.startsWith(`${path}/`)).map((file) => file.path);
}

function isFolder(absolute: string): boolean {
  return statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true;
}

function filesInFolder(base: string, folder: string): readonly string[] {
  try {
    return readdirSync(`${base}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (isIgnored(path)) return [];
      if (entry.isDirectory()) return filesInFolder(base, path);
      return entry.isFile() ? [path] : [];
    });
  } catch {
    // Gone again, or not ours to read: whatever is there is told of when it changes.
    return [];
  }
}
