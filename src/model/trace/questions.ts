/** Small questions about the program that rules ask. */
import type { FunctionRef, Program } from "../knowledge.ts";
import type { Place } from "../finding.ts";
import type { Instruction } from "../../syntax/summary.ts";
import type { CallGraph } from "./graph.ts";
import { refKey } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { childBlocks } from "./walk.ts";

export function questions(tracer: Tracer, graph: CallGraph): Pick<Program, "callersOf" | "callsTo" | "excludes" | "callsNamed" | "isReplayed"> {
  const replayed = new Map<string, boolean>();
  return { callersOf, callsTo, excludes, callsNamed, isReplayed };

  function callersOf(ref: FunctionRef): readonly FunctionRef[] {
    const found = new Map<string, FunctionRef>();
    for (const edge of graph.into.get(refKey(ref)) ?? []) found.set(refKey(edge.from), edge.from);
    return [...found.values()];
  }

  function callsTo(ref: FunctionRef): ReturnType<Program["callsTo"]> {
    return (graph.into.get(refKey(ref)) ?? []).flatMap(({ kind, fires, from, call }) => (kind === "call" || fires ? [{ from, call }] : []));
  }

  function excludes(ref: FunctionRef, a: Place, b: Place): boolean {
    const fn = tracer.fn(ref);
    return fn !== undefined && apart(fn.body, a, b);
  }

  function callsNamed(ref: FunctionRef, name: RegExp): boolean {
    const fn = tracer.fn(ref);
    if (!fn) return false;
    if (fn.calls.some((c) => name.test(c.split(".").at(-1) ?? ""))) return true;
    return (tracer.file(ref.path)?.nestedIn(fn) ?? []).some((inner) => callsNamed({ path: ref.path, id: inner.id }, name));
  }

  function isReplayed(path: string): boolean {
    const known = replayed.get(path);
    if (known !== undefined) return known;
    const isOne = (tracer.view(path).summary?.imports ?? []).some(({ specifier }) => {
      const resolved = tracer.world.resolve(path, specifier);
      return resolved.is === "package" && tracer.world.catalog.find(resolved.name)?.category.includes("workflow") === true;
    });
    replayed.set(path, isOne);
    return isOne;
  }
}

/** In different blocks of one branching instruction, or the first leaves the function before the second is come to. */
function apart(body: readonly Instruction[], a: Place, b: Place): boolean {
  for (const step of body) {
    const blocks = step.kind === "if" || step.kind === "switch" ? childBlocks(step) : [];
    const ofA = blocks.findIndex((block) => block.some((s) => holds(s, a)));
    const ofB = blocks.findIndex((block) => block.some((s) => holds(s, b)));
    if (ofA >= 0 && ofB >= 0 && ofA !== ofB) return true;
    if (ofA >= 0 && ofB < 0 && step.at < b.at && leaves(blocks[ofA] ?? [])) return true;
    if (holds(step, a) && childBlocks(step).some((inner) => apart(inner, a, b))) return true;
  }
  return false;
}

function holds(step: Instruction, place: Place): boolean {
  return step.at <= place.at && place.end <= step.end;
}

/** Whether a block ends by leaving its function. */
export function leaves(body: readonly Instruction[]): boolean {
  const last = body[body.length - 1];
  return last?.kind === "return" || last?.kind === "throw";
}
