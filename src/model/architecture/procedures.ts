/** Procedures of tRPC routers, by the path under which their root router offers them, and fields of GraphQL resolver maps. */
import type { CallValue, CodeSummary, ObjectProperty, ObjectValue } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import type { Text } from "../text.ts";
import { type Frame, possibilities, type Traced } from "../trace/traced.ts";
import type { Tracer } from "../trace/tracer.ts";
import { walkInstructions, walkValues } from "../trace/walk.ts";
import type { Handler } from "./handlers.ts";
import type { Summaries } from "./manifests.ts";

/** What a router says of itself: procedures by path, and other routers under a path. */
export interface RouterFact {
  readonly path: string;
  readonly id: string;
  readonly procedures: readonly { readonly name: string; readonly method: string; readonly place: Place; readonly path: string }[];
  readonly nested: readonly { readonly name: string; readonly id: string }[];
}

const METHODS: Readonly<Record<string, string>> = { query: "QUERY", mutation: "MUTATION", subscription: "SUBSCRIPTION" };

export function routersIn(tracer: Tracer, summaries: Summaries): readonly RouterFact[] {
  return codeOf(summaries).flatMap((summary) =>
    callsIn(tracer, summary, ["router", "mergeRouters"]).flatMap(({ call, frame }) => {
      const [made] = possibilities(tracer.trace(call, frame)).filter((one) => one.is === "instance" && one.origin.type === "Router" && one.origin.call === call);
      return made === undefined ? [] : [routerFact(tracer, call, frame)];
    }),
  );
}

/** The names by which each root router's procedures are called: `users.byId`. A router that no other holds is a root. */
export function procedureHandlers(routers: readonly RouterFact[]): readonly Handler[] {
  const byId = new Map(routers.map((router) => [router.id, router]));
  const held = new Set(routers.flatMap((router) => router.nested.map(({ id }) => id)));
  return routers.filter(({ id }) => !held.has(id)).flatMap((root) => below(root, "", new Set(), root.path));

  function below(router: RouterFact, prefix: string, above: ReadonlySet<string>, path: string): readonly Handler[] {
    if (above.has(router.id)) return [];
    const own = router.procedures.map(({ name, method, place }): Handler => ({ kind: "procedure", path, place, method, target: known(`${prefix}${name}`), library: "router" }));
    return [...own, ...router.nested.flatMap(({ name, id }) => { const inner = byId.get(id); return inner === undefined ? [] : below(inner, name === "" ? prefix : `${prefix}${name}.`, new Set([...above, router.id]), path); })];
  }
}

function routerFact(tracer: Tracer, call: CallValue, frame: Frame): RouterFact {
  const procedures: RouterFact["procedures"][number][] = [];
  const nested: RouterFact["nested"][number][] = [];
  const merges = calleeName(call) === "mergeRouters";
  for (const arg of call.args) {
    const traced = tracer.trace(arg, frame);
    if (merges) nested.push(...routersAt(traced).map((id) => ({ name: "", id })));
    else for (const one of possibilities(traced)) if (one.is === "object") properties(one.value, one.frame, "");
  }
  return { path: frame.path, id: idOf(frame.path, call), procedures, nested };

  function properties(object: ObjectValue, at: Frame, prefix: string): void {
    for (const property of object.properties) {
      const traced = tracer.trace(property.value, at);
      if (property.spread) for (const one of possibilities(traced)) if (one.is === "object") properties(one.value, one.frame, prefix);
      if (property.key !== undefined) member(property, traced, at, `${prefix}${property.key}`);
    }
  }

  function member(property: ObjectProperty, traced: Traced, at: Frame, name: string): void {
    const routers = routersAt(traced);
    if (routers.length > 0) nested.push(...routers.map((id) => ({ name, id })));
    for (const one of routers.length > 0 ? [] : possibilities(traced)) {
      const method = one.is === "result" && one.call.kind === "call" ? METHODS[calleeName(one.call) ?? ""] : undefined;
      if (method !== undefined) procedures.push({ name, method, path: at.path, place: { path: at.path, at: property.at, end: property.at + (property.key?.length ?? 0) } });
      // Routers may be written as plain objects since version 11.
      else if (one.is === "object") properties(one.value, one.frame, `${name}.`);
    }
  }
}

function routersAt(traced: Traced): readonly string[] {
  return possibilities(traced).flatMap((one) => (one.is === "instance" && one.origin.type === "Router" && one.origin.call && one.origin.frame ? [idOf(one.origin.frame.path, one.origin.call)] : []));
}

function idOf(path: string, call: { readonly at: number }): string {
  return `${path}#${call.at}`;
}

const ROOTS = new Set(["Query", "Mutation", "Subscription"]);

/** `resolvers: { Query: { users } }`, given to whatever serves them. */
export function resolverMaps(tracer: Tracer, summaries: Summaries): readonly Handler[] {
  return codeOf(summaries).filter(({ imports }) => imports.some(({ specifier }) => /graphql|apollo|mercurius/i.test(specifier))).flatMap((summary) => {
    const found = new Map<string, Handler>();
    for (const fn of summary.functions) {
      const frame = tracer.frame({ path: summary.path, id: fn.id });
      if (frame === undefined) continue;
      walkInstructions(fn.body, (step) => walkValues(step, (value) => {
        if (value.kind !== "object") return;
        for (const property of value.properties.filter(({ key }) => key === "resolvers"))
          for (const handler of fieldsOf(tracer, tracer.trace(property.value, frame), summary.path, 0)) found.set(`${handler.place.path}#${handler.place.at}`, handler);
      }));
    }
    return [...found.values()];
  });
}

function fieldsOf(tracer: Tracer, traced: Traced, path: string, depth: number): readonly Handler[] {
  if (depth > 4) return [];
  return possibilities(traced).flatMap((one): readonly Handler[] => {
    if (one.is === "array") return one.value.items.flatMap((item) => fieldsOf(tracer, tracer.trace(item.kind === "spread" ? item.of : item, one.frame), path, depth + 1));
    // `mergeResolvers([users, orders])`
    if (one.is === "result" && one.call.kind === "call" && /merge/i.test(calleeName(one.call) ?? "")) return one.call.args.flatMap((arg) => fieldsOf(tracer, tracer.trace(arg, one.frame), path, depth + 1));
    if (one.is !== "object") return [];
    return one.value.properties.flatMap((property) => {
      const value = tracer.trace(property.value, one.frame);
      if (property.spread) return fieldsOf(tracer, value, path, depth + 1);
      return property.key === undefined || !ROOTS.has(property.key) ? [] : possibilities(value).flatMap((type) => (type.is === "object" ? fieldsOfType(tracer, type, property.key ?? "", path, 0) : []));
    });
  });
}

function fieldsOfType(tracer: Tracer, type: Traced & { readonly is: "object" }, name: string, path: string, depth: number): readonly Handler[] {
  return type.value.properties.flatMap((field): readonly Handler[] => {
    if (field.spread) return depth > 3 ? [] : possibilities(tracer.trace(field.value, type.frame)).flatMap((one) => (one.is === "object" ? fieldsOfType(tracer, one, name, path, depth + 1) : []));
    return field.key === undefined ? [] : [{ kind: "resolver", path, place: { path: type.frame.path, at: field.at, end: field.at + field.key.length }, method: name, base: known(name), target: known(field.key), library: "resolvers" }];
  });
}

function codeOf(summaries: Summaries): readonly CodeSummary[] {
  return [...summaries.values()].filter((summary) => summary.kind === "code");
}

function callsIn(tracer: Tracer, summary: CodeSummary, endings: readonly string[]): readonly { readonly call: CallValue; readonly frame: Frame }[] {
  const found: { readonly call: CallValue; readonly frame: Frame }[] = [];
  for (const fn of summary.functions) {
    if (!fn.calls.some((callee) => endings.some((ending) => callee.toLowerCase().endsWith(ending.toLowerCase())))) continue;
    const frame = tracer.frame({ path: summary.path, id: fn.id });
    if (frame) walkInstructions(fn.body, (step) => walkValues(step, (value) => { if (value.kind === "call") found.push({ call: value, frame }); }));
  }
  return found;
}

function calleeName({ callee }: CallValue): string | undefined {
  return callee.kind === "member" || callee.kind === "name" ? callee.name : undefined;
}

function known(text: string): Text {
  return [{ is: "known", text }];
}
