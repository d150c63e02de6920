/** All that the manifests of a workspace say, before anything is made of it. */
import type { DockerfileSummary, DocumentSummary, EnvSummary, FileSummary } from "../../syntax/summary.ts";
import type { SourceFile, Workspace } from "../../workspace/workspace.ts";

export type Summaries = ReadonlyMap<string, FileSummary>;

export interface ManifestFiles {
  /** YAML and JSON, sorted by path. */
  readonly documents: readonly DocumentSummary[];
  readonly document: (path: string) => DocumentSummary | undefined;
  readonly dockerfiles: ReadonlyMap<string, DockerfileSummary>;
  readonly environments: ReadonlyMap<string, EnvSummary>;
}

/** Sorts the summaries by what they are; files that only tests or tools use are left out. */
export function manifestFiles(workspace: Workspace, summaries: Summaries): ManifestFiles {
  const documents = new Map<string, DocumentSummary>();
  const dockerfiles = new Map<string, DockerfileSummary>();
  const environments = new Map<string, EnvSummary>();
  for (const file of workspace.files) {
    if (!isManifestScope(file)) continue;
    const summary = summaries.get(file.path);
    if (summary?.kind === "document") documents.set(file.path, summary);
    else if (summary?.kind === "dockerfile") dockerfiles.set(file.path, summary);
    else if (summary?.kind === "env" && !/(?:^|[._-])(?:test|testing|e2e|ci)(?:[._-]|$)/.test(file.path.slice(file.path.lastIndexOf("/") + 1))) environments.set(file.path, summary);
  }
  return { documents: [...documents.values()], document: (path) => documents.get(path), dockerfiles, environments };
}

function isManifestScope(file: SourceFile): boolean {
  if (file.scope === "service" || file.scope === "script") return true;
  // `.env` and `.docker/` look like tooling to path conventions.
  return file.kind === "env" && file.scope === "tooling" && !/(?:^|\/)\.(?:github|vscode|devcontainer|gitlab|circleci|idea)\//.test(file.path);
}
