/** nginx configurations, templates and those in ConfigMaps among them → what they send where. */
import { parseNginx } from "../../syntax/index.ts";
import type { MapEntry, Node } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import { interpolate } from "./interpolation.ts";
import type { IngressRule } from "./kubernetes.ts";
import type { ManifestFiles } from "./manifests.ts";
import { folderOf } from "./paths.ts";
import { entriesOf, nodeAt, placeOf, textAt, textOf } from "./reading.ts";

/** A rule of a proxy whose configuration stands in a file of its own. */
export interface ProxyRule extends IngressRule {
  readonly place: Place;
  readonly kind: "http" | "grpc";
  /** The address as it is written, where a port may tell what the host does not. */
  readonly address?: string;
  /** Whose configuration it is. */
  readonly by: string;
}

/** Values of a template's variables, by the file that it stands in. */
export type VariablesAt = (path: string) => (name: string) => string | undefined;

export function readNginx(files: ManifestFiles, variablesAt: VariablesAt): readonly ProxyRule[] {
  return files.documents.flatMap((file) => {
    const roots = file.format === "nginx" ? file.documents : file.documents.flatMap(configured);
    const from = { path: file.path, variables: variablesAt(file.path), isOwnFile: file.format === "nginx" };
    return roots.flatMap((root) => rulesOf(root, from));
  });
}

/** A ConfigMap may hold a whole file as one text. */
function configured(document: Node): readonly Node[] {
  if (textAt(document, "kind") !== "ConfigMap") return [];
  return entriesOf(nodeAt(document, "data")).flatMap(({ key, value }) => {
    const text = /\.conf(?:\.template)?$|nginx/.test(key) ? textOf(value) : undefined;
    return text === undefined || !/\b(?:proxy|grpc)_pass\b/.test(text) ? [] : [placed(parseNginx(text), value)];
  });
}

/** Offsets in a text within a text lead nowhere: all of it stands where the outer one does. */
function placed(node: Node, at: Node): Node {
  const here = { at: at.at, end: at.end };
  if (node.kind === "map") return { kind: "map", entries: node.entries.map((entry) => ({ key: entry.key, keyAt: at.at, keyEnd: at.end, value: placed(entry.value, at) })), ...here };
  return { ...node, ...here };
}

interface From {
  readonly path: string;
  readonly variables: (name: string) => string | undefined;
  readonly isOwnFile: boolean;
}

function rulesOf(root: Node, from: From): readonly ProxyRule[] {
  // A file may be a whole configuration, what its `http` includes, or what a `server` includes.
  const outer = [...entriesOf(root), ...named(root, "http").flatMap(({ value }) => entriesOf(value))];
  const upstreams = new Map(outer.filter(({ key }) => key === "upstream").flatMap(({ value }) => {
    const first = named(value, "server").map((server) => textOf(server.value)?.split(" ")[0])[0];
    return first === undefined ? [] : [[textAt(value, "") ?? "", first] as const];
  }));
  const servers = outer.filter(({ key, value }) => key === "server" && value.kind === "map").map(({ value }) => value);
  return [...servers, ...(servers.length === 0 ? [root] : [])].flatMap((server) => rulesOfServer(server, { from, upstreams }));
}

interface Server {
  readonly from: From;
  readonly upstreams: ReadonlyMap<string, string>;
}

function rulesOfServer(server: Node, around: Server): readonly ProxyRule[] {
  const hosts = named(server, "server_name").flatMap(({ value }) => (textOf(value) ?? "").split(/\s+/)).filter((host) => /^[\w-]+(?:\.[\w-]+)+$/.test(host) && !/^\d|\.localhost$|\.local$/.test(host)).map((host) => host.toLowerCase());
  return located(server, "/", settings(server, new Map()), around).flatMap((rule) => (hosts.length === 0 ? [rule] : hosts.map((host) => ({ ...rule, host }))));
}

/** What is passed on from here and from the locations in it. */
function located(block: Node, path: string, variables: ReadonlyMap<string, string>, around: Server): readonly ProxyRule[] {
  return entriesOf(block).flatMap((entry): readonly ProxyRule[] => {
    if (entry.key === "location") return located(entry.value, pathOf(textAt(entry.value, "") ?? "/"), settings(entry.value, variables), around);
    if (entry.key === "if" && entry.value.kind === "map") return located(entry.value, path, settings(entry.value, variables), around);
    if (entry.key !== "proxy_pass" && entry.key !== "grpc_pass") return [];
    const service = hostOf(entry, variables, around);
    if (service === undefined) return [];
    const { path: file } = around.from;
    return [{ path, service, scope: folderOf(file), place: placeOf(file, { at: entry.keyAt, end: entry.value.end }), kind: entry.key === "grpc_pass" ? "grpc" : "http", by: "nginx" }];
  });
}

function settings(block: Node, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const own = named(block, "set").flatMap(({ value }) => {
    const match = /^\$(\w+)\s+(\S+)$/.exec(textOf(value) ?? "");
    return match?.[1] === undefined || match[2] === undefined ? [] : [[match[1], match[2]] as const];
  });
  return own.length === 0 ? outer : new Map([...outer, ...own]);
}

/** `= /health`, `~ ^/api/`, `^~ /static`, `@fallback`; the last is where everything else goes. */
function pathOf(written: string): string {
  const [first = "/", second] = written.split(/\s+/);
  const path = (second ?? first).replace(/^~\*?/, "").replace(/^\^/, "").replace(/\$$/, "");
  return path.startsWith("@") || path === "" ? "/" : path;
}

/** Name of the host that is passed on to, behind variables and upstreams. */
function hostOf(entry: MapEntry, variables: ReadonlyMap<string, string>, { from, upstreams }: Server): string | undefined {
  const written = textOf(entry.value) ?? "";
  const set = written.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced: string | undefined, plain: string | undefined) => variables.get(braced ?? plain ?? "") ?? whole);
  const filled = interpolate(set, from.variables);
  const name = /^(?:(?:https?|grpcs?):\/\/)?([^/:?#\s]+)/.exec(filled)?.[1];
  const host = name === undefined ? undefined : /^([^:/]+)/.exec(interpolate(upstreams.get(name) ?? name, from.variables))?.[1];
  return host === undefined || host.includes("$") || host === "unix" ? undefined : host.toLowerCase();
}

function named(block: Node, name: string): readonly MapEntry[] {
  return entriesOf(block).filter(({ key }) => key === name);
}
