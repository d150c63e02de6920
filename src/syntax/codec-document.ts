import {
  newReader,
  newWriter,
  readList,
  readNumber,
  readOffset,
  readScalar,
  readText,
  type Reader,
  writeList,
  type Writer,
  writeSpan,
} from "./codec-stream.ts";
import type { DocumentSummary, MapEntry, Node, SyntaxProblem } from "./summary.ts";

const map = 0;
const list = 1;
const scalar = 2;

export function encodeDocument(summary: DocumentSummary): string {
  const w = newWriter(0);
  w.out.push(summary.path, summary.format, JSON.stringify(summary.problems));
  writeList(w, summary.documents, writeNode);
  return JSON.stringify(w.out);
}

export function decodeDocument(text: string): DocumentSummary {
  const r = newReader(text, 0);
  const path = readText(r);
  const written = readText(r);
  const format = written === "json" || written === "nginx" ? written : "yaml";
  const problems = JSON.parse(readText(r)) as SyntaxProblem[];
  return { kind: "document", format, path, problems, documents: readList(r, readNode) };
}

function writeNode(w: Writer, node: Node): void {
  w.out.push(node.kind === "map" ? map : node.kind === "list" ? list : scalar);
  writeSpan(w, node);
  if (node.kind === "map") writeList(w, node.entries, writeEntry);
  else if (node.kind === "list") writeList(w, node.items, writeNode);
  else w.out.push(node.value);
}

function readNode(r: Reader): Node {
  const tag = readNumber(r);
  const at = readOffset(r);
  const end = at + readNumber(r);
  if (tag === map) return { kind: "map", at, end, entries: readList(r, readEntry) };
  if (tag === list) return { kind: "list", at, end, items: readList(r, readNode) };
  return { kind: "scalar", at, end, value: readScalar(r) };
}

function writeEntry(w: Writer, entry: MapEntry): void {
  w.out.push(entry.key);
  writeSpan(w, { at: entry.keyAt, end: entry.keyEnd });
  writeNode(w, entry.value);
}

function readEntry(r: Reader): MapEntry {
  const key = readText(r);
  const keyAt = readOffset(r);
  const keyEnd = keyAt + readNumber(r);
  return { key, keyAt, keyEnd, value: readNode(r) };
}
