import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

describe("the map in VS Code", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("opens once, however often it is asked for", async () => {
    await vscode.commands.executeCommand("faultline.showMap");
    await vscode.commands.executeCommand("faultline.showMap");
    await until("the map", () => maps().length > 0);
    assert.equal(maps().length, 1);
    assert.equal(maps()[0]?.label, "Architecture");
  });

  it("writes the systems of all folders as SVG, Mermaid and JSON", async () => {
    const svg = await until("services in the drawing", async () => {
      const text = await exported("svg");
      return text.includes(">payments</text>") ? text : undefined;
    });
    assert.match(svg, /^<svg [^]*<title>orders calls over HTTP payments: no deadline; 1 finding\n[^]*<text class="mark bad"[^>]*>∞<\/text>/);
    assert.match(await exported("mermaid"), /^flowchart TD\n[^]*"orders"/);
    const { nodes, edges } = JSON.parse(await exported("json")) as { readonly nodes: readonly { readonly id: string }[]; readonly edges: readonly unknown[] };
    assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
    assert.ok(edges.length > 0);
  });
});

function maps(): readonly vscode.Tab[] {
  const all = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
  return all.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith("faultline.map"));
}

async function exported(format: string): Promise<string> {
  const file = vscode.Uri.file(join(tmpdir(), `faultline-map-${process.pid}.${format}`));
  await vscode.commands.executeCommand("faultline.exportMap", format, file);
  // Nothing is written before the server answers.
  const text = await vscode.workspace.fs.readFile(file).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => "",
  );
  if (text !== "") await vscode.workspace.fs.delete(file);
  return text;
}

async function until<T>(what: string, probe: () => T | Promise<T>): Promise<Exclude<NonNullable<T>, false>> {
  for (let attempt = 0; attempt < 250; attempt++) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value as Exclude<NonNullable<T>, false>;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  throw new Error(`never came: ${what}`);
}
