import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Analysis, Change, Session } from "../../src/engine/index.ts";
import { cleanUp, folderOf, put, sessionOver } from "./small-system.ts";

const calls = [
  "export const one = () => fetch('/1');\n",
  "// faultline-ignore timeout/missing: known\nexport const two = () => fetch('/2');\nexport const three = () => fetch('/3');\n",
  "export const broken = (",
  "",
];

/** What may stand in each file: what is read, what is left out, and what decides about others. */
const files: Readonly<Record<string, readonly string[]>> = {
  "a.ts": calls,
  "lib/b.ts": calls,
  "lib/deep/c.ts": calls,
  "d.spec.ts": calls,
  "package.json": [`{ "name": "x" }`, "{"],
  "faultline.json": [`{ "rules": { "timeout/missing": "error" } }`, `{ "exclude": ["lib/**"] }`, "{"],
  ".gitignore": ["lib\n", "deep\n", ""],
};

type Step = { readonly does: "write" | "type"; readonly path: string; readonly text: string } | { readonly does: "delete" | "revert"; readonly path: string };

const step: fc.Arbitrary<Step> = fc.constantFrom(...Object.entries(files)).chain(([path, texts]) =>
  fc.oneof(
    fc.record({ does: fc.constantFrom("write" as const, "type" as const), path: fc.constant(path), text: fc.constantFrom(...texts) }),
    fc.record({ does: fc.constantFrom("delete" as const, "revert" as const), path: fc.constant(path) }),
  ),
);

describe("law 1: incremental equals batch", () => {
  afterEach(cleanUp);

  it("after any sequence of edits, saves and deletions", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const root = folderOf(Object.fromEntries(Object.entries(files).map(([path, [text = ""]]) => [path, path.endsWith(".ts") ? text : ""])));
        const session = sessionOver(root);
        await session.open();
        const unsaved = new Map<string, string>();
        for (const one of steps) await take(one, { root, session, unsaved });
        const fresh = await sessionOver(root).update([...unsaved].map(([path, text]) => ({ path, text })));
        assert.equal(seen(await session.update([])), seen(fresh));
      }),
      { numRuns: 60 },
    );
  });
});

interface World {
  readonly root: string;
  readonly session: Session;
  readonly unsaved: Map<string, string>;
}

/** As an editor would: typing lays text over a file, saving and reverting take it away again. */
async function take(one: Step, { root, session, unsaved }: World): Promise<void> {
  if (one.does === "write") put(root, one.path, one.text);
  if (one.does === "delete") rmSync(join(root, one.path), { force: true });
  if (one.does === "type") unsaved.set(one.path, one.text);
  else unsaved.delete(one.path);
  const change: Change = one.does === "type" ? { path: one.path, text: one.text } : { path: one.path };
  await session.update([change]);
}

function seen({ findings, suppressed, problems, stats, knowledge }: Analysis): string {
  return JSON.stringify([findings, suppressed, problems, stats.files, knowledge.workspace.files.map(({ path }) => path)], null, 1);
}
