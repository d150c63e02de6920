import type { Finding, FixContext, FixPackage, FixResult } from "../model/finding.ts";
import { packageOf, type Package } from "../workspace/index.ts";
import type { Analysis } from "./analysis.ts";

export interface FixWorld {
  readonly analysis: Analysis;
  readonly read: (path: string) => string | undefined;
}

/** Edits for an offer of a finding, against the text of now. */
export function buildFix(finding: Finding, offerId: string, { analysis, read }: FixWorld): FixResult {
  // Looked up anew, for an editor may ask about what it was shown some edits ago.
  const current = analysis.findings.find(({ fingerprint }) => fingerprint === finding.fingerprint);
  if (current === undefined) return { ok: false, reason: "The code has changed, and this finding is no longer there." };
  const offer = current.fixes.find(({ id }) => id === offerId);
  if (offer === undefined) return { ok: false, reason: "The code has changed, and this fix no longer applies." };
  const { workspace } = analysis.knowledge;
  const context: FixContext = {
    read,
    exists: (path) => read(path) !== undefined,
    packageOf: (path) => toFixPackage(packageOf(workspace, path)),
  };
  try {
    return offer.build(context);
  } catch (error) {
    return { ok: false, reason: `This fix failed, which is a fault of Faultline: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function toFixPackage(pack: Package | undefined): FixPackage | undefined {
  if (pack === undefined) return undefined;
  const { dir, name, isModule, installed } = pack;
  return { dir, name, isModule, installed, dependencies: { ...pack.devDependencies, ...pack.dependencies } };
}
