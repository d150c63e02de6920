import { assembleWorkspace } from "./assemble.ts";
import type { ConfigurationOverrides } from "./configuration.ts";
import type { WorkspaceHost } from "./host.ts";
import { emptySnapshot, readControlFiles, remember } from "./snapshot.ts";
import { walk } from "./walk.ts";
import type { Workspace } from "./workspace.ts";

/** Reads a folder: one walk, then the few files that shape it. */
export async function openWorkspace(host: WorkspaceHost, overrides: ConfigurationOverrides = {}): Promise<Workspace> {
  const snapshot = emptySnapshot(overrides);
  await walk(host, snapshot.tree, "");
  await readControlFiles(host, snapshot);
  return remember(assembleWorkspace(host.root, snapshot), snapshot);
}
