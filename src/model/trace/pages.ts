/** Code that a browser runs: components and the hooks that they are made of. */
import type { CodeSummary, FunctionFact } from "../../syntax/summary.ts";

const STATEFUL = /^(?:react|preact|preact\/hooks|preact\/compat|react-native|@remix-run\/react|react-router|react-router-dom|solid-js|vue|svelte)$/;
/** Hooks that a server cannot run: they hold state, wait for a mount, or navigate. */
const HOOK = /^(?:use(?:State|Reducer|Effect|LayoutEffect|InsertionEffect|Ref|Callback|Memo|SyncExternalStore|Transition|Optimistic|ImperativeHandle|Navigate|Fetcher|Revalidator|Submit|NavigationType)|createSignal|createEffect|onMount|onMounted|onUnmounted)$/;

/** True for a file that imports what only a component in a browser can use. */
export function importsHooks(summary: CodeSummary): boolean {
  return summary.imports.some((fact) => !fact.typeOnly && STATEFUL.test(fact.specifier) && HOOK.test(fact.imported));
}

/** True for a component with state, a hook, and what is written inside one. */
export function isInComponent(summary: CodeSummary, fn: FunctionFact): boolean {
  for (let at: FunctionFact | undefined = fn; at && at.kind !== "module"; at = summary.functions[at.parent]) if (at.calls.some((call) => HOOK.test(call.replace(/^React\./, "")))) return true;
  return false;
}
