/** `node parse-only.mjs typescript|oxc ROOT LIST`: reads and parses every listed file in one thread; prints its seconds as JSON. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [parser, root, list] = process.argv.slice(2);
const parse = parser === "oxc" ? await oxc() : await typescript();
const files = JSON.parse(readFileSync(list, "utf8"));
const cpuBefore = process.cpuUsage();
const began = performance.now();
for (const path of files) parse(path, readFileSync(join(root, path), "utf8"));
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 }));

async function typescript() {
  const { ts } = await import("ts-morph");
  return (path, text) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
}

async function oxc() {
  const { parseSync } = await import("oxc-parser");
  return (path, text) => parseSync(path, text).program;
}
