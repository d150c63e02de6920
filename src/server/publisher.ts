/** Keeps the client's diagnostics equal to the analysis, file by file, and takes back whatever no longer holds. */
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver/node";
import { uriOf } from "./addresses.ts";
import { findingDiagnostic, problemDiagnostic, type DiagnosticContext } from "./diagnostics.ts";
import type { Root } from "./root.ts";
import { shownFindings } from "./view.ts";

export interface PublisherOptions {
  readonly root: Root;
  readonly context: DiagnosticContext;
  /** The address and version of a file that is open in the editor. */
  readonly open: (path: string) => { readonly uri: string; readonly version: number } | undefined;
  /** False for files of a nested folder that is a root of its own: it speaks for them. */
  readonly owns: (path: string) => boolean;
  readonly send: (params: PublishDiagnosticsParams) => void;
}

export class Publisher {
  readonly #options: PublisherOptions;
  /** What the client shows: path → address and diagnostics as JSON. */
  readonly #shown = new Map<string, { readonly uri: string; readonly json: string }>();

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Sends what differs from what the client shows, and what changed on the way there. */
  publish(touched: ReadonlySet<string>): void {
    const wanted = this.#diagnostics();
    for (const path of this.#shown.keys()) if (!wanted.has(path)) wanted.set(path, []);
    for (const [path, diagnostics] of wanted) this.#send(path, diagnostics, touched.has(path));
  }

  /** Takes everything back. */
  withdraw(): void {
    for (const { uri } of this.#shown.values()) this.#options.send({ uri, diagnostics: [] });
    this.#shown.clear();
  }

  #diagnostics(): Map<string, Diagnostic[]> {
    const { root, context } = this.#options;
    const byPath = new Map<string, Diagnostic[]>();
    const { verdict } = root;
    if (verdict === undefined) return byPath;
    for (const finding of shownFindings(verdict, root.settings))
      add(finding.place.path, () => findingDiagnostic(finding, context));
    for (const problem of verdict.problems) add(problem.path, () => problemDiagnostic(problem, context));
    return byPath;

    function add(path: string, diagnostic: () => Diagnostic): void {
      // What is known of a stale file speaks of text that is gone; the run that is on its way will speak.
      if (root.isStale(path)) return;
      const list = byPath.get(path);
      if (list === undefined) byPath.set(path, [diagnostic()]);
      else list.push(diagnostic());
    }
  }

  #send(path: string, diagnostics: readonly Diagnostic[], touched: boolean): void {
    const { root, open, owns, send } = this.#options;
    if (root.isStale(path)) return;
    const mine = owns(path) ? diagnostics : [];
    const document = open(path);
    const uri = document?.uri ?? uriOf(root.folder, path);
    const json = JSON.stringify(mine);
    const before = this.#shown.get(path);
    // A touched file is told again although nothing differs: the editor has moved the old squiggles while the user typed.
    if (before !== undefined && before.json === json && before.uri === uri && !touched) return;
    if (before !== undefined && before.uri !== uri) send({ uri: before.uri, diagnostics: [] });
    if (mine.length === 0) {
      this.#shown.delete(path);
      if (before === undefined) return;
    } else {
      this.#shown.set(path, { uri, json });
    }
    send({ uri, diagnostics: [...mine], ...(document === undefined ? {} : { version: document.version }) });
  }
}
