import type { Draft, Template } from "../../fixes/index.ts";
import type { BreakerLibrary } from "./data.ts";
import { circuitBreakerTemplate } from "./template.generated.ts";

/** How a guarded call is written: `before`, a function that makes the call, `after`. */
export interface Guard {
  readonly before: string;
  readonly after: string;
  /** Parameter list of that function where the breaker hands out a signal called `name`. */
  readonly signal?: (name: string) => string;
}

/** Declares the dependency's breaker in a file, or brings in the one that files share. */
export function guardIn(
  draft: Draft,
  dependency: string,
  library: BreakerLibrary | "generated",
  { isShared }: { readonly isShared: boolean },
): Guard {
  const name = `${camelCase(dependency)}Breaker`;
  if (library === "generated") return generated(draft, dependency, name);
  const through = `through${name[0]?.toUpperCase()}${name.slice(1, -"Breaker".length)}`;
  const source = library === "opossum" ? opossum(draft, name, through) : cockatiel(name);
  const used = library === "opossum" && draft.style.language === "ts" ? through : name;
  const local = isShared ? shared(draft, dependency, source, used) : declared(draft, source, used);
  if (library === "cockatiel")
    return {
      before: `${local}.execute(`,
      after: ")",
      signal: (signal) => (signal === "signal" ? "{ signal }" : `{ signal: ${signal} }`),
    };
  return { before: used === through ? `${local}(` : `${local}.fire(`, after: ")" };
}

interface Source {
  readonly imports: { readonly specifier: string; readonly names: readonly string[]; readonly default?: string };
  readonly code: (local: (name: string) => string) => string;
}

function generated(draft: Draft, dependency: string, name: string): Guard {
  const local = draft.importTemplate(circuitBreakerTemplate, ["breakerFor"]);
  if (!isDeclared(draft, name)) draft.declare(`const ${name} = ${local("breakerFor")}(${JSON.stringify(dependency)});`);
  return { before: `${name}.run(`, after: ")", signal: (signal) => signal };
}

/** Opens at half of ten calls, waits half a minute, gives each call ten seconds: the house's values in opossum's words. */
function opossum(draft: Draft, name: string, through: string): Source {
  const options =
    "{\n  timeout: 10_000,\n  errorThresholdPercentage: 50,\n  volumeThreshold: 10,\n  resetTimeout: 30_000,\n}";
  const isTyped = draft.style.language === "ts";
  const call = isTyped ? "(call: () => Promise<unknown>) => call()" : "(call) => call()";
  return {
    imports: { specifier: "opossum", names: [], default: "CircuitBreaker" },
    code: (local) => {
      const breaker = `const ${name} = new ${local("default")}(${call}, ${options});`;
      if (!isTyped) return breaker;
      // opossum's types know one result for a breaker; each call has its own.
      return `${breaker}\n\nfunction ${through}<T>(call: () => Promise<T>): Promise<T> {\n  return ${name}.fire(call) as Promise<T>;\n}`;
    },
  };
}

function cockatiel(name: string): Source {
  const names = ["circuitBreaker", "handleAll", "SamplingBreaker", "timeout", "TimeoutStrategy", "wrap"];
  return {
    imports: { specifier: "cockatiel", names },
    code: (local) =>
      [
        `const ${name} = ${local("wrap")}(`,
        `  ${local("circuitBreaker")}(${local("handleAll")}, {`,
        "    halfOpenAfter: 30_000,",
        `    breaker: new ${local("SamplingBreaker")}({ threshold: 0.5, duration: 10_000, minimumRps: 1 }),`,
        "  }),",
        `  ${local("timeout")}(10_000, ${local("TimeoutStrategy")}.Aggressive),`,
        ");",
      ].join("\n"),
  };
}

function declared(draft: Draft, source: Source, used: string): string {
  if (isDeclared(draft, used)) return used;
  const local = draft.import(source.imports);
  draft.declare(source.code(local));
  return used;
}

/** A module of its own, so that calls in several files share the breaker's state. */
function shared(draft: Draft, dependency: string, { imports, code }: Source, used: string): string {
  const names = imports.names.length === 0 ? "" : `{ ${imports.names.join(", ")} }`;
  const line = `import ${imports.default ?? names} from ${JSON.stringify(imports.specifier)};`;
  const body = code((name) => (name === "default" ? (imports.default ?? name) : name)).replace(
    new RegExp(`(const|function) ${used}\\b`),
    `export $1 ${used}`,
  );
  const template: Template = { name: `${kebabCase(dependency)}-breaker`, text: `${line}\n\n${body}\n` };
  return draft.importTemplate(template, [used])(used);
}

function isDeclared(draft: Draft, name: string): boolean {
  return new RegExp(`\\b(const|let|var|function) ${name}\\b`).test(draft.text);
}

function camelCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words
    .map((word, index) => (index === 0 ? word[0]?.toLowerCase() : word[0]?.toUpperCase()) + word.slice(1))
    .join("");
  return /^[A-Za-z]/.test(joined) ? joined : `dependency${joined}`;
}

function kebabCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}
