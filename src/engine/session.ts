import type { Finding, FixResult } from "../model/finding.ts";
import { decode } from "../syntax/index.ts";
import type { FileSummary } from "../syntax/summary.ts";
import { openWorkspace, updateWorkspace, type Resolver, type SourceFile, type Workspace } from "../workspace/index.ts";
import { analyse } from "./analyse.ts";
import type { Analysis, Cancellation, Change, Explanation, Progress, Session, SessionOptions } from "./analysis.ts";
import { RACY } from "./cache-folder.ts";
import { checkpointOf, type Checkpoint } from "./checkpoint.ts";
import { analysesAlike, currentResolver, currentSummaries, staleFiles } from "./current.ts";
import { declaredText, type DeclaredText } from "./declared.ts";
import { explain } from "./explain.ts";
import { buildFix } from "./fix.ts";
import { overlaidHost, type EngineHost } from "./overlay-host.ts";
import type { Parts } from "./parts.ts";
import { PendingChanges } from "./pending.ts";
import { isSummarized, summarizeFiles, type Summarized } from "./summaries.ts";
import { noCache, type SummaryCache } from "./summary-cache.ts";
import { identityOf, revived, verdictOf, type Verdict } from "./verdict.ts";

export interface EngineOptions extends SessionOptions {
  readonly today: string;
}

/** What one run leaves to the next. A run that is cancelled leaves nothing. */
interface State {
  readonly workspace: Workspace;
  readonly resolve: Resolver;
  readonly summaries: ReadonlyMap<string, FileSummary>;
  readonly declared: DeclaredText | undefined;
  readonly analysis: Analysis;
}

/** The folder as it was found, and what a verdict over it goes by. */
interface Listed {
  readonly workspace: Workspace;
  readonly identity: string | undefined;
  /** Milliseconds that it took. */
  readonly listing: number;
}

type Read = Pick<State, "workspace" | "summaries"> & { readonly listing: number; readonly reading: number; readonly summarized: Summarized; readonly identity?: string | undefined };

export class EngineSession implements Session {
  readonly root: string;
  readonly #options: EngineOptions;
  readonly #parts: Parts;
  readonly #host: EngineHost;
  readonly #pending = new PendingChanges();
  #state: State | undefined;
  /** Made to recall what is known, for the first run to go on from. */
  #listed: Promise<Listed> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #saving: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
    this.#host = overlaidHost(parts.host, this.#pending.overlays);
    this.root = parts.host.root;
  }

  get current(): Analysis | undefined {
    return this.#state?.analysis;
  }

  async recall(): Promise<Verdict | undefined> {
    if (this.#state !== undefined || !this.#pending.isEmpty || this.#pending.overlays.size > 0) return undefined;
    this.#listed ??= this.#list();
    const { identity, listing } = await this.#listed;
    const kept = identity === undefined ? undefined : this.#parts.openVerdicts(this.root).load(identity);
    if (kept === undefined) return undefined;
    const { files } = kept.stats;
    return { ...revived(kept, this.#parts.rules), stats: { files, fromCache: files, parsed: 0, timings: { listing } } };
  }

  open(cancel?: Cancellation): Promise<Analysis> {
    return this.#enqueue(() => this.#run(checkpointOf(cancel)));
  }

  update(changes: readonly Change[], cancel?: Cancellation): Promise<Analysis> {
    this.#pending.add(changes);
    return this.#enqueue(async () => {
      // An earlier call may have taken these changes in along with its own.
      if (this.#state !== undefined && this.#pending.isEmpty) return this.#state.analysis;
      return this.#run(checkpointOf(cancel));
    });
  }

  read(path: string): string | undefined {
    try {
      return decode(this.#host.readNow(path));
    } catch {
      return undefined;
    }
  }

  fix(finding: Finding, offerId: string): FixResult {
    if (this.#state === undefined) return { ok: false, reason: "The workspace is still being read." };
    return buildFix(finding, offerId, { analysis: this.#state.analysis, read: (path) => this.read(path) });
  }

  explain(path: string, offset: number): Explanation | undefined {
    const text = this.read(path);
    if (text === undefined || this.#state === undefined) return undefined;
    const lineAt = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
    const next = text.indexOf("\n", offset);
    return explain(this.#state.analysis, { path, at: offset, lineAt, lineEnd: next === -1 ? text.length : next });
  }

  async dispose(): Promise<void> {
    await this.#queue;
    await this.#saving;
    await this.#parts.parser.dispose();
  }

  /** One run after the other, whatever became of the one before. */
  #enqueue(run: () => Promise<Analysis>): Promise<Analysis> {
    const result = this.#queue.then(run);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #run(checkpoint: Checkpoint): Promise<Analysis> {
    const before = this.#state;
    const changes = this.#pending.take();
    // What was listed to recall a verdict is older than these.
    if (changes.length > 0) this.#listed = undefined;
    try {
      await checkpoint();
      const read = before === undefined ? await this.#readAll(checkpoint) : await this.#readAgain(before, changes, checkpoint);
      const resolve = currentResolver(before, read.workspace);
      const declared = declaredText(read.workspace.configuration, (path) => this.read(path));
      const analysis = await this.#analyse({ ...read, resolve, declared, before, checkpoint });
      this.#state = { workspace: read.workspace, resolve, summaries: read.summaries, declared, analysis };
      if (read.identity !== undefined && analysis.faults.length === 0) this.#keep(read.identity, verdictOf(analysis));
      return analysis;
    } catch (error) {
      this.#pending.putBack(changes);
      throw error;
    }
  }

  async #readAll(checkpoint: Checkpoint): Promise<Read> {
    const listed = this.#listed ?? this.#list();
    this.#listed = undefined;
    const { workspace, identity, listing } = await listed;
    const began = this.#parts.now();
    const files = workspace.files.filter(isSummarized);
    // Unsaved texts must not find their way into the cache under the times of the files that they hide.
    const cache = this.#pending.overlays.size === 0 ? this.#parts.openCache(this.root) : noCache;
    const summarized = await this.#summarize(files, { cache, checkpoint });
    this.#saving = cache.save();
    const isOnDisk = this.#pending.overlays.size === 0;
    return { workspace, summaries: summarized.summaries, summarized, ...(isOnDisk ? { identity } : {}), listing, reading: this.#parts.now() - began };
  }

  async #list(): Promise<Listed> {
    const began = this.#parts.now();
    const provenBefore = this.#parts.clock() - RACY;
    this.#progress({ stage: "listing", done: 0, total: 1 });
    const knownRules = this.#parts.rules.map(({ id }) => id);
    const workspace = await openWorkspace(this.#host, { knownRules });
    const declared = declaredText(workspace.configuration, (path) => this.read(path));
    return { workspace, identity: identityOf(workspace, { declared, today: this.#options.today, provenBefore }), listing: this.#parts.now() - began };
  }

  #keep(identity: string, verdict: Verdict): void {
    const store = this.#parts.openVerdicts(this.root);
    this.#saving = this.#saving.then(() => store.save(identity, verdict));
  }

  async #readAgain(before: State, changes: readonly Change[], checkpoint: Checkpoint): Promise<Read> {
    const began = this.#parts.now();
    const paths = changes.map(({ path }) => path);
    const workspace = await updateWorkspace(before.workspace, paths, this.#host);
    const listed = this.#parts.now();
    const stale = staleFiles(before.workspace, workspace, new Set(paths));
    const summarized = await this.#summarize(stale, { cache: noCache, checkpoint });
    const summaries = currentSummaries(workspace, before.summaries, { stale, fresh: summarized.summaries });
    return { workspace, summaries, summarized, listing: listed - began, reading: this.#parts.now() - listed };
  }

  #summarize(files: readonly SourceFile[], { cache, checkpoint }: { readonly cache: SummaryCache; readonly checkpoint: Checkpoint }): Promise<Summarized> {
    return summarizeFiles(files, { host: this.#host, parser: this.#parts.parser, cache, checkpoint, onProgress: (progress) => this.#progress(progress) });
  }

  async #analyse(run: Read & { readonly resolve: Resolver; readonly declared: DeclaredText | undefined; readonly before: State | undefined; readonly checkpoint: Checkpoint }): Promise<Analysis> {
    const { workspace, resolve, summaries, before, checkpoint, summarized, listing, reading } = run;
    const { fromCache, parsed } = summarized;
    if (before !== undefined && analysesAlike(before, run)) {
      const { analysis } = before;
      return { ...analysis, version: analysis.version + 1, knowledge: { ...analysis.knowledge, workspace }, stats: { ...analysis.stats, fromCache, parsed, timings: { listing, reading } } };
    }
    return analyse(
      {
        version: (before?.analysis.version ?? 0) + 1,
        workspace,
        resolve,
        summaries,
        previous: before?.analysis.knowledge,
        declared: run.declared,
        today: this.#options.today,
        stats: { files: summaries.size, fromCache, parsed, timings: { listing, reading } },
        checkpoint,
        onProgress: (progress) => this.#progress(progress),
      },
      this.#parts,
    );
  }

  #progress(progress: Progress): void {
    this.#options.onProgress?.(progress);
  }
}
