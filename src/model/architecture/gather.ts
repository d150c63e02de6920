/** Everything that the recovery reads through the tracer, gathered once for a snapshot. */
import type { CodeSummary } from "../../syntax/summary.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { Program } from "../knowledge.ts";
import { Cell } from "../trace/ledger.ts";
import type { Tracer } from "../trace/tracer.ts";
import { addressReads } from "./address-book.ts";
import { pickedVariants } from "./alternatives.ts";
import { constructedVariants } from "./constructed.ts";
import { decoratedHandlers, definedBindings, queueBindings } from "./decorated.ts";
import type { Facts } from "./facts.ts";
import { generatedHandlers, grpcClients } from "./grpc-clients.ts";
import { variantsOf } from "./inherited.ts";
import { Importers } from "./library-runners.ts";
import type { Summaries } from "./manifests.ts";
import { openedStores } from "./opened.ts";
import { procedureHandlers, resolverMaps, type RouterFact, routersIn } from "./procedures.ts";
import { relaysIn, writtenIn } from "./relays.ts";
import { typedMessages } from "./typed-messages.ts";
import { unseenEnds } from "./unseen-bases.ts";
import { upstreams } from "./upstreams.ts";

export interface Traced {
  readonly program: Pick<Program, "sites" | "callersOf" | "callsTo" | "entries" | "function">;
  readonly tracer: Tracer;
}

export function gatherFacts({ program, tracer }: Traced, given: { readonly workspace: Workspace; readonly summaries: Summaries; readonly catalog: Facts["catalog"] }, gathered = new Gathered(tracer)): Facts {
  const { summaries } = given;
  const apart = [...variantsOf(tracer, program.sites), ...constructedVariants(tracer, program.sites, program.callsTo)];
  const known = new Set(apart.map((variant) => variant.site));
  const inherited = [...apart, ...pickedVariants(tracer, program.sites.filter((site) => !known.has(site.id)))];
  const named = new Set(inherited.map((variant) => variant.site));
  const files = gathered.files(summaries);
  const relays = relaysIn(program.sites.filter((site) => !named.has(site.id)));
  return {
    ...given,
    importers: gathered.importers,
    schemas: [...summaries.values()].flatMap((summary) => (summary.kind === "prisma" && summary.datasources.length > 0 ? [summary] : [])),
    program,
    sites: program.sites,
    handlers: [...files.flatMap((file) => file.decorated), ...files.flatMap((file) => file.generated), ...procedureHandlers(files.flatMap((file) => file.routers))],
    bindings: [...files.flatMap((file) => file.bindings), ...definedBindings(summaries)],
    variants: [...inherited, ...typedMessages(tracer, program.sites.filter((site) => !named.has(site.id)), summaries)],
    grpcClients: files.flatMap((file) => file.grpcClients),
    addressReads: files.flatMap((file) => file.addressReads),
    upstreams: files.flatMap((file) => file.upstreams),
    opened: files.flatMap((file) => file.opened),
    unseen: files.flatMap((file) => file.unseen),
    relays,
    written: relays.length === 0 ? [] : files.flatMap((file) => file.written),
  };
}

interface FileFacts extends Pick<Facts, "bindings" | "grpcClients" | "addressReads" | "upstreams" | "opened" | "unseen" | "written"> {
  readonly decorated: Facts["handlers"];
  readonly generated: Facts["handlers"];
  readonly routers: readonly RouterFact[];
}

/** What was gathered of each file, for as long as nothing that was looked at for it changes. */
export class Gathered {
  readonly importers = new Importers();
  private readonly tracer: Tracer;
  private readonly byPath = new Map<string, { readonly cell: Cell; facts: FileFacts | undefined }>();

  constructor(tracer: Tracer) {
    this.tracer = tracer;
  }

  /** Of the files that have something to tell, in their order. */
  files(summaries: Summaries): readonly FileFacts[] {
    const found: FileFacts[] = [];
    for (const [path, summary] of summaries) {
      if (summary.kind !== "code") continue;
      let known = this.byPath.get(path);
      if (known === undefined || known.cell.stale) {
        known ??= { cell: new Cell(), facts: undefined };
        known.facts = this.tracer.ledger.within(known.cell, () => this.gather(path, summary));
        this.byPath.set(path, known);
      }
      if (known.facts) found.push(known.facts);
    }
    return found;
  }

  private gather(path: string, summary: CodeSummary): FileFacts | undefined {
    this.tracer.view(path).noteWhole();
    const one: Summaries = new Map([[path, summary]]);
    const { tracer } = this;
    const facts: FileFacts = { decorated: decoratedHandlers(tracer, one), generated: [...generatedHandlers(one), ...resolverMaps(tracer, one)], routers: routersIn(tracer, one), bindings: queueBindings(tracer, one), grpcClients: grpcClients(tracer, one), addressReads: addressReads(tracer, one), upstreams: upstreams(tracer, one), opened: openedStores(tracer, one), unseen: unseenEnds(tracer, one), written: writtenIn(tracer, one) };
    return Object.values(facts).some((list: readonly unknown[]) => list.length > 0) ? facts : undefined;
  }
}
