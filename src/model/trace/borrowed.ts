/** What a function borrows (a pooled connection, a transaction, a page of a browser) and does not give back on every way out. */
import type { Shape } from "../../catalog/library.ts";
import type { FunctionFact, Instruction, Value } from "../../syntax/summary.ts";
import type { Confidence } from "../finding.ts";
import type { Borrowed, FunctionRef } from "../knowledge.ts";
import { nameOf } from "./contexts.ts";
import { type Loan, waysOut } from "./borrowed-ways.ts";
import { anyValue } from "./exits.ts";
import { type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf, childBlocks, walkInstructions } from "./walk.ts";

export function borrowedOf(tracer: Tracer, ref: FunctionRef): readonly Borrowed[] {
  const frame = tracer.frame(ref);
  // What a module takes at its start, it keeps for as long as it runs.
  if (!frame || frame.fn.kind === "module" || !frame.fn.calls.some((call) => LENDING.test(call))) return [];
  return acquisitionsIn(tracer, frame).flatMap((acquired): readonly Borrowed[] => {
    const kept = followed(tracer, frame, acquired);
    if (!kept) return [];
    return [
      {
        place: { path: ref.path, at: acquired.call.at, end: acquired.call.end },
        callee: { path: ref.path, at: acquired.call.callee.at, end: acquired.call.callee.end },
        in: ref,
        symbol: nameOf(tracer, ref),
        name: acquired.name,
        giveBack: acquired.giveBack,
        isAsync: acquired.lent.isAsync,
        of: acquired.lent.of,
        confidence: acquired.lent.confidence,
        statement: { path: ref.path, at: acquired.step.at, end: acquired.step.end },
        isFilledLater: acquired.declared !== acquired.step,
        isRolledBack: acquired.lent.of === "transaction" && frame.fn.calls.includes(`${acquired.name}.rollback`),
        ways: kept.ways,
        ...(kept.early ? { early: { path: ref.path, at: kept.early.at, end: kept.early.end, undo: undoOf(acquired.name, frame.fn.calls) } } : {}),
      },
    ];
  });
}

/** A look at the names of calls spares the tracer what cannot be one. */
const LENDING = /(^|\.)(connect|getConnection|createQueryRunner|startSession|acquire|transaction|startUnmanagedTransaction|newPage|newContext|createBrowserContext|createIncognitoBrowserContext|launch)$/;

function undoOf(name: string, calls: readonly string[]): string {
  return calls.includes(`${name}.startTransaction`) ? "rollbackTransaction()" : calls.includes(`${name}.beginTransaction`) ? "rollback()" : 'query("ROLLBACK")';
}

interface Acquired extends Loan {
  /** `const client = …`, or `let client;` where it is filled later. */
  readonly declared: Instruction;
  readonly call: Value & { readonly kind: "call" };
  readonly lent: Lent;
}

interface Lent {
  readonly of: Borrowed["of"];
  /** Methods that give it back, the usual one first. */
  readonly by: readonly string[];
  readonly isAsync: boolean;
  readonly confidence: Confidence;
}

/** `const client = await pool.connect();`, and `client = await pool.connect();` where the function declares `client` itself. */
function acquisitionsIn(tracer: Tracer, frame: Frame): readonly Acquired[] {
  const found: Acquired[] = [];
  walkInstructions(frame.fn.body, (step) => {
    const filled = filledBy(step);
    const call = filled?.value.kind === "await" ? filled.value.of : filled?.value;
    if (!filled || call?.kind !== "call") return;
    const lent = lentBy(tracer, call, frame);
    const declared = step.kind === "declare" ? step : lent && declarationOf(filled.name, frame.fn, step);
    if (lent && declared) found.push({ declared, step, call, lent, of: lent.of, name: filled.name, giveBack: lent.by });
  });
  return found;
}

function filledBy(step: Instruction): { readonly name: string; readonly value: Value } | undefined {
  if (step.kind === "declare") return step.keyword !== "using" && step.keyword !== "await using" && step.pattern.kind === "name" && step.value ? { name: step.pattern.name, value: step.value } : undefined;
  if (step.kind !== "evaluate" || step.value.kind !== "assign" || step.value.op !== "=" || step.value.target.kind !== "name") return undefined;
  return { name: step.value.target.name, value: step.value.value };
}

/** `let client;`, where it is declared and filled once each, and filled under no condition that giving it back may share. */
function declarationOf(name: string, fn: FunctionFact, filling: Instruction): Instruction | undefined {
  const declared: Instruction[] = [];
  let fillings = 0;
  walkInstructions(fn.body, (step) => {
    if (step.kind === "declare" && step.pattern.kind === "name" && step.pattern.name === name) declared.push(step);
    if (step.kind === "evaluate" && step.value.kind === "assign" && step.value.target.kind === "name" && step.value.target.name === name && step.value.value.kind !== "const") fillings += 1;
  });
  const [only] = declared;
  const isEmpty = only?.kind === "declare" && (only.value === undefined || only.value.kind === "const" || (only.value.kind === "name" && only.value.name === "undefined"));
  return declared.length === 1 && fillings === 1 && isEmpty && isStraight(blockOf(fn.body, only) ?? [], filling) ? only : undefined;
}

/** Only a `try` stands around it. */
function isStraight(body: readonly Instruction[], step: Instruction): boolean {
  return body.includes(step) || body.some((each) => (each.kind === "try" && isStraight(each.body, step)) || (each.kind === "block" && isStraight(each.body, step)));
}

function lentBy(tracer: Tracer, call: Value & { readonly kind: "call" }, frame: Frame): Lent | undefined {
  for (const callee of possibilities(tracer.trace(call.callee, frame))) {
    const shape = callee.is === "method" || callee.is === "export" ? callee.shape : undefined;
    const lent = shape && lentByShape(shape, call, (value) => possibilities(tracer.trace(value, frame)));
    if (lent && !(lent.of === "page" && closesOwner(call, frame))) return { ...lent, confidence: callee.is === "method" ? callee.origin.confidence : "certain" };
  }
  return undefined;
}

function lentByShape(shape: Shape, call: Value & { readonly kind: "call" }, trace: (value: Value) => readonly Traced[]): Omit<Lent, "confidence"> | undefined {
  if (shape.is === "factory" && shape.lends) {
    const of = kindOf(shape.lends);
    return { of, by: shape.lends, isAsync: shape.async !== true || of !== "connection" || shape.lends.includes("endSession") };
  }
  // Without a function to run in it, a transaction is the caller's to end.
  const isOpened = shape.is === "wrapper" && shape.wrap.lends && call.args.every((arg) => arg.kind === "object" || trace(arg).some((one) => one.is === "object"));
  return isOpened && shape.wrap.lends ? { of: "transaction", by: shape.wrap.lends, isAsync: true } : undefined;
}

function kindOf(methods: readonly string[]): Borrowed["of"] {
  return methods.includes("commit") ? "transaction" : methods.includes("close") && !methods.includes("release") ? "page" : "connection";
}

/** A browser that is closed in the same function takes its pages along. */
function closesOwner({ callee }: Value & { readonly kind: "call" }, { fn }: Frame): boolean {
  const owner = callee.kind === "member" ? chainOf(callee.of)?.join(".") : undefined;
  return owner !== undefined && fn.calls.some((call) => call === `${owner}.close` || call === `${owner}?.close`);
}

/** Ways out that keep it; undefined where there are none, or where somebody else may give it back. */
function followed(tracer: Tracer, frame: Frame, acquired: Acquired): ReturnType<typeof waysOut> | undefined {
  const block = blockOf(frame.fn.body, acquired.declared);
  // One that is listened to stays for as long as the process does.
  const isListener = acquired.lent.of === "connection" && frame.fn.calls.some((call) => call === `${acquired.name}.on`);
  if (!block || isListener || isHandedOn(tracer, frame, acquired)) return undefined;
  const kept = waysOut(block.slice(block.indexOf(acquired.declared) + (acquired.declared === acquired.step ? 1 : 0)), acquired);
  return kept.ways.length > 0 ? kept : undefined;
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
function isHandedOn(tracer: Tracer, frame: Frame, { name, call, lent, giveBack }: Acquired): boolean {
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
    if ((v.kind === "call" || v.kind === "new") && v.args.some((arg) => holds(arg, isIt))) handed ||= v.kind === "new" || mayGiveBack(tracer, v, frame, { isIt, giveBack, of: lent.of });
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
function mayGiveBack(tracer: Tracer, call: Value & { readonly kind: "call" }, frame: Frame, { isIt, giveBack, of }: { readonly isIt: (value: Value | undefined) => boolean; readonly giveBack: readonly string[]; readonly of: Borrowed["of"] }): boolean {
  const direct = call.args.findIndex((arg) => isIt(arg));
  // In an options object (`{ session }`) it is used, and not handed over, unless who takes it ends transactions.
  if (direct < 0) return of === "transaction" && endsOne(tracer, call, frame, giveBack);
  const callees = possibilities(tracer.trace(call.callee, frame));
  if (callees.some((callee) => callee.is === "export" || callee.is === "method")) return chainOf(call.callee)?.at(-1) === "release";
  const functions = callees.flatMap((callee) => (callee.is === "function" ? [callee.ref] : []));
  return functions.length === 0 || functions.some((ref) => {
    const fn = tracer.fn(ref);
    const pattern = fn?.params[direct]?.pattern;
    return pattern?.kind !== "name" || rxOf(giveBack, pattern.name)(fn);
  });
}

function endsOne(tracer: Tracer, call: Value & { readonly kind: "call" }, frame: Frame, giveBack: readonly string[]): boolean {
  return possibilities(tracer.trace(call.callee, frame)).some((callee) => callee.is === "function" && tracer.fn(callee.ref)?.calls.some((text) => giveBack.some((method) => text.endsWith(`.${method}`))) === true);
}
