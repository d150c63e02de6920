/** `config/default.json`, `config/production.yaml`, … of node-config: settings by path, as code asks for them (`config.get("users.url")`). */
import type { Node } from "../../syntax/summary.ts";
import type { ManifestFiles } from "./manifests.ts";
import { baseName, folderOf } from "./paths.ts";
import { entriesOf, placeOf, textOf } from "./reading.ts";
import type { Environment, Variable } from "./workload.ts";

/** Files of one folder, what gives way to the others first (node-config's documentation: file load order). */
const ORDER = ["default", "production", "staging", "test", "development", "docker", "local"];
const VARIABLES = "custom-environment-variables";

/** Settings of the `config` folders that speak to a service, with what the environment puts in their place. */
export function settingsIn(files: ManifestFiles, speaks: (path: string) => boolean, environment: Environment): Environment {
  const own = files.documents.filter(({ path }) => baseName(folderOf(path)) === "config" && rankOf(path) >= 0 && speaks(folderOf(path)));
  const settings: Record<string, Variable> = {};
  for (const file of own.sort((a, b) => folderOf(a.path).length - folderOf(b.path).length || rankOf(a.path) - rankOf(b.path))) {
    for (const { key, value, place } of leaves(file.documents[0], "", file.path)) {
      if (stemOf(file.path) !== VARIABLES) settings[key] = { value, place };
      else if ((environment[value]?.value ?? "") !== "") settings[key] = environment[value] ?? { value, place };
    }
  }
  return settings;
}

function stemOf(path: string): string {
  return baseName(path).replace(/\.(?:json5?|ya?ml)$/, "");
}

function rankOf(path: string): number {
  const stem = stemOf(path);
  return stem === VARIABLES ? ORDER.length : ORDER.indexOf(stem);
}

function leaves(node: Node | undefined, prefix: string, path: string): readonly (Variable & { readonly key: string })[] {
  return entriesOf(node).flatMap((entry) => {
    const key = `${prefix}${entry.key}`;
    const value = textOf(entry.value);
    return value === undefined ? leaves(entry.value, `${key}.`, path) : [{ key, value, place: placeOf(path, entry.value) }];
  });
}
