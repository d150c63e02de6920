import {
  readFlag,
  readList,
  readNumber,
  readScalar,
  readText,
  type Reader,
  readOptional,
  tagsOf,
  writeFlag,
  writeList,
  writeOptional,
  type Writer,
} from "./codec-stream.ts";
import type { TypeMember, TypeRef } from "./summary.ts";

const kinds = [
  "name",
  "union",
  "intersection",
  "typeof",
  "literal",
  "object",
  "function",
  "other",
] as const satisfies readonly TypeRef["kind"][];
const tags = tagsOf<TypeRef["kind"]>(kinds);
const bare = kinds.length;

export function writeType(w: Writer, type: TypeRef): void {
  if (type.kind === "name" && type.args.length === 0) {
    w.out.push(bare, type.name);
    return;
  }
  w.out.push(tags[type.kind]);
  switch (type.kind) {
    case "name":
      w.out.push(type.name);
      return writeTypes(w, type.args);
    case "union":
    case "intersection":
      return writeTypes(w, type.of);
    case "typeof":
      w.out.push(type.name);
      return;
    case "literal":
      w.out.push(type.value);
      return;
    case "object":
      return writeTypeMembers(w, type.members);
    case "function":
      writeList(w, type.params, writeOptionalType);
      return writeOptionalType(w, type.returns);
    case "other":
      return;
  }
}

export function readType(r: Reader): TypeRef {
  const tag = readNumber(r);
  if (tag === bare) return { kind: "name", name: readText(r), args: [] };
  const kind = kinds[tag];
  switch (kind) {
    case "name": {
      const name = readText(r);
      return { kind, name, args: readTypes(r) };
    }
    case "union":
    case "intersection":
      return { kind, of: readTypes(r) };
    case "typeof":
      return { kind, name: readText(r) };
    case "literal":
      return { kind, value: readScalar(r) };
    case "object":
      return { kind, members: readTypeMembers(r) };
    case "function": {
      const params = readList(r, readOptionalType);
      const returns = readOptionalType(r);
      return returns === undefined ? { kind, params } : { kind, params, returns };
    }
    default:
      return { kind: "other" };
  }
}

export function writeTypes(w: Writer, types: readonly TypeRef[]): void {
  writeList(w, types, writeType);
}

export function readTypes(r: Reader): TypeRef[] {
  return readList(r, readType);
}

export function writeOptionalType(w: Writer, type: TypeRef | undefined): void {
  writeOptional(w, type, writeType);
}

export function readOptionalType(r: Reader): TypeRef | undefined {
  return readOptional(r, readType);
}

export function writeTypeMembers(w: Writer, members: readonly TypeMember[]): void {
  writeList(w, members, writeMember);
}

export function readTypeMembers(r: Reader): TypeMember[] {
  return readList(r, readMember);
}

function writeMember(w: Writer, member: TypeMember): void {
  w.out.push(member.name);
  writeFlag(w, member.readonly);
  writeOptionalType(w, member.type);
}

function readMember(r: Reader): TypeMember {
  const name = readText(r);
  const readonly = readFlag(r);
  const type = readOptionalType(r);
  return type === undefined ? { name, readonly } : { name, readonly, type };
}
