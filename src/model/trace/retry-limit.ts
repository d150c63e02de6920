/** How often a loop runs, told from a count: in its head, or in the catch that gives up. */
import type { Instruction, LoopInstruction, TryInstruction, Value } from "../../syntax/summary.ts";
import { anyValue, assignedIn, mayLeave, namesIn } from "./exits.ts";
import { numberOf } from "./options.ts";
import type { Frame } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { childBlocks } from "./walk.ts";

export type Bound = number | "unknown" | undefined;

/** Where a loop is judged: what changes from round to round counts. */
export interface Counting {
  readonly tracer: Tracer;
  readonly loop: LoopInstruction;
  readonly frame: Frame;
  readonly varying: ReadonlySet<string>;
}

/** `attempt < max`, `retries--`, `left > 0`: the number of rounds where it is known. */
export function boundOf(counting: Counting, test: Value): Bound {
  if (test.kind === "unary" && (test.op === "--" || test.op === "++")) return test.op === "--" ? (startOf(counting, test.of) ?? "unknown") : "unknown";
  if (test.kind === "name" && countsDown(counting, test.name)) return startOf(counting, test) ?? "unknown";
  if (test.kind !== "binary") return undefined;
  if (test.op === "&&" || test.op === "||") return boundOf(counting, test.left) ?? boundOf(counting, test.right);
  const compared = comparedIn(counting, test);
  if (!compared) return undefined;
  const limit = numberOf(counting.tracer.trace(compared.limit, counting.frame));
  if (compared.op === ">" || compared.op === ">=") {
    const start = startOf(counting, compared.counter);
    return start === undefined || limit === undefined ? "unknown" : Math.max(1, start - limit + (compared.op === ">=" ? 1 : 0));
  }
  return limit === undefined ? "unknown" : Math.max(1, limit);
}

interface Compared {
  /** As if the counter stood on the left. */
  readonly op: string;
  readonly counter: Value;
  readonly limit: Value;
}

function comparedIn({ varying }: Counting, test: Value & { kind: "binary" }): Compared | undefined {
  if (!/^[<>]=?$|^[!=]==?$/.test(test.op)) return undefined;
  const isLeft = [...namesIn(test.left)].some((n) => varying.has(n));
  const [counter, limit] = isLeft ? [test.left, test.right] : [test.right, test.left];
  if (![...namesIn(counter)].some((n) => varying.has(n) || /now|time|elapsed/i.test(n))) return undefined;
  return { op: isLeft ? test.op : (TURNED[test.op] ?? test.op), counter, limit };
}

const TURNED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

/** What the counter is before the first round. */
function startOf({ tracer, frame }: Counting, counter: Value): number | undefined {
  const name = counter.kind === "unary" ? counter.of : counter;
  if (name.kind !== "name") return undefined;
  const binding = tracer.file(frame.path)?.lookup(name.name, frame.fn, name.at);
  if (binding?.kind !== "variable" || binding.declarations.length !== 1) return undefined;
  const [declared] = binding.declarations;
  return declared?.value && declared.path.length === 0 && !declared.element ? numberOf(tracer.trace(declared.value, frame)) : undefined;
}

function countsDown({ loop }: Counting, name: string): boolean {
  return anyValue([...loop.body, ...(loop.update ? [{ kind: "evaluate" as const, value: loop.update, at: loop.at, end: loop.end }] : [])], (v) => (v.kind === "unary" && v.op === "--" && isName(v.of, name)) || (v.kind === "assign" && v.op === "-=" && isName(v.target, name)));
}

function isName(value: Value, name: string): boolean {
  return value.kind === "name" && value.name === name;
}

/** `if (attempts < 3) await sleep(ms); else throw error`, `if (++failures >= 3) throw error`: how many attempts that makes. */
export function limitInCatch(counting: Counting, tried: TryInstruction): number | undefined {
  const found: number[] = [];
  block(tried.handler?.body ?? []);
  return found.length === 1 ? found[0] : undefined;

  function block(body: readonly Instruction[]): void {
    for (const step of body) {
      if (step.kind === "if") {
        const leaves = { then: mayLeave(step.then, ["throw", "return", "break"]), else: mayLeave(step.else, ["throw", "return", "break"]) };
        const attempts = leaves.then === leaves.else ? undefined : attemptsAt(counting, step.test, leaves.then ? "leaves" : "goes on", step.at);
        if (attempts !== undefined) found.push(attempts);
      }
      if (step.kind !== "loop") for (const inner of childBlocks(step)) block(inner);
    }
  }
}

/** The failure at which a test in the catch gives up. */
function attemptsAt(counting: Counting, test: Value, when: "leaves" | "goes on", at: number): number | undefined {
  if (test.kind !== "binary") return undefined;
  if (test.op === (when === "leaves" ? "||" : "&&")) return attemptsAt(counting, test.left, when, at) ?? attemptsAt(counting, test.right, when, at);
  const compared = comparedIn(counting, test);
  const limit = compared && numberOf(counting.tracer.trace(compared.limit, counting.frame));
  const start = compared && startOf(counting, compared.counter);
  if (!compared || limit === undefined || start === undefined) return undefined;
  const op = when === "leaves" ? compared.op : OPPOSITE[compared.op];
  const counted = isCountedBefore(counting, compared.counter, at) ? 1 : 0;
  if (op === ">=" || (op?.startsWith("==") && limit > start)) return limit - start + 1 - counted;
  if (op === ">") return limit - start + 2 - counted;
  if (op === "<=" || op?.startsWith("==")) return start - limit + 1 - counted;
  return op === "<" ? start - limit + 2 - counted : undefined;
}

const OPPOSITE: Readonly<Record<string, string>> = { "<": ">=", "<=": ">", ">": "<=", ">=": "<", "!==": "===", "!=": "==" };

/** The counter changes on the way to the test, or in it. */
function isCountedBefore({ loop }: Counting, counter: Value, at: number): boolean {
  if (counter.kind === "unary") return true;
  const before = (body: readonly Instruction[]): boolean => body.some((step) => (step.at < at && step.end <= at && [...namesIn(counter)].some((name) => assignedIn([step]).has(name))) || childBlocks(step).some(before));
  return before(loop.body);
}
