/** Compose files → workloads. */
import type { DocumentSummary, MapEntry, Node } from "../../syntax/summary.ts";
import { interpolate } from "./interpolation.ts";
import type { ManifestFiles } from "./manifests.ts";
import { folderOf, joinPath } from "./paths.ts";
import { entriesOf, itemsOf, nodeAt, numberOf, placeOf, textAt, textOf, textsOf } from "./reading.ts";
import type { Build, Environment, Port, Variable, Workload } from "./workload.ts";

export function readCompose(files: ManifestFiles): readonly Workload[] {
  const composed = files.documents.filter(isCompose);
  const forTests = (file: DocumentSummary): boolean => /[._-](?:test|tests|e2e|ci|integration)[._-]/.test(file.path);
  const regular = composed.filter((file) => !forTests(file));
  return (regular.length > 0 ? regular : composed).flatMap((file) => readFile(file, files));
}

/** By content, since people call these files anything: a map `services` whose members have an image or are built. */
export function isCompose(file: DocumentSummary): boolean {
  return file.documents.some((document) => {
    const services = entriesOf(nodeAt(document, "services"));
    return services.length > 0 && services.some(({ value }) => ["image", "build", "extends"].some((key) => nodeAt(value, key) !== undefined)) && nodeAt(document, "provider") === undefined;
  });
}

interface Scope {
  readonly path: string;
  readonly folder: string;
  readonly files: ManifestFiles;
  /** Variables that Compose puts into the file: `.env` beside it, or at the root. */
  readonly lookup: (name: string) => string | undefined;
}

function readFile(file: DocumentSummary, files: ManifestFiles): readonly Workload[] {
  const scope = scopeOf(file.path, files);
  return file.documents.flatMap((document) => {
    const services = entriesOf(nodeAt(document, "services"));
    const awaited = new Set(services.flatMap(({ value }) => awaitedBy(value)));
    return services.flatMap((entry) => (entry.value.kind === "map" ? [readService(entry, scope, awaited.has(entry.key))] : []));
  });
}

/** What a service waits for the end of. */
function awaitedBy(service: Node): readonly string[] {
  return entriesOf(nodeAt(service, "depends_on")).flatMap(({ key, value }) => (textAt(value, "condition") === "service_completed_successfully" ? [key] : []));
}

function scopeOf(path: string, files: ManifestFiles): Scope {
  const folder = folderOf(path);
  const variables = new Map<string, string>();
  for (const file of [joinPath("", ".env.example"), ".env", joinPath(folder, ".env.example"), joinPath(folder, ".env"), joinPath(folder, ".env.override")])
    for (const { name, value } of files.environments.get(file)?.variables ?? []) variables.set(name, value);
  const lookup = (name: string): string | undefined => {
    const value = variables.get(name);
    return value?.includes("$") ? interpolate(value, (inner) => (inner === name ? undefined : variables.get(inner))) : value;
  };
  return { path, folder, files, lookup };
}

function readService(entry: MapEntry, scope: Scope, isAwaited: boolean): Workload {
  const base = extended(entry.value, scope, 0);
  const text = (...keys: readonly string[]): string | undefined => {
    const raw = textAt(base, ...keys);
    return raw === undefined ? undefined : interpolate(raw, scope.lookup);
  };
  const image = text("image");
  const build = readBuild(nodeAt(base, "build"), scope);
  const replicas = numberOf(nodeAt(base, "deploy", "replicas")) ?? numberOf(nodeAt(base, "scale"));
  return {
    name: entry.key,
    by: "compose",
    place: { path: scope.path, at: entry.keyAt, end: entry.keyEnd },
    ...(image === undefined ? {} : { image }),
    ...(build === undefined ? {} : { build }),
    command: [...textsOf(nodeAt(base, "entrypoint")), ...textsOf(nodeAt(base, "command"))].map((word) => interpolate(word, scope.lookup)).join(" "),
    environment: readEnvironment(base, scope),
    hosts: hostsOf(entry.key, base, text),
    ports: [...itemsOf(nodeAt(base, "ports")), ...itemsOf(nodeAt(base, "expose"))].flatMap((port) => readPort(port, scope)),
    ...(replicas === undefined ? {} : { replicas }),
    mounts: itemsOf(nodeAt(base, "volumes")).flatMap((volume) => readMount(volume, scope)),
    dependsOn: dependenciesOf(base),
    isJob: isAwaited || /^(?:no|"no"|on-failure)$/.test(text("restart") ?? "") && /migrat|seed|init|setup/.test(entry.key),
  };
}

/** `extends`, in this file or another, laid under the service's own keys. */
function extended(node: Node, scope: Scope, depth: number): Node {
  const from = nodeAt(node, "extends");
  if (from === undefined || depth > 5) return node;
  const file = textAt(from, "file");
  const name = textOf(from) ?? textAt(from, "service");
  const path = file === undefined ? scope.path : joinPath(scope.folder, file);
  const parent = scope.files.document(path)?.documents.map((document) => nodeAt(document, "services", name ?? "")).find((found) => found !== undefined);
  if (parent === undefined) return node;
  const merged = new Map<string, MapEntry>();
  for (const entry of entriesOf(extended(parent, scope, depth + 1))) merged.set(entry.key, entry);
  for (const entry of entriesOf(node)) merged.set(entry.key, mergeEntry(merged.get(entry.key), entry));
  return { kind: "map", entries: [...merged.values()], at: node.at, end: node.end };
}

function mergeEntry(under: MapEntry | undefined, over: MapEntry): MapEntry {
  if (under?.value.kind === "list" && over.value.kind === "list") return { ...over, value: { ...over.value, items: [...under.value.items, ...over.value.items] } };
  if (under?.value.kind === "map" && over.value.kind === "map") return { ...over, value: { ...over.value, entries: [...under.value.entries.filter((entry) => !entriesOf(over.value).some((own) => own.key === entry.key)), ...over.value.entries] } };
  return over;
}

function readBuild(node: Node | undefined, scope: Scope): Build | undefined {
  if (node === undefined) return undefined;
  const read = (raw: string | undefined): string | undefined => (raw === undefined ? undefined : interpolate(raw, scope.lookup));
  const context = read(textOf(node) ?? textAt(node, "context")) ?? ".";
  if (/^[a-z+]+:\/\/|^git@/.test(context)) return undefined;
  const folder = joinPath(scope.folder, context);
  const target = textAt(node, "target");
  const args: Record<string, string> = {};
  for (const { name, value } of pairsOf(nodeAt(node, "args"))) if (value !== undefined) args[name] = read(value) ?? value;
  return { context: folder, dockerfile: joinPath(folder, read(textAt(node, "dockerfile")) ?? "Dockerfile"), args, ...(target === undefined ? {} : { target }) };
}

function readEnvironment(node: Node, scope: Scope): Environment {
  const environment: Record<string, Variable> = {};
  const listed = nodeAt(node, "env_file");
  const paths = listed?.kind === "list" ? listed.items.map((item) => textOf(item) ?? textAt(item, "path")) : [textOf(listed) ?? textAt(listed, "path")];
  for (const path of paths) if (path !== undefined) addFile(environment, joinPath(scope.folder, interpolate(path, scope.lookup)), scope);
  for (const pair of pairsOf(nodeAt(node, "environment"))) {
    const value = pair.value === undefined ? scope.lookup(pair.name) : interpolate(pair.value, scope.lookup);
    if (value !== undefined) environment[pair.name] = { value, place: placeOf(scope.path, pair) };
  }
  return environment;
}

function addFile(environment: Record<string, Variable>, path: string, scope: Scope): void {
  // A `.env` is seldom committed; its example is, and says the same names.
  const file = [path, `${path}.example`, `${path}.sample`, `${path}.template`].map((name) => scope.files.environments.get(name)).find((found) => found !== undefined);
  for (const variable of file?.variables ?? []) environment[variable.name] = { value: interpolate(variable.value, (name) => environment[name]?.value ?? scope.lookup(name)), place: placeOf(file?.path ?? path, variable) };
}

interface Pair {
  readonly name: string;
  readonly value: string | undefined;
  readonly at: number;
  readonly end: number;
}

/** A map, or a list of `NAME=value`. */
function pairsOf(node: Node | undefined): readonly Pair[] {
  const fromMap = entriesOf(node).map((entry) => ({ name: entry.key, value: textOf(entry.value), at: entry.keyAt, end: entry.value.end }));
  const fromList = itemsOf(node).flatMap((item) => {
    const text = textOf(item) ?? "";
    const equals = text.indexOf("=");
    return text === "" ? [] : [{ name: equals < 0 ? text : text.slice(0, equals), value: equals < 0 ? undefined : text.slice(equals + 1), at: item.at, end: item.end }];
  });
  return [...fromMap, ...fromList];
}

function hostsOf(name: string, node: Node, text: (...keys: readonly string[]) => string | undefined): readonly string[] {
  const networks = entriesOf(nodeAt(node, "networks")).flatMap(({ value }) => textsOf(nodeAt(value, "aliases")));
  return [...new Set([name, text("container_name"), text("hostname"), ...networks].filter((host) => host !== undefined))];
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `3000`, or the long form. */
function readPort(node: Node, scope: Scope): readonly Port[] {
  const target = numberOf(nodeAt(node, "target"));
  if (target !== undefined) {
    const published = Number(interpolate(textAt(node, "published") ?? "", scope.lookup));
    return [{ container: target, ...(published > 0 ? { published } : {}) }];
  }
  const parts = interpolate(textOf(node) ?? "", scope.lookup).replace(/\/(?:tcp|udp)$/, "").split(":");
  const container = Number(parts.at(-1)?.split("-")[0]);
  const published = Number(parts.at(-2)?.split("-")[0]);
  if (!Number.isInteger(container) || container <= 0) return [];
  return [{ container, ...(parts.length > 1 && published > 0 ? { published } : {}) }];
}

function readMount(node: Node, scope: Scope): readonly string[] {
  const source = interpolate(textAt(node, "source") ?? textOf(node)?.split(":")[0] ?? "", scope.lookup);
  return source.startsWith(".") ? [joinPath(scope.folder, source)] : [];
}

function dependenciesOf(node: Node): readonly string[] {
  const depends = nodeAt(node, "depends_on");
  const links = textsOf(nodeAt(node, "links")).map((link) => link.split(":")[0] ?? link);
  return [...new Set([...(depends?.kind === "list" ? textsOf(depends) : entriesOf(depends).map((entry) => entry.key)), ...links])];
}
