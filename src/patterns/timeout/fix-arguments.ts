/** Which argument of a call takes the options. */
import { descendants, type Draft, isCallback, type OptionsSet, setOptions, ts } from "../../fixes/index.ts";
import { duration } from "./duration.ts";

/** Where an address may stand instead of the options (`request(url, options)`), they come next. */
export function afterAddress(draft: Draft, call: ts.CallExpression, argument: number): number {
  const given = call.arguments[argument];
  return given !== undefined && isAddress(draft, given) ? argument + 1 : argument;
}

function isAddress(draft: Draft, node: ts.Expression): boolean {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isBinaryExpression(node)) return true;
  if (ts.isNewExpression(node)) return draft.source(node.expression) === "URL";
  if (ts.isPropertyAccessExpression(node)) return ADDRESS.test(node.name.text);
  if (ts.isCallExpression(node)) return ADDRESS.test(draft.source(node.expression));
  if (!ts.isIdentifier(node)) return false;
  const declared = declarationOf(draft, node.text);
  if (declared?.type !== undefined) return /^(string|URL)$/.test(draft.source(declared.type));
  const value = declared?.initializer;
  if (value !== undefined && !ts.isIdentifier(value)) return isAddress(draft, value);
  return ADDRESS.test(node.text);
}

const ADDRESS = /(?:url|uri|endpoint|address|href)$/i;

function declarationOf(draft: Draft, name: string): ts.VariableDeclaration | ts.ParameterDeclaration | undefined {
  return descendants(draft.file).find(
    (node): node is ts.VariableDeclaration | ts.ParameterDeclaration =>
      (ts.isVariableDeclaration(node) || ts.isParameter(node)) && ts.isIdentifier(node.name) && node.name.text === name,
  );
}

/**
 * gRPC: request, metadata, options, callback. What runs takes options without metadata; the types of generated clients do not,
 * so TypeScript gets both.
 */
export function addDeadline(draft: Draft, call: ts.CallExpression, ms: number): OptionsSet {
  const deadline = `Date.now() + ${duration(ms)}`;
  const last = call.arguments.length - 1;
  const callback = call.arguments[last];
  const end = callback !== undefined && (isCallback(callback) || isHandedOn(callback, last)) ? last : call.arguments.length;
  const given = call.arguments.slice(1, end);
  const options = given.findIndex((each) => ts.isObjectLiteralExpression(each) || /option/i.test(draft.source(each)));
  if (options >= 0) return setOptions(draft, call, options + 1, { deadline });
  const library = ["@grpc/grpc-js", "grpc"].find((name) => draft.dependsOn(name));
  const isTyped = draft.style.language === "ts" && library !== undefined;
  if (!isTyped || given.length > 0 || end === 0) return insertOptions(draft, call, Math.max(end, 1), { deadline });
  const metadata = draft.import({ specifier: library, names: ["Metadata"] })("Metadata");
  draft.insert(call.arguments[end - 1]?.end ?? call.end - 1, `, new ${metadata}(), { deadline: ${deadline} }`);
  return { ok: true };
}

/** A name that stands last, behind the message: `resolve`, `done`. */
function isHandedOn(node: ts.Expression, index: number): boolean {
  return index > 0 && ts.isIdentifier(node) && /^(cb|callback|done|next|resolve|handle\w*|on[A-Z]\w*)$/.test(node.text);
}

function insertOptions(draft: Draft, call: ts.CallExpression, index: number, wishes: Readonly<Record<string, string>>): OptionsSet {
  const before = call.arguments[index];
  if (before === undefined) return setOptions(draft, call, index, wishes);
  const text = Object.entries(wishes).map(([name, value]) => `${name}: ${value}`);
  draft.insert(before.getStart(draft.file), `{ ${text.join(", ")} }, `);
  return { ok: true };
}
