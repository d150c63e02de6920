/** Paths relative to the workspace root; the root itself is `""`. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Joins and normalises; what climbs out of the root ends at the root. */
export function joinPath(folder: string, relative: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${relative}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

/** Whether `path` is `folder` or lies beneath it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** How many leading folders two paths share. */
export function sharedDepth(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  let depth = 0;
  while (depth < left.length && depth < right.length && left[depth] !== "" && left[depth] === right[depth]) depth++;
  return depth;
}

/** How a name is compared: case, separators and the words that people add or leave out play no part. */
export function nameKey(name: string): string {
  const flat = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  const bare = flat.replace(/(?:microservice|service|svc|srv|server|depl|deployment|container|app)$/, "").replace(/^(?:microservice|service|svc)(?=[a-z])/, "");
  return bare === "" ? flat : bare;
}
