import { folderOf, nameOf } from "./paths.ts";
import type { FileKind } from "./workspace.ts";

/** What a file is to us by its path alone; `undefined` where it can say nothing about the architecture. */
export function fileKind(path: string): FileKind | undefined {
  const name = nameOf(path);
  if (/\.(?:[cm]?[jt]s|[jt]sx)$/.test(name)) return "code";
  if (/\.ya?ml$/.test(name)) return HANDLED_HERE.has(name) ? undefined : "yaml";
  if (/^(?:Dockerfile|Containerfile)(?:[.-]|$)|\.(?:dockerfile|containerfile)$/i.test(name))
    return isIgnoreFile(name) ? undefined : "dockerfile";
  if (/\.conf(?:\.template|\.tmpl|\.tpl)?$/.test(name) && isNginx(path, name)) return "nginx";
  if (name.endsWith(".prisma")) return "prisma";
  if (name.endsWith(".json")) return isTellingJson(path, name) ? "json" : undefined;
  if (/^\.env(?:[.-]|$)|^\.?[\w.-]+\.env$|^(?:[\w-]+\.)?env\.(?:example|sample|template|dist|defaults?)$/.test(name))
    return "env";
  return undefined;
}

/** JSON of a megabyte and more is data, not configuration. */
export const LARGEST_JSON = 1_000_000;

/** Whether the workspace itself is shaped by a file: these are read here and nowhere else. */
export function isControlFile(path: string): boolean {
  const name = nameOf(path);
  return HANDLED_HERE.has(name) || isProjectFile(name) || path === "faultline.json" || path === "faultline.jsonc";
}

/** tsconfig.json, tsconfig.build.json, jsconfig.json … */
export function isProjectFile(name: string): boolean {
  return /^(?:tsconfig|jsconfig)(?:[.-][\w.-]+)?\.json$/.test(name);
}

const LOCK_FILES = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"] as const;

const HANDLED_HERE: ReadonlySet<string> = new Set(["package.json", "pnpm-workspace.yaml", "lerna.json", ...LOCK_FILES]);

export function isLockFile(path: string): boolean {
  return (LOCK_FILES as readonly string[]).includes(nameOf(path));
}

/** JSON that describes a deployment, a gateway, a broker or a framework's project. Everything else in JSON is data. */
const TELLING_NAMES =
  /^(?:serverless|nest-cli|project|nx|workspace|angular|cdk|sam|template|taskdef|task-definition|function|host|local\.settings|vercel|fly|app|krakend|kong|ocelot|definitions|moleculer|dapr|default|development|production|staging|custom-environment-variables)(?:[.-][\w.-]+)?\.json$|^(?:docker-)?compose[\w.-]*\.json$|^(?:rabbitmq|kafka|gateway|ecosystem|openapi|swagger|asyncapi|pm2)[\w.-]*\.json$|\.(?:k8s|openapi|asyncapi)\.json$|(?:^|[.-])env\.json$/;

// prettier-ignore
const TELLING_FOLDERS = new Set([
  "k8s", "kubernetes", "kube", "manifests", "deploy", "deployment", "deployments", "helm", "charts", "infra", "infrastructure",
  "config", "configs", "rabbitmq", "kafka", "ecs", "dapr", "components", "gateway",
]);

function isTellingJson(path: string, name: string): boolean {
  if (HANDLED_HERE.has(name) || isProjectFile(name)) return false;
  if (TELLING_NAMES.test(name)) return true;
  return TELLING_FOLDERS.has(nameOf(folderOf(path))) && !name.startsWith(".");
}

/** By its name or by the folder that it stands in: `.conf` alone is what half of all programs are configured by. */
function isNginx(path: string, name: string): boolean {
  if (/nginx|^default\.conf/.test(name)) return true;
  return folderOf(path).split("/").some((folder) => /^(?:nginx|conf\.d|sites-(?:available|enabled)|reverse-?proxy|nginx[-_.].*|.*[-_.]nginx)$/.test(folder));
}

function isIgnoreFile(name: string): boolean {
  return /ignore$/i.test(name);
}
