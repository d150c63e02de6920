/** Functions that call themselves when they failed: from a catch, a callback of an error, or an event of a lost connection. */
import type { FunctionRef, Reached, Site } from "../knowledge.ts";
import type { RetryPolicy } from "../policy.ts";
import type { CallValue, FunctionFact, Instruction, NewValue, TryInstruction, Value } from "../../syntax/summary.ts";
import { anyValue, assignedIn, mayLeave, namesIn } from "./exits.ts";
import { flowOf, type Within } from "./flow.ts";
import type { CallGraph, GraphEdge } from "./graph.ts";
import { type Frame, refKey, sameRef } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { shapeOfWait, type Wait, waitOf } from "./waits.ts";
import { childBlocks } from "./walk.ts";

export interface RecursionContext {
  readonly tracer: Tracer;
  readonly graph: CallGraph;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
}

export interface Recursion {
  /** The function that calls itself; it may do so from one that is written inside. */
  readonly target: FunctionRef;
  readonly name: string;
  readonly call: CallValue | NewValue;
  readonly by: "recursion" | "catch-callback";
  readonly policy: RetryPolicy;
  readonly waits: readonly Wait[];
  readonly repeats: readonly Site[];
  /** The statement whose failure leads to the call, where it is a try. */
  readonly tried: TryInstruction | undefined;
  /** Only where somebody else was first. */
  readonly conflict: boolean;
  /** The call stands in a function inside the one that is called again. */
  readonly through: boolean;
}

/** Where a step of the way stands: in the function itself, or in one written inside. */
interface Around {
  readonly within: Within | undefined;
  readonly frame: Frame;
}

const LEAVES: ReadonlySet<string> = new Set(["request", "query", "connect", "transaction", "cache", "publish", "sdk"]);
const MAX_DEPTH = 3;

export function recursionsOf(ctx: RecursionContext, ref: FunctionRef, frame: Frame): readonly Recursion[] {
  const found: Recursion[] = [];
  for (const edge of ctx.graph.out.get(refKey(ref)) ?? []) {
    const target = recursive(ctx, ref, edge.to);
    const owner = target && ctx.tracer.fn(target);
    if (!owner || goesAnotherWay(edge.call) || mendsFirst(ctx, frame, edge.within)) continue;
    const way = waysTo(ctx, ref, target, 0)
      .map((rest): readonly Around[] => [{ within: edge.within, frame }, ...rest])
      .find((way) => way.some((around, at) => failurePath(ctx, around, at === 0 ? edge.call : undefined)) && !way.some(({ within }) => inLoop(within)));
    if (!way) continue;
    const repeats = ctx.reach(target).map((r) => r.site).filter((s) => LEAVES.has(s.effect));
    const awaits = repeats.length > 0 || flowOf(owner).steps.some((s) => s.awaited || (s.call.callee.kind === "member" && /^(?:then|catch)$/.test(s.call.callee.name)));
    if (!awaits) continue;
    const { policy, waits } = policyOf(ctx, owner, edge, way);
    found.push({ target, name: owner.name, call: edge.call, by: inCatchCallback(edge.within, edge.call) ? "catch-callback" : "recursion", policy, waits, repeats, tried: triedOn(way), conflict: way.some(({ within }) => isConflict(within)), through: way.length > 1 && !inCatchCallback(edge.within, edge.call) && !isCatchCallback(ctx, ref) });
  }
  return found;
}

/** How control comes from the function to one written inside it, innermost first; the function itself is there already. */
function waysTo(ctx: RecursionContext, ref: FunctionRef, target: FunctionRef, depth: number): readonly (readonly Around[])[] {
  if (sameRef(ref, target)) return [[]];
  if (depth >= MAX_DEPTH) return [];
  const into = [...(ctx.graph.into.get(refKey(ref)) ?? []), ...asListener(ctx, ref)];
  return into.flatMap(({ from, within }) => {
    const frame = ctx.tracer.frame(from);
    if (!frame || sameRef(from, ref) || !recursive(ctx, from, target)) return [];
    return waysTo(ctx, from, target, depth + 1).map((rest) => [{ within, frame }, ...rest]);
  });
}

/** A function written in place that a library calls from outside: no other function runs it, and none is its caller. */
function asListener(ctx: RecursionContext, ref: FunctionRef): readonly Pick<GraphEdge, "from" | "within">[] {
  const parent = ctx.tracer.fn(ref)?.parent ?? -1;
  const around = parent < 0 || ctx.graph.into.has(refKey(ref)) ? undefined : ctx.tracer.fn({ path: ref.path, id: parent });
  return around ? flowOf(around).items.flatMap((item) => (item.kind === "closure" && item.id === ref.id ? [{ from: { path: ref.path, id: parent }, within: item.within }] : [])) : [];
}

function triedOn(way: readonly Around[]): TryInstruction | undefined {
  for (const { within } of way) for (let w = within; w; w = w.up) if (w.kind === "handler") return w.of;
  return undefined;
}

/** `build({ ...options, incremental: false })`, `query(path, false)`: what is tried after the failure is not what failed. */
function goesAnotherWay(call: CallValue | NewValue): boolean {
  return call.args.some((arg) => isFlag(arg) || (arg.kind === "object" && arg.properties.some((p) => p.spread) && arg.properties.some((p) => isFlag(p.value))));
}

function isFlag(value: Value): boolean {
  return value.kind === "const" && typeof value.value === "boolean";
}

/** `if (error.code === "NO_SCRIPT") { await load(); return again(); }`: the cause of that one error was taken away. */
function mendsFirst(ctx: RecursionContext, frame: Frame, within: Within | undefined): boolean {
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

/** The function itself, or the one around it whose name it calls. */
function recursive(ctx: RecursionContext, from: FunctionRef, to: FunctionRef): FunctionRef | undefined {
  for (let fn = ctx.tracer.fn(from); fn; fn = fn.parent >= 0 ? ctx.tracer.fn({ path: from.path, id: fn.parent }) : undefined) {
    if (sameRef({ path: from.path, id: fn.id }, to)) return fn.kind === "module" ? undefined : to;
    if (fn.kind === "module") return undefined;
  }
  return undefined;
}

/** In a catch clause, in `.catch(…)`, in an error branch of a callback (`if (err) …`), or when a connection was lost. */
function failurePath(ctx: RecursionContext, { within, frame }: Around, call: CallValue | NewValue | undefined): boolean {
  for (let w = within; w; w = w.up) {
    if (w.kind === "handler") return true;
    if (w.kind === "branch" && w.side === "then" && /^(err|error|e)$/.test(w.test.kind === "name" ? w.test.name : "")) return true;
    if (w.kind === "argument" && (isCatch(w.call) || isLoss(ctx, w.call, frame))) return true;
  }
  return call !== undefined && isCatch(call);
}

function isCatch({ callee }: CallValue | NewValue): boolean {
  return callee.kind === "member" && callee.name === "catch";
}

/**
 * `socket.on("close", …)` of what is made at once, and tells by an event that it could not connect. What was waited for had been
 * connected before it is lost.
 */
function isLoss(ctx: RecursionContext, { callee, args: [event] }: CallValue | NewValue, frame: Frame): boolean {
  if (callee.kind !== "member" || callee.of.kind !== "name" || !/^(?:on|once|addListener|addEventListener)$/.test(callee.name)) return false;
  if (event?.kind !== "const" || typeof event.value !== "string" || !/^(?:error|close|end|disconnect|disconnected)$/.test(event.value)) return false;
  const binding = ctx.tracer.file(frame.path)?.lookup(callee.of.name, frame.fn, callee.at);
  return binding?.kind === "variable" && [...binding.declarations.map((d) => d.value), ...binding.assigned.map((a) => a.value)].some((value) => value?.kind === "new" || value?.kind === "call");
}

/** The function is itself what `.catch(…)` was given. */
function isCatchCallback(ctx: RecursionContext, ref: FunctionRef): boolean {
  return (ctx.graph.into.get(refKey(ref)) ?? []).some((edge) => edge.kind === "handed" && edge.call.callee.kind === "member" && edge.call.callee.name === "catch");
}

function inCatchCallback(within: Within | undefined, call: CallValue | NewValue): boolean {
  return (call.callee.kind === "member" && call.callee.name === "catch") || (within?.kind === "argument" && within.call.callee.kind === "member" && within.call.callee.name === "catch");
}

function inLoop(within: Within | undefined): boolean {
  for (let w = within; w; w = w.up) if (w.kind === "loop") return true;
  return false;
}

function policyOf(ctx: RecursionContext, owner: FunctionFact, { call, step }: GraphEdge, way: readonly Around[]): { policy: RetryPolicy; waits: readonly Wait[] } {
  const varying = new Set([...namesThatChange(owner, call), ...way.flatMap(({ frame }) => [...assignedIn(frame.fn.body)])]);
  const timers = way.flatMap(({ within, frame }, at): readonly Wait[] => {
    const timer = timerDelay(at === 0 ? call : undefined, within);
    return timer ? [{ at: call.at, end: call.end, duration: timer, frame }] : [];
  });
  const waits = certainFirst([...timers, ...way.flatMap(({ within, frame }) => sleepsAround(ctx, frame, within)), ...way.flatMap(({ frame }) => (frame.fn === owner ? [] : sleepsBefore(ctx, frame, call)))]);
  const [first] = waits.map((w) => shapeOfWait(ctx.tracer, w, varying));
  const counts = step === undefined ? varying.size > 0 : call.args.some((a) => a.kind === "binary" || a.kind === "unary");
  const bounded = counts || way.some(({ within }) => leavesByCondition(within)) || way.some(({ frame }) => isStopped(frame.fn)) || isStopped(owner);
  const policy: RetryPolicy = { attempts: bounded ? "unknown" : "unbounded", ...(first ? { wait: first.wait, jitter: first.jitter, ...(first.baseMs === undefined ? {} : { baseMs: first.baseMs }) } : { wait: "none", jitter: "no" }), selective: way.some(({ within }) => picksErrors(within)) ? "yes" : asksNothing(way) ? "no" : "unknown" };
  return { policy, waits };
}

/** A wait that is made for some errors only tells nothing of the others. */
function certainFirst(waits: readonly Wait[]): readonly Wait[] {
  const always = waits.filter((w) => w.sometimes !== true);
  return always.length > 0 ? always : waits;
}

/** `if (this.closed) return;` */
function isStopped(owner: FunctionFact): boolean {
  return owner.body.some((step) => step.kind === "if" && mayLeave(step.then, ["return"]) && [...namesIn(step.test)].some((name) => /(?:clos|stop|shut|destroy|dispos|should|abort|exit|end(?:ed|ing)|quit|active|running|enabled)/i.test(name)));
}

/** The catch goes on without a look at what it caught, but for telling it. */
function asksNothing(way: readonly Around[]): boolean {
  const handler = triedOn(way)?.handler;
  if (!handler) return false;
  const name = handler.binding?.kind === "name" ? handler.binding.name : undefined;
  return name === undefined ? handler.binding === undefined : !anyValue(handler.body, (v) => (v.kind === "binary" || v.kind === "unary") && namesIn(v).has(name)) && !anyValue(handler.body, (v) => v.kind === "call" && /^(?:is|should|can|has)[A-Z]/.test(v.callee.kind === "member" || v.callee.kind === "name" ? v.callee.name : "") && v.args.some((arg) => namesIn(arg).has(name)));
}

/** What the function assigns to, its parameters, and what is given for them; one that is handed on as it came stays the same. */
function namesThatChange(owner: FunctionFact, call: CallValue | NewValue): ReadonlySet<string> {
  const same = (index: number, name: string): boolean => {
    const given = call.args[index];
    return given?.kind === "name" && given.name === name;
  };
  const params = owner.params.flatMap((p, index) => (p.pattern.kind === "name" && !same(index, p.pattern.name) ? [p.pattern.name] : []));
  return new Set([...params, ...assignedIn(owner.body), ...call.args.flatMap((arg, index) => (arg.kind === "name" && owner.params[index] && same(index, arg.name) ? [] : [...namesIn(arg)]))]);
}

/** `setTimeout(again, ms)` */
function timerDelay(call: CallValue | NewValue | undefined, within: Within | undefined): Value | undefined {
  const isTimer = (c: CallValue | NewValue): boolean => (c.callee.kind === "name" ? c.callee.name : c.callee.kind === "member" ? c.callee.name : "") === "setTimeout";
  if (call && isTimer(call)) return call.args[1];
  for (let w = within; w; w = w.up) if (w.kind === "argument" && isTimer(w.call)) return w.call.args[1];
  return undefined;
}

function sleepsAround(ctx: RecursionContext, frame: Frame, within: Within | undefined): readonly Wait[] {
  for (let w = within; w; w = w.up) {
    if (w.kind !== "handler" || !w.of.handler) continue;
    const waits: Wait[] = [];
    anyValue(w.of.handler.body, (v) => {
      const wait = v.kind === "await" && (v.of.kind === "call" || v.of.kind === "new") ? waitOf(ctx.tracer, v.of, frame) : undefined;
      if (wait) waits.push(wait);
      return false;
    });
    return waits;
  }
  return [];
}

/** What a function written inside waits for before it comes to the call. */
function sleepsBefore(ctx: RecursionContext, frame: Frame, call: CallValue | NewValue): readonly Wait[] {
  return flowOf(frame.fn).steps.flatMap((step) => (step.awaited && step.call.end <= call.at ? (waitOf(ctx.tracer, step.call, frame) ?? []) : []));
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

/** `if (error instanceof DuplicateKeyError)`, `if (error.code === "P2034")`: another round finds another state. */
function isConflict(within: Within | undefined): boolean {
  for (let w = within; w && w.kind !== "handler"; w = w.up) {
    if (w.kind !== "branch" || w.side !== "then" || ![...namesIn(w.test)].some((name) => ERROR_NAME.test(name))) continue;
    if (anyValue([{ kind: "evaluate", value: w.test, at: w.test.at, end: w.test.end }], (v) => ((v.kind === "name" || v.kind === "member") && CONFLICT.test(v.name)) || (v.kind === "const" && typeof v.value === "string" && CONFLICT.test(v.value)))) return true;
  }
  return false;
}

/** Words, and codes of Prisma (P2002, P2034) and PostgreSQL (23505, 40001, 40P01), for what was there already or has changed meanwhile. */
const CONFLICT = /duplicate|conflict|unique|alreadyexists|optimistic|stale|serialization|deadlock|^(?:P2002|P2034|23505|40001|40P01)$/i;

const ERROR_NAME = /^(?:e|ex|err|error|exception|reason|cause)(?:\.|$)/;

/** `if (error.code === "ECONNREFUSED")` picks errors and ends nothing. */
function asksForErrorAlone(test: Value): boolean {
  const names = [...namesIn(test)];
  return names.length > 0 && names.every((name) => ERROR_NAME.test(name));
}
