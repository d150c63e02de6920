/** `9 services · 12 findings`, where the editor shows the state of languages. Hidden where nothing distributed was found. */
import * as vscode from "vscode";
import type { EditorStatus } from "../protocol/editor.ts";
import { documents } from "./documents.ts";

export class StatusItem {
  readonly #item: vscode.LanguageStatusItem;

  constructor() {
    this.#item = vscode.languages.createLanguageStatusItem("faultline.status", []);
    this.#item.name = "Faultline";
  }

  show(status: EditorStatus): void {
    const item = this.#item;
    item.selector = isWorthShowing(status) ? documents : [];
    item.busy = status.state === "busy";
    item.severity = severityOf(status);
    item.text = textOf(status);
    item.detail = status.configuration?.message ?? status.detail ?? blindSpots(status);
    item.command = commandOf(status);
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function isWorthShowing({ state, services, findings, configuration }: EditorStatus): boolean {
  if (state === "off") return false;
  return state !== "ready" || services > 0 || findings > 0 || configuration !== undefined;
}

function severityOf({ state, configuration }: EditorStatus): vscode.LanguageStatusSeverity {
  if (state === "failed") return vscode.LanguageStatusSeverity.Error;
  return configuration === undefined
    ? vscode.LanguageStatusSeverity.Information
    : vscode.LanguageStatusSeverity.Warning;
}

function textOf({ state, services, findings }: EditorStatus): string {
  if (state === "failed") return "Faultline has stopped";
  return `${counted(services, "service")} · ${counted(findings, "finding")}`;
}

function blindSpots({ blindSpots: count }: EditorStatus): string {
  return count === 0 ? "Faultline" : `Faultline: ${counted(count, "place")} not understood`;
}

function commandOf({ state, configuration }: EditorStatus): vscode.Command {
  if (state === "failed") return { title: "Restart", command: "faultline.restart" };
  if (configuration === undefined) return { title: "Show Output", command: "faultline.showOutput" };
  return { title: "Open File", command: "vscode.open", arguments: [vscode.Uri.parse(configuration.uri)] };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
