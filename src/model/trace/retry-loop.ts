/** Loops that try something again when it failed, told from loops that go through items, pages or states. */
import type { Instruction, LoopInstruction, Pattern, TryInstruction, Value } from "../../syntax/summary.ts";
import type { RetryPolicy } from "../policy.ts";
import { anyValue, assignedIn, canGoOn, mayLeave, namesIn, triesIn } from "./exits.ts";
import { numberOf } from "./options.ts";
import { boundOf, limitInCatch } from "./retry-limit.ts";
import type { Frame } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { shapeOfWait, type Wait, waitOf, type WaitShape } from "./waits.ts";
import { childBlocks, walkValue } from "./walk.ts";

export interface RetryLoop {
  readonly policy: RetryPolicy;
  /** The statement whose failure leads to another round. */
  readonly tried: TryInstruction;
  readonly waits: readonly Wait[];
}

export function retryOfLoop(tracer: Tracer, loop: LoopInstruction, frame: Frame): RetryLoop | undefined {
  return tracer.retryLoop(loop, frame, () => judge(tracer, loop, frame));
}

function judge(tracer: Tracer, loop: LoopInstruction, frame: Frame): RetryLoop | undefined {
  if (loop.form === "await of" || loop.form === "in") return undefined;
  if (loop.form === "of" && !isListOfDelays(tracer, loop, frame)) return undefined;
  const tried = triesIn(loop.body).find((t) => isRetried(loop, t));
  if (!tried) return undefined;
  const varying = new Set([...assignedIn(loop.body), ...assignedIn([loop.update, loop.test].flatMap((value) => (value ? [evaluate(value)] : [])))]);
  if (loop.each?.kind === "name") varying.add(loop.each.name);
  for (const field of fieldsAssignedIn([...loop.body, ...(loop.update ? [evaluate(loop.update)] : [])])) varying.add(field);
  if (usesAlternatives(loop, tried, varying)) return undefined;
  const waits = waitsIn(tracer, loop, frame);
  if (waits.length > 0 && asksForState(loop, tried)) return undefined;
  if (waits.length > 0 && !endsForSure(loop, tried) && isMainLoop(tracer, loop, frame, varying)) return undefined;
  const shapes = waits.map((w) => shapeOfWait(tracer, w, varying));
  return { tried, waits, policy: { attempts: attemptsOf(tracer, loop, tried, frame, varying), ...combine(shapes), selective: selectivity(tried) } };
}

/** `job.attempts` of `job.attempts += 1`. */
function fieldsAssignedIn(body: readonly Instruction[]): readonly string[] {
  const fields: string[] = [];
  anyValue(body, (v) => {
    const target = v.kind === "assign" ? v.target : v.kind === "unary" && (v.op === "++" || v.op === "--") ? v.of : undefined;
    if (target?.kind === "member" && target.of.kind === "name") fields.push(`${target.of.name}.${target.name}`);
    return false;
  });
  return fields;
}

/** `while (this.running)`: it goes on until somebody outside says stop, and waits between rounds. */
function isMainLoop(tracer: Tracer, loop: LoopInstruction, frame: Frame, varying: ReadonlySet<string>): boolean {
  if (!loop.test || loop.form === "of" || isTrue(loop.test) || boundOf({ tracer, loop, frame, varying }, loop.test) !== undefined) return false;
  const names = [...namesIn(loop.test)];
  return names.length > 0 && !names.some((name) => varying.has(name) || /now|time|elapsed|deadline|attempt|retr|tries|count/i.test(name));
}

function evaluate(value: Value): Instruction {
  return { kind: "evaluate", value, at: value.at, end: value.end };
}

/** Success leaves the loop, failure comes round again, and there is something to wait for in between. */
function isRetried(loop: LoopInstruction, tried: TryInstruction): boolean {
  if (!tried.handler) return false;
  const awaits = anyValue(tried.body, (v) => v.kind === "await") || (returnsCall(tried.body) && loop.body.length > 0);
  if (!awaits) return false;
  if (!canGoOn(tried.handler.body)) return false;
  return leavesOnSuccess(loop, tried);
}

function returnsCall(body: readonly Instruction[]): boolean {
  return body.some((step) => step.kind === "return" && step.value?.kind === "call");
}

function leavesOnSuccess(loop: LoopInstruction, tried: TryInstruction): boolean {
  if (endsIn(tried.body, ["return", "break"])) return true;
  const after = stepsAfter(loop.body, tried);
  if (after && endsIn(after, ["return", "break"])) return true;
  const test = loop.test;
  if (!test) return false;
  const done = assignedIn(tried.body);
  const counters = assignedIn(loop.update ? [evaluate(loop.update)] : []);
  return [...namesIn(test)].some((name) => done.has(name) && !counters.has(name));
}

/** Success leaves the loop under no further condition. */
export function endsForSure(loop: LoopInstruction, tried: TryInstruction): boolean {
  return [tried.body, stepsAfter(loop.body, tried) ?? []].some((body) => /^(?:return|break)$/.test(body.at(-1)?.kind ?? ""));
}

/** Polling: an answer alone does not end it, only one that says what is waited for; a look at whether the call went well is none. */
function asksForState(loop: LoopInstruction, tried: TryInstruction): boolean {
  if (endsForSure(loop, tried) || anyValue(tried.body, (v) => v.kind === "await" && v.of.kind === "call" && asksForLife(v.of.callee))) return false;
  if (loop.test && answersTest(loop.test, tried)) return true;
  const after = stepsAfter(loop.body, tried) ?? [];
  const exits = [...tried.body, ...after].flatMap((step) => (step.kind === "if" && (mayLeave(step.then, ["return", "break"]) || mayLeave(step.else, ["return", "break"])) ? [step.test] : []));
  return exits.length > 0 && !exits.some((test) => anyValue([evaluate(test)], (v) => (v.kind === "member" || v.kind === "name") && /^(?:ok|status|statusCode|success|succeeded|err|error|errors|failed|failure|res|response|result)$/i.test(v.name)));
}

/** `while (!done) { done = await isDone(); … }`: the answer itself is what the loop goes by. */
function answersTest(test: Value, tried: TryInstruction): boolean {
  const asked = namesIn(test);
  return anyValue(tried.body, (v) => v.kind === "assign" && v.op === "=" && v.target.kind === "name" && asked.has(v.target.name) && v.value.kind === "await" && v.value.of.kind === "call");
}

/** `client.ping()` asks for no state: that there is an answer is what it asks. */
function asksForLife(callee: Value): boolean {
  return (callee.kind === "member" || callee.kind === "name") && /^(?:ping|connect|authenticate)$/i.test(callee.name);
}

/** The block comes to a return or break as its last step, or inside a branch of the last steps. */
function endsIn(body: readonly Instruction[], kinds: readonly Instruction["kind"][]): boolean {
  const last = body[body.length - 1];
  if (!last) return false;
  if (kinds.includes(last.kind)) return true;
  return body.some((step) => step.kind === "if" && (endsIn(step.then, kinds) || endsIn(step.else, kinds))) || (last.kind === "block" && endsIn(last.body, kinds)) || (last.kind === "try" && endsIn(last.body, kinds));
}

function stepsAfter(body: readonly Instruction[], tried: TryInstruction): readonly Instruction[] | undefined {
  const index = body.indexOf(tried);
  if (index >= 0) return body.slice(index + 1);
  for (const step of body) {
    for (const inner of childBlocks(step)) {
      const found = stepsAfter(inner, tried);
      if (found) return found;
    }
  }
  return undefined;
}

/** `mirrors[i]`, or `const host = hosts[(i + offset) % hosts.length]`, or `const token = nextToken()`: each round tries something else. */
function usesAlternatives(loop: LoopInstruction, tried: TryInstruction, varying: ReadonlySet<string>): boolean {
  const picks = (value: Value): boolean => value.kind === "index" && [...namesIn(value.key)].some((name) => varying.has(name));
  if (anyValue(tried.body, picks)) return true;
  const chosen: string[] = [];
  for (const step of loop.body) {
    if (step.kind !== "declare" || !step.value || step.pattern.kind !== "name") continue;
    if (picks(step.value) || asksForNext(step.value) || [...namesIn(step.value)].some((name) => chosen.includes(name))) chosen.push(step.pattern.name);
  }
  return chosen.length > 0 && anyValue(tried.body, (value) => value.kind === "name" && chosen.includes(value.name));
}

function asksForNext(value: Value): boolean {
  const call = value.kind === "await" ? value.of : value;
  const name = call.kind === "call" ? (call.callee.kind === "member" || call.callee.kind === "name" ? call.callee.name : "") : "";
  return /(?:next|rotate|pick|choose|another|alternat|fallback)/i.test(name);
}

function isListOfDelays(tracer: Tracer, loop: LoopInstruction, frame: Frame): boolean {
  const over = loop.over && tracer.trace(loop.over, frame);
  return over?.is === "array" && over.value.items.length > 0 && over.value.items.every((i) => typeof numberOf(tracer.trace(i, frame)) === "number");
}

function waitsIn(tracer: Tracer, loop: LoopInstruction, frame: Frame): readonly Wait[] {
  const waits: Wait[] = [];
  const visit = (v: Value): void => {
    if (v.kind !== "await") return;
    const inner = v.of.kind === "call" || v.of.kind === "new" ? waitOf(tracer, v.of, frame) : undefined;
    if (inner) waits.push(inner);
  };
  const block = (body: readonly Instruction[]): void => {
    for (const step of body) {
      if (step.kind === "loop") continue;
      anyOwn(step, visit);
      for (const inner of childBlocks(step)) block(inner);
    }
  };
  block(loop.body);
  if (loop.update) walkValue(loop.update, visit);
  return waits;
}

function anyOwn(step: Instruction, visit: (v: Value) => void): void {
  anyValue([step.kind === "if" || step.kind === "loop" || step.kind === "try" || step.kind === "switch" || step.kind === "block" ? headOf(step) : step], (v) => {
    visit(v);
    return false;
  });
}

/** The instruction without its blocks. */
function headOf(step: Instruction): Instruction {
  if (step.kind === "if") return evaluate(step.test);
  if (step.kind === "switch") return evaluate(step.on);
  return { kind: "break", at: step.at, end: step.end };
}

function combine(shapes: readonly WaitShape[]): Pick<RetryPolicy, "wait" | "jitter" | "baseMs"> {
  if (shapes.length === 0) return { wait: "none", jitter: "no" };
  const jitter = shapes.some((s) => s.jitter === "yes") ? "yes" : shapes.some((s) => s.jitter === "unknown") ? "unknown" : "no";
  for (const wait of ["growing", "unknown", "constant", "none"] as const) {
    const hit = shapes.find((s) => s.wait === wait);
    if (hit) return { wait, jitter, ...(hit.baseMs === undefined ? {} : { baseMs: hit.baseMs }) };
  }
  return { wait: "unknown", jitter };
}

function attemptsOf(tracer: Tracer, loop: LoopInstruction, tried: TryInstruction, frame: Frame, varying: ReadonlySet<string>): RetryPolicy["attempts"] {
  if (loop.form === "of") {
    const over = loop.over && tracer.trace(loop.over, frame);
    return over?.is === "array" ? over.value.items.length : "unknown";
  }
  const counting = { tracer, loop, frame, varying };
  const bound = loop.test && boundOf(counting, loop.test);
  if (bound !== undefined) return bound;
  const handler = tried.handler?.body ?? [];
  if (mayLeave(handler, ["throw", "return", "break"])) return limitInCatch(counting, tried) ?? "unknown";
  const after = stepsAfter(loop.body, tried) ?? [];
  if (mayLeave(after, ["throw", "break"])) return "unknown";
  if (loop.test && !isTrue(loop.test) && [...namesIn(loop.test)].some((n) => !assignedIn(tried.body).has(n))) return "unknown";
  return "unbounded";
}

function isTrue(test: Value): boolean {
  return test.kind === "const" && test.value === true;
}

/** Some errors leave at once, or alone come round again: a condition in the catch that asks the error, or something made of it. */
function selectivity(tried: TryInstruction): RetryPolicy["selective"] {
  const handler = tried.handler;
  if (!handler) return "unknown";
  const told = new Set(handler.binding === undefined ? [] : boundBy(handler.binding));
  collectMade(handler.body, told);
  return mayLeave(handler.body, LEAVING) && asksBefore(handler.body, told) ? "yes" : "no";
}

const LEAVING = ["throw", "return", "break"] as const;

function boundBy(pattern: Pattern): readonly string[] {
  if (pattern.kind === "name") return [pattern.name];
  if (pattern.kind === "object") return [...pattern.properties.flatMap((each) => boundBy(each.pattern)), ...(pattern.rest === undefined ? [] : [pattern.rest])];
  return [];
}

/** `const status = error.response?.status`, `lastError = error` */
function collectMade(body: readonly Instruction[], told: Set<string>): void {
  for (const step of body) {
    if (step.kind === "declare" && step.value && mentions(step.value, told)) for (const name of boundBy(step.pattern)) told.add(name);
    if (step.kind === "evaluate") {
      anyValue([step], (v) => {
        if (v.kind === "assign" && mentions(v.value, told)) for (const name of namesIn(v.target)) told.add(name);
        return false;
      });
    }
    for (const inner of childBlocks(step)) collectMade(inner, told);
  }
}

function asksBefore(body: readonly Instruction[], told: ReadonlySet<string>): boolean {
  return body.some((step) => {
    const blocks = childBlocks(step);
    const asked = step.kind === "if" ? step.test : step.kind === "switch" ? step.on : undefined;
    return (asked !== undefined && mentions(asked, told) && blocks.some((block) => mayLeave(block, [...LEAVING, "continue"]))) || blocks.some((block) => asksBefore(block, told));
  });
}

function mentions(value: Value, told: ReadonlySet<string>): boolean {
  return [...namesIn(value)].some((name) => told.has(name));
}
