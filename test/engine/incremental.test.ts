import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Analysis, Change, Session } from "../../src/engine/index.ts";
import { cleanUp, folderOf, put, sessionOver } from "./small-system.ts";

const paths = ["a.ts", "lib/b.ts", "lib/deep/c.ts", "d.spec.ts", "package.json", "faultline.json", ".gitignore", "tsconfig.json"];
const texts = [
  "export const one = () => fetch('/1');\n",
  "// faultline-ignore timeout/missing: known\nexport const two = () => fetch('/2');\nexport const three = () => fetch('/3');\n",
  "export const broken = (",
  `{ "name": "x", "rules": { "timeout/missing": "error" }, "exclude": ["lib/**"] }`,
  "lib\n",
  "",
];

type Step = { readonly does: "write" | "type"; readonly path: string; readonly text: string } | { readonly does: "delete" | "revert"; readonly path: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constantFrom("write" as const, "type" as const), path: fc.constantFrom(...paths), text: fc.constantFrom(...texts) }),
  fc.record({ does: fc.constantFrom("delete" as const, "revert" as const), path: fc.constantFrom(...paths) }),
);

describe("law 1: incremental equals batch", () => {
  afterEach(cleanUp);

  it("after any sequence of edits, saves and deletions", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const root = folderOf({ "a.ts": texts[0] ?? "" });
        const session = sessionOver(root);
        await session.open();
        const unsaved = new Map<string, string>();
        for (const one of steps) await take(one, { root, session, unsaved });
        const fresh = await sessionOver(root).update([...unsaved].map(([path, text]) => ({ path, text })));
        assert.equal(seen(await session.update([])), seen(fresh));
      }),
      { numRuns: 40 },
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
