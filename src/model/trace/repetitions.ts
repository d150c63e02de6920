/** Everything that repeats work on failure: own loops, recursion from a catch, libraries and clients that do so. */
import type { FunctionRef, Reached, Repetition, Site } from "../knowledge.ts";
import type { Confidence, Place } from "../finding.ts";
import type { Evidence, RetryPolicy } from "../policy.ts";
import type { CallValue, FunctionFact, Instruction, NewValue, TryInstruction, Value } from "../../syntax/summary.ts";
import { nameOf, type Context } from "./contexts.ts";
import { anyValue, mayLeave, namesIn } from "./exits.ts";
import { flowOf, type Step, type Within } from "./flow.ts";
import type { CallGraph, GraphEdge } from "./graph.ts";
import { retryPolicyOf } from "./layers.ts";
import { traceArgument } from "./options.ts";
import { retryOfLoop } from "./retry-loop.ts";
import { type Frame, possibilities, refKey, sameRef, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { shapeOfWait, type Wait, waitOf } from "./waits.ts";
import { childBlocks } from "./walk.ts";

export interface RepetitionContext {
  readonly tracer: Tracer;
  readonly graph: CallGraph;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
  readonly contextOf: (ref: FunctionRef) => Context;
}

export function repetitionsOf(ctx: RepetitionContext, ref: FunctionRef): readonly Repetition[] {
  const frame = ctx.tracer.frame(ref);
  return frame ? [...loops(ctx, ref, frame), ...recursions(ctx, ref, frame), ...libraries(ctx, ref, frame)] : [];
}

function loops(ctx: RepetitionContext, ref: FunctionRef, frame: Frame): readonly Repetition[] {
  return flowOf(frame.fn).loops.flatMap(({ loop }): readonly Repetition[] => {
    const retry = retryOfLoop(ctx.tracer, loop, frame);
    if (!retry) return [];
    const body = retry.tried;
    const inside = stepsWithin(ctx, ref, body);
    if (!inside.remote) return [];
    const place = { path: ref.path, at: loop.at, end: loop.end };
    const head = { path: ref.path, at: loop.at, end: loop.headEnd };
    return [repetition(ctx, ref, { place, head, by: "loop", policy: retry.policy, repeats: inside.sites, ...delayOf(ctx, ref, retry.waits), confidence: inside.sites.length > 0 || inside.handed ? "certain" : "likely", evidence: retry.waits.length > 0 ? retry.waits.map((w) => ({ says: "waits here", place: { path: w.frame.path, at: w.at, end: w.end } })) : [{ says: "comes round again with no wait", place: tryPlace(ref, body) }] })];
  });
}

function delayOf(ctx: RepetitionContext, ref: FunctionRef, waits: readonly { readonly duration: Value | undefined; readonly frame: Frame }[]): { delay?: Place } {
  const [only] = waits;
  if (waits.length !== 1 || !only?.duration) return {};
  // The argument of a helper stands where the helper is called, however many helpers lie between.
  let duration = { value: only.duration, frame: only.frame };
  for (let next = argumentFor(duration.value, duration.frame), depth = 0; next && depth < 4; next = argumentFor(duration.value, duration.frame), depth++) duration = next;
  const fn = ctx.tracer.fn(ref);
  const isOwn = fn !== undefined && duration.frame.path === ref.path && fn.at <= duration.value.at && duration.value.end <= fn.end;
  return isOwn ? { delay: { path: ref.path, at: duration.value.at, end: duration.value.end } } : {};
}

function argumentFor(value: Value, frame: Frame): { readonly value: Value; readonly frame: Frame } | undefined {
  if (value.kind !== "name") return undefined;
  for (let f: Frame | undefined = frame; f; f = f.outer) {
    const index = f.fn.params.findIndex((p) => p.pattern.kind === "name" && p.pattern.name === value.name);
    const given = index < 0 ? undefined : f.entered?.call.args[index];
    if (given && f.entered) return { value: given, frame: f.entered.frame };
  }
  return undefined;
}

function tryPlace(ref: FunctionRef, tried: TryInstruction): Place {
  return { path: ref.path, at: tried.handler?.at ?? tried.at, end: (tried.handler?.at ?? tried.at) + 5 };
}

/** What is awaited in a try block: sites, a function that was handed in, or work out of sight. */
function stepsWithin(ctx: RepetitionContext, ref: FunctionRef, tried: TryInstruction): { sites: readonly Site[]; handed: boolean; remote: boolean } {
  const reached = ctx.reach(ref).filter((r) => r.path[0] !== undefined && tried.body.some((step) => step.at <= (r.path[0]?.at ?? -1) && (r.path[0]?.end ?? -1) <= step.end));
  const sites = reached.map((r) => r.site).filter((s) => LEAVES.has(s.effect));
  const frame = ctx.tracer.frame(ref);
  let handed = false;
  let opaque = false;
  anyValue(tried.body, (v) => {
    const call = v.kind === "await" && (v.of.kind === "call" || v.of.kind === "new") ? v.of : undefined;
    if (!call || !frame) return false;
    for (const callee of possibilities(ctx.tracer.trace(call.callee, frame))) {
      if (callee.is === "parameter") handed = true;
      else if (callee.is !== "function" && callee.is !== "class" && !isLocal(callee) && waitOf(ctx.tracer, call, frame) === undefined) opaque = true;
    }
    return false;
  });
  const returned = tried.body.some((s) => s.kind === "return" && s.value?.kind === "call" && frame && possibilities(ctx.tracer.trace(s.value.callee, frame)).some((t) => t.is === "parameter"));
  return { sites, handed: handed || returned, remote: sites.length > 0 || handed || returned || opaque };
}

function isLocal(callee: Traced): boolean {
  const name = callee.is === "foreign" ? callee.package : callee.is === "export" ? callee.library.package : "";
  return LOCAL.test(name);
}

/** Packages whose work stays on this machine. */
const LOCAL = /^(?:node:)?(?:fs|fs\/promises|path|os|zlib|crypto|child_process|fs-extra|graceful-fs|tmp|rimraf|glob|globby|execa)$/;

const LEAVES: ReadonlySet<string> = new Set(["request", "query", "connect", "transaction", "cache", "publish", "sdk"]);

/** A function that calls itself from its catch, at once or by a timer. */
function recursions(ctx: RepetitionContext, ref: FunctionRef, frame: Frame): readonly Repetition[] {
  const found: Repetition[] = [];
  for (const edge of [...(ctx.graph.out.get(refKey(ref)) ?? []), ...throughThis(ctx, ref, frame)]) {
    const target = recursive(ctx, ref, edge.to);
    if (!target || !(failurePath(edge.within, edge.call) || isCatchCallback(ctx, ref))) continue;
    const owner = ctx.tracer.fn(target);
    if (!owner || inLoop(edge.within) || goesAnotherWay(edge.call) || mendsFirst(ctx, frame, edge.within)) continue;
    const policy = policyOfRecursion(ctx, frame, edge.call, edge.within, edge.step, owner.params.flatMap((p) => (p.pattern.kind === "name" ? [p.pattern.name] : [])));
    const sites = ctx.reach(target).map((r) => r.site).filter((s) => LEAVES.has(s.effect));
    const awaits = sites.length > 0 || flowOf(owner).steps.some((s) => s.awaited || (s.call.callee.kind === "member" && /^(?:then|catch)$/.test(s.call.callee.name)));
    if (!awaits) continue;
    const place = { path: ref.path, at: edge.call.at, end: edge.call.end };
    found.push(repetition(ctx, target, { place, head: { path: ref.path, at: edge.call.callee.at, end: edge.call.callee.end }, by: inCatchCallback(edge.within, edge.call) ? "catch-callback" : "recursion", policy: policy.policy, repeats: sites, ...delayOf(ctx, ref, policy.waits), confidence: sites.length > 0 ? "certain" : "likely", evidence: [{ says: `${owner.name} calls itself when it failed`, place }] }));
  }
  return found;
}

/** `build({ ...options, incremental: false })`, `query(path, false)`: what is tried after the failure is not what failed. */
function goesAnotherWay(call: CallValue | NewValue): boolean {
  return call.args.some((arg) => isFlag(arg) || (arg.kind === "object" && arg.properties.some((p) => p.spread) && arg.properties.some((p) => isFlag(p.value))));
}

function isFlag(value: Value): boolean {
  return value.kind === "const" && typeof value.value === "boolean";
}

/** `if (error.code === "NO_SCRIPT") { await load(); return again(); }`: the cause of that one error was taken away. */
function mendsFirst(ctx: RepetitionContext, frame: Frame, within: Within | undefined): boolean {
  for (let w = within; w && w.kind !== "handler"; w = w.up) {
    if (w.kind !== "branch" || w.test.kind === "name" || !asksForErrorAlone(w.test)) continue;
    const block = branchOf(frame.fn.body, w.test, w.side);
    if (block && anyValue(block, (v) => (v.kind === "assign" && v.op === "=" && v.target.kind === "member" && v.value.kind === "const") || (v.kind === "await" && v.of.kind === "call" && mends(v.of) && waitOf(ctx.tracer, v.of, frame) === undefined && !isSelf(v.of, frame.fn)))) return true;
  }
  return false;
}

function mends({ callee }: CallValue): boolean {
  return (callee.kind === "name" || callee.kind === "member") && !/^(?:log|debug|info|warn|error|emit|publish|notify|report|track|capture\w*|record\w*)$/i.test(callee.name);
}

function isSelf(call: CallValue, fn: FunctionFact): boolean {
  return (call.callee.kind === "name" || call.callee.kind === "member") && call.callee.name === fn.name;
}

/** The block of the `if` with that very test. */
function branchOf(body: readonly Instruction[], test: Value, side: "then" | "else"): readonly Instruction[] | undefined {
  for (const step of body) {
    if (step.kind === "if" && step.test === test) return side === "then" ? step.then : step.else;
    for (const inner of childBlocks(step)) {
      const found = branchOf(inner, test, side);
      if (found) return found;
    }
  }
  return undefined;
}

/** `setTimeout(this.connect, 1000)` in a method of an object that a framework binds: no class says what `this` is, the name does. */
function throughThis(ctx: RepetitionContext, ref: FunctionRef, frame: Frame): readonly GraphEdge[] {
  return flowOf(frame.fn).steps.flatMap((step): readonly GraphEdge[] => {
    const [again] = step.call.args;
    const isTimer = step.call.callee.kind === "name" && step.call.callee.name === "setTimeout";
    if (!isTimer || again?.kind !== "member" || again.of.kind !== "name" || again.of.name !== "this") return [];
    const owner = enclosing(ctx, ref, (fn) => fn.name === again.name && fn.classId < 0);
    return owner ? [{ from: ref, to: owner, kind: "handed", call: step.call, step, within: { kind: "argument", call: step.call, index: 0, up: step.within }, callee: undefined }] : [];
  });
}

function enclosing(ctx: RepetitionContext, ref: FunctionRef, fits: (fn: FunctionFact) => boolean): FunctionRef | undefined {
  for (let fn = ctx.tracer.fn(ref); fn && fn.kind !== "module"; fn = ctx.tracer.fn({ path: ref.path, id: fn.parent })) if (fits(fn)) return { path: ref.path, id: fn.id };
  return undefined;
}

/** The function itself, or the one around it whose name it calls. */
function recursive(ctx: RepetitionContext, from: FunctionRef, to: FunctionRef): FunctionRef | undefined {
  for (let fn = ctx.tracer.fn(from); fn; fn = fn.parent >= 0 ? ctx.tracer.fn({ path: from.path, id: fn.parent }) : undefined) {
    if (sameRef({ path: from.path, id: fn.id }, to)) return fn.kind === "module" ? undefined : to;
    if (fn.kind === "module") return undefined;
  }
  return undefined;
}

/** In a catch clause, in `.catch(…)`, or in an error branch of a callback (`if (err) …`). */
function failurePath(within: Within | undefined, call: CallValue | NewValue): boolean {
  for (let w = within; w; w = w.up) {
    if (w.kind === "handler") return true;
    if (w.kind === "branch" && w.side === "then" && /^(err|error|e)$/.test(w.test.kind === "name" ? w.test.name : "")) return true;
    if (w.kind === "argument" && w.call.callee.kind === "member" && w.call.callee.name === "catch") return true;
  }
  return call.callee.kind === "member" && call.callee.name === "catch";
}

/** The function is itself what `.catch(…)` was given. */
function isCatchCallback(ctx: RepetitionContext, ref: FunctionRef): boolean {
  return (ctx.graph.into.get(refKey(ref)) ?? []).some((edge) => edge.kind === "handed" && edge.call.callee.kind === "member" && edge.call.callee.name === "catch");
}

function inCatchCallback(within: Within | undefined, call: CallValue | NewValue): boolean {
  return (call.callee.kind === "member" && call.callee.name === "catch") || (within?.kind === "argument" && within.call.callee.kind === "member" && within.call.callee.name === "catch");
}

function inLoop(within: Within | undefined): boolean {
  for (let w = within; w; w = w.up) if (w.kind === "loop") return true;
  return false;
}

function policyOfRecursion(ctx: RepetitionContext, frame: Frame, call: CallValue | NewValue, within: Within | undefined, step: Step | undefined, params: readonly string[]): { policy: RetryPolicy; waits: readonly Wait[] } {
  const varying = new Set([...params, ...call.args.flatMap((a) => [...namesIn(a)])]);
  const timer = timerDelay(call, within);
  const waits = [...(timer ? [{ at: call.at, end: call.end, duration: timer, frame }] : []), ...sleepsAround(ctx, frame, within)];
  const shapes = waits.map((w) => shapeOfWait(ctx.tracer, w, varying));
  const [first] = shapes;
  const bounded = step === undefined ? params.length > 0 : call.args.some((a) => a.kind === "binary" || a.kind === "unary") || leavesByCondition(within);
  const policy: RetryPolicy = { attempts: bounded ? "unknown" : "unbounded", ...(first ? { wait: first.wait, jitter: first.jitter, ...(first.baseMs === undefined ? {} : { baseMs: first.baseMs }) } : { wait: "none", jitter: "no" }), selective: picksErrors(within) ? "yes" : "unknown" };
  return { policy, waits };
}

/** `setTimeout(again, ms)` */
function timerDelay(call: CallValue | NewValue, within: Within | undefined): Value | undefined {
  const isTimer = (c: CallValue | NewValue): boolean => (c.callee.kind === "name" ? c.callee.name : c.callee.kind === "member" ? c.callee.name : "") === "setTimeout";
  if (isTimer(call)) return call.args[1];
  for (let w = within; w; w = w.up) if (w.kind === "argument" && isTimer(w.call)) return w.call.args[1];
  return undefined;
}

function sleepsAround(ctx: RepetitionContext, frame: Frame, within: Within | undefined): readonly NonNullable<ReturnType<typeof waitOf>>[] {
  for (let w = within; w; w = w.up) {
    if (w.kind !== "handler" || !w.of.handler) continue;
    const waits: NonNullable<ReturnType<typeof waitOf>>[] = [];
    anyValue(w.of.handler.body, (v) => {
      const wait = v.kind === "await" && (v.of.kind === "call" || v.of.kind === "new") ? waitOf(ctx.tracer, v.of, frame) : undefined;
      if (wait) waits.push(wait);
      return false;
    });
    return waits;
  }
  return [];
}

function leavesByCondition(within: Within | undefined): boolean {
  for (let w = within; w; w = w.up) {
    if (w.kind === "branch" && !asksForErrorAlone(w.test)) return true;
    if (w.kind === "handler" && w.of.handler) return givesUp(w.of.handler.body);
  }
  return false;
}

/** Throws for another reason than what the error is; what follows a branch that left for an error's sake is its other branch. */
function givesUp(body: readonly Instruction[]): boolean {
  for (const step of body) {
    if (step.kind === "throw") return true;
    if (step.kind === "if" && asksForErrorAlone(step.test)) {
      if (mayLeave(step.then, ["return", "throw"])) return false;
    } else if (step.kind !== "loop" && childBlocks(step).some(givesUp)) return true;
  }
  return false;
}

/** Only some errors lead to another attempt. */
function picksErrors(within: Within | undefined): boolean {
  for (let w = within; w; w = w.up) if (w.kind === "branch" && [...namesIn(w.test)].some((name) => ERROR_NAME.test(name))) return true;
  return false;
}

const ERROR_NAME = /^(?:e|ex|err|error|exception|reason|cause)(?:\.|$)/;

/** `if (error.code === "ECONNREFUSED")` picks errors and ends nothing. */
function asksForErrorAlone(test: Value): boolean {
  const names = [...namesIn(test)];
  return names.length > 0 && names.every((name) => ERROR_NAME.test(name));
}

/** Calls of retry libraries with their options. */
function libraries(ctx: RepetitionContext, ref: FunctionRef, frame: Frame): readonly Repetition[] {
  return flowOf(frame.fn).steps.flatMap((step): readonly Repetition[] => {
    for (const callee of possibilities(ctx.tracer.trace(step.call.callee, frame))) {
      const shape = callee.is === "export" || callee.is === "method" ? callee.shape : undefined;
      const wrap = shape?.is === "wrapper" || shape?.is === "operator" || shape?.is === "attaches" ? shape.wrap : shape?.is === "factory" || shape?.is === "class" ? shape.policy : undefined;
      if (!wrap?.adds.includes("retry") || !wrap.retry) continue;
      const options = wrap.options === undefined ? undefined : traceArgument(ctx.tracer, step.call.args, wrap.options, frame);
      const library = callee.is === "export" ? callee.library.package : callee.is === "method" ? callee.origin.library.package : "";
      const place = { path: ref.path, at: step.call.at, end: step.call.end };
      const sites = ctx.reach(ref).filter((r) => r.path[0]?.at !== undefined && step.call.at <= r.path[0].at && r.path[0].end <= step.call.end).map((r) => r.site);
      return [repetition(ctx, ref, { place, head: { path: ref.path, at: step.call.callee.at, end: step.call.callee.end }, by: "library", library, policy: retryPolicyOf(ctx.tracer, wrap.retry, options), repeats: sites, ...(wrap.options === undefined ? {} : { options: wrap.options }), confidence: "certain", evidence: [{ says: `${library} repeats it`, place }] })];
    }
    return [];
  });
}

function repetition(ctx: RepetitionContext, ref: FunctionRef, made: { place: Place; head: Place; by: Repetition["by"]; library?: string; policy: RetryPolicy; repeats: readonly Site[]; delay?: Place; options?: number; confidence: Confidence; evidence: readonly Evidence[] }): Repetition {
  const reached = ctx.contextOf(ref).reached;
  const connects = made.repeats.length > 0 && made.repeats.every((s) => s.effect === "connect");
  const name = nameOf(ctx.tracer, ref);
  const startup = connects || (reached.has("startup") && reached.size === 1) || /(^|\.)(connect|reconnect|init|start|bootstrap|onModuleInit|onApplicationBootstrap|waitFor|ensure)\w*$/i.test(name);
  return { ...made, in: ref, symbol: name, startup };
}
