/** What of an analysis is shown: the engine decides what is true, the editor's settings what is in sight. */
import ignore from "ignore";
import type { Analysis } from "../engine/analysis.ts";
import type { Finding } from "../model/finding.ts";
import type { EditorSettings } from "../protocol/editor.ts";

/** The findings that the settings leave in sight, with the severity that they ask for. */
export function shownFindings(analysis: Pick<Analysis, "findings">, settings: EditorSettings): readonly Finding[] {
  const excluded = ignore().add([...settings.exclude]);
  return analysis.findings.flatMap((finding) => {
    const level = settings.rules[finding.rule] ?? finding.severity;
    if (level === "off" || (settings.confidence === "certain" && finding.confidence !== "certain")) return [];
    if (ignore.isPathValid(finding.place.path) && excluded.ignores(finding.place.path)) return [];
    return [level === finding.severity ? finding : { ...finding, severity: level }];
  });
}
