#!/usr/bin/env node
// Scores a linter's findings against bench/corpus/labels.jsonl, one exact rule a row (sites in dispute are left out).
//   node bench/score-own.mjs --corpus DIR --cli 'node dist/cli.js' [--only owner/name] [--misses]
// DIR/<owner>+<name>/ holds each repository at the commit that corpus/repos.json states. A label counts as reported where
// a finding of its rule touches its lines, give or take three; findings that no label speaks of are not judged.
import { execSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const { values: arg } = parseArgs({ options: { corpus: { type: "string" }, cli: { type: "string" }, only: { type: "string" }, misses: { type: "boolean" } } });
if (!arg.corpus || !arg.cli) { console.error("score-own: --corpus and --cli are needed"); process.exit(2); }
const SLACK = 3;
// rules that report once per client or table: one of the related places will do
const GROUPED = new Set(["timeout/missing", "circuit-breaker/missing", "database/shared"]);
// a violation may be told by its neighbour's name as well; a look-alike is spoiled by its own rule only
const ALSO = { "retry/no-backoff": ["retry/constant-delay"], "retry/constant-delay": ["retry/no-backoff"], "database/shared": ["database/cross-service-join"] };

const labels = fs.readFileSync(new URL("corpus/labels.jsonl", import.meta.url), "utf8").split("\n").filter(Boolean).map((l) => JSON.parse(l))
  .filter((l) => l.verdict !== "disputed" && (!arg.only || l.repo === arg.only));
const table = {}, misses = [];
for (const repo of new Set(labels.map((l) => l.repo))) {
  const dir = path.join(arg.corpus, repo.replace("/", "+"));
  if (!fs.existsSync(dir)) { console.error(`score-own: ${repo} is not in the corpus folder: left out`); continue; }
  const findings = check(dir);
  for (const label of labels.filter((l) => l.repo === repo)) {
    const bad = label.verdict === "violation", rules = [label.flaw, ...(bad ? ALSO[label.flaw] ?? [] : [])];
    const told = findings.some((f) => rules.includes(f.rule) && [f, ...(GROUPED.has(label.flaw) ? f.related ?? [] : [])].some((p) =>
      p.file === label.path && p.range.start.line <= label.endLine + SLACK && p.range.end.line >= label.line - SLACK));
    const row = (table[label.flaw] ??= { found: 0, missed: 0, false: 0, quiet: 0 });
    row[bad ? (told ? "found" : "missed") : told ? "false" : "quiet"]++;
    if (bad !== told) misses.push(`${bad ? "missed" : "false "} ${label.flaw}  ${repo}:${label.path}:${label.line}  ${label.why}`);
  }
}
console.table(table);
if (arg.misses) console.log(misses.join("\n"));

function check(dir) {
  try { return JSON.parse(execSync(`${arg.cli} check ${JSON.stringify(dir)} --format json`, { maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "pipe"] })).findings; }
  catch (error) { // findings may set a non-zero exit status: the output still counts
    try { return JSON.parse(String(error.stdout)).findings; } catch { /* told below */ }
    console.error(`score-own: check failed on ${dir}: ${String(error.stderr || error.message).slice(0, 300)}`);
    return [];
  }
}
