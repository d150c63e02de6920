import ignore, { type Ignore } from "ignore";
import { foldersUp, isWithin } from "./paths.ts";

/** Ignore files by the folder that they govern. `.git/info/exclude` governs the root beside the root's own `.gitignore`. */
export type IgnoreRules = ReadonlyMap<string, Ignore>;

export function parseIgnoreFile(text: string): Ignore {
  // A pattern that is no valid expression costs only itself.
  const rules = ignore({ allowRelativePaths: true, ignoreCase: false });
  for (const line of text.split(/\r?\n/)) {
    try {
      rules.add(line);
    } catch {
      continue;
    }
  }
  return rules;
}

/** Whether a file or folder directly in a folder that is itself not ignored is ignored. The nearest ignore file that has an opinion wins. */
export function isIgnored(rules: IgnoreRules, path: string, kind: "file" | "folder"): boolean {
  for (const folder of foldersUp(path).slice(1)) {
    const own = rules.get(folder);
    if (own === undefined || !isWithin(folder, path)) continue;
    const relative = folder === "" ? path : path.slice(folder.length + 1);
    const verdict = own.test(kind === "folder" ? `${relative}/` : relative);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}
