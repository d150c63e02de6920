/** What the client said that it can do, reduced to what matters here. */
import type { InitializeParams } from "vscode-languageserver/node";

export interface ClientFeatures {
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchedFiles: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly lazyEdits: boolean;
  readonly documentChanges: boolean;
  readonly createFiles: boolean;
  readonly annotations: boolean;
  readonly snippetEdits: boolean;
  readonly markdown: boolean;
  readonly progress: boolean;
}

export function clientFeatures({ capabilities }: InitializeParams): ClientFeatures {
  const { workspace, textDocument, window } = capabilities;
  return {
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    codeDescription: textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
    lazyEdits: textDocument?.codeAction?.resolveSupport?.properties.includes("edit") === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createFiles: workspace?.workspaceEdit?.resourceOperations?.includes("create") === true,
    annotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    progress: window?.workDoneProgress === true,
  };
}
