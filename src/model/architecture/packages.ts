/** Packages and projects that run by themselves, told from libraries. */
import type { DocumentSummary } from "../../syntax/summary.ts";
import { SERVER_LIBRARIES } from "../../workspace/index.ts";
import type { Package, Workspace } from "../../workspace/workspace.ts";
import { FRONTEND_LIBRARIES, FRONTEND_RUNNERS, NEVER_SERVICES, RUNNERS } from "./libraries.data.ts";
import type { ManifestFiles, Summaries } from "./manifests.ts";
import { baseName, folderOf, isWithin, joinPath } from "./paths.ts";
import { entriesOf, nodeAt, textAt } from "./reading.ts";

/** A folder whose code makes one program. */
export interface Unit {
  readonly dir: string;
  /** What people call it: the folder's name, or the project's. */
  readonly name: string;
  readonly package?: Package;
  /** It runs by itself, with the reason; a unit without is a library, and deployed only where a manifest says so. */
  readonly runs?: string;
  /** File that says so. */
  readonly because: string;
  readonly isFrontend: boolean;
  /** Others of the workspace depend on it. */
  readonly isDependedOn: boolean;
  /** Entry file, where a project file names it. */
  readonly main?: string;
  /** Its start command runs a server's code that stands in no other package. */
  readonly servesItself?: true;
}

/** Every package and project with code of its own, sorted by folder. */
export function codeUnits(workspace: Workspace, files: ManifestFiles, summaries: Summaries): readonly Unit[] {
  const code = workspace.files.filter((file) => file.kind === "code" && file.scope === "service").map((file) => file.path);
  const hasCode = (dir: string): boolean => code.some((path) => isWithin(path, dir));
  const projects = projectUnits(files, workspace.packages).filter((unit) => hasCode(unit.dir));
  const depended = dependedOn(workspace.packages);
  const packaged = workspace.packages
    .filter((each) => hasCode(each.dir) && !projects.some((unit) => unit.dir === each.dir))
    .flatMap((each) => {
      const around = { depended, files, workspace, code, projects, summaries };
      const unit = packageUnit(each, around);
      const servers = unit.runs === undefined ? serversIn(each, around) : [];
      return servers.length > 1 ? servers : [unit];
    });
  return [...withoutDemos([...projects, ...packaged])].sort((a, b) => (a.dir < b.dir ? -1 : a.dir > b.dir ? 1 : 0));
}

/** Where a product stands beside its examples, they show how it is used and are no part of it. Alone, they are what there is. */
function withoutDemos(units: readonly Unit[]): readonly Unit[] {
  const isDemo = (unit: Unit): boolean => unit.dir.split("/").some((folder) => /^(?:examples?|samples?|playgrounds?|demos?|sandbox(?:es)?|references?|starters?)$/.test(folder));
  const isProduct = units.some((unit) => unit.runs !== undefined && !isDemo(unit));
  return isProduct ? units.map((unit) => (isDemo(unit) ? asLibrary(unit) : unit)) : units;
}

function asLibrary({ runs: _, ...unit }: Unit): Unit {
  return unit;
}

/** Nx and Angular `project.json`, `nest-cli.json` of a monorepo. */
function projectUnits(files: ManifestFiles, packages: readonly Package[]): readonly Unit[] {
  return files.documents.flatMap((file) => {
    const name = baseName(file.path);
    if (name === "project.json") return nxUnit(file, packages);
    return name === "nest-cli.json" || name === ".nest-cli.json" ? nestUnits(file, packages) : [];
  });
}

function nxUnit(file: DocumentSummary, packages: readonly Package[]): readonly Unit[] {
  const root = file.documents[0];
  const dir = folderOf(file.path);
  if (nodeAt(root, "targets") === undefined && nodeAt(root, "projectType") === undefined) return [];
  const isApplication = textAt(root, "projectType") === "application" && !isNeverService(dir);
  if (!isApplication) return [];
  const executors = entriesOf(nodeAt(root, "targets")).map((target) => textAt(target.value, "executor") ?? "");
  const main = textAt(root, "targets", "build", "options", "main");
  const own = packages.find((each) => each.dir === dir);
  return [{
    dir, isDependedOn: false, name: textAt(root, "name")?.replace(/^@[^/]+\//, "") ?? baseName(dir), runs: "An application of the monorepo", because: file.path,
    isFrontend: executors.some((executor) => /angular|react|@nx\/(?:next|vite):(?:dev-)?server|browser|@nx\/next/.test(executor)) && !executors.some((executor) => /:node$/.test(executor)),
    ...(own === undefined ? {} : { package: own }), ...(main === undefined ? {} : { main }),
  }]; // prettier-ignore
}

function nestUnits(file: DocumentSummary, packages: readonly Package[]): readonly Unit[] {
  const dir = folderOf(file.path);
  return entriesOf(nodeAt(file.documents[0], "projects")).flatMap(({ key, value }) => {
    if (textAt(value, "type") !== "application" || isNeverService(key)) return [];
    const root = joinPath(dir, textAt(value, "root") ?? key);
    const sourceRoot = joinPath(dir, textAt(value, "sourceRoot") ?? `${textAt(value, "root") ?? key}/src`);
    const own = packages.find((each) => each.dir === root);
    const main = joinPath(sourceRoot, `${textAt(value, "entryFile") ?? "main"}.ts`);
    return [{ dir: root, isDependedOn: false, name: key, runs: "An application of the NestJS monorepo", because: file.path, isFrontend: false, main, ...(own === undefined ? {} : { package: own }) }];
  });
}

interface Around {
  readonly depended: ReadonlySet<string>;
  readonly files: ManifestFiles;
  readonly workspace: Workspace;
  readonly code: readonly string[];
  readonly projects: readonly Unit[];
  readonly summaries: Summaries;
}

function packageUnit(own: Package, around: Around): Unit {
  const names = Object.keys(own.dependencies);
  const all = [...names, ...Object.keys(own.devDependencies)];
  const command = startCommand(own);
  const serves = names.some((name) => SERVER_LIBRARIES.some((library) => library.test(name)));
  const isFrontend = isFrontendPackage(own, command, { serves, libraries: all, code: around.code });
  const runs = reasonToRun(own, around, { command, serves, isFrontend });
  const short = own.name.replace(/^@[^/]+\//, "");
  const servesItself = serves && command !== undefined && runsOwnCode(own, command, around);
  return { dir: own.dir, isDependedOn: around.depended.has(own.name), name: own.dir === "" ? short || "app" : baseName(own.dir), package: own, because: own.manifest, isFrontend, ...(runs === undefined ? {} : { runs }), ...(servesItself ? { servesItself } : {}) };
}

/** `node src/server.js`, where that is a file of the package itself and of none inside it. */
function runsOwnCode(own: Package, command: string, { code, workspace }: Around): boolean {
  const named = command.split(/\s+/).map((word) => joinPath(own.dir, word));
  return code.some((path) => named.some((word) => word === path || word === path.replace(/\.[cm]?[jt]sx?$/, "")) && !isDeeper(path, own, workspace));
}

function reasonToRun(own: Package, around: Around, seen: { command: string | undefined; serves: boolean; isFrontend: boolean }): string | undefined {
  if (isNeverService(own.dir) || own.dir.split("/").some((folder) => NEVER_SERVICES.test(folder))) return undefined;
  if (own.dir !== "" && isBuiltHere(own.dir, around.files)) return "It has a Dockerfile of its own";
  if (around.projects.some((project) => project.dir !== own.dir && isWithin(project.dir, own.dir))) return undefined;
  if (own.dir === "" && holdsPackages(own, around.workspace) && !around.code.some((path) => /^(?:src|app|server|lib|index\.[jt]s|main\.ts|server\.[jt]s|app\.[jt]s)/.test(path))) return undefined;
  const isAmongApplications = /(?:^|\/)(?:apps|services|microservices)\/[^/]+$/.test(own.dir);
  if (!isAmongApplications && (around.depended.has(own.name) || (own.dir !== "" && isLibrary(own)))) return undefined;
  if (own.bin.length > 0 && !seen.serves) return undefined;
  if (seen.command !== undefined && (seen.serves || seen.isFrontend || !RUNS_A_FILE.test(seen.command) || keepsRunning(own, around))) return `It is started by \`${seen.command.slice(0, 60)}\``;
  if (!seen.serves || around.depended.has(own.name) || isLibrary(own)) return undefined;
  if (isAmongApplications) return "It stands among the applications";
  return own.dir !== "" && listens(own, around) ? "Its code listens on a port" : undefined;
}

/** A package that nothing starts, with a server in each of several folders: each is started by itself (`node api/index.js`). */
function serversIn(own: Package, { code, summaries, workspace }: Around): readonly Unit[] {
  if (startCommand(own) !== undefined || holdsPackages(own, workspace)) return [];
  const byFolder = new Map<string, string>();
  for (const path of code) {
    const dir = folderOf(path);
    const summary = summaries.get(path);
    if (dir === own.dir || folderOf(dir) !== own.dir || isNeverService(dir) || summary?.kind !== "code") continue;
    if (summary.functions.some(({ calls }) => calls.some((callee) => /\.listen$/.test(callee)))) byFolder.set(dir, byFolder.get(dir) ?? path);
  }
  return [...byFolder].map(([dir, main]) => ({ dir, isDependedOn: false, name: baseName(dir), runs: "A file of this folder listens on a port", because: main, isFrontend: false, main }));
}

function listens(own: Package, around: Around): boolean {
  return callsAny(own, /\.listen$/, around);
}

/** A script that asks, prints and ends is started too, and is no service. What stands behind other packages of one's own is not looked into. */
function keepsRunning(own: Package, around: Around): boolean {
  const [scope] = own.name.startsWith("@") ? own.name.split("/") : [];
  const leansOnOwn = Object.keys(own.dependencies).some((name) => around.workspace.packages.some((each) => each.name === name) || (scope !== undefined && name.startsWith(`${scope}/`)));
  return leansOnOwn || callsAny(own, LASTS, around);
}

/** Tools that run a file and end with it; those of frameworks stay by themselves. */
const RUNS_A_FILE = /\b(?:node|nodemon|ts-node(?:-dev)?|tsnd|tsx|babel-node|bun|deno)\b/;

const LASTS = /(?:^|\.)(?:listen|createServer|serve|setInterval|subscribe|consume|receive|poll|watch|schedule|scheduleJob|process|run|start|launch|login|connect|bootstrap|createApp|createHandler)$/;

function callsAny(own: Package, callees: RegExp, { code, summaries, workspace }: Around): boolean {
  return code.some((path) => {
    const summary = isWithin(path, own.dir) ? summaries.get(path) : undefined;
    return summary?.kind === "code" && summary.functions.some(({ calls }) => calls.some((callee) => callees.test(callee))) && !isDeeper(path, own, workspace);
  });
}

function isDeeper(path: string, own: Package, { packages }: Workspace): boolean {
  return packages.some((inner) => inner.dir.length > own.dir.length && isWithin(path, inner.dir));
}

/** A package made for others to install: published with types or a command, or with a map of its exports. */
function isLibrary(own: Package): boolean {
  return own.bin.length > 0 || (!own.isPrivate && (own.types !== undefined || Object.keys(own.exports).length > 0));
}

/** A Dockerfile that runs Node, or serves what was built; one that runs another language beside a package is a tool for it. */
function isBuiltHere(dir: string, files: ManifestFiles): boolean {
  const stages = files.dockerfiles.get(joinPath(dir, "Dockerfile"))?.stages ?? [];
  return stages.some((stage) => /node|bun|deno|nginx|httpd|caddy|alpine|ubuntu|debian|distroless|\$/i.test(stage.from));
}

function holdsPackages(root: Package, workspace: Workspace): boolean {
  return root.workspaces.length > 0 || workspace.packages.some((each) => each.dir !== root.dir && isWithin(each.dir, root.dir));
}

/** Packages that others of the workspace depend on. */
function dependedOn(packages: readonly Package[]): ReadonlySet<string> {
  return new Set(packages.flatMap((each) => Object.keys(each.dependencies)));
}

export function isNeverService(dir: string): boolean {
  return NEVER_SERVICES.test(baseName(dir));
}

const START_SCRIPTS = ["start:prod", "start:production", "start", "serve", "server", "start:server", "start:dev", "dev", "start:api", "develop", "dev:server", "up", "launch"];

/** The command that starts a package, with scripts that call scripts followed; `undefined` where none runs a program. */
export function startCommand(own: Package): string | undefined {
  for (const name of START_SCRIPTS) {
    const command = own.scripts[name] === undefined ? undefined : expandScript(own, own.scripts[name], 0);
    if (command !== undefined && runsProgram(command)) return command;
  }
  const main = Object.entries(own.scripts).find(([name, command]) => /^(?:start|dev|serve)[:.-]/.test(name) && runsProgram(expandScript(own, command, 0)));
  return main?.[1];
}

/** Follows `npm run x`, `yarn x`, `pnpm x` within one package. */
export function expandScript(own: Package, command: string, depth: number): string {
  if (depth > 4) return command;
  return command.replace(/\b(?:npm|pnpm|yarn|bun)(?: run)?(?: -{1,2}[\w-]+)* ([\w:.-]+)/g, (whole, name: string) => {
    const next = own.scripts[name];
    return next === undefined || next === command ? whole : expandScript(own, next, depth + 1);
  });
}

/** A command line of which one part runs a program, and not a build that watches or a task over all packages. */
export function runsProgram(command: string): boolean {
  return command.split(/&&|\|\||;|&|\bconcurrently\b|["']/).some((part) => {
    const words = part.trim().replace(/^(?:(?:cross-env|env|dotenv|dotenvx run|env-cmd|exec|npx|pnpm exec|yarn exec|bunx|time|sudo|--|-[\w-]+(?: \.?env\S*)?|[A-Z_][A-Z0-9_]*=\S*)\s+)+/, "").split(/\s+/);
    const program = baseName(words[0] ?? "");
    if (!RUNNERS.test(program)) return false;
    const rest = words.slice(1).join(" ");
    if (program === "next" || program === "nuxt" || program === "vite" || program === "nest" || program === "ng") return !/^(?:build|lint|export|generate|info|test|--version)/.test(rest);
    if (program === "nx") return /^serve/.test(rest);
    return !/\b(?:build|jest|mocha|vitest|lint|migrat\w*|seed\w*|codegen|scripts?\/|tools?\/|turbo|lerna|rollup|webpack(?!-dev))/.test(rest) || /\b(?:dist|build|lib)\/[\w/.-]*(?:index|main|server|app|worker)/.test(rest);
  });
}

function isFrontendPackage(own: Package, command: string | undefined, seen: { serves: boolean; libraries: readonly string[]; code: readonly string[] }): boolean {
  if (!seen.libraries.some((name) => FRONTEND_LIBRARIES.test(name))) return false;
  if (seen.serves) return command !== undefined && FRONTEND_RUNNERS.test(command) && !seen.libraries.some((name) => /^(?:express|fastify|koa|@nestjs\/core)$/.test(name));
  // A Next.js application with request handlers is a server as well.
  return !seen.code.some((path) => isWithin(path, own.dir) && /\/pages\/api\/|\/app\/(?:.*\/)?route\.[jt]s$|\/routes\/api\//.test(`/${path}`));
}
