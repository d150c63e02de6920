import type { Detection, Rule } from "../../model/finding.ts";
import type { DeadOption, Knowledge } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { optionFixes, type OptionFixData } from "./fix-option.ts";

export interface IgnoredOption {
  readonly name: string;
  readonly library: string;
  readonly why: string;
  readonly fix: OptionFixData | undefined;
}

export default {
  id: "timeout/ignored-option",
  severity: "warning",
  title: "An option that this client does not read",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<IgnoredOption>> {
    for (const dead of knowledge.program.deadOptions) if (runsAsService(knowledge, dead.place.path)) yield detection(knowledge, dead);
  },

  word: (data) => ({
    what: `\`${data.name}\` is not read by ${data.library.slice(0, 36)}`,
    why: `${data.why} The call has no limit, although the code says that it has one.`,
    instead: data.fix?.by === "signal" ? "Pass `signal: AbortSignal.timeout(…)` in its place." : data.fix ? `Set \`${data.fix.option}\` in its place.` : "Use the option that this version reads, and take this one out.",
  }),

  fixes: (data) => (data.fix ? optionFixes(data.fix) : []),
} satisfies Rule<IgnoredOption>;

function detection(knowledge: Knowledge, dead: DeadOption): Detection<IgnoredOption> {
  const { site } = dead;
  return {
    place: dead.place,
    confidence: site.confidence,
    evidence: [{ says: `${dead.name} is set here`, place: dead.place }, { says: `${dead.library} does not read it`, place: site.callee }],
    related: [{ ...site.callee, says: `${site.calleeText} goes without a limit` }],
    anchor: `${dead.name} ${site.calleeText}`,
    symbol: dead.at === "call" ? site.symbol : "",
    data: { name: dead.name, library: dead.library, why: dead.why, fix: fixOf(knowledge, dead) },
  };
}

/** The option of the same place that this client does read. */
function fixOf(knowledge: Knowledge, dead: DeadOption): OptionFixData | undefined {
  const options = knowledge.program.library(dead.site.library)?.timeout?.options ?? [];
  const fits = options.filter((o) => o.at.includes(dead.at) && (o.covers === "total" || o.covers === "response") && o.versions === undefined);
  const option = fits.find((o) => o.unit === "ms" && !o.name.includes(".")) ?? fits.find((o) => o.unit === "signal");
  if (!option) return undefined;
  return { by: option.unit === "signal" ? "signal" : "ms", path: dead.place.path, property: { at: dead.place.at, end: dead.place.end }, option: option.name };
}
