/** Kubernetes manifests and Helm templates, as far as these parse → workloads. */
import type { Node } from "../../syntax/summary.ts";
import type { ManifestFiles } from "./manifests.ts";
import { folderOf, isWithin, sharedDepth } from "./paths.ts";
import { entriesOf, itemsOf, nodeAt, numberOf, placeOf, textAt, textOf, textsOf } from "./reading.ts";
import type { Port, Variable, Workload } from "./workload.ts";

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly node: Node;
}

const WORKLOADS = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "Job", "CronJob", "Pod", "DeploymentConfig"]);

export function readKubernetes(files: ManifestFiles): readonly Workload[] {
  const values = helmValues(files);
  const resources = files.documents.flatMap((file) => file.documents.flatMap((document) => resourcesOf(document, file.path, values)));
  const deployed = resources.filter((resource) => WORKLOADS.has(resource.kind) || isKnative(resource));
  return deployed.flatMap((resource) => readWorkload(resource, resources, values));
}

/** A path of an Ingress, and the Service that answers it. */
export interface IngressRule {
  /** Host that it holds for; absent for any. */
  readonly host?: string;
  readonly path: string;
  readonly service: string;
  readonly scope: string;
}

/** What an Ingress makes of paths that a browser asks for. */
export function readIngress(files: ManifestFiles): readonly IngressRule[] {
  const values = helmValues(files);
  const all = files.documents.flatMap((file) => file.documents.flatMap((document) => resourcesOf(document, file.path, values)));
  return all.filter((resource) => resource.kind === "Ingress").flatMap((resource) =>
    itemsOf(nodeAt(resource.node, "spec", "rules")).flatMap((rule) => itemsOf(nodeAt(rule, "http", "paths")).flatMap((entry) => {
      const service = textAt(entry, "backend", "service", "name") ?? textAt(entry, "backend", "serviceName");
      const host = values(resource.path, textAt(rule, "host"))?.toLowerCase();
      return service === undefined ? [] : [{ path: textAt(entry, "path") ?? "/", service, scope: folderOf(resource.path), ...(host === undefined ? {} : { host }) }];
    })),
  );
}

type Values = (path: string, text: string | undefined) => string | undefined;

function resourcesOf(document: Node, path: string, values: Values): readonly Resource[] {
  const kind = textAt(document, "kind");
  if (kind === undefined || nodeAt(document, "apiVersion") === undefined) return [];
  if (kind === "List") return itemsOf(nodeAt(document, "items")).flatMap((item) => resourcesOf(item, path, values));
  const name = values(path, textAt(document, "metadata", "name"));
  return name === undefined ? [] : [{ kind, name, path, node: document }];
}

function isKnative(resource: Resource): boolean {
  return resource.kind === "Service" && nodeAt(resource.node, "spec", "template", "spec", "containers") !== undefined;
}

function readWorkload(resource: Resource, all: readonly Resource[], values: Values): readonly Workload[] {
  const pod = podOf(resource);
  const containers = itemsOf(nodeAt(pod, "spec", "containers"));
  const main = containers.find((container) => nodeAt(container, "image") !== undefined && !isSidecar(textAt(container, "name") ?? "")) ?? containers[0];
  if (main === undefined) return [];
  const text = (value: string | undefined): string | undefined => values(resource.path, value);
  const labels = entriesOf(nodeAt(pod, "metadata", "labels")).flatMap((entry) => [[entry.key, text(textOf(entry.value))] as const]);
  const services = all.filter((other) => other.kind === "Service" && nearby(resource, other) && selects(other, labels, text));
  const image = text(textAt(main, "image"));
  const replicas = numberOf(nodeAt(resource.node, "spec", "replicas"));
  return [
    {
      name: resource.name.replace(/-(?:depl|deploy|deployment|statefulset|sts|dep|pod|rollout)$/, ""),
      by: "kubernetes",
      place: placeOf(resource.path, nodeAt(resource.node, "metadata", "name") ?? resource.node),
      ...(image === undefined ? {} : { image }),
      command: [...textsOf(nodeAt(main, "command")), ...textsOf(nodeAt(main, "args"))].join(" "),
      environment: environmentOf(main, resource, all, text),
      hosts: [...new Set([...services.map((service) => service.name), resource.name])],
      ports: [...itemsOf(nodeAt(main, "ports")).flatMap(containerPort), ...services.flatMap((service) => itemsOf(nodeAt(service.node, "spec", "ports")).flatMap(servicePort))],
      ...(replicas === undefined ? {} : { replicas }),
      mounts: [],
      dependsOn: [],
      isJob: resource.kind === "Job" || resource.kind === "Pod",
      ...(["readinessProbe", "livenessProbe"].some((probe) => nodeAt(main, probe, "grpc") !== undefined) ? { speaksGrpc: true } : {}),
    },
  ];
}

function podOf(resource: Resource): Node | undefined {
  if (resource.kind === "Pod") return resource.node;
  return resource.kind === "CronJob" ? nodeAt(resource.node, "spec", "jobTemplate", "spec", "template") : nodeAt(resource.node, "spec", "template");
}

function isSidecar(name: string): boolean {
  return /proxy$|sidecar|^istio|^linkerd|otel|jaeger-agent|exporter|fluent|vault-agent/.test(name);
}

/** Two samples in one repository may both have a `db`: a Service belongs to the workloads of its own folder tree. */
function nearby(resource: Resource, service: Resource): boolean {
  if (resource.path === service.path) return true;
  const a = folderOf(resource.path);
  const b = folderOf(service.path);
  return isWithin(a, folderOf(b)) || isWithin(b, folderOf(a)) || sharedDepth(a, b) > 0;
}

function selects(service: Resource, labels: readonly (readonly [string, string | undefined])[], text: (value: string | undefined) => string | undefined): boolean {
  const selector = entriesOf(nodeAt(service.node, "spec", "selector"));
  return selector.length > 0 && selector.every((entry) => labels.some(([key, value]) => key === entry.key && value === text(textOf(entry.value))));
}

function containerPort(node: Node): readonly Port[] {
  const container = numberOf(nodeAt(node, "containerPort"));
  const name = textAt(node, "name");
  return container === undefined ? [] : [{ container, ...(name === undefined ? {} : { name }) }];
}

function servicePort(node: Node): readonly Port[] {
  const published = numberOf(nodeAt(node, "port"));
  if (published === undefined) return [];
  const name = textAt(node, "appProtocol") ?? textAt(node, "name");
  return [{ container: numberOf(nodeAt(node, "targetPort")) ?? published, published, ...(name === undefined ? {} : { name }) }];
}

function environmentOf(container: Node, resource: Resource, all: readonly Resource[], text: (value: string | undefined) => string | undefined): Record<string, Variable> {
  const environment: Record<string, Variable> = {};
  for (const source of itemsOf(nodeAt(container, "envFrom")))
    for (const kind of ["configMapRef", "secretRef"]) {
      const config = configOf(textAt(source, kind, "name"), resource, all);
      for (const key of ["data", "stringData"])
        for (const entry of entriesOf(nodeAt(config?.node, key))) set(entry.key, config === undefined ? undefined : valueIn(config, key, entry.key), config?.path ?? resource.path, { at: entry.keyAt, end: entry.value.end });
    }
  for (const variable of itemsOf(nodeAt(container, "env"))) {
    const name = textAt(variable, "name");
    const value = textAt(variable, "value") ?? referenced(nodeAt(variable, "valueFrom"));
    if (name !== undefined) set(name, value, resource.path, variable);
  }
  return environment;

  function set(name: string, raw: string | undefined, path: string, span: { readonly at: number; readonly end: number }): void {
    const value = text(raw)?.replace(/\$\(([A-Za-z_]\w*)\)/g, (whole, inner: string) => environment[inner]?.value ?? whole);
    if (value !== undefined) environment[name] = { value, place: placeOf(path, span) };
  }

  function referenced(from: Node | undefined): string | undefined {
    for (const kind of ["configMapKeyRef", "secretKeyRef"]) {
      const key = textAt(from, kind, "key");
      const config = configOf(textAt(from, kind, "name"), resource, all);
      if (key !== undefined && config !== undefined) return valueIn(config, "data", key) ?? valueIn(config, "stringData", key);
    }
    return undefined;
  }
}

/** What a Secret holds under `data` is written in base64. */
function valueIn(config: Resource, part: string, key: string): string | undefined {
  const text = textAt(config.node, part, key);
  return text !== undefined && config.kind === "Secret" && part === "data" ? (decoded(text) ?? text) : text;
}

/** Only what reads as text: a template or a key that was put there as it is stays so. */
function decoded(text: string): string | undefined {
  const bare = text.replace(/\s+/g, "");
  if (bare.length % 4 !== 0 || !/^[A-Za-z\d+/]+={0,2}$/.test(bare)) return undefined;
  const plain = atob(bare).trim();
  return /^[\x20-\x7e]+$/.test(plain) ? plain : undefined;
}

function configOf(name: string | undefined, resource: Resource, all: readonly Resource[]): Resource | undefined {
  const named = all.filter((other) => (other.kind === "ConfigMap" || other.kind === "Secret") && other.name === name);
  return [...named].sort((a, b) => sharedDepth(b.path, resource.path) - sharedDepth(a.path, resource.path))[0];
}

/** Puts `.Values` of the nearest chart into a template's scalars; what stays a template is not known. */
function helmValues(files: ManifestFiles): Values {
  const charts = files.documents.filter((file) => /(?:^|\/)values\.ya?ml$/.test(file.path));
  return (path, text) => {
    if (text === undefined || !text.includes("{{")) return text;
    const chart = charts.filter((file) => isWithin(path, folderOf(file.path))).sort((a, b) => b.path.length - a.path.length)[0];
    const filled = text.replace(/\{\{-?\s*(?:\$?\.Values\.([\w.]+))[^}]*\}\}/g, (whole, key: string) => textAt(chart?.documents[0], ...key.split(".")) ?? whole);
    // An unknown registry or tag does not hide which image it is.
    const rest = filled.replace(/^(?:\{\{[^}]*\}\}\/)+/, "").replace(/:\s*\{\{.*$/, "").replace(/^\{\{[^}]*\}\}-(?=[\w-]+$)/, "");
    return rest.includes("{{") ? undefined : rest;
  };
}
