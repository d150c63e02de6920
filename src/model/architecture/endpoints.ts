/** What each service offers: routes, RPC methods, message handlers, schedules. */
import type { Endpoint } from "../architecture.ts";
import { evaluate } from "./addresses.ts";
import type { Listening } from "./channels.ts";
import type { Placed } from "./facts.ts";
import type { Handler } from "./handlers.ts";
import type { ServiceMap } from "./services.ts";

export function endpointsOf(placed: readonly Placed[], listening: readonly Listening[], map: ServiceMap): readonly Endpoint[] {
  const fromSites = placed.flatMap(({ site, service }): readonly Endpoint[] => {
    if (site.effect !== "route" && site.effect !== "consume" && site.effect !== "schedule") return [];
    const name = evaluate(site.target, service, map).value;
    const kind = site.effect === "route" ? "http" : site.effect === "consume" ? "message" : "schedule";
    if (kind === "http" && name === "") return [];
    return [toEndpoint(service.id, kind, kind === "http" ? `${httpVerb(site.verb)} ${rooted(name)}` : name, site.callee)];
  });
  const fromHandlers = listening.map(({ handler, service }) => {
    const name = evaluate(handler.target, service, map).value;
    const base = evaluate(handler.base ?? [], service, map).value;
    return toEndpoint(service.id, KINDS[handler.kind], titleOf(handler, { name, base }), handler.place);
  });
  const byId = new Map([...fromSites, ...fromHandlers].map((endpoint) => [endpoint.id, endpoint]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const KINDS = {
  route: "http", procedure: "http", resolver: "graphql", "grpc-method": "grpc", "message-handler": "message", "event-handler": "message", processor: "message", schedule: "schedule",
} as const satisfies Record<Handler["kind"], Endpoint["kind"]>; // prettier-ignore

function titleOf(handler: Handler, { name, base }: { readonly name: string; readonly base: string }): string {
  if (handler.kind === "route") return `${handler.method ?? "ALL"} ${rooted([base, name].map((part) => part.replace(/^\/+|\/+$/g, "")).filter((part) => part !== "").join("/"))}`;
  if (handler.kind === "procedure") return `${handler.method ?? "QUERY"} ${name}`;
  return (handler.kind === "grpc-method" || handler.kind === "resolver") && base !== "" ? `${base}.${name}` : name;
}

function toEndpoint(service: string, kind: Endpoint["kind"], title: string, place: Endpoint["place"]): Endpoint {
  return { id: `endpoint:${service.replace(/^service:/, "")}/${kind}/${title}@${place.path}`, service, kind, title, place };
}

function httpVerb(verb: string): string {
  return /^(?:get|post|put|patch|delete|head|options)$/i.test(verb) ? verb.toUpperCase() : "ALL";
}

function rooted(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}
