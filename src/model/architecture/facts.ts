/** What the recovery of an architecture starts from. */
import type { Library } from "../../catalog/library.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { Service } from "../architecture.ts";
import type { Site } from "../knowledge.ts";
import type { Binding, Handler } from "./handlers.ts";
import type { Summaries } from "./manifests.ts";
import type { ServiceMap } from "./services.ts";

export interface Facts {
  readonly sites: readonly Site[];
  readonly handlers: readonly Handler[];
  readonly bindings: readonly Binding[];
  readonly summaries: Summaries;
  readonly workspace: Workspace;
  readonly catalog: { readonly find: (specifier: string) => Library | undefined };
}

/** A site in the service that runs it; one of a shared library stands once for each. */
export interface Placed {
  readonly site: Site;
  readonly service: Service;
}

export function placeSites(sites: readonly Site[], map: ServiceMap): readonly Placed[] {
  return sites.flatMap((site) => map.serviceOf(site.place.path).map((service) => ({ site, service })));
}
