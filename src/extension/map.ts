/** The commands of the map, and its way back after a reload. */
import * as vscode from "vscode";
import { explainCommand } from "../protocol/editor.ts";
import { simulateMethod, type FailureRun } from "../protocol/failure.ts";
import type { Description } from "../protocol/description.ts";
import {
  describeMethod,
  exportMapMethod,
  findOnMapMethod,
  locateMethod,
  mapFormats,

  sceneMethod,
  type CodeLocation,
  type FoundOnMap,
  type MapFormat,
  type PageMessage,
  type SavedFormat,
} from "../protocol/map.ts";
import { sceneFormatNames } from "../protocol/scene-formats.ts";
import { wholeSystem, type MapView } from "../protocol/map-view.ts";
import type { Picture } from "../protocol/scene.ts";
import type { FaultlineClient } from "./client.ts";
import { cursorMoves } from "./cursor.ts";
import { MapPanel, mapViewType, type MapSource } from "./map-panel.ts";

export function registerMap(context: vscode.ExtensionContext, client: FaultlineClient): vscode.Disposable {
  let open: MapPanel | undefined;
  const cursor = cursorMoves();
  const source: MapSource = {
    changed: client.onSceneChanged,
    cursorMoved: cursor.event,
    picture: async (view) => (await client.ask<Picture | null>(sceneMethod, view)) ?? null,
    describe: async (id, view) => (await client.ask<Description | null>(describeMethod, { id, view })) ?? null,
    here: (view) => underCursor(client, view),
    open: (asked, view) => openSource(client, asked, view),
    fail: async (question) => (await client.ask<FailureRun | null>(simulateMethod, question)) ?? null,
    explain: (rule) => void vscode.commands.executeCommand(explainCommand, rule),
    export: (format, hidden, view) => client.ask<string>(exportMapMethod, { format: format === "png" ? "svg" : format, hidden, view }),
    save: (format, content) => save(format, content),
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
    cursor,
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
  const found = await underCursor(client, wholeSystem);
  const panel = show();
  const id = found?.things[0] ?? found?.service;
  if (id !== undefined) panel.reveal(id);
}

async function underCursor(client: FaultlineClient, view: MapView): Promise<FoundOnMap | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { line, character } = editor.selection.active;
  const uri = editor.document.uri.toString();
  return (await client.ask<FoundOnMap | null>(findOnMapMethod, { uri, position: { line, character }, view })) ?? { things: [] };
}

/** The id comes from the page; what it stands for is looked up by the server, and must lie in the workspace. */
async function openSource(client: FaultlineClient, { id, link, way }: Extract<PageMessage, { type: "open" }>, view: MapView): Promise<void> {
  const column = codeColumn();
  // Who only looks around is shown code where it stands beside already; nothing is opened over the map.
  if (way === "peek" && column === undefined) return;
  const location = await client.ask<CodeLocation | null>(locateMethod, { id, ...(link === undefined ? {} : { link }), view });
  if (location === undefined || location === null) return;
  const uri = vscode.Uri.parse(location.uri);
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return;
  const stat = await vscode.workspace.fs.stat(uri);
  if (stat.type === vscode.FileType.Directory) return way === "peek" ? undefined : void vscode.commands.executeCommand("revealInExplorer", uri);
  const { start, end } = location.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const preserveFocus = way === "peek" || way === "stay";
  await vscode.window.showTextDocument(uri, { selection, preserveFocus, preview: true, viewColumn: column ?? vscode.ViewColumn.Beside });
  if (way === "fix") await vscode.commands.executeCommand("editor.action.quickFix");
}

/** Where code stands beside the map. */
function codeColumn(): vscode.ViewColumn | undefined {
  const group = vscode.window.tabGroups.all.find(({ activeTab }) => activeTab?.input instanceof vscode.TabInputText) ?? vscode.window.tabGroups.all.find(({ activeTab }) => !(activeTab?.input instanceof vscode.TabInputWebview));
  return group?.viewColumn;
}

const names: Readonly<Record<SavedFormat, { readonly title: string; readonly extension: string }>> = { ...sceneFormatNames, png: { title: "PNG picture", extension: "png" } };

async function exportMap(client: FaultlineClient, asked?: MapFormat, to?: vscode.Uri): Promise<void> {
  const format = asked ?? (await askForFormat());
  if (format === undefined) return;
  const text = await client.ask<string>(exportMapMethod, { format });
  if (text !== undefined) await save(format, text, to);
}

async function save(format: SavedFormat, content: string | Uint8Array, to?: vscode.Uri): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = to ?? (await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `architecture.${names[format].extension}`) }),
    filters: { [format]: [names[format].extension] },
  }));
  if (file !== undefined) await vscode.workspace.fs.writeFile(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
}

async function askForFormat(): Promise<MapFormat | undefined> {
  const picked = await vscode.window.showQuickPick(mapFormats.map((format) => ({ label: names[format].title, description: `.${names[format].extension}`, format })), { placeHolder: "Format of the file" });
  return picked?.format;
}
