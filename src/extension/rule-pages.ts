/** The rules' pages, bundled with the extension and shown in the built-in Markdown preview: no network, no webview of our own. */
import * as vscode from "vscode";

const scheme = "faultline-rule";

/** Address under which a click on a diagnostic's code reaches this extension. */
export function rulePagesAddress(context: vscode.ExtensionContext): string {
  return `${vscode.env.uriScheme}://${context.extension.id}/rules`;
}

export function registerRulePages(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => read(context, uri.path.replace(/^\/|\.md$/g, "")),
    }),
    vscode.window.registerUriHandler({
      handleUri: (uri) => showRulePage(context, uri.path.replace(/^\/rules\//, "")),
    }),
  );
}

/** Opens a rule's page; without a rule, asks which. */
export async function showRulePage(context: vscode.ExtensionContext, rule: unknown): Promise<void> {
  const chosen = typeof rule === "string" && isRuleId(rule) ? rule : await askForRule(context);
  if (chosen === undefined) return;
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.from({ scheme, path: `/${chosen}.md` }));
}

/** Addresses come from outside: only a slug may become part of a path. */
function isRuleId(text: string): boolean {
  return /^[a-z0-9-]+\/[a-z0-9-]+$/.test(text);
}

async function askForRule(context: vscode.ExtensionContext): Promise<string | undefined> {
  const patterns = await vscode.workspace.fs.readDirectory(pagesFolder(context));
  const rules = await Promise.all(
    patterns.map(async ([pattern]) => {
      const pages = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(pagesFolder(context), pattern));
      return pages.map(([page]) => `${pattern}/${page.replace(/\.md$/, "")}`);
    }),
  );
  return vscode.window.showQuickPick(rules.flat().sort(), { placeHolder: "Rule to explain" });
}

async function read(context: vscode.ExtensionContext, rule: string): Promise<string> {
  if (!isRuleId(rule)) return noPage(rule);
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(pagesFolder(context), `${rule}.md`));
    return new TextDecoder().decode(bytes);
  } catch {
    return noPage(rule);
  }
}

function noPage(rule: string): string {
  return `# ${rule}\n\nThis version of Faultline has no page for this rule.\n`;
}

function pagesFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, "dist", "rules");
}
