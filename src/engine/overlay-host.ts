import type { EntryStat, FolderEntry, WorkspaceHost } from "../workspace/index.ts";

/** The world as the engine needs it: what `workspace/` asks for, and a look at a file that does not wait. */
export interface EngineHost extends WorkspaceHost {
  /** Throws where the file cannot be read. */
  readNow(path: string): Uint8Array;
}

/** The same world with unsaved texts laid over it: they win over the disk (law 2). */
export function overlaidHost(host: EngineHost, overlays: ReadonlyMap<string, string>): EngineHost {
  return {
    root: host.root,
    list: async (folder) => [...(await listOrNothing(host, folder)), ...(await missingEntries(folder))],
    read: async (path) => bytesOf(path) ?? host.read(path),
    readNow: (path) => bytesOf(path) ?? host.readNow(path),
    stat: async (path) => overlaidStat(path, await host.stat(path)),
    followLink: (path) => host.followLink(path),
  };

  function bytesOf(path: string): Uint8Array | undefined {
    const text = overlays.get(path);
    return text === undefined ? undefined : Buffer.from(text, "utf8");
  }

  function overlaidStat(path: string, stat: EntryStat | undefined): EntryStat | undefined {
    const text = overlays.get(path);
    if (text !== undefined) return { kind: "file", size: Buffer.byteLength(text, "utf8"), modified: stat?.modified ?? 0 };
    return stat ?? (isOverlaidFolder(path) ? { kind: "folder", size: 0, modified: 0 } : undefined);
  }

  function isOverlaidFolder(path: string): boolean {
    return [...overlays.keys()].some((overlay) => overlay.startsWith(`${path}/`));
  }

  /** Files that were never saved, and the folders that only they would be in. */
  async function missingEntries(folder: string): Promise<readonly FolderEntry[]> {
    const prefix = folder === "" ? "" : `${folder}/`;
    const inside = [...overlays.keys()].filter((path) => path.startsWith(prefix));
    if (inside.length === 0) return [];
    const there = new Set((await listOrNothing(host, folder)).map((entry) => entry.name));
    const entries = new Map<string, FolderEntry>();
    for (const path of inside) {
      const [name = "", ...rest] = path.slice(prefix.length).split("/");
      if (!there.has(name)) entries.set(name, { name, kind: rest.length > 0 ? "folder" : "file" });
    }
    return [...entries.values()];
  }
}

/** A folder that only unsaved files are in is not on the disk. */
async function listOrNothing(host: EngineHost, folder: string): Promise<readonly FolderEntry[]> {
  if ((await host.stat(folder))?.kind === "folder" || folder === "") return host.list(folder);
  return [];
}
