import { ruleBook } from "../engine/index.ts";
import type { Output } from "./output.ts";
import { status } from "./status.ts";

/** `faultline rules` */
export async function listRules(output: Output): Promise<number> {
  const widest = Math.max(0, ...ruleBook.map(({ id }) => id.length));
  const lines = ruleBook.map((rule) => `${rule.id.padEnd(widest)}  ${rule.severity.padEnd(11)}  ${rule.title}${rule.status === "preview" ? " (preview)" : ""}\n`);
  await output.print(lines.join(""));
  return status.clean;
}
