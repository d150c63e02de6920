/**
 * What is on disk: files, packages, ignore rules, configuration. This room interprets no code and no manifest of a
 * deployment; it does not know what a service is.
 */
export type { EntryKind, EntryStat, FolderEntry, WorkspaceHost } from "./host.ts";
export { nodeHost } from "./node-host.ts";
export { openWorkspace } from "./open.ts";
export { updateWorkspace } from "./update.ts";
export type { ConfigurationOverrides } from "./configuration.ts";
export { fileKind } from "./kinds.ts";
export { fileScope } from "./scope.ts";
export { governingMapping, packageOf } from "./lookup.ts";
export { SERVER_LIBRARIES } from "./libraries.data.ts";
export { createResolver, resolveModule, type Resolved, type Resolver } from "./resolver.ts";
export { builtinName } from "./builtins.ts";
export { folderOf, joined } from "./paths.ts";
export { decodeText } from "./text.ts";
export type {
  Configuration,
  FileKind,
  FileScope,
  Package,
  PathMapping,
  Severity,
  SourceFile,
  Workspace,
  WorkspaceProblem,
} from "./workspace.ts";
