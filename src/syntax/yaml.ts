import { type Document, isAlias, isMap, isScalar, isSeq, type Node as YamlNode, type Pair, parseAllDocuments, type YAMLMap } from "yaml";
import type { DocumentSummary, MapEntry, Node, SyntaxProblem } from "./summary.ts";

/** Nodes that aliases may add to one file; what a file that doubles itself forty times would add is not worth having. */
const largestExpansion = 20_000;
const deepest = 200;

/** Reads all documents of a YAML file. Aliases and merge keys are resolved, and keep the spans of what they stand for. */
export function summarizeYaml(path: string, text: string): DocumentSummary {
  const reader: Reader = { resolved: new Map(), left: largestExpansion, problems: [], depth: 0 };
  const parsed = parseAllDocuments(text, parseOptions);
  const found = "empty" in parsed ? [] : parsed;
  const documents: Node[] = [];
  for (const document of found) {
    const [error] = document.errors;
    if (error !== undefined && reader.problems.length === 0) {
      const [at, end] = error.pos;
      reader.problems.push({ message: `YAML syntax error: ${error.message}`, at, end });
    }
    if (error === undefined && document.contents !== null) documents.push(nodeOf(reader, document, document.contents));
  }
  if (reader.problems[0] !== undefined && /\{\{-?\s/.test(text)) return templated(path, reader.problems[0]);
  return { kind: "document", format: "yaml", path, problems: reader.problems, documents };
}

const parseOptions = { prettyErrors: false, strict: false, uniqueKeys: false, logLevel: "silent", stringKeys: false } as const;

interface Reader {
  readonly resolved: Map<YamlNode, Resolved>;
  left: number;
  readonly problems: SyntaxProblem[];
  depth: number;
}

/** A node, and how many nodes it is when written out. */
interface Resolved {
  readonly node: Node;
  readonly size: number;
}

/** Half of a template is not the document that it will be, so none of it is taken for one. */
function templated(path: string, { at, end }: SyntaxProblem): DocumentSummary {
  const message = "This template is not valid YAML until it is rendered, so it is not analysed";
  return { kind: "document", format: "yaml", path, problems: [{ message, at, end }], documents: [] };
}

function nodeOf(reader: Reader, document: Document, node: unknown): Node {
  return resolve(reader, document, node as YamlNode | null).node;
}

function resolve(reader: Reader, document: Document, node: YamlNode | null): Resolved {
  if (node === null) return empty(0);
  if (isAlias(node)) return expand(reader, document, node);
  const known = reader.resolved.get(node);
  if (known !== undefined) return known;
  const [at, end] = node.range ?? [0, 0];
  if (reader.depth >= deepest) return empty(at);
  reader.depth++;
  // Until it is known the node stands for nothing, which also ends an alias that is inside of its own anchor.
  reader.resolved.set(node, empty(at));
  const resolved = collect(reader, document, node, at, end);
  reader.resolved.set(node, resolved);
  reader.depth--;
  return resolved;
}

function collect(reader: Reader, document: Document, node: YamlNode, at: number, end: number): Resolved {
  if (isScalar(node)) return { node: { kind: "scalar", value: scalarOf(node.value), at, end }, size: 1 };
  if (isMap(node)) return collectMap(reader, document, node, at, end);
  if (!isSeq(node)) return empty(at);
  let size = 1;
  const items: Node[] = [];
  for (const item of node.items) {
    const resolved = resolve(reader, document, isPair(item) ? null : (item as YamlNode | null));
    size += resolved.size;
    items.push(resolved.node);
  }
  return { node: { kind: "list", items, at, end }, size };
}

function isPair(item: unknown): boolean {
  return typeof item === "object" && item !== null && "key" in item;
}

function collectMap(reader: Reader, document: Document, node: YAMLMap, at: number, end: number): Resolved {
  let size = 1;
  const entries: MapEntry[] = [];
  const merged: MapEntry[] = [];
  for (const pair of node.items as Pair<YamlNode | null, YamlNode | null>[]) {
    const { key, value } = pair;
    if (!isScalar(key)) continue;
    const resolved = resolve(reader, document, value ?? null);
    size += resolved.size;
    const [keyAt, keyEnd] = key.range ?? [at, at];
    if (isMerge(key.value)) merged.push(...mergedEntries(resolved.node));
    else entries.push({ key: keyOf(key.value), keyAt, keyEnd, value: value === null ? empty(keyEnd).node : resolved.node });
  }
  for (const entry of merged) if (!entries.some(({ key }) => key === entry.key)) entries.push(entry);
  return { node: { kind: "map", entries, at, end }, size };
}

function isMerge(key: unknown): boolean {
  return key === "<<" || (typeof key === "symbol" && key.description === "<<");
}

function keyOf(key: unknown): string {
  return typeof key === "symbol" ? (key.description ?? "") : String(key ?? "");
}

/** `<<: *a` and `<<: [*a, *b]`, of which the first has precedence. */
function mergedEntries(node: Node): readonly MapEntry[] {
  if (node.kind === "map") return node.entries;
  return node.kind === "list" ? node.items.flatMap(mergedEntries) : [];
}

function expand(reader: Reader, document: Document, alias: YamlNode): Resolved {
  const [at, end] = alias.range ?? [0, 0];
  const target = isAlias(alias) ? alias.resolve(document) : undefined;
  if (target === undefined) return empty(at);
  const resolved = resolve(reader, document, target);
  if (resolved.size <= reader.left) {
    reader.left -= resolved.size;
    return resolved;
  }
  const message = "Aliases make this document too large to be analysed in full; from here on they are left out";
  if (!reader.problems.some((problem) => problem.message === message)) reader.problems.push({ message, at, end });
  return empty(at);
}

function empty(at: number): Resolved {
  return { node: { kind: "scalar", value: null, at, end: at }, size: 1 };
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : String(value);
}
