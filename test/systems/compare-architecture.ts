import type { ArchitectureModel } from "../../src/model/architecture.ts";
import type { ExpectedArchitecture, ExpectedEdge } from "./expectation.ts";

/** What differs between the recovered architecture and the expected one: `missing …` and `unexpected …`, one a line. */
export function asExpected(model: ArchitectureModel, expected: ExpectedArchitecture): readonly string[] {
  return [
    ...differences("service", model.services.map(({ name, root }) => `${name} at ${root}`), expected.services.map(({ name, root }) => `${name} at ${root}`)),
    ...differences("owner", ownersOf(model.services), ownersOf(expected.services)),
    ...differences("store", storesOf(model), expected.stores.map(({ name, engine, usedBy }) => `${engine} ${name} used by ${[...usedBy].sort().join(", ")}`)),
    ...differences("broker", model.brokers.map(({ engine }) => engine), expected.brokers),
    ...differences("channel", channelsOf(model), expected.channels.map(({ name, producers, consumers }) => `${name}: ${[...producers].sort().join(", ")} > ${[...consumers].sort().join(", ")}`)),
    ...differences("external", model.externals.map(({ name }) => name), expected.externals, mentioned(expected.optional)),
    ...edgeDifferences(edgesOf(model), expected),
  ];
}

function differences(what: string, actual: readonly string[], expected: readonly string[], optional: ReadonlySet<string> = new Set()): readonly string[] {
  const have = new Set(actual);
  const want = new Set(expected);
  return [
    ...[...want].filter((each) => !have.has(each)).map((each) => `missing ${what} ${each}`),
    ...[...have].filter((each) => !want.has(each) && !optional.has(each)).map((each) => `unexpected ${what} ${each}`),
  ];
}

/** Which services are built from one package: groups, whatever the owner is called. */
function ownersOf(services: readonly { readonly name: string; readonly owner: string }[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { name, owner } of services) groups.set(owner, [...(groups.get(owner) ?? []), name]);
  return [...groups.values()].map((names) => names.sort().join(" + "));
}

function storesOf(model: ArchitectureModel): readonly string[] {
  return model.stores.map(({ name, engine, usedBy }) => `${engine} ${name} used by ${usedBy.map((id) => nameOf(model, id)).sort().join(", ")}`);
}

function channelsOf(model: ArchitectureModel): readonly string[] {
  const names = (ends: readonly { readonly service: string }[]): string => [...new Set(ends.map(({ service }) => nameOf(model, service)))].sort().join(", ");
  return model.channels.map(({ name, producers, consumers }) => `${name}: ${names(producers)} > ${names(consumers)}`);
}

/** An expected edge that names no channel stands for those of all channels. */
function edgeDifferences(actual: readonly ExpectedEdge[], { edges, optional }: ExpectedArchitecture): readonly string[] {
  return [
    ...edges.filter((edge) => !actual.some((each) => fits(each, edge))).map((edge) => `missing edge ${shown(edge)}`),
    ...actual.filter((each) => ![...edges, ...optional].some((edge) => fits(each, edge))).map((each) => `unexpected edge ${shown(each)}`),
  ];
}

function fits([from, to, kind, via]: ExpectedEdge, expected: ExpectedEdge): boolean {
  return from === expected[0] && to === expected[1] && kind === expected[2] && (expected[3] === undefined || via === expected[3]);
}

function edgesOf(model: ArchitectureModel): readonly ExpectedEdge[] {
  return model.edges.map(({ from, to, kind, via }) => [nameOf(model, from), nameOf(model, to), kind === "grpc" ? "http" : kind, ...(via === undefined ? ([] as const) : ([via] as const))]);
}

function nameOf(model: ArchitectureModel, id: string): string {
  const store = model.stores.find((each) => each.id === id);
  if (store !== undefined) return store.engine === "redis" ? store.name : `${store.engine}/${store.name}`;
  const named = [...model.services, ...model.brokers, ...model.externals].find((each) => each.id === id);
  return named?.name ?? id;
}

function shown([from, to, kind, via]: ExpectedEdge): string {
  return `${from} > ${to} (${kind}${via === undefined ? "" : ` ${via}`})`;
}

function mentioned(edges: readonly ExpectedEdge[]): ReadonlySet<string> {
  return new Set(edges.flatMap(([from, to]) => [from, to]));
}
