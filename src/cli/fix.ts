import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createTwoFilesPatch } from "diff";
import { analysed, type AnalysisFlags } from "./analysed.ts";
import { pageOf } from "./explain.ts";
import type { Output } from "./output.ts";
import { repair, type Repaired } from "./repair.ts";
import { Refusal, status } from "./status.ts";

export const fixKinds = ["safe", "review"] as const;

export interface FixFlags extends AnalysisFlags {
  readonly rule?: string;
  readonly kind: (typeof fixKinds)[number];
  readonly apply?: boolean;
  readonly diff?: boolean;
}

/** `faultline fix [DIR] --apply` writes the repaired files; `--diff` shows what it would write. */
export async function fix(folder: string, flags: FixFlags, output: Output): Promise<number> {
  if (flags.apply === flags.diff) throw new Refusal("Say what is to happen: --diff shows the repairs, --apply writes them");
  if (flags.rule !== undefined) pageOf(flags.rule);
  return analysed(folder, { ...flags, edits: true }, output, async ({ session }) => {
    const kinds = new Set(flags.kind === "review" ? fixKinds : (["safe"] as const));
    const repaired = await repair(session, { kinds, ...(flags.rule === undefined ? {} : { rule: flags.rule }) });
    if (flags.diff === true) await output.print(diffs(session.root, repaired));
    else for (const [path, text] of repaired.texts) writeRepaired(join(session.root, path), text);
    for (const { finding, reason } of repaired.refused) output.say(`faultline: ${finding.place.path}: ${finding.wording.what}: not repaired. ${reason}`);
    const verb = flags.diff === true ? "would be repaired" : "repaired";
    output.say(`faultline: ${repaired.fixed} findings ${verb} in ${repaired.texts.size} files`);
    return status.clean;
  });
}

function diffs(root: string, { texts }: Repaired): string {
  return [...texts].map(([path, text]) => createTwoFilesPatch(`a/${path}`, `b/${path}`, textOnDisk(join(root, path)), text)).join("");
}

function textOnDisk(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(BYTE_ORDER_MARK, "");
  } catch {
    return "";
  }
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** A byte order mark is no part of the text that was analysed, and must not get lost. */
function writeRepaired(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, hasMark(path) ? `\uFEFF${text}` : text);
}

function hasMark(path: string): boolean {
  try {
    return BYTE_ORDER_MARK.test(readFileSync(path, "utf8"));
  } catch {
    return false;
  }
}
