import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { repository, type GeneratedFile } from "./generated-file.ts";
import { ruleSlugs } from "./patterns.ts";

/** What the manifest says of folders: a snippet contribution for each file in `snippets/`, a setting for each rule. */
export function manifest(): GeneratedFile {
  const path = "package.json";
  const text = readFileSync(join(repository, path), "utf8");
  const json = JSON.parse(text) as Manifest;
  json.contributes.snippets = snippets();
  json.contributes.configuration.properties["faultline.rules"].properties = ruleSettings();
  return { path, text: `${JSON.stringify(json, undefined, 2)}\n` };
}

interface Manifest {
  readonly contributes: {
    snippets: readonly unknown[];
    readonly configuration: { readonly properties: { readonly "faultline.rules": { properties: unknown } } };
  };
}

/** Languages that take a snippet file, by the file's name. */
const languages: Readonly<Record<string, readonly string[]>> = {
  typescript: ["typescript", "typescriptreact"],
  javascript: ["javascript", "javascriptreact"],
};

function snippets(): readonly unknown[] {
  const files = globSync("*.code-snippets", { cwd: join(repository, "snippets") }).sort();
  return files.flatMap((file) => {
    const name = file.replace(/\.code-snippets$/, "");
    return (languages[name] ?? [name]).map((language) => ({ language, path: `./snippets/${file}` }));
  });
}

function ruleSettings(): unknown {
  const level = { type: "string", enum: ["error", "warning", "information", "hint", "off"] };
  return Object.fromEntries(ruleSlugs().map((slug) => [slug, { ...level, description: titleOf(slug) }]));
}

/** The page's first sentence says what the rule is about. */
function titleOf(slug: string): string {
  const page = readFileSync(join(repository, "src/patterns", `${slug}.md`), "utf8");
  return /^# .+\n+(.+?[.:])(?:\s|$)/.exec(page)?.[1] ?? slug;
}
