/** The deployables of a workspace, and what answers under which name. Needs no traced code. */
import type { Service } from "../architecture.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { belonging, type ResolveImport } from "./belonging.ts";
import { readCompose } from "./compose.ts";
import { declaredAliases, declaredExternals } from "./declared.ts";
import { deploy, type Backing, type Deployable } from "./deployables.ts";
import { entryFile } from "./entries.ts";
import { environmentOf } from "./environment.ts";
import { readKubernetes, type IngressRule } from "./kubernetes.ts";
import { manifestFiles, type ManifestFiles, type Summaries } from "./manifests.ts";
import { readGatewayFiles } from "./gateway-files.ts";
import { readNginx, type ProxyRule, type VariablesAt } from "./nginx.ts";
import { codeUnits, type Unit } from "./packages.ts";
import { baseName, folderOf, isWithin, nameKey } from "./paths.ts";
import { readRoutes } from "./routes.ts";
import { readStacks, type Stack } from "./serverless.ts";
import type { Environment, Workload } from "./workload.ts";

export interface ServiceMap {
  /** Sorted by id. */
  readonly services: readonly Service[];
  /** Ports on which it answers: what its manifests say, and what its code says. */
  readonly portsOf: (service: Service) => readonly number[];
  /** Deployables that run a file; empty for one that none is known to run. */
  readonly serviceOf: (path: string) => readonly Service[];
  readonly environmentOf: (service: Service) => Environment;
  /** Everything that answers under a name, in all manifests; `hostsNear` picks by place. */
  readonly hosts: ReadonlyMap<string, readonly Host[]>;
  /** Stores, brokers, gateways and tools that manifests run. */
  readonly backings: readonly Backing[];
  /** Where gateways send the hosts and paths that are asked for. */
  readonly ingress: readonly IngressRule[];
  /** What reverse proxies are configured to send where, each with the place that says so. */
  readonly proxied: readonly ProxyRule[];
  /** Manifests of a service. */
  readonly workloadsOf: (service: Service) => readonly Workload[];
}

/** Something with a name on some network. */
export type Host =
  | { readonly is: "service"; readonly service: Service; readonly scope: string; readonly workload?: Workload }
  | { readonly is: "backing"; readonly backing: Backing; readonly scope: string };

export function recoverServices(workspace: Workspace, resolve: ResolveImport, summaries: Summaries): ServiceMap {
  const files = manifestFiles(workspace, summaries);
  const stacks = readStacks(files);
  const units = withStacks(codeUnits(workspace, files, summaries), stacks);
  const workloads = [...readCompose(files), ...readKubernetes(files)];
  const { deployables, backings } = deploy(workloads, units, files);
  const present = withDeclared(orWhole(deployables, units, workspace), workspace, units);
  const roots = present.map((deployable) => deployable.root);
  const names = uniqueNames(present);
  const made = present
    .map((deployable, index) => ({ deployable, service: toService(deployable, { name: names[index] ?? deployable.name, files, workspace, roots, stacks }) }))
    .sort((a, b) => (a.service.id < b.service.id ? -1 : 1));
  const services = made.map(({ service }) => service);
  const workloadsBy = new Map(made.map(({ deployable, service }) => [service.id, deployable.workloads]));
  const entries = new Map(made.flatMap(({ deployable, service }) => {
    const shared = made.some((other) => other.deployable !== deployable && other.deployable.root === deployable.root);
    const entry = shared ? entryFile(deployable, workspace) : undefined;
    return entry === undefined ? [] : [[service.id, entry] as const];
  })); // prettier-ignore
  const proxied = [...readGatewayFiles(files), ...readNginx(files, variablesOf(services, [...made.flatMap(({ deployable }) => deployable.workloads), ...backings.map(({ workload }) => workload)]))];
  return {
    services,
    portsOf: ({ ports }) => ports,
    serviceOf: belonging(services, entries, summaries, resolve),
    environmentOf: (service) => service.environment,
    hosts: hostsOf(made, [...backings, ...declaredExternals(workspace.configuration)], workspace),
    backings,
    ingress: [...readRoutes(files), ...proxied],
    proxied,
    workloadsOf: (service) => workloadsBy.get(service.id) ?? [],
  };
}

/** A template is filled in the environment of what mounts it or is built with it, and of the service in whose folder it stands. */
function variablesOf(services: readonly Service[], workloads: readonly Workload[]): VariablesAt {
  return (path) => {
    const mounting = workloads.filter(({ mounts, build }) => mounts.some((mount) => mount !== "" && isWithin(path, mount)) || (build !== undefined && build.context !== "" && isWithin(path, build.context)));
    const own = services.filter(({ root }) => root !== "" && isWithin(path, root));
    return (name) => [...mounting, ...own].map(({ environment }) => environment[name]?.value).find((value) => value !== undefined);
  };
}

function withStacks(units: readonly Unit[], stacks: readonly Stack[]): readonly Unit[] {
  const merged = stacks.map(({ unit }) => {
    const own = units.find((each) => each.dir === unit.dir)?.package;
    const named = unit.name !== "" ? unit.name : own?.name.replace(/^@[^/]+\//, "") ?? "app";
    return { ...unit, name: named, ...(own === undefined ? {} : { package: own }) };
  });
  return [...units.filter((unit) => !merged.some((stack) => stack.dir === unit.dir)), ...merged].sort((a, b) => (a.dir < b.dir ? -1 : 1));
}

/** A repository with nothing to deploy is one service, if it has code that could be one. */
function orWhole(deployables: readonly Deployable[], units: readonly Unit[], workspace: Workspace): readonly Deployable[] {
  if (deployables.length > 0 || !workspace.files.some((file) => file.kind === "code" && file.scope === "service")) return deployables;
  const root = units.find((unit) => unit.dir === "");
  if (root === undefined && units.length > 0) return deployables;
  const name = root?.name ?? baseName(workspace.root);
  return [{ name, root: "", workloads: [], evidence: [{ says: "The repository holds one program" }], ...(root === undefined ? {} : { unit: root }) }];
}

/** Services declared in the configuration replace what was recovered for their folders. */
function withDeclared(deployables: readonly Deployable[], workspace: Workspace, units: readonly Unit[]): readonly Deployable[] {
  const declared = workspace.configuration.services.flatMap(({ name, root, external }) => (root === undefined || external === true ? [] : [{ name, root }]));
  if (declared.length === 0) return deployables;
  const evidence = [{ says: "Declared in the configuration", ...(workspace.configuration.path === undefined ? {} : { place: { path: workspace.configuration.path, at: 0, end: 0 } }) }];
  const kept = deployables.filter((each) => !declared.some((service) => service.root === each.root));
  const made = declared.map(({ name, root }) => {
    const recovered = deployables.find((each) => each.root === root);
    const unit = units.find((each) => each.dir === root);
    return { ...(recovered ?? { workloads: [] }), name, root, evidence, ...(unit === undefined ? {} : { unit }) };
  });
  return [...kept, ...made];
}

/** Two systems in one repository may both have an `api`: then each is told by its folder. */
function uniqueNames(deployables: readonly Deployable[]): readonly string[] {
  const count = (names: readonly string[], name: string): number => names.filter((other) => other === name).length;
  const plain = deployables.map((each) => each.name);
  const roots = deployables.map((each) => each.root);
  const byFolder = deployables.map((each) => (count(plain, each.name) > 1 && each.root !== "" && count(roots, each.root) === 1 ? baseName(each.root) : each.name));
  const scoped = deployables.map((each, index) => (count(byFolder, byFolder[index] ?? "") > 1 ? `${outer(each)}/${each.name}` : (byFolder[index] ?? each.name)));
  return scoped.map((name, index) => (scoped.indexOf(name) === index ? name : `${name}-${count(scoped.slice(0, index), name) + 1}`));

  function outer(deployable: Deployable): string {
    const folder = baseName(deployable.root) === deployable.name ? folderOf(deployable.root) : deployable.root;
    return folder === "" ? "." : folder;
  }
}

interface Around {
  readonly name: string;
  readonly files: ManifestFiles;
  readonly workspace: Workspace;
  readonly roots: readonly string[];
  readonly stacks: readonly Stack[];
}

function toService(deployable: Deployable, around: Around): Service {
  const environment = { ...around.stacks.find(({ unit }) => unit.dir === deployable.root)?.environment, ...environmentOf(deployable, around.files, around.roots) };
  const entry = entryFile(deployable, around.workspace);
  const replicas = deployable.workloads.map((workload) => workload.replicas).find((count) => count !== undefined);
  return {
    id: `service:${around.name}`,
    name: around.name,
    root: deployable.root,
    language: languageOf(deployable, around),
    owner: deployable.root,
    hosts: [...new Set(deployable.workloads.flatMap((workload) => workload.hosts))],
    ports: portsOf(deployable, environment),
    entryPoints: entry === undefined ? [] : [{ path: entry, at: 0, end: 0 }],
    isFrontend: deployable.unit?.isFrontend ?? isStatic(deployable),
    environment,
    ...(replicas === undefined ? {} : { replicas }),
    evidence: deployable.evidence,
  };
}

/** Pages behind a web server, with no package of their own. */
function isStatic(deployable: Deployable): boolean {
  return /(?:^|\/)(?:nginx|httpd|caddy)\b/.test(deployable.dockerfile?.stages.at(-1)?.from ?? "");
}

function languageOf(deployable: Deployable, { workspace, roots }: Around): Service["language"] {
  const own = workspace.files.filter(
    (file) => file.kind === "code" && file.scope === "service" && isWithin(file.path, deployable.root) && !roots.some((root) => root.length > deployable.root.length && isWithin(file.path, root)),
  );
  if (deployable.unit === undefined && own.length === 0) return "other";
  if (deployable.unit === undefined && !isNodeImage(deployable)) return "other";
  return own.some((file) => /\.[cm]?tsx?$/.test(file.path)) ? "typescript" : "javascript";
}

function isNodeImage(deployable: Deployable): boolean {
  const stages = deployable.dockerfile?.stages ?? [];
  return stages.length === 0 || stages.some((stage) => /node|bun|deno/.test(stage.from));
}

const PORT_NAME = /^(?:PORT|(?:HTTP|APP|API|SERVER|SERVICE|LISTEN|GRPC|NODE)_PORT)$/;

function portsOf(deployable: Deployable, environment: Environment): readonly number[] {
  // A file of all services' ports names each by its service: `ORDERS_PORT`.
  const isOwn = (name: string): boolean => PORT_NAME.test(name) || (name.endsWith("_PORT") && nameKey(name.slice(0, -5)) === nameKey(deployable.name));
  const named = Object.entries(environment).filter(([name, { value }]) => isOwn(name) && /^\d{2,5}$/.test(value));
  const own = named.filter(([name]) => name === "PORT");
  const fromManifests = deployable.workloads.flatMap((workload) => workload.ports.flatMap((port) => [port.container, ...(port.published === undefined ? [] : [port.published])]));
  const scripts = Object.values(deployable.unit?.package?.scripts ?? {}).flatMap((script) => [...script.matchAll(/(?:\bPORT=|--port[= ]|-p )(\d{2,5})\b/g)].map((match) => Number(match[1])));
  return [...new Set([...fromManifests, ...(own.length > 0 ? own : named.slice(0, 1)).map(([, { value }]) => Number(value)), ...scripts, ...(deployable.dockerfile?.expose ?? [])])];
}

function hostsOf(made: readonly { readonly deployable: Deployable; readonly service: Service }[], backings: readonly Backing[], { configuration }: Workspace): ReadonlyMap<string, readonly Host[]> {
  const hosts = new Map<string, Host[]>();
  const add = (name: string, host: Host): void => void hosts.set(name.toLowerCase(), [...(hosts.get(name.toLowerCase()) ?? []), host]);
  for (const { deployable, service } of made) {
    for (const workload of deployable.workloads) for (const name of workload.hosts) add(name, { is: "service", service, scope: folderOf(workload.place.path), workload });
    for (const name of declaredAliases(configuration, service)) add(name, { is: "service", service, scope: deployable.root });
    if (!service.hosts.includes(service.name)) add(service.name, { is: "service", service, scope: deployable.root });
    const folder = baseName(deployable.root);
    if (folder !== "" && folder !== service.name && !service.hosts.includes(folder)) add(folder, { is: "service", service, scope: deployable.root });
  }
  for (const backing of backings) for (const name of backing.workload.hosts) add(name, { is: "backing", backing, scope: folderOf(backing.workload.place.path) });
  return hosts;
}
