/** One breaker for each dependency: a constant for each where they are written down, a map by host where the address comes in. */
import { ancestor, descendants, Draft, enclosing, finish, freshName, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";
import { keyed } from "./keyed.ts";

export interface SplitFixData {
  readonly path: string;
  readonly made: Span;
  /** Calls that fire it, each for one dependency. */
  readonly firings: readonly { readonly path: string; readonly call: Span; readonly dependency: string; readonly isFirst: boolean }[];
  /** The one call that fires it, inside a function that is given the address. */
  readonly wrapper?: { readonly path: string; readonly call: Span };
}

export function splitFixes(data: SplitFixData): readonly FixOffer[] {
  const byHost = data.wrapper !== undefined;
  return [{ id: "circuit-breaker/split", title: byHost ? "Keep one breaker for each host" : "Make one breaker for each dependency", kind: "review", build: (context) => split(context, data) }];
}

function split(context: FixContext, data: SplitFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const made = draft && nodeAt(draft.file, data.made);
  if (draft === undefined || made === undefined) return STALE;
  const declaration = ts.isVariableDeclaration(made.parent) && ts.isIdentifier(made.parent.name) ? made.parent : undefined;
  const statement = declaration && ancestor(declaration, ts.isVariableStatement);
  const places = data.wrapper === undefined ? data.firings : [data.wrapper];
  const isPlain = statement !== undefined && ts.isSourceFile(statement.parent) && statement.declarationList.declarations.length === 1;
  if (declaration === undefined || statement === undefined || !isPlain || places.some(({ path }) => path !== data.path)) return { ok: false, reason: "The breaker is made in one place and fired in others; make one for each of them" };
  const name = draft.source(declaration.name);
  if (data.wrapper !== undefined) return byHost({ draft, statement, made, name }, data.wrapper.call);
  return byDependency({ draft, statement, made, name }, data);
}

interface Made {
  readonly draft: Draft;
  readonly statement: ts.VariableStatement;
  readonly made: ts.Node;
  readonly name: string;
}

function byDependency({ draft, statement, made, name }: Made, { firings }: SplitFixData): FixResult {
  const names = new Map<string, string>();
  for (const { call, dependency, isFirst } of firings) {
    if (isFirst) continue;
    const fire = enclosing(draft.file, call, ts.isCallExpression);
    const fired = fire && ts.isPropertyAccessExpression(fire.expression) ? fire.expression.expression : undefined;
    if (fired === undefined || !ts.isIdentifier(fired) || fired.text !== name) return { ok: false, reason: "The breaker is combined with others before it is fired" };
    const own = names.get(dependency) ?? freshName(draft.file, `${camelCase(dependency)}Breaker`);
    names.set(dependency, own);
    draft.replace(fired, own);
  }
  draft.after(statement, [...names.values()].map((own) => `const ${own} = ${draft.source(made)};`).join("\n"));
  return finish(draft);
}

function byHost({ draft, statement, made, name }: Made, call: Span): FixResult {
  const fire = enclosing(draft.file, call, ts.isCallExpression);
  const fired = fire && ts.isPropertyAccessExpression(fire.expression) ? fire.expression.expression : undefined;
  const host = fire && hostIn(draft, fire);
  const uses = descendants(draft.file).filter((node) => ts.isIdentifier(node) && node.text === name);
  if (fired === undefined || host === undefined || !ts.isIdentifier(fired) || fired.text !== name) return { ok: false, reason: "Which of its arguments holds the address cannot be told" };
  if (uses.length > 2 || statement.modifiers !== undefined) return { ok: false, reason: `\`${name}\` is used elsewhere too` };
  draft.replace(statement, draft.styled(keyed(name, draft.source(made), { key: "host", setUps: [], isTyped: draft.style.language === "ts" })));
  draft.replace(fired, `${name}For(${host})`);
  return finish(draft);
}

/** The host of the address that a guarded call is given: `new URL(url).host`, or what stands at the beginning of a template. */
function hostIn(draft: Draft, fire: ts.CallExpression): string | undefined {
  const given = new Set(parametersAround(fire));
  const [first] = fire.arguments;
  const inner = first === undefined || ts.isIdentifier(first) ? [] : descendants(first).filter(ts.isCallExpression);
  for (const address of [first, ...inner.map((each) => each.arguments[0])]) {
    if (address === undefined) continue;
    if (ts.isIdentifier(address) && given.has(address.text)) return `new URL(${address.text}).host`;
    const [span] = ts.isTemplateExpression(address) && /^([a-z]+:\/\/)?$/i.test(address.head.text) ? address.templateSpans : [];
    if (span !== undefined && ts.isIdentifier(span.expression) && given.has(span.expression.text)) return draft.source(span.expression);
  }
  return undefined;
}

function parametersAround(node: ts.Node): readonly string[] {
  const names: string[] = [];
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if (ts.isFunctionLike(at)) names.push(...at.parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : [])));
  }
  return names;
}

function camelCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words.map((word, index) => (index === 0 ? (word[0]?.toLowerCase() ?? "") : (word[0]?.toUpperCase() ?? "")) + word.slice(1)).join("");
  return /^[A-Za-z]/.test(joined) ? joined : `dependency${joined}`;
}
