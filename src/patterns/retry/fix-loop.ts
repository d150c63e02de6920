import { ancestor, descendants, Draft, enclosing, finish, freshName, namesOf, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixResult } from "../../model/finding.ts";
import { type Counter, enclosingFunction, isEndless, readCounter } from "./counter.ts";
import type { OwnRetryData } from "./data.ts";
import { delayExpression, wrapDelay } from "./fix-delay.ts";
import { retryTemplate } from "./template.generated.ts";

/** Attempts that a loop without limit gets: with the waits between them, about three seconds. */
export const DEFAULT_ATTEMPTS = 5;

/** Puts what the loop lacks at every place where it goes on to the next attempt. */
export function repairLoop(context: FixContext, data: OwnRetryData): FixResult {
  const draft = Draft.open(context, data.path);
  const loop = draft && enclosing(draft.file, data.repeat, isLoop);
  if (draft === undefined || loop === undefined) return STALE;
  if (!ts.isBlock(loop.statement)) return { ok: false, reason: "The loop's body has no braces to put a wait in" };
  if (alreadyRepaired(loop, data)) return { ok: true, edits: [] };
  if (data.lacks.some((lack) => lack === "growth" || lack === "jitter")) return repairDelay(draft, loop, data);
  if (data.lacks.includes("wait") && !mayAwait(loop))
    return { ok: false, reason: "The loop stands in a function that is not async" };

  const points = goOnPoints(loop, loop.statement);
  if (points.length === 0) return { ok: false, reason: "No place was found where the loop goes on after a failure" };
  const counters = points.map((point) => readCounter(draft.file, loop, positionOf(point)));
  const counter = counters.includes(undefined) ? ownCounter(draft, loop) : undefined;
  const local = importsFor(draft, data, points);
  points.forEach((point, index) => repairPoint(draft, loop, point, counters[index] ?? counter, { data, local }));
  return finish(draft);
}

/** A place where the loop turns to its next attempt: the end of a block, or a `continue`. */
type GoOn = { readonly error: ts.CatchClause | undefined } & (
  | { readonly kind: "end"; readonly block: ts.Block }
  | { readonly kind: "continue"; readonly statement: ts.ContinueStatement }
);

interface Repair {
  readonly data: OwnRetryData;
  readonly local: (name: string) => string;
}

function importsFor(draft: Draft, { lacks }: OwnRetryData, points: readonly GoOn[]): (name: string) => string {
  const needsTest = lacks.includes("selection") && points.some((point) => point.error !== undefined);
  const names = [...(lacks.includes("wait") ? ["backoff"] : []), ...(needsTest ? ["isTransient"] : [])];
  return names.length === 0 ? (name) => name : draft.importTemplate(retryTemplate, names);
}

function repairPoint(
  draft: Draft,
  loop: ts.IterationStatement,
  point: GoOn,
  counter: Counter | undefined,
  repair: Repair,
): void {
  const { data, local } = repair;
  const error = point.error === undefined ? undefined : boundError(draft, point.error);
  const { failures = "1", goesOn, own } = { own: false, ...counter };
  const leave = data.lacks.includes("cap") ? "throw" : exitOf(loop, point);
  const lines: string[] = [];
  if (own) lines.push(`${failures} += 1;`);
  const stops = [
    ...(data.lacks.includes("cap") ? [`${failures} >= ${DEFAULT_ATTEMPTS}`] : []),
    ...(data.lacks.includes("selection") && error !== undefined ? [`!${local("isTransient")}(${error})`] : []),
  ];
  const exit = leave === "break" ? "break;" : error === undefined ? giveUp() : `throw ${error};`;
  if (stops.length > 0) lines.push(`if (${stops.join(" || ")}) ${exit}`);
  if (data.lacks.includes("wait")) {
    const wait = `await ${local("backoff")}(${[failures, ...optionsArgument(loop, error)].join(", ")});`;
    lines.push(goesOn === undefined || own ? wait : `if (${goesOn}) ${wait}`);
  }
  if (lines.length === 0) return;
  if (point.kind === "end") draft.append(point.block, lines.join("\n"));
  else draft.beforeOrInBlock(point.statement, lines.join("\n"));
}

function giveUp(): string {
  return `throw new Error("Gave up after ${DEFAULT_ATTEMPTS} attempts");`;
}

function optionsArgument(loop: ts.Node, error: string | undefined): readonly string[] {
  const signal = signalInScope(loop);
  const entries = [
    ...(error === undefined ? [] : [error === "error" ? "error" : `error: ${error}`]),
    ...(signal ? ["signal"] : []),
  ];
  return entries.length === 0 ? [] : [`{ ${entries.join(", ")} }`];
}

function signalInScope(node: ts.Node): boolean {
  const owner = enclosingFunction(node);
  if (owner === undefined || !ts.isFunctionLike(owner)) return false;
  return owner.parameters.some(({ name }) => ts.isIdentifier(name) && name.text === "signal");
}

/** Leaving as the loop leaves when its attempts run out: what stands behind it knows what to do then. */
function exitOf(loop: ts.IterationStatement, point: GoOn): "throw" | "break" {
  if (isEndless(loop) || isLastStatement(loop)) return "throw";
  const at = point.kind === "end" ? point.block : point.statement;
  const inSwitch = ancestor(at, ts.isSwitchStatement, (node) => node === loop) !== undefined;
  const catchThrows = point.error !== undefined && point.error.block.statements.some(throwsDirectly);
  return inSwitch || catchThrows ? "throw" : "break";
}

function throwsDirectly(statement: ts.Statement): boolean {
  if (ts.isThrowStatement(statement)) return true;
  if (ts.isIfStatement(statement)) return throwsDirectly(statement.thenStatement);
  return ts.isBlock(statement) && statement.statements.some(throwsDirectly);
}

function isLastStatement(loop: ts.IterationStatement): boolean {
  const { parent } = loop;
  if (!ts.isBlock(parent) || parent.statements.at(-1) !== loop) return false;
  return parent.parent !== undefined && ts.isFunctionLike(parent.parent);
}

function goOnPoints(loop: ts.IterationStatement, body: ts.Block): readonly GoOn[] {
  const inside = descendants(body, (node) => !ts.isFunctionLike(node) && !isLoop(node));
  // What an inner try catches does not end the attempt: the code after it still runs.
  const catches = inside
    .filter(
      (node): node is ts.TryStatement =>
        ts.isTryStatement(node) && ancestor(node, isCatching, (each) => each === loop) === undefined,
    )
    .flatMap((node) => node.catchClause ?? []);
  const ends: GoOn[] = catches
    .filter(({ block }) => !endsAbruptly(block))
    .map((clause) => ({ kind: "end", block: clause.block, error: clause }));
  const continues: GoOn[] = inside
    .filter((node): node is ts.ContinueStatement => ts.isContinueStatement(node))
    .filter(
      (node) =>
        node.label === undefined || (ts.isLabeledStatement(loop.parent) && loop.parent.label.text === node.label.text),
    )
    .map((statement) => ({
      kind: "continue",
      statement,
      error: catches.find((clause) => clause.pos <= statement.pos && statement.end <= clause.end),
    }));
  if (catches.length === 0 && !endsAbruptly(body))
    return [...continues, { kind: "end", block: body, error: undefined }];
  return [...ends, ...continues];
}

function isCatching(node: ts.Node): node is ts.TryStatement {
  return ts.isTryStatement(node) && node.catchClause !== undefined;
}

function endsAbruptly(block: ts.Block): boolean {
  const last = block.statements.at(-1);
  if (last === undefined) return false;
  if (ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isBreakOrContinueStatement(last)) return true;
  if (ts.isIfStatement(last) && last.elseStatement !== undefined) {
    return [last.thenStatement, last.elseStatement].every((branch) =>
      ts.isBlock(branch) ? endsAbruptly(branch) : leaves(branch),
    );
  }
  return ts.isBlock(last) && endsAbruptly(last);
}

function leaves(statement: ts.Statement): boolean {
  return ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isBreakOrContinueStatement(statement);
}

function positionOf(point: GoOn): number {
  return point.kind === "end" ? point.block.end - 1 : point.statement.getStart();
}

/** The name that a catch gives its error; one is given where it has none. */
function boundError(draft: Draft, clause: ts.CatchClause): string | undefined {
  const name = clause.variableDeclaration?.name;
  if (name !== undefined) return ts.isIdentifier(name) ? name.text : undefined;
  const fresh = namesOf(draft.file).has("error") && signalsClash(clause) ? freshName(draft.file, "failure") : "error";
  draft.insert(clause.block.getStart(draft.file), `(${fresh}) `);
  return fresh;
}

/** Whether the catch uses an outer `error`, which a binding of that name would hide. */
function signalsClash(clause: ts.CatchClause): boolean {
  return descendants(clause.block).some((node) => ts.isIdentifier(node) && node.text === "error");
}

/** A counter of the fix's own, declared before the loop and counted up where it goes on. */
function ownCounter(draft: Draft, loop: ts.IterationStatement): (Counter & { readonly own: true }) | undefined {
  const name = freshName(draft.file, "failures");
  const statement = ts.isLabeledStatement(loop.parent) ? loop.parent : loop;
  draft.before(statement, `let ${name} = 0;`);
  return { failures: name, own: true };
}

function repairDelay(draft: Draft, loop: ts.IterationStatement, data: OwnRetryData): FixResult {
  const delay = data.delay && delayExpression(draft, data.delay);
  if (delay === undefined) return STALE;
  if (!data.lacks.includes("growth")) return wrapDelay(draft, delay);
  const statement = ts.findAncestor(delay, ts.isStatement);
  let counter = readCounter(draft.file, loop, delay.getStart(draft.file));
  if (counter === undefined && statement !== undefined) {
    counter = ownCounter(draft, loop);
    draft.beforeOrInBlock(statement, `${counter?.failures} += 1;`);
  }
  return wrapDelay(draft, delay, counter?.failures ?? "1");
}

function alreadyRepaired(loop: ts.IterationStatement, { lacks }: OwnRetryData): boolean {
  const ours = lacks.every((lack) => lack === "selection") ? /^isTransient$/ : /^(backoff|backoffDelay)$/;
  return descendants(loop.statement).some((node) => ts.isIdentifier(node) && ours.test(node.text));
}

function mayAwait(node: ts.Node): boolean {
  const owner = enclosingFunction(node);
  if (owner === undefined) return ts.isExternalModule(node.getSourceFile());
  return (ts.getCombinedModifierFlags(owner as ts.Declaration) & ts.ModifierFlags.Async) !== 0;
}

function isLoop(node: ts.Node): node is ts.IterationStatement {
  return ts.isIterationStatement(node, false);
}
