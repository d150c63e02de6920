import type { Severity } from "../model/finding.ts";
import { checkReport, conciseReport, prettyReport, type ReportSubject } from "../report/index.ts";
import { judged, type AnalysisFlags, type Judged } from "./analysed.ts";
import type { Output } from "./output.ts";
import { status } from "./status.ts";

export const checkFormats = ["pretty", "concise", "json"] as const;
export const failLevels = ["error", "warning", "information"] as const;

export interface CheckFlags extends AnalysisFlags {
  readonly format: (typeof checkFormats)[number];
  readonly failOn: (typeof failLevels)[number];
}

/** `faultline check [DIR]` */
export function check(folder: string, flags: CheckFlags, output: Output): Promise<number> {
  return judged(folder, flags, output, async (result) => {
    await output.print(report(subjectOf(result), flags.format, output));
    const { findings } = result.verdict;
    return findings.some(({ severity }) => weight[severity] >= weight[flags.failOn]) ? status.findings : status.clean;
  });
}

const weight = { error: 3, warning: 2, information: 1, hint: 0 } as const satisfies Record<Severity, number>;

function subjectOf({ session, verdict, milliseconds }: Judged): ReportSubject {
  const { findings, suppressed, problems, model, stats } = verdict;
  return {
    root: session.root,
    findings,
    suppressed: suppressed.length,
    problems,
    model,
    files: stats.files,
    milliseconds,
    read: (path) => session.read(path),
  };
}

function report(subject: ReportSubject, format: CheckFlags["format"], output: Output): string {
  switch (format) {
    case "pretty":
      return prettyReport(subject, output);
    case "concise":
      return conciseReport(subject, output);
    case "json":
      return `${JSON.stringify(checkReport(subject), null, 2)}\n`;
  }
}
