import assert from "node:assert/strict";
import type { TextDocumentEdit } from "vscode-languageserver-protocol";
import { Client, fullCapabilities } from "./support/client.ts";

const unbounded = "await fetch(url);\n";
const call = { start: { line: 0, character: 6 }, end: { line: 0, character: 6 } };

describe("requests to the language server", () => {
  let client: Client;
  beforeEach(async () => {
    client = await Client.start({ files: { "a.ts": unbounded } });
    await client.open("a.ts", unbounded);
    await client.until(() => client.rules("a.ts").length === 1);
  });
  afterEach(() => client.stop());

  it("list the light bulb's titles in order, without any edit", async () => {
    const actions = await client.actions("a.ts", call);
    assert.deepEqual(
      actions.map(({ title, isPreferred, edit, command }) => [title, isPreferred ?? false, edit, command?.command]),
      [
        ["Add a deadline of 2000 ms", true, undefined, undefined],
        ["Add a deadline of 3000 ms", false, undefined, undefined],
        ["Wrap in a circuit breaker…", false, undefined, undefined],
        ["Ignore timeout/missing here with a reason…", false, undefined, undefined],
        ["Explain timeout/missing", false, undefined, "faultline.explainRule"],
      ],
    );
  });

  it("offer nothing beside the finding", async () => {
    const beside = { line: 0, character: 0 };
    assert.deepEqual(await client.actions("a.ts", { start: beside, end: beside }), []);
  });

  it("make a safe fix's edit for the open version, without a question", async () => {
    const [safe] = await client.actions("a.ts", call);
    const { edit } = await client.resolve(safe);
    const place = { line: 0, character: 15 };
    assert.deepEqual(edit, {
      documentChanges: [
        {
          textDocument: { uri: client.uri("a.ts"), version: 1 },
          edits: [{ range: { start: place, end: place }, newText: ", { signal: AbortSignal.timeout(2000) }" }],
        },
      ],
    });
  });

  it("ask for confirmation where a value is a guess", async () => {
    const [, review] = await client.actions("a.ts", call);
    const { edit } = await client.resolve(review);
    assert.deepEqual(edit?.changeAnnotations, {
      faultline: { label: "Add a deadline of 3000 ms", needsConfirmation: true },
    });
  });

  it("create a file before they fill it", async () => {
    const [, , scaffold] = await client.actions("a.ts", call);
    const { edit } = await client.resolve(scaffold);
    const steps = edit?.documentChanges?.map((change) =>
      "textDocument" in change
        ? `edit ${change.textDocument.uri}`
        : change.kind === "create"
          ? `create ${change.uri}`
          : change.kind,
    );
    assert.deepEqual(steps, [
      `edit ${client.uri("a.ts")}`,
      `create ${client.uri("breaker.ts")}`,
      `edit ${client.uri("breaker.ts")}`,
    ]);
  });

  it("fix the text of now when it changed after the light bulb was opened", async () => {
    const [safe] = await client.actions("a.ts", call);
    await client.type("a.ts", 2, `\n${unbounded}`);
    const { edit } = await client.resolve(safe);
    const [change] = edit?.documentChanges ?? [];
    assert.deepEqual(
      [(change as TextDocumentEdit).textDocument.version, (change as TextDocumentEdit).edits[0]?.range.start.line],
      [2, 1],
    );
  });

  it("mend every safe finding of a rule, and of a file, in one edit", async () => {
    await client.type("a.ts", 2, unbounded.repeat(3));
    await client.until(() => client.rules("a.ts").length === 3);
    const [every] = (await client.actions("a.ts", call)).filter(({ title }) => title.startsWith("Fix all"));
    const [onSave, ...others] = await client.actions("a.ts", call, ["source.fixAll"]);
    assert.deepEqual([every?.title, onSave?.kind, others], ["Fix all timeout/missing in this file", "source.fixAll.faultline", []]);
    for (const action of [every, onSave]) {
      const { edit } = await client.resolve(action);
      const [change, ...rest] = edit?.documentChanges ?? [];
      assert.deepEqual([(change as TextDocumentEdit).edits.map(({ range }) => range.start.line), rest], [[0, 1, 2], []]);
      assert.equal(edit?.changeAnnotations, undefined, "no question is asked");
    }
  });

  it("give source actions to those alone who ask for them, and only where something can be mended", async () => {
    const kinds = async (only?: readonly string[]): Promise<readonly (string | undefined)[]> =>
      (await client.actions("a.ts", call, only)).map(({ kind }) => kind);
    assert.ok(!(await kinds()).includes("source.fixAll.faultline"));
    assert.deepEqual(await kinds(["source.fixAll.faultline"]), ["source.fixAll.faultline"]);
    assert.deepEqual(await kinds(["source.fixAll.eslint"]), []);
    await client.type("a.ts", 2, "export {};\n");
    await client.until(() => client.rules("a.ts").length === 0);
    assert.deepEqual(await kinds(["source.fixAll"]), []);
  });

  it("say why a fix does not apply", async () => {
    const [, , scaffold] = await client.actions("a.ts", call);
    await client.open("breaker.ts", "");
    const { edit } = await client.resolve(scaffold);
    await client.until(() => client.messages.length === 1);
    assert.deepEqual([edit, client.messages], [undefined, ["Wrap in a circuit breaker…: breaker.ts is there already"]]);
  });

  it("suppress with the cursor on the reason, indented as the line is", async () => {
    await client.type("a.ts", 2, `{\n  ${unbounded}}`);
    const inner = { start: { line: 1, character: 9 }, end: { line: 1, character: 9 } };
    const ignore = (await client.actions("a.ts", inner)).find(({ title }) => title.startsWith("Ignore"));
    const { edit } = await client.resolve(ignore);
    const start = { line: 1, character: 0 };
    assert.deepEqual((edit?.documentChanges?.[0] as TextDocumentEdit).edits, [
      {
        range: { start, end: start },
        snippet: { kind: "snippet", value: "  // faultline-ignore timeout/missing: ${1:reason}\n" },
      },
    ]);
  });

  it("explain a finding and the call's policy in a hover of at most fourteen lines", async () => {
    const text = await client.hover("a.ts", 0, 7);
    assert.deepEqual(text.split("  \n"), [
      "**timeout/missing**",
      "What of timeout/missing",
      "",
      "What happens in production.",
      "What to do.",
      `Because called here ([line 1](${client.uri("a.ts")}#L1))`,
      "**GET → payments, no deadline**",
      `deadline: none. Fetch has no deadline of its own ([line 1](${client.uri("a.ts")}#L1))`,
      "[Explain timeout/missing](command:faultline.explainRule?%5B%22timeout%2Fmissing%22%5D)",
    ]);
  });

  it("show no hover beside a call", async () => assert.equal(await client.hover("a.ts", 0, 0), ""));
});

describe("the language server with a modest client", () => {
  it("hands over edits at once and leaves out what the client cannot do", async () => {
    const { workspace: _workspace, ...rest } = fullCapabilities;
    const client = await Client.start({ files: { "a.ts": unbounded }, capabilities: { ...rest, textDocument: {} } });
    await client.open("a.ts", unbounded);
    await client.until(() => client.rules("a.ts").length === 1);
    const actions = await client.actions("a.ts", call);
    assert.deepEqual(
      actions.map(({ title, edit }) => [title, Object.keys(edit ?? {}).join()]),
      [
        ["Add a deadline of 2000 ms", "changes"],
        ["Add a deadline of 3000 ms", "changes"],
        ["Ignore timeout/missing here with a reason…", "changes"],
        ["Explain timeout/missing", ""],
      ],
    );
    await client.stop();
  });
});

describe("the first scan", () => {
  it("shows its progress, and the state afterwards", async () => {
    const client = await Client.start({ files: { "a.ts": "// wait for go.txt\n", "b.ts": unbounded } });
    await client.until(() => client.progress.some((line) => line.startsWith("begin")));
    await client.onDisk("go.txt", "");
    await client.until(() => client.progress.at(-1) === "end" && client.statuses.at(-1)?.state === "ready");
    assert.deepEqual(client.statuses.at(-1), { state: "ready", services: 0, findings: 1, blindSpots: 0 });
    await client.stop();
  });

  it("asks to be told of files that change on disk", async () => {
    const client = await Client.start({ files: {} });
    await client.until(() => client.registered.includes("workspace/didChangeWatchedFiles"));
    await client.stop();
  });
});
