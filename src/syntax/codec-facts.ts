import {
  readFlag,
  readList,
  readNumber,
  readOffset,
  readScalar,
  readText,
  type Reader,
  tagsOf,
  writeFlag,
  writeList,
  type Writer,
  writeSpan,
} from "./codec-stream.ts";
import { readType, readTypeMembers, readTypes, writeType, writeTypeMembers, writeTypes } from "./codec-type.ts";
import { readOptionalValue, readValue, writeOptionalValue, writeValue } from "./codec-value.ts";
import type { EnumMember, ExportFact, ImportFact, SuppressionFact, TypeFact } from "./summary.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Suppressed = SuppressionFact["rules"][number];

const exportKinds = ["local", "value", "from", "star"] as const satisfies readonly ExportFact["kind"][];
const exportTags = tagsOf<ExportFact["kind"]>(exportKinds);
const typeKinds = ["interface", "alias", "enum"] as const satisfies readonly TypeFact["kind"][];
const typeTags = tagsOf<TypeFact["kind"]>(typeKinds);

/** Most imports keep their name, and many share a specifier with the one before; a 0 says so. */
export function writeImports(w: Writer, facts: readonly ImportFact[]): void {
  w.out.push(facts.length);
  let last = "";
  for (const fact of facts) {
    w.out.push(
      fact.local,
      fact.imported === fact.local ? 0 : fact.imported,
      fact.specifier === last ? 0 : fact.specifier,
    );
    writeFlag(w, fact.typeOnly);
    writeSpan(w, fact);
    last = fact.specifier;
  }
}

export function readImports(r: Reader): ImportFact[] {
  const facts: ImportFact[] = [];
  let last = "";
  for (let left = readNumber(r); left > 0; left--) {
    const local = readText(r);
    const imported = readScalar(r);
    const specifier = readScalar(r);
    if (typeof specifier === "string") last = specifier;
    const typeOnly = readFlag(r);
    const at = readOffset(r);
    const end = at + readNumber(r);
    facts.push({
      local,
      imported: typeof imported === "string" ? imported : local,
      specifier: last,
      typeOnly,
      at,
      end,
    });
  }
  return facts;
}

export function writeExport(w: Writer, fact: ExportFact): void {
  w.out.push(exportTags[fact.kind]);
  writeSpan(w, fact);
  switch (fact.kind) {
    case "local":
      w.out.push(fact.name, fact.local);
      return;
    case "value":
      w.out.push(fact.name);
      return writeValue(w, fact.value);
    case "from":
      w.out.push(fact.name, fact.imported, fact.specifier);
      return;
    case "star":
      w.out.push(fact.specifier);
      return;
  }
}

export function readExport(r: Reader): ExportFact {
  const kind = exportKinds[readNumber(r)];
  const at = readOffset(r);
  const end = at + readNumber(r);
  switch (kind) {
    case "local":
      return { kind, at, end, name: readText(r), local: readText(r) };
    case "value":
      return { kind, at, end, name: readText(r), value: readValue(r) };
    case "from":
      return { kind, at, end, name: readText(r), imported: readText(r), specifier: readText(r) };
    case "star":
      return { kind, at, end, specifier: readText(r) };
    default:
      throw new Error("The stored summary is damaged");
  }
}

export function writeTypeFact(w: Writer, fact: TypeFact): void {
  w.out.push(typeTags[fact.kind], fact.name);
  writeSpan(w, fact);
  switch (fact.kind) {
    case "interface":
      writeTypes(w, fact.extends);
      return writeTypeMembers(w, fact.members);
    case "alias":
      return writeType(w, fact.type);
    case "enum":
      return writeList(w, fact.members, writeEnumMember);
  }
}

export function readTypeFact(r: Reader): TypeFact {
  const kind = typeKinds[readNumber(r)];
  const name = readText(r);
  const at = readOffset(r);
  const end = at + readNumber(r);
  switch (kind) {
    case "interface":
      return { kind, name, at, end, extends: readTypes(r), members: readTypeMembers(r) };
    case "alias":
      return { kind, name, at, end, type: readType(r) };
    case "enum":
      return { kind, name, at, end, members: readList(r, readEnumMember) };
    default:
      throw new Error("The stored summary is damaged");
  }
}

function writeEnumMember(w: Writer, member: EnumMember): void {
  w.out.push(member.name);
  writeSpan(w, member);
  writeOptionalValue(w, member.value);
}

function readEnumMember(r: Reader): EnumMember {
  const name = readText(r);
  const at = readOffset(r);
  const end = at + readNumber(r);
  const value = readOptionalValue(r);
  return value === undefined ? { name, at, end } : { name, at, end, value };
}

export function writeSuppression(w: Writer, fact: SuppressionFact): void {
  w.out.push(fact.scope === "file" ? 1 : 0);
  writeSpan(w, fact);
  writeList(w, fact.rules, writeSuppressed);
  w.out.push(fact.until ?? 0, fact.reason, fact.error ?? 0, fact.targetAt, fact.targetEnd);
}

export function readSuppression(r: Reader): SuppressionFact {
  const scope = readFlag(r) ? "file" : "line";
  const at = readOffset(r);
  const end = at + readNumber(r);
  const rules = readList(r, readSuppressed);
  const until = readScalar(r);
  const reason = readText(r);
  const error = readScalar(r);
  const fact: Mutable<SuppressionFact> = {
    scope,
    at,
    end,
    rules,
    reason,
    targetAt: readNumber(r),
    targetEnd: readNumber(r),
  };
  if (typeof until === "string") fact.until = until;
  if (typeof error === "string") fact.error = error;
  return fact;
}

function writeSuppressed(w: Writer, rule: Suppressed): void {
  w.out.push(rule.slug);
  writeSpan(w, rule);
}

function readSuppressed(r: Reader): Suppressed {
  const slug = readText(r);
  const at = readOffset(r);
  return { slug, at, end: at + readNumber(r) };
}
