/** Whether a question to a store or service says how many answers it wants. */
import type { CallValue, Instruction, NewValue, Value } from "../../syntax/summary.ts";
import { leaves } from "./questions.ts";
import { textIn } from "./text-of.ts";
import type { Frame } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf, innerValues } from "./walk.ts";

const OPTION = /^(take|limit|first|last|top|page|pageSize|perPage|per_page|page_size|rows|max\w*|Limit|MaxKeys|MaxResults|batchSize|COUNT)$/;
const METHOD = /^(limit|take|first|top|paginate|page|findOne\w*|findFirst\w*|findUnique\w*|findById)$/;
/** What comes along with each answer: a limit in there is one on its parts. */
const ALONG = /^(include|select|with|populate|relations|attributes|expand|\$expand)$/;
/** What a caller says of a page: `list(page, pageSize)`. */
const PAGE = /^(page|page_?(size|number|index)|per_?page|limit|take|top|offset|skip|cursor|max_?(results|items|count))$/i;
const SQL = /\b(limit|fetch\s+(first|next)|top)\s*(\(|\$|\?|:|\d|$)/i;

/** Whether a value is known to be left out: a limit that nobody gives is none. */
export type LeftOut = (value: Value) => boolean;

export function isLimited(tracer: Tracer, call: CallValue | NewValue, frame: Frame, leftOut: LeftOut): boolean {
  return chained(call, leftOut) || call.args.some((arg) => inArgument({ tracer, frame, leftOut }, arg, 0));
}

export function isLimitedBy(tracer: Tracer, args: readonly Value[], frame: Frame): boolean {
  return args.some((arg) => inArgument({ tracer, frame, leftOut: () => false }, arg, 0));
}

/** `query.limit`: the callee, as an outline has it. */
export function isLimiting(callee: string): boolean {
  return METHOD.test(callee.slice(callee.lastIndexOf(".") + 1));
}

/** A call that is told which page is wanted answers with a page, whose size is decided elsewhere. */
export function asksForPage({ args }: CallValue | NewValue, leftOut: LeftOut): boolean {
  const says = (name: string | undefined, value: Value): boolean => PAGE.test(name ?? "") && !leftOut(value);
  return args.some((arg) => (arg.kind === "name" || arg.kind === "member") && says(arg.name, arg)) || args.some((arg) => arg.kind === "object" && arg.properties.some((p) => says(p.key, p.value)));
}

/** `if (ids.length > MOST) throw …`, somewhere in the function that uses `ids`. */
export function isChecked(value: Value, body: readonly Instruction[]): boolean {
  const asked = chainOf(value)?.join(".");
  if (asked === undefined) return false;
  return body.some((step) => {
    if (step.kind === "if") return (refuses(step.test, asked) && leaves(step.then)) || isChecked(value, step.then);
    if (step.kind === "try" || step.kind === "block") return isChecked(value, step.body);
    return false;
  });
}

function refuses(test: Value, asked: string): boolean {
  if (test.kind !== "binary") return false;
  if (test.op === "||") return refuses(test.left, asked) || refuses(test.right, asked);
  const counted = test.left.kind === "member" && /^(length|size)$/.test(test.left.name) && chainOf(test.left.of)?.join(".") === asked;
  return counted && /^>=?$/.test(test.op) && !(test.right.kind === "const" && Number(test.right.value) <= 1);
}

/** `db("orders").where(…).limit(50)` */
function chained(value: Value, leftOut: LeftOut): boolean {
  if (value.kind === "call") return (value.callee.kind === "member" && METHOD.test(value.callee.name) && !value.args.some(leftOut)) || chained(value.callee, leftOut);
  return value.kind === "member" ? chained(value.of, leftOut) : false;
}

interface Asked {
  readonly tracer: Tracer;
  readonly frame: Frame;
  readonly leftOut: LeftOut;
}

function inArgument(asked: Asked, arg: Value, depth: number): boolean {
  const { tracer, frame, leftOut } = asked;
  if (depth > 3) return false;
  if (arg.kind === "object") return arg.properties.some((p) => (p.key !== undefined && OPTION.test(p.key) && !leftOut(p.value)) || (!ALONG.test(p.key ?? "") && inArgument(asked, p.value, depth + 1)));
  if (arg.kind === "template") return SQL.test(arg.parts.map((p) => (p.kind === "const" ? String(p.value) : "?")).join(" "));
  if (arg.kind === "name" || arg.kind === "const") {
    const traced = tracer.trace(arg, frame);
    if (traced.is === "object") return inArgument({ ...asked, frame: traced.frame }, traced.value, depth + 1);
    return textIn(tracer, arg, frame).some((p) => p.is === "known" && SQL.test(p.text));
  }
  return arg.kind === "call" ? chained(arg, leftOut) : innerValues(arg).some((v) => inArgument(asked, v, depth + 1));
}
