import { ts } from "ts-morph";
import { applyEdits, parse } from "./edit.ts";
import type { TextChange } from "../model/finding.ts";
import { endsWithSemicolon, type Style } from "./style.ts";

/**
 * Rewrites code of the house's style (double quotes, semicolons, two spaces, trailing commas, LF) in another style. The code
 * may be a module, or a run of statements.
 */
export function restyle(text: string, style: Style): string {
  const file = parse("restyled.ts", text);
  const changes: TextChange[] = [];
  const fixedLines = new Set<number>();
  visit(file);
  const edited = reindent(
    applyEdits(
      text,
      [...changes].sort((a, b) => a.at - b.at),
    ),
    style.indent,
    fixedLines,
  );
  return style.newline === "\n" ? edited : edited.replaceAll("\n", style.newline);

  function visit(node: ts.Node): void {
    if (ts.isStringLiteral(node) && style.quote === "'") requote(node);
    if (!style.semicolons && text[node.end - 1] === ";" && mayLoseSemicolon(node)) {
      changes.push({ at: node.end - 1, end: node.end, text: "" });
    }
    if (!style.trailingCommas) dropTrailingComma(node);
    if (ts.isTemplateLiteral(node)) keepLines(node);
    ts.forEachChild(node, visit);
  }

  function requote(node: ts.StringLiteral): void {
    const raw = node.getText(file);
    if (!raw.startsWith('"') || raw.includes("'") || raw.includes('\\"')) return;
    changes.push({ at: node.end - raw.length, end: node.end, text: `'${raw.slice(1, -1)}'` });
  }

  function mayLoseSemicolon(node: ts.Node): boolean {
    const isMember = ts.isPropertySignature(node) || ts.isMethodSignature(node) || ts.isPropertyDeclaration(node);
    if (!endsWithSemicolon(node) && !isMember) return false;
    const rest = text.slice(node.end);
    // Without it, the next line would go on with this expression; on the same line it separates.
    return /^[ \t]*(\/\/[^\n]*)?(\n|$)/.test(rest) && !/^\s*[([`+\-/*]/.test(withoutComments(rest));
  }

  function dropTrailingComma(node: ts.Node): void {
    for (const list of listsOf(node)) {
      const last = list.at(-1);
      if (!list.hasTrailingComma || last === undefined) continue;
      const comma = text.indexOf(",", last.end);
      changes.push({ at: comma, end: comma + 1, text: "" });
    }
  }

  function keepLines(node: ts.Node): void {
    const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line;
    const last = file.getLineAndCharacterOfPosition(node.end).line;
    for (let line = first + 1; line <= last; line += 1) fixedLines.add(line);
  }
}

function listsOf(node: ts.Node): readonly ts.NodeArray<ts.Node>[] {
  if (ts.isObjectLiteralExpression(node)) return [node.properties];
  if (ts.isArrayLiteralExpression(node)) return [node.elements];
  if (ts.isCallExpression(node) || ts.isNewExpression(node))
    return node.arguments === undefined ? [] : [node.arguments];
  return ts.isFunctionLike(node) ? [node.parameters] : [];
}

function withoutComments(text: string): string {
  return text.replace(/^(\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)+/, "");
}

/** Replaces each leading pair of spaces by the style's unit. An odd space (of a block comment's stars) stays. */
function reindent(text: string, unit: string, fixedLines: ReadonlySet<number>): string {
  if (unit === "  ") return text;
  return text
    .split("\n")
    .map((line, index) => {
      if (fixedLines.has(index)) return line;
      const spaces = /^ */.exec(line)?.[0].length ?? 0;
      return unit.repeat(Math.floor(spaces / 2)) + line.slice(spaces - (spaces % 2));
    })
    .join("\n");
}
