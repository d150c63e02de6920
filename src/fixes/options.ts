import { ts } from "ts-morph";
import type { Draft } from "./draft.ts";
import { indentAt } from "./edit.ts";

export type OptionsSet = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Sets properties of the options argument of a call: changes what is there, adds what is not, makes the argument if need be. */
export function setOptions(
  draft: Draft,
  call: ts.CallExpression | ts.NewExpression,
  index: number,
  wishes: Readonly<Record<string, string>>,
): OptionsSet {
  const args = call.arguments ?? ts.factory.createNodeArray<ts.Expression>();
  if (args.slice(0, index + 1).some(ts.isSpreadElement))
    return { ok: false, reason: "The arguments are spread, so the options cannot be seen" };
  const present = args[index];
  if (present !== undefined && isCallback(present)) {
    draft.insert(present.getStart(draft.file), `${draft.expression(literal(wishes))}, `);
    return { ok: true };
  }
  if (present !== undefined) return setProperties(draft, present, wishes);
  const missing = Array.from({ length: index - args.length }, () => "undefined");
  const text = [...missing, draft.expression(literal(wishes))].join(", ");
  if (call.arguments === undefined) draft.insert(call.end, `(${text})`);
  else draft.insert(args.at(-1)?.end ?? call.end - 1, args.length === 0 ? text : `,${gapBefore(draft, args)}${text}`);
  return { ok: true };
}

/** Arguments that stand on lines of their own get one more line. */
function gapBefore(draft: Draft, args: ts.NodeArray<ts.Expression>): string {
  const last = args.at(-1);
  const own = last?.getStart(draft.file) ?? 0;
  const isOnOwnLine = /^[ \t]*$/.test(draft.text.slice(draft.text.lastIndexOf("\n", own - 1) + 1, own));
  return isOnOwnLine ? draft.style.newline + indentAt(draft.text, own) : " ";
}

/** A function where options may stand: the options go before it. */
export function isCallback(node: ts.Expression): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  return ts.isIdentifier(node) && /^(cb|callback|done|next)$/.test(node.text);
}

/** The same for an expression that holds options. A name is spread, so that what it holds stays. */
export function setProperties(
  draft: Draft,
  options: ts.Expression,
  wishes: Readonly<Record<string, string>>,
): OptionsSet {
  const bare =
    ts.isParenthesizedExpression(options) || ts.isAsExpression(options) || ts.isSatisfiesExpression(options)
      ? options.expression
      : options;
  if (bare !== options) return setProperties(draft, bare, wishes);
  if (options.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(options) && options.text === "undefined")) {
    draft.replace(options, draft.expression(literal(wishes)));
    return { ok: true };
  }
  if (!ts.isObjectLiteralExpression(options)) {
    if (!isCheap(options)) return { ok: false, reason: "The options are computed elsewhere" };
    draft.replace(options, draft.expression(`{ ...${draft.source(options)}, ${entries(wishes)} }`));
    return { ok: true };
  }
  const added: Record<string, string> = {};
  for (const [name, value] of Object.entries(wishes)) {
    const property = options.properties.find((each) => each.name !== undefined && nameOf(each.name) === name);
    if (property === undefined) added[name] = value;
    else if (ts.isPropertyAssignment(property)) replaceUnlessSame(draft, property.initializer, draft.expression(value));
    else draft.replace(property, draft.expression(`{ ${name}: ${value} }`).slice(2, -2));
  }
  if (Object.keys(added).length > 0) addProperties(draft, options, added);
  return { ok: true };
}

/** Whether an options literal says this much already, or hides behind a spread that it may. */
export function hasProperty(options: ts.Expression | undefined, name: string): boolean {
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return false;
  return options.properties.some((each) => each.name !== undefined && nameOf(each.name) === name);
}

function replaceUnlessSame(draft: Draft, node: ts.Expression, text: string): void {
  if (draft.source(node) !== text) draft.replace(node, text);
}

function addProperties(
  draft: Draft,
  options: ts.ObjectLiteralExpression,
  added: Readonly<Record<string, string>>,
): void {
  const last = options.properties.at(-1);
  if (last === undefined) {
    draft.replace(options, draft.expression(literal(added)));
    return;
  }
  const own = last.getStart(draft.file);
  const multiline = draft.text.slice(options.getStart(draft.file), own).includes("\n");
  const gap = multiline ? draft.style.newline + indentAt(draft.text, own) : " ";
  const text = Object.entries(added).map(
    ([name, value]) => `,${gap}${draft.expression(literal({ [name]: value })).slice(2, -2)}`,
  );
  draft.insert(last.end, text.join(""));
}

function literal(wishes: Readonly<Record<string, string>>): string {
  return `{ ${entries(wishes)} }`;
}

function entries(wishes: Readonly<Record<string, string>>): string {
  return Object.entries(wishes)
    .map(([name, value]) => (name === value ? name : `${name}: ${value}`))
    .join(", ");
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

/** A name or a chain of them: may be spread without doing anything twice. */
function isCheap(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return isCheap(node.expression);
  if (ts.isCallExpression(node)) return true;
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}
