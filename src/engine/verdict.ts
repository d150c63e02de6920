import { createHash } from "node:crypto";
import type { ArchitectureModel } from "../model/architecture.ts";
import type { Finding, Rule } from "../model/finding.ts";
import type { Workspace } from "../workspace/index.ts";
import type { Analysis } from "./analysis.ts";
import type { DeclaredText } from "./declared.ts";

/** What came of an analysis, without what it was made of: plain data, all that a report shows. */
export interface Verdict extends Pick<Analysis, "findings" | "suppressed" | "problems" | "faults" | "stats"> {
  readonly model: ArchitectureModel;
  /** File of the configuration, where there is one. */
  readonly configuration: string | undefined;
}

export function verdictOf({ findings, suppressed, problems, faults, stats, knowledge }: Analysis): Verdict {
  return { findings, suppressed, problems, faults, stats, model: knowledge.model, configuration: knowledge.workspace.configuration.path };
}

/** A verdict that was kept as text: what it offers to do is made again of its data, for no function can be kept. */
export function revived(verdict: Verdict, rules: readonly Rule[]): Verdict {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const revive = (finding: Finding): Finding => ({ ...finding, fixes: byId.get(finding.rule)?.fixes(finding.data) ?? [] });
  return { ...verdict, findings: verdict.findings.map(revive), suppressed: verdict.suppressed.map(({ finding, reason }) => ({ finding: revive(finding), reason })) };
}

/** Verdicts of earlier runs. What is damaged is as if it had never been there. */
export interface VerdictStore {
  load(identity: string): Verdict | undefined;
  /** Never fails: it costs only itself. */
  save(identity: string, verdict: Verdict): Promise<void>;
}

/** Remembers nothing. */
export const noVerdicts: VerdictStore = { load: () => undefined, save: async () => undefined };

/**
 * All that a verdict depends on besides the version of Faultline, as a hash: every file of the workspace with size and time,
 * manifests, configuration, the declared model, and the day. Undefined where a file changed so lately that its time proves nothing.
 */
export function identityOf(workspace: Workspace, { declared, today, provenBefore }: { readonly declared: DeclaredText | undefined; readonly today: string; readonly provenBefore: number }): string | undefined {
  if (workspace.files.some(({ modified }) => modified >= provenBefore)) return undefined;
  return createHash("sha256").update(JSON.stringify([workspace, declared, today])).digest("base64");
}
