import type { ReportSubject } from "./subject.ts";
import { paintFor, type Terminal } from "./terminal.ts";
import { Texts } from "./texts.ts";

/** One line for each finding: `file:line:column severity rule what`. */
export function conciseReport(subject: ReportSubject, terminal: Terminal): string {
  const paint = paintFor(terminal);
  const texts = new Texts(subject.read);
  return subject.findings
    .map(({ place, severity, rule, wording }) => {
      const { line, column } = texts.range(place).start;
      return `${place.path}:${line}:${column} ${severity} ${paint.bold(rule)} ${wording.what}\n`;
    })
    .join("");
}
