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

export function runnersOf(program: Pick<Program, "callersOf" | "entries" | "function">, { summaries, importers }: { readonly summaries: Summaries; readonly importers: Importers }, map: Pick<ServiceMap, "services">): RunnersOf {
  const memory = new Map<string, readonly Service[] | undefined>();
  let isCurrent = false;
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
    if (ref.id > 0 && callers.length > 0 && !served.has(key)) return callers;
    // What runs when a file is loaded or serves requests may be run by a framework.
    return users(ref) ?? (ref.id > 0 && !served.has(key) && isUnused(ref) ? [] : undefined);
  }

  /** A framework makes what a class is of where a file names it; an `index.ts` that hands it on names nothing. */
  function users(ref: FunctionRef): readonly FunctionRef[] | undefined {
    const summary = summaries.get(ref.path);
    if (summary?.kind !== "code") return undefined;
    const owner = ref.id === 0 ? undefined : summary.classes[program.function(ref)?.classId ?? -1];
    const isOfClasses = summary.classes.length > 0 && summary.exports.every((fact) => fact.kind === "local" && summary.classes.some(({ name }) => name === fact.local));
    const names = ref.id === 0 ? (isOfClasses ? summary.classes.map(({ name }) => name) : []) : owner === undefined ? [] : [owner.name];
    const found = [...new Set(names.flatMap(importing))].filter((path) => path !== ref.path);
    return found.length === 0 ? undefined : found.map((path) => ({ path, id: 0 }));
  }

  function importing(name: string): readonly string[] {
    if (!isCurrent) importers.takeIn(summaries);
    isCurrent = true;
    return importers.of(name);
  }

  /** A function of its own that no file imports: nobody runs it. */
  function isUnused(ref: FunctionRef): boolean {
    const fn = program.function(ref);
    return fn !== undefined && fn.name !== "" && fn.parent === 0 && fn.classId < 0 && importing(fn.name).length === 0;
  }
}

/** Files by the names that they import, of whichever file; after an edit, what the edit changed is looked at again. */
export class Importers {
  private readonly byName = new Map<string, Set<string>>();
  private readonly taken = new Map<string, CodeSummary>();

  takeIn(summaries: Summaries): void {
    for (const [path, before] of this.taken) {
      const now = summaries.get(path);
      if (now === before) continue;
      for (const { imported } of before.imports) this.byName.get(imported)?.delete(path);
      this.taken.delete(path);
    }
    for (const [path, summary] of summaries) {
      if (summary.kind !== "code" || this.taken.has(path)) continue;
      this.taken.set(path, summary);
      for (const { imported } of summary.imports) {
        const known = this.byName.get(imported);
        if (known) known.add(path);
        else this.byName.set(imported, new Set([path]));
      }
    }
  }

  /** Paths, sorted. */
  of(name: string): readonly string[] {
    return [...(this.byName.get(name) ?? [])].sort();
  }
}
