/** The ways out of a function on which something borrowed is not given back, or is given back in the middle of a transaction. */
import type { Instruction, Span, TryInstruction, Value } from "../../syntax/summary.ts";
import type { Borrowed } from "../knowledge.ts";
import { chainOf, childBlocks, ownValues, walkValue } from "./walk.ts";

export interface Loan {
  /** The instruction that takes it. */
  readonly step: Instruction;
  readonly of: Borrowed["of"];
  readonly name: string;
  /** Methods that give it back. */
  readonly giveBack: readonly string[];
}

type Way = Borrowed["ways"][number];

/** `rest`: from the instruction after the one that takes it, or from its declaration where it is taken later. */
export function waysOut(rest: readonly Instruction[], loan: Loan): { readonly ways: readonly Way[]; readonly early?: Span } {
  const gives = isGiven(loan);
  const everGiven = rest.some((step) => gives.anywhere(step));
  const ways = new Set<Way>();
  let early: Span | undefined;
  const rules: Rules = {
    gives,
    name: loan.name,
    takes: loan.step,
    opens: transactionOf(loan),
    quiet: quietBefore(rest, gives, loan),
    onEarly: (step) => {
      early ??= step;
    },
  };
  for (const out of runBlock(rest, { held: !rest.includes(loan.step) && !within(rest, loan.step), open: false }, rules)) {
    if (out.held) ways.add(!everGiven ? "never" : out.by === "throw" ? "failure" : out.by === "return" ? "return" : "end");
  }
  // A session that is ended rolls its transaction back by itself.
  if (early && ways.size === 0 && !loan.giveBack.includes("endSession")) return { ways: ["open"], early };
  return { ways: [...ways].sort() };
}

function within(body: readonly Instruction[], step: Instruction): boolean {
  return body.some((each) => each === step || childBlocks(each).some((inner) => within(inner, step)));
}

interface Gives {
  /** The instruction itself gives it back, not one in its blocks. */
  readonly here: (step: Instruction) => boolean;
  readonly anywhere: (step: Instruction) => boolean;
}

function isGiven({ name, giveBack }: Loan): Gives {
  const isCall = (v: Value): boolean => v.kind === "call" && v.callee.kind === "member" && giveBack.includes(v.callee.name) && v.callee.of.kind === "name" && v.callee.of.name === name;
  const here = (step: Instruction): boolean => ownValues(step).some((value) => anywhereIn(value, isCall));
  const anywhere = (step: Instruction): boolean => here(step) || childBlocks(step).some((body) => body.some(anywhere));
  return { here, anywhere };
}

/** What an instruction does to the transaction on a connection: begins one, ends it, or may, out of sight. */
function transactionOf({ name }: Loan): (step: Instruction) => "begins" | "ends" | undefined {
  return (step) => {
    let does: "begins" | "ends" | undefined;
    for (const value of ownValues(step)) anywhereIn(value, (v) => {
      does = doesTo(v, name) ?? does;
      return false;
    });
    return does;
  };
}

function doesTo(v: Value, name: string): "begins" | "ends" | undefined {
  if (v.kind !== "call") return undefined;
  // Who is given the connection itself may end it there.
  if (v.args.some((arg) => arg.kind === "name" && arg.name === name)) return "ends";
  if (v.callee.kind !== "member" || v.callee.of.kind !== "name" || v.callee.of.name !== name) return undefined;
  if (/^(startTransaction|beginTransaction)$/.test(v.callee.name)) return "begins";
  if (/^(commit|rollback)(Transaction)?$/.test(v.callee.name)) return "ends";
  const [text] = v.args;
  if (!/^(query|execute)$/.test(v.callee.name) || text?.kind !== "const" || typeof text.value !== "string") return undefined;
  return /^\s*(begin|start transaction)\b/i.test(text.value) ? "begins" : /^\s*(commit|rollback|end|abort)\b/i.test(text.value) && !/\bto\b/i.test(text.value) ? "ends" : undefined;
}

interface State {
  readonly held: boolean;
  /** A transaction was begun on it and neither committed nor rolled back. */
  readonly open: boolean;
}

interface Out extends State {
  readonly by: "end" | "return" | "throw" | "leave";
}

interface Rules {
  readonly gives: Gives;
  readonly name: string;
  readonly takes: Instruction;
  readonly opens: (step: Instruction) => "begins" | "ends" | undefined;
  /** Instructions whose failure is not counted: they set it up, right before what gives it back in any case. */
  readonly quiet: ReadonlySet<Instruction>;
  /** Told of a step that gives it back while its transaction is open. */
  readonly onEarly: (step: Instruction) => void;
  /** In a catch or finally, where a second failure is not counted. */
  readonly calm?: boolean;
}

function quietBefore(rest: readonly Instruction[], gives: Gives, { name, of }: Loan): ReadonlySet<Instruction> {
  const guard = rest.findIndex((step) => step.kind === "try" && step.finalizer?.some(gives.anywhere));
  // What a page does before a `try` that closes it on failure alone is its work already, such as going to an address.
  const caught = guard >= 0 ? guard : rest.findIndex((step) => step.kind === "try" && step.handler?.body.some(gives.anywhere) && (of !== "page" || step.body.some(gives.anywhere)));
  return new Set(rest.slice(0, Math.max(caught, 0)).filter((step) => ownValues(step).every((value) => isOwnCall(value, name))));
}

/** `await client.query("BEGIN")`, `await prepare(page)` */
function isOwnCall(value: Value, name: string): boolean {
  const call = value.kind === "await" ? value.of : value;
  if (call.kind !== "call") return false;
  return (call.callee.kind === "member" && chainOf(call.callee.of)?.[0] === name) || call.args.some((arg) => arg.kind === "name" && arg.name === name);
}

function runBlock(body: readonly Instruction[], state: State, rules: Rules): readonly Out[] {
  const outs: Out[] = [];
  let states: readonly State[] = [state];
  for (const step of body) {
    const after = new Map<string, State>();
    for (const before of states) for (const out of run(step, before, rules)) if (out.by === "end") after.set(`${out.held} ${out.open}`, { held: out.held, open: out.open });
      else outs.push(out);
    states = [...after.values()];
    if (states.length === 0) return distinct(outs);
  }
  return distinct([...outs, ...states.map((last): Out => ({ by: "end", ...last }))]);
}

function run(step: Instruction, before: State, rules: Rules): readonly Out[] {
  if (step.kind === "try") return runTry(step, before, rules);
  if (step === rules.takes) return [{ ...before, by: "throw" }, { held: true, open: false, by: "end" }];
  const after = through(step, before, rules);
  // A transaction that a failure leaves open is the business of whoever catches it, and not counted.
  const fails: readonly Out[] = !rules.calm && !rules.quiet.has(step) && ownValues(step).some(awaits) ? [{ by: "throw", held: after.held, open: false }] : [];
  switch (step.kind) {
    case "return":
      return [...fails, { by: "return", ...after }];
    case "throw":
      return [{ by: "throw", held: after.held, open: false }];
    case "break":
    case "continue":
      return [{ by: "leave", ...after }];
    case "if": {
      // `if (client) client.release();`
      if (after.held && step.else.length === 0 && mentions(step.test, rules.name) && step.then.some(rules.gives.anywhere)) return runBlock(step.then, after, rules);
      return [...fails, ...runBlock(step.then, after, rules), ...runBlock(step.else, after, rules)];
    }
    case "loop": {
      const inner = runBlock(step.body, after, rules);
      return [...fails, { by: "end", ...after }, ...inner.map((out): Out => (out.by === "leave" ? { ...out, by: "end" } : out))];
    }
    case "switch": {
      const cases = step.cases.flatMap((each) => runBlock(each.body, after, rules)).map((out): Out => (out.by === "leave" ? { ...out, by: "end" } : out));
      return [...fails, ...cases, ...(step.cases.some(({ test }) => test === undefined) ? [] : [{ by: "end", ...after } as const])];
    }
    case "block":
      return [...fails, ...runBlock(step.body, after, rules)];
    default:
      return [...fails, { by: "end", ...after }];
  }
}

function through(step: Instruction, before: State, { gives, opens, onEarly }: Rules): State {
  const does = opens(step);
  const open = does === "begins" || (before.open && does !== "ends");
  if (!gives.here(step)) return { held: before.held, open };
  if (before.held && open) onEarly(step);
  return { held: false, open: false };
}

function runTry(step: TryInstruction, before: State, rules: Rules): readonly Out[] {
  const body = runBlock(step.body, before, rules);
  const handler = step.handler?.body;
  const caught = handler === undefined ? body : body.flatMap((out) => (out.by === "throw" ? runBlock(handler, out, { ...rules, calm: true }) : [out]));
  const { finalizer } = step;
  if (finalizer === undefined) return distinct(caught);
  return distinct(caught.flatMap((out) => runBlock(finalizer, out, { ...rules, calm: true }).map((last): Out => (last.by === "end" ? { ...last, by: out.by } : last))));
}

function awaits(value: Value): boolean {
  return anywhereIn(value, (v) => v.kind === "await");
}

function mentions(value: Value, name: string): boolean {
  return anywhereIn(value, (v) => v.kind === "name" && v.name === name);
}

function anywhereIn(value: Value, test: (value: Value) => boolean): boolean {
  let found = false;
  walkValue(value, (v) => (found ||= test(v)));
  return found;
}

function distinct(outs: readonly Out[]): readonly Out[] {
  return [...new Map(outs.map((out) => [`${out.by} ${out.held} ${out.open}`, out])).values()];
}
