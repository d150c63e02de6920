import type { FileSummary } from "../syntax/summary.ts";
import { createResolver, type Resolver, type SourceFile, type Workspace } from "../workspace/index.ts";
import { isSummarized } from "./summaries.ts";

/** Files whose summary may no longer hold: those that were named, and those that the workspace itself saw change. */
export function staleFiles(before: Workspace, after: Workspace, changed: ReadonlySet<string>): readonly SourceFile[] {
  const known = new Map(before.files.map((file) => [file.path, file]));
  return after.files.filter((file) => isSummarized(file) && (changed.has(file.path) || known.get(file.path) !== file));
}

/** Summaries of the workspace as it is now, in its order; what is stale and has no fresh summary is gone. */
export function currentSummaries(
  workspace: Workspace,
  known: ReadonlyMap<string, FileSummary>,
  { stale, fresh }: { readonly stale: readonly SourceFile[]; readonly fresh: ReadonlyMap<string, FileSummary> },
): ReadonlyMap<string, FileSummary> {
  const outdated = new Set(stale.map(({ path }) => path));
  const summaries = new Map<string, FileSummary>();
  for (const file of workspace.files) {
    const summary = outdated.has(file.path) ? fresh.get(file.path) : known.get(file.path);
    if (summary !== undefined && isSummarized(file)) summaries.set(file.path, summary);
  }
  return summaries;
}

/** A resolver remembers its answers, and they hold for as long as no file comes or goes and no manifest changes. */
export function currentResolver(before: { readonly workspace: Workspace; readonly resolve: Resolver } | undefined, after: Workspace): Resolver {
  return before !== undefined && resolvesAlike(before.workspace, after) ? before.resolve : createResolver(after);
}

function resolvesAlike(a: Workspace, b: Workspace): boolean {
  return (
    a.packages === b.packages &&
    a.pathMappings === b.pathMappings &&
    a.links === b.links &&
    a.files.length === b.files.length &&
    a.files.every((file, at) => file.path === b.files[at]?.path)
  );
}
