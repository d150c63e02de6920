/** Paths inside a workspace: relative to its root, with `/`, the root itself being `""`. */

/**
 * An absolute path with `/`. Only a path that looks like Windows' has its backslashes turned: elsewhere a backslash is
 * a letter like any other.
 */
export function slashed(absolute: string): string {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(absolute) ? absolute.replaceAll("\\", "/") : absolute;
}

/** A path as someone outside named it (absolute, with backslashes, `./x`), relative to the root; `undefined` where it lies elsewhere. */
export function insideRoot(root: string, path: string): string | undefined {
  const windows = /^(?:[A-Za-z]:|\/\/)/.test(root);
  const plain = windows ? path.replaceAll("\\", "/") : path;
  const prefix = root.endsWith("/") ? root : `${root}/`;
  if (plain === root) return "";
  if (windows && plain.toLowerCase().startsWith(prefix.toLowerCase())) return plain.slice(prefix.length);
  if (plain.startsWith(prefix)) return plain.slice(prefix.length);
  return /^(?:[A-Za-z]:)?\//.test(plain) ? undefined : joined("", plain);
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function within(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

export function isWithin(folder: string, path: string): boolean {
  return folder === "" || path === folder || (path.startsWith(folder) && path[folder.length] === "/");
}

/** The folder itself and every folder above it, nearest first, the root last. */
export function foldersUp(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== "";) folders.push((at = folderOf(at)));
  return folders;
}

/** `relative` as seen from `folder`, with `.` and `..` worked out; `undefined` where it leaves the root. */
export function joined(folder: string, relative: string): string | undefined {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** By code unit, so that the order is the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
