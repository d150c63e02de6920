/** State moves into the attempt that uses it, or is emptied where the attempt begins. */
import { descendants, Draft, enclosing, finish, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export interface StateFixData {
  readonly kind: "stream" | "list";
  readonly path: string;
  readonly name: string;
  readonly made: Span;
  /** The try statement up to its catch, or the function that is repeated. */
  readonly body: Span;
}

export function stateFixes(data: StateFixData): readonly FixOffer[] {
  const title =
    data.kind === "list" ? `Empty ${data.name} at the start of each attempt` : `Make ${data.name} anew in each attempt`;
  return [
    {
      id: `retry/reset-${data.kind}`,
      title,
      kind: "review",
      build: (context) => (data.kind === "list" ? empty(context, data) : move(context, data)),
    },
  ];
}

function empty(context: FixContext, data: StateFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const block = draft && blockOf(draft, data.body);
  const [first] = block?.statements ?? [];
  if (draft === undefined || first === undefined) return STALE;
  const line = `${data.name}.length = 0;`;
  if (draft.source(first).startsWith(`${data.name}.length = 0`)) return { ok: true, edits: [] };
  draft.before(first, line);
  return finish(draft);
}

function move(context: FixContext, data: StateFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const made = draft && enclosing(draft.file, data.made, isDeclaration);
  if (draft === undefined || made === undefined) return STALE;
  if (!ts.isVariableStatement(made) || made.end < data.made.end || made.declarationList.declarations.length !== 1)
    return {
      ok: false,
      reason: "The stream comes from outside: whoever makes it has to hand over a function that opens it",
    };
  const isUsedElsewhere = descendants(made.parent).some(
    (node) =>
      ts.isIdentifier(node) &&
      node.text === data.name &&
      !isWithin(node, data.body) &&
      !isWithin(node, { at: made.getStart(draft.file), end: made.end }),
  );
  if (isUsedElsewhere) return { ok: false, reason: "The stream is used outside of the attempts as well" };
  const declaration = draft.source(made);
  const start = draft.text.lastIndexOf("\n", made.getStart(draft.file)) + 1;
  const end = draft.text.indexOf("\n", made.end) + 1;
  const block = blockOf(draft, data.body);
  if (block === undefined) return openArrow(draft, data, declaration, { at: start, end });
  const [first] = block.statements;
  if (first === undefined) return STALE;
  draft.before(first, declaration);
  draft.cut({ at: start, end });
  return finish(draft);
}

/** `() => upload(stream)` becomes a block that opens the stream first. */
function openArrow(draft: Draft, data: StateFixData, declaration: string, line: Span): FixResult {
  const arrow = nodeAt(draft.file, data.body);
  if (arrow === undefined || !ts.isArrowFunction(arrow) || ts.isBlock(arrow.body)) return STALE;
  const lineStart = draft.text.lastIndexOf("\n", arrow.getStart(draft.file) - 1) + 1;
  const outer = /^[ \t]*/.exec(draft.text.slice(lineStart))?.[0] ?? "";
  const lead = outer + draft.style.indent;
  const { newline } = draft.style;
  const body = draft.styled(`${declaration}\nreturn ${draft.source(arrow.body)};`, lead);
  draft.replace(arrow.body, `{${newline}${lead}${body}${newline}${outer}}`);
  draft.cut(line);
  return finish(draft);
}

/** The declaration, or the parameter, that the span names. */
function isDeclaration(node: ts.Node): node is ts.VariableStatement | ts.ParameterDeclaration {
  return ts.isVariableStatement(node) || ts.isParameter(node);
}

function blockOf(draft: Draft, body: Span): ts.Block | undefined {
  const node = nodeAt(draft.file, body);
  if (node !== undefined && ts.isFunctionLike(node)) {
    const inner = (node as ts.FunctionLikeDeclaration).body;
    return inner !== undefined && ts.isBlock(inner) ? inner : undefined;
  }
  const tried = enclosing(draft.file, body, ts.isTryStatement);
  return tried?.tryBlock;
}

function isWithin(node: ts.Node, span: Span): boolean {
  return span.at <= node.getStart() && node.end <= span.end;
}
