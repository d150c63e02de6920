/** What the recovery of an architecture starts from. */
import type { Library } from "../../catalog/library.ts";
import type { PrismaSummary } from "../../syntax/summary.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { Service } from "../architecture.ts";
import { groupedBy } from "../grouped.ts";
import type { Program, Site } from "../knowledge.ts";
import type { AddressRead } from "./address-book.ts";
import type { GrpcClient } from "./grpc-clients.ts";
import type { Binding, Handler } from "./handlers.ts";
import type { Variant } from "./inherited.ts";
import type { Summaries } from "./manifests.ts";
import type { OpenedStore } from "./opened.ts";
import type { Relay, Written } from "./relays.ts";
import type { UnseenEnd } from "./unseen-bases.ts";
import type { Upstream } from "./upstreams.ts";
import { type Importers, runnersOf } from "./library-runners.ts";
import { isWithin } from "./paths.ts";
import type { ServiceMap } from "./services.ts";

export interface Facts {
  readonly sites: readonly Site[];
  readonly handlers: readonly Handler[];
  readonly bindings: readonly Binding[];
  /** What calls of base classes are in their subclasses. */
  readonly variants: readonly Variant[];
  readonly grpcClients: readonly GrpcClient[];
  readonly addressReads: readonly AddressRead[];
  readonly upstreams: readonly Upstream[];
  readonly opened: readonly OpenedStore[];
  readonly unseen: readonly UnseenEnd[];
  readonly relays: readonly Relay[];
  readonly written: readonly Written[];
  readonly summaries: Summaries;
  readonly importers: Importers;
  /** Schemas that say where their database is. */
  readonly schemas: readonly PrismaSummary[];
  readonly workspace: Workspace;
  readonly program: Pick<Program, "callersOf" | "entries" | "function">;
  readonly catalog: { readonly find: (specifier: string) => Library | undefined };
}

/** A site in the service that runs it; one of a shared library stands once for each that leads to it. */
export interface Placed {
  readonly site: Site;
  readonly service: Service;
}

export function placeSites({ sites, variants, program, summaries, importers }: Pick<Facts, "sites" | "variants" | "program" | "summaries" | "importers">, map: ServiceMap): readonly Placed[] {
  const runners = runnersOf(program, { summaries, importers }, map);
  const bySite = groupedBy(variants, (variant) => variant.site);
  const last = new Map(sites.map((site) => [site.id, site]));
  return sites.flatMap((site) => {
    const own = bySite.get(site.id) ?? [];
    // The same call by another way has the same variants.
    if (own.length > 0 && last.get(site.id) !== site) return [];
    const inherited = own.flatMap(({ path, target }) => map.serviceOf(path).map((service) => ({ site: { ...site, target }, service })));
    if (inherited.length > 0) return inherited;
    const importing = map.serviceOf(site.place.path);
    const isShared = importing.length > 1 && !importing.some((service) => isWithin(site.place.path, service.root));
    const running = isShared ? runners(site.in) : undefined;
    return (running === undefined ? importing : importing.filter((service) => running.includes(service))).map((service) => ({ site, service }));
  });
}
