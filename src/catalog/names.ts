/** Keys of the catalog's tables: `get,head`, `create*`, `*`. */

export interface CompiledTable<T> {
  readonly exact: ReadonlyMap<string, T>;
  /** The longest first, so that the narrower one wins. */
  readonly patterns: readonly { readonly pattern: string; readonly expression: RegExp; readonly value: T }[];
}

const compiledTables = new WeakMap<object, CompiledTable<unknown>>();

/** The names that the keys of a table list, taken apart once. */
export function compile<T>(table: Readonly<Record<string, T>>): CompiledTable<T> {
  const known = compiledTables.get(table);
  if (known) return known as CompiledTable<T>;
  const exact = new Map<string, T>();
  const patterns: { pattern: string; expression: RegExp; value: T }[] = [];
  for (const [key, value] of Object.entries(table)) {
    for (const name of namesIn(key)) {
      if (name.includes("*")) patterns.push({ pattern: name, expression: expressionOf(name), value });
      else exact.set(name, value);
    }
  }
  patterns.sort((a, b) => b.pattern.length - a.pattern.length);
  const compiled: CompiledTable<T> = { exact, patterns };
  compiledTables.set(table, compiled);
  return compiled;
}

/** The names that one key lists. */
export function namesIn(key: string): readonly string[] {
  return key.split(",").map((name) => name.trim());
}

/** Whether a name fits a pattern in which `*` stands for any run of characters. */
export function matches(pattern: string, name: string): boolean {
  return expressionOf(pattern).test(name);
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
