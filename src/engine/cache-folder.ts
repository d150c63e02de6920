import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** All that is kept takes no more than this; what was used longest ago goes first. */
const MOST_BYTES = 500_000_000;

/**
 * A file that changed this shortly before it was read may change again without its time showing it, so its time proves
 * nothing (git calls such entries racily clean). Two seconds is the coarsest clock of a file system in use.
 */
export const RACY = 2000;

/** Writes a file whole or not at all: somebody who reads it meanwhile sees the one before. */
export async function replaceFile(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = await open(draft, "wx");
    try {
      const { bytesWritten } = await file.writev([...pieces]);
      if (bytesWritten !== pieces.reduce((sum, { length }) => sum + length, 0)) throw new Error("the disk is full");
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Drops what was kept of workspaces that were not looked at for long, and what broken runs left behind. */
export async function shrinkFolder(folder: string, current: string): Promise<void> {
  const files = await Promise.all((await readdir(folder)).map((name) => statOf(join(folder, name))));
  const kept = files.flatMap((file) => (file !== undefined && /\.(?:pack|verdict|tmp)$/.test(file.path) && file.path !== current ? [file] : []));
  kept.sort((a, b) => b.modified - a.modified);
  let bytes = (await statOf(current))?.size ?? 0;
  for (const { path, size } of kept) {
    bytes += size;
    if (bytes > MOST_BYTES) await rm(path, { force: true });
  }
}

async function statOf(path: string): Promise<{ readonly path: string; readonly size: number; readonly modified: number } | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, size, modified: mtimeMs };
  } catch {
    return undefined;
  }
}
