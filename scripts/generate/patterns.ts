import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { banner, repository, type GeneratedFile } from "./generated-file.ts";

/** The list of rules, and the text of their pages: what lies in `src/patterns/<pattern>/`, a page beside each rule. */
export function patternLists(): readonly GeneratedFile[] {
  const slugs = ruleSlugs();
  return [
    { path: "src/patterns/rules.generated.ts", text: ruleList(slugs) },
    { path: "src/patterns/pages.generated.ts", text: pageTexts(slugs) },
  ];
}

/** Every rule, sorted. */
export function ruleSlugs(): readonly string[] {
  return pageSlugs().filter((slug) => existsSync(join(repository, `src/patterns/${slug}.ts`)));
}

/** `retry/no-backoff`: a page makes a rule (law 5). A pattern's own page has no rule beside it. */
function pageSlugs(): readonly string[] {
  const pages = globSync("*/*.md", { cwd: join(repository, "src/patterns") });
  return pages.map((page) => page.replaceAll("\\", "/").replace(/\.md$/, "")).sort((a, b) => (a < b ? -1 : 1));
}

function ruleList(slugs: readonly string[]): string {
  return [
    banner,
    `import type { Rule } from "../model/finding.ts";`,
    ...slugs.map((slug) => `import ${nameOf(slug)} from "./${slug}.ts";`),
    "",
    `export const rules: readonly Rule[] = [${slugs.length === 0 ? "" : `\n${slugs.map((slug) => `  ${nameOf(slug)} as Rule,\n`).join("")}`}];`,
    "",
  ].join("\n");
}

function pageTexts(slugs: readonly string[]): string {
  const entries = slugs.map((slug) => `  ${JSON.stringify(slug)}: ${JSON.stringify(pageOf(slug))},\n`);
  return [banner, "/** Text of each rule's page, by rule. */", `export const pages: Readonly<Record<string, string>> = {${entries.length === 0 ? "" : `\n${entries.join("")}`}};`, ""].join("\n");
}

function pageOf(slug: string): string {
  return readFileSync(join(repository, `src/patterns/${slug}.md`), "utf8");
}

/** `retry/no-backoff` → `retryNoBackoff`. */
function nameOf(slug: string): string {
  return slug.replace(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase());
}
