/** The panel that shows the map: one for the window. It passes messages on and knows nothing of what they are about. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { FailureQuestion, FailureRun } from "../protocol/failure.ts";
import type { Description } from "../protocol/description.ts";
import { readPageMessage, type EditorMessage, type FoundOnMap, type PageMessage, type SavedFormat } from "../protocol/map.ts";
import { wholeSystem, type MapView } from "../protocol/map-view.ts";
import type { Picture } from "../protocol/scene.ts";

export const mapViewType = "faultline.map";

/** Where the panel has its pictures from, and who does what its page asks for. */
export interface MapSource {
  readonly changed: vscode.Event<void>;
  picture(view: MapView): Promise<Picture | null>;
  describe(id: string, view: MapView): Promise<Description | null>;
  /** What stands under the cursor of the active editor. */
  here(view: MapView): Promise<FoundOnMap | undefined>;
  open(asked: Extract<PageMessage, { type: "open" }>, view: MapView): Promise<void>;
  explain(rule: string): void;
  /** What happens when a part fails. */
  fail(question: FailureQuestion): Promise<FailureRun | null>;
  /** The file's text; undefined where there is none to make. */
  export(format: SavedFormat, hidden: readonly string[], view: MapView): Promise<string | undefined>;
  save(format: SavedFormat, content: string | Uint8Array): Promise<void>;
  readonly cursorMoved: vscode.Event<void>;
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
  /** What the page wants to see. */
  #view: MapView = wholeSystem;

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
      source.cursorMoved(() => void this.#tellHere()),
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
        this.#view = message.view;
        void this.#update().then(() => this.#sendReveal());
        break;
      case "look":
        this.#view = message.view;
        void this.#update();
        break;
      case "open":
        void this.#source.open(message, this.#view);
        break;
      case "describe":
        void this.#source.describe(message.id, this.#view).then((description) => this.#send({ type: "description", id: message.id, description }));
        break;
      case "explain":
        this.#source.explain(message.rule);
        break;
      case "fail":
        void this.#source.fail(message.question).then((run) => this.#send({ type: "failure", question: message.question, run }));
        break;
      case "export":
        void this.#export(message.format, message.hidden);
        break;
      case "png":
        void this.#source.save("png", Buffer.from(message.data.slice(message.data.indexOf(",") + 1), "base64"));
        break;
    }
  }

  /** The page alone has a canvas: it makes the PNG of the drawing. */
  async #export(format: SavedFormat, hidden: readonly string[]): Promise<void> {
    const text = await this.#source.export(format, hidden, this.#view);
    if (text === undefined) return;
    if (format === "png") this.#send({ type: "raster", svg: text });
    else await this.#source.save(format, text);
  }

  async #tellHere(): Promise<void> {
    if (!this.#isReady || !this.#panel.visible) return;
    const found = await this.#source.here(this.#view);
    if (found !== undefined) this.#send({ type: "here", ...found });
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
        const picture = await this.#source.picture(this.#view);
        this.#send({ type: "picture", json: picture === null ? null : JSON.stringify(picture) });
      } while (this.#askAgain);
      await this.#tellHere();
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

/** The page holds no word of the workspace: everything comes by message, and is drawn as text. Its one image is the PNG that it makes. */
function page(context: vscode.ExtensionContext, webview: vscode.Webview): string {
  const nonce = randomBytes(16).toString("base64url");
  const resource = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(context.extensionUri, "dist", name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; img-src data:; base-uri 'none'; form-action 'none'`;
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
