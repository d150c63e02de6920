/** An editor without a screen: talks to the real server over stdio and remembers what it was told. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type CodeAction,
  type Diagnostic,
  type Hover,
  type InitializeParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
} from "vscode-languageserver-protocol/node";
import type { EditorStatus } from "../../../src/protocol/editor.ts";

const serverFile = fileURLToPath(new URL("fake-server.ts", import.meta.url));

export interface ClientOptions {
  readonly files: Readonly<Record<string, string>>;
  /** Sub-folders to open; the folder itself where absent. */
  readonly folders?: readonly string[];
  readonly settings?: unknown;
  readonly capabilities?: InitializeParams["capabilities"];
}

export const fullCapabilities: InitializeParams["capabilities"] = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ["create"],
      changeAnnotationSupport: {},
      snippetEditSupport: true,
    },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true },
    codeAction: {
      resolveSupport: { properties: ["edit"] },
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
    },
    hover: { contentFormat: ["markdown"] },
  },
  window: { workDoneProgress: true },
};

export class Client {
  readonly connection: ProtocolConnection;
  readonly folder: string;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly statuses: EditorStatus[] = [];
  readonly progress: string[] = [];
  readonly registered: string[] = [];
  readonly messages: string[] = [];
  settings: unknown;
  readonly #child: ChildProcess;
  readonly #current = new Map<string, readonly Diagnostic[]>();
  readonly #waiting = new Set<() => void>();

  private constructor(child: ChildProcess, folder: string, settings: unknown) {
    if (child.stdout === null || child.stdin === null) throw new Error("no pipes");
    this.#child = child;
    this.folder = folder;
    this.settings = settings;
    this.connection = createProtocolConnection(child.stdout, child.stdin);
    this.#listen();
  }

  static async start(options: ClientOptions): Promise<Client> {
    const folder = mkdtempSync(join(tmpdir(), "faultline server "));
    for (const [path, text] of Object.entries(options.files)) write(join(folder, path), text);
    const child = spawn(process.execPath, ["--import", "tsx", serverFile, "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const client = new Client(child, folder, options.settings ?? {});
    const folders = options.folders ?? [""];
    await client.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders.map((name) => ({ uri: client.uri(name), name })),
      capabilities: options.capabilities ?? fullCapabilities,
      initializationOptions: { rulePages: "vscode://faultline.faultline/rules", commands: ["faultline.explainRule"] },
    });
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  /** What the editor shows of a file now. */
  diagnostics(path: string): readonly Diagnostic[] {
    return this.#current.get(this.uri(path)) ?? [];
  }

  rules(path: string): readonly unknown[] {
    return this.diagnostics(path).map(({ code }) => code);
  }

  /** Waits for what the server says until `holds`; mocha's time limit is the only clock. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => {
      const check = (): void => {
        if (!holds()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  async open(path: string, text: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: this.uri(path), languageId: "typescript", version: 1, text },
    });
  }

  async type(path: string, version: number, text: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri(path), version },
      contentChanges: [{ text }],
    });
  }

  async save(path: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didSave", { textDocument: { uri: this.uri(path) } });
  }

  async close(path: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri: this.uri(path) } });
  }

  /** Changes the disk and tells the server, as the editor's watcher would. */
  async onDisk(path: string, text: string | undefined): Promise<void> {
    if (text === undefined) rmSync(join(this.folder, path), { recursive: true });
    else write(join(this.folder, path), text);
    await this.tell(path, text === undefined ? 3 : 2);
  }

  async tell(path: string, type: 1 | 2 | 3): Promise<void> {
    await this.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: this.uri(path), type }],
    });
  }

  async configure(settings: unknown): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  async actions(path: string, range: Range, only?: readonly string[]): Promise<readonly CodeAction[]> {
    const context = { diagnostics: [], ...(only === undefined ? {} : { only }) };
    const asked = { textDocument: { uri: this.uri(path) }, range, context };
    return (await this.connection.sendRequest<CodeAction[] | null>("textDocument/codeAction", asked)) ?? [];
  }

  async resolve(action: CodeAction | undefined): Promise<CodeAction> {
    return this.connection.sendRequest<CodeAction>("codeAction/resolve", action);
  }

  async hover(path: string, line: number, character: number): Promise<string> {
    const asked = { textDocument: { uri: this.uri(path) }, position: { line, character } };
    const hover = await this.connection.sendRequest<Hover | null>("textDocument/hover", asked);
    return hover !== null && typeof hover.contents === "object" && "value" in hover.contents
      ? hover.contents.value
      : "";
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    await this.connection.sendNotification("exit");
    await gone;
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #listen(): void {
    const heard = (): void => {
      for (const check of [...this.#waiting]) check();
    };
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.#current.set(params.uri, params.diagnostics);
      heard();
    });
    this.connection.onNotification("faultline/status", (status: EditorStatus) => {
      this.statuses.push(status);
      heard();
    });
    this.connection.onNotification("$/progress", ({ value }: { value: { kind: string; message?: string } }) => {
      this.progress.push(`${value.kind} ${value.message ?? ""}`.trim());
      heard();
    });
    this.connection.onRequest("window/showMessageRequest", () => null);
    this.connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
      this.messages.push(message);
      heard();
    });
    this.connection.onRequest("window/workDoneProgress/create", () => null);
    this.connection.onRequest("workspace/configuration", ({ items }: { items: readonly unknown[] }) =>
      items.map(() => this.settings),
    );
    this.connection.onRequest(
      "client/registerCapability",
      ({ registrations }: { registrations: readonly { method: string }[] }) => {
        this.registered.push(...registrations.map(({ method }) => method));
        return null;
      },
    );
    this.connection.listen();
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
