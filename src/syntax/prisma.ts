import type { PrismaDatasource, PrismaModel, PrismaSummary, SyntaxProblem } from "./summary.ts";

/**
 * Reads the outline of a Prisma schema: its blocks, of which only settings and `@@` attributes are looked into.
 * The published parsers cannot be used here: one looks for a configuration file to execute as soon as it is imported (law 6),
 * the others need Prisma's engine.
 */
export function summarizePrisma(path: string, text: string): PrismaSummary {
  const datasources: PrismaDatasource[] = [];
  const models: PrismaModel[] = [];
  const generators: PrismaSummary["generators"][number][] = [];
  const problems: SyntaxProblem[] = [];
  for (const block of blocksOf(text, problems)) {
    if (block.keyword === "datasource") datasources.push(datasourceOf(block));
    else if (block.keyword === "generator") generators.push(generatorOf(block));
    else if (block.keyword === "model") models.push(modelOf(block));
  }
  return { kind: "prisma", path, problems, datasources, models, generators };
}

interface Block {
  readonly keyword: string;
  readonly name: string;
  /** Between the braces, with comments blanked out. */
  readonly inside: string;
  readonly at: number;
  readonly end: number;
}

/** Blocks do not nest, and a brace in a string or comment is none. */
function blocksOf(text: string, problems: SyntaxProblem[]): Block[] {
  const clean = withoutComments(text);
  const blocks: Block[] = [];
  const head = /^[ \t]*(\w+)[ \t]+(\w+)[ \t]*\{/gm;
  for (let match = head.exec(clean); match !== null; match = head.exec(clean)) {
    const [opening, keyword = "", name = ""] = match;
    const at = match.index + opening.search(/\S/);
    const open = match.index + opening.length;
    const close = closingBrace(clean, open);
    if (close === undefined) {
      problems.push({ message: `Prisma syntax error: the block of \`${name}\` is not closed`, at, end: open });
      break;
    }
    blocks.push({ keyword, name, inside: clean.slice(open, close), at, end: close + 1 });
    head.lastIndex = close;
  }
  return blocks;
}

/** Comments become spaces, so that offsets stay. */
function withoutComments(text: string): string {
  return text.replace(/"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (match) =>
    match.startsWith('"') ? match : match.replace(/[^\n\r]/g, " "),
  );
}

function closingBrace(text: string, from: number): number | undefined {
  const token = /"(?:\\.|[^"\\\n])*"|[{}]/g;
  token.lastIndex = from;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === "}") return match.index;
    if (match[0] === "{") return undefined;
  }
  return undefined;
}

function datasourceOf({ name, inside, at, end }: Block): PrismaDatasource {
  const url = setting(inside, "url");
  const env = /^env\(\s*"([^"]*)"\s*\)/.exec(url)?.[1];
  const source = { name, provider: unquoted(setting(inside, "provider")), at, end };
  if (env !== undefined) return { ...source, env };
  return url.startsWith('"') ? { ...source, url: unquoted(url) } : source;
}

function generatorOf({ name, inside }: Block): PrismaSummary["generators"][number] {
  const generator = { name, provider: unquoted(setting(inside, "provider")) };
  const output = setting(inside, "output");
  return output === "" ? generator : { ...generator, output: unquoted(output) };
}

function modelOf({ name, inside, at, end }: Block): PrismaModel {
  const model = { name, table: attribute(inside, "map") ?? name, at, end };
  const schema = attribute(inside, "schema");
  return schema === undefined ? model : { ...model, schema };
}

/** What is written after `key =`. */
function setting(inside: string, key: string): string {
  return new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*(.*?)[ \\t\\r]*$`, "m").exec(inside)?.[1] ?? "";
}

/** `@@map("orders")`, `@@map(name: "orders")`. */
function attribute(inside: string, name: string): string | undefined {
  return new RegExp(`@@${name}\\(\\s*(?:name\\s*:\\s*)?"((?:\\\\.|[^"\\\\])*)"`).exec(inside)?.[1];
}

/** A string's text; `["a", "b"]` gives its first. */
function unquoted(text: string): string {
  return /"((?:\\.|[^"\\])*)"/.exec(text)?.[1] ?? text;
}
