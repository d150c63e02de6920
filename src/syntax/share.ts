import type { ClassFact, CodeSummary, ExportFact, FunctionFact, Instruction, TypeRef } from "./summary.ts";

/**
 * The fresh summary of a file, with every fact that says the same as before taken from the one before: who holds on to such a
 * fact, or found something out about it, need not look again.
 */
export function shareFacts(fresh: CodeSummary, before: CodeSummary): CodeSummary {
  return {
    ...fresh,
    imports: shareList(fresh.imports, before.imports),
    exports: shareList(fresh.exports, before.exports, shareExport),
    functions: shareList(fresh.functions, before.functions, shareFunction),
    classes: shareList(fresh.classes, before.classes, shareClass),
    types: shareList(fresh.types, before.types),
  };
}

function shareList<T>(fresh: readonly T[], before: readonly T[], shareParts?: (fresh: T, before: T) => T): readonly T[] {
  const known = new Map(before.map((one) => [keyOf(one), one]));
  return fresh.map((one) => {
    const old = known.get(keyOf(one));
    if (old === undefined) return one;
    if (isSame(one, old)) return old;
    return shareParts ? shareParts(one, old) : one;
  });
}

/** Functions and classes are known by their number, all else by where it stands. */
function keyOf(fact: unknown): unknown {
  if (typeof fact !== "object" || fact === null) return undefined;
  return "id" in fact ? fact.id : "at" in fact ? fact.at : undefined;
}

function share<T>(fresh: T, before: T): T {
  return isSame(fresh, before) ? before : fresh;
}

function shareExport(fresh: ExportFact, before: ExportFact): ExportFact {
  return fresh.kind === "value" && before.kind === "value" ? { ...fresh, value: share(fresh.value, before.value) } : fresh;
}

/** What a module says is shared statement by statement. */
function shareFunction(fresh: FunctionFact, before: FunctionFact): FunctionFact {
  if (fresh.kind !== "module") return fresh;
  const body: readonly Instruction[] = shareList(fresh.body, before.body);
  return { ...fresh, body };
}

function shareClass(fresh: ClassFact, before: ClassFact): ClassFact {
  const base = fresh.extends && before.extends ? share(fresh.extends, before.extends) : fresh.extends;
  const implemented: readonly TypeRef[] = share(fresh.implements, before.implements);
  return {
    ...fresh,
    ...(base ? { extends: base } : {}),
    implements: implemented,
    fields: shareList(fresh.fields, before.fields),
    decorators: shareList(fresh.decorators, before.decorators),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((each, at) => isSame(each, b[at]));
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => isSame((a as Fields)[key], (b as Fields)[key]));
}

type Fields = Readonly<Record<string, unknown>>;
