/** Which deployables run a file: those whose folder it is in, or whose imports lead to it. */
import type { CodeSummary } from "../../syntax/summary.ts";
import type { Service } from "../architecture.ts";
import type { Summaries } from "./manifests.ts";
import { isWithin } from "./paths.ts";

/** Resolves an import to a file of the workspace; everything else is of no interest here. */
export type ResolveImport = (from: string, specifier: string) => { readonly is: "file"; readonly path: string } | { readonly is: "package" | "builtin" | "missing" };

/** Answers `serviceOf`. The import graph is walked on first need, and once for each service. */
export function belonging(services: readonly Service[], entries: ReadonlyMap<string, string>, summaries: Summaries, resolve: ResolveImport): (path: string) => readonly Service[] {
  const reached = new Map<string, ReadonlySet<string>>();
  const answers = new Map<string, readonly Service[]>();
  const code = [...summaries.values()].filter((summary) => summary.kind === "code").map((summary) => summary.path);

  return (path) => {
    const known = answers.get(path);
    if (known !== undefined) return known;
    const answer = find(path);
    answers.set(path, answer);
    return answer;
  };

  function find(path: string): readonly Service[] {
    const depth = Math.max(-1, ...services.filter((service) => isWithin(path, service.root)).map((service) => service.root.length));
    const home = services.filter((service) => service.root.length === depth && isWithin(path, service.root));
    if (home.length === 1) return home;
    if (home.length > 1) return among(home, path);
    return services.filter((service) => reach(service).has(path));
  }

  /** Several deployables of one folder are told apart by what their entry files lead to. */
  function among(home: readonly Service[], path: string): readonly Service[] {
    if (!home.some((service) => entries.has(service.id))) return home;
    const running = home.filter((service) => !entries.has(service.id) || reach(service).has(path));
    return running.length > 0 ? running : home;
  }

  function reach(service: Service): ReadonlySet<string> {
    const known = reached.get(service.id);
    if (known !== undefined) return known;
    const entry = entries.get(service.id);
    const start = entry !== undefined ? [entry] : code.filter((path) => isWithin(path, service.root) && isHomeOf(path, service));
    const seen = new Set(start);
    for (const path of seen) for (const next of importsOf(path)) seen.add(next);
    reached.set(service.id, seen);
    return seen;
  }

  function isHomeOf(path: string, service: Service): boolean {
    return !services.some((other) => other.root.length > service.root.length && isWithin(path, other.root));
  }

  function importsOf(path: string): readonly string[] {
    const summary = summaries.get(path);
    if (summary?.kind !== "code") return [];
    return specifiersOf(summary).flatMap((specifier) => {
      const target = resolve(path, specifier);
      return target.is === "file" ? [target.path] : [];
    });
  }
}

function specifiersOf(summary: CodeSummary): readonly string[] {
  // A file of types alone imports nothing when it runs, written `import type` or not.
  const imported = declaresTypesOnly(summary) ? [] : summary.imports.filter((fact) => !fact.typeOnly).map((fact) => fact.specifier);
  const exported = summary.exports.flatMap((fact) => (fact.kind === "from" || fact.kind === "star" ? [fact.specifier] : []));
  return [...new Set([...imported, ...exported])];
}

function declaresTypesOnly({ path, functions, classes, types, exports }: CodeSummary): boolean {
  const [module, ...others] = functions;
  if (!/\.[cm]?tsx?$/.test(path) || types.length === 0 || others.length > 0 || classes.length > 0) return false;
  return (module?.calls.length ?? 0) === 0 && exports.every((fact) => fact.kind !== "value") && (module?.body.length ?? 0) === 0;
}
