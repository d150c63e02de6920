/** Clients that Prisma generates into the workspace: what is imported from there is Prisma's own package, whether or not it has been generated. */
import type { FileSummary } from "../../syntax/summary.ts";
import { folderOf, joined, type Resolver } from "../../workspace/index.ts";

const CLIENT = "@prisma/client";

/** Folders that the schemas say a client goes to. */
export function outputsOf(summaries: ReadonlyMap<string, FileSummary>): readonly string[] {
  const folders = [...summaries.values()].flatMap((summary) => {
    if (summary.kind !== "prisma") return [];
    return summary.generators.flatMap(({ provider, output }) => (output !== undefined && /^prisma-client(?:-js)?$/.test(provider) ? (joined(folderOf(summary.path), output) ?? []) : []));
  });
  return [...new Set(folders.filter((folder) => folder !== "" && !folder.includes("node_modules")))].sort();
}

export function withGeneratedClients(resolve: Resolver, outputs: readonly string[]): Resolver {
  if (outputs.length === 0) return resolve;
  return (from, specifier) => {
    const resolved = resolve(from, specifier);
    if (resolved.is !== "file" && resolved.is !== "missing") return resolved;
    const path = resolved.is === "file" ? resolved.path : specifier.startsWith(".") ? joined(folderOf(from), specifier) : undefined;
    const isThere = outputs.some((folder) => (path === undefined ? endsLike(specifier, folder) : path === folder || path.startsWith(`${folder}/`)));
    return isThere ? { is: "package", name: CLIENT, subpath: "" } : resolved;
  };
}

/** `@/generated/prisma/client` for `src/generated/prisma`, where an alias leads to nothing that is there yet. */
function endsLike(specifier: string, folder: string): boolean {
  const tail = folder.split("/").slice(-2).join("/");
  return tail.includes("/") && (specifier.endsWith(`/${tail}`) || specifier.includes(`/${tail}/`));
}
