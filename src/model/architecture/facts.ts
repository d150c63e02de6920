/** What the recovery of an architecture starts from. */
import type { Library } from "../../catalog/library.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { Service } from "../architecture.ts";
import type { Site } from "../knowledge.ts";
import type { AddressRead } from "./address-book.ts";
import type { GrpcClient } from "./grpc-clients.ts";
import type { Binding, Handler } from "./handlers.ts";
import type { Variant } from "./inherited.ts";
import type { Summaries } from "./manifests.ts";
import type { ServiceMap } from "./services.ts";

export interface Facts {
  readonly sites: readonly Site[];
  readonly handlers: readonly Handler[];
  readonly bindings: readonly Binding[];
  /** What calls of base classes are in their subclasses. */
  readonly variants: readonly Variant[];
  readonly grpcClients: readonly GrpcClient[];
  readonly addressReads: readonly AddressRead[];
  readonly summaries: Summaries;
  readonly workspace: Workspace;
  readonly catalog: { readonly find: (specifier: string) => Library | undefined };
}

/** A site in the service that runs it; one of a shared library stands once for each. */
export interface Placed {
  readonly site: Site;
  readonly service: Service;
}

export function placeSites({ sites, variants }: Pick<Facts, "sites" | "variants">, map: ServiceMap): readonly Placed[] {
  const bySite = new Map<string, Variant[]>();
  for (const variant of variants) bySite.set(variant.site, [...(bySite.get(variant.site) ?? []), variant]);
  return sites.flatMap((site) => {
    const own = bySite.get(site.id) ?? [];
    const inherited = own.flatMap(({ path, target }) => map.serviceOf(path).map((service) => ({ site: { ...site, target }, service })));
    return inherited.length > 0 ? inherited : map.serviceOf(site.place.path).map((service) => ({ site, service }));
  });
}
