import assert from "node:assert/strict";
import { openWorkspace, updateWorkspace, type Workspace } from "../../src/workspace/index.ts";
import { memoryHost } from "../support/memory-host.ts";

const app = (more: Record<string, string> = {}): string => JSON.stringify({ dependencies: { "react-dom": "^19.0.0", ...more }, devDependencies: { vite: "^8.0.0" } });

function pagesOf({ files }: Workspace): readonly string[] {
  return files.filter(({ page }) => page === true).map(({ path }) => path);
}

describe("Files of an application that browsers run", () => {
  it("are told from those of the services beside it, by the nearest manifest", async () => {
    const files = { "web/package.json": app(), "web/src/deep/a.tsx": "", "web/compose.yaml": "", "web/server/package.json": "{}", "web/server/b.ts": "", "orders/package.json": "{}", "orders/c.ts": "", "d.ts": "" };
    assert.deepEqual(pagesOf(await openWorkspace(memoryHost(files))), ["web/src/deep/a.tsx"]);
  });

  for (const [what, name] of [["a server", "express"], ["a consumer", "kafkajs"], ["a framework that renders on a server", "next"]] as const) {
    it(`are none where the package is ${what} too`, async () => {
      assert.deepEqual(pagesOf(await openWorkspace(memoryHost({ "package.json": app({ [name]: "*" }), "a.tsx": "" }))), []);
    });
  }

  it("are none in a package that builds no application", async () => {
    const library = JSON.stringify({ peerDependencies: { "react-dom": "*" }, devDependencies: { typescript: "*" } });
    assert.deepEqual(pagesOf(await openWorkspace(memoryHost({ "package.json": library, "a.tsx": "" }))), []);
  });

  it("follow an edit of the manifest", async () => {
    const host = memoryHost({ "web/package.json": app(), "web/a.tsx": "" });
    const before = await openWorkspace(host);
    host.set("web/package.json", app({ express: "^5.0.0" }));
    const after = await updateWorkspace(before, ["web/package.json"], host);
    assert.deepEqual([pagesOf(before), pagesOf(after)], [["web/a.tsx"], []]);
    assert.deepEqual(after, await openWorkspace(host));
  });
});
