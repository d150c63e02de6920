/** What is known of libraries, ready for look-ups. The facts themselves stand in `data/`. */
import { conventions } from "./conventions.data.ts";
import type { Library, NamingConvention, Shape, TypeFacts } from "./library.ts";
import { libraries } from "./libraries.generated.ts";
import { compile, matches } from "./names.ts";

export type * from "./library.ts";
export { names } from "./conventions.data.ts";

export interface Catalog {
  readonly all: readonly Library[];
  /** Library behind an import specifier: package, alias, family (`@aws-sdk/client-*`) or a path inside one (`rxjs/operators`). */
  readonly find: (specifier: string) => Library | undefined;
  /** What a name means where nothing declares or imports it (`fetch`, `AbortSignal`, `setTimeout`). */
  readonly global: (name: string) => Shape | undefined;
  readonly conventions: readonly NamingConvention[];
  /**
   * Shape of an export. `*` and `=` ask for the module as a whole: its `=` or `default`, else a namespace of all exports. Where a
   * member is not found on such a whole, it is one of the exports.
   */
  readonly exportOf: (library: Library, name: string) => Shape | undefined;
  /** A type by the name that a shape gives: `Repository`, or `axios:AxiosInstance` for one of another library. */
  readonly type: (library: Library, name: string) => KnownType | undefined;
  /** What calling a member of a type does; looks into `extends` too. */
  readonly method: (type: KnownType, name: string) => Shape | undefined;
  /** Type of a property of a type. */
  readonly property: (type: KnownType, name: string) => KnownProperty | undefined;
}

export interface KnownType {
  readonly library: Library;
  readonly name: string;
  readonly facts: TypeFacts;
}

export interface KnownProperty {
  readonly type: KnownType;
  /** `name`: the property's name is that of an entity (`prisma.order`). */
  readonly entity?: "name";
}

export const catalog: Catalog = catalogOf(libraries, conventions);

/** A catalog of the given libraries. */
export function catalogOf(all: readonly Library[], namings: readonly NamingConvention[]): Catalog {
  const byName = new Map<string, Library>();
  for (const library of all) {
    for (const name of library.aliases ?? []) if (!byName.has(name)) byName.set(name, library);
  }
  for (const library of all) byName.set(library.package, library);
  const families = [...byName].filter(([name]) => name.includes("*")).sort(([a], [b]) => b.length - a.length);
  const found = new Map<string, Library | undefined>();
  const renamed = new Map<string, Library>();

  return { all, find, global, conventions: namings, exportOf, type, method, property };

  function find(specifier: string): Library | undefined {
    if (found.has(specifier)) return found.get(specifier);
    const library = exact(specifier) ?? inside(specifier);
    found.set(specifier, library);
    return library;
  }

  function exact(name: string): Library | undefined {
    const library = byName.get(name);
    return (library && underOwnName(library, name)) ?? byName.get(`node:${name}`) ?? families.find(([family]) => matches(family, name))?.[1];
  }

  /** Clients that are called alike speak to services of their own: each goes by its package. */
  function underOwnName(library: Library, name: string): Library {
    if (library.package === name || !library.category.includes("third-party")) return library;
    const known = renamed.get(name) ?? { ...library, package: name };
    renamed.set(name, known);
    return known;
  }

  function inside(specifier: string): Library | undefined {
    if (specifier.startsWith(".") || specifier.startsWith("/")) return undefined;
    const parts = specifier.split("/");
    const least = specifier.startsWith("@") ? 2 : 1;
    for (let length = parts.length - 1; length >= least; length -= 1) {
      const library = exact(parts.slice(0, length).join("/"));
      if (library) return library;
    }
    return undefined;
  }

  function global(name: string): Shape | undefined {
    const library = byName.get("global");
    return library && exportOf(library, name);
  }

  function type(library: Library, name: string): KnownType | undefined {
    const [owner, own] = name.includes(":") ? splitLast(name) : [undefined, name];
    const home = owner === undefined ? library : byName.get(owner);
    const facts = home?.types[own];
    return home && facts && { library: home, name: own, facts };
  }

  function method(known: KnownType, name: string): Shape | undefined {
    const own = lookUp(known.facts.methods, name);
    if (own?.exact) return own.value;
    const parent = parentOf(known);
    return (parent && method(parent, name)) ?? own?.value;
  }

  function property(known: KnownType, name: string): KnownProperty | undefined {
    const own = known.facts.properties && lookUp(known.facts.properties, name);
    if (own) {
      const target = type(known.library, own.value.type);
      return target && { type: target, ...(own.value.entity && { entity: own.value.entity }) };
    }
    const parent = parentOf(known);
    return parent && property(parent, name);
  }

  function parentOf(known: KnownType): KnownType | undefined {
    return known.facts.extends === undefined ? undefined : type(known.library, known.facts.extends);
  }
}

/** `node:http:Server` is type `Server` of `node:http`. */
function splitLast(name: string): readonly [string, string] {
  const at = name.lastIndexOf(":");
  return [name.slice(0, at), name.slice(at + 1)];
}

function exportOf(library: Library, name: string): Shape | undefined {
  if (name === "*" || name === "=") return whole(library);
  if (name === "default") return lookUpExact(library.exports, "default") ?? whole(library);
  return lookUp(library.exports, name)?.value;
}

function whole(library: Library): Shape {
  return (
    lookUpExact(library.exports, "=") ??
    lookUpExact(library.exports, "default") ?? { is: "namespace", members: library.exports }
  );
}

function lookUpExact(table: Readonly<Record<string, Shape>>, name: string): Shape | undefined {
  return compile(table).exact.get(name);
}

function lookUp<T>(
  table: Readonly<Record<string, T>>,
  name: string,
): { readonly value: T; readonly exact: boolean } | undefined {
  const compiled = compile(table);
  const exact = compiled.exact.get(name);
  if (exact !== undefined) return { value: exact, exact: true };
  const pattern = compiled.patterns.find((it) => it.expression.test(name));
  return pattern && { value: pattern.value, exact: false };
}

/** Looks a name up in a table of the catalog whose keys list names and patterns (`members` of a namespace, `statics` of a class). */
export function member<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return lookUp(table, name)?.value;
}
