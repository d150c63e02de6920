import { descendants, Draft, enclosing, finish, freshName, namesOf, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixResult } from "../../model/finding.ts";
import { enclosingFunction } from "./counter.ts";
import type { OwnRetryData } from "./data.ts";
import { delayExpression, wrapDelay } from "./fix-delay.ts";
import { DEFAULT_ATTEMPTS } from "./fix-loop.ts";
import { retryTemplate } from "./template.generated.ts";

/** A function that calls itself when it failed: the call waits first, a parameter counts the attempts, and the last failure is thrown. */
export function repairRecursion(context: FixContext, data: OwnRetryData): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.repeat, ts.isCallExpression);
  const owner = call && (namedOwner(call) ?? enclosingFunction(call));
  if (draft === undefined || call === undefined || owner === undefined || !ts.isFunctionLike(owner)) return STALE;
  if (usesBackoff(owner)) return { ok: true, edits: [] };
  const attempt = attemptOf(draft, owner, call);
  if (attempt === undefined) return NO_ROOM;
  const statement = ts.findAncestor(call, ts.isStatement);
  const isRepaired = new RegExp(`\\b${attempt} >= \\d`).test(draft.source(owner));
  if (statement === undefined || ts.isFunctionLike(statement)) return STALE;
  const delay = data.delay && delayExpression(draft, data.delay);
  const shapes = data.lacks.some((lack) => lack === "growth" || lack === "jitter");
  const waits = data.lacks.includes("wait") || (shapes && delay === undefined);
  if (waits && !isAsync(enclosingFunction(call) ?? owner)) return { ok: false, reason: "The function is not async, so it cannot wait" };

  const error = errorAt(draft, call, owner);
  const test = data.lacks.includes("selection") && error !== undefined;
  const names = [...(waits ? ["backoff"] : []), ...(test ? ["isTransient"] : [])];
  const local = names.length === 0 ? (name: string): string => name : draft.importTemplate(retryTemplate, names);
  const stops = [
    ...(data.lacks.includes("cap") && !isRepaired ? [`${attempt} >= ${DEFAULT_ATTEMPTS}`] : []),
    ...(test ? [`!${local("isTransient")}(${error})`] : []),
  ];
  const leave =
    error === undefined ? `throw new Error("Gave up after ${DEFAULT_ATTEMPTS} attempts");` : `throw ${error};`;
  const options = error === undefined ? "" : error === "error" ? ", { error }" : `, { error: ${error} }`;
  const lines = [
    ...(stops.length === 0 ? [] : [`if (${stops.join(" || ")}) ${leave}`]),
    ...(waits ? [`await ${local("backoff")}(${attempt}${options});`] : []),
  ];
  if (lines.length > 0) draft.beforeOrInBlock(statement, lines.join("\n"));
  if (!shapes || delay === undefined) return finish(draft);
  return wrapDelay(draft, delay, data.lacks.includes("growth") ? attempt : undefined);
}

const NO_ROOM: FixResult = { ok: false, reason: "The function's parameters leave no room for a count of attempts" };

/** The function around the call that the call, or the timer that it sets, runs again. */
function namedOwner(call: ts.CallExpression): ts.Node | undefined {
  const again = timerTarget(call) ?? call.expression;
  for (let owner = enclosingFunction(call); owner !== undefined; owner = enclosingFunction(owner)) {
    if (isNamed(owner, again)) return owner;
  }
  return undefined;
}

/** `setTimeout(again, ms, …)`: what it runs; what stands behind the milliseconds is handed to it. */
function timerTarget({ expression, arguments: args }: ts.CallExpression): ts.Expression | undefined {
  const [again] = args;
  const isTimer = ts.isIdentifier(expression) && expression.text === "setTimeout" && args.length >= 2;
  return isTimer && again !== undefined && (ts.isIdentifier(again) || ts.isPropertyAccessExpression(again)) ? again : undefined;
}

/** What the failure is called where the function is run again: by a catch clause, or a callback of `.catch`. */
function errorAt(draft: Draft, call: ts.Node, owner: ts.Node): string | undefined {
  for (let node = call.parent; node !== undefined && node !== owner; node = node.parent) {
    if (ts.isCatchClause(node)) return nameError(draft, node);
    if (!ts.isFunctionLike(node)) continue;
    const name = isCatchCall(node.parent) ? node.parameters[0]?.name : undefined;
    return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
  }
  return undefined;
}

/** `.catch(() => again())`: the callback tells errors apart, waits, and then does what it did. */
export function repairCatchCallback(context: FixContext, data: OwnRetryData): FixResult {
  const draft = Draft.open(context, data.path);
  const caught = draft && enclosing(draft.file, data.repeat, isCatchCall);
  const [callback] = caught?.arguments ?? [];
  if (draft === undefined || caught === undefined || callback === undefined) return STALE;
  if (!ts.isArrowFunction(callback))
    return { ok: false, reason: "Only an arrow function given to catch can be repaired" };
  if (usesBackoff(callback)) return { ok: true, edits: [] };
  const owner = enclosingFunction(caught);
  const again = descendants(callback.body)
    .filter(ts.isCallExpression)
    .find((call) => owner !== undefined && callsItself(owner, call));
  const attempt =
    again === undefined
      ? "1"
      : ts.isFunctionLike(owner as ts.Node)
        ? attemptOf(draft, owner as ts.SignatureDeclaration, again)
        : undefined;
  if (attempt === undefined) return NO_ROOM;

  const [parameter] = callback.parameters;
  const error = parameter === undefined ? "error" : ts.isIdentifier(parameter.name) ? parameter.name.text : undefined;
  if (error === undefined) return { ok: false, reason: "The error that catch gets is taken apart at once" };
  const isSelective = data.lacks.includes("selection");
  const local = draft.importTemplate(retryTemplate, ["backoff", ...(isSelective ? ["isTransient"] : [])]);
  const stops = [
    ...(again !== undefined && data.lacks.includes("cap") ? [`${attempt} >= ${DEFAULT_ATTEMPTS}`] : []),
    ...(isSelective ? [`!${local("isTransient")}(${error})`] : []),
  ];
  const lines = [
    ...(stops.length === 0 ? [] : [`if (${stops.join(" || ")}) throw ${error};`]),
    `await ${local("backoff")}(${attempt}, { ${error === "error" ? "error" : `error: ${error}`} });`,
  ];
  if (parameter === undefined)
    draft.insert(callback.getStart(draft.file) + callback.getText(draft.file).indexOf("(") + 1, "error");
  if (!isAsync(callback)) draft.insert(callback.getStart(draft.file), "async ");
  if (ts.isBlock(callback.body)) {
    const [first] = callback.body.statements;
    if (first === undefined) draft.append(callback.body, lines.join("\n"));
    else draft.before(first, lines.join("\n"));
    return finish(draft);
  }
  const lead = indentOf(draft, caught);
  const inner = lead + draft.style.indent;
  const open = draft.styled([...lines, "return "].join("\n"), inner).trimEnd();
  draft.insert(callback.body.getStart(draft.file), `{${draft.style.newline}${inner}${open} `);
  draft.insert(callback.body.end, `${draft.style.semicolons ? ";" : ""}${draft.style.newline}${lead}}`);
  return finish(draft);
}

/** The expression that counts attempts in a recursive function: a parameter that it passes on plus one, or a new one. */
function attemptOf(draft: Draft, owner: ts.SignatureDeclaration, call: ts.CallExpression): string | undefined {
  const given = timerTarget(call) === undefined ? [...call.arguments] : call.arguments.slice(2);
  for (const [index, { name, initializer }] of owner.parameters.entries()) {
    const argument = given[index];
    if (argument === undefined || !ts.isIdentifier(name) || !ts.isBinaryExpression(argument)) continue;
    const goesUp = draft.source(argument).replace(/\s/g, "") === `${name.text}+1`;
    if (goesUp) return initializer !== undefined && draft.source(initializer) === "0" ? `${name.text} + 1` : name.text;
  }
  const hasRest = owner.parameters.some((parameter) => parameter.dotDotDotToken !== undefined);
  if (hasRest || given.some(ts.isSpreadElement) || given.length > owner.parameters.length) return undefined;
  const attempt = freshName(draft.file, "attempt");
  const lastParameter = owner.parameters.at(-1);
  if (lastParameter === undefined) {
    const open = draft.text.indexOf("(", nameEnd(owner, draft));
    draft.insert(open + 1, `${attempt} = 1`);
  } else draft.insert(lastParameter.end, `, ${attempt} = 1`);
  // Arguments that were left out keep their defaults.
  const skipped = owner.parameters.slice(given.length).map(() => "undefined");
  const at = call.arguments.at(-1)?.end ?? call.end - 1;
  draft.insert(at, (call.arguments.length === 0 ? "" : ", ") + [...skipped, `${attempt} + 1`].join(", "));
  return attempt;
}

function nameEnd(owner: ts.SignatureDeclaration, draft: Draft): number {
  return owner.name?.end ?? owner.getStart(draft.file);
}

function callsItself(owner: ts.Node, call: ts.CallExpression): boolean {
  return isNamed(owner, call.expression);
}

function isNamed(owner: ts.Node, used: ts.Expression): boolean {
  const called = ts.isIdentifier(used) ? used.text : ts.isPropertyAccessExpression(used) ? used.name.text : undefined;
  const { parent } = owner;
  const isValue = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  const named = (ts.isFunctionLike(owner) ? owner.name : undefined) ?? (isValue ? parent.name : undefined);
  return called !== undefined && named !== undefined && ts.isIdentifier(named) && named.text === called;
}

function nameError(draft: Draft, clause: ts.CatchClause): string | undefined {
  const name = clause.variableDeclaration?.name;
  if (name !== undefined) return ts.isIdentifier(name) ? name.text : undefined;
  const fresh = namesOf(draft.file).has("error") ? freshName(draft.file, "failure") : "error";
  draft.insert(clause.block.getStart(draft.file), `(${fresh}) `);
  return fresh;
}

function indentOf(draft: Draft, node: ts.Node): string {
  const start = draft.text.lastIndexOf("\n", node.end - 1) + 1;
  return /^[ \t]*/.exec(draft.text.slice(start))?.[0] ?? "";
}

function isAsync(node: ts.Node): boolean {
  return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Async) !== 0;
}

function usesBackoff(node: ts.Node): boolean {
  return descendants(node).some((each) => ts.isIdentifier(each) && /^(backoff|backoffDelay)$/.test(each.text));
}

function isCatchCall(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "catch"
  );
}
