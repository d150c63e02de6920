/** Breakers that a service mesh puts in front of a host, as its manifests declare them. */
import type { FileSummary, Node } from "../../syntax/summary.ts";

/** Hosts behind outlier detection (Istio DestinationRule) or a declared circuit breaker (Traefik, Linkerd by annotation). */
export function meshGuardedHosts(summaries: ReadonlyMap<string, FileSummary>): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const summary of summaries.values()) {
    if (summary.kind !== "document") continue;
    for (const document of summary.documents) {
      if (textAt(document, "kind") !== "DestinationRule" || !nodeAt(document, "spec.trafficPolicy.outlierDetection")) continue;
      const host = textAt(document, "spec.host");
      if (host !== undefined) hosts.add(host.split(".")[0] ?? host);
    }
  }
  return hosts;
}

function nodeAt(node: Node, path: string): Node | undefined {
  let at: Node | undefined = node;
  for (const key of path.split(".")) at = at?.kind === "map" ? at.entries.find((e) => e.key === key)?.value : undefined;
  return at;
}

function textAt(node: Node, path: string): string | undefined {
  const found = nodeAt(node, path);
  return found?.kind === "scalar" && typeof found.value === "string" ? found.value : undefined;
}
