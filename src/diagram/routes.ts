/** Which endpoint answers a call: by verb and path, as far as the code says them. */
import type { Endpoint } from "../model/architecture.ts";
import type { Site } from "../model/knowledge.ts";
import type { Text } from "../model/text.ts";

/** The one endpoint that the call fits best; undefined where none fits, or two fit equally well. */
export function answering(site: Site, endpoints: readonly Endpoint[]): Endpoint | undefined {
  const asked = segmentsOf(written(site.target));
  const ranked = endpoints
    .map((endpoint) => ({ endpoint, fit: fitOf(endpoint, site, asked) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit);
  const [best, second] = ranked;
  return best !== undefined && best.fit !== second?.fit ? best.endpoint : undefined;
}

/** Not known stands as a NUL: no address has one. */
const hole = "\u0000";

function written(text: Text): string {
  return text.map((part) => (part.is === "known" ? part.text : part.is === "env" && part.fallback !== undefined ? written(part.fallback) : hole)).join("");
}

/** The path's segments, without scheme, host and query. */
function segmentsOf(address: string): readonly string[] {
  const path = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "").replace(/[?#].*$/, "");
  return path.split("/").filter((segment) => segment !== "");
}

function fitOf(endpoint: Endpoint, site: Site, asked: readonly string[]): number {
  if (endpoint.kind === "grpc") return endpoint.title.split(".").at(-1)?.toLowerCase() === site.verb.toLowerCase() ? 1 : 0;
  if (endpoint.kind === "message") return asked.length === 1 && asked[0] === endpoint.title ? 1 : 0;
  if (endpoint.kind !== "http") return 0;
  const [verb = "", path = ""] = endpoint.title.split(" ");
  if (verb !== "ALL" && /^(get|post|put|patch|delete|head)$/i.test(site.verb) && verb !== site.verb.toUpperCase()) return 0;
  return pathFit(asked, segmentsOf(path)) + (verb === site.verb.toUpperCase() ? 0.5 : 0);
}

/** A base path may stand before what the code writes, never after it: segments are compared from the end. */
function pathFit(asked: readonly string[], served: readonly string[]): number {
  if (served.length === 0 || asked.length < served.length) return 0;
  const tail = asked.slice(asked.length - served.length);
  let fit = 0;
  for (const [at, segment] of served.entries()) {
    const written = tail[at] ?? "";
    if (isParameter(segment)) fit += 0.1;
    else if (written === segment) fit += 1;
    else if (!written.includes(hole)) return 0;
  }
  return fit;
}

function isParameter(segment: string): boolean {
  return segment.startsWith(":") || segment.startsWith("{") || segment.startsWith("[") || segment === "*";
}
