import type { Change } from "./analysis.ts";

/** Changes that no run has taken in yet, and the unsaved texts that they leave behind. */
export class PendingChanges {
  readonly #changes = new Map<string, Change>();
  readonly #overlays = new Map<string, string>();

  /** Text of files that an editor holds unsaved. */
  get overlays(): ReadonlyMap<string, string> {
    return this.#overlays;
  }

  get isEmpty(): boolean {
    return this.#changes.size === 0;
  }

  /** The latest word on a file is the one that counts. */
  add(changes: readonly Change[]): void {
    for (const change of changes) this.#changes.set(change.path, change);
  }

  /** Hands over all that is waiting; from here on the overlays show it. */
  take(): readonly Change[] {
    const taken = [...this.#changes.values()];
    this.#changes.clear();
    for (const { path, text } of taken) {
      if (text === undefined) this.#overlays.delete(path);
      else this.#overlays.set(path, text);
    }
    return taken;
  }

  /** After a run that came to nothing: they wait again, but for those that were overtaken meanwhile. */
  putBack(changes: readonly Change[]): void {
    for (const change of changes) {
      if (!this.#changes.has(change.path)) this.#changes.set(change.path, change);
    }
  }
}
