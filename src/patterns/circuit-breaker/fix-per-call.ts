/** Makes a breaker once that was made for each call: at module scope, or in a map by what it is called for. */
import { ancestor, descendants, Draft, enclosing, finish, freshName, indentAt, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";
import { keyed } from "./keyed.ts";
import { removeStatement } from "./statement.ts";
import { capturedBy, declaredLater, type Captured } from "./captured.ts";

export interface PerCallFixData {
  readonly path: string;
  /** The call or `new` that makes the breaker. */
  readonly made: Span;
  /** `breaker.fire`, where it is fired. */
  readonly fired: Span;
  /** Its first argument is the function that it guards (opossum); else the function is given when it is fired (cockatiel). */
  readonly takesAction: boolean;
}

export function perCallFixes(data: PerCallFixData): readonly FixOffer[] {
  return [{ id: "circuit-breaker/make-once", title: "Make the breaker once, at module scope", kind: "review", build: (context) => makeOnce(context, data) }];
}

interface Parts {
  readonly draft: Draft;
  readonly made: ts.CallExpression | ts.NewExpression;
  readonly fire: ts.CallExpression;
  /** `const breaker = …;`, absent where it is fired on the spot. */
  readonly statement: ts.VariableStatement | undefined;
  /** Statements that set it up: `breaker.on(…)`, `breaker.fallback(…)`. */
  readonly setUp: readonly ts.ExpressionStatement[];
  readonly top: ts.Statement;
}

function makeOnce(context: FixContext, data: PerCallFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const parts = draft && partsOf(draft, data);
  if (parts === undefined) return STALE;
  const [action, ...rest] = data.takesAction ? (parts.made.arguments ?? []) : [undefined, ...(parts.made.arguments ?? [])];
  const fixed = [...rest.flatMap((node) => (node === undefined ? [] : [node])), ...parts.setUp];
  const key = keyOf(parts, action);
  if (fixed.some((node) => capturedBy(node, parts.top).filter((each) => each !== key && each !== ownName(parts)).length > 0)) return { ok: false, reason: "How the breaker is set up depends on the call; make one for each value that it depends on" };
  const late = declaredLater([...(action === undefined ? [] : [action]), ...fixed], parts.top);
  if (late !== undefined) return { ok: false, reason: `\`${late}\` is made further down in the file; move it up first` };
  const captures = action === undefined ? [] : capturedBy(action, parts.top);
  hoist(parts, { action, rest: fixed.filter((node) => !parts.setUp.includes(node as ts.ExpressionStatement)) as readonly ts.Expression[], captures, key });
  return finish(parts.draft);
}

function partsOf(draft: Draft, { made: span, fired }: PerCallFixData): Parts | undefined {
  const made = nodeAt(draft.file, span);
  const fire = enclosing(draft.file, fired, ts.isCallExpression);
  if (made === undefined || fire === undefined || !(ts.isCallExpression(made) || ts.isNewExpression(made))) return undefined;
  const declaration = ts.isVariableDeclaration(made.parent) && ts.isIdentifier(made.parent.name) ? made.parent : undefined;
  const statement = declaration && ts.isVariableDeclarationList(declaration.parent) && ts.isVariableStatement(declaration.parent.parent) && declaration.parent.declarations.length === 1 ? declaration.parent.parent : undefined;
  if (declaration !== undefined && statement === undefined) return undefined;
  const top = ancestor(made, (node): node is ts.Statement => node.parent !== undefined && ts.isSourceFile(node.parent));
  if (top === undefined) return undefined;
  const name = declaration === undefined ? undefined : draft.source(declaration.name);
  const setUp = name === undefined || statement === undefined ? [] : siblings(statement).filter((each): each is ts.ExpressionStatement => ts.isExpressionStatement(each) && new RegExp(`^${name}\\.(on|once|fallback|handle\\w*|on[A-Z]\\w*)\\(`).test(draft.source(each)));
  return { draft, made, fire, statement, setUp, top };
}

function ownName({ statement }: Parts): string | undefined {
  const name = statement?.declarationList.declarations[0]?.name;
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}

function siblings(statement: ts.Statement): readonly ts.Statement[] {
  const { parent } = statement;
  return ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent) ? parent.statements : [];
}

interface Plan {
  readonly action: ts.Expression | undefined;
  readonly rest: readonly ts.Expression[];
  /** Names of the call that the guarded function uses. */
  readonly captures: readonly Captured[];
  /** The name whose value tells one dependency from another. */
  readonly key: Captured | undefined;
}

function hoist(parts: Parts, plan: Plan): void {
  const { draft, made, fire, statement, setUp, top } = parts;
  const name = nameFor(parts, plan.action);
  const isTyped = draft.style.language === "ts";
  const given = plan.captures.length > 0;
  const source = (node: ts.Node): string => outdented(draft, node, made);
  const action = plan.action === undefined ? [] : [given ? (isTyped ? "(call: () => Promise<unknown>) => call()" : "(call) => call()") : source(plan.action)];
  const head = ts.isNewExpression(made) ? `new ${draft.source(made.expression)}` : draft.source(made.expression);
  const created = `${head}(${[...action, ...plan.rest.map(source)].join(", ")})`;
  const written = ownName(parts) ?? "";
  const setUps = setUp.map((each) => source(each).replace(written, plan.key === undefined ? name : "made"));
  const declared = plan.key === undefined ? [`const ${name} = ${created};`, ...setUps].join("\n") : keyed(name, created, { key: plan.key, setUps, isTyped });
  const through = given && isTyped && plan.action !== undefined ? `through${name.charAt(0).toUpperCase()}${name.slice(1)}` : undefined;
  const breaker = plan.key === undefined ? name : `${name}For(${plan.key})`;
  const typed = through === undefined ? "" : `\n\nfunction ${through}<T>(${plan.key === undefined ? "" : `${plan.key}: string, `}call: () => Promise<T>): Promise<T> {\n  return ${breaker}.fire(call) as Promise<T>;\n}`;
  draft.insert(top.getStart(draft.file), `${draft.styled(declared + typed)}${draft.style.newline}${draft.style.newline}`);
  for (const each of statement === undefined ? setUp : [statement, ...setUp]) removeStatement(draft, each);
  const args = fire.arguments.map((node) => draft.source(node)).join(", ");
  if (plan.action === undefined || !given) {
    draft.replace(statement === undefined ? made : calledOn(fire), breaker);
    return;
  }
  const call = callOf(draft, plan.action, args);
  draft.replace(fire, through === undefined ? `${breaker}.fire(${call})` : `${through}(${plan.key === undefined ? "" : `${plan.key}, `}${call})`);
}

/** A function that makes the call with what it was given. */
function callOf(draft: Draft, action: ts.Expression, args: string): string {
  const text = draft.source(action);
  const isWritten = ts.isArrowFunction(action) || ts.isFunctionExpression(action);
  if (isWritten && args === "") return text;
  return `() => ${isWritten ? `(${text})` : text}(${args})`;
}

function calledOn(fire: ts.CallExpression): ts.Expression {
  return ts.isPropertyAccessExpression(fire.expression) ? fire.expression.expression : fire.expression;
}

/** Its own name where no other is called so, else one after what it guards. */
function nameFor(parts: Parts, action: ts.Expression | undefined): string {
  const { draft } = parts;
  const own = ownName(parts);
  const bindings = descendants(draft.file).filter((node) => (ts.isVariableDeclaration(node) || ts.isParameter(node)) && ts.isIdentifier(node.name) && node.name.text === own);
  if (own !== undefined && bindings.length === 1) return own;
  const guarded = action !== undefined && (ts.isIdentifier(action) || ts.isPropertyAccessExpression(action)) ? draft.source(action).split(".").at(-1) : undefined;
  return freshName(draft.file, guarded === undefined ? "breaker" : `${guarded}Breaker`);
}

/** What tells one dependency from another: the host of the address that is called, or the breaker's own name. */
function keyOf({ made, top }: Parts, action: ts.Expression | undefined): Captured | undefined {
  const captured = new Set([...(made.arguments ?? [])].flatMap((node) => capturedBy(node, top)));
  for (const node of descendants(made)) {
    if (ts.isPropertyAssignment(node) && /^(name|group)$/.test(node.name.getText()) && ts.isIdentifier(node.initializer) && captured.has(node.initializer.text)) return node.initializer.text;
    if (ts.isShorthandPropertyAssignment(node) && /^(name|group)$/.test(node.name.text) && captured.has(node.name.text)) return node.name.text;
  }
  for (const node of action === undefined ? [] : descendants(action)) {
    if (!ts.isTemplateExpression(node) || !/^([a-z]+:\/\/)?$/i.test(node.head.text)) continue;
    const [first] = node.templateSpans;
    if (first !== undefined && ts.isIdentifier(first.expression) && captured.has(first.expression.text)) return first.expression.text;
  }
  return undefined;
}

/** As it would stand at module level. */
function outdented(draft: Draft, node: ts.Node, inside: ts.Node): string {
  const lead = indentAt(draft.text, inside.getStart(draft.file));
  return draft.source(node).replaceAll(`\n${lead}`, "\n");
}
