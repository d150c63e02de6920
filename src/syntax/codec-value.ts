import {
  readFlag,
  readList,
  readNumber,
  readOffset,
  readOptional,
  readScalar,
  readText,
  type Reader,
  tagsOf,
  writeFlag,
  writeList,
  writeOptional,
  type Writer,
  writeSpan,
} from "./codec-stream.ts";
import { readTypes, writeTypes } from "./codec-type.ts";
import type { ObjectProperty, Pattern, UnaryValue, Value } from "./summary.ts";

// Stored summaries depend on the order of these tables: a change of it is a change of `summaryFormat`.
const kinds = [
  "const",
  "template",
  "object",
  "array",
  "name",
  "member",
  "index",
  "call",
  "new",
  "function",
  "class",
  "unary",
  "binary",
  "conditional",
  "assign",
  "await",
  "spread",
  "yield",
  "yield*",
  "require",
  "other",
] as const satisfies readonly Value["kind"][];
const tags = tagsOf<Value["kind"]>(kinds);
/** A call that is a tagged template. */
const tagged = kinds.length;
const patternKinds = ["name", "object", "array", "other"] as const satisfies readonly Pattern["kind"][];
const patternTags = tagsOf<Pattern["kind"]>(patternKinds);
const nothing = patternKinds.length;

export function writeValue(w: Writer, value: Value): void {
  w.out.push(value.kind === "call" && value.tagged ? tagged : tags[value.kind]);
  writeSpan(w, value);
  switch (value.kind) {
    case "const":
      w.out.push(value.value);
      return;
    case "template":
      return writeValues(w, value.parts);
    case "object":
      return writeList(w, value.properties, writeProperty);
    case "array":
      writeFlag(w, value.cut);
      return writeValues(w, value.items);
    case "name":
      w.out.push(value.name);
      return;
    case "member":
      writeFlag(w, value.optional);
      w.out.push(value.name, value.nameAt - value.at);
      return writeValue(w, value.of);
    case "index":
      writeValue(w, value.of);
      return writeValue(w, value.key);
    case "call":
    case "new":
      writeValue(w, value.callee);
      writeValues(w, value.args);
      return writeTypes(w, value.typeArgs);
    case "function":
    case "class":
      w.out.push(value.id);
      return;
    case "unary":
      w.out.push(value.op);
      return writeValue(w, value.of);
    case "binary":
      w.out.push(value.op);
      writeValue(w, value.left);
      return writeValue(w, value.right);
    case "conditional":
      writeValue(w, value.test);
      writeValue(w, value.then);
      return writeValue(w, value.else);
    case "assign":
      w.out.push(value.op);
      writeValue(w, value.target);
      return writeValue(w, value.value);
    case "await":
    case "spread":
    case "yield":
    case "yield*":
      return writeValue(w, value.of);
    case "require":
      w.out.push(value.specifier);
      return;
    case "other":
      return writeValues(w, value.inner);
  }
}

export function readValue(r: Reader): Value {
  const number = readNumber(r);
  const kind = kinds[number];
  const at = readOffset(r);
  const end = at + readNumber(r);
  if (number === tagged) return { kind: "call", at, end, callee: readValue(r), args: readValues(r), typeArgs: readTypes(r), tagged: true };
  switch (kind) {
    case "const":
      return { kind, at, end, value: readScalar(r) };
    case "template":
      return { kind, at, end, parts: readValues(r) };
    case "object":
      return { kind, at, end, properties: readList(r, readProperty) };
    case "array":
      return { kind, at, end, cut: readFlag(r), items: readValues(r) };
    case "name":
      return { kind, at, end, name: readText(r) };
    case "member":
      return { kind, at, end, optional: readFlag(r), name: readText(r), nameAt: at + readNumber(r), of: readValue(r) };
    case "index":
      return { kind, at, end, of: readValue(r), key: readValue(r) };
    case "call":
    case "new":
      return { kind, at, end, callee: readValue(r), args: readValues(r), typeArgs: readTypes(r) };
    case "function":
    case "class":
      return { kind, at, end, id: readNumber(r) };
    case "unary":
      return { kind, at, end, op: readText(r) as UnaryValue["op"], of: readValue(r) };
    case "binary":
      return { kind, at, end, op: readText(r), left: readValue(r), right: readValue(r) };
    case "conditional":
      return { kind, at, end, test: readValue(r), then: readValue(r), else: readValue(r) };
    case "assign":
      return { kind, at, end, op: readText(r), target: readValue(r), value: readValue(r) };
    case "await":
    case "spread":
    case "yield":
    case "yield*":
      return { kind, at, end, of: readValue(r) };
    case "require":
      return { kind, at, end, specifier: readText(r) };
    default:
      return { kind: "other", at, end, inner: readValues(r) };
  }
}

export function writeValues(w: Writer, values: readonly Value[]): void {
  w.out.push(values.length);
  for (const value of values) writeValue(w, value);
}

export function readValues(r: Reader): Value[] {
  const values: Value[] = [];
  for (let left = readNumber(r); left > 0; left--) values.push(readValue(r));
  return values;
}

export function writeOptionalValue(w: Writer, value: Value | undefined): void {
  writeOptional(w, value, writeValue);
}

export function readOptionalValue(r: Reader): Value | undefined {
  return readOptional(r, readValue);
}

function writeProperty(w: Writer, property: ObjectProperty): void {
  w.out.push(property.key ?? (property.spread ? 1 : property.computed ? 2 : 0));
  writeSpan(w, property);
  if (property.computed) writeValue(w, property.computed);
  writeValue(w, property.value);
}

function readProperty(r: Reader): ObjectProperty {
  const key = readScalar(r);
  const at = readOffset(r);
  const end = at + readNumber(r);
  if (typeof key === "string") return { key, spread: false, at, end, value: readValue(r) };
  const computed = key === 2 ? { computed: readValue(r) } : {};
  return { ...computed, spread: key === 1, at, end, value: readValue(r) };
}

export function writePattern(w: Writer, pattern: Pattern | null): void {
  if (pattern === null) {
    w.out.push(nothing);
    return;
  }
  w.out.push(patternTags[pattern.kind]);
  writeSpan(w, pattern);
  switch (pattern.kind) {
    case "name":
      w.out.push(pattern.name);
      return;
    case "object":
      w.out.push(pattern.rest ?? 0);
      return writeList(w, pattern.properties, writePatternProperty);
    case "array":
      return writeList(w, pattern.items, writePattern);
    case "other":
      return;
  }
}

export function readPattern(r: Reader): Pattern {
  return readPatternOrHole(r) ?? { kind: "other", at: r.last, end: r.last };
}

function readPatternOrHole(r: Reader): Pattern | null {
  const tag = readNumber(r);
  if (tag === nothing) return null;
  const kind = patternKinds[tag];
  const at = readOffset(r);
  const end = at + readNumber(r);
  switch (kind) {
    case "name":
      return { kind, at, end, name: readText(r) };
    case "object": {
      const rest = readScalar(r);
      const properties = readList(r, readPatternProperty);
      return typeof rest === "string" ? { kind, at, end, properties, rest } : { kind, at, end, properties };
    }
    case "array":
      return { kind, at, end, items: readList(r, readPatternOrHole) };
    default:
      return { kind: "other", at, end };
  }
}

type PatternProperty = Extract<Pattern, { kind: "object" }>["properties"][number];

function writePatternProperty(w: Writer, property: PatternProperty): void {
  w.out.push(property.key);
  writePattern(w, property.pattern);
  writeOptionalValue(w, property.default);
}

function readPatternProperty(r: Reader): PatternProperty {
  const key = readText(r);
  const pattern = readPattern(r);
  const preset = readOptionalValue(r);
  return preset === undefined ? { key, pattern } : { key, pattern, default: preset };
}
