/** Paths inside, URIs outside. A path is relative to its root, with `/`. */
import { fileURLToPath, pathToFileURL } from "node:url";

/** A workspace folder as the client named it. */
export interface Folder {
  readonly uri: string;
  /** Absolute, with `/`, without a slash at its end. */
  readonly path: string;
}

/** A folder out of its URI; undefined where it is not on a disk that this process sees. */
export function folderOf(uri: string): Folder | undefined {
  const path = pathOf(uri);
  return path === undefined ? undefined : { uri, path };
}

/** Absolute path of a `file:` URI, with `/`. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return tidy(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

/** An absolute path with `/`, an upper-case drive letter and no slash at its end. */
export function tidy(path: string): string {
  const slashed = path.replaceAll("\\", "/").replace(/^[a-z]:/, (drive) => drive.toUpperCase());
  return slashed.length > 1 ? slashed.replace(/\/+$/, "") : slashed;
}

/** Path below the folder; undefined for what stands outside. */
export function relativeTo(folder: Folder, absolute: string): string | undefined {
  if (absolute === folder.path) return "";
  const prefix = folder.path === "/" ? "/" : `${folder.path}/`;
  return absolute.startsWith(prefix) ? absolute.slice(prefix.length) : undefined;
}

/** URI of a path of the folder. */
export function uriOf(folder: Folder, path: string): string {
  return pathToFileURL(path === "" ? folder.path : `${folder.path}/${path}`).href;
}
