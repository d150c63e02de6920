/** What a fix did to the findings and the syntax of a system: one judgement for the pages' examples and for real folders. */
import { ts } from "ts-morph";
import type { Finding } from "../../src/model/finding.ts";

/** Whether one finding of this kind in this function is gone. Which of several alike it is, an edit may renumber. */
export function isCleared(finding: Finding, before: readonly Finding[], after: readonly Finding[]): boolean {
  const alike = (findings: readonly Finding[]): number => findings.filter((each) => likeness(each) === likeness(finding)).length;
  return alike(after) < alike(before);
}

/** Findings that were not there. One of several calls stands at the first of them; where that is repaired it moves on to the next, and is no new one. */
export function addedFindings(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const gone = missingFrom(after, before);
  return missingFrom(before, after).filter((each) => {
    const from = gone.findIndex(({ rule, related }) => rule === each.rule && related.some(({ path }) => path === each.place.path));
    return from < 0 || gone.splice(from, 1).length === 0;
  });
}

/** Those of `findings` that have no counterpart in `others`. */
function missingFrom(others: readonly Finding[], findings: readonly Finding[]): Finding[] {
  const left = new Map<string, number>();
  for (const each of others) left.set(likeness(each), (left.get(likeness(each)) ?? 0) + 1);
  return findings.filter((each) => {
    const count = left.get(likeness(each)) ?? 0;
    left.set(likeness(each), count - 1);
    return count <= 0;
  });
}

function likeness({ rule, place, symbol, anchor }: Finding): string {
  return [rule, place.path, symbol, anchor].join("\n");
}

export function syntaxErrors(path: string, text: string): readonly string[] {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return [];
  const { diagnostics = [] } = ts.transpileModule(text, { fileName: path, reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  return diagnostics.map(({ messageText }) => `${path} does not parse: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
}
