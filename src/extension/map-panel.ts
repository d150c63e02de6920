/** The panel that shows the map: one for the window. It passes messages on and knows nothing of what they are about. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { readPageMessage, type EditorMessage, type MapFormat } from "../protocol/map.ts";
import type { Picture } from "../protocol/scene.ts";

export const mapViewType = "faultline.map";

/** Where the panel has its pictures from, and who does what its page asks for. */
export interface MapSource {
  readonly changed: vscode.Event<void>;
  picture(): Promise<Picture | null>;
  open(id: string, keepFocus: boolean): Promise<void>;
  export(format: MapFormat): Promise<void>;
}

export class MapPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #source: MapSource;
  readonly #subscriptions: vscode.Disposable[];
  #isReady = false;
  /** To be shown once the page listens. */
  #revealed: string | undefined;
  #asking = false;
  #askAgain = false;

  static create(context: vscode.ExtensionContext, preserveFocus: boolean): vscode.WebviewPanel {
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus };
    return vscode.window.createWebviewPanel(mapViewType, "Architecture", where, pageOptions(context));
  }

  constructor(context: vscode.ExtensionContext, panel: vscode.WebviewPanel, source: MapSource) {
    this.#panel = panel;
    this.#source = source;
    panel.webview.options = pageOptions(context);
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      source.changed(() => void this.#update()),
      panel.onDidDispose(() => this.#release()),
    ];
    panel.webview.html = page(context, panel.webview);
  }

  show(preserveFocus: boolean): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  reveal(id: string): void {
    this.#revealed = id;
    if (this.#isReady) this.#sendReveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #release(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #receive(value: unknown): void {
    const message = readPageMessage(value);
    switch (message?.type) {
      case "ready":
        this.#isReady = true;
        void this.#update().then(() => this.#sendReveal());
        break;
      case "open":
        void this.#source.open(message.id, message.keepFocus);
        break;
      case "export":
        void this.#source.export(message.format);
        break;
    }
  }

  /** One question at a time: a change that comes meanwhile is asked about afterwards. */
  async #update(): Promise<void> {
    if (!this.#isReady) return;
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#askAgain = false;
        this.#send({ type: "picture", picture: await this.#source.picture() });
      } while (this.#askAgain);
    } finally {
      this.#asking = false;
    }
  }

  #sendReveal(): void {
    if (this.#revealed === undefined) return;
    this.#send({ type: "reveal", id: this.#revealed });
    this.#revealed = undefined;
  }

  #send(message: EditorMessage): void {
    void this.#panel.webview.postMessage(message);
  }
}

function pageOptions(context: vscode.ExtensionContext): vscode.WebviewOptions {
  return { enableScripts: true, enableCommandUris: false, localResourceRoots: [vscode.Uri.joinPath(context.extensionUri, "dist")] };
}

/** The page holds no word of the workspace: everything comes by message, and is drawn as text. */
function page(context: vscode.ExtensionContext, webview: vscode.Webview): string {
  const nonce = randomBytes(16).toString("base64url");
  const resource = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(context.extensionUri, "dist", name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Architecture</title>
<link rel="stylesheet" href="${resource("webview.css")}">
</head>
<body>
<main id="map"></main>
<script nonce="${nonce}" src="${resource("webview.js")}"></script>
</body>
</html>`;
}
