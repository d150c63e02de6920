/** Law 3, asked of every fix of every rule: on the examples of the pages, and on the example shop. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { rules } from "../../src/patterns/rules.generated.ts";
import { sessionOf, type Files } from "../support/memory-session.ts";
import { faultsOf, trialOf } from "./fix-trial.ts";
import { examplesOf } from "./page.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Rules, and examples of rules, that say what to do and offer no code: a scaffold needs a table's name, where a limit or a breaker belongs
 * is a choice of design, a proxy calls after the place where it is made, and how a task hands on a key is known to what it calls alone.
 */
const ADVICE_ONLY: ReadonlySet<string> = new Set(["database/shared", "topology/cycle", "topology/deep-sync-chain", "circuit-breaker/missing: A table of proxies", "retry/not-idempotent: A task that a workflow engine repeats"]);

describe("every fix clears its finding, adds none, compiles, and does it once", () => {
  for (const { id } of rules) {
    const examples = examplesOf(readFileSync(join(root, `src/patterns/${id}.md`), "utf8")).filter(({ kind }) => kind === "reported");
    for (const { section, files } of examples) {
      it(`${id}: ${section}`, async () => {
        const { faults, offered } = await faultsIn(files, (rule) => rule === id);
        assert.deepEqual(faults, []);
        assert.ok(offered > 0 || ADVICE_ONLY.has(id) || ADVICE_ONLY.has(`${id}: ${section}`), "a fix is offered");
      }).timeout(60_000);
    }
  }

  it("in the example shop", async () => {
    const { faults } = await faultsIn(filesOf(join(root, "examples/shop")), () => true);
    assert.deepEqual(faults, []);
  }).timeout(300_000);
});

async function faultsIn(files: Files, isAsked: (rule: string) => boolean): Promise<{ readonly faults: readonly string[]; readonly offered: number }> {
  const session = sessionOf(files);
  const trial = await trialOf(session, files);
  const faults: string[] = [];
  let offered = 0;
  for (const finding of trial.findings.filter(({ rule }) => isAsked(rule))) {
    for (const offer of finding.fixes) {
      offered += 1;
      const found = await faultsOf(trial, finding, offer);
      faults.push(...found.map((fault) => `${finding.rule} ${finding.place.path} ${finding.anchor} [${offer.id}]: ${fault}`));
    }
  }
  await session.dispose();
  return { faults, offered };
}

function filesOf(folder: string): Files {
  const paths = globSync("**", { cwd: folder, dot: true, ignore: ["**/node_modules/**", "**/dist/**"] });
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
