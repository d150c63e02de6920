import { lstatSync, readdirSync, type Stats, type Dirent } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { EntryKind, EntryStat, FolderEntry, WorkspaceHost } from "./host.ts";
import { slashed } from "./paths.ts";

/** The disk. The one file of this room that knows Node. */
export function nodeHost(root: string): WorkspaceHost {
  const absolute = slashed(resolve(root));
  const place = (path: string): string =>
    path === "" ? absolute : absolute.endsWith("/") ? absolute + path : `${absolute}/${path}`;
  let realRoot: Promise<string> | undefined;

  return {
    root: absolute,
    // One folder at a time and synchronously: a promise per entry costs several times what the system call does, and
    // a single folder is never long enough to be felt.
    async list(folder) {
      return readdirSync(place(folder), { withFileTypes: true }).flatMap(toEntry);
    },
    read: (path) => readFile(place(path)),
    async stat(path) {
      const stats = lstatSync(place(path), { throwIfNoEntry: false });
      return stats === undefined ? undefined : toStat(stats);
    },
    async followLink(path) {
      realRoot ??= realpath(absolute).then(slashed);
      const inside = `${(await realRoot).replace(/\/$/, "")}/`;
      try {
        const target = slashed(await realpath(place(path)));
        return target.startsWith(inside) ? target.slice(inside.length) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

function toEntry(entry: Dirent): readonly FolderEntry[] {
  const kind = kindOf(entry);
  return kind === undefined ? [] : [{ name: entry.name, kind }];
}

function toStat(stats: Stats): EntryStat | undefined {
  const kind = kindOf(stats);
  return kind === undefined ? undefined : { kind, size: stats.size, modified: stats.mtimeMs };
}

/** Sockets, pipes and devices are nothing to us: opening one could wait for ever. */
function kindOf(entry: Dirent | Stats): EntryKind | undefined {
  if (entry.isSymbolicLink()) return "link";
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : undefined;
}
