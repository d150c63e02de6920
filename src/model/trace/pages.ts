/** Code that a browser runs: components and the hooks that they are made of. */
import type { CodeSummary, FunctionFact } from "../../syntax/summary.ts";

const STATEFUL = /^(?:react|preact|preact\/hooks|preact\/compat|react-native|@remix-run\/react|react-router|react-router-dom|solid-js|vue|svelte)$/;
/** Hooks that a server cannot run: they hold state, wait for a mount, or navigate. */
const HOOK = /^(?:use(?:State|Reducer|Effect|LayoutEffect|InsertionEffect|Ref|Callback|Memo|SyncExternalStore|Transition|Optimistic|ImperativeHandle|Navigate|Fetcher|Revalidator|Submit|NavigationType)|createSignal|createEffect|onMount|onMounted|onUnmounted)$/;

/** True for a file that imports what only a component in a browser can use. */
export function importsHooks(summary: CodeSummary): boolean {
  return summary.imports.some((fact) => !fact.typeOnly && STATEFUL.test(fact.specifier) && HOOK.test(fact.imported));
}

/** What no server has. */
const OF_BROWSERS = /^(?:navigator\.(?:clipboard|share|geolocation|mediaDevices|serviceWorker)|window|document|localStorage|sessionStorage)\./;

/** True for a component with state, a hook, what is written inside one, and for a handler of a component that speaks to the browser. */
export function isInComponent(summary: CodeSummary, fn: FunctionFact): boolean {
  const isOfPage = (call: string): boolean => HOOK.test(call.replace(/^React\./, "")) || summary.jsx && OF_BROWSERS.test(call);
  for (let at: FunctionFact | undefined = fn; at && at.kind !== "module"; at = summary.functions[at.parent]) if (at.calls.some(isOfPage)) return true;
  return false;
}
