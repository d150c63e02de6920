import type { EntryStat, FolderEntry, WorkspaceHost } from "../../src/workspace/index.ts";

/** A disk in memory. Its files may be set and deleted between looks; folders are there as long as they hold something. */
export interface MemoryHost extends WorkspaceHost {
  set(path: string, content: string | Uint8Array): void;
  /** A file, or a folder with all that it holds. */
  delete(path: string): void;
  paths(): readonly string[];
}

export function memoryHost(initial: Readonly<Record<string, string | Uint8Array>>, root = "/memory"): MemoryHost {
  const files = new Map<string, { readonly bytes: Uint8Array; readonly modified: number }>();
  let clock = 0;
  const host: MemoryHost = {
    root,
    async list(folder) {
      const entries = new Map<string, FolderEntry>();
      const prefix = folder === "" ? "" : `${folder}/`;
      for (const path of files.keys()) {
        if (!path.startsWith(prefix)) continue;
        const [name = "", ...rest] = path.slice(prefix.length).split("/");
        entries.set(name, { name, kind: rest.length > 0 ? "folder" : "file" });
      }
      if (entries.size === 0 && folder !== "") throw new Error(`There is no folder ${folder}`);
      return [...entries.values()];
    },
    async read(path) {
      const file = files.get(path);
      if (file === undefined) throw new Error(`There is no file ${path}`);
      return file.bytes;
    },
    async stat(path): Promise<EntryStat | undefined> {
      const file = files.get(path);
      if (file !== undefined) return { kind: "file", size: file.bytes.length, modified: file.modified };
      return [...files.keys()].some((other) => other.startsWith(`${path}/`))
        ? { kind: "folder", size: 0, modified: 0 }
        : undefined;
    },
    async followLink() {
      return undefined;
    },
    set(path, content) {
      host.delete(path);
      clock += 1;
      files.set(path, {
        bytes: typeof content === "string" ? new TextEncoder().encode(content) : content,
        modified: clock,
      });
    },
    delete(path) {
      for (const other of files.keys()) if (other === path || other.startsWith(`${path}/`)) files.delete(other);
    },
    paths: () => [...files.keys()],
  };
  for (const [path, content] of Object.entries(initial)) host.set(path, content);
  return host;
}
