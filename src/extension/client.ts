/** The language client: one server process for the window, restarted when it dies, and never a notification. */
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
  type CloseHandlerResult,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { checkMethod, explainCommand, statusMethod, type EditorOptions, type EditorStatus } from "../protocol/editor.ts";
import { sceneChangedMethod } from "../protocol/map.ts";
import { documents } from "./documents.ts";
import { rulePagesAddress } from "./rule-pages.ts";
import { serverFlags } from "./server-flags.ts";

const mostRestarts = 3;

export class FaultlineClient {
  readonly onStatus: vscode.Event<EditorStatus>;
  /** The map that the server would draw now differs from the one it drew last. */
  readonly onSceneChanged: vscode.Event<void>;
  status: EditorStatus | undefined;
  readonly #context: vscode.ExtensionContext;
  readonly #output: vscode.LogOutputChannel;
  readonly #statuses = new vscode.EventEmitter<EditorStatus>();
  readonly #scenes = new vscode.EventEmitter<void>();
  #client: LanguageClient | undefined;
  #restarts = 0;

  constructor(context: vscode.ExtensionContext, output: vscode.LogOutputChannel) {
    this.#context = context;
    this.#output = output;
    this.onStatus = this.#statuses.event;
    this.onSceneChanged = this.#scenes.event;
  }

  async start(): Promise<void> {
    const module = vscode.Uri.joinPath(this.#context.extensionUri, "dist", "main.cjs").fsPath;
    const run = { module, args: ["server"], transport: TransportKind.ipc, options: { execArgv: [...serverFlags] } };
    const client = new LanguageClient("faultline", "Faultline", { run, debug: run }, this.#clientOptions());
    this.#client = client;
    client.onNotification(statusMethod, (status: EditorStatus) => this.#tell(status));
    client.onNotification(sceneChangedMethod, () => this.#scenes.fire());
    try {
      await client.start();
      // What was drawn by a server that is gone is drawn again.
      this.#scenes.fire();
    } catch (error) {
      this.#output.error(error instanceof Error ? error : String(error));
      this.#fail("The language server did not start.");
    }
  }

  async restart(): Promise<void> {
    this.#restarts = 0;
    await this.stop();
    await this.start();
  }

  async check(): Promise<void> {
    await this.#client?.sendNotification(checkMethod);
  }

  /** Asks the server; undefined where it is not there. */
  async ask<Answer>(method: string, asked?: object): Promise<Answer | undefined> {
    return this.#client?.isRunning() === true ? this.#client.sendRequest<Answer>(method, asked ?? {}) : undefined;
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A client whose server is gone has nothing to stop, and says so by throwing.
    await client?.dispose().catch((error: unknown) => this.#output.debug(String(error)));
  }

  dispose(): void {
    this.#statuses.dispose();
    this.#scenes.dispose();
  }

  #clientOptions(): LanguageClientOptions {
    const initializationOptions: EditorOptions = {
      rulePages: rulePagesAddress(this.#context),
      commands: [explainCommand],
      hoverShowsDiagnostics: true,
    };
    return {
      documentSelector: [...documents],
      outputChannel: this.#output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions,
      // Hovers may run the one command that opens a page, and no other.
      markdown: { isTrusted: { enabledCommands: [explainCommand] }, supportHtml: false },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.#closed(),
      },
      initializationFailedHandler: () => false,
    };
  }

  #closed(): CloseHandlerResult {
    this.#restarts += 1;
    if (this.#restarts <= mostRestarts) return { action: CloseAction.Restart, handled: true };
    this.#fail("The language server stopped several times.");
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  #fail(detail: string): void {
    this.#tell({ state: "failed", services: 0, findings: 0, blindSpots: 0, detail });
  }

  #tell(status: EditorStatus): void {
    this.status = status;
    this.#statuses.fire(status);
  }
}
