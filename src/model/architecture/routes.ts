/** What gateways are configured to send where: Ingress and Gateway API, Kong, Traefik. */
import type { Node } from "../../syntax/summary.ts";
import { readIngress, type IngressRule } from "./kubernetes.ts";
import type { ManifestFiles } from "./manifests.ts";
import { folderOf } from "./paths.ts";
import { entriesOf, itemsOf, nodeAt, textAt, textOf, textsOf } from "./reading.ts";

/** Every rule of every gateway's configuration in the workspace. */
export function readRoutes(files: ManifestFiles): readonly IngressRule[] {
  const others = files.documents.flatMap((file) => file.documents.flatMap((document) => [...kongRoutes(document), ...traefikLabels(document), ...gatewayRoutes(document)].map((rule) => ({ ...rule, scope: folderOf(file.path) }))));
  return [...readIngress(files), ...others];
}

type Rule = Omit<IngressRule, "scope">;

/** A declarative configuration: `services: [{ url, routes: [{ paths, hosts }] }]`. */
function kongRoutes(document: Node): readonly Rule[] {
  if (nodeAt(document, "_format_version") === undefined) return [];
  return itemsOf(nodeAt(document, "services")).flatMap((service) => {
    const address = textAt(service, "url") ?? textAt(service, "host");
    const to = /^(?:[a-z]+:\/\/)?([^/:?#]+)/i.exec(address ?? "")?.[1];
    const name = textAt(service, "name") ?? "";
    if (to === undefined) return [];
    return itemsOf(nodeAt(service, "routes")).flatMap((route) => each(textsOf(nodeAt(route, "hosts")), textsOf(nodeAt(route, "paths")), isMachine(to) ? name : to));
  });
}

/** The machine that containers run on says nothing; then the route's own name for the service does. */
function isMachine(host: string): boolean {
  return /^(?:localhost|127\.|0\.0\.0\.0|host\.docker\.internal)/.test(host);
}

/** Labels of Compose services: `traefik.http.routers.orders.rule=Host(…) && PathPrefix(…)`. */
function traefikLabels(document: Node): readonly Rule[] {
  return entriesOf(nodeAt(document, "services")).flatMap(({ key, value }) => {
    const labels = nodeAt(value, "labels") ?? nodeAt(value, "deploy", "labels");
    const texts = labels?.kind === "list" ? textsOf(labels) : entriesOf(labels).map((entry) => `${entry.key}=${textOf(entry.value) ?? ""}`);
    return texts.flatMap((text) => {
      const rule = /^traefik\.http\.routers\.[\w-]+\.rule=(.*)$/s.exec(text)?.[1];
      return rule === undefined ? [] : each(matched(rule, "Host"), matched(rule, "PathPrefix|Path"), key);
    });
  });
}

/** What a rule of Traefik says of hosts or paths: ``PathPrefix(`/a`, `/b`)`` → /a, /b. */
export function matched(rule: string, matcher: string): readonly string[] {
  return [...rule.matchAll(new RegExp(`\\b(?:${matcher})\\(([^)]*)\\)`, "g"))].flatMap((match) => (match[1] ?? "").split(",").map((part) => part.replace(/[`'"\s]/g, ""))).filter((part) => part !== "");
}

/** Gateway API (`HTTPRoute`) and Traefik's own resource (`IngressRoute`). */
function gatewayRoutes(document: Node): readonly Rule[] {
  const kind = textAt(document, "kind");
  if (kind === "HTTPRoute") {
    const hosts = textsOf(nodeAt(document, "spec", "hostnames"));
    return itemsOf(nodeAt(document, "spec", "rules")).flatMap((rule) => {
      const paths = itemsOf(nodeAt(rule, "matches")).flatMap((match) => textAt(match, "path", "value") ?? []);
      return itemsOf(nodeAt(rule, "backendRefs")).flatMap((to) => each(hosts, paths, textAt(to, "name")));
    });
  }
  if (kind !== "IngressRoute") return [];
  return itemsOf(nodeAt(document, "spec", "routes")).flatMap((route) => {
    const rule = textAt(route, "match") ?? "";
    return itemsOf(nodeAt(route, "services")).flatMap((to) => each(matched(rule, "Host"), matched(rule, "PathPrefix|Path"), textAt(to, "name")));
  });
}

/** One rule for each host and path; no host means any, no path all. */
function each(hosts: readonly string[], paths: readonly string[], service: string | undefined): readonly Rule[] {
  if (service === undefined || service === "") return [];
  return (hosts.length === 0 ? [undefined] : hosts).flatMap((host) => (paths.length === 0 ? ["/"] : paths).map((path) => ({ path, service, ...(host === undefined ? {} : { host: host.toLowerCase() }) })));
}
