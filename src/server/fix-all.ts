/** Every safe fix of a file at once: as a quick fix for one rule, and as a source action, which an editor may run on save. */
import { CodeActionKind, type CodeAction, type Diagnostic } from "vscode-languageserver/node";
import { mergeEdits } from "../fixes/index.ts";
import type { FileEdit, Finding, FixOffer } from "../model/finding.ts";
import type { AllActionData } from "./action-data.ts";
import type { Judged } from "./request.ts";
import { shownFindings } from "./view.ts";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.faultline`;

/** Source actions are given to those who ask for them alone: a light bulb does not. */
export function isFixAllWanted(only: readonly string[] | undefined): boolean {
  return only?.some((kind) => kind === fixAllKind || fixAllKind.startsWith(`${kind}.`)) === true;
}

/** One for the file, where anything in it has a safe fix. */
export function fixAllAction(at: Judged, uri: string): readonly CodeAction[] {
  if (safelyFixed(at, null).length === 0) return [];
  return [{ title: "Apply all safe fixes of Faultline in this file", kind: fixAllKind, data: { uri, all: null } satisfies AllActionData }];
}

/** One for each rule that has several findings with a safe fix here. */
export function fixRuleActions(at: Judged, uri: string, rules: readonly (readonly [rule: string, diagnostic: Diagnostic])[]): readonly CodeAction[] {
  return rules.flatMap(([rule, diagnostic]): readonly CodeAction[] => {
    if (safelyFixed(at, rule).length < 2) return [];
    return [{ title: `Fix all ${rule} in this file`, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], data: { uri, all: rule } satisfies AllActionData }];
  });
}

/** The edits of all that can be made together. What cannot is there again when the result was analysed. */
export function fixAllEdits(at: Judged, rule: string | null): readonly FileEdit[] {
  const fixes = safelyFixed(at, rule).map(({ finding, offer }) => at.root.session.fix(finding, offer.id));
  return mergeEdits(fixes.flatMap((fix) => (fix.ok ? [fix.edits] : [])));
}

function safelyFixed({ analysis, root, path }: Judged, rule: string | null): readonly { readonly finding: Finding; readonly offer: FixOffer }[] {
  const here = shownFindings(analysis, root.settings).filter(({ place, rule: own }) => place.path === path && (rule === null || own === rule));
  return here.flatMap((finding) => {
    const offer = finding.fixes.find(({ kind }) => kind === "safe");
    return offer === undefined ? [] : [{ finding, offer }];
  });
}
