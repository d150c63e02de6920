import assert from "node:assert/strict";
import { Client } from "./support/client.ts";

const unbounded = "await fetch(url);\n";

describe("settings in the language server", () => {
  let client: Client;
  afterEach(() => client.stop());

  it("switch a folder off and on again while it is open", async () => {
    client = await Client.start({ files: { "a.ts": unbounded }, settings: { enable: false } });
    await client.until(() => client.statuses.at(-1)?.state === "off");
    await client.configure({ enable: true });
    await client.until(() => client.rules("a.ts").length === 1);
    await client.configure({ enable: false });
    await client.until(() => client.rules("a.ts").length === 0);
  });

  it("hold back until the file is saved", async () => {
    client = await Client.start({ files: { "a.ts": "" }, settings: { run: "onSave" } });
    await client.until(() => client.statuses.at(-1)?.state === "ready");
    await client.open("a.ts", "");
    await client.type("a.ts", 2, unbounded);
    await client.onDisk("b.ts", unbounded);
    await client.until(() => client.rules("b.ts").length === 1);
    await client.save("a.ts");
    await client.until(() => client.rules("a.ts").length === 1);
  });

  it("check on demand alone", async () => {
    client = await Client.start({ files: { "a.ts": unbounded }, settings: { run: "manual" } });
    await client.until(() => client.statuses.length > 0);
    assert.deepEqual(client.rules("a.ts"), []);
    await client.connection.sendNotification("faultline/check");
    await client.until(() => client.rules("a.ts").length === 1);
  });

  it("change a rule's severity, silence a rule, a folder, and what is only likely", async () => {
    client = await Client.start({ files: { "a.ts": `${unbounded}table("x");\n`, "b.ts": 'table("x");\n' } });
    await client.until(() => client.rules("a.ts").length === 2);
    await client.configure({ rules: { "timeout/missing": "hint" }, confidence: "certain" });
    await client.until(() => client.rules("a.ts").length === 1);
    assert.equal(client.diagnostics("a.ts")[0]?.severity, 4);
    await client.configure({ rules: { "timeout/missing": "off" } });
    await client.until(() => client.rules("a.ts").join() === "database/shared");
    await client.configure({ exclude: ["a.ts"], rules: "nonsense" });
    await client.until(() => client.rules("a.ts").length === 0 && client.rules("b.ts").length === 1);
  });
});
