/** Retries that a service mesh or gateway makes by itself, as its manifests declare them. */
import type { Node } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import type { Summaries } from "./manifests.ts";
import { itemsOf, nodeAt, numberOf, placeOf, textAt } from "./reading.ts";

export interface MeshRetry {
  /** First part of the name of the host that is called. */
  readonly host: string;
  /** Attempts in total, the first included. */
  readonly attempts: number;
  /** The number in the manifest. */
  readonly place: Place;
  readonly by: string;
}

export function meshRetriesIn(summaries: Summaries): readonly MeshRetry[] {
  const found: MeshRetry[] = [];
  for (const [path, summary] of [...summaries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (summary.kind !== "document") continue;
    for (const document of summary.documents) found.push(...virtualService(path, document), ...gatewayRoute(path, document), ...kong(path, document));
  }
  return found;
}

/** Istio: `attempts` counts the retries. */
function virtualService(path: string, document: Node): readonly MeshRetry[] {
  if (textAt(document, "kind") !== "VirtualService") return [];
  const hosts = itemsOf(nodeAt(document, "spec", "hosts")).flatMap((host) => (host.kind === "scalar" ? [String(host.value)] : []));
  return itemsOf(nodeAt(document, "spec", "http")).flatMap((rule) => {
    const routed = itemsOf(nodeAt(rule, "route")).flatMap((route) => textAt(route, "destination", "host") ?? []);
    return retries(path, nodeAt(rule, "retries", "attempts"), routed.length > 0 ? routed : hosts, "Istio");
  });
}

/** Kubernetes Gateway API. */
function gatewayRoute(path: string, document: Node): readonly MeshRetry[] {
  if (!/^(HTTP|GRPC)Route$/.test(textAt(document, "kind") ?? "")) return [];
  return itemsOf(nodeAt(document, "spec", "rules")).flatMap((rule) => {
    const backends = itemsOf(nodeAt(rule, "backendRefs")).flatMap((backend) => textAt(backend, "name") ?? []);
    return retries(path, nodeAt(rule, "retry", "attempts"), backends, "the Gateway");
  });
}

/** Kong's declarative configuration: five retries where it says nothing, but only what is written is counted. */
function kong(path: string, document: Node): readonly MeshRetry[] {
  if (textAt(document, "_format_version") === undefined) return [];
  return itemsOf(nodeAt(document, "services")).flatMap((service) => {
    const host = textAt(service, "host") ?? /^[a-z]+:\/\/([^/:]+)/i.exec(textAt(service, "url") ?? "")?.[1];
    return retries(path, nodeAt(service, "retries"), host === undefined ? [] : [host], "Kong");
  });
}

function retries(path: string, node: Node | undefined, hosts: readonly string[], by: string): readonly MeshRetry[] {
  const count = numberOf(node);
  if (node === undefined || count === undefined || count === 0) return [];
  return [...new Set(hosts.map((host) => host.split(".")[0]?.toLowerCase() ?? host))].map((host) => ({ host, attempts: count + 1, place: placeOf(path, node), by }));
}
