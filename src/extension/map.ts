/** The commands of the map, and its way back after a reload. */
import * as vscode from "vscode";
import { exportMapMethod, findOnMapMethod, locateMethod, mapFormats, sceneMethod, type CodeLocation, type MapFormat } from "../protocol/map.ts";
import type { Picture } from "../protocol/scene.ts";
import type { FaultlineClient } from "./client.ts";
import { MapPanel, mapViewType, type MapSource } from "./map-panel.ts";

export function registerMap(context: vscode.ExtensionContext, client: FaultlineClient): vscode.Disposable {
  let open: MapPanel | undefined;
  const source: MapSource = {
    changed: client.onSceneChanged,
    picture: async () => (await client.ask<Picture | null>(sceneMethod)) ?? null,
    open: (id, keepFocus) => openSource(client, id, keepFocus),
    export: (format) => exportMap(client, format),
  };
  const take = (panel: vscode.WebviewPanel): MapPanel => {
    const taken = new MapPanel(context, panel, source);
    open = taken;
    panel.onDidDispose(() => {
      if (open === taken) open = undefined;
    });
    return taken;
  };
  const show = (preserveFocus = false): MapPanel => {
    if (open === undefined) return take(MapPanel.create(context, preserveFocus));
    open.show(preserveFocus);
    return open;
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand("faultline.showMap", () => void show()),
    vscode.commands.registerCommand("faultline.revealInMap", () => revealInMap(client, show)),
    vscode.commands.registerCommand("faultline.exportMap", (format: unknown, to: unknown) =>
      exportMap(client, mapFormats.find((one) => one === format), to instanceof vscode.Uri ? to : undefined),
    ),
    vscode.window.registerWebviewPanelSerializer(mapViewType, {
      deserializeWebviewPanel: async (panel) => void take(panel),
    }),
    { dispose: () => open?.dispose() },
  );
}

async function revealInMap(client: FaultlineClient, show: () => MapPanel): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return void show();
  const { line, character } = editor.selection.active;
  const uri = editor.document.uri.toString();
  const id = await client.ask<string | null>(findOnMapMethod, { uri, position: { line, character } });
  const panel = show();
  if (id !== undefined && id !== null) panel.reveal(id);
}

/** The id comes from the page; what it stands for is looked up by the server, and must lie in the workspace. */
async function openSource(client: FaultlineClient, id: string, preserveFocus: boolean): Promise<void> {
  const location = await client.ask<CodeLocation | null>(locateMethod, { id });
  if (location === undefined || location === null) return;
  const uri = vscode.Uri.parse(location.uri);
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return;
  const stat = await vscode.workspace.fs.stat(uri);
  if (stat.type === vscode.FileType.Directory) return void vscode.commands.executeCommand("revealInExplorer", uri);
  const { start, end } = location.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(uri, { selection, preserveFocus, viewColumn: codeColumn() });
}

/** Beside the map, where code stands already, else to its left. */
function codeColumn(): vscode.ViewColumn {
  const group = vscode.window.tabGroups.all.find(({ activeTab }) => !(activeTab?.input instanceof vscode.TabInputWebview));
  return group?.viewColumn ?? vscode.ViewColumn.Beside;
}

const endings: Readonly<Record<MapFormat, string>> = { svg: "svg", mermaid: "mmd", json: "json" };

async function exportMap(client: FaultlineClient, asked?: MapFormat, to?: vscode.Uri): Promise<void> {
  const format = asked ?? (await askForFormat());
  if (format === undefined) return;
  const text = await client.ask<string>(exportMapMethod, { format });
  if (text === undefined) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = to ?? (await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `architecture.${endings[format]}`) }),
    filters: { [format]: [endings[format]] },
  }));
  if (file !== undefined) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

async function askForFormat(): Promise<MapFormat | undefined> {
  const picked = await vscode.window.showQuickPick([...mapFormats], { placeHolder: "Format of the file" });
  return mapFormats.find((format) => format === picked);
}
