import { distance } from "fastest-levenshtein";

/** ` (did you mean …?)` for a name that was probably mistyped, else nothing. */
export function nearest(given: string, names: readonly string[]): string {
  const [best] = names.map((name) => ({ name, far: distance(given, name) })).sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(2, Math.floor(given.length / 3)) ? ` (did you mean \`${best.name}\`?)` : "";
}
