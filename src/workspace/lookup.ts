import { isWithin } from "./paths.ts";
import type { Package, PathMapping, Workspace } from "./workspace.ts";

/** The package that a file belongs to: the nearest package.json at or above it. */
export function packageOf(workspace: Workspace, path: string): Package | undefined {
  return nearest(workspace.packages, path);
}

/** The tsconfig or jsconfig whose `paths` and `baseUrl` hold for a file. */
export function governingMapping(workspace: Workspace, path: string): PathMapping | undefined {
  return nearest(workspace.pathMappings, path);
}

/** Of equals the first, for they are sorted by preference. */
function nearest<T extends { readonly dir: string }>(items: readonly T[], path: string): T | undefined {
  return items.reduce<T | undefined>((best, item) => {
    if (!isWithin(item.dir, path)) return best;
    return best === undefined || item.dir.length > best.dir.length ? item : best;
  }, undefined);
}
