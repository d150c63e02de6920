/** The environment a service runs in, put together from all that sets a variable. */
import type { EnvSummary } from "../../syntax/summary.ts";
import { settingsIn } from "./config-files.ts";
import type { Deployable } from "./deployables.ts";
import { interpolate } from "./interpolation.ts";
import type { ManifestFiles } from "./manifests.ts";
import { baseName, folderOf, isWithin } from "./paths.ts";
import { placeOf } from "./reading.ts";
import type { Environment, Variable } from "./workload.ts";

/**
 * Precedence, lowest first: Dockerfile, examples and `.env` of the folders above, those of the service, then what a manifest
 * gives it. Of several manifests the one that names the service wins.
 */
export function environmentOf(deployable: Deployable, files: ManifestFiles, roots: readonly string[]): Environment {
  const environment: Record<string, Variable> = {};
  for (const variable of deployable.dockerfile?.env ?? []) environment[variable.name] = { value: variable.value, place: placeOf(deployable.dockerfile?.path ?? "", variable) };
  const files_ = [...files.environments.values()].filter((file) => speaksTo(file.path, deployable.root, roots));
  for (const file of files_.sort((a, b) => weight(a.path, deployable.root) - weight(b.path, deployable.root) || (a.path < b.path ? -1 : 1))) addFile(environment, file);
  for (const workload of [...deployable.workloads].reverse()) Object.assign(environment, workload.environment);
  const known = expanded(environment);
  return { ...settingsIn(files, (folder) => speaksTo(folder, deployable.root, roots), known), ...known };
}

/** A dotenv file of the service's own folder, or of a folder above it that is no other service's. */
function speaksTo(path: string, root: string, roots: readonly string[]): boolean {
  const folder = folderOf(path);
  if (isWithin(folder, root)) return !roots.some((other) => other !== root && other.length > root.length && isWithin(folder, other));
  return isWithin(root, folder);
}

function addFile(environment: Record<string, Variable>, file: EnvSummary): void {
  for (const variable of file.variables) {
    // An example's blank says nothing that a real value should give way to.
    if (variable.value === "" && environment[variable.name] !== undefined) continue;
    environment[variable.name] = { value: variable.value, place: placeOf(file.path, variable) };
  }
}

function weight(path: string, root: string): number {
  const own = isWithin(path, root) && root !== "" ? 1_000 : 0;
  return own + folderOf(path).split("/").length * 10 + flavour(baseName(path));
}

/** Development says where things are on this machine; production mostly has blanks, examples are a last resort. */
function flavour(name: string): number {
  if (/example|sample|template|dist$|default/.test(name)) return 0;
  if (/prod|staging|stage/.test(name)) return 1;
  if (/base|common|shared/.test(name)) return 2;
  if (/dev|local/.test(name)) return 4;
  return /docker|compose/.test(name) ? 5 : 3;
}

function expanded(environment: Record<string, Variable>): Environment {
  const lookup = (name: string, depth: number): string | undefined => {
    const value = environment[name]?.value;
    return value === undefined || depth > 8 || !value.includes("$") ? value : interpolate(value, (inner) => (inner === name ? undefined : lookup(inner, depth + 1)));
  };
  return Object.fromEntries(Object.entries(environment).map(([name, variable]) => [name, variable.value.includes("$") ? { ...variable, value: lookup(name, 0) ?? variable.value } : variable]));
}
