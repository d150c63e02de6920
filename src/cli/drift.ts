import { readFileSync } from "node:fs";
import { driftAgainst } from "../engine/index.ts";
import { LineIndex } from "../report/index.ts";
import type { Analysed } from "./analysed.ts";
import type { Output } from "./output.ts";
import { Refusal, status } from "./status.ts";

/** `faultline diagram [DIR] --against FILE`: what only the declared model or only the code knows. */
export async function drift({ analysis }: Analysed, { file, format }: { readonly file: string; readonly format: string }, output: Output): Promise<number> {
  const text = textOf(file);
  const outcome = driftAgainst(file, text, analysis.knowledge.model);
  const lines = new LineIndex(text);
  const where = (at: number): string => {
    const { line, column } = lines.position(at);
    return `${file}:${line}:${column}`;
  };
  if (!outcome.ok) throw new Refusal(`${where(outcome.at)}: ${outcome.message.replace(/\.$/, "")}`);
  if (format === "json") {
    const found = outcome.drift.map(({ is, message, at, end }) => ({ is, message, range: { start: lines.position(at), end: lines.position(end) } }));
    await output.print(`${JSON.stringify({ version: 1, file, drift: found }, null, 2)}\n`);
  } else await output.print(outcome.drift.map(({ at, message }) => `${where(at)}: ${message}\n`).join(""));
  const count = outcome.drift.length;
  output.say(count === 0 ? `faultline: the code is as ${file} declares it` : `faultline: ${count} ${count === 1 ? "difference" : "differences"} between ${file} and the code`);
  return count === 0 ? status.clean : status.findings;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new Refusal(`${file} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
