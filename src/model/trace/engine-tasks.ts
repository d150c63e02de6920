/** Functions of the workspace that a workflow engine runs and repeats: what stands for them, and what they come to. */
import type { FunctionRef, Reached, Site } from "../knowledge.ts";
import type { RetryPolicy } from "../policy.ts";
import type { CallValue, FunctionFact, Instruction, NewValue } from "../../syntax/summary.ts";
import { anyValue } from "./exits.ts";
import { flowOf } from "./flow.ts";
import { retryPolicyOf } from "./layers.ts";
import { propertyOf } from "./members.ts";
import { traceArgument } from "./options.ts";
import { handsOnNoKey } from "./task-keys.ts";
import { type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { valueOfType } from "./types.ts";
import { childBlocks } from "./walk.ts";

export interface EngineTasks {
  readonly call: CallValue | NewValue;
  readonly library: string;
  readonly title: string;
  /** Index of the options. */
  readonly options: number | undefined;
  readonly policy: RetryPolicy;
  readonly tasks: readonly string[];
  readonly sites: readonly Site[];
  /** Of the tasks whose code is here and comes to no call that is known: those that hand on no key by which what they do could be told from the time before. */
  readonly unkeyed: readonly string[];
}

interface TaskContext {
  readonly tracer: Tracer;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
}

/** `const { charge } = proxyActivities<typeof activities>(options)` */
export function engineTasksOf(ctx: TaskContext, frame: Frame): readonly EngineTasks[] {
  return flowOf(frame.fn).steps.flatMap(({ call }): readonly EngineTasks[] => {
    const callee = ctx.tracer.trace(call.callee, frame);
    if (callee.is !== "export" || callee.shape.is !== "factory" || !callee.shape.engine) return [];
    const { engine, options } = callee.shape;
    const [type] = call.typeArgs;
    const stands = type && valueOfType(ctx.tracer, type, frame.path, "tasks");
    const tasks = tasksUsed(ctx.tracer, frame, call);
    const known = new Map(tasks.map((name) => [name, stands ? sitesOf(ctx, stands, name) : []]));
    const sites = [...known.values()].flat();
    const unkeyed = stands ? tasks.filter((name) => known.get(name)?.length === 0 && handsOnNoKey(ctx.tracer, functionsOf(ctx.tracer, stands, name), { name, path: frame.path })) : [];
    const given = options === undefined ? undefined : traceArgument(ctx.tracer, call.args, options, frame);
    return [{ call, library: callee.library.package, title: callee.library.title ?? callee.library.package, options, policy: retryPolicyOf(ctx.tracer, engine, given), tasks, sites, unkeyed }];
  });
}

function sitesOf(ctx: TaskContext, stands: Traced, task: string): readonly Site[] {
  return functionsOf(ctx.tracer, stands, task).flatMap((ref) => ctx.reach(ref).map((r) => r.site));
}

function functionsOf(tracer: Tracer, stands: Traced, task: string): readonly FunctionRef[] {
  return possibilities(propertyOf(tracer, stands, task)).flatMap((found) => (found.is === "function" ? [found.ref] : []));
}

/** The names taken out of the object, or called on the variable that holds it. */
function tasksUsed(tracer: Tracer, frame: Frame, call: CallValue | NewValue): readonly string[] {
  const declared = declarationOf(frame.fn.body, call);
  if (declared?.kind === "object") return declared.properties.map((p) => p.key);
  if (declared?.kind !== "name") return [];
  const prefix = `${declared.name}.`;
  const functions: readonly FunctionFact[] = tracer.view(frame.path).summary?.functions ?? [];
  return [...new Set(functions.flatMap((fn) => fn.calls.filter((c) => c.startsWith(prefix)).map((c) => c.slice(prefix.length))))].sort();
}

function declarationOf(body: readonly Instruction[], call: CallValue | NewValue): (Instruction & { kind: "declare" })["pattern"] | undefined {
  for (const step of body) {
    if (step.kind === "declare" && step.value && anyValue([step], (v) => v === call)) return step.pattern;
    for (const inner of childBlocks(step)) {
      const found = declarationOf(inner, call);
      if (found) return found;
    }
  }
  return undefined;
}
