/** One workspace folder and the session over it: takes changes in, runs them one after the other, the newest first in mind. */
import {
  Cancelled,
  type Analysis,
  type Change,
  type Progress,
  type Session,
  type SessionOptions,
} from "../engine/analysis.ts";
import type { Verdict } from "../engine/verdict.ts";
import type { EditorSettings } from "../protocol/editor.ts";
import { relativeTo, type Folder } from "./addresses.ts";
import { Lines } from "./lines.ts";
import { Marker } from "./marker.ts";

export type SessionFactory = (options: Pick<SessionOptions, "root" | "onProgress" | "log">) => Session;

/** What a root tells its server. */
export interface RootListener {
  /** What an earlier run found still holds, and is shown until the first analysis is there. */
  recalled(root: Root): void;
  /** A new analysis is in force; `touched` names the files that changed since the one before. */
  analysed(root: Root, analysis: Analysis, touched: ReadonlySet<string>): void;
  /** Began, went on with, or ended its work, or failed at it. */
  worked(root: Root): void;
  log(line: string): void;
}

export interface RootOptions {
  readonly folder: Folder;
  readonly settings: EditorSettings;
  readonly createSession: SessionFactory;
  readonly listener: RootListener;
}

/** Long enough that keys pressed together are one change, short enough that nobody waits for it; a newer change cancels the run. */
const debounceMs = 10;

export class Root {
  readonly folder: Folder;
  readonly session: Session;
  readonly lines: Lines;
  settings: EditorSettings;
  /** What the session is busy with at this moment. */
  progress: Progress | undefined;
  /** Why the last run ended without an analysis. */
  failure: string | undefined;

  readonly #listener: RootListener;
  /** Not yet handed to the session. */
  readonly #waiting = new Map<string, Change>();
  /** Handed over, but no analysis has come of it yet. */
  readonly #unjudged = new Set<string>();
  readonly #idle = new Marker();
  #timer: NodeJS.Timeout | undefined;
  #recalled: Verdict | undefined;
  #run: { readonly cancel: { isCancelled: boolean } } | undefined;
  #runAgain = false;
  #disposed = false;

  constructor({ folder, settings, createSession, listener }: RootOptions) {
    this.folder = folder;
    this.settings = settings;
    this.#listener = listener;
    this.session = createSession({
      root: folder.path,
      onProgress: (progress) => {
        this.progress = progress;
        listener.worked(this);
      },
      log: (line) => listener.log(line),
    });
    this.lines = new Lines((path) => this.session.read(path));
  }

  /** What is known now: of the analysis, or, before the first, of what an earlier run found. */
  get verdict(): Pick<Analysis, "findings" | "problems"> | undefined {
    return this.analysis ?? this.#recalled;
  }

  get analysis(): Analysis | undefined {
    return this.session.current;
  }

  get isBusy(): boolean {
    return this.#run !== undefined;
  }

  /** True where the text is newer than the analysis: what is known of the file must not be shown any more. */
  isStale(path: string): boolean {
    return this.#waiting.has(path) || this.#unjudged.has(path);
  }

  /** Takes changes in; the analysis follows shortly. A newer change cancels the run that it overtakes. */
  change(changes: readonly Change[]): void {
    this.hold(changes);
    // Keystrokes come one by one, and the newest cancels the run before; what happens on the disk comes in swarms.
    if (changes.length > 0) this.#schedule(changes.every(({ text }) => text !== undefined) ? 0 : debounceMs);
  }

  /** Takes changes in for the next run without asking for one. */
  hold(changes: readonly Change[]): void {
    for (const change of changes) {
      // What an earlier run found speaks of a text that is open as it lies on the disk, too.
      if (this.analysis === undefined && change.text !== undefined && change.text === this.session.read(change.path)) this.#waiting.delete(change.path);
      else this.#waiting.set(change.path, change);
    }
  }

  /** Runs as soon as what runs now has ended. */
  check(): void {
    this.#schedule(0);
  }

  /** Gives the current run up; its changes are kept for the next one. */
  cancel(): void {
    if (this.#run !== undefined) this.#run.cancel.isCancelled = true;
  }

  /** Resolves when no run is under way or about to be. */
  async settled(): Promise<void> {
    if (this.#timer !== undefined || this.#run !== undefined) await this.#idle.wait();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.cancel();
    await this.session.dispose();
    this.#idle.pass();
  }

  /** A path of this folder out of an absolute one. */
  relative(absolute: string): string | undefined {
    return relativeTo(this.folder, absolute);
  }

  #schedule(delay: number): void {
    if (this.#disposed) return;
    // The first scan is worth keeping: a keystroke in one file does not make its other thousands of files stale.
    if (this.analysis !== undefined) this.cancel();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#start();
    }, delay);
  }

  async #start(): Promise<void> {
    if (this.#run !== undefined) {
      this.#runAgain = true;
      return;
    }
    const cancel = { isCancelled: false };
    this.#run = { cancel };
    this.failure = undefined;
    this.#listener.worked(this);
    await this.#analyse(cancel);
    this.#run = undefined;
    this.progress = undefined;
    if (this.#disposed) return;
    const again = this.#runAgain;
    this.#runAgain = false;
    if (again) return this.#start();
    this.#listener.worked(this);
    if (this.#timer === undefined) this.#idle.pass();
  }

  async #recall(): Promise<void> {
    this.#recalled = await this.session.recall();
    if (this.#recalled !== undefined && !this.#disposed) this.#listener.recalled(this);
  }

  async #analyse(cancel: { readonly isCancelled: boolean }): Promise<void> {
    try {
      if (this.analysis === undefined) await this.#recall();
      const opened = this.analysis ?? (await this.session.open(cancel));
      const changes = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { path } of changes) this.#unjudged.add(path);
      const analysis = this.#unjudged.size === 0 ? opened : await this.session.update(changes, cancel);
      if (this.#disposed) return;
      const touched = new Set(this.#unjudged);
      this.#unjudged.clear();
      for (const path of touched) this.lines.forget(path);
      this.#listener.analysed(this, analysis, touched);
    } catch (error) {
      if (error instanceof Cancelled || this.#disposed) return;
      this.failure = error instanceof Error ? error.message : String(error);
      this.#listener.log(
        `${this.folder.path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }
}
