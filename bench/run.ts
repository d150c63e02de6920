/**
 * `npm run bench -- DIR [--rounds N] [--edits N]`: Faultline beside other tools on the same files of one repository. Compare
 * within one run alone: rounds are interleaved, so that what else the machine does falls on all of them. What it compares
 * with is installed into `bench/node_modules` at the first run.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchFiles, type BenchFiles } from "./files.ts";
import { editTimes } from "./edits.ts";
import { run, type Usage } from "./process.ts";
import { quantile, table } from "./table.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "../dist");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: "string", default: "3" }, edits: { type: "string", default: "40" }, skip: { type: "string", default: "" } } });
const [folder] = positionals;
if (folder === undefined) throw new Error("Name the repository: npm run bench -- DIR");

async function main(root: string, rounds: number, edits: number): Promise<void> {
  if (!existsSync(join(here, "node_modules"))) execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: here, stdio: "inherit" });
  const scratch = mkdtempSync(join(tmpdir(), "faultline-bench-"));
  try {
    const files = await benchFiles(root);
    tellFiles(files);
    if (values.skip !== "programs") await programs(files, rounds, scratch);
    if (values.skip !== "edits") await editing(files, edits, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function tellFiles({ root, counted, leftOut }: BenchFiles): void {
  console.log(`${root}: ${counted.files} files of code with ${counted.lines} lines, in scope for all`);
  for (const [scope, { files, lines }] of leftOut) console.log(`  left out as ${scope}: ${files} files, ${lines} lines`);
}

type Contender = "cold" | "warm" | "again" | "cruiser" | "tsc" | "parseTs" | "parseOxc";

async function programs(files: BenchFiles, rounds: number, scratch: string): Promise<void> {
  const list = join(scratch, "files.json");
  writeFileSync(list, JSON.stringify(files.code));
  writeFileSync(join(scratch, "tsconfig.json"), JSON.stringify({ compilerOptions, files: files.code.map((path) => join(files.root, path)) }));
  const cache = join(scratch, "cache");
  const env = { XDG_CACHE_HOME: cache };
  const node = (args: readonly string[]): Promise<Usage> => run(process.execPath, args, { cwd: files.root, scratch, env });
  const bin = (name: string): string => join(here, "node_modules", name);
  const contenders: Record<Contender, () => Promise<Usage>> = {
    cold: () => node([join(dist, "cli.js"), "check", files.root, "--no-cache"]),
    warm: () => node([join(dist, "cli.js"), "check", files.root]),
    again: () => {
      for (const name of readdirSync(cache, { recursive: true, encoding: "utf8" })) if (name.endsWith(".verdict")) rmSync(join(cache, name));
      return node([join(dist, "cli.js"), "check", files.root]);
    },
    cruiser: () => node([bin("dependency-cruiser/bin/dependency-cruise.mjs"), "--no-config", "--output-type", "null", ...files.code]),
    tsc: () => node([bin("typescript-native/bin/tsc"), "-p", scratch]),
    parseTs: () => inner(node([join(here, "parse-only.mjs"), "typescript", files.root, list])),
    parseOxc: () => inner(node([join(here, "parse-only.mjs"), "oxc", files.root, list])),
  };
  const taken: Record<Contender, Usage[]> = { cold: [], warm: [], again: [], cruiser: [], tsc: [], parseTs: [], parseOxc: [] };
  await contenders.warm();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(contenders) as Contender[]) taken[name].push(await contenders[name]());
  }
  tellPrograms(taken);
}

const compilerOptions = { noEmit: true, skipLibCheck: true, allowJs: true, jsx: "preserve", target: "es2022", module: "esnext", moduleResolution: "bundler", types: [] };

const titles: Record<Contender, string> = {
  cold: "faultline check, cold",
  warm: "faultline check, warm, nothing changed",
  again: "faultline check, warm, all judged anew",
  cruiser: "dependency-cruiser 17",
  tsc: "TypeScript 7 tsc --noEmit --skipLibCheck",
  parseTs: "floor: TypeScript 6 parse-only, one thread",
  parseOxc: "floor: oxc-parser parse-only, one thread",
};

/** The floor is reading and parsing alone, without the start of the process. */
async function inner(running: Promise<Usage>): Promise<Usage> {
  const usage = await running;
  return { ...usage, ...(JSON.parse(usage.output) as { wall: number; cpu: number }) };
}

function tellPrograms(taken: Record<Contender, readonly Usage[]>): void {
  const names = Object.keys(taken) as Contender[];
  console.log(`\n${table(names.flatMap((name) => [
    { name: `${titles[name]}, wall`, values: taken[name].map(({ wall }) => wall), unit: "s" },
    { name: `${titles[name]}, CPU`, values: taken[name].map(({ cpu }) => cpu), unit: "s" },
    { name: `${titles[name]}, peak memory`, values: taken[name].map(({ megabytes }) => megabytes), unit: "MB" },
  ]))}\n`); // prettier-ignore
  const ratio = (a: Contender, b: Contender): string =>
    (["wall", "cpu"] as const).map((aspect) => {
      const [x, y] = [a, b].map((name) => quantile(taken[name].map((usage) => usage[aspect]), 0.5));
      return `${x === undefined || y === undefined ? "-" : (x / y).toFixed(2)} ${aspect}`;
    }).join(", "); // prettier-ignore
  console.log(`cold / dependency-cruiser: ${ratio("cold", "cruiser")} (target 0.50)`);
  console.log(`cold / TypeScript 7:       ${ratio("cold", "tsc")} (target 1.00)`);
  console.log(`warm / TypeScript parse:   ${ratio("warm", "parseTs")} (target 0.50)`);
  console.log(`anew / TypeScript parse:   ${ratio("again", "parseTs")} (what a change of one file costs a warm start at most)`);
  console.log(`cold / TypeScript parse:   ${ratio("cold", "parseTs")} (distance to the floor)`);
  console.log(`cold / oxc parse:          ${ratio("cold", "parseOxc")} (distance to the floor)`);
}

async function editing(files: BenchFiles, edits: number, scratch: string): Promise<void> {
  const measured = await editTimes({
    root: files.root,
    server: join(dist, "main.cjs"),
    cache: join(scratch, "cache"),
    edits,
    importers: files.importers,
  });
  console.log("\nfrom an edit to its diagnostics, target 100 ms at the median and 200 ms at p95");
  for (const { what, times } of measured) console.log(`  ${what}: median ${quantile(times, 0.5)?.toFixed(0)} ms, p95 ${quantile(times, 0.95)?.toFixed(0)} ms, max ${quantile(times, 1)?.toFixed(0)} ms over ${times.length} edits`);
}

await main(realpathSync(folder), Number(values.rounds), Number(values.edits));
