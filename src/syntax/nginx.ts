import type { DocumentSummary, MapEntry, Node, SyntaxProblem } from "./summary.ts";

const deepest = 60;

/**
 * Reads a configuration of nginx as a tree: a directive is a scalar of its arguments, a block a map with its arguments under `""`.
 * Directives of one name may stand several times. Variables (`$host`) and those of a template (`${NAME}`) stay as they are written.
 */
export function summarizeNginx(path: string, text: string): DocumentSummary {
  const problems: SyntaxProblem[] = [];
  const entries = readBlock({ tokens: tokensOf(text), next: 0, end: text.length, problems }, 0);
  return { kind: "document", format: "nginx", path, problems, documents: [{ kind: "map", entries, at: 0, end: text.length }] };
}

/** The tree of a configuration that stands in another file. */
export function parseNginx(text: string): Node {
  return { kind: "map", entries: readBlock({ tokens: tokensOf(text), next: 0, end: text.length, problems: [] }, 0), at: 0, end: text.length };
}

interface Token {
  readonly kind: "word" | "{" | "}" | ";";
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/** Comments, braces, words with their quotes taken off. `{` of a variable (`${NAME}`) or of a count (`{2,3}`) belongs to its word. */
const token = /#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|(?:\$\{[^}\n]*\}|\{\d[\d,]*\}|\\.|[^\s{};"'\\])+/g;

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(token)].flatMap(({ 0: found, index: at }): readonly Token[] => {
    if (found.startsWith("#")) return [];
    const end = at + found.length;
    if (found === "{" || found === "}" || found === ";") return [{ kind: found, text: found, at, end }];
    return [{ kind: "word", text: /^["']/.test(found) ? found.slice(1, -1) : found, at, end }];
  });
}

interface Reading {
  readonly tokens: readonly Token[];
  next: number;
  readonly end: number;
  readonly problems: SyntaxProblem[];
}

function readBlock(reading: Reading, depth: number): readonly MapEntry[] {
  const entries: MapEntry[] = [];
  let words: Token[] = [];
  for (let at = reading.tokens[reading.next]; at !== undefined; at = reading.tokens[reading.next]) {
    reading.next++;
    if (at.kind === "}" && depth > 0) return entries;
    if (at.kind === "word") words.push(at);
    else if (at.kind === ";") words = close(entries, words, argumentsOf(words, at.at));
    else if (at.kind === "{" && depth < deepest) words = close(entries, words, blockOf(reading, words, at, depth));
  }
  if (depth > 0) reading.problems.push({ message: "nginx syntax error: a block is not closed", at: reading.end, end: reading.end });
  return entries;
}

function blockOf(reading: Reading, words: readonly Token[], open: Token, depth: number): Node {
  const own: MapEntry = { key: "", keyAt: open.at, keyEnd: open.at, value: argumentsOf(words, open.at) };
  const entries = [own, ...readBlock(reading, depth + 1)];
  return { kind: "map", entries, at: open.at, end: reading.tokens[reading.next - 1]?.end ?? reading.end };
}

function argumentsOf(words: readonly Token[], end: number): Node {
  const [first] = words.slice(1);
  return { kind: "scalar", value: words.slice(1).map(({ text }) => text).join(" "), at: first?.at ?? end, end: words.at(-1)?.end ?? end };
}

function close(entries: MapEntry[], words: readonly Token[], value: Node): Token[] {
  const [name] = words;
  if (name !== undefined) entries.push({ key: name.text, keyAt: name.at, keyEnd: name.end, value });
  return [];
}
