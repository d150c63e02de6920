/** Functions that something outside the code calls. */
import type { CalledFor, DecoratorFacts } from "../../catalog/library.ts";
import type { ClassFact, CodeSummary, DecoratorFact, FunctionFact, Value } from "../../syntax/summary.ts";
import type { Entry } from "../knowledge.ts";
import { possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { valueOfType } from "./types.ts";

/** Methods under a decorator that makes them handlers: `@Post()`, `@EventPattern("…")`, `@Cron("…")`. */
export function decoratedEntries(tracer: Tracer, path: string, summary: CodeSummary): readonly Entry[] {
  const entries: Entry[] = [];
  for (const fn of summary.functions) {
    if (fn.decorators.length === 0) continue;
    for (const decorator of fn.decorators) {
      const means = decoratorFacts(tracer, path, fn, decorator);
      const kind = means && kindOf(means);
      if (means && kind) entries.push({ kind, function: { path, id: fn.id }, place: { path, at: fn.nameAt, end: fn.nameEnd }, title: titleOf(means, decorator, pathOfClass(tracer, path, summary, fn)) });
    }
  }
  return entries;
}

/** Methods that a framework calls on a class for what the class is: a guard, a command's handler, a worker. */
export function calledEntries(tracer: Tracer, path: string, summary: CodeSummary): readonly Entry[] {
  return summary.classes.flatMap((fact) => {
    const calls = fact.decorators.length + fact.implements.length === 0 && fact.extends === undefined ? {} : Object.assign({}, ...callsOn(tracer, path, summary, fact)) as Readonly<Record<string, CalledFor>>;
    return fact.members.flatMap((id): readonly Entry[] => {
      const fn = summary.functions[id];
      const kind = fn && calls[fn.name];
      return fn && kind ? [{ kind, function: { path, id }, place: { path, at: fn.nameAt, end: fn.nameEnd }, title: `${fact.name}.${fn.name}` }] : [];
    });
  });
}

function callsOn(tracer: Tracer, path: string, summary: CodeSummary, fact: ClassFact): readonly Readonly<Record<string, CalledFor>>[] {
  const frame = tracer.frame({ path, id: 0 });
  const [member] = fact.members.flatMap((id) => summary.functions[id] ?? []);
  if (frame === undefined || member === undefined) return [];
  const decorated = fact.decorators.flatMap((decorator) => {
    const means = decoratorFacts(tracer, path, member, decorator);
    return means !== undefined && "calls" in means && means.calls !== undefined ? [means.calls] : [];
  });
  const types = [...fact.implements.map((type) => valueOfType(tracer, type, path, fact.name)), ...(fact.extends === undefined ? [] : [tracer.trace(fact.extends, frame)])];
  return [...decorated, ...types.flatMap((type) => possibilities(type).flatMap((one) => callsOf(tracer, one)))];
}

/** What is extended is a class of the library, or what a call of the library gives for one (`PassportStrategy(Strategy)`). */
function callsOf(tracer: Tracer, type: Traced): readonly Readonly<Record<string, CalledFor>>[] {
  const named = type.is === "instance" ? { library: type.origin.library, type: type.origin.type } : type.is === "export" && type.shape.is === "class" ? { library: type.library, type: type.shape.type } : undefined;
  const calls = named && tracer.world.catalog.type(named.library, named.type)?.facts.calls;
  return calls === undefined ? [] : [calls];
}

/** What a decorator means by the catalog. */
export function decoratorFacts(tracer: Tracer, path: string, fn: FunctionFact, decorator: DecoratorFact): DecoratorFacts | undefined {
  const frame = tracer.frame({ path, id: Math.max(fn.parent, 0) });
  if (!frame) return undefined;
  const [head = "", ...rest] = decorator.name.split(".");
  let traced = tracer.name(head, frame, frame.fn.end);
  for (const part of rest) {
    const shape = traced.is === "export" ? tracer.world.catalog.exportOf(traced.library, part) : undefined;
    if (traced.is === "export" && shape) traced = { ...traced, name: part, shape };
  }
  return traced.is === "export" && traced.shape.is === "decorator" ? traced.shape.means : undefined;
}

function kindOf(means: DecoratorFacts): Entry["kind"] | undefined {
  switch (means.kind) {
    case "route":
    case "resolver":
    case "grpc-method":
    case "message-handler":
      return "request";
    case "event-handler":
    case "processor":
      return "message";
    case "schedule":
      return "schedule";
    default:
      return undefined;
  }
}

function titleOf(means: DecoratorFacts, decorator: DecoratorFact, base: string): string {
  const index = "path" in means ? (means.path ?? 0) : 0;
  const arg = decorator.args?.[index];
  const own = arg?.kind === "const" ? String(arg.value) : arg?.kind === "member" ? arg.name : arg?.kind === "name" ? arg.name : arg?.kind === "object" ? arg.properties.flatMap((p) => (p.value.kind === "const" ? [`${p.key ?? ""}: ${String(p.value.value)}`] : [])).join(", ") : "";
  if (means.kind !== "route") return own;
  return `${means.method ?? "ALL"} /${[base, own].map((p) => p.replace(/^\/+|\/+$/g, "")).filter((p) => p !== "").join("/")}`;
}

function pathOfClass(tracer: Tracer, path: string, summary: CodeSummary, fn: FunctionFact): string {
  const fact = summary.classes[fn.classId];
  for (const decorator of fact?.decorators ?? []) {
    if (decoratorFacts(tracer, path, fn, decorator)?.kind !== "controller") continue;
    const [arg] = decorator.args ?? [];
    if (arg?.kind === "const") return String(arg.value);
    if (arg?.kind === "object") {
      const inner = arg.properties.find((p) => p.key === "path")?.value;
      if (inner?.kind === "const") return String(inner.value);
    }
  }
  return "";
}

const VERBS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);

/** Conventions of frameworks that call exports by name: route handlers by file, function handlers by `handler`. */
export function exportedEntries(path: string, summary: CodeSummary): readonly Entry[] {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const inRoutes = /(^|\/)(pages\/api|app)\//.test(path);
  const entries: Entry[] = [];
  for (const e of summary.exports) {
    if (e.kind !== "local" && e.kind !== "value") continue;
    const routeFile = /^route\.[cm]?[jt]s$/.test(file) && VERBS.has(e.name);
    const pagesApi = /(^|\/)pages\/api\//.test(path) && e.name === "default";
    const loader = inRoutes && /\.[jt]sx?$/.test(file) && /(^|\/)routes\//.test(path) && (e.name === "loader" || e.name === "action");
    const lambda = e.name === "handler" || e.name === "lambdaHandler";
    if (!routeFile && !pagesApi && !loader && !lambda) continue;
    const id = e.kind === "local" ? namedFunction(summary, e.local) : e.value.kind === "function" ? e.value.id : (innermostFunction(summary, e.at, e.end) ?? wrapped(summary, e.value));
    if (id !== undefined) entries.push({ kind: "request", function: { path, id }, place: { path, at: e.at, end: e.end }, title: routeFile ? `${e.name} ${path.slice(0, -file.length)}` : e.name });
  }
  return entries;
}

function namedFunction(summary: CodeSummary, name: string): number | undefined {
  return summary.functions.find((fn) => fn.parent === 0 && fn.name === name)?.id;
}

/** `export default withTracing(handler)` */
function wrapped(summary: CodeSummary, value: Value): number | undefined {
  if (value.kind === "name") return namedFunction(summary, value.name);
  if (value.kind !== "call") return undefined;
  for (const arg of value.args) {
    const id = wrapped(summary, arg);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** `export const handler = middy(async () => …)` */
function innermostFunction(summary: CodeSummary, at: number, end: number): number | undefined {
  return summary.functions.find((fn) => fn.id !== 0 && at <= fn.at && fn.end <= end)?.id;
}
