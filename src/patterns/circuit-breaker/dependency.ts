/** Which dependency a call goes to, so far as two calls can be compared. */
import type { Knowledge, Site } from "../../model/knowledge.ts";
import { dependencyKey } from "../../model/targets.ts";

/** The service or third party by the architecture, else the host; empty where nothing tells. */
export function dependenciesOf(knowledge: Knowledge): (site: Site) => string {
  const ends = new Map<string, string>();
  for (const edge of knowledge.model.edges) for (const site of edge.sites) ends.set(site, edge.to);
  return (site) => {
    const end = ends.get(site.id);
    if (end !== undefined) return end;
    const key = dependencyKey(site);
    return key === "" && site.effect === "sdk" ? `sdk:${site.library}` : key;
  };
}
