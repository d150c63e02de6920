/** `npm run generate` writes every list that mirrors a folder; `npm run generate -- --check` tells which are stale. */
import { generated } from "./generate/all.ts";
import { isStale, write } from "./generate/generated-file.ts";

const files = await generated();
if (process.argv.includes("--check")) {
  const stale = files.filter(isStale);
  for (const { path } of stale) console.error(`${path} is stale: run npm run generate`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const file of files) if (write(file)) console.log(`wrote ${file.path}`);
}
