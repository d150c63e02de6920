/** Findings and problems as LSP diagnostics. */
import { DiagnosticSeverity, type Diagnostic, type DiagnosticRelatedInformation } from "vscode-languageserver/node";
import type { Finding, Severity } from "../model/finding.ts";
import type { WorkspaceProblem } from "../workspace/workspace.ts";
import { uriOf, type Folder } from "./addresses.ts";
import type { ClientFeatures } from "./client-features.ts";
import type { Lines } from "./lines.ts";

export interface DiagnosticContext {
  readonly folder: Folder;
  readonly lines: Lines;
  readonly features: ClientFeatures;
  readonly rulePage: (rule: string) => string | undefined;
}

export const source = "faultline";

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const satisfies Record<Severity, DiagnosticSeverity>;

const mostRelated = 7;

/** *What* on the first line, for clients that show one line; *why* stays in the hover. */
export function findingDiagnostic(finding: Finding, ctx: DiagnosticContext): Diagnostic {
  const href = ctx.features.codeDescription ? ctx.rulePage(finding.rule) : undefined;
  const related = ctx.features.relatedInformation ? relatedInformation(finding, ctx) : [];
  return {
    range: ctx.lines.range(finding.place),
    severity: severities[finding.severity],
    source,
    code: finding.rule,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    message: `${finding.wording.what}\n${finding.wording.instead}`,
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    data: finding.fingerprint,
  };
}

export function problemDiagnostic(problem: WorkspaceProblem, ctx: DiagnosticContext): Diagnostic {
  return {
    range: ctx.lines.range(problem),
    severity: severities[problem.severity],
    source,
    message: problem.message,
  };
}

/** Evidence in causal order, then the finding's other places; each place once, at most seven. */
function relatedInformation(finding: Finding, ctx: DiagnosticContext): DiagnosticRelatedInformation[] {
  const evidence = finding.evidence.flatMap(({ says, place }) => (place === undefined ? [] : [{ ...place, says }]));
  const seen = new Set<string>();
  const all = [...evidence, ...finding.related].filter(({ path, at, says }) => {
    const key = `${path}#${at}#${says}`;
    return !seen.has(key) && seen.add(key);
  });
  const shown = all.length > mostRelated ? all.slice(0, mostRelated - 1) : all;
  const rest = all[shown.length];
  const more = rest === undefined ? [] : [{ ...rest, says: `and ${all.length - shown.length} more` }];
  return [...shown, ...more].map((place) => ({
    location: { uri: uriOf(ctx.folder, place.path), range: ctx.lines.range(place) },
    message: place.says,
  }));
}
