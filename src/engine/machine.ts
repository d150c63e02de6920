import { availableParallelism } from "node:os";
import envPaths from "env-paths";

/** The user's own cache folder, as the platform wants it. */
export function cacheFolder(): string {
  return envPaths("faultline", { suffix: "" }).cache;
}

/** More threads than this wait for the disk and for each other. */
const MOST_THREADS = 8;

/** How many threads parse, unless somebody says otherwise. */
export function threadCount(): number {
  return Math.min(availableParallelism(), MOST_THREADS);
}
