/** Everything that the recovery reads through the tracer, gathered once for a snapshot. */
import type { Workspace } from "../../workspace/workspace.ts";
import type { Program } from "../knowledge.ts";
import type { Tracer } from "../trace/tracer.ts";
import { addressReads } from "./address-book.ts";
import { decoratedHandlers, queueBindings } from "./decorated.ts";
import type { Facts } from "./facts.ts";
import { generatedHandlers, grpcClients } from "./grpc-clients.ts";
import { variantsOf } from "./inherited.ts";
import type { Summaries } from "./manifests.ts";
import { typedMessages } from "./typed-messages.ts";

export interface Traced {
  readonly program: Pick<Program, "sites" | "callersOf" | "entries" | "function">;
  readonly tracer: Tracer;
}

export function gatherFacts({ program, tracer }: Traced, given: { readonly workspace: Workspace; readonly summaries: Summaries; readonly catalog: Facts["catalog"] }): Facts {
  const { summaries } = given;
  const inherited = variantsOf(tracer, program.sites);
  const named = new Set(inherited.map((variant) => variant.site));
  return {
    ...given,
    program,
    sites: program.sites,
    handlers: [...decoratedHandlers(tracer, summaries), ...generatedHandlers(summaries)],
    bindings: queueBindings(tracer, summaries),
    variants: [...inherited, ...typedMessages(tracer, program.sites.filter((site) => !named.has(site.id)), summaries)],
    grpcClients: grpcClients(tracer, summaries),
    addressReads: addressReads(tracer, summaries),
  };
}
