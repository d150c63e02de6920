/**
 * Which services run a function of a shared library: those whose code leads to it. That a service imports the library says less,
 * for an `index.ts` draws in all of it.
 */
import type { CodeSummary } from "../../syntax/summary.ts";
import type { FunctionRef, Program } from "../knowledge.ts";
import type { Service } from "../architecture.ts";
import { isWithin } from "./paths.ts";
import type { ServiceMap } from "./services.ts";
import type { Summaries } from "./manifests.ts";

const MOST = 400;

/** Answers for a function of no service's own folder; `undefined` where something that is not followed may run it. */
export type RunnersOf = (ref: FunctionRef) => readonly Service[] | undefined;

export function runnersOf(program: Pick<Program, "callersOf" | "entries" | "function">, summaries: Summaries, map: Pick<ServiceMap, "services">): RunnersOf {
  const memory = new Map<string, readonly Service[] | undefined>();
  const served = new Set(program.entries.map(({ function: { path, id } }) => `${path}#${id}`));
  return (ref) => {
    const key = `${ref.path}#${ref.id}`;
    if (!memory.has(key)) memory.set(key, find(ref));
    return memory.get(key);
  };

  function find(start: FunctionRef): readonly Service[] | undefined {
    const found = new Set<Service>();
    const seen = new Set<string>();
    const queue = [start];
    for (const ref of queue) {
      const key = `${ref.path}#${ref.id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > MOST) return undefined;
      const home = map.services.filter((service) => service.root !== "" && isWithin(ref.path, service.root));
      if (home.length > 0) for (const service of home) found.add(service);
      else {
        const next = above(ref, key);
        if (next === undefined) return undefined;
        queue.push(...next);
      }
    }
    return map.services.filter((service) => found.has(service));
  }

  function above(ref: FunctionRef, key: string): readonly FunctionRef[] | undefined {
    const callers = program.callersOf(ref);
    // What runs when a file is loaded, serves requests or is a class's method may be run by a framework.
    if (served.has(key) || ref.id === 0) return undefined;
    if (callers.length > 0) return callers;
    return isUnused(ref) ? [] : undefined;
  }

  /** A function of its own that no file imports: nobody runs it. */
  function isUnused(ref: FunctionRef): boolean {
    const fn = program.function(ref);
    return fn !== undefined && fn.name !== "" && fn.parent === 0 && fn.classId < 0 && !isImported(fn.name, summaries);
  }
}

function isImported(name: string, summaries: Summaries): boolean {
  for (const summary of summaries.values()) if (summary.kind === "code" && importedBy(summary).has(name)) return true;
  return false;
}

function importedBy(summary: CodeSummary): ReadonlySet<string> {
  const known = imports.get(summary);
  if (known !== undefined) return known;
  const names = new Set(summary.imports.map((fact) => fact.imported));
  imports.set(summary, names);
  return names;
}

/** Files stay the same objects as long as nobody edits them. */
const imports = new WeakMap<CodeSummary, ReadonlySet<string>>();
