/** The composition root of the language server: wires the connection to documents, roots and requests. */
import {
  TextDocuments,
  TextDocumentSyncKind,
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { checkMethod, readOptions, statusMethod } from "../protocol/editor.ts";
import { clientFeatures } from "./client-features.ts";
import { codeActions } from "./code-actions.ts";
import { watchDocuments } from "./documents.ts";
import { fixAllKind } from "./fix-all.ts";
import { hover } from "./hover.ts";
import { serveMap } from "./map.ts";
import { FirstScan } from "./progress.ts";
import { resolveCodeAction } from "./resolve-code-action.ts";
import type { SessionFactory } from "./root.ts";
import { Roots } from "./roots.ts";
import { settingsReader } from "./settings.ts";
import { StatusSender, statusOf } from "./status.ts";
import { watchFiles } from "./watched-files.ts";

export type { SessionFactory } from "./root.ts";

export interface ServerOptions {
  readonly createSession: SessionFactory;
  readonly version: string;
  /** Address of the rules' pages for clients that name none of their own. */
  readonly rulePages?: string;
}

/** Serves one client until it hangs up. */
export function serve(connection: Connection, options: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  let params: InitializeParams | undefined;

  connection.onInitialize((initialize): InitializeResult => {
    params = initialize;
    return {
      serverInfo: { name: "faultline", version: options.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: true },
        hoverProvider: true,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (params !== undefined) void start(connection, documents, params, options);
  });

  documents.listen(connection);
  connection.listen();
}

async function start(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  params: InitializeParams,
  server: ServerOptions,
): Promise<void> {
  const features = clientFeatures(params);
  const editor = readOptions(params.initializationOptions);
  const pages = editor.rulePages ?? server.rulePages;
  const firstScan = new FirstScan(connection, features);
  const roots = new Roots({
    features,
    createSession: server.createSession,
    readSettings: settingsReader(connection, features, editor),
    rulePage: (rule) =>
      pages === undefined ? undefined : pages.includes("{rule}") ? pages.replace("{rule}", rule) : `${pages}/${rule}`,
    documents,
    send: (diagnostics) => void connection.sendDiagnostics(diagnostics),
    log: (line) => connection.console.info(line),
    changed: () => {
      firstScan.show(roots);
      status.send();
      map.changed();
    },
  });
  const map = serveMap(connection, roots);

  const status = new StatusSender(
    () => statusOf(roots),
    (now) => void connection.sendNotification(statusMethod, now),
  );
  const refuse = (message: string): void =>
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  const request = { roots, features, editor, documents };
  connection.onCodeAction((asked, token) => codeActions(asked, request, token));
  connection.onCodeActionResolve((action) => resolveCodeAction(action, request, refuse));
  connection.onHover((asked, token) => hover(asked, request, token));
  connection.onNotification(checkMethod, () => roots.check());
  connection.onDidChangeConfiguration(() => void roots.readSettingsAgain());
  connection.onShutdown(() => roots.dispose());
  watchDocuments(documents, roots);
  watchFiles(connection, features, roots);

  const folders = params.workspaceFolders ?? (params.rootUri === null ? [] : [{ uri: params.rootUri, name: "" }]);
  if (params.capabilities.workspace?.workspaceFolders === true) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const { uri } of removed) void roots.remove(uri);
      for (const { uri } of added) void roots.add(uri);
    });
  }
  await Promise.all(folders.map(({ uri }) => roots.add(uri)));
}
