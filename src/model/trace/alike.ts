/**
 * Whether two things that were found out say the same. Facts and values of summaries are the same only where they are the same
 * object: an unchanged one is kept through edits.
 */
export function isAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((each, at) => isAlike(each, b[at]));
  if (a instanceof Set) return b instanceof Set && a.size === b.size && [...a].every((each) => b.has(each));
  if (isFact(a) || isFact(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => isAlike((a as Fields)[key], (b as Fields)[key]));
}

type Fields = Readonly<Record<string, unknown>>;

/** Values and functions of summaries have a kind and a place; libraries have types. */
function isFact(thing: object): boolean {
  return ("kind" in thing && "at" in thing) || "types" in thing || "body" in thing;
}
