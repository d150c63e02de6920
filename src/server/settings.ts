import { type Connection, DidChangeConfigurationNotification } from "vscode-languageserver/node";
import { readSettings, type EditorOptions, type EditorSettings } from "../protocol/editor.ts";
import type { Folder } from "./addresses.ts";
import type { ClientFeatures } from "./client-features.ts";

const section = "faultline";

/** Asks the client for a folder's settings; a client that cannot be asked gave them with `initialize`. */
export function settingsReader(
  connection: Connection,
  features: ClientFeatures,
  editor: EditorOptions,
): (folder: Folder) => Promise<EditorSettings> {
  if (features.configurationChanges)
    void connection.client.register(DidChangeConfigurationNotification.type, { section });
  if (!features.configuration) return () => Promise.resolve(readSettings(editor.settings ?? {}));
  return async (folder) => {
    const value: unknown = await connection.workspace.getConfiguration({ scopeUri: folder.uri, section });
    return readSettings(value ?? {});
  };
}
