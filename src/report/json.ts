import type { Finding, Place } from "../model/finding.ts";
import type { Evidence } from "../model/policy.ts";
import type { CheckReport, Range, ReportedFinding } from "../protocol/report.ts";
import type { ReportSubject } from "./subject.ts";
import { Texts } from "./texts.ts";

/** What `check --format json` prints. */
export function checkReport(subject: ReportSubject): CheckReport {
  const texts = new Texts(subject.read);
  return {
    version: 1,
    root: subject.root,
    findings: subject.findings.map((finding) => reportedFinding(finding, texts)),
    problems: subject.problems.map((problem) => ({ ...place(problem, texts), severity: problem.severity, message: problem.message })),
    stats: {
      files: subject.files,
      services: subject.model.services.length,
      blindSpots: subject.model.blindSpots.length,
      milliseconds: Math.round(subject.milliseconds),
    },
  };
}

function reportedFinding(finding: Finding, texts: Texts): ReportedFinding {
  const { rule, severity, confidence, service, wording, fingerprint } = finding;
  return {
    rule,
    severity,
    confidence,
    ...(service === undefined ? {} : { service }),
    ...place(finding.place, texts),
    message: wording,
    evidence: finding.evidence.map((evidence) => reportedEvidence(evidence, texts)),
    related: finding.related.map((related) => ({ ...place(related, texts), says: related.says })),
    fixes: finding.fixes.map(({ id, title, kind }) => ({ id, title, kind })),
    fingerprint,
  };
}

function reportedEvidence({ says, place: at }: Evidence, texts: Texts): ReportedFinding["evidence"][number] {
  return at === undefined ? { says } : { says, ...place(at, texts) };
}

function place(at: Place, texts: Texts): { readonly file: string; readonly range: Range } {
  return { file: at.path, range: texts.range(at) };
}
