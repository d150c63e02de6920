/** The parts of a file that others look at, and which of them an edit changed. Offsets count only where somebody keeps them. */
import type { ClassFact, ExportFact, TypeRef, Value } from "../../syntax/summary.ts";
import type { Bindings, Declared } from "./bindings.ts";

export type PartKey = "file" | "stars" | `${"name" | "export" | "function" | "class" | "field"} ${string}`;

/** What a part consists of: facts by identity, for unchanged facts are the same objects as before. */
type Part = readonly unknown[];

export function changedParts(before: Bindings | undefined, after: Bindings | undefined, keys: readonly PartKey[]): readonly PartKey[] {
  const [old, fresh] = [before && partsOf(before), after && partsOf(after)];
  return keys.filter((key) => key === "file" || !isSame(old?.(key) ?? NOTHING, fresh?.(key) ?? NOTHING));
}

const NOTHING: Part = [];

function isSame(a: Part, b: Part): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}

function partsOf(file: Bindings): (key: PartKey) => Part {
  const names = namesIn(file);
  const exports = new Map<string, unknown[]>();
  for (const fact of file.summary.exports) add(exports, fact.kind === "star" ? "*" : fact.name, ofExport(fact));
  return (key) => {
    const space = key.indexOf(" ");
    const [kind, rest] = space < 0 ? [key, ""] : [key.slice(0, space), key.slice(space + 1)];
    if (kind === "name") return names.get(rest) ?? NOTHING;
    if (kind === "export") return exports.get(rest) ?? NOTHING;
    if (kind === "stars") return exports.get("*") ?? NOTHING;
    if (kind === "function") return [file.summary.functions[Number(rest)]];
    if (kind === "class") return ofClass(file, file.summary.classes[Number(rest)]);
    const [id = "", ...field] = rest.split(".");
    const fact = file.summary.classes[Number(id)];
    return fact === undefined ? NOTHING : (file.assignedFields(fact).get(field.join(".")) ?? []).flatMap(({ value, fn }) => [idOf(value), fn.id]);
  };
}

function ofExport(fact: ExportFact): Part {
  if (fact.kind === "local") return ["local", fact.local];
  if (fact.kind === "value") return ["value", idOf(fact.value)];
  return fact.kind === "from" ? ["from", fact.imported, fact.specifier] : ["star", fact.specifier];
}

/** A class as its users see it: what its methods do is theirs to tell. */
function ofClass({ summary }: Bindings, fact: ClassFact | undefined): Part {
  if (fact === undefined) return NOTHING;
  const members = fact.members.flatMap((id) => {
    const fn = summary.functions[id];
    return [id, fn?.name, fn?.kind, fn?.isStatic, fact.isAbstract && fn?.body.length === 0];
  });
  const types = JSON.stringify([fact.implements, fact.extendsArgs]);
  return [fact.name, fact.parent, fact.isAbstract, fact.extends, types, fact.constructorId, ...fact.decorators, "fields", ...fact.fields, "members", ...members];
}

function namesIn(file: Bindings): ReadonlyMap<string, Part> {
  const { summary } = file;
  const names = new Map<string, unknown[]>();
  for (const { local, imported, specifier, typeOnly } of summary.imports) add(names, local, ["import", imported, specifier, typeOnly]);
  for (const fact of summary.types) add(names, fact.name, ["type", fact]);
  for (const fact of summary.classes) add(names, fact.name, ["class", fact.parent, fact.id]);
  for (const fn of summary.functions) {
    if (fn.kind === "function") add(names, fn.name, ["function", fn.parent, fn.id]);
    const locals = file.localsOf(fn);
    for (const [name, declared] of locals.declared) for (const each of declared) add(names, name, ofDeclared(each));
    for (const [name, assigned] of locals.assigned) for (const { op, value } of assigned) add(names, name, ["assigned", fn.id, op, idOf(value)]);
    for (const [name, binding] of locals.parameters) if (binding.kind === "parameter") add(names, name, ["parameter", fn.id, binding.index, binding.path.join("."), binding.fallback, typeOf(binding.fn.params[binding.index]?.type)]);
  }
  return names;
}

function ofDeclared({ by, value, path, fallback, element, scope, fn }: Declared): Part {
  const whole = scope.at === fn.at && scope.end === fn.end;
  return ["declared", fn.id, by?.keyword, typeOf(by?.type), idOf(value), path.join("."), fallback, element, ...(whole ? [] : [scope.at, scope.end])];
}

function typeOf(type: TypeRef | undefined): string {
  return type === undefined ? "" : JSON.stringify(type);
}

/** A function or class is known by its number, wherever it ends. */
function idOf(value: Value | undefined): unknown {
  return value?.kind === "function" || value?.kind === "class" ? `${value.kind} ${value.id}` : value;
}

function add(parts: Map<string, unknown[]>, name: string, part: Part): void {
  const known = parts.get(name);
  if (known) known.push(...part);
  else parts.set(name, [...part]);
}
