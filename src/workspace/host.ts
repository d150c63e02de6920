/**
 * The world as this room sees it. Paths are relative to the root, with `/`; the root itself is `""`.
 * Every function may reject: what cannot be read costs only itself.
 */
export interface WorkspaceHost {
  /** Absolute path of the root, with `/`. */
  readonly root: string;
  /** What lies directly in a folder, in any order. */
  list(folder: string): Promise<readonly FolderEntry[]>;
  read(path: string): Promise<Uint8Array>;
  /** Of the thing itself, not of what a link points at; `undefined` where there is nothing. */
  stat(path: string): Promise<EntryStat | undefined>;
  /** Where a link leads, relative to the root; `undefined` where it leads nowhere or out of the root. */
  followLink(path: string): Promise<string | undefined>;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: EntryKind;
}

export type EntryKind = "file" | "folder" | "link";

export interface EntryStat {
  readonly kind: EntryKind;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}
