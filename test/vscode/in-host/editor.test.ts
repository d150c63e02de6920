import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../../src/extension/index.ts";

const chargeFile = "services/orders/src/charge.ts";
/** A second service that uses a table of payments' database. */
const ownOrders = `import { Pool } from "pg";
const pool = new Pool({ connectionString: "postgres://db:5432/shop" });
app.get("/mine", async (_request, response) => response.json(await pool.query("select id from orders")));
`;
const bounded = /fetch\(chargeUrl, \{\s*signal:/;

describe("Faultline in VS Code", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("underlines calls in files that nobody has opened, in every folder", async () => {
    await open("services/orders/src/main.ts");
    await until("findings", () => rules(at(chargeFile)).length === 1 && rules(at("src/main.ts", 1)).length === 1);
    const [diagnostic] = diagnostics(at(chargeFile));
    assert.equal(diagnostic?.source, "faultline");
    assert.deepEqual([diagnostic?.range.start.line, diagnostic?.range.start.character], [5, 25]);
  });

  it("follows the typing on text that is not saved", async () => {
    const editor = await open(chargeFile);
    await until("the finding", () => rules(editor.document.uri).length === 1);
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    await editor.edit((edit) =>
      edit.insert(end, "\nexport async function refund(): Promise<void> {\n  await fetch(paymentsUrl);\n}\n"),
    );
    await until("the second finding", () =>
      diagnostics(editor.document.uri).some(({ range }) => range.start.line === 10),
    );
    assert.ok(editor.document.isDirty);
    await vscode.commands.executeCommand("undo");
    await until("one finding again", () => rules(editor.document.uri).length === 1);
  });

  it("applies a fix, and the finding goes", async () => {
    const editor = await open(chargeFile);
    await cursorOnFinding(editor);
    const fix = await until("the fix", async () =>
      (await actions(editor)).find(({ edit, title }) => edit !== undefined && !title.startsWith("Ignore")),
    );
    const applied = vscode.workspace.applyEdit(fix.edit ?? new vscode.WorkspaceEdit());
    await until("the fixed text", async () => {
      // A fix whose value is a guess waits in the preview until it is accepted.
      await vscode.commands.executeCommand("refactorPreview.apply");
      return bounded.test(editor.document.getText());
    });
    assert.ok(await applied);
    await until("no finding", () => rules(editor.document.uri).length === 0);
  });

  it("lists fixes, then the way to silence, then the explanation", async () => {
    const editor = await open(chargeFile);
    await cursorOnFinding(editor);
    const titles = await until("actions", async () => {
      const all = (await actions(editor))
        .map(({ title }) => title)
        .filter((title) => /Give this call|Ignore|Explain/.test(title));
      return all.length >= 3 ? all : undefined;
    });
    assert.match(
      titles.join("; "),
      /^Give this call.*; Ignore timeout\/missing here with a reason…; Explain timeout\/missing$/,
    );
  });

  it("explains the call under the cursor in a hover", async () => {
    const editor = await open(chargeFile);
    const position = await cursorOnFinding(editor);
    const text = await until("a hover", async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        editor.document.uri,
        position,
      );
      return hovers
        .flatMap(({ contents }) => contents.map((part) => (typeof part === "string" ? part : part.value)))
        .find((part) => part.includes("timeout/missing"));
    });
    assert.match(text, /deadline/);
    assert.ok(text.split("\n").length <= 14, text);
  });

  it("tells its state", async () => {
    const extension = vscode.extensions.getExtension<Api>("faultline.faultline");
    const api = await extension?.activate();
    await until("the state", () => api?.status?.state === "ready" && api.status.findings >= 2);
  });

  it("opens a rule's page in the Markdown preview", async () => {
    await vscode.commands.executeCommand("faultline.explainRule", "timeout/missing");
    await until("the preview", () => tabs().some(({ label }) => label.includes("missing.md")));
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("faultline-rule:/timeout/missing.md"));
    assert.match(page.getText(), /^# .*(?:timeout\/missing|deadline)/i);
  });

  it("names an address for each rule that this extension answers", async () => {
    const code = await until("a finding", () => diagnostics(at(chargeFile))[0]?.code);
    assert.ok(typeof code === "object");
    assert.equal(code.target.toString(), `${vscode.env.uriScheme}://faultline.faultline/rules/timeout/missing`);
  });

  it("changes what it says of one file when another is typed in", async () => {
    const editor = await open("services/orders/src/main.ts");
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.insert(end, ownOrders));
    await until("a finding in the other file", () =>
      rules(at("services/payments/src/rows.ts")).includes("database/shared"),
    );
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await until("no finding in the other file", () => rules(at("services/payments/src/rows.ts")).length === 0);
  });

  it("takes findings back with a deleted file and a deleted folder", async () => {
    const folder = at("services/orders/src/deep");
    const file = vscode.Uri.joinPath(folder, "refund.ts");
    const text = await vscode.workspace.fs.readFile(at(chargeFile));
    await vscode.workspace.fs.writeFile(file, text);
    await until("the finding of a new file", () => rules(file).includes("timeout/missing"));
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await until("no finding", () => rules(file).length === 0);
  });

  it("comes back after a restart of its server", async () => {
    await vscode.commands.executeCommand("faultline.restart");
    await until("findings", () => rules(at(chargeFile)).length === 1);
  });

  it("takes findings back with a folder that leaves the workspace", async () => {
    const file = at("src/main.ts", 1);
    await until("the finding", () => rules(file).length === 1);
    vscode.workspace.updateWorkspaceFolders(1, 1);
    await until("no finding", () => rules(file).length === 0);
  });
});

function at(path: string, folder = 0): vscode.Uri {
  const root = vscode.workspace.workspaceFolders?.[folder];
  if (root === undefined) throw new Error("no folder");
  return vscode.Uri.joinPath(root.uri, path);
}

async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at(path)));
}

function diagnostics(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "faultline");
}

function rules(uri: vscode.Uri): readonly unknown[] {
  return diagnostics(uri).map(({ code }) => (typeof code === "object" ? code.value : code));
}

async function cursorOnFinding(editor: vscode.TextEditor): Promise<vscode.Position> {
  const found = await until("the finding", () => diagnostics(editor.document.uri)[0]);
  editor.selection = new vscode.Selection(found.range.start, found.range.start);
  return found.range.start;
}

function actions(editor: vscode.TextEditor): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    editor.selection,
    vscode.CodeActionKind.QuickFix.value,
    10,
  );
}

function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

/** Asks until there is an answer: VS Code cancels a provider's request when another extension registers a provider meanwhile. */
async function until<T>(what: string, probe: () => T | Promise<T>): Promise<Exclude<NonNullable<T>, false>> {
  const tries = 250;
  for (let attempt = 0; attempt < tries; attempt++) {
    const value = await Promise.resolve()
      .then(probe)
      .catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== "Canceled") throw error;
      });
    if (value !== undefined && value !== null && value !== false) return value as Exclude<NonNullable<T>, false>;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  throw new Error(`never came: ${what}`);
}
