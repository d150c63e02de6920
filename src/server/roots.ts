/** All workspace folders of a client. Each file belongs to the innermost folder that holds it. */
import type { PublishDiagnosticsParams, TextDocuments } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { EditorSettings } from "../protocol/editor.ts";
import { folderOf, pathOf, type Folder } from "./addresses.ts";
import type { ClientFeatures } from "./client-features.ts";
import type { DiagnosticContext } from "./diagnostics.ts";
import { Publisher } from "./publisher.ts";
import { Root, type RootListener, type SessionFactory } from "./root.ts";

export interface RootsOptions {
  readonly features: ClientFeatures;
  readonly createSession: SessionFactory;
  readonly readSettings: (folder: Folder) => Promise<EditorSettings>;
  readonly rulePage: (rule: string) => string | undefined;
  readonly documents: TextDocuments<TextDocument>;
  readonly send: (params: PublishDiagnosticsParams) => void;
  readonly log: (line: string) => void;
  /** Something that the status shows has changed. */
  readonly changed: () => void;
}

/** A file of a root. */
export interface Located {
  readonly root: Root;
  readonly path: string;
}

interface Entry {
  readonly root: Root;
  readonly publisher: Publisher;
  readonly context: DiagnosticContext;
}

export class Roots {
  readonly #options: RootsOptions;
  readonly #entries = new Map<string, Entry>();
  /** Folders that the client has open, also those that are switched off. */
  readonly #folders = new Map<string, Folder>();

  constructor(options: RootsOptions) {
    this.#options = options;
  }

  get all(): readonly Root[] {
    return [...this.#entries.values()].map(({ root }) => root);
  }

  async add(uri: string): Promise<void> {
    const folder = folderOf(uri);
    if (folder === undefined) return;
    this.#folders.set(uri, folder);
    const settings = await this.#options.readSettings(folder);
    if (!this.#folders.has(uri) || this.#entries.has(uri)) return;
    if (settings.enable) this.#open(folder, settings);
    this.#options.changed();
  }

  async remove(uri: string): Promise<void> {
    this.#folders.delete(uri);
    await this.#close(uri);
    // What the folder hid from the folders around it is theirs again.
    for (const { publisher } of this.#entries.values()) publisher.publish(new Set());
    this.#options.changed();
  }

  /** The root that speaks for a file, and the file's path in it. */
  locate(uri: string): Located | undefined {
    const absolute = pathOf(uri);
    return absolute === undefined ? undefined : this.#innermost(absolute);
  }

  /** Every root that holds the file: nested roots all see it change. */
  holders(uri: string): readonly Located[] {
    const absolute = pathOf(uri);
    return absolute === undefined ? [] : this.#holding(absolute);
  }

  /** Files of a root that are open in the editor. */
  openPaths(root: Root): readonly string[] {
    return this.#options.documents.all().flatMap(({ uri }) => root.relative(pathOf(uri) ?? "") ?? []);
  }

  contextOf(root: Root): DiagnosticContext {
    return this.#entries.get(root.folder.uri)?.context ?? this.#context(root);
  }

  rulePage(rule: string): string | undefined {
    return this.#options.rulePage(rule);
  }

  /** Runs every root, whatever its `run` setting says. */
  check(): void {
    for (const root of this.all) root.check();
  }

  async readSettingsAgain(): Promise<void> {
    await Promise.all([...this.#folders.values()].map((folder) => this.#apply(folder)));
    this.#options.changed();
  }

  async dispose(): Promise<void> {
    this.#folders.clear();
    await Promise.all([...this.#entries.keys()].map((uri) => this.#close(uri)));
  }

  async #apply(folder: Folder): Promise<void> {
    const settings = await this.#options.readSettings(folder);
    const entry = this.#entries.get(folder.uri);
    if (!this.#folders.has(folder.uri)) return;
    if (entry === undefined && settings.enable) return this.#open(folder, settings);
    if (entry === undefined) return;
    if (!settings.enable) return this.#close(folder.uri);
    const wasManual = entry.root.settings.run === "manual";
    entry.root.settings = settings;
    entry.publisher.publish(new Set());
    if (wasManual && settings.run !== "manual") entry.root.check();
  }

  #open(folder: Folder, settings: EditorSettings): void {
    const listener: RootListener = {
      analysed: (analysed, _analysis, touched) => this.#entries.get(analysed.folder.uri)?.publisher.publish(touched),
      recalled: (root) => this.#entries.get(root.folder.uri)?.publisher.publish(new Set()),
      worked: () => this.#options.changed(),
      log: this.#options.log,
    };
    const root = new Root({ folder, settings, createSession: this.#options.createSession, listener });
    const context = this.#context(root);
    const publisher = new Publisher({
      root,
      context,
      open: (path) => this.#openDocument(root, path),
      owns: (path) => this.#innermost(`${folder.path}/${path}`)?.root === root,
      send: this.#options.send,
    });
    this.#entries.set(folder.uri, { root, publisher, context });
    // What a folder around it has told of this folder's files is taken back before this folder speaks of them.
    for (const other of this.#entries.values()) if (other.root !== root) other.publisher.publish(new Set());
    for (const document of this.#options.documents.all()) {
      const path = root.relative(pathOf(document.uri) ?? "");
      if (path !== undefined) root.hold([{ path, text: document.getText() }]);
    }
    if (settings.run !== "manual") root.check();
  }

  async #close(uri: string): Promise<void> {
    const entry = this.#entries.get(uri);
    if (entry === undefined) return;
    this.#entries.delete(uri);
    entry.publisher.withdraw();
    await entry.root.dispose();
  }

  #context(root: Root): DiagnosticContext {
    return {
      folder: root.folder,
      lines: root.lines,
      features: this.#options.features,
      rulePage: this.#options.rulePage,
    };
  }

  #openDocument(root: Root, path: string): { uri: string; version: number } | undefined {
    const absolute = `${root.folder.path}/${path}`;
    const document = this.#options.documents.all().find(({ uri }) => pathOf(uri) === absolute);
    return document === undefined ? undefined : { uri: document.uri, version: document.version };
  }

  #holding(absolute: string): readonly Located[] {
    return this.all.flatMap((root) => {
      const path = root.relative(absolute);
      return path === undefined ? [] : [{ root, path }];
    });
  }

  #innermost(absolute: string): Located | undefined {
    return this.#holding(absolute).reduce<Located | undefined>(
      (best, next) => (best === undefined || next.path.length < best.path.length ? next : best),
      undefined,
    );
  }
}
