/** `npm run generate` writes every list that mirrors a folder; with `-- --check` it only tells which are stale. */
import { fileURLToPath } from "node:url";
import { generated } from "./generate/all.ts";
import { isStale, write } from "./generate/generated-file.ts";

/** Generated files by their path, as they should read. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map(generated().map(({ path, text }) => [path, text]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--check")) check();
  else for (const file of generated()) if (write(file)) console.log(`wrote ${file.path}`);
}

function check(): void {
  const stale = generated().filter(isStale);
  for (const { path } of stale) console.error(`${path} is stale: run npm run generate`);
  process.exitCode = stale.length === 0 ? 0 : 1;
}
