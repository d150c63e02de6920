import type { Draft } from "../../fixes/index.ts";
import type { LimitLibrary } from "./data.ts";
import { limitTemplate } from "./template.generated.ts";

/** How a call is written that waits for its place: `before`, a function that makes the call, `)`. */
export interface Limiter {
  readonly before: string;
}

/** Libraries whose limiter is made once and runs a function. The others go through a list by themselves. */
export type LimiterLibrary = Exclude<LimitLibrary, "p-map" | "bluebird"> | "generated";

/** Declares a limiter at module scope, so that all calls of the process share it. */
export function declareLimiter(draft: Draft, name: string, library: LimiterLibrary): Limiter {
  if (library === "generated") {
    const local = draft.importTemplate(limitTemplate, ["Bulkhead"]);
    // The items are there already, so turning some of them away would save nothing.
    draft.declare(`const ${name} = new ${local("Bulkhead")}(${JSON.stringify(name.replace(/Limit\d*$/, ""))}, { concurrency: 10, queueLimit: Infinity });`);
    return { before: `${name}.run(` };
  }
  const { imports, made, run } = LIBRARIES[library];
  const local = draft.import(imports);
  draft.declare(`const ${name} = ${made(local)};`);
  return { before: `${name}${run}(` };
}

interface Known {
  readonly imports: { readonly specifier: string; readonly names: readonly string[]; readonly default?: string };
  readonly made: (local: (name: string) => string) => string;
  /** The method that runs a function. */
  readonly run: string;
}

const LIBRARIES = {
  "p-limit": { imports: { specifier: "p-limit", names: [], default: "pLimit" }, made: (local) => `${local("default")}(10)`, run: "" },
  "p-queue": { imports: { specifier: "p-queue", names: [], default: "PQueue" }, made: (local) => `new ${local("default")}({ concurrency: 10 })`, run: ".add" },
  bottleneck: { imports: { specifier: "bottleneck", names: [], default: "Bottleneck" }, made: (local) => `new ${local("default")}({ maxConcurrent: 10 })`, run: ".schedule" },
  cockatiel: { imports: { specifier: "cockatiel", names: ["bulkhead"] }, made: (local) => `${local("bulkhead")}(10, Infinity)`, run: ".execute" },
} as const satisfies Record<Exclude<LimiterLibrary, "generated">, Known>;
