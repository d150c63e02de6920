/** Files of an application that browsers run. Most of them only draw; of these the imports are all that matters to others. */
import { isGenerated } from "./code.ts";
import { newFunction } from "./lower-function.ts";
import type { CodeSummary, ImportFact } from "./summary.ts";

/** Words of clients and protocols, calls by their names, addresses, what the environment says, and what comes from elsewhere or is handed on. */
const TELLING = [
  /\b(?:fetch\w*|axios|ky|got|superagent|XMLHttpRequest|WebSocket|EventSource|sendBeacon|graphql|gql|trpc|grpc\w*|socket\w*|mqtt)\b/i,
  /\.(?:get|post|put|patch|delete|del|request|query|mutate|send|emit|subscribe|publish)\s*[(<]/i,
  /["'`](?:\/\w|https?:|wss?:|api\/)/,
  /\b(?:process|import\.meta)\.env\b|\brequire\s*\(|\bfrom\s*["']node:/,
  /\bexport\s*(?:\*|\{[^}]*\})[^;\n]*\bfrom\b/,
  /faultline/i,
];

/** Whether the text may call something outside the page, or takes part in how such a call is made. It errs on the side of yes. */
export function mayCallOut(text: string): boolean {
  return TELLING.some((telling) => telling.test(text));
}

/** `from "./a"`, `import "./a"` and `import("./a")`; one within a text or a comment is taken for one too, and leads nowhere. */
const IMPORT = /\b(?:from|import)\s*(?:\(\s*)?(["'])([^"'\n]+)\1/g;

/** What the file imports, found without parsing it; its imports bind no names. */
export function summarizePage(path: string, text: string): CodeSummary {
  return {
    kind: "code",
    path,
    problems: [],
    imports: [...text.matchAll(IMPORT)].map(importOf),
    exports: [],
    functions: [newFunction({ id: 0, kind: "module", name: "", parent: -1, at: 0, end: text.length })],
    classes: [],
    types: [],
    suppressions: [],
    generated: isGenerated(text),
    jsx: /\.[jt]sx$/.test(path),
  };
}

function importOf(found: RegExpExecArray): ImportFact {
  const [whole, , specifier = ""] = found;
  const end = found.index + whole.length;
  return { local: "", imported: "*", specifier, typeOnly: false, at: end - specifier.length - 2, end };
}
