/**
 * Embeds `src/patterns/<pattern>/template/*.ts` into `template.generated.ts` beside them, for the bundle has no files, and
 * makes `snippets/` of them.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { banner, type GeneratedFile, repository } from "./generated-file.ts";
import { snippetFiles } from "./snippets.ts";
import { standingAlone } from "./variants.ts";

const PATTERNS = "src/patterns";

export interface TemplateSource {
  readonly pattern: string;
  readonly name: string;
  readonly text: string;
}

/** Everything that is made of the templates. */
export function templateFiles(): readonly GeneratedFile[] {
  const sources = templateSources();
  const patterns = [...new Set(sources.map((source) => source.pattern))];
  const embedded = patterns.map((pattern) => ({ path: `${PATTERNS}/${pattern}/template.generated.ts`, text: embed(sources.filter((each) => each.pattern === pattern)) }));
  return [...embedded, ...[...snippetFiles([...sources, ...variantSources()])].map(([path, text]) => ({ path, text }))];
}

export function templateSources(): readonly TemplateSource[] {
  return patternsWithTemplate().flatMap((pattern) =>
    readdirSync(join(repository, PATTERNS, pattern, "template"))
      .filter((file) => file.endsWith(".ts"))
      .sort()
      .map((file) => {
        const text = readFileSync(join(repository, PATTERNS, pattern, "template", file), "utf8");
        return { pattern, name: file.replace(/\.ts$/, ""), text };
      }),
  );
}

/** The templates on top of a library, each with what it takes from the template beside it written into it. */
export function variantSources(): readonly TemplateSource[] {
  return globSync(`${PATTERNS}/*/variant/*.ts`, { cwd: repository }).sort().map((path) => {
    const [, , pattern = "", , file = ""] = path.split("/");
    const text = readFileSync(join(repository, path), "utf8");
    return { pattern, name: `${pattern}-${file.replace(/\.ts$/, "")}`, text: standingAlone(text, (from) => readFileSync(join(repository, dirname(path), from), "utf8")) };
  });
}

function patternsWithTemplate(): readonly string[] {
  return readdirSync(join(repository, PATTERNS))
    .filter((pattern) => existsSync(join(repository, PATTERNS, pattern, "template")))
    .sort();
}

function embed(sources: readonly TemplateSource[]): string {
  const constants = sources.map(({ name, text }) => {
    const lines = text.split("\n").map((line) => `    ${JSON.stringify(line)},\n`);
    const constant = `${name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Template`;
    return `export const ${constant}: Template = {\n  name: ${JSON.stringify(name)},\n  text: [\n${lines.join("")}  ].join("\\n"),\n};\n`;
  });
  return `${banner}\nimport type { Template } from "../../fixes/index.ts";\n\n${constants.join("\n")}`;
}
