/** What a written type says of a value: declared types decide, the type checker never does (law 9). */
import type { TypeMember, TypeRef } from "../../syntax/summary.ts";
import { anyOf, type Traced, unknown } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

const TRANSPARENT = new Set(["Promise", "Observable", "Awaited", "Readonly", "Partial", "Required", "NonNullable", "Omit", "Pick", "DeepMockProxy", "Lazy", "Nullable", "Maybe"]);

/** A value of the type `type` as written in file `path`; `name` is what the value is called there. */
export function valueOfType(tracer: Tracer, type: TypeRef, path: string, name: string, depth = 0): Traced {
  if (depth > 8) return unknown("the type refers to itself");
  switch (type.kind) {
    case "union":
      return anyOf(type.of.filter((t) => !(t.kind === "name" && (t.name === "undefined" || t.name === "null")) && t.kind !== "literal").map((t) => valueOfType(tracer, t, path, name, depth + 1)));
    case "intersection":
      return anyOf(type.of.map((t) => valueOfType(tracer, t, path, name, depth + 1)));
    case "typeof": {
      const frame = tracer.frame({ path, id: 0 });
      return frame ? tracer.name(type.name, frame, frame.fn.end) : unknown("no such file");
    }
    case "name":
      return ofName(tracer, type, path, name, depth);
    case "object":
      return recordOf(type.members, path);
    case "literal":
      return { is: "const", value: type.value };
    default:
      return unknown("a type that names nothing");
  }
}

function ofName(tracer: Tracer, type: TypeRef & { kind: "name" }, path: string, name: string, depth: number): Traced {
  const [first] = type.args;
  if (TRANSPARENT.has(type.name) && first) return valueOfType(tracer, first, path, name, depth + 1);
  if ((type.name === "ReturnType" || type.name === "InstanceType") && first) return ofReturnType(tracer, first, path, name);
  const file = tracer.file(path);
  if (!file) return unknown("the file is not analysed");
  const parts = type.name.split(".");
  const [head = ""] = parts;
  const imported = file.import(head);
  if (imported) {
    const value = parts.slice(1).reduce((t, part) => memberType(tracer, t, part), tracer.import(imported.specifier, imported.imported, path));
    const made = instanceFrom(tracer, value, type, name);
    if (made) return made;
    const target = tracer.world.resolve(path, imported.specifier);
    return target.is === "file" ? declaredIn(tracer, target.path, imported.imported === "default" ? head : imported.imported, name, depth) : unknown("a type of an unknown library");
  }
  return declaredIn(tracer, path, head, name, depth, type);
}

function memberType(tracer: Tracer, of: Traced, part: string): Traced {
  if (of.is === "export") {
    const shape = tracer.world.catalog.exportOf(of.library, part);
    if (shape) return { is: "export", library: of.library, name: part, shape };
    if (of.library.types[part]) return { is: "export", library: of.library, name: part, shape: { is: "class", type: part } };
  }
  return of.is === "module" ? tracer.exportOf(of.path, part) : unknown("no such type");
}

/** A type found in the file that declares or re-exports it. */
function declaredIn(tracer: Tracer, path: string, typeName: string, name: string, depth: number, used?: TypeRef & { kind: "name" }): Traced {
  const file = tracer.file(path);
  if (!file || depth > 8) return unknown("the file is not analysed");
  const cls = file.class(typeName);
  if (cls) return { is: "self", class: { path, id: cls.id } };
  const fact = file.type(typeName);
  if (fact?.kind === "alias") return valueOfType(tracer, fact.type, path, name, depth + 1);
  if (fact?.kind === "interface") return ofInterface(tracer, path, fact, name, depth);
  const exported = file.export(typeName);
  if (exported?.kind === "from") {
    const target = tracer.world.resolve(path, exported.specifier);
    if (target.is === "file") return declaredIn(tracer, target.path, exported.imported, name, depth + 1, used);
    return instanceFrom(tracer, tracer.import(exported.specifier, exported.imported, path), used ?? { kind: "name", name: typeName, args: [] }, name) ?? unknown("a type of an unknown library");
  }
  if (exported?.kind === "local" && exported.local !== typeName) return declaredIn(tracer, path, exported.local, name, depth + 1, used);
  const home = exported === undefined ? tracer.modules.behindStars(path, typeName) : undefined;
  if (home !== undefined) return declaredIn(tracer, home, typeName, name, depth + 1, used);
  const imported = file.import(typeName);
  if (imported) return ofName(tracer, used ?? { kind: "name", name: typeName, args: [] }, path, name, depth + 1);
  const shape = tracer.world.catalog.global(typeName);
  const library = shape && tracer.world.catalog.find("global");
  return shape && library ? (instanceFrom(tracer, { is: "export", library, name: typeName, shape }, used ?? { kind: "name", name: typeName, args: [] }, name) ?? unknown("a global type")) : unknown(`the type ${typeName} was not found`);
}

/** Whoever implements the interface; else what it extends. */
function ofInterface(tracer: Tracer, path: string, fact: { readonly name: string; readonly extends: readonly TypeRef[]; readonly members: readonly TypeMember[] }, name: string, depth: number): Traced {
  const classes = tracer.implementors(path, fact.name);
  if (classes.length > 0 && classes.length <= 4) return anyOf(classes.map((key) => ({ is: "self", class: key }) as const));
  if (classes.length > 4) return unknown("many classes implement it");
  const bases = fact.extends.map((t) => valueOfType(tracer, t, path, name, depth + 1));
  return bases.length > 0 ? anyOf(bases) : (generatedClient(tracer, path, fact.name, name) ?? recordOf(fact.members, path));
}

function recordOf(members: readonly TypeMember[], path: string): Traced {
  return members.length === 0 ? unknown("nothing implements it") : { is: "record", path, members };
}

/** The interface of a client that a generator wrote, which a library implements at run time. */
function generatedClient(tracer: Tracer, path: string, typeName: string, name: string): Traced | undefined {
  const file = tracer.file(path);
  for (const library of tracer.world.catalog.all) {
    const { generated } = library;
    if (!generated || !new RegExp(generated.interface).test(typeName)) continue;
    const isBeside = generated.beside.some((other) => tracer.world.catalog.find(file?.import(other)?.specifier ?? "") === library);
    if (isBeside) return { is: "instance", origin: { library, type: generated.type, name, confidence: "certain" } };
  }
  return undefined;
}

function instanceFrom(tracer: Tracer, traced: Traced, type: TypeRef & { kind: "name" }, name: string): Traced | undefined {
  if (traced.is === "class") return { is: "self", class: traced.class };
  if (traced.is !== "export") return undefined;
  const typeName = traced.shape.is === "class" || traced.shape.is === "factory" || traced.shape.is === "instance" ? traced.shape.type : traced.library.types[traced.name] ? traced.name : undefined;
  if (typeName === undefined) return undefined;
  const [first] = type.args;
  const entity = first?.kind === "name" ? first.name.replace(/(?:Document|HydratedDocument)$/, "") : undefined;
  return { is: "instance", origin: { library: traced.library, type: typeName, name, confidence: "certain", ...(entity === undefined ? {} : { entity }) } };
}

function ofReturnType(tracer: Tracer, of: TypeRef, path: string, name: string): Traced {
  if (of.kind !== "typeof") return unknown("the return type of something unknown");
  const frame = tracer.frame({ path, id: 0 });
  const made = frame ? tracer.name(of.name, frame, frame.fn.end) : unknown("no such file");
  if (made.is === "export" && (made.shape.is === "factory" || made.shape.is === "class")) return { is: "instance", origin: { library: made.library, type: made.shape.type, name, confidence: "certain" } };
  return made.is === "class" ? { is: "self", class: made.class } : unknown("the return type of something unknown");
}
