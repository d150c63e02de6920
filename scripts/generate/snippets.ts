/** Snippets of the templates: the module, with a tab stop on each policy value. */
import { ts } from "ts-morph";
import { instantiate, type Style } from "../../src/fixes/index.ts";
import { banner } from "./generated-file.ts";
import type { TemplateSource } from "./templates.ts";

const HEAD = banner;

const HOUSE: Style = {
  quote: '"',
  semicolons: true,
  indent: "\t",
  trailingCommas: true,
  newline: "\n",
  modules: "esm",
  language: "ts",
  extension: "js",
};

/** Template → prefix and what the list of suggestions says: what stands alone, then what stands on a library. */
const SNIPPETS: Readonly<
  Record<string, { readonly prefix: string; readonly title: string; readonly description: string }>
> = {
  retry: {
    prefix: "fl-retry",
    title: "Faultline: retry",
    description: "Retry with exponential backoff, full jitter, attempt cap, time budget and cancellation",
  },
  timeout: {
    prefix: "fl-timeout",
    title: "Faultline: deadline",
    description: "Deadline that cancels the call, composed with the caller's signal",
  },
  "circuit-breaker": {
    prefix: "fl-circuit-breaker",
    title: "Faultline: circuit breaker",
    description: "Circuit breaker with rolling window, one half-open probe, deadline and fallback",
  },
  saga: {
    prefix: "fl-saga",
    title: "Faultline: saga",
    description: "Saga with compensations in reverse order, saved progress and idempotency keys",
  },
  limit: {
    prefix: "fl-bulkhead",
    title: "Faultline: bulkhead",
    description: "Bounded concurrency with a queue limit, cancellation, and maps over long lists",
  },
  "read-model": {
    prefix: "fl-read-model",
    title: "Faultline: read model",
    description: "Copy of another service's data, kept from its events",
  },
  "retry-p-retry": {
    prefix: "fl-retry-p-retry",
    title: "Faultline: retry with p-retry",
    description: "p-retry with backoff, jitter, a limit on attempts and time, and only for passing failures",
  },
  "retry-cockatiel": {
    prefix: "fl-retry-cockatiel",
    title: "Faultline: retry with cockatiel",
    description: "cockatiel's retry with full jitter, only for passing failures, and cancellation",
  },
  "retry-axios": {
    prefix: "fl-retry-axios",
    title: "Faultline: retry in an axios instance",
    description: "Interceptor that repeats safe requests with backoff and full jitter",
  },
  "retry-undici": {
    prefix: "fl-retry-undici",
    title: "Faultline: retry with undici's RetryAgent",
    description: "Dispatcher for fetch with deadlines, and retries of safe requests with full jitter",
  },
  "circuit-breaker-opossum": {
    prefix: "fl-circuit-breaker-opossum",
    title: "Faultline: circuit breaker with opossum",
    description: "One opossum breaker per dependency, with a deadline that cancels",
  },
  "circuit-breaker-cockatiel": {
    prefix: "fl-circuit-breaker-cockatiel",
    title: "Faultline: circuit breaker with cockatiel",
    description: "One cockatiel breaker per dependency, with a deadline inside",
  },
  "circuit-breaker-nestjs": {
    prefix: "fl-circuit-breaker-nestjs",
    title: "Faultline: circuit breaker as a NestJS provider",
    description: "Circuit breakers that NestJS injects, one per dependency",
  },
  "bulkhead-p-limit": {
    prefix: "fl-bulkhead-p-limit",
    title: "Faultline: bulkhead with p-limit",
    description: "Bounded concurrency with p-limit, and a limit on what waits",
  },
  "bulkhead-cockatiel": {
    prefix: "fl-bulkhead-cockatiel",
    title: "Faultline: bulkhead with cockatiel",
    description: "One cockatiel bulkhead per dependency, with a limit on what waits",
  },
};

/** One file for each language, as `contributes.snippets` takes them. */
export function snippetFiles(sources: readonly TemplateSource[]): ReadonlyMap<string, string> {
  return new Map(
    (["typescript", "javascript"] as const).map((language) => {
      const style = { ...HOUSE, language: language === "typescript" ? ("ts" as const) : ("js" as const) };
      const entries = sources.flatMap(({ name, text }) => {
        const about = SNIPPETS[name];
        if (about === undefined) return [];
        const { title, prefix, description } = about;
        return [[title, { prefix, description, body: snippetBody(instantiate(text, style)) }]];
      });
      return [
        `snippets/${language}.code-snippets`,
        `${HEAD}\n${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`,
      ];
    }),
  );
}

/** Lines of a snippet: the policy's numbers become tab stops, and what snippets read as their own syntax is escaped. */
function snippetBody(text: string): readonly string[] {
  let stop = 0;
  let from = 0;
  let body = "";
  for (const { at, end } of policyValues(text)) {
    stop += 1;
    body += escape(text.slice(from, at)) + `\${${stop}:${text.slice(at, end)}}`;
    from = end;
  }
  return `${body}${escape(text.slice(from)).trimEnd()}\n$0`.split("\n");
}

function escape(text: string): string {
  return text.replace(/[\\$]/g, "\\$&");
}

/** Values of the properties of constants called `DEFAULT_…`. */
function policyValues(text: string): readonly { readonly at: number; readonly end: number }[] {
  const file = ts.createSourceFile("template.ts", text, ts.ScriptTarget.Latest, true);
  return file.statements.filter(ts.isVariableStatement).flatMap((statement) =>
    statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      if (!name.getText(file).startsWith("DEFAULT_") || initializer === undefined) return [];
      if (!ts.isObjectLiteralExpression(initializer)) return [];
      return initializer.properties
        .filter(ts.isPropertyAssignment)
        .map((property) => ({ at: property.initializer.getStart(file), end: property.initializer.end }));
    }),
  );
}
