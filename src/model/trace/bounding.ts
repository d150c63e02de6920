/** Limiters that the workspace wrote for itself: a count of what runs goes up before, comes down after, and is compared with a limit. */
import type { FunctionFact, Value } from "../../syntax/summary.ts";
import type { Layer } from "../policy.ts";
import { anyValue } from "./exits.ts";
import type { Frame } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

/** Layers that `fn` adds to a function that it runs, where it keeps such a count: in a field, or in a variable around it. */
export function boundOf(tracer: Tracer, fn: FunctionFact, frame: Frame): readonly Layer[] {
  const place = { path: frame.path, at: fn.nameAt, end: fn.nameEnd };
  const by = fn.name === "" ? "a limiter" : fn.name;
  if (borrows(fn)) return [{ kind: "bulkhead", place, by }];
  const own = countsOf(fn);
  if (own.up.size + own.down.size + own.compared.size + own.calls.size === 0) return [];
  const all = countsIn(partners(tracer, fn, frame.path));
  const counts = [...all.up].filter((name) => all.down.has(name) && all.compared.has(name));
  return counts.some((name) => name.startsWith("this.") || isOuter(tracer, name, fn, frame)) ? [{ kind: "bulkhead", place, by }] : [];
}

/** `await places.acquire(); … places.release()` */
function borrows(fn: FunctionFact): boolean {
  return fn.calls.some((call) => call.endsWith(".acquire") && fn.calls.includes(call.replace(/acquire$/, "release")));
}

function isOuter(tracer: Tracer, name: string, fn: FunctionFact, frame: Frame): boolean {
  const binding = tracer.file(frame.path)?.lookup(name, fn, fn.at);
  return binding?.kind === "variable" && binding.fn.id !== fn.id;
}

/** Functions that share state with it: the other members of its class, or those of its file. */
function partners(tracer: Tracer, fn: FunctionFact, path: string): readonly FunctionFact[] {
  const summary = tracer.view(path).summary;
  if (!summary) return [fn];
  const owner = summary.classes.find((fact) => fact.at <= fn.at && fn.end <= fact.end);
  return owner ? summary.functions.filter((other) => owner.at <= other.at && other.end <= owner.end) : summary.functions.filter((other) => other.kind !== "module");
}

interface Counts {
  readonly up: ReadonlySet<string>;
  readonly down: ReadonlySet<string>;
  readonly compared: ReadonlySet<string>;
  /** Whether it calls anything beside, which may keep the count for it. */
  readonly calls: ReadonlySet<string>;
}

const memo = new WeakMap<FunctionFact, Counts>();

function countsIn(functions: readonly FunctionFact[]): Counts {
  const each = functions.map(countsOf);
  const all = (pick: (counts: Counts) => ReadonlySet<string>): ReadonlySet<string> => new Set(each.flatMap((counts) => [...pick(counts)]));
  return { up: all((c) => c.up), down: all((c) => c.down), compared: all((c) => c.compared), calls: all((c) => c.calls) };
}

function countsOf(fn: FunctionFact): Counts {
  const known = memo.get(fn);
  if (known) return known;
  const up = new Set<string>();
  const down = new Set<string>();
  const compared = new Set<string>();
  anyValue(fn.body, (v) => {
    if (v.kind === "unary" && (v.op === "++" || v.op === "--")) add(v.op === "++" ? up : down, v.of);
    if (v.kind === "assign" && (v.op === "+=" || v.op === "-=")) add(v.op === "+=" ? up : down, v.target);
    if (v.kind === "binary" && /^[<>]=?$/.test(v.op)) [v.left, v.right].forEach((side) => add(compared, side));
    return false;
  });
  const made = { up, down, compared, calls: new Set(fn.calls.filter((call) => call.startsWith("this."))) };
  memo.set(fn, made);
  return made;
}

function add(names: Set<string>, value: Value): void {
  if (value.kind === "name") names.add(value.name);
  if (value.kind === "member" && value.of.kind === "name" && value.of.name === "this") names.add(`this.${value.name}`);
}
