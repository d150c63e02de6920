import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { DocumentSummary, MapEntry, Node, SyntaxProblem } from "./summary.ts";

/** Reads JSON, with the comments and trailing commas that configuration files have. */
export function summarizeJson(path: string, text: string): DocumentSummary {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const documents = root === undefined ? [] : [nodeOf(root)];
  return { kind: "document", format: "json", path, problems: firstProblem(errors), documents };
}

function firstProblem(errors: readonly ParseError[]): SyntaxProblem[] {
  const first = errors[0];
  if (first === undefined) return [];
  const message = `JSON syntax error: ${sentenceOf(printParseErrorCode(first.error))}`;
  return [{ message, at: first.offset, end: first.offset + first.length }];
}

/** `CloseBraceExpected` becomes `close brace expected`. */
function sentenceOf(code: string): string {
  return code.replace(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function nodeOf(node: JsonNode): Node {
  const at = node.offset;
  const end = at + node.length;
  switch (node.type) {
    case "object": {
      const entries: MapEntry[] = [];
      for (const property of node.children ?? []) {
        const [key, value] = property.children ?? [];
        if (key === undefined || value === undefined) continue;
        entries.push({
          key: String(key.value),
          keyAt: key.offset,
          keyEnd: key.offset + key.length,
          value: nodeOf(value),
        });
      }
      return { kind: "map", entries, at, end };
    }
    case "array":
      return { kind: "list", items: (node.children ?? []).map(nodeOf), at, end };
    default:
      return { kind: "scalar", value: scalarOf(node.value), at, end };
  }
}

function scalarOf(value: unknown): string | number | boolean | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
