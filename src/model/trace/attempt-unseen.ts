/** Retries that are written down and never come to anything: no failure ever reaches what repeats. */
import type { FunctionRef, UnseenFailure } from "../knowledge.ts";
import type { FunctionFact, Instruction, TryInstruction, Value } from "../../syntax/summary.ts";
import type { AttemptContext, Body } from "./attempts.ts";
import { anyDeep, anyInFunction, lastName } from "./deep.ts";
import { anyValue, mayThrow, swallows } from "./exits.ts";
import { flowOf, type Step, type Within } from "./flow.ts";
import { possibilities, refKey, sameRef } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { childBlocks } from "./walk.ts";

const MAX_DEPTH = 3;

/** Why the repeated code cannot fail in a way that its caller would see. */
export function unseenIn(ctx: AttemptContext, body: Body): UnseenFailure | undefined {
  return caughtIn(ctx, body, 0) ?? answerIn(ctx, body);
}

// ------------------------------------------------------------------------------------------------------- caught

function caughtIn(ctx: AttemptContext, body: Body, depth: number): UnseenFailure | undefined {
  if (throwsOpenly(body.steps)) return undefined;
  const work = flowOf(body.fn).steps.filter((step) => step.awaited && body.steps.some((s) => s.at <= step.call.at && step.call.end <= s.end) && isOutermost(step));
  const hidden = work.map((step) => hiddenBy(ctx, body, step, depth));
  const [first] = hidden;
  return work.length > 0 && first !== undefined && hidden.every((h) => h !== undefined) ? first : undefined;
}

/** Not an argument or receiver of another call that is looked at anyway. */
function isOutermost({ within }: Step): boolean {
  return within?.kind !== "argument" && within?.kind !== "receiver";
}

function hiddenBy(ctx: AttemptContext, body: Body, step: Step, depth: number): UnseenFailure | undefined {
  const tried = swallowingTry(body, step.within);
  if (tried?.handler) return reaches(ctx, body, tried) ? { why: "caught", place: { path: body.ref.path, at: tried.handler.at, end: tried.handler.at + 5 }, by: nameOfFunction(ctx.tracer, body) } : undefined;
  return caughtByCallback(ctx, body, step) ?? (depth < MAX_DEPTH ? hiddenInCallee(ctx, body, step, depth) : undefined);
}

/** A try within the body that keeps its errors to itself. */
function swallowingTry(body: Body, within: Within | undefined): TryInstruction | undefined {
  for (let w = within; w; w = w.up) {
    if (w.kind === "handler" || w.kind === "loop") return undefined;
    if (w.kind !== "try" || w.of.at < body.span.at || w.of.end > body.span.end) continue;
    if (body.loop && w.of.at === body.span.at) return undefined;
    if (w.of.handler && swallows(w.of) && !escalates(w.of.handler.body)) return w.of;
  }
  return undefined;
}

/** Something in the handler ends the retries, the process, or tells the one who repeats. */
function escalates(body: readonly Instruction[]): boolean {
  return anyValue(body, (v) => v.kind === "call" && /^(?:bail|retry|again|exit|abort|reject|rethrow|throw\w*|fail|err|raise|handleError|invariant|assert\w*)$/i.test(lastName(v.callee)));
}

/** The try holds a call that leaves the process: else there is nothing to repeat. */
function reaches(ctx: AttemptContext, body: Body, tried: TryInstruction): boolean {
  return ctx.reach(body.ref).some((r) => r.path[0]?.path === body.ref.path && tried.body.some((s) => s.at <= (r.path[0]?.at ?? -1) && (r.path[0]?.end ?? -1) <= s.end));
}

/** `await load().catch(() => undefined)` */
function caughtByCallback(ctx: AttemptContext, body: Body, step: Step): UnseenFailure | undefined {
  const { callee } = step.call;
  const [handler] = step.call.args;
  if (callee.kind !== "member" || callee.name !== "catch" || handler?.kind !== "function") return undefined;
  const fn = ctx.tracer.fn({ path: body.ref.path, id: handler.id });
  if (!fn || mayThrow(fn.body) || escalates(fn.body) || anyValue(fn.body, (v) => v.kind === "call" && lastName(v.callee) === "reject")) return undefined;
  const isRemote = ctx.reach(body.ref).some((r) => (r.path[0]?.at ?? -1) >= callee.of.at && (r.path[0]?.end ?? Infinity) <= callee.of.end);
  return isRemote ? { why: "caught", place: { path: body.ref.path, at: callee.nameAt, end: callee.nameAt + 5 }, by: nameOfFunction(ctx.tracer, body) } : undefined;
}

function hiddenInCallee(ctx: AttemptContext, body: Body, step: Step, depth: number): UnseenFailure | undefined {
  const callees = possibilities(ctx.tracer.trace(step.call.callee, body.frame));
  const [callee] = callees;
  if (callees.length !== 1 || callee?.is !== "function" || sameRef(callee.ref, body.ref)) return undefined;
  const inner = bodyOf(ctx, callee.ref);
  return inner && inner.fn.isAsync ? caughtIn(ctx, inner, depth + 1) : undefined;
}

export function bodyOf(ctx: AttemptContext, ref: FunctionRef): Body | undefined {
  const fn = ctx.tracer.fn(ref);
  const frame = ctx.tracer.frame(ref);
  return fn && frame && { ref, fn, frame, steps: fn.body, span: { at: fn.at, end: fn.end } };
}

/** A throw outside of the tries that keep it in. */
function throwsOpenly(body: readonly Instruction[]): boolean {
  return body.some((step) => {
    if (step.kind === "throw") return true;
    if (step.kind !== "try") return childBlocks(step).some(throwsOpenly);
    const isKept = step.handler !== undefined && swallows(step);
    return (!isKept && throwsOpenly(step.body)) || throwsOpenly(step.handler?.body ?? []) || throwsOpenly(step.finalizer ?? []);
  });
}

function nameOfFunction(tracer: Tracer, { fn, ref }: Body): string {
  for (let f: FunctionFact | undefined = fn; f && f.kind !== "module"; f = tracer.fn({ path: ref.path, id: f.parent })) if (f.name !== "") return f.name;
  return "the function";
}

// ------------------------------------------------------------------------------------------------------- answer

/** `fetch` gives a 503 back as a value, and nobody on the way turns it into an error. */
function answerIn(ctx: AttemptContext, body: Body): UnseenFailure | undefined {
  const reached = ctx.reach(body.ref).filter((r) => r.site.effect === "request" && r.path[0] !== undefined && body.steps.some((s) => s.at <= (r.path[0]?.at ?? -1) && (r.path[0]?.end ?? -1) <= s.end));
  const [first] = reached;
  if (!first || reached.some((r) => r.site.facts.yields !== "Response") || first.path.length > 3 || throwsOpenly(body.steps)) return undefined;
  if (anyDeep(ctx.tracer, body.ref.path, body.steps, looksAtAnswer) || functionsBelow(ctx, body.ref, 3).some((ref) => looks(ctx.tracer, ref))) return undefined;
  const { site } = first;
  return { why: "answer", place: site.callee, by: site.calleeText };
}

function looks(tracer: Tracer, ref: FunctionRef): boolean {
  const fn = tracer.fn(ref);
  return fn !== undefined && (mayThrow(fn.body) || anyInFunction(tracer, ref.path, fn, looksAtAnswer));
}

function looksAtAnswer(v: Value): boolean {
  if (v.kind === "member") return /^(?:ok|status|statusCode|statusText|type)$/.test(v.name);
  if (v.kind === "object") return v.properties.some((p) => p.key === "ok" || p.key === "status");
  return v.kind === "call" && /check|assert|ensure|verify|handle|throw|raise|parse|expect|unwrap|valid/i.test(lastName(v.callee));
}

function functionsBelow(ctx: AttemptContext, ref: FunctionRef, depth: number): readonly FunctionRef[] {
  if (depth === 0) return [];
  return (ctx.graph.out.get(refKey(ref)) ?? []).flatMap((edge) => (sameRef(edge.to, ref) ? [] : [edge.to, ...functionsBelow(ctx, edge.to, depth - 1)]));
}

// ------------------------------------------------------------------------------------------------------ started

/** The loop awaits a promise that was made before it, and nothing else. */
export function unseenStart(ctx: AttemptContext, body: Body): UnseenFailure | undefined {
  const awaited: Value[] = [];
  anyValue(body.steps, (v) => {
    if (v.kind === "await") awaited.push(v.of);
    return false;
  });
  for (const step of body.steps) if (step.kind === "return" && step.value && step.value.kind !== "await") awaited.push(step.value);
  const [only] = awaited;
  if (awaited.length !== 1 || only?.kind !== "name") return undefined;
  const binding = ctx.tracer.file(body.ref.path)?.lookup(only.name, body.fn, only.at);
  if (binding?.kind !== "variable" || binding.declarations.length !== 1 || binding.assigned.length > 0) return undefined;
  const value = binding.declarations[0]?.value;
  const loop = body.loop;
  if (value?.kind !== "call" || !loop || (loop.at <= value.at && value.end <= loop.end)) return undefined;
  const isAsync = possibilities(ctx.tracer.trace(value.callee, body.frame)).some((t) => t.is === "function" && ctx.tracer.fn(t.ref)?.isAsync === true);
  const isSite = ctx.reach(body.ref).some((r) => r.path.length === 1 && r.path[0]?.at === value.at && r.path[0].end === value.end);
  return isAsync || isSite ? { why: "started", place: { path: body.ref.path, at: value.at, end: value.end }, by: lastName(value.callee) } : undefined;
}
