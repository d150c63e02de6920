import { encodeSummary, shareFacts } from "../syntax/index.ts";
import type { FileSummary } from "../syntax/summary.ts";
import { createResolver, type Resolver, type SourceFile, type Workspace } from "../workspace/index.ts";
import type { DeclaredText } from "./declared.ts";
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
    const before = known.get(file.path);
    const summary = outdated.has(file.path) ? unlessSame(fresh.get(file.path), before) : before;
    if (summary !== undefined && isSummarized(file)) summaries.set(file.path, summary);
  }
  return summaries;
}

/** The summary that is known, where the fresh one says the same: all that was made of it still holds. */
function unlessSame(fresh: FileSummary | undefined, before: FileSummary | undefined): FileSummary | undefined {
  if (fresh === undefined || before === undefined || fresh.kind !== before.kind) return fresh;
  if (encodeSummary(fresh) === encodeSummary(before)) return before;
  return fresh.kind === "code" && before.kind === "code" ? shareFacts(fresh, before) : fresh;
}

interface Known {
  readonly declared: DeclaredText | undefined;
  readonly workspace: Workspace;
  readonly summaries: ReadonlyMap<string, FileSummary>;
}

/** True where an analysis of one comes out as that of the other: a file was saved as it was, or only what nobody reads changed. */
export function analysesAlike(a: Known, b: Known): boolean {
  return (
    resolvesAlike(a.workspace, b.workspace) &&
    a.declared?.text === b.declared?.text &&
    a.workspace.configuration === b.workspace.configuration &&
    a.workspace.problems === b.workspace.problems &&
    a.workspace.files.every((file, at) => file === b.workspace.files[at] || (file.scope === b.workspace.files[at]?.scope && file.kind === b.workspace.files[at]?.kind && isSummarized(file))) &&
    a.summaries.size === b.summaries.size &&
    [...a.summaries].every(([path, summary]) => b.summaries.get(path) === summary)
  );
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
