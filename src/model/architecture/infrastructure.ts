/** What an image, a port or a URL scheme says about the thing behind it. */
import { INFRASTRUCTURE, RUNTIME_IMAGES, THIRD_PARTIES, type Infrastructure } from "./infrastructure.data.ts";

const byImage = new Map<string, Infrastructure>();
const byPort = new Map<number, Infrastructure>();
const byScheme = new Map<string, Infrastructure>();
for (const entry of INFRASTRUCTURE) {
  for (const image of entry.images) if (!byImage.has(image)) byImage.set(image, entry);
  for (const port of entry.ports ?? []) if (!byPort.has(port)) byPort.set(port, entry);
  for (const scheme of entry.schemes ?? []) byScheme.set(scheme, entry);
}

/** Names too common to mean the well-known image unless its publisher says so. */
const AMBIGUOUS: Readonly<Record<string, RegExp>> = {
  server: /temporal/, ui: /temporal/, console: /redpanda|minio/, connect: /debezium|confluent/, agent: /grafana|datadog/, registry: /^(?:library\/)?registry$/,
  router: /apollo|wundergraph|graphql/, included: /cypress/, conductor: /conductor/, prism: /stoplight/, vector: /timberio/, seq: /datalust/, placement: /dapr/, scheduler: /dapr/,
  agents: /$^/, mc: /minio/, hydra: /ory/, keto: /ory/, arena: /arena/, migrate: /migrate\/migrate/, sqs: /sqs/, atlas: /arigaio/, git: /alpine/, operate: /camunda/, apache: /bitnami/,
  "all-in-one": /jaeger/, temporal: /temporal/, restate: /restate/, docker: /^(?:library\/)?docker$/, static: /$^/,
}; // prettier-ignore

/** The infrastructure that an image is; `undefined` for an application or an image that nobody knows. */
export function infrastructureOfImage(image: string): Infrastructure | undefined {
  const repository = repositoryOf(image);
  const last = repository.slice(repository.lastIndexOf("/") + 1);
  const exact = byImage.get(last);
  if (exact !== undefined && (AMBIGUOUS[last]?.test(repository) ?? true)) return exact;
  // A vendor's or team's own build of a well-known server: `acme-mysql`, `eventuate-kafka`, `mongodb-server`.
  const words = last.replace(/[-_](?:server|db|database|local|dev|alpine|image|docker|cluster|ha|broker)$/, "").split(/[-_]/);
  const tail = byImage.get(words.at(-1) ?? "");
  return tail !== undefined && (tail.kind === "store" || tail.kind === "broker") ? tail : undefined;
}

/** An image without registry host, tag and digest, in lower case. */
export function repositoryOf(image: string): string {
  const bare = image.toLowerCase().replace(/@sha256:.*$/, "");
  const slash = bare.lastIndexOf("/");
  const colon = bare.indexOf(":", slash + 1);
  return (colon < 0 ? bare : bare.slice(0, colon)).replace(/^(?:[\w-]+\.[\w.-]+(?::\d+)?|localhost(?::\d+)?)\//, "");
}

/** An image that brings a language and no program of its own. */
export function isRuntimeImage(image: string): boolean {
  const repository = repositoryOf(image);
  const last = repository.slice(repository.lastIndexOf("/") + 1);
  return RUNTIME_IMAGES.has(last) || /^(?:base|static|cc|java|python3|nodejs)\d*-/.test(last) || /(?:^|-)node(?:js)?(?:-\d+)?$/.test(last);
}

export function infrastructureOfPort(port: number): Infrastructure | undefined {
  return byPort.get(port);
}

export function infrastructureOfScheme(scheme: string): Infrastructure | undefined {
  return byScheme.get(scheme);
}

/** The standard port of an engine. */
export function portOfEngine(engine: string): number | undefined {
  return INFRASTRUCTURE.find((entry) => entry.engine === engine)?.ports?.[0];
}

export function infrastructureOfEngine(engine: string): Infrastructure | undefined {
  return INFRASTRUCTURE.find((entry) => entry.engine === engine);
}

/** What people call the third party behind a public host name: `api.stripe.com` is `stripe`; what is no product's interface goes by its host. */
export function thirdPartyName(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, "");
  const labels = name.split(".");
  for (let from = 0; from < labels.length - 1; from++) {
    const known = THIRD_PARTIES[labels.slice(from).join(".")];
    if (known !== undefined) return known;
  }
  // `api.acme.com`, `api.acme.co.uk`: the label before the public suffix is the product; any other host goes by its whole name.
  const isApi = labels.length > 2 && labels.slice(0, -2).some((label) => /^(?:api|apis|gateway|rest|graphql)\d*(?:-|$)|-api$/.test(label));
  if (!isApi) return name;
  const second = labels.at(-2) ?? name;
  return second.length <= 3 && /^(?:co|com|org|net|gov|ac|edu)$/.test(second) && labels.length > 3 ? (labels.at(-3) ?? name) : second;
}
