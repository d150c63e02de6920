/** A small system from text: path → content. */
import type { Text } from "../../../src/model/text.ts";
import type { Site } from "../../../src/model/knowledge.ts";
import type { ArchitectureModel } from "../../../src/model/architecture.ts";
import { catalog } from "../../../src/catalog/index.ts";
import { gatherFacts } from "../../../src/model/architecture/gather.ts";
import { recoverArchitecture } from "../../../src/model/architecture/recover.ts";
import { recoverServices, type ServiceMap } from "../../../src/model/architecture/services.ts";
import { traceProgram } from "../../../src/model/trace/program.ts";
import { summarize, type FileSummary } from "../../../src/syntax/index.ts";
import { createResolver, openWorkspace, type Workspace } from "../../../src/workspace/index.ts";
import { memoryHost } from "../../support/memory-host.ts";

export interface System {
  readonly workspace: Workspace;
  readonly summaries: ReadonlyMap<string, FileSummary>;
  readonly map: ServiceMap;
}

export async function system(files: Readonly<Record<string, string>>): Promise<System> {
  const workspace = await openWorkspace(memoryHost(files, "/shop"));
  const summaries = new Map(workspace.files.map((file) => [file.path, summarize(file.path, file.kind, Buffer.from(files[file.path] ?? ""))]));
  return { workspace, summaries, map: recoverServices(workspace, createResolver(workspace), summaries) };
}

/** The architecture with the calls that the tracer finds, and those given by hand. */
export function architecture({ workspace, summaries, map }: System, byHand: readonly Site[] = []): ArchitectureModel {
  const { program, tracer } = traceProgram(workspace, createResolver(workspace), summaries, catalog);
  return recoverArchitecture(map, gatherFacts({ program: { ...program, sites: [...program.sites, ...byHand] }, tracer }, { workspace, summaries, catalog }));
}

/** `name root` of every service, one a line. */
export function printServices({ map }: System): string {
  return map.services.map((service) => `${service.name} ${service.root === "" ? "." : service.root}`).join("\n");
}

/** `from > to kind via`, one a line; ends by name. */
export function printEdges(model: ArchitectureModel): string {
  const names = new Map([...model.services, ...model.stores, ...model.brokers, ...model.externals].map((element) => [element.id, element.name]));
  return model.edges.map((edge) => [names.get(edge.from) ?? edge.from, ">", names.get(edge.to) ?? edge.to, edge.kind, edge.via ?? ""].join(" ").trim()).join("\n");
}

export function known(text: string): Text {
  return [{ is: "known", text }];
}

export function env(name: string, fallback?: string): Text {
  return [{ is: "env", name, ...(fallback === undefined ? {} : { fallback: known(fallback) }) }];
}

/** A call by hand, for what the recovery makes of it alone. */
export function site(given: Pick<Site, "effect" | "library"> & { readonly path: string; readonly target: Text; readonly at?: number; readonly access?: Site["access"]; readonly entity?: string; readonly origin?: Partial<Site["origin"]> }): Site {
  const place = { path: given.path, at: given.at ?? 0, end: (given.at ?? 0) + 1 };
  const unknown = { is: "unknown", evidence: [] } as const;
  return {
    id: `${given.path}#${place.at}`, place, callee: place, raw: place, rawCall: { ...place, text: "", symbol: "" }, circumstances: [], in: { path: given.path, id: 0 }, symbol: "", library: given.library, effect: given.effect,
    facts: { effect: given.effect, access: "none", idempotent: "unknown", returns: "promise" }, access: given.access ?? "read", idempotent: "unknown", verb: "", calleeText: "call",
    origin: { library: given.library, type: "Client", name: "client", confidence: "certain", ...given.origin }, target: given.target, args: [], confidence: "certain", way: [], reached: "request", awaited: true,
    policy: { deadline: unknown, retry: unknown, breaker: unknown, bulkhead: unknown, fallback: unknown, idempotency: unknown, layers: [] },
    ...(given.entity === undefined ? {} : { entity: given.entity }),
  }; // prettier-ignore
}
