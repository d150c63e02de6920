/** Finding what to change in the text of now, and changing no more than that. */
import { ts } from "ts-morph";
import type { TextChange } from "../model/finding.ts";
import type { Span } from "../syntax/summary.ts";

/** Parses a text; errors in it cost only the nodes around them. */
export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, scriptKind(path));
}

function scriptKind(path: string): ts.ScriptKind {
  if (/\.[cm]?tsx?$/.test(path)) return path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  // JavaScript may hold JSX whatever its extension.
  return ts.ScriptKind.JSX;
}

/** Applies changes that do not overlap and are sorted by `at`; insertions at one offset keep their order. */
export function applyEdits(text: string, changes: readonly TextChange[]): string {
  let result = "";
  let from = 0;
  for (const change of changes) {
    result += text.slice(from, change.at) + change.text;
    from = change.end;
  }
  return result + text.slice(from);
}

/** Sorts changes as a `FileEdit` wants them. Overlapping ones mean that two fixes were mixed: undefined. */
export function orderChanges(changes: readonly TextChange[]): readonly TextChange[] | undefined {
  const sorted = [...changes].sort((a, b) => a.at - b.at || a.end - b.end);
  return sorted.every((change, index) => index === 0 || (sorted[index - 1]?.end ?? 0) <= change.at)
    ? sorted
    : undefined;
}

/** The outermost node that covers exactly this span, comments and spaces around it left out. */
export function nodeAt(file: ts.SourceFile, span: Span): ts.Node | undefined {
  let node: ts.Node = file;
  for (;;) {
    if (node !== file && node.getStart(file) === span.at && node.end === span.end) return node;
    const next: ts.Node | undefined = ts.forEachChild(node, (child) =>
      child.pos <= span.at && span.end <= child.end ? child : undefined,
    );
    if (next === undefined) return undefined;
    node = next;
  }
}

/** The nearest node of a kind that covers the span: for spans that name a part (a callee, a loop's head). */
export function enclosing<N extends ts.Node>(
  file: ts.SourceFile,
  span: Span,
  is: (node: ts.Node) => node is N,
): N | undefined {
  let found: N | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > span.at || span.end > node.end) return;
    if (is(node) && node.getStart(file) <= span.at) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The nearest ancestor of a kind, stopping at `until`. */
export function ancestor<N extends ts.Node>(
  node: ts.Node,
  is: (node: ts.Node) => node is N,
  until: (node: ts.Node) => boolean = () => false,
): N | undefined {
  for (let at = node.parent; at !== undefined && !until(at); at = at.parent) if (is(at)) return at;
  return undefined;
}

/** Every node under a node, itself included, nested functions left out unless asked for. */
export function descendants(node: ts.Node, enter: (node: ts.Node) => boolean = () => true): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (each: ts.Node): void => {
    found.push(each);
    if (each === node || enter(each)) ts.forEachChild(each, visit);
  };
  visit(node);
  return found;
}

/** Spaces and tabs at the start of the line that an offset stands on. */
export function indentAt(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, at + 200))?.[0] ?? "";
}

/** A name that the file does not use: `attempt`, `attempt2`, … */
export function freshName(file: ts.SourceFile, wanted: string): string {
  const used = namesOf(file);
  if (!used.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!used.has(`${wanted}${number}`)) return `${wanted}${number}`;
}

export function namesOf(file: ts.SourceFile): ReadonlySet<string> {
  return new Set(descendants(file).flatMap((node) => (ts.isIdentifier(node) ? [node.text] : [])));
}
