import {
  newReader,
  newWriter,
  readList,
  readNumber,
  readOffset,
  readOptional,
  readScalar,
  type Reader,
  tagsOf,
  writeList,
  writeOffset,
  writeOptional,
  type Writer,
  writeSpan,
} from "./codec-stream.ts";
import { readOptionalType, writeOptionalType } from "./codec-type.ts";
import {
  readOptionalValue,
  readPattern,
  readValue,
  writeOptionalValue,
  writePattern,
  writeValue,
} from "./codec-value.ts";
import type { DeclareInstruction, Instruction, LoopInstruction, SwitchInstruction, TryInstruction } from "./summary.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Handler = NonNullable<TryInstruction["handler"]>;
type Case = SwitchInstruction["cases"][number];

const kinds = [
  "declare",
  "evaluate",
  "return",
  "throw",
  "if",
  "loop",
  "try",
  "switch",
  "block",
  "break",
  "continue",
] as const satisfies readonly Instruction["kind"][];
const tags = tagsOf<Instruction["kind"]>(kinds);
const keywords = [
  "const",
  "let",
  "var",
  "using",
  "await using",
] as const satisfies readonly DeclareInstruction["keyword"][];
const keywordTags = tagsOf<DeclareInstruction["keyword"]>(keywords);
const forms = ["for", "while", "do", "of", "await of", "in"] as const satisfies readonly LoopInstruction["form"][];
const formTags = tagsOf<LoopInstruction["form"]>(forms);

/** A function's body as a text of its own, offsets counted from the function's start. */
export function encodeBody(body: readonly Instruction[], start: number): string {
  if (body.length === 0) return "";
  const w = newWriter(start);
  writeBody(w, body);
  return JSON.stringify(w.out);
}

export function decodeBody(text: string, start: number): readonly Instruction[] {
  return text === "" ? [] : readBody(newReader(text, start));
}

function writeBody(w: Writer, body: readonly Instruction[]): void {
  writeList(w, body, writeInstruction);
}

function readBody(r: Reader): Instruction[] {
  return readList(r, readInstruction);
}

function writeInstruction(w: Writer, instruction: Instruction): void {
  w.out.push(tags[instruction.kind]);
  writeSpan(w, instruction);
  switch (instruction.kind) {
    case "declare":
      w.out.push(keywordTags[instruction.keyword]);
      writePattern(w, instruction.pattern);
      writeOptionalType(w, instruction.type);
      return writeOptionalValue(w, instruction.value);
    case "evaluate":
    case "throw":
      return writeValue(w, instruction.value);
    case "return":
      return writeOptionalValue(w, instruction.value);
    case "if":
      writeValue(w, instruction.test);
      writeBody(w, instruction.then);
      return writeBody(w, instruction.else);
    case "loop":
      return writeLoop(w, instruction);
    case "try":
      writeBody(w, instruction.body);
      writeOptional(w, instruction.handler, writeHandler);
      return writeOptional(w, instruction.finalizer, writeBody);
    case "switch":
      writeValue(w, instruction.on);
      return writeList(w, instruction.cases, writeCase);
    case "block":
      w.out.push(instruction.label ?? 0);
      return writeBody(w, instruction.body);
    case "break":
    case "continue":
      w.out.push(instruction.label ?? 0);
      return;
  }
}

function readInstruction(r: Reader): Instruction {
  const kind = kinds[readNumber(r)];
  const at = readOffset(r);
  const end = at + readNumber(r);
  switch (kind) {
    case "declare":
      return readDeclare(r, at, end);
    case "evaluate":
    case "throw":
      return { kind, at, end, value: readValue(r) };
    case "return": {
      const value = readOptionalValue(r);
      return value === undefined ? { kind, at, end } : { kind, at, end, value };
    }
    case "if":
      return { kind, at, end, test: readValue(r), then: readBody(r), else: readBody(r) };
    case "loop":
      return readLoop(r, at, end);
    case "try":
      return readTry(r, at, end);
    case "switch":
      return { kind, at, end, on: readValue(r), cases: readList(r, readCase) };
    case "block": {
      const label = readScalar(r);
      return typeof label === "string"
        ? { kind, at, end, label, body: readBody(r) }
        : { kind, at, end, body: readBody(r) };
    }
    case "break":
    case "continue": {
      const label = readScalar(r);
      return typeof label === "string" ? { kind, at, end, label } : { kind, at, end };
    }
    default:
      throw new Error("The stored summary is damaged");
  }
}

function readDeclare(r: Reader, at: number, end: number): DeclareInstruction {
  const keyword = keywords[readNumber(r)] ?? "const";
  const declare: Mutable<DeclareInstruction> = { kind: "declare", at, end, keyword, pattern: readPattern(r) };
  const type = readOptionalType(r);
  if (type !== undefined) declare.type = type;
  const value = readOptionalValue(r);
  if (value !== undefined) declare.value = value;
  return declare;
}

function writeLoop(w: Writer, loop: LoopInstruction): void {
  w.out.push(formTags[loop.form], loop.label ?? 0);
  writeBody(w, loop.init);
  writeOptionalValue(w, loop.test);
  writeOptionalValue(w, loop.update);
  writeOptional(w, loop.each, writePattern);
  writeOptionalValue(w, loop.over);
  writeOffset(w, loop.headEnd);
  writeBody(w, loop.body);
}

function readLoop(r: Reader, at: number, end: number): LoopInstruction {
  const form = forms[readNumber(r)] ?? "for";
  const label = readScalar(r);
  const loop: Mutable<LoopInstruction> = { kind: "loop", at, end, form, init: readBody(r), body: [], headEnd: at };
  if (typeof label === "string") loop.label = label;
  const test = readOptionalValue(r);
  if (test !== undefined) loop.test = test;
  const update = readOptionalValue(r);
  if (update !== undefined) loop.update = update;
  const each = readOptional(r, readPattern);
  if (each !== undefined) loop.each = each;
  const over = readOptionalValue(r);
  if (over !== undefined) loop.over = over;
  loop.headEnd = readOffset(r);
  loop.body = readBody(r);
  return loop;
}

function readTry(r: Reader, at: number, end: number): TryInstruction {
  const instruction: Mutable<TryInstruction> = { kind: "try", at, end, body: readBody(r) };
  const handler = readOptional(r, readHandler);
  if (handler !== undefined) instruction.handler = handler;
  const finalizer = readOptional(r, readBody);
  if (finalizer !== undefined) instruction.finalizer = finalizer;
  return instruction;
}

function writeHandler(w: Writer, handler: Handler): void {
  writeSpan(w, handler);
  writeOptional(w, handler.binding, writePattern);
  writeBody(w, handler.body);
}

function readHandler(r: Reader): Handler {
  const at = readOffset(r);
  const end = at + readNumber(r);
  const binding = readOptional(r, readPattern);
  const body = readBody(r);
  return binding === undefined ? { at, end, body } : { at, end, binding, body };
}

function writeCase(w: Writer, each: Case): void {
  writeOptionalValue(w, each.test);
  writeBody(w, each.body);
}

function readCase(r: Reader): Case {
  const test = readOptionalValue(r);
  const body = readBody(r);
  return test === undefined ? { body } : { test, body };
}
