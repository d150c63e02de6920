import { readdirSync } from "node:fs";
import { join } from "node:path";
import { banner, repository, type GeneratedFile } from "./generated-file.ts";

/** Every data file of the catalog. */
export function catalogList(): GeneratedFile {
  const groups = readdirSync(join(repository, "src/catalog/data"))
    .filter((name) => name.endsWith(".data.ts"))
    .map((name) => name.slice(0, -".data.ts".length))
    .sort();
  const name = (group: string) => group.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const text = [
    banner,
    ...groups.map((group) => `import * as ${name(group)} from "./data/${group}.data.ts";`),
    'import type { Library } from "./library.ts";',
    "",
    "export const libraries: readonly Library[] = [",
    ...groups.map((group) => `  ...Object.values<Library>(${name(group)}),`),
    "];",
    "",
  ].join("\n");
  return { path: "src/catalog/libraries.generated.ts", text };
}
