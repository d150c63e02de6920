/**
 * Messages whose channel is named after their class: `publisher.publish(new OrderPlaced(…))`, `consumer.on(OrderPlaced, …)`. The
 * library's call stands in a wrapper that builds the name at run time; both ends are joined by the class.
 */
import type { CallValue, CodeSummary, FunctionFact } from "../../syntax/summary.ts";
import type { Site } from "../knowledge.ts";
import { possibilities, type Frame } from "../trace/traced.ts";
import type { Tracer } from "../trace/tracer.ts";
import { walkInstructions, walkValues } from "../trace/walk.ts";
import type { Variant } from "./inherited.ts";
import type { Summaries } from "./manifests.ts";

export function typedMessages(tracer: Tracer, sites: readonly Site[], summaries: Summaries): readonly Variant[] {
  const open = sites.filter((site) => (site.effect === "publish" || site.effect === "consume") && site.target.every((part) => (part.is === "known" ? part.text === "" : part.is !== "env")));
  const callersOf = callIndex(tracer, summaries);
  return open.flatMap((site) => {
    const wrapper = wrapperAround(tracer, site);
    return wrapper === undefined ? [] : callersOf(wrapper).flatMap(({ summary, fn }) => namedIn(tracer, summary, { fn, wrapper, effect: site.effect }).map((name) => ({ site: site.id, path: summary.path, target: [{ is: "known" as const, text: name }] })));
  });
}

/** Name of the method or function that wraps the library's call, if it takes a parameter. */
function wrapperAround(tracer: Tracer, site: Site): string | undefined {
  const { path } = site.in;
  for (let fn = tracer.fn(site.in); fn !== undefined && fn.id !== 0; fn = tracer.fn({ path, id: fn.parent }))
    if (fn.kind !== "arrow" && fn.name !== "" && fn.params.length > 0) return fn.kind === "constructor" ? undefined : fn.name;
  return undefined;
}

interface CallIndex {
  readonly files: Map<string, CodeSummary>;
  /** By the last name of what is called, the files that do. */
  readonly calling: Map<string, Set<string>>;
}

/** Kept from one snapshot to the next, for most files stay as they are. */
const indexes = new WeakMap<Tracer, CallIndex>();

function callIndex(tracer: Tracer, summaries: Summaries): (name: string) => readonly { readonly summary: CodeSummary; readonly fn: FunctionFact }[] {
  const index: CallIndex = indexes.get(tracer) ?? { files: new Map(), calling: new Map() };
  indexes.set(tracer, index);
  for (const [path, known] of index.files) if (summaries.get(path) !== known) forget(index, path, known);
  for (const [path, summary] of summaries) if (summary.kind === "code" && !index.files.has(path)) learn(index, path, summary);
  return (name) =>
    [...(index.calling.get(name) ?? [])].sort().flatMap((path) => {
      const summary = index.files.get(path);
      return summary === undefined ? [] : summary.functions.filter((fn) => fn.calls.some((callee) => lastName(callee) === name)).map((fn) => ({ summary, fn }));
    });
}

function learn({ files, calling }: CallIndex, path: string, summary: CodeSummary): void {
  files.set(path, summary);
  for (const name of namesCalledIn(summary)) {
    const paths = calling.get(name);
    if (paths) paths.add(path);
    else calling.set(name, new Set([path]));
  }
}

function forget({ files, calling }: CallIndex, path: string, summary: CodeSummary): void {
  files.delete(path);
  for (const name of namesCalledIn(summary)) calling.get(name)?.delete(path);
}

function namesCalledIn(summary: CodeSummary): ReadonlySet<string> {
  return new Set(summary.functions.flatMap((fn) => fn.calls.map(lastName)));
}

function lastName(callee: string): string {
  return callee.slice(callee.lastIndexOf(".") + 1);
}

function namedIn(tracer: Tracer, summary: CodeSummary, { fn, wrapper, effect }: { readonly fn: FunctionFact; readonly wrapper: string; readonly effect: Site["effect"] }): readonly string[] {
  const frame = tracer.frame({ path: summary.path, id: fn.id });
  const names: string[] = [];
  if (frame === undefined) return names;
  walkInstructions(fn.body, (step) => {
    walkValues(step, (value) => {
      if (value.kind !== "call" || calleeName(value) !== wrapper) return;
      const [name] = value.args.slice(0, 1).flatMap((arg) => classNames(tracer, arg, frame, effect));
      if (name !== undefined) names.push(name);
    });
  });
  return names;
}

function calleeName({ callee }: CallValue): string | undefined {
  return callee.kind === "member" || callee.kind === "name" ? callee.name : undefined;
}

/** The class that a value is an object of, or is itself: one listens to a class, but sends an object. */
function classNames(tracer: Tracer, value: CallValue["args"][number], frame: Frame, effect: Site["effect"]): readonly string[] {
  return possibilities(tracer.trace(value, frame)).flatMap((traced) => {
    const name = (traced.is === "class" && effect === "consume") || traced.is === "self" ? tracer.class(traced.class)?.name : undefined;
    return name === undefined || name === "" ? [] : [name];
  });
}
