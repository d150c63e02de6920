/** The whole engine over the two systems, held to what a strict senior reviewer expects of them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createSession, type Analysis } from "../../src/engine/index.ts";
import type { Finding, Place } from "../../src/model/finding.ts";
import * as architectures from "./architectures.expected.ts";
import type { ExpectedArchitecture, Gap, Spot } from "./expectation.ts";
import { architectureGaps, falseAlarmsOfShop, falseAlarmsOfWellBuilt, missedInShop, unrelatedInShop } from "./gaps.expected.ts";
import { mayReport, shouldReport } from "./shop.expected.ts";
import { asExpected } from "./compare-architecture.ts";

const root = join(import.meta.dirname, "../..");
/** Rules of the first five; others have their own expectations. */
const judged = new Set(shouldReport.map(({ rule }) => rule));

describe("the example shop", () => {
  const folder = join(root, "examples/shop");
  let analysis: Analysis;
  before(async () => {
    analysis = await analysed(folder);
  });

  it("is told everything that a reviewer would report, but for the known gaps", () => {
    const missed = shouldReport.filter((expected) => !analysis.findings.some((finding) => finding.rule === expected.rule && touchesOne(finding, [expected, ...expected.or])));
    assertGaps(missed.map(({ rule, file, anchor }) => `${rule} ${file} ${anchor}`), missedInShop);
  });

  it("is told nothing that a reviewer would not report, but for the known gaps", () => {
    const allowed = [...shouldReport.flatMap(({ rule, or, ...spot }) => [spot, ...or].map((each) => ({ ...each, rule }))), ...mayReport];
    const alarms = analysis.findings.filter((finding) => judged.has(finding.rule) && !touchesOne(finding, allowed.filter(({ rule }) => rule === finding.rule)));
    assertGaps(alarms.map(shown), falseAlarmsOfShop);
  });

  it("has the related places in the files where they are", () => {
    const lacking = shouldReport.flatMap((expected) => {
      const met = analysis.findings.filter((finding) => finding.rule === expected.rule && touchesOne(finding, [expected, ...expected.or]));
      const files = new Set(met.flatMap((finding) => [...placesOf(finding), ...finding.evidence.flatMap(({ place }) => place ?? [])].map(({ path }) => path)));
      return met.length === 0 ? [] : expected.also.filter((file) => !files.has(file)).map((file) => `${expected.rule} ${expected.file} ${expected.anchor}: ${file}`);
    });
    assertGaps(lacking, unrelatedInShop);
  });

  itHasTheArchitecture("shop", () => analysis);

  function touchesOne(finding: Finding, spots: readonly Spot[]): boolean {
    return spots.some((spot) => placesOf(finding).some((place) => place.path === spot.file && touchesLine(place, spot)));
  }

  function touchesLine(place: Place, spot: Spot): boolean {
    const text = readFileSync(join(folder, spot.file), "utf8");
    const at = text.indexOf(spot.anchor);
    const line = lineAt(text, at);
    return lineAt(text, place.at) <= line && line <= lineAt(text, place.end);
  }

  function shown({ rule, place, wording }: Finding): string {
    return `${rule} ${place.path}:${lineAt(readFileSync(join(folder, place.path), "utf8"), place.at)} ${wording.what}`;
  }
});

describe("the well-built system", () => {
  const folder = join(root, "test/systems/well-built");
  let analysis: Analysis;
  before(async () => {
    analysis = await analysed(folder);
  });

  it("is told nothing, but for the known gaps", () => {
    assertGaps(analysis.findings.map(({ rule, place, wording }) => `${rule} ${place.path}:${lineAt(readFileSync(join(folder, place.path), "utf8"), place.at)} ${wording.what}`), falseAlarmsOfWellBuilt);
  });

  itHasTheArchitecture("wellBuilt", () => analysis);
});

function itHasTheArchitecture(name: keyof typeof architectures, analysis: () => Analysis): void {
  const expected: ExpectedArchitecture = architectures[name];
  it("has the architecture that its authors had in mind, but for the known gaps", () => {
    assertGaps(asExpected(analysis().knowledge.model, expected), architectureGaps[name]);
  });
}

/** Fails on a difference that is not listed, and on a listed one that is no more. */
function assertGaps(differences: readonly string[], gaps: readonly Gap[]): void {
  const known = new Set(gaps.map(({ what }) => what));
  const seen = new Set(differences);
  const unexpected = [...seen].filter((difference) => !known.has(difference)).sort();
  const closed = [...known].filter((gap) => !seen.has(gap)).sort();
  assert.deepEqual({ unexpected, closed }, { unexpected: [], closed: [] });
}

async function analysed(folder: string): Promise<Analysis> {
  const session = createSession({ root: folder, workers: 0, today: "2026-06-15" });
  const analysis = await session.open();
  await session.dispose();
  return analysis;
}

function placesOf(finding: Finding): readonly Place[] {
  return [finding.place, ...finding.related];
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
