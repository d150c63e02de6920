/** Everything that repeats work on failure: own loops, recursion from a catch, libraries and clients that do so. */
import type { FunctionRef, Reached, Repetition, Site } from "../knowledge.ts";
import type { Confidence, Place } from "../finding.ts";
import type { Evidence, RetryPolicy } from "../policy.ts";
import type { CallValue, NewValue, TryInstruction, Value } from "../../syntax/summary.ts";
import { nameOf, type Context } from "./contexts.ts";
import { decidingFunctionsIn, delayFunctionsIn } from "./delay-functions.ts";
import { engineTasksOf } from "./engine-tasks.ts";
import { anyValue } from "./exits.ts";
import { flowOf } from "./flow.ts";
import type { CallGraph } from "./graph.ts";
import { retryPolicyOf } from "./layers.ts";
import { traceArgument } from "./options.ts";
import { recursionsOf } from "./recursions.ts";
import { requeuesIn } from "./requeues.ts";
import { retryOfLoop } from "./retry-loop.ts";
import { type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { waitOf } from "./waits.ts";

export interface RepetitionContext {
  readonly tracer: Tracer;
  readonly graph: CallGraph;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
  readonly contextOf: (ref: FunctionRef) => Context;
}

export function repetitionsOf(ctx: RepetitionContext, ref: FunctionRef): readonly Repetition[] {
  const frame = ctx.tracer.frame(ref);
  return frame ? [...loops(ctx, ref, frame), ...recursions(ctx, ref, frame), ...libraries(ctx, ref, frame), ...engines(ctx, ref, frame), ...requeues(ctx, ref, frame), ...delaysOf(ctx, ref)] : [];
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
      else if (waitsOutside(ctx.tracer, callee, call, frame, 0)) opaque = true;
    }
    return false;
  });
  const returned = tried.body.some((s) => s.kind === "return" && s.value?.kind === "call" && frame && possibilities(ctx.tracer.trace(s.value.callee, frame)).some((t) => t.is === "parameter"));
  return { sites, handed: handed || returned, remote: sites.length > 0 || handed || returned || opaque };
}

const MAX_DEPTH = 4;

/** Work out of sight is waited for: a library's that is no local one, or what a function of the workspace waits for in its turn. */
function waitsOutside(tracer: Tracer, callee: Traced, call: CallValue | NewValue, frame: Frame, depth: number): boolean {
  if (callee.is === "class" || waitOf(tracer, call, frame) !== undefined) return false;
  if (callee.is !== "function") return !isLocal(callee);
  const [fn, inner] = [tracer.fn(callee.ref), tracer.frame(callee.ref)];
  if (fn === undefined || inner === undefined || depth >= MAX_DEPTH) return false;
  return flowOf(fn).steps.some((step) => step.awaited && possibilities(tracer.trace(step.call.callee, inner)).some((one) => one.is !== "parameter" && one.is !== "unknown" && waitsOutside(tracer, one, step.call, inner, depth + 1)));
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
  return recursionsOf(ctx, ref, frame).map((r) => {
    const place = { path: ref.path, at: r.call.at, end: r.call.end };
    const head = { path: ref.path, at: r.call.callee.at, end: r.call.callee.end };
    return repetition(ctx, r.target, { place, head, by: r.by, policy: r.policy, repeats: r.repeats, ...delayOf(ctx, ref, r.waits), ...(r.through ? { through: true as const } : {}), ...(r.conflict ? { conflict: true as const } : {}), confidence: r.repeats.length > 0 ? "certain" : "likely", evidence: [{ says: `${r.name} calls itself when it failed`, place }] });
  });
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

/** What a workflow engine runs for the workspace, and repeats by the policy that is written here. */
function engines(ctx: RepetitionContext, ref: FunctionRef, frame: Frame): readonly Repetition[] {
  return engineTasksOf(ctx, frame).map(({ call, library, title, options, policy, tasks, unkeyed, sites }) => {
    const place = { path: ref.path, at: call.at, end: call.end };
    return repetition(ctx, ref, { place, head: { path: ref.path, at: call.callee.at, end: call.callee.end }, by: "library", library, policy, repeats: sites.filter((s) => LEAVES.has(s.effect)), tasks, unkeyed, ...(options === undefined ? {} : { options }), confidence: sites.length > 0 ? "certain" : "likely", evidence: [{ says: `${title} repeats ${tasks.slice(0, 4).join(", ")}`, place }] });
  });
}

/** A broker that is handed a message back delivers it again. */
function requeues(ctx: RepetitionContext, ref: FunctionRef, frame: Frame): readonly Repetition[] {
  return requeuesIn(ctx.tracer, frame).map(({ call, name, tried, waits }) => {
    const place = { path: ref.path, at: call.at, end: call.end };
    const policy: RetryPolicy = { attempts: "unbounded", wait: waits ? "unknown" : "none", jitter: "unknown", selective: "unknown" };
    const evidence = [{ says: "goes back to its queue whenever this fails", place: { path: ref.path, at: tried.at, end: tried.at + 3 } }];
    return { ...repetition(ctx, ref, { place, head: { path: ref.path, at: call.callee.at, end: call.callee.end }, by: "requeue", policy, repeats: stepsWithin(ctx, ref, tried).sites, confidence: "certain", evidence }), startup: false, givesBack: name };
  });
}

/** A client that is told to wait the same time before each of its attempts. */
export function delaysOf(ctx: RepetitionContext, ref: FunctionRef): readonly Repetition[] {
  const frame = ctx.tracer.frame(ref);
  if (!frame) return [];
  const ofClient = ({ name, at, end }: { readonly name: string; readonly at: number; readonly end: number }, policy: RetryPolicy, says: string): Repetition => {
    const place = { path: ref.path, at, end };
    return { ...repetition(ctx, ref, { place, head: { path: ref.path, at, end: Math.min(end, at + name.length) }, by: "client", policy, repeats: [], confidence: "likely", evidence: [{ says, place }] }), symbol: name };
  };
  const deciding = decidingFunctionsIn(ctx.tracer, frame);
  const same = delayFunctionsIn(ctx.tracer, frame).filter(({ at }) => !deciding.some((one) => one.at === at && one.endless));
  return [
    ...same.map((fn) => ofClient(fn, { attempts: "unknown", wait: "constant", jitter: "no", baseMs: fn.ms, selective: "unknown" }, `${fn.name} gives ${fn.ms} ms each time`)),
    ...deciding.map((fn) => ({ ...ofClient(fn, { attempts: fn.endless ? "unbounded" : "unknown", wait: "unknown", jitter: "unknown", selective: "no" }, `${fn.name} decides about every attempt, and does not look at \`${fn.ignores}\``), ignores: fn.ignores, startup: false })),
  ];
}

function repetition(ctx: RepetitionContext, ref: FunctionRef, made: { place: Place; head: Place; by: Repetition["by"]; library?: string; policy: RetryPolicy; repeats: readonly Site[]; delay?: Place; options?: number; through?: true; conflict?: true; tasks?: readonly string[]; unkeyed?: readonly string[]; confidence: Confidence; evidence: readonly Evidence[] }): Repetition {
  const reached = ctx.contextOf(ref).reached;
  const connects = made.repeats.length > 0 && made.repeats.every((s) => s.effect === "connect");
  const name = nameOf(ctx.tracer, ref);
  const startup = connects || (reached.has("startup") && reached.size === 1) || /(^|\.)(connect|reconnect|init|start|bootstrap|onModuleInit|onApplicationBootstrap|waitFor|ensure)\w*$/i.test(name);
  return { ...made, in: ref, symbol: name, startup };
}
