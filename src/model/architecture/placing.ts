/** Which folder's code a workload runs. */
import type { DockerfileSummary } from "../../syntax/summary.ts";
import { isRuntimeImage, repositoryOf } from "./infrastructure.ts";
import type { ManifestFiles } from "./manifests.ts";
import type { Unit } from "./packages.ts";
import { baseName, folderOf, isWithin, joinPath, nameKey, sharedDepth } from "./paths.ts";
import { itemsOf, nodeAt, textAt } from "./reading.ts";
import type { Workload } from "./workload.ts";

export interface Placed {
  /** Folder of its code. */
  readonly root: string;
  readonly dockerfile?: DockerfileSummary;
  /** Why. */
  readonly says: string;
}

export interface Places {
  readonly units: readonly Unit[];
  readonly files: ManifestFiles;
  /** Image repository → what is built into it, from Compose and Skaffold. */
  readonly builds: ReadonlyMap<string, { readonly context: string; readonly dockerfile: string }>;
}

/** Images that the workspace's own files say how to build. */
export function knownBuilds(workloads: readonly Workload[], files: ManifestFiles): Places["builds"] {
  const builds = new Map<string, { context: string; dockerfile: string }>();
  for (const file of files.documents) {
    if (!/(?:^|\/)skaffold[\w.-]*\.ya?ml$/.test(file.path)) continue;
    for (const document of file.documents)
      for (const artifact of itemsOf(nodeAt(document, "build", "artifacts"))) {
        const context = joinPath(folderOf(file.path), textAt(artifact, "context") ?? ".");
        const image = textAt(artifact, "image");
        if (image !== undefined) builds.set(repositoryOf(image), { context, dockerfile: joinPath(context, textAt(artifact, "docker", "dockerfile") ?? "Dockerfile") });
      }
  }
  for (const { image, build } of workloads) if (image !== undefined && build !== undefined) builds.set(repositoryOf(image), build);
  return builds;
}

/** `undefined` where nothing of the workspace runs in it. */
export function placeWorkload(workload: Workload, places: Places): Placed | undefined {
  const build = workload.build ?? (workload.image === undefined ? undefined : places.builds.get(repositoryOf(workload.image)));
  if (build !== undefined) return placeBuild(workload, build, places);
  const [mount] = workload.mounts.filter((dir) => places.units.some((unit) => unit.dir === dir));
  if (mount !== undefined && workload.image !== undefined && isRuntimeImage(workload.image)) return { root: mount, says: "Its folder is mounted into the container" };
  return placeByName(workload, places);
}

type Build = Pick<NonNullable<Workload["build"]>, "context" | "dockerfile"> & Partial<NonNullable<Workload["build"]>>;

function placeBuild(workload: Workload, given: Build, places: Places): Placed {
  const build = whereItIs(given, places);
  const namesake = slippedFrom(workload, build, places);
  if (namesake !== undefined) return withDockerfile(namesake.dir, places, `It bears the name of ${namesake.dir}, which has a Dockerfile of its own`);
  const dockerfile = places.files.dockerfiles.get(build.dockerfile);
  const found = (root: string, says: string): Placed => ({ root, says, ...(dockerfile === undefined ? {} : { dockerfile }) });
  const own = ownFolder(folderOf(build.dockerfile), places);
  if (own !== undefined && own !== build.context) return found(own, `It is built by ${build.dockerfile}`);
  const beneath = places.units.filter((unit) => unit.dir !== build.context && isWithin(unit.dir, build.context));
  const isShared = beneath.length > 0 && !(own === build.context && build.context !== "" && !beneath.some((unit) => unit.runs !== undefined));
  if (!isShared) return found(build.context, `It is built from ${build.context || "the root"}`);
  const unit =
    unitNamed(Object.values(build.args ?? {}), beneath) ??
    unitInCommand([workload.command, dockerfile?.command?.text ?? ""], beneath) ??
    unitNamed([baseName(build.dockerfile).replace(/^Dockerfile[._-]?|[._-]?Dockerfile$/gi, "")], beneath) ??
    unitCopied(dockerfile, build.context, beneath) ??
    unitNamed([workload.name], beneath);
  return unit === undefined ? found(build.context, `It is built from ${build.context || "the root"}`) : found(unit.dir, `It is built from ${unit.dir}`);
}

/** A build context that is not there any more: the one folder with code that has its name is meant. */
function whereItIs(build: Build, places: Places): Build {
  const { context } = build;
  if (context === "" || places.units.some((unit) => isWithin(unit.dir, context) || isWithin(context, unit.dir) && unit.dir !== "") || [...places.files.dockerfiles.keys()].some((path) => isWithin(path, context))) return build;
  const named = places.units.filter((unit) => unit.dir !== "" && nameKey(baseName(unit.dir)) === nameKey(baseName(context)));
  const [only] = named;
  return named.length !== 1 || only === undefined ? build : { ...build, context: only.dir, dockerfile: joinPath(only.dir, build.dockerfile.slice(context.length)) };
}

/** An entry that was copied and still builds its neighbour: it means the application that bears its name, which has a Dockerfile of its own. */
function slippedFrom(workload: Workload, build: Build, places: Places): Unit | undefined {
  const folder = ownFolder(folderOf(build.dockerfile), places);
  const built = places.units.find((unit) => unit.dir === folder);
  if (built === undefined || built.dir === "" || unitKeys(built).includes(nameKey(workload.name))) return undefined;
  return places.units.find((unit) => unit.dir !== built.dir && unit.runs !== undefined && baseName(unit.dir) === workload.name && places.files.dockerfiles.has(joinPath(unit.dir, "Dockerfile")));
}

/** The service's folder that a Dockerfile stands in: not a folder that only holds Dockerfiles, nor a `src` inside it. */
function ownFolder(folder: string, places: Places): string | undefined {
  if (folder === "") return undefined;
  if (places.units.some((unit) => unit.dir === folder)) return folder;
  const name = baseName(folder);
  if (/^(?:src|app|docker|\.docker|build|deploy|container|source)$/.test(name)) {
    const above = folderOf(folder);
    return above === "" || /^(?:docker|deploy|deployments?|infra|build)$/.test(name) && !places.units.some((unit) => unit.dir === above) ? undefined : above;
  }
  if (holdsDockerfiles(folder, places) || places.units.filter((unit) => isWithin(unit.dir, folder)).length > 1) return undefined;
  return isWithin(folder, "docker") || /(?:^|\/)(?:docker|deploy|deployments?|infra|infrastructure|\.docker)\//.test(folder) ? undefined : folder;
}

/** `Dockerfiles/Dockerfile.orders`, `Dockerfiles/Dockerfile.users`: each is of a folder elsewhere. */
function holdsDockerfiles(folder: string, { files }: Places): boolean {
  const here = [...files.dockerfiles.keys()].filter((path) => folderOf(path) === folder);
  return here.length > 1 && here.every((path) => baseName(path).toLowerCase() !== "dockerfile");
}

function unitNamed(names: readonly string[], units: readonly Unit[]): Unit | undefined {
  const keys = names.map(nameKey).filter((key) => key !== "");
  return units.find((unit) => keys.some((key) => unitKeys(unit).includes(key)));
}

export function unitKeys(unit: Unit): readonly string[] {
  const names = [unit.name, baseName(unit.dir), ...(unit.package === undefined ? [] : [unit.package.name.replace(/^@[^/]+\//, "")])];
  return [...new Set(names.flatMap((name) => [nameKey(name), nameKey(withoutOrdinal(name))]))];
}

/** Folders are numbered to stand in an order: `2-notifications`, `03_orders`. */
function withoutOrdinal(name: string): string {
  return name.replace(/^\d+[-_.](?=\D)/, "");
}

/** `yarn orders start`, `node dist/apps/orders/main.js`, `cd orders && node .`, `pnpm --filter @acme/orders start`. */
function unitInCommand(commands: readonly string[], units: readonly Unit[]): Unit | undefined {
  for (const command of commands) {
    const words = command.split(/[\s=,"'[\]]+/).filter((word) => word !== "");
    const named = units.find((unit) => words.some((word) => word === unit.package?.name || word.split("/").includes(baseName(unit.dir))));
    if (named !== undefined) return named;
  }
  return undefined;
}

/** The last application that a Dockerfile copies from; libraries are copied before it, or beside it. */
function unitCopied(dockerfile: DockerfileSummary | undefined, context: string, units: readonly Unit[]): Unit | undefined {
  const sources = (dockerfile?.copies ?? []).map((copy) => joinPath(context, copy.from));
  const copied = sources.map((source) => units.filter((unit) => isWithin(source, unit.dir)).sort((a, b) => b.dir.length - a.dir.length)[0]).filter((unit) => unit !== undefined);
  const distinct = [...new Set(copied)].filter((unit) => unit.runs !== undefined || !unit.isDependedOn);
  const running = distinct.filter((unit) => unit.runs !== undefined);
  if (running.length === 1) return running[0];
  return distinct.length === 1 && !units.some((unit) => unit.runs !== undefined) ? distinct[0] : undefined;
}

/** An image or workload that bears the name of a folder with code or a Dockerfile. */
function placeByName(workload: Workload, places: Places): Placed | undefined {
  const image = workload.image === undefined ? undefined : baseName(repositoryOf(workload.image));
  const folders = [...new Set([...places.units.filter((unit) => unit.runs !== undefined || !unit.isDependedOn).map((unit) => unit.dir), ...[...places.files.dockerfiles.keys()].map((path) => ownFolder(folderOf(path), places)).flatMap((dir) => (dir === undefined || places.units.some((unit) => unit.dir === dir) ? [] : [dir]))])];
  const near = [...folders].filter((dir) => dir !== "").sort((a, b) => sharedDepth(b, folderOf(workload.place.path)) - sharedDepth(a, folderOf(workload.place.path)) || a.length - b.length);
  const keys = [image, workload.name].filter((name) => name !== undefined).map(nameKey);
  const runs = (dir: string): boolean => places.units.some((unit) => unit.dir === dir && unit.runs !== undefined) || (places.files.dockerfiles.has(joinPath(dir, "Dockerfile")) && !places.units.some((unit) => unit.dir === dir));
  const keysOf = (dir: string): readonly string[] => [nameKey(baseName(dir)), nameKey(withoutOrdinal(baseName(dir))), ...places.units.filter((unit) => unit.dir === dir).flatMap(unitKeys)];
  for (const dirs of [near.filter(runs), near.filter((dir) => !runs(dir))]) for (const key of keys) {
    const named = dirs.find((dir) => keysOf(dir).includes(key));
    if (named !== undefined) return withDockerfile(named, places);
  }
  // `orders` is run as `order`: a plural more or less.
  const plural = near.filter(runs).find((dir) => keysOf(dir).some((own) => keys.some((key) => key.length > 3 && singular(own) === singular(key))));
  if (plural !== undefined) return withDockerfile(plural, places);
  const pages = [image, workload.name].some((name) => name !== undefined && FRONT.test(name)) ? places.units.filter((unit) => unit.isFrontend && unit.runs !== undefined) : [];
  const [page] = pages;
  if (pages.length === 1 && page !== undefined) return withDockerfile(page.dir, places);
  // A product's prefix on its images: `rs-cart`, `shop_orders`.
  const tail = image === undefined ? undefined : near.find((dir) => image.length > baseName(dir).length && new RegExp(`[-_/]${escape(withoutOrdinal(baseName(dir)).toLowerCase())}$`).test(image));
  if (tail !== undefined) return withDockerfile(tail, places);
  const root = places.units.find((unit) => unit.dir === "");
  const isRoot = root !== undefined && image !== undefined && [nameKey(image), nameKey(image.split("-")[0] ?? "")].some((key) => unitKeys(root).includes(key));
  return isRoot ? withDockerfile("", places) : undefined;
}

/** What people call the pages of a system. */
const FRONT = /(?:^|[-_])(?:front-?end|client|web-?app|web-?client|web|ui|www|spa)$/;

function singular(key: string): string {
  return key.replace(/s$/, "");
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function withDockerfile(root: string, places: Places, says = `Its image bears the name of ${root || "this package"}`): Placed {
  const dockerfile = places.files.dockerfiles.get(joinPath(root, "Dockerfile"));
  return { root, says, ...(dockerfile === undefined ? {} : { dockerfile }) };
}
