/** A template for packages whose types (TypeScript before 4.7, Node before 18) know little of aborts, though what runs may know more. */
import { ts } from "ts-morph";
import type { TextChange } from "../model/finding.ts";
import { applyEdits, descendants, parse } from "./edit.ts";

/** The same module, with what such a compiler does not know said in its own words. */
export function forOldCompilers(text: string): string {
  const file = parse("template.ts", text);
  const used = new Set<Helper>();
  // What stands on a signal of the platform's own cannot be said otherwise.
  const dropped = file.statements.filter((node) => ts.isFunctionDeclaration(node) && /AbortSignal\.timeout\(/.test(node.getText(file)));
  const kept = file.statements.filter((node) => !dropped.includes(node));
  const changes = [
    ...dropped.map((node) => ({ at: node.getFullStart(), end: node.end, text: "" })),
    ...kept.flatMap((node) => descendants(node)).flatMap((node) => rewritten(file, node, used)),
  ].sort((a, b) => a.at - b.at || a.end - b.end);
  const helpers = HELPER_NAMES.filter((name) => used.has(name)).map((name) => HELPERS[name]);
  return [applyEdits(text, changes).trimEnd(), ...helpers].join("\n\n") + "\n";
}

type Helper = keyof typeof HELPERS;

const HELPERS = {
  reasonOf: `/** Why a signal aborted, where what runs tells. */
function reasonOf(signal: AbortSignal | undefined): unknown {
  return (signal as { readonly reason?: unknown } | undefined)?.reason ?? new Error("The call was cancelled");
}`,
  AbortsWithReason: `interface AbortsWithReason {
  abort(reason?: unknown): void;
}`,
  Listens: `interface Listens {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean; readonly signal?: AbortSignal }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}`,
};

const HELPER_NAMES: readonly Helper[] = ["reasonOf", "AbortsWithReason", "Listens"];

function rewritten(file: ts.SourceFile, node: ts.Node, used: Set<Helper>): readonly TextChange[] {
  if (ts.isPropertyAccessExpression(node) && node.name.text === "reason" && isSignal(file, node.expression)) {
    used.add("reasonOf");
    return around(file, node, node.expression, "reasonOf(", ")");
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const { expression, name } = node.expression;
  if (/^(add|remove)EventListener$/.test(name.text)) {
    used.add("Listens");
    const maybe = node.expression.questionDotToken === undefined ? "" : " | undefined";
    return [
      { at: expression.getStart(file), end: expression.getStart(file), text: "(" },
      { at: expression.end, end: expression.end, text: ` as Listens${maybe})` },
    ];
  }
  if (name.text !== "abort" || node.arguments.length === 0) return [];
  used.add("AbortsWithReason");
  const start = node.getStart(file);
  return [
    { at: start, end: start, text: "(" },
    { at: expression.end, end: expression.end, text: " as AbortsWithReason)" },
  ];
}

function isSignal(file: ts.SourceFile, node: ts.Node): boolean {
  return /signal$/i.test(node.getText(file));
}

/** Keeps `inner`, and puts texts in the place of what is before and after it in `node`. */
function around(file: ts.SourceFile, node: ts.Node, inner: ts.Node, before: string, after: string): readonly TextChange[] {
  const start = node.getStart(file);
  return [
    { at: start, end: start, text: before },
    { at: inner.end, end: node.end, text: after },
  ];
}
