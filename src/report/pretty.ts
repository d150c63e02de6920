import type { Finding, Severity } from "../model/finding.ts";
import type { Evidence } from "../model/policy.ts";
import { codeFrame } from "./frame.ts";
import type { ProblemSubject, ReportSubject } from "./subject.ts";
import { paintFor, wrapped, type Paint, type Terminal } from "./terminal.ts";
import { Texts } from "./texts.ts";

/** For people at a terminal: by service, each finding with its code, what, why, instead, the evidence and the fixes. */
export function prettyReport(subject: ReportSubject, terminal: Terminal): string {
  const view: View = { texts: new Texts(subject.read), paint: paintFor(terminal), terminal };
  const groups = [...byService(subject.findings)].map(([service, findings]) => groupText(service, findings, view));
  const problems = subject.problems.filter(({ severity }) => severity !== "hint");
  return [...groups, ...(problems.length === 0 ? [] : [problemsText(problems, view)]), summary(subject, view)].join("\n");
}

interface View {
  readonly texts: Texts;
  readonly paint: Paint;
  readonly terminal: Terminal;
}

const GLYPHS = { error: "✖", warning: "▲", information: "●", hint: "·" } as const satisfies Record<Severity, string>;

/** What stands in no service comes last. */
function byService(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const names = [...new Set(findings.map(({ service = "" }) => service))].sort((a, b) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : 1));
  return new Map(names.map((name) => [name, findings.filter(({ service = "" }) => service === name)]));
}

function groupText(service: string, findings: readonly Finding[], view: View): string {
  const title = service === "" ? "In no service" : service;
  const heading = `${view.paint.bold(title)} ${view.paint.dim(count(findings.length, "finding"))}`;
  return [heading, "", ...findings.map((finding) => findingText(finding, view))].join("\n");
}

function findingText(finding: Finding, view: View): string {
  const { paint, texts, terminal } = view;
  const range = texts.range(finding.place);
  const frame = codeFrame(texts.text(finding.place.path), range, terminal);
  const { what, why, instead } = finding.wording;
  const label = `${finding.rule}${finding.confidence === "likely" ? " · likely" : ""}`;
  return [
    `  ${colored(finding.severity, GLYPHS[finding.severity], paint)} ${paint.bold(what)}  ${paint.dim(label)}`,
    `    ${paint.cyan(`${finding.place.path}:${range.start.line}:${range.start.column}`)}`,
    ...(frame === undefined ? [] : ["", ...frame.split("\n").map((line) => `    ${line}`), ""]),
    ...wrapped(why, terminal.width, "    "),
    ...wrapped(instead, terminal.width, "    "),
    ...finding.evidence.map((evidence) => evidenceLine(evidence, view)),
    ...finding.related.map(({ says, ...place }) => evidenceLine({ says, place }, view)),
    ...finding.fixes.map(({ title, kind }) => paint.green(`    fix: ${title}`) + paint.dim(kind === "safe" ? "" : ` (${kind})`)),
    "",
  ].join("\n");
}

function evidenceLine({ says, place }: Evidence, { paint, texts }: View): string {
  const where = place === undefined ? "" : `  ${place.path}:${texts.line(place)}`;
  return paint.dim(`    · ${says}${where}`);
}

function problemsText(problems: readonly ProblemSubject[], { paint, texts }: View): string {
  const lines = problems.map((problem) => {
    const where = problem.path === "" ? "" : `${problem.path}:${texts.line(problem)}  `;
    return `  ${colored(problem.severity, GLYPHS[problem.severity], paint)} ${paint.cyan(where)}${problem.message}`;
  });
  return [paint.bold("Problems"), "", ...lines, ""].join("\n");
}

function colored(severity: Severity, text: string, paint: Paint): string {
  switch (severity) {
    case "error":
      return paint.red(text);
    case "warning":
      return paint.yellow(text);
    case "information":
      return paint.blue(text);
    case "hint":
      return paint.dim(text);
  }
}

function summary({ findings, suppressed, model, files, milliseconds }: ReportSubject, { paint }: View): string {
  const scope = `${count(files, "file")}, ${count(model.services.length, "service")}`;
  const silenced = suppressed === 0 ? "" : `, ${suppressed} silenced`;
  const blind = model.blindSpots.length === 0 ? "" : `, ${count(model.blindSpots.length, "blind spot")}`;
  const found = findings.length === 0 ? paint.green("No findings") : paint.bold(count(findings.length, "finding"));
  return `${found}${silenced} in ${scope}${blind} ${paint.dim(`(${(milliseconds / 1000).toFixed(1)} s)`)}\n`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
