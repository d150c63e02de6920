/** The service map that the configuration declares: names, aliases and edges that refine what was recovered, and what contradicts it. */
import type { Configuration, WorkspaceProblem } from "../../workspace/workspace.ts";
import type { ArchitectureModel, External, Service } from "../architecture.ts";
import type { Place } from "../finding.ts";
import type { Backing } from "./deployables.ts";
import type { Link } from "./edges.ts";
import { isWithin } from "./paths.ts";

/** Systems of others that are declared, as something that answers under their aliases. */
export function declaredExternals(configuration: Configuration): readonly Backing[] {
  return configuration.services.flatMap((service, index) => {
    if (service.external !== true) return [];
    const hosts = [service.name, ...(service.aliases ?? [])];
    const workload = { name: service.name, by: "compose" as const, place: placeOf(configuration, `services/${index}/name`), command: "", environment: {}, hosts, ports: [], mounts: [], dependsOn: [], isJob: false };
    return [{ infrastructure: { kind: "external" as const, engine: service.name, images: [] }, workload }];
  });
}

/** Names under which a service answers besides those of its manifests. */
export function declaredAliases(configuration: Configuration, service: Pick<Service, "name" | "root">): readonly string[] {
  return configuration.services.filter((each) => each.external !== true && (each.root === undefined ? each.name === service.name : each.root === service.root && each.name === service.name)).flatMap((each) => each.aliases ?? []);
}

/** The declared store that a connection is, by its host, its database or a variable that it was read from. */
export function declaredStore(configuration: Configuration, connection: { readonly host: string; readonly database?: string; readonly variables: readonly string[] }): { readonly name: string; readonly engine?: string } | undefined {
  return (configuration.stores ?? []).find(({ name, aliases }) => [name, ...(aliases ?? [])].some((alias) => alias === connection.host || alias === connection.database || connection.variables.includes(alias)));
}

/** Edges that the configuration adds, between what is there. */
export function declaredLinks(configuration: Configuration, model: Pick<ArchitectureModel, "services" | "stores" | "brokers" | "externals">): { readonly links: readonly Link[]; readonly externals: readonly External[] } {
  const links = (configuration.edges ?? []).flatMap(({ from, to, kind, via }, index): readonly Link[] => {
    const [start, end] = [idOf(model, from), idOf(model, to) ?? externalId(configuration, to)];
    const place = placeOf(configuration, `edges/${index}/from`);
    return start === undefined || end === undefined ? [] : [{ from: start, to: end, kind, ...(via === undefined ? {} : { via }), place, evidence: [{ says: "Declared in the configuration", place }] }];
  });
  const externals = links.filter(({ to }) => to.startsWith("external:") && !model.externals.some(({ id }) => id === to)).map(({ to }) => ({ id: to, name: to.replace(/^external:/, "") }));
  return { links, externals };
}

/** What the declared map says that files and code do not bear out, each where it stands. */
export function contradictions(configuration: Configuration, model: ArchitectureModel, paths: readonly string[]): readonly WorkspaceProblem[] {
  const { services, edges = [] } = configuration;
  return [...services.flatMap(ofService), ...edges.flatMap(ofEdge)];

  function ofService({ name, root, aliases = [], external }: Configuration["services"][number], index: number): readonly WorkspaceProblem[] {
    const at = `services/${index}`;
    if (root !== undefined && external === true) return problem(`${at}/root`, `\`${name}\` is declared as somebody else's, and yet with a folder of code here.`);
    if (root !== undefined && !paths.some((path) => isWithin(path, root))) return problem(`${at}/root`, `There is no file in \`${root}\`.`);
    if (root === undefined && external !== true && !model.services.some((service) => service.name === name)) return problem(`${at}/name`, `No service \`${name}\` was found; say where its code is with \`root\`, or that it is \`external\`.`);
    if (services.some((other, before) => before < index && other.name === name)) return problem(`${at}/name`, `\`${name}\` is declared twice.`);
    return aliases.flatMap((alias, each) => {
      const owner = model.services.find((service) => service.name !== name && service.hosts.includes(alias));
      return owner === undefined ? [] : problem(`${at}/aliases/${each}`, `\`${alias}\` is what ${owner.name} answers to in its manifests.`);
    });
  }

  function ofEdge({ from, to, kind }: NonNullable<Configuration["edges"]>[number], index: number): readonly WorkspaceProblem[] {
    const at = `edges/${index}`;
    const [start, end] = [idOf(model, from), idOf(model, to) ?? externalId(configuration, to)];
    if (start === undefined) return problem(`${at}/from`, `Nothing called \`${from}\` was found.`);
    if (end === undefined) return problem(`${at}/to`, `Nothing called \`${to}\` was found; a system of somebody else's is declared under \`services\` with \`external\`.`);
    const kinds = [...new Set(model.edges.filter((edge) => edge.from === start && edge.to === end && edge.sites.length > 0).map((edge) => edge.kind))];
    return kinds.length === 0 || kinds.includes(kind) ? [] : problem(`${at}/kind`, `The code of ${from} speaks to ${to} by ${kinds.join(" and ")}, and not by ${kind}.`);
  }

  function problem(key: string, message: string): readonly WorkspaceProblem[] {
    const { path, at, end } = placeOf(configuration, key);
    return [{ path, at, end, message, severity: "warning" }];
  }
}

function idOf(model: Pick<ArchitectureModel, "services" | "stores" | "brokers" | "externals">, name: string): string | undefined {
  return [...model.services, ...model.stores, ...model.brokers, ...model.externals].find((each) => each.name === name)?.id;
}

function externalId({ services }: Configuration, name: string): string | undefined {
  return services.some((service) => service.external === true && service.name === name) ? `external:${name}` : undefined;
}

function placeOf({ path = "", spans = {} }: Configuration, key: string): Place {
  return { path, ...(spans[key] ?? { at: 0, end: 0 }) };
}
