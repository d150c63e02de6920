/** Look-up in the catalog's tables, whose keys may hold several names and patterns (`get,head`, `*Exception`). */
import type { Library, Shape } from "../../catalog/library.ts";

interface Table<T> {
  readonly exact: ReadonlyMap<string, T>;
  /** Longest first. */
  readonly patterns: readonly { readonly test: RegExp; readonly value: T }[];
}

const tables = new WeakMap<object, Table<unknown>>();

export function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  const made = (tables.get(table) ?? prepare(table)) as Table<T>;
  return made.exact.get(name) ?? made.patterns.find((p) => p.test.test(name))?.value;
}

/** An export of a library; `default` and `=` stand in for each other. */
export function exportShape(library: Library, name: string): Shape | undefined {
  const own = lookUp(library.exports, name);
  if (own && (name !== "=" || "=" in library.exports)) return own;
  if (name === "=") return lookUp(library.exports, "default");
  return own ?? (name === "default" ? library.exports["="] : undefined);
}

function prepare<T>(table: Readonly<Record<string, T>>): Table<T> {
  const exact = new Map<string, T>();
  const patterns: { test: RegExp; length: number; value: T }[] = [];
  for (const [keys, value] of Object.entries(table)) {
    for (const key of keys.split(",").map((k) => k.trim())) {
      if (key.includes("*")) patterns.push({ test: new RegExp(`^${key.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*")}$`), length: key.length, value });
      else exact.set(key, value);
    }
  }
  patterns.sort((a, b) => b.length - a.length);
  const made: Table<T> = { exact, patterns };
  tables.set(table, made);
  return made;
}
