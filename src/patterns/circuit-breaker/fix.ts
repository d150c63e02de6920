/** Repairs of unguarded calls: one breaker for each dependency, at module scope, around each of its calls. */
import { Draft, finish, STALE, type ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { BreakerFixData, BreakerLibrary } from "./data.ts";
import { guardCall } from "./fix-call.ts";
import { type Guard, guardIn } from "./guard.ts";

export function circuitBreakerFixes(data: BreakerFixData): readonly FixOffer[] {
  return [...data.libraries, "generated" as const].map((library) => ({
    id: `circuit-breaker/${library}`,
    title: titleOf(data, library),
    kind: "review",
    build: (context) => guardCalls(context, data, library),
  }));
}

function titleOf({ dependency, calls }: BreakerFixData, library: BreakerLibrary | "generated"): string {
  const what = calls.length === 1 ? `the call to ${dependency}` : `the ${calls.length} calls to ${dependency}`;
  return `Guard ${what} with ${library === "generated" ? "a shared circuit breaker" : `a shared ${library} breaker`}`;
}

function guardCalls(context: FixContext, data: BreakerFixData, library: BreakerLibrary | "generated"): FixResult {
  const paths = [...new Set(data.calls.map((call) => call.path))].sort();
  const drafts: Draft[] = [];
  for (const path of paths) {
    const draft = Draft.open(context, path);
    if (draft === undefined) return STALE;
    let guard: Guard | undefined;
    // Made with the first call that needs it: a file where all are guarded stays as it is.
    const demand = (): Guard => (guard ??= guardIn(draft, data.dependency, library, { isShared: paths.length > 1 }));
    const wrapped = new Set<ts.Node>();
    for (const call of data.calls.filter((each) => each.path === path)) {
      const done = guardCall(draft, call, demand, wrapped);
      if (!done.ok) return done;
    }
    drafts.push(draft);
  }
  return finish(...drafts);
}
