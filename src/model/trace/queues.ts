/** Lists that a program keeps as queues: something is put in at one end and taken out at the other. */
import type { CodeSummary, FunctionFact, Value } from "../../syntax/summary.ts";
import type { FunctionRef, KeptQueue } from "../knowledge.ts";
import { nameOf } from "./contexts.ts";
import { anyValue } from "./exits.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

/** Names of what waits to be done; a list of anything else is no queue. */
const NAMED = /queue|pending|waiting|waiters|backlog|jobs|tasks|buffer|mailbox|inbox/i;

export function queuesIn(tracer: Tracer, path: string, { classes, functions }: CodeSummary): readonly KeptQueue[] {
  if (!functions.some((fn) => fn.calls.some((call) => call.endsWith(".shift")))) return [];
  const groups = [...classes.map((owner) => functions.filter((fn) => owner.at <= fn.at && fn.end <= owner.end)), functions.filter((fn) => fn.kind !== "module" && !classes.some((owner) => owner.at <= fn.at && fn.end <= owner.end))];
  return groups.flatMap((group) => (group.some((fn) => fn.calls.some((call) => /\.shift$/.test(call))) ? queuesOf(tracer, path, group) : []));
}

function queuesOf(tracer: Tracer, path: string, group: readonly FunctionFact[]): readonly KeptQueue[] {
  const taken = new Set(group.flatMap((fn) => fn.calls.filter((call) => call.endsWith(".shift")).map((call) => call.slice(0, -".shift".length))));
  return [...taken].flatMap((name): readonly KeptQueue[] => {
    if (!NAMED.test(name) || group.some((fn) => bounds(fn, name))) return [];
    for (const fn of group) {
      const put = putIn(fn, name);
      const ref: FunctionRef = { path, id: fn.id };
      if (!put || !isKept(tracer, name, fn, path)) continue;
      return [{ place: { path, at: put.at, end: put.end }, callee: { path, at: put.callee.at, end: put.callee.end }, in: ref, symbol: nameOf(tracer, ref), name }];
    }
    return [];
  });
}

/** `queue.push(…)` */
function putIn(fn: FunctionFact, name: string): (Value & { readonly kind: "call" }) | undefined {
  let found: (Value & { readonly kind: "call" }) | undefined;
  anyValue(fn.body, (v) => {
    if (v.kind === "call" && chainOf(v.callee)?.join(".") === `${name}.push`) found ??= v;
    return found !== undefined;
  });
  return found;
}

/** Its length, or a count of what waits, is compared with something other than none, or it is cut. */
function bounds(fn: FunctionFact, name: string): boolean {
  const isLength = (v: Value): boolean => v.kind === "member" && /^(length|size)$/.test(v.name) && chainOf(v.of)?.join(".") === name;
  const isNone = (v: Value): boolean => v.kind === "const" && (v.value === 0 || v.value === 1);
  return anyValue(fn.body, (v) => {
    if (v.kind === "binary" && /^([<>]=?|===?)$/.test(v.op)) return ((isLength(v.left) || isCount(v.left)) && !isNone(v.right)) || ((isLength(v.right) || isCount(v.right)) && !isNone(v.left));
    if (v.kind === "assign") return isLength(v.target);
    return v.kind === "call" && /^(splice|slice)$/.test(chainOf(v.callee)?.at(-1) ?? "") && chainOf(v.callee)?.slice(0, -1).join(".") === name;
  });
}

/** A count of what waits that is kept beside the list (`this.totalQueued`). */
function isCount(v: Value): boolean {
  const name = v.kind === "member" ? v.name : v.kind === "name" ? v.name : "";
  return /queued|pending|waiting|backlog|depth/i.test(name);
}

/** A field, or a variable of the module or of a function around it: it lives longer than one call. */
function isKept(tracer: Tracer, name: string, fn: FunctionFact, path: string): boolean {
  if (/^this\.\w+$/.test(name)) return true;
  const binding = /^\w+$/.test(name) ? tracer.file(path)?.lookup(name, fn, fn.at) : undefined;
  return binding?.kind === "variable" && binding.fn.kind === "module";
}
