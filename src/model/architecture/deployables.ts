/** Workloads of all manifests and units of code, joined to one list of deployables. */
import type { DockerfileSummary } from "../../syntax/summary.ts";
import { groupedBy } from "../grouped.ts";
import type { Evidence } from "../policy.ts";
import { infrastructureOfImage, isRuntimeImage, repositoryOf } from "./infrastructure.ts";
import type { Infrastructure } from "./infrastructure.data.ts";
import type { ManifestFiles } from "./manifests.ts";
import { isNeverService, type Unit } from "./packages.ts";
import { baseName, folderOf, isWithin, nameKey } from "./paths.ts";
import { knownBuilds, placeWorkload, unitKeys, type Placed, type Places } from "./placing.ts";
import type { Workload } from "./workload.ts";

export interface Deployable {
  readonly name: string;
  readonly root: string;
  readonly unit?: Unit;
  readonly dockerfile?: DockerfileSummary;
  /** The workload that names it first, then the same thing in other manifests. */
  readonly workloads: readonly Workload[];
  readonly evidence: readonly Evidence[];
}

export interface Backing {
  readonly infrastructure: Infrastructure;
  readonly workload: Workload;
}

export interface Deployment {
  readonly deployables: readonly Deployable[];
  /** Stores, brokers, gateways and tools that manifests run. */
  readonly backings: readonly Backing[];
}

interface Seat {
  readonly workload: Workload;
  readonly placed: Placed;
  /** The manifest's name is the whole workspace's and not the application's. */
  readonly isWhole?: true;
}

export function deploy(workloads: readonly Workload[], units: readonly Unit[], files: ManifestFiles): Deployment {
  const places: Places = { units, files, builds: knownBuilds(workloads, files) };
  const backings: Backing[] = [];
  const seats: Seat[] = [];
  for (const workload of workloads) {
    const placed = isOffTheShelf(workload, places) ? undefined : placeWorkload(workload, places);
    const infrastructure = infrastructureOf(workload, placed, units);
    if (infrastructure !== undefined) backings.push({ infrastructure: isSetUp(workload) ? SET_UP : infrastructure, workload });
    else if (placed !== undefined && !isChore(workload, placed)) seats.push({ workload, placed });
  }
  const fromManifests = byRoot(seats.map((seat) => seatWhole(seat, units))).flatMap(([root, atRoot]) => (root === "" && isMerelyTheWorkspace(units) ? [] : joinSeats(atRoot, root, { units, backings })));
  return { deployables: [...fromManifests, ...fromCode(fromManifests, units, files)], backings };
}

/** A database's image is also run once, to create topics or users in it. */
function isSetUp({ name, isJob }: Workload): boolean {
  return isJob || /(?:^|[-_])(?:init|setup|seed\w*|migrat\w*|create\w*|configurator|provision\w*)(?:$|[-_])/.test(name);
}

const SET_UP: Infrastructure = { kind: "tool", engine: "set-up", images: [] };

/** An image that everybody knows, and that nothing here builds; in the repository of that very product it is its own. */
function isOffTheShelf({ image, build }: Workload, places: Places): boolean {
  if (build !== undefined || image === undefined || infrastructureOfImage(image) === undefined || places.builds.has(repositoryOf(image))) return false;
  return !places.units.some((unit) => unit.runs !== undefined && unitKeys(unit).includes(nameKey(baseName(repositoryOf(image)))));
}

/** An image of the whole workspace, in which one application alone is a server, is that application's. */
function seatWhole(seat: Seat, units: readonly Unit[]): Seat {
  const servers = units.filter((unit) => unit.dir !== "" && unit.runs !== undefined && !unit.isFrontend);
  const [only] = servers;
  return seat.placed.root === "" && isMerelyTheWorkspace(units) && servers.length === 1 && only !== undefined ? { ...seat, placed: { ...seat.placed, root: only.dir }, isWhole: true } : seat;
}

function infrastructureOf(workload: Workload, placed: Placed | undefined, units: readonly Unit[]): Infrastructure | undefined {
  const base = placed?.dockerfile?.stages.at(-1)?.from;
  const ofBase = base === undefined || isRuntimeImage(base) ? undefined : infrastructureOfImage(base);
  if (placed !== undefined) {
    // A front end or a gateway of our own is a web server with our files in it; a database image with our schema stays a database.
    if (ofBase?.kind === "gateway" || ofBase?.engine === "ci") return placed.root === "" || hasContent(placed, units) ? undefined : ofBase;
    if (ofBase !== undefined) return ofBase;
    if (workload.build !== undefined || units.some((unit) => unit.dir === placed.root)) return undefined;
  }
  return workload.image === undefined ? undefined : infrastructureOfImage(workload.image);
}

/** Whether pages or code are put into a web server's image, and not its configuration alone. */
function hasContent(placed: Placed, units: readonly Unit[]): boolean {
  if (units.some((unit) => isWithin(unit.dir, placed.root))) return true;
  return (placed.dockerfile?.copies ?? []).some((copy) => /html|www|static|dist|build|public/.test(copy.to + copy.from));
}

/** Migrations, seeds, tests and set-up: they run beside the system and end. */
function isChore(workload: Workload, placed: Placed): boolean {
  if (isNeverService(placed.root) || /(?:^|[-_])(?:migrat\w*|seed\w*|init|setup|bootstrap|e2e|tests?|lint|builder|build|install|cypress|prisma-studio|studio|swagger|docs|base)(?:$|[-_])/.test(workload.name)) return true;
  return workload.isJob && (workload.by === "compose" || /migrat|seed|init|setup|test/.test(`${workload.name} ${workload.command}`)) || /^(?:\S*sh -c )?["']?(?:npx |npm run |yarn |pnpm )?(?:prisma |knex |typeorm |sequelize )?(?:db:)?(?:migrat|seed|test)/.test(workload.command);
}

/** A root folder that only holds others: an image built from it with no word on which is everything at once, and no service. */
function isMerelyTheWorkspace(units: readonly Unit[]): boolean {
  const root = units.find((unit) => unit.dir === "");
  return root?.runs === undefined && units.some((unit) => unit.dir !== "" && unit.runs !== undefined);
}

function byRoot(seats: readonly Seat[]): readonly (readonly [string, readonly Seat[]])[] {
  return [...groupedBy(seats, (seat) => seat.placed.root)];
}

/**
 * What several manifests say of one folder: the one that tells most of its deployables apart leads, the others add to it. Of equals
 * the cluster's leads, for Compose mostly runs on a developer's machine, and then the one that runs most of what it needs itself.
 */
function joinSeats(seats: readonly Seat[], root: string, { units, backings }: { readonly units: readonly Unit[]; readonly backings: readonly Backing[] }): readonly Deployable[] {
  const files = groupedBy(seats, manifestOf);
  const ranked = [...files.values()].sort((a, b) => b.length - a.length || byCluster(a) - byCluster(b) || beside(b) - beside(a) || rank(a) - rank(b));
  const groups: Seat[][] = [];
  for (const seat of ranked[0] ?? []) {
    const twin = groups.find((group) => group.some((other) => isReplica(other.workload, seat.workload)));
    if (twin === undefined) groups.push([seat]);
    else twin.push(seat);
  }
  for (const seat of ranked.slice(1).flat()) {
    const group = groupFor(seat, groups) ?? (isDevelopment(seat.workload.place.path) ? groups[0] : undefined);
    if (group === undefined) groups.push([seat]);
    else group.push(seat);
  }
  const unit = units.find((each) => each.dir === root);
  return groups.map((group) => toDeployable(group, { root, unit, alone: groups.length === 1 }));

  function beside([first]: readonly Seat[]): number {
    if (first?.workload.by !== "kubernetes") return 0;
    const tree = folderOf(folderOf(first.workload.place.path));
    return backings.filter((backing) => isWithin(backing.workload.place.path, tree)).length;
  }
}

function byCluster([first]: readonly Seat[]): number {
  return first?.workload.by === "kubernetes" ? 0 : 1;
}

/** Started twice to show that it can be: `api-1`, `api-2`, `another-api`. */
function isReplica(a: Workload, b: Workload): boolean {
  const [left, right] = [nameKey(a.name), nameKey(b.name)];
  const isSame = a.command === b.command && (left.replace(/\d+$/, "") === right.replace(/\d+$/, "") || [[left, right], [right, left]].some(([short = "", long = ""]) => long === `another${short}` || long === `second${short}` || long === `${short}replica`));
  return isSame && Object.keys(a.environment).sort().join() === Object.keys(b.environment).sort().join();
}

/** Kubernetes manifests of one folder are one deployment; each Compose file is one by itself. */
function manifestOf({ workload }: Seat): string {
  return workload.by === "kubernetes" ? `${folderOf(workload.place.path)}/` : workload.place.path;
}

function rank(seats: readonly Seat[]): number {
  const path = seats[0]?.workload.place.path ?? "";
  return path.split("/").length + (isDevelopment(path) ? 0.5 : 0);
}

function isDevelopment(path: string): boolean {
  return /(?:^|[./_-])(?:dev|local|debug|override|monitoring)(?:[./_-]|$)/.test(path);
}

function groupFor(seat: Seat, groups: readonly Seat[][]): Seat[] | undefined {
  const { name, command } = seat.workload;
  const named = groups.find((group) => group.some((other) => nameKey(other.workload.name) === nameKey(name)));
  if (named !== undefined) return named;
  const same = groups.filter((group) => group.some((other) => other.workload.command === command));
  if (groups.length === 1 && (command === "" || same.length === 1 || seat.workload.by !== groups[0]?.[0]?.workload.by)) return groups[0];
  return same.length >= 1 ? same[0] : undefined;
}

function toDeployable(group: readonly Seat[], around: { root: string; unit: Unit | undefined; alone: boolean }): Deployable {
  const [first] = group;
  const dockerfile = group.map((seat) => seat.placed.dockerfile).find((found) => found !== undefined);
  const names = group.map((seat) => seat.workload.name);
  return {
    name: first?.isWhole === true && around.unit !== undefined ? around.unit.name : nameOf(names, around),
    root: around.root,
    ...(around.unit === undefined ? {} : { unit: around.unit }),
    ...(dockerfile === undefined ? {} : { dockerfile }),
    workloads: group.map((seat) => seat.workload),
    evidence: [
      ...group.map((seat) => ({ says: `${seat.workload.by === "compose" ? "Compose" : "Kubernetes"} runs it as \`${seat.workload.name}\`. ${seat.placed.says}`, place: seat.workload.place })),
      ...(first !== undefined && around.unit?.runs !== undefined ? [{ says: around.unit.runs, place: { path: around.unit.because, at: 0, end: 0 } }] : []),
    ],
  };
}

const SAYS_NOTHING = /^(?:app|application|server|service|web|node|main|container|site|project|program|backend-app|nodejs|node-app)$/i;

/** The manifest's name, unless it says nothing (`app`), or another manifest agrees with the folder. */
function nameOf(names: readonly string[], around: { root: string; unit: Unit | undefined; alone: boolean }): string {
  const own = around.unit?.name ?? baseName(around.root);
  const [first = own] = names;
  if (!around.alone) return first;
  return names.find((name) => nameKey(name) === nameKey(own)) ?? (SAYS_NOTHING.test(first) && own !== "" ? own : first);
}

/** Applications that no manifest runs, and folders whose Dockerfile makes them one. */
function fromCode(known: readonly Deployable[], units: readonly Unit[], files: ManifestFiles): readonly Deployable[] {
  const roots = known.map((each) => each.root);
  const running = units.filter((unit) => unit.runs !== undefined && !roots.some((root) => root === unit.dir || (root !== "" && isWithin(unit.dir, root) && !hasOwnDockerfile(unit))));
  // The root of a system is the tool that starts it, unless nothing else is there.
  const applications = running.filter((unit) => unit.dir !== "" || (known.length === 0 && (running.length === 1 || unit.servesItself === true)) || hasOwnDockerfile(unit) && known.length === 0);
  const fromUnits = applications.filter((unit) => !applications.some((outer) => outer !== unit && outer.dir !== "" && isWithin(unit.dir, outer.dir) && hasOwnDockerfile(outer) && !hasOwnDockerfile(unit)));
  const claimed = [...roots, ...fromUnits.map((unit) => unit.dir)];
  const folders = [...files.dockerfiles.values()].filter((file) => /(?:^|\/)Dockerfile$/.test(file.path)).flatMap((file) => dockerfileFolder(file, claimed, units));
  return [...fromUnits.map((unit) => ofUnit(unit, files)), ...folders];

  function hasOwnDockerfile(unit: Unit): boolean {
    return files.dockerfiles.has(unit.dir === "" ? "Dockerfile" : `${unit.dir}/Dockerfile`);
  }
}

function ofUnit(unit: Unit, files: ManifestFiles): Deployable {
  const dockerfile = files.dockerfiles.get(unit.dir === "" ? "Dockerfile" : `${unit.dir}/Dockerfile`);
  return { name: unit.name, root: unit.dir, unit, workloads: [], evidence: [{ says: unit.runs ?? "It is deployed", place: { path: unit.because, at: 0, end: 0 } }], ...(dockerfile === undefined ? {} : { dockerfile }) };
}

/** A folder in another language that only its Dockerfile makes known. */
function dockerfileFolder(file: DockerfileSummary, claimed: readonly string[], units: readonly Unit[]): readonly Deployable[] {
  const folder = folderOf(file.path);
  const root = /^(?:src|docker|app|build|deploy)$/.test(baseName(folder)) ? folderOf(folder) : folder;
  const last = file.stages.at(-1)?.from ?? "";
  if (root === "" || isNeverService(root) || file.command === undefined) return [];
  if (claimed.some((other) => other !== "" && (isWithin(root, other) || isWithin(other, root))) || units.some((unit) => isWithin(unit.dir, root))) return [];
  if (/(?:^|\/)(?:docker|dockerfiles|infra|infrastructure|deploy|deployments?|k8s|genproto|proto|protos|pb|base-images|images|templates?|volumes|jenkins[\w-]*|test|tests|scripts?|tools?|\.\w+)(?:\/|$)/.test(root)) return [];
  if (infrastructureOfImage(last) !== undefined && !isRuntimeImage(last) && infrastructureOfImage(last)?.engine !== "ci") return [];
  return [{ name: baseName(root), root, dockerfile: file, workloads: [], evidence: [{ says: "Its folder has a Dockerfile", place: { path: file.path, at: 0, end: 0 } }] }];
}
