import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import type { WorkspaceProblem } from "./workspace.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export interface ReadJson {
  /** As far as it could be read. */
  readonly value: Json | undefined;
  readonly problems: readonly WorkspaceProblem[];
}

/** JSON with comments and trailing commas. A broken text yields one problem, where it breaks, and what could be read. */
export function readJson(path: string, text: string): ReadJson {
  const strict = parseStrictly(text);
  if (strict !== undefined) return { value: strict, problems: [] };
  const errors: ParseError[] = [];
  const tree = parseJsonTree(text, errors);
  return {
    value: tree === undefined ? undefined : jsonOf(tree),
    problems: errors.slice(0, 1).map((error) => toProblem(path, text, error)),
  };
}

export function parseJsonTree(text: string, errors: ParseError[]): Node | undefined {
  return parseTree(text, errors, { allowTrailingComma: true });
}

/** Own properties only, and `__proto__` as a plain key: what stands in a file must not reach into our objects. */
export function jsonOf(node: Node): Json {
  if (node.type === "array") return (node.children ?? []).map(jsonOf);
  if (node.type !== "object") return scalarOf(node.value);
  const entries = (node.children ?? []).flatMap((property): [string, Json][] => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined ? [] : [[String(key.value), jsonOf(value)]];
  });
  return Object.fromEntries(entries);
}

export function toProblem(path: string, text: string, error: ParseError): WorkspaceProblem {
  const at = Math.min(error.offset, Math.max(0, text.length - 1));
  const what = PARSE_ERRORS[printParseErrorCode(error.error)] ?? "something that JSON does not allow stands";
  return {
    path,
    at,
    end: Math.min(text.length, at + Math.max(1, error.length)),
    message: `This file is not valid JSON: ${what} here.`,
    severity: "error",
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The string properties of an object, sorted by key, so that equal content gives equal output. */
export function textRecord(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, string][] => (typeof item === "string" ? [[key, item]] : [])),
  );
}

function parseStrictly(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function scalarOf(value: unknown): Json {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

const PARSE_ERRORS: Readonly<Record<string, string>> = {
  InvalidSymbol: "a word that JSON does not know stands",
  InvalidNumberFormat: "a number is malformed",
  PropertyNameExpected: "a property name is missing",
  ValueExpected: "a value is missing",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing brace is missing",
  CloseBracketExpected: "a closing bracket is missing",
  EndOfFileExpected: "the file should have ended",
  UnexpectedEndOfComment: "a comment is not closed",
  UnexpectedEndOfString: "a string is not closed",
  UnexpectedEndOfNumber: "a number is cut off",
  InvalidUnicode: "a unicode escape is malformed",
  InvalidEscapeCharacter: "an escape is malformed",
  InvalidCharacter: "a control character stands",
};
