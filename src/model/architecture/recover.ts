/** The architecture that the code really has: everything that manifests and traced calls say, joined. */
import type { ArchitectureModel, BlindSpot } from "../architecture.ts";
import { callsOf, isEngines, isSocket } from "./calls.ts";
import { arrives, channelName, channelsOf, type ChannelEnd, type Listening } from "./channels.ts";
import { declaredLinks } from "./declared.ts";
import { edgesOf, type Link } from "./edges.ts";
import { endpointsOf } from "./endpoints.ts";
import { placeSites, type Facts } from "./facts.ts";
import { withListening } from "./listening.ts";
import { manifestLinks } from "./manifest-links.ts";
import type { ServiceMap } from "./services.ts";
import { storeUses, type StoreUse } from "./store-uses.ts";
import { storesOf, type StoreView } from "./stores.ts";

export function recoverArchitecture(deployed: ServiceMap, facts: Facts): ArchitectureModel {
  const placed = placeSites(facts, deployed);
  const map = withListening(deployed, placed);
  const listening: readonly Listening[] = facts.handlers.flatMap((handler) => map.serviceOf(handler.path).map((service) => ({ handler, service })));
  const uses = storeUses(placed, map, facts);
  const stores = storesOf(uses);
  const channels = channelsOf(placed.filter(({ site }) => !isSocket(site) && !isEngines(site, facts)), listening, { map, facts });
  const calls = callsOf(placed, listening, { map, facts });
  const given = manifestLinks(map);
  const found = { services: map.services, stores: stores.stores, brokers: channels.brokers, externals: [...calls.externals, ...given.externals] };
  const declared = declaredLinks(facts.workspace.configuration, found);
  const externals = new Map([...found.externals, ...declared.externals].map((external) => [external.id, external]));
  const links = [...calls.links, ...given.links, ...storeLinks(uses, stores), ...eventLinks(channels.ends), ...brokerLinks(channels.ends), ...declared.links];
  const blindSpots = distinct([...calls.blindSpots, ...channels.blindSpots, ...homeless(facts, map)]).sort((a, b) => order(a.place, b.place));
  return {
    services: map.services,
    endpoints: endpointsOf(placed, listening, map),
    stores: stores.stores,
    brokers: channels.brokers,
    channels: channels.channels,
    externals: [...externals.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: edgesOf(links),
    accesses: [...stores.accesses].sort((a, b) => order(a.place, b.place)),
    blindSpots,
  };
}

function storeLinks(uses: readonly StoreUse[], view: StoreView): readonly Link[] {
  return uses.map((use) => ({
    from: use.service.id, to: view.storeOf(use).id, kind: "db" as const, place: use.place, evidence: [{ says: `${use.service.name} uses ${view.storeOf(use).name}`, place: use.place }], ...(use.site === undefined ? {} : { site: use.site }),
  })); // prettier-ignore
}

/** From the service that publishes to each that consumes. */
function eventLinks(ends: readonly ChannelEnd[]): readonly Link[] {
  const consumers = ends.filter((end) => end.role === "consumes");
  return ends.filter((end) => end.role === "produces").flatMap((producer) =>
    consumers
      .filter((consumer) => consumer.service.id !== producer.service.id && arrives(producer, consumer))
      .map((consumer) => ({
        from: producer.service.id, to: consumer.service.id, kind: "event" as const, via: channelName(producer), place: producer.place,
        evidence: [{ says: `${producer.service.name} publishes \`${channelName(producer)}\``, place: producer.place }, { says: `${consumer.service.name} consumes it`, place: consumer.place }], ...(producer.site === undefined ? {} : { site: producer.site }),
      })),
  ); // prettier-ignore
}

/** Every use of a broker is an edge to it too, so that a producer without a consumer is not lost. */
function brokerLinks(ends: readonly ChannelEnd[]): readonly Link[] {
  return ends.flatMap((end) =>
    end.broker === undefined || end.role === "consumes" ? [] : [{
      from: end.service.id, to: end.broker.id, kind: "event" as const, via: channelName(end), place: end.place, evidence: [{ says: `${end.service.name} publishes \`${channelName(end)}\``, place: end.place }], ...(end.site === undefined ? {} : { site: end.site }),
    }],
  ); // prettier-ignore
}

/** Calls in code that no known service runs. */
function homeless({ sites, workspace }: Facts, map: ServiceMap): readonly BlindSpot[] {
  const inScope = new Set(workspace.files.filter((file) => file.scope === "service").map((file) => file.path));
  return sites.filter((site) => inScope.has(site.place.path) && (site.effect === "request" || site.effect === "query" || site.effect === "publish") && map.serviceOf(site.place.path).length === 0)
    .map((site) => ({ place: site.callee, why: "No service was found that runs this file" })); // prettier-ignore
}

function order(a: { readonly path: string; readonly at: number }, b: { readonly path: string; readonly at: number }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.at - b.at;
}

function distinct(spots: readonly BlindSpot[]): BlindSpot[] {
  return [...new Map(spots.map((spot) => [`${spot.place.path}#${spot.place.at}`, spot])).values()];
}
