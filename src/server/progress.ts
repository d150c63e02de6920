/** Work-done progress of the first scan, the one time that the user waits. */
import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver/node";
import type { Progress } from "../engine/analysis.ts";
import type { ClientFeatures } from "./client-features.ts";
import type { Root } from "./root.ts";
import type { Roots } from "./roots.ts";
import { progressText } from "./status.ts";

export class FirstScan {
  readonly #connection: Connection;
  readonly #isShown: boolean;
  readonly #reporters = new Map<Root, WorkDoneProgressServerReporter | "asked">();
  readonly #told = new Map<Root, string>();

  constructor(connection: Connection, features: ClientFeatures) {
    this.#connection = connection;
    this.#isShown = features.progress;
  }

  /** Brings the client up to date with the roots that are in their first scan. */
  show(roots: Roots): void {
    if (!this.#isShown) return;
    const scanning = new Set(roots.all.filter((root) => root.isBusy && root.analysis === undefined));
    for (const root of scanning) if (!this.#reporters.has(root)) void this.#begin(root);
    for (const [root, reporter] of this.#reporters) {
      if (!scanning.has(root)) this.#end(root);
      else if (reporter !== "asked") this.#report(root, reporter);
    }
  }

  async #begin(root: Root): Promise<void> {
    this.#reporters.set(root, "asked");
    const reporter = await this.#connection.window.createWorkDoneProgress();
    reporter.token.onCancellationRequested(() => root.cancel());
    reporter.begin("Faultline", 0, "listing files", true);
    if (this.#reporters.has(root)) this.#reporters.set(root, reporter);
    else reporter.done();
  }

  #report(root: Root, reporter: WorkDoneProgressServerReporter): void {
    if (root.progress === undefined) return;
    const percentage = percentageOf(root.progress);
    // One message for a percent: a scan reads more files in a second than anyone can follow.
    const key = `${root.progress.stage} ${percentage}`;
    if (this.#told.get(root) === key) return;
    this.#told.set(root, key);
    reporter.report(percentage, progressText(root.progress));
  }

  #end(root: Root): void {
    const reporter = this.#reporters.get(root);
    this.#reporters.delete(root);
    this.#told.delete(root);
    if (reporter !== undefined && reporter !== "asked") reporter.done();
  }
}

const shares = { listing: [0, 5], reading: [5, 85], linking: [85, 95], judging: [95, 100] } as const satisfies Record<
  Progress["stage"],
  readonly [number, number]
>;

function percentageOf({ stage, done, total }: Progress): number {
  const [from, to] = shares[stage];
  return Math.floor(from + (to - from) * (total === 0 ? 0 : Math.min(1, done / total)));
}
