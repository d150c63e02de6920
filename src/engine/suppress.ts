import ignore from "ignore";
import type { Finding } from "../model/finding.ts";
import type { FileSummary, SuppressionFact } from "../syntax/summary.ts";
import type { Configuration, WorkspaceProblem } from "../workspace/workspace.ts";
import { nearest } from "./nearest.ts";

export interface Suppressed {
  readonly finding: Finding;
  readonly reason: string;
}

export interface Silenced {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly problems: readonly WorkspaceProblem[];
}

export interface SilenceOptions {
  readonly summaries: ReadonlyMap<string, FileSummary>;
  readonly configuration: Configuration;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Rules that exist. */
  readonly knownRules: ReadonlySet<string>;
  /** Rules that ran to their end: of the others nobody can say that a comment silences nothing. */
  readonly ranRules: ReadonlySet<string>;
}

/** Takes out what a comment or the configuration silences, and reports silencers that are broken, over, or idle. */
export function silence(findings: readonly Finding[], options: SilenceOptions): Silenced {
  const comments = commentsOf(options.summaries);
  const exceptions = options.configuration.ignore.map((entry) => toException(entry, options.today));
  const used = new Set<SuppressedSlug>();
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const slug = slugFor(finding, comments.get(finding.place.path) ?? [], options.today);
    if (slug !== undefined) used.add(slug.rule);
    const reason = slug?.fact.reason ?? exceptions.find((exception) => exception.covers(finding))?.reason;
    if (reason === undefined) kept.push(finding);
    else suppressed.push({ finding, reason });
  }
  const problems = [...comments].flatMap(([path, facts]) => facts.flatMap((fact) => problemsOf(path, fact, { ...options, used })));
  return { findings: kept, suppressed, problems: [...problems, ...expiredExceptions(options)] };
}

type SuppressedSlug = SuppressionFact["rules"][number];

function commentsOf(summaries: ReadonlyMap<string, FileSummary>): ReadonlyMap<string, readonly SuppressionFact[]> {
  const comments = new Map<string, readonly SuppressionFact[]>();
  for (const [path, summary] of summaries) {
    if (summary.kind === "code" && summary.suppressions.length > 0) comments.set(path, summary.suppressions);
  }
  return comments;
}

/** A comment may name several rules; the one that silences is told, so that idle ones can be. */
function slugFor(finding: Finding, facts: readonly SuppressionFact[], today: string): { readonly fact: SuppressionFact; readonly rule: SuppressedSlug } | undefined {
  for (const fact of facts) {
    if (!isInForce(fact, today) || !isAimedAt(fact, finding)) continue;
    const rule = fact.rules.find(({ slug }) => slug === finding.rule);
    if (rule !== undefined) return { fact, rule };
  }
  return undefined;
}

function isInForce(fact: SuppressionFact, today: string): boolean {
  return fact.error === undefined && !isOver(fact.until, today);
}

/** The day that is named is the last one. */
function isOver(until: string | undefined, today: string): boolean {
  return until !== undefined && until < today;
}

function isAimedAt(fact: SuppressionFact, { place }: Finding): boolean {
  return fact.scope === "file" || (place.at <= fact.targetEnd && place.end >= fact.targetAt);
}

function problemsOf(path: string, fact: SuppressionFact, options: SilenceOptions & { readonly used: ReadonlySet<SuppressedSlug> }): readonly WorkspaceProblem[] {
  if (fact.error !== undefined) return [{ path, at: fact.at, end: fact.end, message: fact.error, severity: "warning" }];
  if (isOver(fact.until, options.today)) {
    return [{ path, at: fact.at, end: fact.end, message: `This exception ended on ${fact.until}; it silences nothing any more.`, severity: "warning" }];
  }
  return fact.rules.flatMap((rule): readonly WorkspaceProblem[] => {
    const { slug, at, end } = rule;
    if (!options.knownRules.has(slug)) {
      return [{ path, at, end, message: `There is no rule \`${slug}\`${nearest(slug, [...options.knownRules])}.`, severity: "warning" }];
    }
    if (options.used.has(rule) || !options.ranRules.has(slug)) return [];
    return [{ path, at, end, message: `\`${slug}\` reports nothing here: this exception can go.`, severity: "information" }];
  });
}

interface Exception {
  readonly reason: string;
  readonly covers: (finding: Finding) => boolean;
}

function toException(entry: Configuration["ignore"][number], today: string): Exception {
  const paths = entry.path === undefined ? undefined : ignore().add(entry.path);
  const inForce = !isOver(entry.until, today);
  return { reason: entry.reason, covers };

  function covers(finding: Finding): boolean {
    return (
      inForce &&
      entry.rule === finding.rule &&
      (entry.service === undefined || entry.service === finding.service) &&
      (paths === undefined || paths.ignores(finding.place.path))
    );
  }
}

function expiredExceptions({ configuration, today }: SilenceOptions): readonly WorkspaceProblem[] {
  return configuration.ignore
    .filter(({ until }) => isOver(until, today))
    .map(({ rule, until, reason }) => ({
      path: configuration.path ?? "",
      at: 0,
      end: 0,
      message: `The exception for \`${rule}\` ("${reason}") ended on ${until}; it silences nothing any more.`,
      severity: "warning",
    }));
}
