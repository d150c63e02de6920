/** What is borrowed from a pool, and the ways out of the function on which it is not given back. */
import type { DeclareInstruction, FunctionFact, Instruction, TryInstruction, Value } from "../../syntax/summary.ts";
import type { Borrowed, FunctionRef } from "../knowledge.ts";
import { nameOf } from "./contexts.ts";
import { anyValue } from "./exits.ts";
import { type Frame, possibilities } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf, childBlocks, ownValues, walkInstructions, walkValue } from "./walk.ts";

export function borrowedOf(tracer: Tracer, ref: FunctionRef): readonly Borrowed[] {
  const frame = tracer.frame(ref);
  // What a module takes at its start, it keeps for as long as it runs.
  if (!frame || frame.fn.kind === "module" || !frame.fn.calls.some((call) => /\.(connect|getConnection|createQueryRunner|startSession|acquire)$|^startSession$/.test(call))) return [];
  return acquisitionsIn(tracer, frame).flatMap((acquired): readonly Borrowed[] => {
    const held = followed(tracer, frame, acquired);
    if (!held) return [];
    return [
      {
        place: { path: ref.path, at: acquired.call.at, end: acquired.call.end },
        callee: { path: ref.path, at: acquired.call.callee.at, end: acquired.call.callee.end },
        in: ref,
        symbol: nameOf(tracer, ref),
        name: acquired.name,
        giveBack: acquired.giveBack,
        isAsync: /createQueryRunner|startSession/.test(callName(acquired.call)),
        statement: { path: ref.path, at: acquired.step.at, end: acquired.step.end },
        ways: held,
      },
    ];
  });
}

function callName({ callee }: Acquired["call"]): string {
  return callee.kind === "member" ? callee.name : callee.kind === "name" ? callee.name : "";
}

interface Acquired {
  readonly step: DeclareInstruction;
  readonly call: Value & { readonly kind: "call" };
  readonly name: string;
  /** Methods that give it back, the usual one first. */
  readonly giveBack: readonly string[];
}

/** `const client = await pool.connect();` */
function acquisitionsIn(tracer: Tracer, frame: Frame): readonly Acquired[] {
  const found: Acquired[] = [];
  walkInstructions(frame.fn.body, (step) => {
    if (step.kind !== "declare" || step.keyword === "using" || step.keyword === "await using" || step.pattern.kind !== "name") return;
    const call = step.value?.kind === "await" ? step.value.of : step.value;
    if (call?.kind !== "call") return;
    for (const callee of possibilities(tracer.trace(call.callee, frame))) {
      const shape = callee.is === "method" || callee.is === "export" ? callee.shape : undefined;
      if (shape?.is === "factory" && shape.lends) return void found.push({ step, call, name: step.pattern.name, giveBack: shape.lends });
    }
  });
  return found;
}

type Way = Borrowed["ways"][number];

/** Ways out that keep it; undefined where somebody else may give it back. */
function followed(tracer: Tracer, frame: Frame, acquired: Acquired): readonly Way[] | undefined {
  const block = blockOf(frame.fn.body, acquired.step);
  // One that is listened to stays for as long as the process does.
  const isListener = frame.fn.calls.some((call) => call === `${acquired.name}.on`);
  if (!block || isListener || isHandedOn(tracer, frame, acquired)) return undefined;
  const rest = block.slice(block.indexOf(acquired.step) + 1);
  const gives = isGiven(acquired);
  const everGiven = rest.some((step) => gives.anywhere(step));
  const ways = new Set<Way>();
  for (const out of runBlock(rest, true, { gives, name: acquired.name, quiet: quietBefore(rest, gives, acquired.name) })) {
    if (out.held) ways.add(!everGiven ? "never" : out.by === "throw" ? "failure" : out.by === "return" ? "return" : "end");
  }
  return ways.size > 0 ? [...ways].sort() : undefined;
}

function blockOf(body: readonly Instruction[], step: Instruction): readonly Instruction[] | undefined {
  if (body.includes(step)) return body;
  for (const each of body) for (const inner of childBlocks(each)) {
    const found = blockOf(inner, step);
    if (found) return found;
  }
  return undefined;
}

/** It is returned, kept, captured by a function that may give it back, or given to one that does or cannot be looked into. */
function isHandedOn(tracer: Tracer, frame: Frame, { name, call, giveBack }: Acquired): boolean {
  const { fn } = frame;
  const isIt = (value: Value | undefined): boolean => value?.kind === "name" && value.name === name;
  let handed = false;
  const releases = rxOf(giveBack, name);
  walkInstructions(fn.body, (step) => {
    if (step.kind === "return" && step.value && holds(step.value, isIt)) handed = true;
    if (step.kind === "declare" && step.value !== undefined && step.value.kind !== "await" && step.value !== call && holds(step.value, isIt)) handed = true;
  });
  anyValue(fn.body, (v) => {
    if (v.kind === "assign" && holds(v.value, isIt)) handed = true;
    if (v.kind === "function" && releases(tracer.fn({ path: frame.path, id: v.id }))) handed = true;
    if ((v.kind === "call" || v.kind === "new") && v.args.some((arg) => holds(arg, isIt))) handed ||= v.kind === "new" || mayGiveBack(tracer, v, frame, { isIt, giveBack });
    return false;
  });
  return handed;
}

/** The value itself, or an object or list that it is put into. */
function holds(value: Value, isIt: (value: Value | undefined) => boolean): boolean {
  if (isIt(value)) return true;
  if (value.kind === "object") return value.properties.some((property) => holds(property.value, isIt));
  if (value.kind === "array") return value.items.some((item) => holds(item, isIt));
  if (value.kind === "conditional") return holds(value.then, isIt) || holds(value.else, isIt);
  return value.kind === "spread" && holds(value.of, isIt);
}

function rxOf(giveBack: readonly string[], name: string): (fn: FunctionFact | undefined) => boolean {
  return (fn) => fn !== undefined && giveBack.some((method) => fn.calls.some((call) => call === `${name}.${method}` || call === `${name}?.${method}`));
}

/** A function of the workspace that only uses it does not; what cannot be looked into may, unless it takes options. */
function mayGiveBack(tracer: Tracer, call: Value & { readonly kind: "call" }, frame: Frame, { isIt, giveBack }: { readonly isIt: (value: Value | undefined) => boolean; readonly giveBack: readonly string[] }): boolean {
  const direct = call.args.findIndex((arg) => isIt(arg));
  // In an options object (`{ session }`) it is used, and not handed over.
  if (direct < 0) return false;
  const callees = possibilities(tracer.trace(call.callee, frame));
  if (callees.some((callee) => callee.is === "export" || callee.is === "method")) return chainOf(call.callee)?.at(-1) === "release";
  const functions = callees.flatMap((callee) => (callee.is === "function" ? [callee.ref] : []));
  return functions.length === 0 || functions.some((ref) => {
    const fn = tracer.fn(ref);
    const pattern = fn?.params[direct]?.pattern;
    return pattern?.kind !== "name" || rxOf(giveBack, pattern.name)(fn);
  });
}

interface Gives {
  /** The instruction itself gives it back, not one in its blocks. */
  readonly here: (step: Instruction) => boolean;
  readonly anywhere: (step: Instruction) => boolean;
}

function isGiven({ name, giveBack }: Acquired): Gives {
  const isCall = (v: Value): boolean => v.kind === "call" && v.callee.kind === "member" && giveBack.includes(v.callee.name) && v.callee.of.kind === "name" && v.callee.of.name === name;
  const here = (step: Instruction): boolean => ownValues(step).some((value) => {
    let found = false;
    walkValue(value, (v) => (found ||= isCall(v)));
    return found;
  });
  const anywhere = (step: Instruction): boolean => here(step) || childBlocks(step).some((body) => body.some(anywhere));
  return { here, anywhere };
}

interface Out {
  readonly by: "end" | "return" | "throw" | "leave";
  readonly held: boolean;
}

interface Rules {
  readonly gives: Gives;
  readonly name: string;
  /** Instructions whose failure is not counted: they set it up, right before what gives it back in any case. */
  readonly quiet: ReadonlySet<Instruction>;
  /** In a catch or finally, where a second failure is not counted. */
  readonly calm?: boolean;
}

function quietBefore(rest: readonly Instruction[], gives: Gives, name: string): ReadonlySet<Instruction> {
  const guard = rest.findIndex((step) => step.kind === "try" && step.finalizer?.some(gives.anywhere));
  const caught = guard >= 0 ? guard : rest.findIndex((step) => step.kind === "try" && step.handler?.body.some(gives.anywhere));
  return new Set(rest.slice(0, Math.max(caught, 0)).filter((step) => ownValues(step).every((value) => isOwnCall(value, name))));
}

/** `await client.query("BEGIN")` */
function isOwnCall(value: Value, name: string): boolean {
  const call = value.kind === "await" ? value.of : value;
  return call.kind === "call" && call.callee.kind === "member" && chainOf(call.callee.of)?.[0] === name;
}

function runBlock(body: readonly Instruction[], held: boolean, rules: Rules): readonly Out[] {
  const outs: Out[] = [];
  let states: readonly boolean[] = [held];
  for (const step of body) {
    const after = new Set<boolean>();
    for (const state of states) for (const out of run(step, state, rules)) if (out.by === "end") after.add(out.held);
      else outs.push(out);
    states = [...after];
    if (states.length === 0) return distinct(outs);
  }
  return distinct([...outs, ...states.map((state): Out => ({ by: "end", held: state }))]);
}

function run(step: Instruction, held: boolean, rules: Rules): readonly Out[] {
  const { gives } = rules;
  if (step.kind === "try") return runTry(step, held, rules);
  const after = held && !gives.here(step);
  const fails: readonly Out[] = !rules.calm && !rules.quiet.has(step) && after && ownValues(step).some(awaits) ? [{ by: "throw", held: true }] : [];
  switch (step.kind) {
    case "return":
      return [...fails, { by: "return", held: after }];
    case "throw":
      return [{ by: "throw", held: after }];
    case "break":
    case "continue":
      return [{ by: "leave", held: after }];
    case "if": {
      // `if (client) client.release();`
      if (after && step.else.length === 0 && mentions(step.test, rules.name) && step.then.some(gives.anywhere)) return runBlock(step.then, after, rules);
      return [...fails, ...runBlock(step.then, after, rules), ...runBlock(step.else, after, rules)];
    }
    case "loop": {
      const inner = runBlock(step.body, after, rules);
      return [...fails, { by: "end", held: after }, ...inner.map((out): Out => (out.by === "leave" ? { ...out, by: "end" } : out))];
    }
    case "switch": {
      const cases = step.cases.flatMap((each) => runBlock(each.body, after, rules)).map((out): Out => (out.by === "leave" ? { ...out, by: "end" } : out));
      return [...fails, ...cases, ...(step.cases.some(({ test }) => test === undefined) ? [] : [{ by: "end", held: after } as const])];
    }
    case "block":
      return [...fails, ...runBlock(step.body, after, rules)];
    default:
      return [...fails, { by: "end", held: after }];
  }
}

function runTry(step: TryInstruction, held: boolean, rules: Rules): readonly Out[] {
  const body = runBlock(step.body, held, rules);
  const handler = step.handler?.body;
  const caught = handler === undefined ? body : body.flatMap((out) => (out.by === "throw" ? runBlock(handler, out.held, { ...rules, calm: true }) : [out]));
  const { finalizer } = step;
  if (finalizer === undefined) return distinct(caught);
  return distinct(caught.flatMap((out) => runBlock(finalizer, out.held, { ...rules, calm: true }).map((last): Out => (last.by === "end" ? { by: out.by, held: last.held } : last))));
}

function awaits(value: Value): boolean {
  let found = false;
  walkValue(value, (v) => (found ||= v.kind === "await"));
  return found;
}

function mentions(value: Value, name: string): boolean {
  let found = false;
  walkValue(value, (v) => (found ||= v.kind === "name" && v.name === name));
  return found;
}

function distinct(outs: readonly Out[]): readonly Out[] {
  return [...new Map(outs.map((out) => [`${out.by} ${out.held}`, out])).values()];
}
