/** Where a symbolic address leads from inside a service. */
import type { Service } from "../architecture.ts";
import type { Evidence } from "../policy.ts";
import type { Text, TextPart } from "../text.ts";
import { infrastructureOfPort, infrastructureOfScheme, thirdPartyName } from "./infrastructure.ts";
import type { Host, ServiceMap } from "./services.ts";
import { folderOf, nameKey, sharedDepth } from "./paths.ts";

export interface ResolvedAddress {
  readonly kind: "service" | "store" | "broker" | "external" | "self" | "unknown";
  /** Id of the service, or name of what else answers there; `""` where unknown. */
  readonly id: string;
  /** The whole, as far as it is known; holes are written `{name}`. */
  readonly url?: string;
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  /** Engine of a store or broker. */
  readonly engine?: string;
  readonly why: readonly Evidence[];
}

/** Evaluates an address in a service's environment and finds who answers there. */
export function resolveText(text: Text, service: Service, map: ServiceMap): ResolvedAddress {
  const known = answersOf(service, map);
  const answer = known.get(text) ?? resolve(text, service, map);
  known.set(text, answer);
  return answer;
}

/** After an edit most calls are the same as before, and so is what the manifests say. */
const answers = new WeakMap<ServiceMap, Map<string, WeakMap<Text, ResolvedAddress>>>();

function answersOf(service: Service, map: ServiceMap): WeakMap<Text, ResolvedAddress> {
  let ofMap = answers.get(map);
  if (!ofMap) answers.set(map, (ofMap = new Map()));
  let ofService = ofMap.get(service.id);
  if (!ofService) ofMap.set(service.id, (ofService = new WeakMap()));
  return ofService;
}

function resolve(text: Text, service: Service, map: ServiceMap): ResolvedAddress {
  const { value, why, isOpen, names } = evaluate(text, service, map);
  const parsed = parseAddress(value);
  if (parsed === undefined) return byVariable(names, { value, why }, service, map) ?? { kind: "unknown", id: "", why, ...(value === "" ? {} : { url: value }) };
  const answer = answerAt(parsed, service, map);
  const base = { url: value, ...parsed };
  if (answer !== undefined) return { ...base, ...answer, why: [...why, ...answer.why] };
  const named = byVariable(names, { value, why }, service, map);
  if (named !== undefined) return { ...base, ...named };
  // After a scheme the host is whole, for a hole in it is no address; a word alone may be anything.
  if (isOpen && parsed.scheme === undefined && !isPublic(parsed.host)) return { ...base, kind: "unknown", id: "", why };
  return { ...base, ...outside(parsed), why };
}

interface Evaluated {
  readonly value: string;
  readonly why: readonly Evidence[];
  /** Something in it is not known. */
  readonly isOpen: boolean;
  /** Variables that it reads. */
  readonly names: readonly string[];
}

/** The text as a string, unknown parts written `{name}`. */
export function evaluate(text: Text, service: Service, map: ServiceMap): Evaluated {
  const why: Evidence[] = [];
  const names: string[] = [];
  let isOpen = false;
  const environment = map.environmentOf(service);
  const read = (part: TextPart): string => {
    if (part.is === "known") return part.text;
    if (part.is === "env") return readVariable(part);
    isOpen = true;
    return part.is === "parameter" ? `{${part.name}}` : "{}";
  };
  const value = text.reduce((before, part) => before + joint(before, part) + read(part), "");
  return { value, why, isOpen, names };

  function readVariable(part: Extract<TextPart, { readonly is: "env" }>): string {
    names.push(part.name);
    const set = environment[part.name];
    if (set !== undefined && set.value !== "") {
      why.push({ says: `\`${part.name}\` is \`${shown(set.value)}\``, place: set.place });
      return set.value;
    }
    if (part.fallback !== undefined) {
      why.push({ says: `\`${part.name}\` is not set; the code falls back to its default` });
      return part.fallback.map(read).join("");
    }
    why.push({ says: `\`${part.name}\` is set nowhere in the workspace` });
    isOpen = true;
    return `{${part.name}}`;
  }
}

/** What is not known of a URL after its host begins a path: `${BASE}${path}`; only a letter or a hyphen before it leaves that open. */
function joint(before: string, part: TextPart): string {
  const isPath = part.is !== "parameter" || /path|url|uri|route|endpoint|resource|suffix/i.test(part.name);
  return part.is !== "known" && part.is !== "env" && isPath && /^[a-z][a-z+.-]*:\/\/[^/?#{}\s]*[a-z\d]$/i.test(before) && (part.is === "parameter" || /[.:]/.test(before.split("//")[1] ?? "")) ? "/" : "";
}

/** Without the password. */
function shown(value: string): string {
  return value.replace(/\/\/[^/@\s]*:[^/@\s]*@/, "//…@").slice(0, 120);
}

interface Address {
  readonly scheme?: string;
  readonly host: string;
  readonly port?: number;
  readonly path?: string;
}

/** `scheme://user:secret@host:port/path`, `host:port`, `host`; of several hosts the first. `undefined` for a bare path or nothing. */
export function parseAddress(value: string): Address | undefined {
  const match = /^\s*(?:jdbc:)?(?:([a-z][a-z\d+.-]*):\/\/)?(?:[^/?#\s]*@)?(\[[\da-f:]+\]|[^/:?#,;\s]*)(?::(\d+))?[^/?#]*(\/[^?#]*)?/i.exec(value);
  const host = match?.[2]?.toLowerCase() ?? "";
  const scheme = match?.[1]?.toLowerCase();
  // Without a scheme or port a word may be anything; only what looks like a host name is one.
  if (host === "" || host.includes("{") || (scheme === undefined && match?.[3] === undefined && !/^[a-z\d][a-z\d.-]*$/.test(host))) return undefined;
  const port = match?.[3] === undefined ? undefined : Number(match[3]);
  const path = match?.[4];
  return { host, ...(scheme === undefined ? {} : { scheme }), ...(port === undefined ? {} : { port }), ...(path === undefined || path === "/" ? {} : { path }) };
}

type Answer = Pick<ResolvedAddress, "kind" | "id" | "engine" | "why">;

function answerAt(address: Address, service: Service, map: ServiceMap): Answer | undefined {
  const host = isLoopback(address.host) ? hostAtPort(address.port, service, map) : hostNamed(address.host, service, map);
  const behind = behindGateway(host, address, service, map);
  if (behind !== undefined) return behind;
  if (host !== undefined) return toAnswer(host, address, service);
  const known = infrastructureOfScheme(address.scheme ?? "") ?? (isLoopback(address.host) && address.port !== undefined ? infrastructureOfPort(address.port) : undefined);
  // Several services on one machine share its port numbers in their samples; the default port of the asking service is itself.
  if (known === undefined && isLoopback(address.host) && address.port !== undefined && map.portsOf(service).includes(address.port)) return { kind: "self", id: service.id, why: [{ says: `${service.name} listens on port ${address.port}` }] };
  return known !== undefined && (known.kind === "store" || known.kind === "broker") ? { kind: known.kind, id: address.host, engine: known.engine, why: [] } : undefined;
}

/** A public host that a gateway is configured for, or the gateway's own: what it sends the path to answers. */
function behindGateway(host: Host | undefined, address: Address, service: Service, map: ServiceMap): Answer | undefined {
  // The controller itself is installed from elsewhere, and answers for whatever host it is asked by: `ingress-nginx-controller.kube-system.svc`.
  const isController = host === undefined && /^(?:[\w-]+-)?(?:ingress|gateway)(?:-[\w-]+)?\.[\w-]+\.svc(?:\.|$)/.test(address.host);
  const isGateway = isController || (host?.is === "backing" && host.backing.infrastructure.kind === "gateway");
  if (host !== undefined && !isGateway) return undefined;
  const path = address.path ?? "/";
  const fitting = map.ingress.filter((rule) => (rule.host === address.host || (isGateway && (isController || rule.host === undefined) && rule.path !== "/")) && routeFits(rule.path, path));
  const [rule] = [...fitting].sort((a, b) => b.path.length - a.path.length);
  const target = rule === undefined ? undefined : hostNamed(rule.service.toLowerCase(), service, map);
  if (rule === undefined || target === undefined || (target.is === "backing" && target.backing.infrastructure.kind === "gateway")) return undefined;
  const answer = toAnswer(target, address, service);
  return { ...answer, why: [{ says: `A gateway sends \`${rule.host ?? ""}${rule.path}\` to ${rule.service}` }, ...answer.why] };
}

/** Whether a path of a gateway's rule covers a path: a prefix by segments, or a pattern. */
export function routeFits(route: string, path: string): boolean {
  const isPattern = /[?*()[\]]/.test(route);
  try {
    return (isPattern ? new RegExp(`^${route.replace(/^~/, "")}`) : new RegExp(`^${route.replace(/[.+^${}|\\]/g, "\\$&").replace(/\/$/, "")}(?:/|$)`)).test(path);
  } catch {
    return false;
  }
}

function toAnswer(host: Host, address: Address, service: Service): Answer {
  if (host.is === "service") {
    const isSelf = host.service.id === service.id;
    const place = host.service.evidence[0]?.place;
    return { kind: isSelf ? "self" : "service", id: host.service.id, why: [{ says: `${host.service.name} answers at \`${address.host}${address.port === undefined ? "" : `:${address.port}`}\``, ...(place === undefined ? {} : { place }) }] };
  }
  const { infrastructure, workload } = host.backing;
  const kind = infrastructure.kind === "store" || infrastructure.kind === "broker" ? infrastructure.kind : "external";
  return { kind, id: kind === "external" ? workload.name : (workload.hosts[0] ?? workload.name), engine: infrastructure.engine, why: [{ says: `\`${workload.name}\` is ${infrastructure.engine}`, place: workload.place }] };
}

/** What answers under a name on the service's own network: of several, the one whose manifest stands nearest. */
export function hostNamed(name: string, service: Service, map: ServiceMap): Host | undefined {
  const exact = map.hosts.get(name);
  if (exact !== undefined) return nearest(exact, service, map);
  const [first = "", second, ...rest] = name.split(".");
  // Kubernetes: `orders.shop.svc.cluster.local`, `orders.shop`.
  const isCluster = rest[0] === "svc" || rest.at(-1) === "local" || second === "svc" || second === "local" || second === "internal" || (second !== undefined && rest.length === 0 && !/^(?:com|io|net|org|dev|app|ai|co|cloud|me|eu|us|de|uk|tech)$/.test(second));
  const inCluster = isCluster && second !== undefined ? map.hosts.get(first) : undefined;
  return inCluster === undefined ? undefined : nearest(inCluster, service, map);
}

function nearest(hosts: readonly Host[], service: Service, map: ServiceMap): Host | undefined {
  // Two versions of one service may answer to one name: to either of them it is its own.
  const own = hosts.find((host) => host.is === "service" && host.service.id === service.id);
  if (own !== undefined) return own;
  const scopes = [service.root, ...map.workloadsOf(service).map((workload) => folderOf(workload.place.path))];
  const closeness = (host: Host): number => Math.max(...scopes.map((scope) => (scope === host.scope ? 1000 : sharedDepth(scope, host.scope) - host.scope.split("/").length / 100)));
  return [...hosts].sort((a, b) => closeness(b) - closeness(a))[0];
}

export function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal|docker\.for\.\w+\.localhost|host\.minikube\.internal)$/.test(host);
}

/** On the developer's machine: a published port, else the one service that listens there. */
function hostAtPort(port: number | undefined, service: Service, map: ServiceMap): Host | undefined {
  if (port === undefined) return undefined;
  const all = [...map.hosts.values()].flat();
  const published = all.filter((host) => host.is === "backing" && host.backing.workload.ports.some((each) => each.published === port));
  if (published.length > 0) return nearest(published, service, map);
  const listening = map.services.filter((other) => map.portsOf(other).includes(port));
  const others = listening.filter((other) => other.id !== service.id);
  const [only] = others;
  if (others.length !== 1 || only === undefined) return undefined;
  // The asking service listens there as well: then it means itself, unless it is told apart by its own manifest's published port.
  if (listening.length > 1 && (!publishes(only, port, map) || publishes(service, port, map))) return undefined;
  return { is: "service", service: only, scope: only.root };
}

function publishes(service: Service, port: number, map: ServiceMap): boolean {
  return map.workloadsOf(service).some((workload) => workload.ports.some((each) => each.published === port));
}

/** `PAYMENTS_SERVICE_URL` says whose address it holds, where its value does not. */
function byVariable(names: readonly string[], seen: { readonly value: string; readonly why: readonly Evidence[] }, service: Service, map: ServiceMap): ResolvedAddress | undefined {
  for (const name of names) {
    // The declared map may say what a variable is the address of.
    const [declared] = map.hosts.get(name.toLowerCase()) ?? [];
    if (declared !== undefined) return { ...toAnswer(declared, { host: name }, service), ...(seen.value === "" ? {} : { url: seen.value }), scheme: "http" };
    const match = /^(?:VITE_|NEXT_PUBLIC_|REACT_APP_|NUXT_)?(.+?)_?(?:SERVICE|SVC|MS|API|SERVER|MICROSERVICE)?_?(?:BASE_?)?(?:URL|URI|HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|ORIGIN|ISSUER|ISSUER_URL|GRPC_URL|HTTP_URL)$/i.exec(name);
    if (match?.[1] === undefined || match[1] === "") continue;
    const key = nameKey(match[1]);
    const candidates = map.services.filter((other) => other.id !== service.id && !other.isFrontend && nameKeys(other).some((own) => own === key || singular(own) === singular(key)));
    const [only] = candidates;
    if (candidates.length === 1 && only !== undefined) return { kind: "service", id: only.id, ...(seen.value === "" ? {} : { url: seen.value }), why: [...seen.why, { says: `\`${name}\` names ${only.name}` }] };
    const runs = candidates.length > 0 ? [] : [...new Set(map.backings.filter(({ infrastructure, workload }) => infrastructure.kind !== "store" && infrastructure.kind !== "broker" && nameKey(workload.name) === key).map(({ workload }) => workload.name))];
    if (runs[0] !== undefined && runs.length === 1) return { kind: "external", id: runs[0], ...(seen.value === "" ? {} : { url: seen.value }), scheme: "http", why: [...seen.why, { says: `\`${name}\` names ${runs[0]}` }] };
  }
  return undefined;
}

function nameKeys(service: Service): readonly string[] {
  return [nameKey(service.name), nameKey(service.root.slice(service.root.lastIndexOf("/") + 1))].filter((key) => key !== "");
}

function singular(key: string): string {
  return key.replace(/s$/, "");
}

function isPublic(host: string): boolean {
  return /\.[a-z]{2,}$/.test(host) && !/\.(?:local|internal|localhost|svc|test|example|invalid|lan)$/.test(host) && !isLoopback(host);
}

function outside(address: Address): Pick<ResolvedAddress, "kind" | "id" | "engine"> {
  if (isPublic(address.host)) return { kind: "external", id: thirdPartyName(address.host) };
  const engine = address.scheme === undefined && address.port !== undefined ? infrastructureOfPort(address.port) : undefined;
  if (engine !== undefined && (engine.kind === "store" || engine.kind === "broker")) return { kind: engine.kind, id: address.host, engine: engine.engine };
  // A bare name that nothing in the workspace answers to: a system deployed elsewhere.
  return isLoopback(address.host) || /^[\d.]+$/.test(address.host) || (address.scheme === undefined && address.port === undefined) ? { kind: "unknown", id: "" } : { kind: "external", id: address.host };
}

