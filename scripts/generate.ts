/** `npm run generate` writes every list that mirrors a folder; with `-- --check` it only tells which are stale. */
import { fileURLToPath } from "node:url";
import { generated } from "./generate/all.ts";
import { isStale, write } from "./generate/generated-file.ts";

/** Generated files by their path, as they should read. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map((await generated()).map(({ path, text }) => [path, text]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--check")) await check();
  else for (const file of await generated()) if (write(file)) console.log(`wrote ${file.path}`);
}

async function check(): Promise<void> {
  const stale = (await generated()).filter(isStale);
  for (const { path } of stale) console.error(`${path} is stale: run npm run generate`);
  process.exitCode = stale.length === 0 ? 0 : 1;
}
