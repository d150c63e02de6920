import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { Client } from "./support/client.ts";

const unbounded = "await fetch(url);\n";
const bounded = "await fetch(url, { signal });\n";

describe("diagnostics of the language server", () => {
  let client: Client;
  afterEach(() => client.stop());

  it("come for files that nobody has opened", async () => {
    client = await Client.start({ files: { "a.ts": unbounded, "deep/b.ts": `\n  ${unbounded}` } });
    await client.until(() => client.rules("a.ts").length === 1 && client.rules("deep/b.ts").length === 1);
    assert.deepEqual(client.diagnostics("deep/b.ts"), [
      {
        range: { start: { line: 1, character: 8 }, end: { line: 1, character: 13 } },
        severity: 2,
        source: "faultline",
        code: "timeout/missing",
        codeDescription: { href: "vscode://faultline.faultline/rules/timeout/missing" },
        message: "What of timeout/missing\nWhat to do.",
        relatedInformation: [
          {
            location: {
              uri: client.uri("deep/b.ts"),
              range: { start: { line: 1, character: 8 }, end: { line: 1, character: 13 } },
            },
            message: "called here",
          },
        ],
        data: client.diagnostics("deep/b.ts")[0]?.data as unknown,
      },
    ]);
  });

  it("come at once where an earlier run has found them, also for a file that is open", async () => {
    client = await Client.start({ files: { "a.ts": `// known\n// wait for go\n${unbounded}`, "b.ts": "" } });
    await client.open("a.ts", `// known\n// wait for go\n${unbounded}`);
    await client.until(() => client.rules("a.ts").length === 1);
    assert.equal(client.statuses.some(({ state }) => state === "ready"), false);
    await client.onDisk("go", "");
    await client.until(() => client.statuses.at(-1)?.state === "ready");
    assert.deepEqual(client.rules("a.ts"), ["timeout/missing"]);
  });

  it("are not those of an earlier run for a text that is not saved", async () => {
    client = await Client.start({ files: { "a.ts": `// known\n${unbounded}`, "b.ts": `// known\n// wait for go\n${unbounded}` } });
    await client.open("a.ts", `// known\n${bounded}`);
    await client.until(() => client.rules("b.ts").length === 1);
    await client.onDisk("go", "");
    await client.until(() => client.statuses.at(-1)?.state === "ready");
    assert.deepEqual(client.rules("a.ts"), []);
  });

  it("follow the typing, on text that is not saved, and name the version that they speak of", async () => {
    client = await Client.start({ files: { "a.ts": bounded } });
    await client.open("a.ts", bounded);
    await client.type("a.ts", 2, unbounded);
    await client.until(() => client.rules("a.ts").length === 1);
    assert.equal(client.published.at(-1)?.version, 2);
  });

  it("never show what was found in text that is older than the editor's", async () => {
    client = await Client.start({ files: { "a.ts": bounded, "b.ts": "" } });
    await client.open("a.ts", bounded);
    await client.type("a.ts", 2, `// wait for never.txt\n${unbounded}`);
    await client.type("a.ts", 3, `\n\n${unbounded}`);
    await client.until(() => client.rules("a.ts").length === 1);
    const told = client.published.filter(({ uri }) => uri === client.uri("a.ts"));
    assert.deepEqual(
      told.map(({ version, diagnostics }) => [version, diagnostics[0]?.range.start.line]),
      [[3, 2]],
    );
  });

  it("give a run up when a newer edit comes while it works", async () => {
    client = await Client.start({ files: { "a.ts": "" } });
    await client.open("a.ts", "");
    await client.until(() => client.statuses.at(-1)?.state === "ready");
    await client.type("a.ts", 2, `// wait for never.txt\n${unbounded}`);
    await client.until(() => client.statuses.at(-1)?.state === "busy");
    await client.type("a.ts", 3, unbounded);
    await client.until(() => client.rules("a.ts").length === 1);
    assert.equal(client.published.at(-1)?.version, 3);
  });

  it("change in one file when another file changes", async () => {
    client = await Client.start({ files: { "a.ts": 'table("orders");\n', "b.ts": "" } });
    await client.until(() => client.statuses.at(-1)?.state === "ready");
    await client.open("b.ts", 'table("orders");\n');
    await client.until(() => client.rules("a.ts").includes("database/shared"));
    await client.type("b.ts", 2, "");
    await client.until(() => client.rules("a.ts").length === 0);
  });

  it("take a change on disk in, but let unsaved text win over it", async () => {
    client = await Client.start({ files: { "a.ts": bounded, "b.ts": bounded } });
    await client.open("a.ts", bounded);
    await client.until(() => client.statuses.at(-1)?.state === "ready");
    await client.onDisk("a.ts", unbounded);
    await client.onDisk("b.ts", unbounded);
    await client.until(() => client.rules("b.ts").length === 1);
    assert.deepEqual(client.rules("a.ts"), []);
  });

  it("fall back to the disk when a file closes unsaved", async () => {
    client = await Client.start({ files: { "a.ts": bounded } });
    await client.open("a.ts", unbounded);
    await client.until(() => client.rules("a.ts").length === 1);
    await client.close("a.ts");
    await client.until(() => client.rules("a.ts").length === 0);
  });

  it("go with a deleted file, and with a deleted folder that is told of in one word", async () => {
    client = await Client.start({ files: { "a.ts": unbounded, "deep/b.ts": unbounded, "deep/er/c.ts": unbounded } });
    await client.until(() => client.rules("deep/er/c.ts").length === 1);
    await client.onDisk("a.ts", undefined);
    await client.onDisk("deep", undefined);
    await client.until(() => ["a.ts", "deep/b.ts", "deep/er/c.ts"].every((path) => client.rules(path).length === 0));
  });

  it("move with a renamed folder", async () => {
    client = await Client.start({ files: { "old/b.ts": unbounded } });
    await client.until(() => client.rules("old/b.ts").length === 1);
    renameSync(join(client.folder, "old"), join(client.folder, "new"));
    await client.tell("old", 3);
    await client.tell("new", 1);
    await client.until(() => client.rules("old/b.ts").length === 0 && client.rules("new/b.ts").length === 1);
  });

  it("stay within each of several folders, and go with a folder that leaves", async () => {
    const files = { "one/a.ts": 'table("orders");\n', "two/b.ts": `table("orders");\n${unbounded}` };
    client = await Client.start({ files, folders: ["one", "two"] });
    await client.until(() => client.rules("two/b.ts").length === 1);
    assert.deepEqual([client.rules("one/a.ts"), client.rules("two/b.ts")], [[], ["timeout/missing"]]);
    const removed = [{ uri: client.uri("two"), name: "two" }];
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event: { added: [], removed } });
    await client.until(() => client.rules("two/b.ts").length === 0);
  });

  it("come once for a file that two nested folders hold", async () => {
    client = await Client.start({ files: { "in/a.ts": unbounded }, folders: ["", "in"] });
    await client.until(() => client.statuses.at(-1)?.state === "ready" && client.statuses.at(-1)?.findings === 2 && client.rules("in/a.ts").length > 0);
    assert.equal(client.rules("in/a.ts").length, 1);
    const removed = [{ uri: client.uri("in"), name: "in" }];
    const told = client.published.length;
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event: { added: [], removed } });
    await client.until(() => client.published.length >= told + 2);
    assert.equal(client.rules("in/a.ts").length, 1);
  });

  it("are the inner folder's alone when it joins a folder that has spoken of its files", async () => {
    client = await Client.start({ files: { "in/a.ts": unbounded } });
    await client.until(() => client.rules("in/a.ts").length === 1);
    const added = [{ uri: client.uri("in"), name: "in" }];
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event: { added, removed: [] } });
    await client.until(() => client.statuses.at(-1)?.state === "ready" && client.statuses.at(-1)?.findings === 2);
    await client.until(() => client.rules("in/a.ts").length === 1);
    const told = client.published.length;
    await client.configure({ run: "onType", trace: true });
    await client.onDisk("in/a.ts", `${unbounded}\n`);
    await client.until(() => client.published.length > told);
    await client.until(() => client.rules("in/a.ts").length === 1);
    assert.deepEqual(client.published.slice(told).filter(({ diagnostics }) => diagnostics.length === 0), []);
  });

  it("show a broken configuration where it is", async () => {
    client = await Client.start({ files: { "faultline.jsonc": "oops" } });
    await client.until(() => client.diagnostics("faultline.jsonc").length === 1);
    assert.match(String(client.diagnostics("faultline.jsonc")[0]?.message), /last valid configuration/);
    await client.until(() => client.statuses.at(-1)?.configuration?.uri === client.uri("faultline.jsonc"));
  });
});
