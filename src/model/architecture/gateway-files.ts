/** Configurations of gateways that stand in files of their own: Express Gateway, KrakenD, Traefik's file provider. */
import type { Node } from "../../syntax/summary.ts";
import type { ManifestFiles } from "./manifests.ts";
import type { ProxyRule } from "./nginx.ts";
import { folderOf } from "./paths.ts";
import { entriesOf, itemsOf, nodeAt, placeOf, textAt, textOf, textsOf } from "./reading.ts";
import { matched } from "./routes.ts";

/** A path, and the address that it is passed on to. */
interface Passed {
  readonly path: string;
  readonly address: string;
  readonly at: Node;
  readonly by: string;
}

export function readGatewayFiles(files: ManifestFiles): readonly ProxyRule[] {
  return files.documents.flatMap((file) =>
    file.documents.flatMap((document) => [...expressGateway(document), ...krakend(document), ...traefikFile(document)]).flatMap(({ path, address, at, by }): readonly ProxyRule[] => {
      const service = /^(?:[a-z]+:\/\/)?([^/:?#\s]+)/i.exec(address)?.[1]?.toLowerCase();
      return service === undefined || /[${]/.test(service) ? [] : [{ path, service, address, by, scope: folderOf(file.path), place: placeOf(file.path, at), kind: /^grpcs?:/.test(address) ? "grpc" : "http" }];
    }),
  );
}

/** `pipelines` join `apiEndpoints`, which have the paths, with `serviceEndpoints`, which have the addresses. */
function expressGateway(document: Node): readonly Passed[] {
  const [endpoints, addresses, pipelines] = [nodeAt(document, "apiEndpoints"), nodeAt(document, "serviceEndpoints"), nodeAt(document, "pipelines")];
  if (endpoints === undefined || addresses === undefined || pipelines === undefined) return [];
  const all = pipelines.kind === "list" ? itemsOf(pipelines) : entriesOf(pipelines).map(({ value }) => value);
  return all.flatMap((pipeline) => {
    const paths = textsOf(nodeAt(pipeline, "apiEndpoints")).flatMap((name) => oneOrMany(nodeAt(endpoints, name, "paths") ?? nodeAt(endpoints, name, "pathRegex")));
    const targets = itemsOf(nodeAt(pipeline, "policies")).flatMap((policy) => actionsOf(nodeAt(policy, "proxy"))).flatMap((action) => {
      const name = textAt(action, "serviceEndpoint");
      return name === undefined ? [] : [...oneOrMany(nodeAt(addresses, name, "url")), ...oneOrMany(nodeAt(addresses, name, "urls"))].map((address) => ({ address, at: action }));
    });
    return targets.flatMap(({ address, at }) => (paths.length === 0 ? ["/"] : paths).map((path) => ({ path: path.replace(/\*+$/, ""), address, at, by: "Express Gateway" })));
  });
}

function actionsOf(proxy: Node | undefined): readonly Node[] {
  return (proxy?.kind === "list" ? itemsOf(proxy) : proxy === undefined ? [] : [proxy]).flatMap((one) => nodeAt(one, "action") ?? []);
}

function oneOrMany(node: Node | undefined): readonly string[] {
  return node?.kind === "list" ? textsOf(node) : node === undefined ? [] : [textOf(node) ?? ""].filter((text) => text !== "");
}

/** `endpoints: [{ endpoint, backend: [{ host: [address], url_pattern }] }]` */
function krakend(document: Node): readonly Passed[] {
  if (nodeAt(document, "endpoints")?.kind !== "list" || nodeAt(document, "version") === undefined) return [];
  return itemsOf(nodeAt(document, "endpoints")).flatMap((endpoint) => {
    const path = textAt(endpoint, "endpoint");
    return path === undefined ? [] : itemsOf(nodeAt(endpoint, "backend")).flatMap((backend) => textsOf(nodeAt(backend, "host")).slice(0, 1).map((address) => ({ path: path.replace(/\{.*$/, ""), address, at: backend, by: "KrakenD" })));
  });
}

/** `http: { routers: { a: { rule, service } }, services: { s: { loadBalancer: { servers: [{ url }] } } } }` */
function traefikFile(document: Node): readonly Passed[] {
  return entriesOf(nodeAt(document, "http", "routers")).flatMap(({ value: router }) => {
    const name = textAt(router, "service")?.replace(/@file$/, "") ?? "";
    const [first] = itemsOf(nodeAt(document, "http", "services", name, "loadBalancer", "servers"));
    const address = first === undefined ? undefined : textAt(first, "url");
    const paths = matched(textAt(router, "rule") ?? "", "PathPrefix|Path");
    return address === undefined ? [] : (paths.length === 0 ? ["/"] : paths).map((path) => ({ path, address, at: router, by: "Traefik" }));
  });
}
