/** What an attempt leaves to the next one: a read stream, a half-filled list, a transaction that has failed. */
import type { Leftover } from "../knowledge.ts";
import type { Instruction, Span, TypeRef, Value } from "../../syntax/summary.ts";
import type { AttemptContext, Body } from "./attempts.ts";
import type { Declared } from "./bindings.ts";
import { lastName } from "./deep.ts";
import { anyValue, assignedIn } from "./exits.ts";
import { flowOf, isWithin } from "./flow.ts";
import type { Tracer } from "./tracer.ts";
import { childBlocks } from "./walk.ts";

export function leftoversOf(ctx: AttemptContext, body: Body): readonly Leftover[] {
  const outer = outerNames(ctx.tracer, body);
  return outer.flatMap((name) => [...streamLeft(ctx.tracer, body, name), ...listLeft(body, name), ...transactionLeft(ctx, body, name)]);
}

interface Outer {
  readonly name: string;
  readonly declared: Declared | undefined;
  readonly type: TypeRef | undefined;
  readonly at: Span;
  readonly uses: readonly Span[];
}

/** Variables and parameters from outside of the attempt, but within the function around it. */
function outerNames(tracer: Tracer, body: Body): readonly Outer[] {
  const uses = new Map<string, Span[]>();
  anyValue(body.steps, (v) => {
    if (v.kind === "name") (uses.get(v.name) ?? uses.set(v.name, []).get(v.name))?.push(v);
    return false;
  });
  return [...uses].flatMap(([name, spans]): readonly Outer[] => {
    const binding = tracer.file(body.ref.path)?.lookup(name, body.fn, spans[0]?.at ?? 0);
    if (binding?.kind === "variable") {
      const [declared] = binding.declarations;
      const at = declared?.by;
      if (!declared || !at || binding.declarations.length > 1 || declared.fn.kind === "module" || (body.span.at <= at.at && at.end <= body.span.end) || (body.loop && body.loop.at <= at.at && at.end <= body.loop.end)) return [];
      return [{ name, declared, type: at.type, at, uses: spans }];
    }
    if (binding?.kind !== "parameter" || (binding.fn.id === body.fn.id && body.loop === undefined) || binding.path.length > 0) return [];
    const param = binding.fn.params[binding.index];
    return param ? [{ name, declared: undefined, type: param.type, at: param, uses: spans }] : [];
  });
}

// ------------------------------------------------------------------------------------------------------ streams

const STREAM_TYPE = /^(?:NodeJS\.)?(?:Readable|ReadStream|ReadableStream|Duplex|PassThrough|Transform|fs\.ReadStream|stream\.Readable)$/;

function streamLeft(tracer: Tracer, body: Body, outer: Outer): readonly Leftover[] {
  if (!isStream(tracer, body, outer)) return [];
  const used = outer.uses.find((use) => isConsumed(body.steps, use));
  return used ? [{ kind: "stream", name: outer.name, made: place(body, outer.at), used: place(body, used) }] : [];
}

function isStream(tracer: Tracer, body: Body, { declared, type }: Outer): boolean {
  if (type?.kind === "name" && STREAM_TYPE.test(type.name)) return true;
  const value = declared?.path.length === 0 ? declared.value : undefined;
  if (value?.kind === "call") return /^(?:createReadStream|pipeline|pipe)$/.test(lastName(value.callee)) || (value.callee.kind === "member" && /^(?:Readable|ReadableStream)$/.test(lastName(value.callee.of)) && value.callee.name === "from");
  if (value?.kind !== "new") return false;
  const name = lastName(value.callee);
  if (/^(?:PassThrough|ReadableStream|Readable)$/.test(name)) return true;
  // The form of the package is a stream that can be read once; the platform's own can be sent again.
  return name === "FormData" && tracer.file(body.ref.path)?.import("FormData")?.specifier === "form-data";
}

/** Handed to a call, or piped: read to its end by the first attempt. */
function isConsumed(steps: readonly Instruction[], use: Span): boolean {
  return anyValue(steps, (v) => {
    if (v.kind !== "call" && v.kind !== "new") return false;
    if (v.callee.kind === "member" && v.callee.name === "pipe" && v.callee.of.at === use.at) return true;
    return v.args.some((arg) => arg.at <= use.at && use.end <= arg.end && isGiven(arg, use));
  });
}

/** The value itself, or a property of an options object; not something that is asked of it (`stream.length`). */
function isGiven(arg: Value, use: Span): boolean {
  if (arg.kind === "name") return arg.at === use.at;
  return arg.kind === "object" && arg.properties.some((p) => isGiven(p.value, use));
}

// -------------------------------------------------------------------------------------------------------- lists

/** A list from outside gets items before something that may fail: the next attempt adds them once more. */
function listLeft(body: Body, outer: Outer): readonly Leftover[] {
  const value = outer.declared?.path.length === 0 ? outer.declared.value : undefined;
  if (value?.kind !== "array" || value.items.length > 0 || /err|fail|log|attempt|tried|warn|reason|step|done|complete|processed|cleanup|dispos|history|trace|event/i.test(outer.name)) return [];
  if (body.loop && body.span.at === body.loop.at) return [];
  if (assignedIn(body.steps).has(outer.name) || anyValue(body.steps, (v) => v.kind === "assign" && v.target.kind === "member" && v.target.of.kind === "name" && v.target.of.name === outer.name)) return [];
  if (goesOnWhereItWas(body, outer)) return [];
  const { steps } = flowOf(body.fn);
  const inside = steps.filter((s) => body.span.at <= s.call.at && s.call.end <= body.span.end && !isWithin(s.within, "handler"));
  const push = inside.find((s) => s.call.callee.kind === "member" && /^(?:push|unshift|add)$/.test(s.call.callee.name) && s.call.callee.of.kind === "name" && s.call.callee.of.name === outer.name);
  if (!push || isInsideHandler(body.steps, push.call)) return [];
  const awaits = inside.filter((s) => s.awaited && s.call !== push.call);
  const loops = flowOf(body.fn).loops.filter(({ loop }) => body.span.at <= loop.at && loop.end <= body.span.end && loop.at <= push.call.at && push.call.end <= loop.end);
  const mayFailAfter = awaits.some((s) => s.call.at > push.call.end || loops.some(({ loop }) => loop.at <= s.call.at && s.call.end <= loop.end));
  return mayFailAfter ? [{ kind: "list", name: outer.name, made: place(body, outer.at), used: place(body, push.call) }] : [];
}

/** Other state from outside moves on inside (`cursor = page.next`): the next attempt begins there, and adds nothing twice. */
function goesOnWhereItWas(body: Body, outer: Outer): boolean {
  return [...assignedIn(body.steps)].some((name) => name !== outer.name && !isDeclaredIn(body.steps, name) && !/^(?:this\.)?(?:last)?(?:err|error|attempt\w*|retries|result|response|data|ok|success|sent|done)$/i.test(name));
}

function isDeclaredIn(steps: readonly Instruction[], name: string): boolean {
  return steps.some((step) => (step.kind === "declare" && step.pattern.kind === "name" && step.pattern.name === name) || (step.kind === "loop" && step.init.some((s) => s.kind === "declare" && s.pattern.kind === "name" && s.pattern.name === name)) || childBlocks(step).some((b) => isDeclaredIn(b, name)));
}

function isInsideHandler(steps: readonly Instruction[], call: Span): boolean {
  return steps.some((step) => (step.kind === "try" && step.handler !== undefined && step.handler.at <= call.at && call.end <= step.handler.end) || childBlocks(step).some((b) => isInsideHandler(b, call)));
}

// ------------------------------------------------------------------------------------------------- transactions

const BEGINS = /^(?:transaction|beginTransaction|startTransaction|begin)$/;

/** A transaction that was opened before the first attempt: after a failure it is of no use to the second. */
function transactionLeft(ctx: AttemptContext, body: Body, outer: Outer): readonly Leftover[] {
  const begin = opensTransaction(body, outer);
  if (!begin || anyValue(body.steps, (v) => v.kind === "call" && /^(?:beginTransaction|startTransaction|begin|rollback|rollbackTransaction|savepoint|transaction)$/.test(lastName(v.callee)))) return [];
  const used = outer.uses.find((use) => isUsedForQuery(body.steps, use));
  return used ? [{ kind: "transaction", name: outer.name, made: place(body, begin), used: place(body, used) }] : [];
}

function opensTransaction(body: Body, { name, declared, at }: Outer): Span | undefined {
  const value = declared?.path.length === 0 ? declared.value : undefined;
  const made = value?.kind === "await" ? value.of : undefined;
  if (made?.kind === "call" && made.args.every((a) => a.kind !== "function") && BEGINS.test(lastName(made.callee))) return at;
  // `await runner.startTransaction()` in the function before the loop.
  const found = flowOf(body.fn).steps.find((s) => s.call.at < body.span.at && s.call.end < body.span.at && s.call.callee.kind === "member" && /^(?:startTransaction|beginTransaction)$/.test(s.call.callee.name) && s.call.callee.of.kind === "name" && s.call.callee.of.name === name);
  return found && (body.loop === undefined || found.call.end <= body.loop.at) ? found.call : undefined;
}

function isUsedForQuery(steps: readonly Instruction[], use: Span): boolean {
  return anyValue(steps, (v) => v.kind === "call" && v.at <= use.at && use.end <= v.end && !/^(?:commit|rollback|commitTransaction|release|isCompleted)$/.test(lastName(v.callee)));
}

function place(body: Body, span: Span): Leftover["made"] {
  return { path: body.ref.path, at: span.at, end: span.end };
}
