/** Which of the recovered calls rules speak of at all. */
import type { Knowledge, Site } from "../model/knowledge.ts";

/** Code of a front end runs in browsers, where none of these patterns live. */
export function runsInBrowser(knowledge: Knowledge, path: string): boolean {
  const services = knowledge.serviceOf(path);
  return services.length > 0 && services.every((s) => s.isFrontend) && !/(^|\/)(api|server|routes|gateways|pages\/api)(\/|\.)|\.server\./.test(path);
}

/** Requests to other processes: what a deadline and a breaker are for. */
export function outboundRequests(knowledge: Knowledge): readonly Site[] {
  return knowledge.program.sites.filter((site) => site.effect === "request" && !isComponent(site) && !runsInBrowser(knowledge, site.place.path));
}

/** A component's own fetch runs in the browser unless a handler of the same file reaches it. */
export function isComponent(site: Site): boolean {
  return /\.[jt]sx$/.test(site.place.path) && site.reached !== "request";
}
