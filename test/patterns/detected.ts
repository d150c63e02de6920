/** What a rule finds in a small system given as text. */
import { catalog } from "../../src/catalog/index.ts";
import type { Knowledge } from "../../src/model/knowledge.ts";
import type { Detection, Rule } from "../../src/model/finding.ts";
import { buildKnowledge } from "../../src/model/index.ts";
import { summarize } from "../../src/syntax/index.ts";
import { createResolver, openWorkspace } from "../../src/workspace/index.ts";
import { memoryHost } from "../support/memory-host.ts";

export type Files = Readonly<Record<string, string>>;

export async function knowledgeOf(files: Files): Promise<Knowledge> {
  const workspace = await openWorkspace(memoryHost(files, "/shop"));
  const summaries = new Map(workspace.files.map((file) => [file.path, summarize(file.path, file.kind, Buffer.from(files[file.path] ?? ""))]));
  return buildKnowledge(workspace, createResolver(workspace), summaries, catalog);
}

export async function detected<Data>(rule: Rule<Data>, files: Files): Promise<readonly Detection<Data>[]> {
  return [...rule.detect(await knowledgeOf(files))];
}

/** The text that a place covers. */
export function textAt(files: Files, place: { readonly path: string; readonly at: number; readonly end: number }): string {
  return (files[place.path] ?? "").slice(place.at, place.end);
}

/** A package that runs as a service. */
export function runs(dependencies: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify({ private: true, scripts: { start: "node index.js" }, dependencies: { express: "4", ...dependencies } });
}
