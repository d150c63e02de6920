/**
 * `npm run bench:fixes -- DIR... [--limit N] [--seed N] [--rule ID]`: tries every safe and review fix that is offered for the
 * findings of real folders, one by one, over the unchanged rest. A fix is good where its result parses, its finding is gone,
 * no rule reports anything new in the whole folder and, where dependencies are installed, its package's compiler finds nothing
 * new in the files that it touches or makes. Nothing is written to the folders.
 */
import { readFileSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { createSession, type Session } from "../src/engine/index.ts";
import { applyEdits } from "../src/fixes/index.ts";
import type { Finding, FixOffer } from "../src/model/finding.ts";
import { addedFindings, isCleared, syntaxErrors } from "../test/support/fix-verdict.ts";
import { TypeCheck } from "./type-check.ts";

interface Attempt {
  readonly finding: Finding;
  readonly offer: FixOffer;
}

/** Undefined: not asked, because an earlier question was answered with no, or because there is nothing to ask. */
interface Verdict extends Attempt {
  readonly applies: boolean;
  readonly parses?: boolean;
  readonly clears?: boolean;
  readonly addsNone?: boolean;
  readonly typeChecks?: boolean;
  readonly faults: readonly string[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: "string" }, seed: { type: "string", default: "1" }, rule: { type: "string" } },
});
if (positionals.length === 0) throw new Error("Name the folders: npm run bench:fixes -- DIR...");

async function tryFolder(root: string): Promise<readonly Verdict[]> {
  const session = createSession({ root, workers: 0 });
  try {
    const { findings } = await session.open();
    const attempts = sampled(findings.flatMap((finding) => finding.fixes.filter(({ kind }) => kind !== "scaffold").map((offer) => ({ finding, offer }))));
    // All are made from the texts as they are, before the first is laid over them.
    const made = attempts.map((attempt) => ({ ...attempt, ...madeBy(attempt, session) }));
    const world = { session, findings, check: new TypeCheck(root), overlay: new Map<string, string>(), kept: new Set<string>() };
    const verdicts: Verdict[] = [];
    for (const each of made) verdicts.push(await tried(each, world));
    return verdicts;
  } finally {
    await session.dispose();
  }
}

/** The same choice for the same seed, whatever else is offered. */
function sampled(attempts: readonly Attempt[]): readonly Attempt[] {
  const wanted = attempts.filter(({ finding }) => values.rule === undefined || finding.rule === values.rule);
  if (values.limit === undefined || wanted.length <= Number(values.limit)) return wanted;
  return wanted
    .map((attempt) => ({ attempt, draw: scrambled(`${values.seed} ${attempt.finding.fingerprint} ${attempt.offer.id}`) }))
    .sort((a, b) => a.draw - b.draw)
    .slice(0, Number(values.limit))
    .map(({ attempt }) => attempt);
}

/** FNV-1a, with a last stir. */
function scrambled(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
}

interface Made extends Attempt {
  /** What the files would say; undefined where the fix refuses. */
  readonly texts?: ReadonlyMap<string, string>;
  readonly created: ReadonlySet<string>;
  readonly refusal?: string;
}

function madeBy({ finding, offer }: Attempt, session: Session): Omit<Made, keyof Attempt> {
  const result = session.fix(finding, offer.id);
  if (!result.ok) return { created: new Set(), refusal: `refused: ${result.reason}` };
  const texts = new Map(result.edits.map(({ path, changes }) => [path, applyEdits(session.read(path) ?? "", changes)]));
  if ([...texts].every(([path, text]) => session.read(path) === text)) return { created: new Set(), refusal: "changes nothing" };
  return { texts, created: new Set(result.edits.filter(({ create }) => create).map(({ path }) => path)) };
}

interface World {
  readonly session: Session;
  readonly findings: readonly Finding[];
  readonly check: TypeCheck;
  /** What is laid over the folder now. */
  readonly overlay: Map<string, string>;
  readonly kept: Set<string>;
}

async function tried({ finding, offer, texts, created, refusal }: Made, world: World): Promise<Verdict> {
  const attempt = { finding, offer };
  if (texts === undefined) return { ...attempt, applies: false, faults: [refusal ?? "refused"] };
  const broken = [...texts].flatMap(([path, text]) => syntaxErrors(path, text));
  if (broken.length > 0) return { ...attempt, applies: true, parses: false, faults: broken };
  const after = await laidOver(world, texts, created);
  const clears = isCleared(finding, world.findings, after);
  const added = addedFindings(world.findings, after);
  const errors = world.check.newErrors(texts);
  const faults = [
    ...(clears ? [] : ["the finding stays"]),
    ...added.map(({ rule, place, wording }) => `adds ${rule} in ${place.path}: ${wording.what}`),
    ...(errors ?? []),
  ];
  return { ...attempt, applies: true, parses: true, clears, addsNone: added.length === 0, ...(errors === undefined ? {} : { typeChecks: errors.length === 0 }), faults };
}

/** Findings with these texts in force and those of the fix before taken back. A module that a fix made stays: nothing imports it, and the next is likely to make the same. */
async function laidOver({ session, overlay, kept }: World, texts: ReadonlyMap<string, string>, created: ReadonlySet<string>): Promise<readonly Finding[]> {
  const back = [...overlay.keys()].filter((path) => !texts.has(path) && !kept.has(path));
  const changed = [...texts].filter(([path, text]) => overlay.get(path) !== text).map(([path, text]) => ({ path, text }));
  const { findings } = await session.update([...changed, ...back.map((path) => ({ path }))]);
  for (const path of back) overlay.delete(path);
  for (const [path, text] of texts) overlay.set(path, text);
  for (const path of created) kept.add(path);
  return findings;
}

function tell(title: string, verdicts: readonly Verdict[]): void {
  if (verdicts.length === 0) return;
  const rules = [...new Set(verdicts.map(({ finding }) => finding.rule))].sort();
  const rows = [...rules.map((rule) => row(rule, verdicts.filter(({ finding }) => finding.rule === rule))), row("all", verdicts)];
  const width = Math.max(...rows.map(([name = ""]) => name.length));
  const lines = [HEAD, ...rows].map(([name = "", ...cells]) => name.padEnd(width) + cells.map((cell) => cell.padStart(14)).join(""));
  console.log(`\n${title}\n${lines.join("\n")}`);
}

const HEAD = ["", "offered", "applies", "parses", "clears", "adds none", "type-checks", "good"];

function row(name: string, verdicts: readonly Verdict[]): readonly string[] {
  const share = (aspect: "applies" | "parses" | "clears" | "addsNone" | "typeChecks"): string => {
    const asked = verdicts.filter((each) => each[aspect] !== undefined);
    return `${asked.filter((each) => each[aspect]).length} of ${asked.length}`;
  };
  const good = verdicts.filter(({ faults }) => faults.length === 0).length;
  return [name, String(verdicts.length), share("applies"), share("parses"), share("clears"), share("addsNone"), share("typeChecks"), `${good} of ${verdicts.length}`];
}

function tellFaults(verdicts: readonly Verdict[], root: string): void {
  for (const { finding, offer, faults } of verdicts.filter((each) => each.faults.length > 0)) {
    console.log(`  ${finding.rule} [${offer.id}] ${basename(root)}/${finding.place.path}:${lineOf(root, finding)}`);
    for (const fault of faults) console.log(`    ${fault.slice(0, 400)}`);
  }
}

function lineOf(root: string, { place }: Finding): number {
  return readFileSync(join(root, place.path), "utf8").slice(0, place.at).split("\n").length;
}

const all: Verdict[] = [];
for (const folder of positionals) {
  const root = realpathSync(folder);
  const verdicts = await tryFolder(root);
  tell(root, verdicts);
  tellFaults(verdicts, root);
  all.push(...verdicts);
}
if (positionals.length > 1) tell(`${positionals.length} folders`, all);
