/** What a call is made to, in words. */
import { sdkName } from "./architecture/engines.data.ts";
import type { Site } from "./knowledge.ts";
import type { Text } from "./text.ts";
import { walkValue } from "./trace/walk.ts";

/** `payments`, `api.stripe.com`, `PAYMENTS_URL`: one or two words for a dependency; the client's name where nothing tells. */
export function dependencyName(site: Site): string {
  const { name } = site.origin;
  return toldDependency(site) ?? (site.effect === "sdk" ? sdkName(site.library, site.origin.maker) : (name.replace(/^this\./, "").split(".").at(-1) ?? name));
}

/** The same for a sentence: a client that is made in passing has a name that says nothing. */
export function otherSide(site: Site): string {
  const name = dependencyName(site);
  return /^(?:create|default|instance|request|fetch|axios|http|httpService|client|api|get|post|call)$/i.test(name) ? THE_OTHER_SIDE : name;
}

export const THE_OTHER_SIDE = "the other side";

/** What an address, its environment variable or an injection token says; undefined where only the client has a name. */
export function toldDependency(site: Site): string | undefined {
  const host = hostOf(site.target);
  if (host !== undefined) return host;
  const env = site.origin.transport === undefined ? (addressedBy(site.target) ?? addressedBy(site.origin.target ?? [])) : undefined;
  if (env?.is === "env") return env.name.replace(/_(BASE_)?(URL|URI|HOST|ADDR|ADDRESS|ENDPOINT|API)$/i, "").toLowerCase().replace(/_/g, "-");
  return site.origin.token;
}

const CONFIGURED = /config|settings|environment|\benv\b|service|api|base|host|gateway|endpoint|server/i;

/** The variable that holds host or address: neither the protocol nor the user's name or password before it, nor what an SDK is let in with. */
function addressedBy(text: Text): Text[number] | undefined {
  const secret = text.findLastIndex((part) => part.is === "known" && part.text.includes("@"));
  return text.slice(secret + 1).find((part) => part.is === "env" && !/(?:PROTOCOL|SCHEME|KEY|SECRET|TOKEN|PASSWORD)$/i.test(part.name));
}

/** Whether it is one thing that is called each time: an address that is written, configured or bound to a client, not one that came with the data. */
export function isOneDependency(site: Site): boolean {
  const { origin, target } = site;
  if (dependencyKey(site) !== "" || origin.token !== undefined || origin.target !== undefined || target.some((part) => part.is === "env")) return true;
  if (target[0]?.is === "parameter" && CONFIGURED.test(target[0].name.split(".").slice(1).join("."))) return true;
  if (site.facts.method === "rpc" || site.facts.target === undefined || origin.injectedInto !== undefined) return true;
  const [address] = site.args;
  let isConfigured = false;
  if (address) walkValue(address, (value) => {
    if ((value.kind === "name" || value.kind === "member") && CONFIGURED.test(value.name)) isConfigured = true;
  });
  return isConfigured || target[0]?.is === "known";
}

/** Host of a URL or address whose beginning is known. */
export function hostOf(text: Text): string | undefined {
  const [first] = text;
  const known = first?.is === "known" ? first.text : first?.is === "env" && first.fallback?.[0]?.is === "known" ? first.fallback[0].text : undefined;
  if (known === undefined) return undefined;
  const match = /^[a-z][a-z+.-]*:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(known);
  const host = match?.[1];
  return host === undefined || host === "" || host === "localhost" || /^[\d.]+$/.test(host) ? undefined : host;
}

/** What tells one dependency from another: host, environment name, or the start of the text. */
export function dependencyKey(site: Site): string {
  const host = hostOf(site.target);
  if (host !== undefined) return host;
  const [first] = site.target;
  if (first?.is === "env") return `env:${first.name}`;
  if (first?.is === "known") return /^([a-z][a-z+.-]*:\/\/[^/]+)/i.exec(first.text)?.[1] ?? "";
  return "";
}

/** Names that stand anywhere in the arguments of a call: what it is told. */
export function namesIn({ args }: Pick<Site, "args">): readonly string[] {
  const found: string[] = [];
  for (const arg of args) walkValue(arg, (value) => {
    if (value.kind === "name" || value.kind === "member") found.push(value.name);
  });
  return found;
}
