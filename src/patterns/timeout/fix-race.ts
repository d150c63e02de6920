/** `Promise.race([work, timer])` becomes a deadline that ends the work and clears its timer. */
import { descendants, Draft, enclosing, finish, nodeAt, setOptions, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";
import { timeoutTemplate } from "./template.generated.ts";

export interface RaceFixData {
  readonly path: string;
  readonly race: Span;
  /** The item of the race that is the work. */
  readonly work: Span;
  /** The expression of the timer's milliseconds. */
  readonly duration: Span;
  /** The call that is to get the signal. */
  readonly signal?: { readonly call: Span; readonly argument: number; readonly name: string };
}

export function raceFixes(data: RaceFixData): readonly FixOffer[] {
  const title = data.signal
    ? "Use a deadline that ends the work, and clears its timer"
    : "Use a deadline that clears its timer";
  return [{ id: "timeout/with-deadline", title, kind: "review", build: (context) => deadline(context, data) }];
}

function deadline(context: FixContext, data: RaceFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const race = draft && nodeAt(draft.file, data.race);
  const duration = draft && nodeAt(draft.file, data.duration);
  const work = draft && nodeAt(draft.file, data.work);
  if (draft === undefined || race === undefined || duration === undefined || work === undefined)
    return draft === undefined ? STALE : { ok: true, edits: [] };
  if (!ts.isExpression(work)) return STALE;
  const ms = draft.source(duration);
  if (ts.isIdentifier(work) && data.signal !== undefined)
    return { ok: false, reason: "The work is started before the race: it has to be started in it" };
  const timer = timerDeclaration(draft, race, data);
  if (timer === "used") return { ok: false, reason: "The timer is used elsewhere as well" };
  const text = data.signal === undefined ? draft.source(work) : withSignal(draft, data.signal, work);
  if (text === undefined) return { ok: false, reason: "The options of the call cannot be seen" };
  const local = draft.importTemplate(timeoutTemplate, ["withDeadline"]);
  const isAwaiting = descendants(work, (node) => !ts.isFunctionLike(node)).some(ts.isAwaitExpression);
  draft.replace(
    race,
    `${local("withDeadline")}(${isAwaiting ? "async " : ""}(${data.signal ? "signal" : ""}) => ${text}, ${ms})`,
  );
  if (timer !== undefined) draft.cut(timer);
  return finish(draft);
}

/** The call as it would be with the signal in its options. */
function withSignal(draft: Draft, signal: NonNullable<RaceFixData["signal"]>, work: ts.Expression): string | undefined {
  const trial = draft.trial();
  const call = enclosing(trial.file, signal.call, ts.isCallExpression);
  if (call === undefined || !setOptions(trial, call, signal.argument, { [signal.name]: "signal" }).ok) return undefined;
  const before = draft.text.length;
  const after = trial.preview();
  return after.slice(work.getStart(draft.file), work.end + after.length - before);
}

/** The line that makes the timer, where the race is its only use. */
function timerDeclaration(draft: Draft, race: ts.Node, data: RaceFixData): Span | "used" | undefined {
  const [list] = ts.isCallExpression(race) ? race.arguments : [];
  const item =
    list !== undefined && ts.isArrayLiteralExpression(list)
      ? list.elements.find((each) => each.getStart(draft.file) !== data.work.at)
      : undefined;
  if (item === undefined || !ts.isIdentifier(item)) return undefined;
  const owner = ts.findAncestor(race, ts.isFunctionLike) ?? draft.file;
  const uses = descendants(owner).filter((node) => ts.isIdentifier(node) && node.text === item.text);
  const declared = uses.map((node) => node.parent).find(ts.isVariableDeclaration);
  const statement = declared?.parent.parent;
  if (
    uses.length > 2 ||
    statement === undefined ||
    !ts.isVariableStatement(statement) ||
    statement.declarationList.declarations.length !== 1
  )
    return "used";
  const start = draft.text.lastIndexOf("\n", statement.getStart(draft.file)) + 1;
  const end = draft.text.indexOf("\n", statement.end) + 1;
  return { at: start, end: end === 0 ? statement.end : end };
}
