import { encodeBody } from "./codec-body.ts";
import {
  readFlag,
  readList,
  readNumber,
  readOffset,
  readStrings,
  readText,
  type Reader,
  tagsOf,
  writeFlag,
  writeList,
  type Writer,
  writeSpan,
  writeStrings,
} from "./codec-stream.ts";
import { withStoredBody } from "./lazy-body.ts";
import {
  readExport,
  readImports,
  readSuppression,
  readTypeFact,
  writeExport,
  writeImports,
  writeSuppression,
  writeTypeFact,
} from "./codec-facts.ts";
import { readOptionalType, readTypes, writeOptionalType, writeTypes } from "./codec-type.ts";
import {
  readOptionalValue,
  readPattern,
  readValues,
  writeOptionalValue,
  writePattern,
  writeValues,
} from "./codec-value.ts";
import type { ClassFact, CodeSummary, DecoratorFact, FieldFact, FunctionFact, ParamFact } from "./summary.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const kinds = [
  "module",
  "function",
  "arrow",
  "method",
  "constructor",
  "getter",
  "setter",
] as const satisfies readonly FunctionFact["kind"][];
const tags = tagsOf<FunctionFact["kind"]>(kinds);

/** Writes all but the bodies; answers these, one after the other. */
export function writeCode(w: Writer, summary: CodeSummary): string {
  const bodies: string[] = [];
  w.out.push((summary.generated ? 1 : 0) + (summary.jsx ? 2 : 0));
  writeImports(w, summary.imports);
  w.out.push(summary.functions.length);
  for (const fact of summary.functions) {
    const body = encodeBody(fact.body, fact.at);
    bodies.push(body);
    writeFunction(w, fact, body.length);
  }
  writeList(w, summary.classes, writeClass);
  writeList(w, summary.exports, writeExport);
  writeList(w, summary.types, writeTypeFact);
  writeList(w, summary.suppressions, writeSuppression);
  return bodies.join("");
}

export type CodeParts = Omit<CodeSummary, "kind" | "path" | "problems">;

/** Reads what `writeCode` wrote. A body is decoded when it is first asked for, and kept. */
export function readCode(r: Reader, bodies: string): CodeParts {
  const flags = readNumber(r);
  const imports = readImports(r);
  const functions: FunctionFact[] = [];
  let offset = 0;
  for (let left = readNumber(r); left > 0; left--) {
    const length = readNumber(r);
    functions.push(withStoredBody(readFunction(r, functions.length), { bodies, offset, length }));
    offset += length;
  }
  if (offset !== bodies.length) throw new Error("The stored summary is damaged");
  return {
    imports,
    functions,
    classes: readClasses(r),
    exports: readList(r, readExport),
    types: readList(r, readTypeFact),
    suppressions: readList(r, readSuppression),
    generated: (flags & 1) !== 0,
    jsx: (flags & 2) !== 0,
  };
}

function readClasses(r: Reader): ClassFact[] {
  const classes: ClassFact[] = [];
  for (let left = readNumber(r); left > 0; left--) classes.push(readClass(r, classes.length));
  return classes;
}

function writeFunction(w: Writer, fact: FunctionFact, bodyLength: number): void {
  const flags =
    (fact.isStatic ? 1 : 0) + (fact.isAsync ? 2 : 0) + (fact.isGenerator ? 4 : 0) + (fact.isExported ? 8 : 0);
  w.out.push(bodyLength, tags[fact.kind] * 16 + flags, fact.name, fact.parent, fact.classId);
  writeSpan(w, fact);
  w.out.push(fact.nameAt - fact.at, fact.nameEnd - fact.nameAt);
  writeList(w, fact.params, writeParam);
  writeOptionalType(w, fact.returns);
  writeList(w, fact.decorators, writeDecorator);
  writeStrings(w, fact.calls);
}

function readFunction(r: Reader, id: number): Omit<FunctionFact, "body"> {
  const flags = readNumber(r);
  const name = readText(r);
  const parent = readNumber(r);
  const classId = readNumber(r);
  const at = readOffset(r);
  const end = at + readNumber(r);
  const nameAt = at + readNumber(r);
  const nameEnd = nameAt + readNumber(r);
  const params = readList(r, readParam);
  const returns = readOptionalType(r);
  const fact: Mutable<Omit<FunctionFact, "body">> = {
    id,
    kind: kinds[flags >> 4] ?? "function",
    name,
    parent,
    at,
    end,
    classId,
    isStatic: (flags & 1) !== 0,
    isAsync: (flags & 2) !== 0,
    isGenerator: (flags & 4) !== 0,
    isExported: (flags & 8) !== 0,
    params,
    decorators: readList(r, readDecorator),
    nameAt,
    nameEnd,
    calls: readStrings(r),
  };
  if (returns !== undefined) fact.returns = returns;
  return fact;
}

function writeParam(w: Writer, param: ParamFact): void {
  w.out.push((param.rest ? 1 : 0) + (param.optional ? 2 : 0) + (param.property ? 4 : 0));
  writeSpan(w, param);
  writePattern(w, param.pattern);
  writeOptionalType(w, param.type);
  writeOptionalValue(w, param.default);
  writeList(w, param.decorators, writeDecorator);
}

function readParam(r: Reader): ParamFact {
  const flags = readNumber(r);
  const at = readOffset(r);
  const end = at + readNumber(r);
  const pattern = readPattern(r);
  const type = readOptionalType(r);
  const preset = readOptionalValue(r);
  const param: Mutable<ParamFact> = {
    at,
    end,
    pattern,
    rest: (flags & 1) !== 0,
    optional: (flags & 2) !== 0,
    property: (flags & 4) !== 0,
    decorators: readList(r, readDecorator),
  };
  if (type !== undefined) param.type = type;
  if (preset !== undefined) param.default = preset;
  return param;
}

function writeDecorator(w: Writer, decorator: DecoratorFact): void {
  writeSpan(w, decorator);
  w.out.push(decorator.name);
  writeFlag(w, decorator.args !== undefined);
  if (decorator.args !== undefined) writeValues(w, decorator.args);
}

function readDecorator(r: Reader): DecoratorFact {
  const at = readOffset(r);
  const end = at + readNumber(r);
  const name = readText(r);
  return readFlag(r) ? { at, end, name, args: readValues(r) } : { at, end, name };
}

function writeClass(w: Writer, fact: ClassFact): void {
  writeSpan(w, fact);
  w.out.push(fact.name, fact.parent, (fact.isExported ? 1 : 0) + (fact.isAbstract ? 2 : 0));
  w.out.push(fact.nameAt - fact.at, fact.nameEnd - fact.nameAt, fact.constructorId);
  writeOptionalValue(w, fact.extends);
  writeTypes(w, fact.extendsArgs);
  writeTypes(w, fact.implements);
  writeList(w, fact.decorators, writeDecorator);
  writeList(w, fact.fields, writeField);
  w.out.push(fact.members.length, ...fact.members);
}

function readClass(r: Reader, id: number): ClassFact {
  const at = readOffset(r);
  const end = at + readNumber(r);
  const name = readText(r);
  const parent = readNumber(r);
  const flags = readNumber(r);
  const nameAt = at + readNumber(r);
  const nameEnd = nameAt + readNumber(r);
  const constructorId = readNumber(r);
  const base = readOptionalValue(r);
  const fact: Mutable<ClassFact> = {
    id,
    at,
    end,
    name,
    parent,
    isExported: (flags & 1) !== 0,
    isAbstract: (flags & 2) !== 0,
    nameAt,
    nameEnd,
    constructorId,
    extendsArgs: readTypes(r),
    implements: readTypes(r),
    decorators: readList(r, readDecorator),
    fields: readList(r, readField),
    members: readList(r, readNumber),
  };
  if (base !== undefined) fact.extends = base;
  return fact;
}

function writeField(w: Writer, field: FieldFact): void {
  w.out.push(field.name, (field.isStatic ? 1 : 0) + (field.isReadonly ? 2 : 0));
  writeSpan(w, field);
  writeOptionalType(w, field.type);
  writeOptionalValue(w, field.value);
  writeList(w, field.decorators, writeDecorator);
}

function readField(r: Reader): FieldFact {
  const name = readText(r);
  const flags = readNumber(r);
  const at = readOffset(r);
  const end = at + readNumber(r);
  const type = readOptionalType(r);
  const value = readOptionalValue(r);
  const field: Mutable<FieldFact> = {
    name,
    isStatic: (flags & 1) !== 0,
    isReadonly: (flags & 2) !== 0,
    at,
    end,
    decorators: readList(r, readDecorator),
  };
  if (type !== undefined) field.type = type;
  if (value !== undefined) field.value = value;
  return field;
}
