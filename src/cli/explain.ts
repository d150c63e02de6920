import { relative, resolve, sep } from "node:path";
import { nearest, ruleBook, rulePage } from "../engine/index.ts";
import { explanationText, LineIndex } from "../report/index.ts";
import { analysed, type Analysed, type AnalysisFlags } from "./analysed.ts";
import type { Output } from "./output.ts";
import { Refusal, status } from "./status.ts";

export interface ExplainFlags extends AnalysisFlags {
  readonly root: string;
}

/** `faultline explain RULE` prints the rule's page; `faultline explain FILE:LINE` tells what protects the call there. */
export async function explain(subject: string, flags: ExplainFlags, output: Output): Promise<number> {
  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(subject);
  if (place !== null) return explainPlace(place[1] ?? "", Number(place[2]), flags, output);
  await output.print(pageOf(subject));
  return status.clean;
}

/** The page of a rule that somebody named. */
export function pageOf(rule: string): string {
  const page = rulePage(rule);
  if (page !== undefined) return page;
  const ids = ruleBook.map(({ id }) => id);
  throw new Refusal(`There is no rule ${rule}${nearest(rule, ids)}`);
}

function explainPlace(file: string, line: number, flags: ExplainFlags, output: Output): Promise<number> {
  const path = relative(resolve(flags.root), resolve(file)).split(sep).join("/");
  if (path.startsWith("../")) throw new Refusal(`${file} is not in ${resolve(flags.root)}; name the folder that holds the services with --root`);
  return analysed(flags.root, flags, output, async (result) => {
    await output.print(explanation(result, { path, line, file }, output));
    return status.clean;
  });
}

interface Asked {
  readonly path: string;
  readonly line: number;
  /** As it was written. */
  readonly file: string;
}

function explanation({ session, analysis }: Analysed, { path, line, file }: Asked, output: Output): string {
  const text = session.read(path);
  if (text === undefined) throw new Refusal(`There is no file ${file}`);
  const lines = text.split("\n");
  const content = lines[line - 1];
  if (content === undefined) throw new Refusal(`${file} has only ${lines.length} lines`);
  const at = new LineIndex(text).offsetOf(line);
  const found = session.explain(path, at + (content.length - content.trimStart().length));
  if (found !== undefined) return explanationText(found, (other) => session.read(other), output);
  const here = analysis.findings.filter(({ place }) => place.path === path && place.at <= at + content.length && place.end >= at);
  const nothing = `No call that leaves the process was recognised at ${path}:${line}.\n`;
  return nothing + here.map(({ rule, wording }) => `${wording.what} (${rule})\n`).join("");
}
