import type { FileSummary } from "../syntax/summary.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { Resolver, Severity, Workspace, WorkspaceProblem } from "../workspace/index.ts";
import type { Analysis, AnalysisStats, Progress, RuleFault } from "./analysis.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { declaredProblems, type DeclaredText } from "./declared.ts";
import { judge } from "./judge.ts";
import { compareText } from "./order.ts";
import type { Parts } from "./parts.ts";
import { isSummarized } from "./summaries.ts";
import { silence } from "./suppress.ts";

export interface AnalysisInput {
  readonly version: number;
  readonly workspace: Workspace;
  readonly resolve: Resolver;
  readonly summaries: ReadonlyMap<string, FileSummary>;
  readonly previous: Knowledge | undefined;
  readonly declared: DeclaredText | undefined;
  readonly today: string;
  readonly stats: AnalysisStats;
  readonly checkpoint: Checkpoint;
  readonly onProgress: (progress: Progress) => void;
}

/** From summaries to findings: links, judges, silences. Depends on its input alone. */
export async function analyse(input: AnalysisInput, parts: Pick<Parts, "buildKnowledge" | "catalog" | "rules" | "now">): Promise<Analysis> {
  const { workspace, summaries, checkpoint } = input;
  const began = parts.now();
  input.onProgress({ stage: "linking", done: 0, total: 1 });
  const knowledge = parts.buildKnowledge(workspace, input.resolve, summaries, parts.catalog, input.previous);
  await checkpoint();
  const linked = parts.now();
  input.onProgress({ stage: "judging", done: 0, total: parts.rules.length });
  const verdict = await judge(parts.rules, knowledge, { isInScope: scopeOf(workspace, summaries), checkpoint, now: parts.now });
  const silenced = silence(verdict.findings, {
    summaries,
    configuration: workspace.configuration,
    today: input.today,
    knownRules: new Set(parts.rules.map(({ id }) => id)),
    ranRules: new Set(Object.keys(verdict.timings).filter((id) => !verdict.faults.some(({ rule }) => rule === id))),
  });
  const timings = { ...input.stats.timings, linking: linked - began, judging: parts.now() - linked, ...verdict.timings };
  return {
    version: input.version,
    knowledge,
    findings: silenced.findings,
    suppressed: silenced.suppressed,
    problems: sorted([...workspace.problems, ...(knowledge.contradictions ?? []), ...unreadProblems(summaries), ...declaredProblems(input.declared, workspace.configuration, knowledge.model), ...silenced.problems, ...verdict.faults.map(faultProblem)]),
    faults: verdict.faults,
    stats: { ...input.stats, timings },
  };
}

/** Findings stand in files that run in a service, and in manifests of services. */
function scopeOf(workspace: Workspace, summaries: ReadonlyMap<string, FileSummary>): (path: string) => boolean {
  const files = new Set(workspace.files.filter(isSummarized).map(({ path }) => path));
  return (path) => {
    const summary = summaries.get(path);
    return files.has(path) && !(summary?.kind === "code" && summary.generated);
  };
}

function unreadProblems(summaries: ReadonlyMap<string, FileSummary>): readonly WorkspaceProblem[] {
  return [...summaries].flatMap(([path, summary]) => {
    const severity = severityOfKind(summary);
    return summary.problems.map(({ at, end, message }) => ({ path, at, end, message, severity }));
  });
}

/** Where code does not parse, the editor's own TypeScript says so already; here it is only kept for the record. */
function severityOfKind({ kind }: FileSummary): Severity {
  return kind === "code" ? "hint" : "information";
}

function faultProblem({ rule, path, message }: RuleFault): WorkspaceProblem {
  const where = path === undefined ? "" : ` at ${path}`;
  return { path: path ?? "", at: 0, end: 0, message: `The rule \`${rule}\` failed${where} and is off for this run, which is a fault of Faultline: ${message}`, severity: "warning" };
}

function sorted(problems: readonly WorkspaceProblem[]): readonly WorkspaceProblem[] {
  return [...problems].sort((a, b) => compareText(a.path, b.path) || a.at - b.at || a.end - b.end || compareText(a.message, b.message));
}
