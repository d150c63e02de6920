/** Synchronous calls from service to service, each with the handler that answers it and the attempts that it makes. */
import type { ArchitectureModel, Endpoint, Service } from "../architecture.ts";
import { groupedBy } from "../grouped.ts";
import type { Entry, Hop, HopRetry, Program, Site } from "../knowledge.ts";
import { evaluate, parseAddress } from "./addresses.ts";
import { meshRetriesIn, type MeshRetry } from "./mesh-retries.ts";
import type { Summaries } from "./manifests.ts";
import type { ServiceMap } from "./services.ts";

interface World {
  readonly model: ArchitectureModel;
  readonly program: Program;
  readonly map: ServiceMap;
  readonly entriesAt: (endpoint: Endpoint) => readonly Entry[];
  readonly mesh: readonly MeshRetry[];
}

export function hopsOf(model: ArchitectureModel, program: Program, map: ServiceMap, summaries: Summaries): readonly Hop[] {
  const sites = new Map(program.sites.map((site) => [site.id, site]));
  const services = new Map(model.services.map((service) => [service.id, service]));
  const blind = new Set(model.blindSpots.map(({ place }) => `${place.path}#${place.at}`));
  const entries = groupedBy(program.entries, ({ place }) => `${place.path}#${place.end}`);
  const world: World = { model, program, map, entriesAt: ({ place }) => entries.get(`${place.path}#${place.end}`) ?? [], mesh: meshRetriesIn(summaries) };
  return model.edges.flatMap((edge) => {
    const [from, to] = [services.get(edge.from), services.get(edge.to)];
    if (!from || !to || from.isFrontend || (edge.kind !== "http" && edge.kind !== "grpc")) return [];
    return edge.sites.flatMap((id) => {
      const site = sites.get(id);
      // Which of several addresses such a call takes is decided at run time.
      return site && !blind.has(`${site.callee.path}#${site.callee.at}`) ? [hopOf(site, { from, to, kind: edge.kind === "grpc" ? "grpc" : "http" }, world)] : [];
    });
  });
}

function hopOf(site: Site, ends: { readonly from: Service; readonly to: Service; readonly kind: Hop["kind"] }, world: World): Hop {
  const retries = [...codeRetry(site), ...world.mesh.filter(({ host }) => ends.to.hosts.includes(host) || ends.to.name === host).map(({ attempts, place, by }): HopRetry => ({ attempts, by, places: [place], from: "manifest" }))];
  const answering = endpointOf(site, ends, world);
  return {
    site: site.id,
    place: site.callee,
    from: ends.from.id,
    to: ends.to.id,
    kind: ends.kind,
    names: [ends.from.name, ends.to.name],
    ...(answering ? { endpoint: answering.title } : {}),
    answeredBy: answering ? world.entriesAt(answering) : [],
    retries,
    attempts: retries.reduce((product, { attempts }) => product * attempts, 1),
  };
}

/** What the code does; a retry without end is told of by itself, and enters no arithmetic. */
function codeRetry({ policy: { retry } }: Site): readonly HopRetry[] {
  if (retry.is !== "known" || typeof retry.value.attempts !== "number" || retry.value.attempts < 2) return [];
  return [{ attempts: retry.value.attempts, by: "the code", places: retry.evidence.flatMap(({ place }) => place ?? []), from: "code" }];
}

/** The endpoint of the called service that the call's verb and path, or its RPC's name, fit best. */
function endpointOf(site: Site, { from, to, kind }: { readonly from: Service; readonly to: Service; readonly kind: Hop["kind"] }, { model, map }: World): Endpoint | undefined {
  const offered = model.endpoints.filter(({ service }) => service === to.id);
  const { value } = evaluate(site.target, from, map);
  if (kind === "grpc") {
    const name = (site.calleeText.split(".").at(-1) ?? "").toLowerCase();
    return offered.find((endpoint) => endpoint.kind === "grpc" && endpoint.title.split(".").at(-1)?.toLowerCase() === name);
  }
  const message = offered.find((endpoint) => endpoint.kind === "message" && endpoint.title === value);
  if (message) return message;
  const path = parseAddress(value)?.path ?? (value.startsWith("/") ? value : "/");
  let best: { readonly endpoint: Endpoint; readonly fit: number } | undefined;
  for (const endpoint of offered) {
    const [verb = "", route = ""] = endpoint.title.split(" ");
    if (endpoint.kind !== "http" || (verb !== "ALL" && site.verb !== "REQUEST" && verb !== site.verb.toUpperCase())) continue;
    const fit = fitOf(route, path);
    if (fit > (best?.fit ?? 0)) best = { endpoint, fit };
  }
  return best?.endpoint;
}

/** How well a called path fits a route: 0 for not at all. One may lack a prefix that the other has (`/api`). */
function fitOf(route: string, called: string): number {
  const [wanted, given] = [segmentsOf(route), segmentsOf(called)];
  const length = Math.min(wanted.length, given.length);
  if (length === 0) return wanted.length === given.length ? 1 : 0;
  let fit = wanted.length === given.length ? 2 : 1;
  for (let back = 1; back <= length; back += 1) {
    const [want = "", give = ""] = [wanted[wanted.length - back], given[given.length - back]];
    if (want === give) fit += 4;
    else if (!isOpen(want) && !isOpen(give)) return 0;
  }
  // Nothing but parameters fits anything.
  return fit > 2 || wanted.length === given.length ? fit : 0;
}

function segmentsOf(path: string): readonly string[] {
  return (path.split("?")[0] ?? "").split("/").filter((segment) => segment !== "");
}

function isOpen(segment: string): boolean {
  return /^[:[{*]/.test(segment) || segment.includes("{");
}
