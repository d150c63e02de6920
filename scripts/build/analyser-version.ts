import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";

/** Changes whenever a summary may come out differently: stored summaries of another version are worth nothing. */
export function analyserVersion(repository: string): string {
  return versionOf(repository, ["src/syntax/**/*.ts", "src/workspace/kinds.ts", "package-lock.json"]);
}

/** Changes whenever anything may be judged otherwise. */
export function buildVersion(repository: string): string {
  return versionOf(repository, ["src/**/*.{ts,md}", "package.json", "package-lock.json"]);
}

function versionOf(repository: string, patterns: readonly string[]): string {
  const hash = createHash("sha256");
  const sources = globSync([...patterns], { cwd: repository }).sort();
  for (const source of sources) hash.update(source).update(readFileSync(join(repository, source)));
  return hash.digest("hex").slice(0, 12);
}
