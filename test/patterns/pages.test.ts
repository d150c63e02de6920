import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../src/model/finding.ts";
import { rules } from "../../src/patterns/rules.generated.ts";
import { sessionOf } from "../support/memory-session.ts";
import { type Example, examplesOf, type Kind } from "./page.ts";

const patterns = join(import.meta.dirname, "../../src/patterns");
const expected: Readonly<Record<Kind, string>> = {
  reported: "is reported at the marked lines, and only there",
  fixed: "is no longer reported",
  "not reported": "is left alone",
};

describe("the page of a rule", () => {
  for (const { id } of rules) {
    describe(id, () => {
      const path = join(patterns, `${id}.md`);
      if (!existsSync(path)) {
        it("exists", () => assert.fail(`src/patterns/${id}.md is missing`));
        return;
      }
      const page = readFileSync(path, "utf8");
      const examples = examplesOf(page);

      it("shows what is reported, fixed and not reported", () => {
        const kinds = new Set(examples.map(({ kind }) => kind));
        assert.deepEqual([...kinds].sort(), ["fixed", "not reported", "reported"]);
      });

      it("begins with the rule's name", () => {
        assert.equal(page.split("\n")[0], `# ${id}`);
      });

      for (const example of examples) {
        it(`${example.section}: ${expected[example.kind]}`, async () => {
          assert.deepEqual(await reportedIn(example, id), example.marks);
          assert.equal(example.marks.length > 0, example.kind === "reported", "marks stand in reported examples, and nowhere else");
        });
      }
    });
  }
});

async function reportedIn(example: Example, rule: string): Promise<readonly string[]> {
  const session = sessionOf(example.files);
  const { findings } = await session.open();
  await session.dispose();
  const order = Object.keys(example.files);
  return findings
    .filter((finding) => finding.rule === rule)
    .sort((a, b) => order.indexOf(a.place.path) - order.indexOf(b.place.path) || a.place.at - b.place.at)
    .map((finding) => lineOf(finding, example.files));
}

function lineOf({ place }: Finding, files: Readonly<Record<string, string>>): string {
  return `${place.path}:${(files[place.path] ?? "").slice(0, place.at).split("\n").length}`;
}
