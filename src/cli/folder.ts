import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Refusal } from "./status.ts";

/** The folder that was named, as an absolute path. */
export function existingFolder(named: string): string {
  const folder = resolve(named);
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) throw new Refusal(`There is no folder ${named}`);
  if (!stats.isDirectory()) throw new Refusal(`${named} is a file; name the folder that holds the services`);
  return folder;
}
