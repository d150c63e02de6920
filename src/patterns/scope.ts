/** Which of the recovered calls and loops rules speak of at all. */
import type { Knowledge, Site } from "../model/knowledge.ts";

/** Code of front ends runs in browsers and code of tools on somebody's desk, where none of these patterns live. */
export function runsAsService(knowledge: Knowledge, path: string): boolean {
  const where = knowledge.runsIn(path);
  return where !== "browser" && where !== "tool";
}

/** Requests to other processes: what a deadline and a breaker are for. Code that no service here runs is its installer's to protect. */
export function outboundRequests(knowledge: Knowledge): readonly Site[] {
  return knowledge.program.sites.filter((site) => site.effect === "request" && knowledge.runsIn(site.place.path) === "service" && knowledge.runsIn(site.raw.path) !== "browser" && !site.circumstances.includes("development") && !site.circumstances.includes("page") && !site.circumstances.includes("never") && !isDurable(knowledge, site));
}

/** What a workflow engine calls, or runs as an activity, it keeps, repeats with backoff, and gives up by a deadline that it insists on. */
function isDurable(knowledge: Knowledge, site: Site): boolean {
  const { path } = site.place;
  if (/(?:^|[/.-])activit(?:y|ies)(?:[/.-]|$)/i.test(path) && Object.keys(knowledge.program.dependenciesOf(path)).some((name) => name.startsWith("@temporalio/"))) return true;
  return knowledge.program.library(site.library)?.category.includes("workflow") === true;
}
