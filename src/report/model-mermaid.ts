import type { ArchitectureModel, Edge } from "../model/architecture.ts";

/** The architecture as a Mermaid flowchart. Node names are numbers, so that no name of the workspace can break the syntax. */
export function modelMermaid(model: ArchitectureModel): string {
  const nodes = [
    ...model.services.map(({ id, name }) => ({ id, shape: `["${escaped(name)}"]` })),
    ...model.stores.map(({ id, name }) => ({ id, shape: `[("${escaped(name)}")]` })),
    ...model.brokers.map(({ id, name }) => ({ id, shape: `[["${escaped(name)}"]]` })),
    ...model.externals.map(({ id, name }) => ({ id, shape: `(["${escaped(name)}"])` })),
  ];
  const numbers = new Map(nodes.map(({ id }, at) => [id, `n${at}`]));
  const lines = nodes.map(({ id, shape }) => `  ${numbers.get(id)}${shape}`);
  return ["flowchart LR", ...lines, ...model.edges.flatMap((edge) => arrow(edge, numbers)), ""].join("\n");
}

function arrow(edge: Edge, numbers: ReadonlyMap<string, string>): readonly string[] {
  const from = numbers.get(edge.from);
  const to = numbers.get(edge.to);
  if (from === undefined || to === undefined) return [];
  const label = escaped(edge.via ?? edge.kind);
  return [`  ${from} ${edge.kind === "event" ? `-. "${label}" .->` : `-- "${label}" -->`} ${to}`];
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("\n", " ");
}
