/** Knowledge of a few files of text, printed so that a test reads like documentation. */
import { catalog } from "../../../src/catalog/index.ts";
import { buildKnowledge } from "../../../src/model/index.ts";
import type { Knowledge, Repetition, Site } from "../../../src/model/knowledge.ts";
import type { Rule } from "../../../src/model/finding.ts";
import { summarize } from "../../../src/syntax/index.ts";
import { createResolver, openWorkspace } from "../../../src/workspace/index.ts";
import { memoryHost } from "../../support/memory-host.ts";

export async function traceOf(files: Readonly<Record<string, string>>): Promise<Knowledge> {
  const workspace = await openWorkspace(memoryHost(files, "/shop"));
  const summaries = new Map(workspace.files.map((file) => [file.path, summarize(file.path, file.kind, Buffer.from(files[file.path] ?? ""))]));
  return buildKnowledge(workspace, createResolver(workspace), summaries, catalog);
}

/** `callee: deadline D, breaker B, retry R` of every request, one a line. */
export function printRequests(knowledge: Knowledge): string {
  return knowledge.program.sites
    .filter((site) => site.effect === "request")
    .map((site) => `${site.calleeText} (${site.reached}): deadline ${deadline(site)}, breaker ${site.policy.breaker.is === "known" ? site.policy.breaker.value.lives : site.policy.breaker.is}`)
    .join("\n");
}

function deadline({ policy }: Site): string {
  return policy.deadline.is === "known" ? `${policy.deadline.value}` : policy.deadline.is;
}

/** `loop in symbol: attempts A, wait W, jitter J`, one a line. */
export function printRepetitions(knowledge: Knowledge): string {
  return knowledge.program.repetitions.map(repetition).join("\n");
}

function repetition({ by, symbol, policy, startup }: Repetition): string {
  return `${by} in ${symbol}: attempts ${policy.attempts}, wait ${policy.wait}${policy.baseMs === undefined ? "" : ` ${policy.baseMs}`}${startup ? ", at start-up" : ""}`;
}

/** `path:line` of what a rule reports, one a line. */
export async function report<Data>(rule: Rule<Data>, files: Readonly<Record<string, string>>): Promise<string> {
  const knowledge = await traceOf(files);
  return [...rule.detect(knowledge)].map(({ place, data }) => `${place.path}:${files[place.path]?.slice(0, place.at).split("\n").length} ${rule.word(data).what}`).join("\n");
}
