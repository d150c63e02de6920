/** What the status item shows, summed over all folders. */
import type { Progress } from "../engine/analysis.ts";
import type { EditorStatus } from "../protocol/editor.ts";
import { uriOf } from "./addresses.ts";
import type { Root } from "./root.ts";
import type { Roots } from "./roots.ts";
import { shownFindings } from "./view.ts";

/** Tells the client of a new state at once, and of more of them at a pace that can be read. */
export class StatusSender {
  readonly #read: () => EditorStatus;
  readonly #send: (status: EditorStatus) => void;
  #told = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(read: () => EditorStatus, send: (status: EditorStatus) => void) {
    this.#read = read;
    this.#send = send;
  }

  send(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const status = this.#read();
      const text = JSON.stringify(status);
      if (text === this.#told) return;
      this.#told = text;
      this.#send(status);
    }, paceMs);
  }
}

const paceMs = 30;

export function statusOf(roots: Roots): EditorStatus {
  const all = roots.all;
  const configuration = all.flatMap(brokenConfiguration)[0];
  const detail = all.flatMap(detailOf)[0];
  return {
    state: stateOf(all),
    services: sum((root) => root.analysis?.knowledge.model.services.length ?? 0),
    findings: sum((root) => (root.analysis === undefined ? 0 : shownFindings(root.analysis, root.settings).length)),
    blindSpots: sum((root) => root.analysis?.knowledge.model.blindSpots.length ?? 0),
    ...(detail === undefined ? {} : { detail }),
    ...(configuration === undefined ? {} : { configuration }),
  };

  function sum(count: (root: Root) => number): number {
    return all.reduce((total, root) => total + count(root), 0);
  }
}

/** `reading 120 of 412 files`. */
export function progressText({ stage, done, total }: Progress): string {
  switch (stage) {
    case "listing":
      return "listing files";
    case "reading":
      return `reading ${done} of ${total} ${total === 1 ? "file" : "files"}`;
    case "linking":
      return "recovering the architecture";
    case "judging":
      return "judging";
  }
}

function stateOf(all: readonly Root[]): EditorStatus["state"] {
  if (all.length === 0) return "off";
  if (all.some((root) => root.isBusy)) return "busy";
  return all.some((root) => root.failure !== undefined) ? "failed" : "ready";
}

function detailOf(root: Root): readonly string[] {
  if (root.failure !== undefined) return [root.failure];
  return root.progress === undefined ? [] : [progressText(root.progress)];
}

function brokenConfiguration(root: Root): readonly { uri: string; message: string }[] {
  return (root.analysis?.problems ?? [])
    .filter(({ path, severity }) => severity === "error" && isConfiguration(root, path))
    .map(({ path, message }) => ({ uri: uriOf(root.folder, path), message }));
}

function isConfiguration(root: Root, path: string): boolean {
  return path === root.analysis?.knowledge.workspace.configuration.path || /(?:^|\/)faultline\.jsonc?$/.test(path);
}
