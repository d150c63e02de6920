import { ts } from "ts-morph";
import { Kind } from "./draft.ts";
import type { Span, SuppressionFact } from "./summary.ts";

const word = "faultline-ignore";

/** Finds the comments by which the user accepts findings. Only a comment counts, not a string that looks like one. */
export function findSuppressions(file: ts.SourceFile, text: string): SuppressionFact[] {
  const facts: SuppressionFact[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const opener = openerBefore(text, at);
    if (opener !== undefined && !isInsideToken(file, at))
      facts.push(readDirective(file, text, { at, opener, before: facts.at(-1) }));
  }
  return facts;
}

interface Place {
  /** Where the word stands, and the comment that it opens. */
  readonly at: number;
  readonly opener: number;
  readonly before: SuppressionFact | undefined;
}

/** Start of the comment, or of the comment's line, if the directive is the first thing said on it. */
function openerBefore(text: string, at: number): number | undefined {
  const said = skipBack(text, at, " \t");
  const stars = skipBack(text, said, "*");
  if (stars < said && text[stars - 1] === "/") return stars - 1;
  const slashes = skipBack(text, said, "/");
  if (said - slashes >= 2) return slashes;
  const isFirst = said - stars <= 1 && /^[\n\r]?$/.test(text[skipBack(text, stars, " \t") - 1] ?? "");
  return isFirst ? (stars < said ? stars : at) : undefined;
}

function skipBack(text: string, at: number, over: string): number {
  while (at > 0 && over.includes(text[at - 1] ?? "")) at--;
  return at;
}

/** Between two tokens there is only space and comments; what lies inside of one is its text. */
function isInsideToken(file: ts.SourceFile, at: number): boolean {
  let node: ts.Node = file;
  for (;;) {
    const child: ts.Node | undefined = ts.forEachChild(node, (each) =>
      each.pos <= at && at < each.end ? each : undefined,
    );
    if (child === undefined) break;
    node = child;
  }
  const isLeaf = node.kind !== Kind.SourceFile && ts.forEachChild(node, () => true) !== true;
  return (
    isLeaf && (ts.isLiteralExpression(node) || ts.isJsxText(node) || isTemplatePiece(node)) && at >= node.getStart(file)
  );
}

function isTemplatePiece(node: ts.Node): boolean {
  return node.kind >= Kind.FirstTemplateToken && node.kind <= Kind.LastTemplateToken;
}

function readDirective(file: ts.SourceFile, text: string, { at, opener, before }: Place): SuppressionFact {
  const said = directiveText(text, at);
  const end = at + said.length;
  const scope = said.startsWith(`${word}-file`) ? "file" : "line";
  const head = scope === "file" ? `${word}-file` : word;
  const [, list = "", until, colon, reason = ""] =
    /^([^:]*?)(?:\buntil\s+([^\s:]*)\s*)?(?:(:)\s*(.*))?$/.exec(said.slice(head.length)) ?? [];
  const rules = slugsOf(list, at + head.length);
  const target = scope === "file" ? { at: 0, end: text.length } : targetOf(text, { at: opener, end }, before);
  const error = errorOf({ list, until, colon, reason, rules });
  const late = scope === "file" && opener > (file.statements[0]?.getStart(file) ?? text.length);
  return {
    scope,
    rules,
    ...(until === undefined || !isDate(until) ? {} : { until }),
    reason: reason.trim(),
    ...(error !== undefined
      ? { error }
      : late
        ? { error: "`faultline-ignore-file` must stand above the first statement" }
        : {}),
    at: opener,
    end,
    targetAt: target.at,
    targetEnd: target.end,
  };
}

/** From the word to the end of the line or comment. */
function directiveText(text: string, at: number): string {
  const line = text.slice(at, lineEnd(text, at));
  const close = line.indexOf("*/");
  return (close < 0 ? line : line.slice(0, close)).trimEnd();
}

function slugsOf(list: string, offset: number): { slug: string; at: number; end: number }[] {
  const slugs = [];
  for (const match of list.matchAll(/[^\s,]+/g)) {
    const at = offset + match.index;
    slugs.push({ slug: match[0], at, end: at + match[0].length });
  }
  return slugs;
}

interface Parts {
  readonly list: string;
  readonly until: string | undefined;
  readonly colon: string | undefined;
  readonly reason: string;
  readonly rules: readonly { readonly slug: string }[];
}

function errorOf({ list, until, colon, reason, rules }: Parts): string | undefined {
  if (/^-/.test(list)) return "Only `faultline-ignore` and `faultline-ignore-file` exist";
  if (rules.length === 0) return "Name the rule to ignore, as in `faultline-ignore timeout/missing: reason`";
  const odd = rules.find(({ slug }) => !/^[a-z][a-z0-9-]*\/[a-z0-9-]+$/.test(slug));
  if (odd !== undefined) return `\`${odd.slug}\` is no rule's name; names look like \`timeout/missing\``;
  if (until !== undefined && !isDate(until)) return `\`${until}\` is no date; write \`until YYYY-MM-DD\``;
  if (colon === undefined || reason.trim() === "") return "Give the reason after a colon";
  return undefined;
}

function isDate(text: string): boolean {
  const [year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.slice(1).map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

/** The line itself where code stands before the comment, else the next line that holds code. */
function targetOf(text: string, comment: Span, before: SuppressionFact | undefined): Span {
  const start = lineStart(text, comment.at);
  if (/[^\s*{(]/.test(text.slice(start, comment.at))) return { at: start, end: lineEnd(text, comment.at) };
  // Of comments that stand below each other each speaks of the same line, which need not be searched for again.
  if (before !== undefined && before.scope === "line" && before.targetAt > comment.at)
    return { at: before.targetAt, end: before.targetEnd };
  let at = lineEnd(text, comment.end) + 1;
  while (at < text.length && isCommentLine(text.slice(at, lineEnd(text, at)))) at = lineEnd(text, at) + 1;
  return { at: Math.min(at, text.length), end: lineEnd(text, Math.min(at, text.length)) };
}

function isCommentLine(line: string): boolean {
  return /^\s*(?:$|\/\/|\*|\{?\s*\/\*[^]*?(?:\*\/\s*\}?\s*$|$))/.test(line) && !/\*\/\s*[^\s}]/.test(line);
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end;
}
