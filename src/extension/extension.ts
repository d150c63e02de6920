/** The VS Code front door: starts the server, shows its state, opens pages. It analyses nothing. */
import * as vscode from "vscode";
import { explainCommand, type EditorStatus } from "../protocol/editor.ts";
import { FaultlineClient } from "./client.ts";
import { registerMap } from "./map.ts";
import { registerRulePages, showRulePage } from "./rule-pages.ts";
import { StatusItem } from "./status-item.ts";

/** What other extensions, and the tests, may use. */
export interface Api {
  readonly status: EditorStatus | undefined;
  readonly onStatus: vscode.Event<EditorStatus>;
}

let client: FaultlineClient | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  const output = vscode.window.createOutputChannel("Faultline", { log: true });
  const status = new StatusItem();
  const running = new FaultlineClient(context, output);
  client = running;
  context.subscriptions.push(
    output,
    status,
    running,
    running.onStatus((now) => status.show(now)),
    registerRulePages(context),
    registerMap(context, running),
    vscode.commands.registerCommand(explainCommand, (rule: unknown) => showRulePage(context, rule)),
    vscode.commands.registerCommand("faultline.check", () => running.check()),
    vscode.commands.registerCommand("faultline.restart", () => running.restart()),
    vscode.commands.registerCommand("faultline.showOutput", () => output.show()),
  );
  void running.start();
  return {
    get status() {
      return running.status;
    },
    onStatus: running.onStatus,
  };
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
