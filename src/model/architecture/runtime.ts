/** Where the code of a file runs: in a service, in a browser, on the machine of a developer, or wherever those who install it run it. */
import type { CodeSummary } from "../../syntax/summary.ts";
import type { Package, Workspace } from "../../workspace/workspace.ts";
import { packageOf, SERVER_LIBRARIES } from "../../workspace/index.ts";
import type { Service } from "../architecture.ts";
import type { Runtime } from "../knowledge.ts";
import type { ResolveImport } from "./belonging.ts";
import { BROWSER_LIBRARIES } from "./libraries.data.ts";
import type { Summaries } from "./manifests.ts";
import { importsHooks } from "../trace/pages.ts";
import { baseName, isWithin } from "./paths.ts";

interface Around {
  readonly workspace: Workspace;
  readonly summaries: Summaries;
  readonly resolve: ResolveImport;
  readonly services: readonly Service[];
  readonly serviceOf: (path: string) => readonly Service[];
}

/** Answers where a file runs. What the server side of mixed packages is, is found on first need. */
export function runtimes(around: Around): (path: string) => Runtime {
  const answers = new Map<string, Runtime>();
  const serverSides = new Map<string, ReadonlySet<string>>();
  return (path) => {
    const known = answers.get(path);
    if (known !== undefined) return known;
    const answer = find(path);
    answers.set(path, answer);
    return answer;
  };

  function find(path: string): Runtime {
    const own = packageOf(around.workspace, path);
    const summary = around.summaries.get(path);
    if (summary?.kind !== "code") return "service";
    if (own !== undefined && hasBrowserLibrary(own)) {
      if (isRunByBuild(own, path)) return "tool";
      if (!serverSide(own).has(path)) return "browser";
    } else if (isForClients(summary) || (usesPage(summary) && !importsServer(summary))) return "browser";
    if (own !== undefined && isTool(own)) return "tool";
    const running = around.serviceOf(path);
    // What only front ends import is bundled with them.
    if (running.length > 0 && running.every((service) => service.isFrontend && !isWithin(path, service.root))) return "browser";
    return around.services.length > 0 && running.length === 0 ? "library" : "service";
  }

  /** Files of a package with pages that a server loads: request handlers by convention or library, and what they import. */
  function serverSide(own: Package): ReadonlySet<string> {
    const known = serverSides.get(own.dir);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    for (const summary of around.summaries.values()) {
      if (summary.kind === "code" && packageOf(around.workspace, summary.path)?.dir === own.dir && isServerFile(summary)) seen.add(summary.path);
    }
    for (const path of seen) for (const next of importsOf(path)) if (!isPageFile(next)) seen.add(next);
    serverSides.set(own.dir, seen);
    return seen;
  }

  function importsOf(path: string): readonly string[] {
    const summary = around.summaries.get(path);
    if (summary?.kind !== "code") return [];
    return specifiersOf(summary).flatMap((specifier) => {
      const target = around.resolve(path, specifier);
      return target.is === "file" ? [target.path] : [];
    });
  }

  /** What a server imports of a page's file is a type or a component that it renders; neither calls out there. */
  function isPageFile(path: string): boolean {
    const summary = around.summaries.get(path);
    return summary?.kind === "code" && summary.jsx && !isServerFile(summary);
  }
}

function hasBrowserLibrary(own: Package): boolean {
  return [...Object.keys(own.dependencies), ...Object.keys(own.devDependencies)].some((name) => BROWSER_LIBRARIES.test(name));
}

/** A command that is installed and typed, not a server that also has one. */
function isTool(own: Package): boolean {
  const serves = Object.keys(own.dependencies).some((name) => SERVER_LIBRARIES.some((library) => library.test(name)));
  const isNamedSo = own.dir !== "" && /^(?:cli|create|create-.+|.+-cli|cli-.+|devtools?)$/.test(baseName(own.dir));
  return isNamedSo || (own.bin.length > 0 && !serves);
}

/** `"sync-assets": "node sync-assets.js"` in a package with pages: a step of a build, unless it is what starts the server. */
function isRunByBuild(own: Package, path: string): boolean {
  const scripts = scriptsThatRun(own).get(baseName(path)) ?? [];
  return scripts.length > 0 && !scripts.some((script) => /^(?:start|serve|server|dev|prod|preview|worker)/.test(script));
}

const scriptsOf = new WeakMap<Package, ReadonlyMap<string, readonly string[]>>();

/** By the names of files that the scripts of a package run with Node, those scripts. */
function scriptsThatRun(own: Package): ReadonlyMap<string, readonly string[]> {
  const known = scriptsOf.get(own);
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  for (const [script, command] of Object.entries(own.scripts)) {
    for (const part of command.split(/[;&|]/)) {
      const words = part.trim().split(/\s+/);
      const runner = words.findIndex((word) => /^(?:node|tsx|ts-node)$/.test(word));
      for (const word of runner < 0 ? [] : words.slice(runner + 1)) found.set(baseName(word), [...(found.get(baseName(word)) ?? []), script]);
    }
  }
  scriptsOf.set(own, found);
  return found;
}

const SERVER_EXPORTS = new Set(["getServerSideProps", "getStaticProps", "getInitialProps"]);
const ROUTE_EXPORTS = new Set(["loader", "action"]);

/** Loaded by a server by convention of its framework, or for what it imports. */
function isServerFile(summary: CodeSummary): boolean {
  const path = `/${summary.path}`;
  if (isForClients(summary)) return false;
  if (/\/pages\/api\/|\/app\/(?:.*\/)?route\.[cm]?[jt]s$|\/routes\/api\/|\.server\.[cm]?[jt]sx?$|\/\+(?:server|page\.server|layout\.server)\.[jt]s$|\/server\/(?:api|routes|middleware)\/|\/(?:src\/)?middleware\.[jt]s$/.test(path)) return true;
  if (summary.exports.some((e) => e.kind !== "star" && SERVER_EXPORTS.has(e.name))) return true;
  if (/\/routes\//.test(path) && summary.exports.some((e) => e.kind !== "star" && ROUTE_EXPORTS.has(e.name))) return true;
  return importsServer(summary);
}

/** Says so in its first line, or holds components' state without being a route that a server renders. */
function isForClients(summary: CodeSummary): boolean {
  const [first] = summary.functions[0]?.body ?? [];
  if (first?.kind === "evaluate" && first.value.kind === "const" && first.value.value === "use client") return true;
  if (summary.imports.some((fact) => !fact.typeOnly && fact.specifier === "@angular/core")) return true;
  return importsHooks(summary) && !summary.exports.some((e) => e.kind !== "star" && (ROUTE_EXPORTS.has(e.name) || SERVER_EXPORTS.has(e.name)));
}

/** Built-ins of Node that no bundler has a stand-in for. */
const NODE_ONLY = /^(?:node:.+|fs|fs\/promises|http|https|http2|net|tls|dgram|child_process|cluster|worker_threads|async_hooks)$/;

function importsServer(summary: CodeSummary): boolean {
  return summary.imports.some((fact) => !fact.typeOnly && (NODE_ONLY.test(fact.specifier) || /^@nestjs\/(?!swagger)/.test(fact.specifier) || SERVER_LIBRARIES.some((library) => library.test(packageName(fact.specifier)))) && !/^(?:socket\.io|ws)$/.test(fact.specifier));
}

function packageName(specifier: string): string {
  return specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Calls of what only a page has. */
function usesPage(summary: CodeSummary): boolean {
  return summary.functions.some((fn) => fn.calls.some((call) => /^(?:window\.(?!fetch\b)|document\.|localStorage\.|sessionStorage\.|navigator\.)/.test(call)));
}

function specifiersOf(summary: CodeSummary): readonly string[] {
  const imported = summary.imports.filter((fact) => !fact.typeOnly).map((fact) => fact.specifier);
  const exported = summary.exports.flatMap((fact) => (fact.kind === "from" || fact.kind === "star" ? [fact.specifier] : []));
  return [...new Set([...imported, ...exported])];
}

/** Whether two texts of a file are the same to `runtimes` and to `belonging`: what it imports, what a framework finds in it, and whether it is of a page. */
export function hasSameOutline(a: CodeSummary, b: CodeSummary): boolean {
  return a.jsx === b.jsx && usesPage(a) === usesPage(b) && outlineOf(a) === outlineOf(b);
}

function outlineOf({ imports, exports }: CodeSummary): string {
  const imported = imports.map(({ specifier, typeOnly }) => [specifier, typeOnly]);
  const exported = exports.flatMap((fact) => {
    const telling = fact.kind !== "star" && (SERVER_EXPORTS.has(fact.name) || ROUTE_EXPORTS.has(fact.name)) ? [fact.name] : [];
    return fact.kind === "from" || fact.kind === "star" ? [...telling, fact.specifier] : telling;
  });
  return JSON.stringify([imported, exported]);
}
