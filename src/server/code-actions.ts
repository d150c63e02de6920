/** `textDocument/codeAction`: titles alone; edits are made when one is chosen. */
import {
  CodeActionKind,
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from "vscode-languageserver/node";
import type { Finding } from "../model/finding.ts";
import { explainCommand } from "../protocol/editor.ts";
import type { OneActionData } from "./action-data.ts";
import { findingDiagnostic } from "./diagnostics.ts";
import { fixAllAction, fixRuleActions, isFixAllWanted } from "./fix-all.ts";
import { judged, type Judged, type RequestContext } from "./request.ts";
import { resolved } from "./resolve-code-action.ts";
import { commentMark } from "./suppression.ts";
import { shownFindings } from "./view.ts";

const mostFixes = 3;

export async function codeActions(
  params: CodeActionParams,
  request: RequestContext,
  token: CancellationToken,
): Promise<CodeAction[] | null> {
  const wanted = params.context.only;
  const isFixWanted = wanted === undefined || wanted.some((kind) => kind === "" || kind === CodeActionKind.QuickFix);
  if (!isFixWanted && !isFixAllWanted(wanted)) return null;
  const { uri } = params.textDocument;
  const at = await judged(uri, request, token);
  if (at === undefined) return null;
  const handedOver = (lazy: readonly CodeAction[]): readonly CodeAction[] =>
    request.features.lazyEdits ? lazy : lazy.flatMap((action) => resolved(action, at, request));
  const all = isFixAllWanted(wanted) ? handedOver(fixAllAction(at, uri)) : [];
  if (!isFixWanted) return [...all];
  const context = request.roots.contextOf(at.root);
  const touched = findingsAt(at, params).map((finding) => ({
    finding,
    diagnostic: findingDiagnostic(finding, context),
  }));
  const rules = [...new Map(touched.map((each) => [each.finding.rule, each.diagnostic]))];
  const lazy = [
    ...touched.flatMap(({ finding, diagnostic }) => fixActions(finding, diagnostic, uri)),
    ...fixRuleActions(at, uri, rules),
    ...(commentMark(at.path) === undefined
      ? []
      : touched.map(({ finding, diagnostic }) => ignoreAction(finding, diagnostic, uri))),
  ];
  const explained = request.editor.commands.includes(explainCommand)
    ? rules.map(([rule, diagnostic]) => explainAction(rule, diagnostic))
    : [];
  return [...all, ...handedOver(lazy), ...explained];
}

function findingsAt({ analysis, root, path }: Judged, { range, context }: CodeActionParams): readonly Finding[] {
  const asked = new Set(context.diagnostics.map(({ data }) => data as unknown));
  return shownFindings(analysis, root.settings).filter(
    (finding) =>
      finding.place.path === path &&
      (asked.has(finding.fingerprint) || touches(root.lines.range(finding.place), range)),
  );
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);

  function isBefore(p: Range["start"], q: Range["start"]): boolean {
    return p.line < q.line || (p.line === q.line && p.character < q.character);
  }
}

function fixActions(finding: Finding, diagnostic: Diagnostic, uri: string): readonly CodeAction[] {
  return finding.fixes.slice(0, mostFixes).map((offer) => ({
    title: offer.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(offer.kind === "safe" ? { isPreferred: true } : {}),
    data: { uri, fingerprint: finding.fingerprint, offer: offer.id } satisfies OneActionData,
  }));
}

function ignoreAction(finding: Finding, diagnostic: Diagnostic, uri: string): CodeAction {
  return {
    title: `Ignore ${finding.rule} here with a reason…`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    data: { uri, fingerprint: finding.fingerprint, offer: null } satisfies OneActionData,
  };
}

function explainAction(rule: string, diagnostic: Diagnostic): CodeAction {
  const title = `Explain ${rule}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: explainCommand, arguments: [rule] },
  };
}
