import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of this repository. */
export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** A file whose whole content follows from others. */
export interface GeneratedFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** First line of every generated module. */
export const banner = "// Written by `npm run generate`. Do not edit.";

export function isStale({ path, text }: GeneratedFile): boolean {
  const absolute = join(repository, path);
  return !existsSync(absolute) || readFileSync(absolute, "utf8") !== text;
}

/** Writes a file unless it holds just that already; tells whether it did. */
export function write(file: GeneratedFile): boolean {
  if (!isStale(file)) return false;
  const absolute = join(repository, file.path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, file.text);
  return true;
}
