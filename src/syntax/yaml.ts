import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node as YamlNode,
  type Pair,
  parseAllDocuments,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import type { DocumentSummary, MapEntry, Node, SyntaxProblem } from "./summary.ts";

/** Nodes that aliases may add to one file; what a file that doubles itself forty times would add is not worth having. */
const largestExpansion = 20_000;
const deepest = 200;

/** Reads all documents of a YAML file. Aliases and merge keys are resolved, and keep the spans of what they stand for. */
export function summarizeYaml(path: string, text: string): DocumentSummary {
  const reader: Reader = { anchors: new Map(), left: largestExpansion, problems: [], depth: 0 };
  const parsed = parseAllDocuments(text, parseOptions);
  const found = "empty" in parsed ? [] : parsed;
  const documents: Node[] = [];
  for (const { errors, contents } of found) {
    const [error] = errors;
    if (error !== undefined && reader.problems.length === 0) reader.problems.push(problemOf(error));
    if (error !== undefined || contents === null) continue;
    reader.anchors.clear();
    documents.push(resolve(reader, contents).node);
  }
  if (reader.problems[0] !== undefined && /\{\{-?\s/.test(text)) return templated(path, reader.problems[0]);
  return { kind: "document", format: "yaml", path, problems: reader.problems, documents };
}

const parseOptions = {
  prettyErrors: false,
  strict: false,
  uniqueKeys: false,
  logLevel: "silent",
  stringKeys: false,
} as const;

function problemOf({ message, pos: [at, end] }: YAMLError): SyntaxProblem {
  const isTooDeep = message.includes("call stack");
  return { message: `YAML syntax error: ${isTooDeep ? "this is nested too deeply" : message}`, at, end };
}

interface Reader {
  readonly anchors: Map<string, Resolved>;
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

function resolve(reader: Reader, node: YamlNode | null): Resolved {
  if (node === null) return empty(0);
  if (isAlias(node)) return expand(reader, node);
  const [at, end] = node.range ?? [0, 0];
  if (reader.depth >= deepest) return empty(at);
  const anchor = "anchor" in node ? node.anchor : undefined;
  // Until it is known the node stands for nothing, which also ends an alias that is inside of its own anchor.
  if (anchor !== undefined) reader.anchors.set(anchor, empty(at));
  reader.depth++;
  const resolved = collect(reader, node, at, end);
  reader.depth--;
  if (anchor !== undefined) reader.anchors.set(anchor, resolved);
  return resolved;
}

function collect(reader: Reader, node: YamlNode, at: number, end: number): Resolved {
  if (isScalar(node)) return { node: { kind: "scalar", value: scalarOf(node.value), at, end }, size: 1 };
  if (isMap(node)) return collectMap(reader, node, at, end);
  if (!isSeq(node)) return empty(at);
  let size = 1;
  const items: Node[] = [];
  for (const item of node.items) {
    const resolved = resolve(reader, isPair(item) ? null : (item as YamlNode | null));
    size += resolved.size;
    items.push(resolved.node);
  }
  return { node: { kind: "list", items, at, end }, size };
}

function isPair(item: unknown): boolean {
  return typeof item === "object" && item !== null && "key" in item;
}

function collectMap(reader: Reader, node: YAMLMap, at: number, end: number): Resolved {
  let size = 1;
  const entries: MapEntry[] = [];
  const merged: MapEntry[] = [];
  for (const pair of node.items as Pair<YamlNode | null, YamlNode | null>[]) {
    const { key, value } = pair;
    if (!isScalar(key)) continue;
    if (key.anchor !== undefined) resolve(reader, key);
    const resolved = resolve(reader, value ?? null);
    size += resolved.size;
    const [keyAt, keyEnd] = key.range ?? [at, at];
    if (isMerge(key.value)) merged.push(...mergedEntries(resolved.node));
    else
      entries.push({
        key: keyOf(key.value),
        keyAt,
        keyEnd,
        value: value === null ? empty(keyEnd).node : resolved.node,
      });
  }
  const own = new Set(entries.map(({ key }) => key));
  for (const entry of merged) {
    if (own.has(entry.key)) continue;
    own.add(entry.key);
    entries.push(entry);
  }
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

/** An alias means the last node before it that carried its name. */
function expand(reader: Reader, alias: Alias): Resolved {
  const [at, end] = alias.range ?? [0, 0];
  const resolved = reader.anchors.get(alias.source);
  if (resolved === undefined) return empty(at);
  if (resolved.size <= reader.left) {
    reader.left -= resolved.size;
    return resolved;
  }
  if (!reader.problems.some((problem) => problem.message === tooLarge))
    reader.problems.push({ message: tooLarge, at, end });
  return empty(at);
}
const tooLarge = "Aliases make this document too large to be analysed in full; from here on they are left out";

function empty(at: number): Resolved {
  return { node: { kind: "scalar", value: null, at, end: at }, size: 1 };
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : String(value);
}
