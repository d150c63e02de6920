/**
 * Addresses that make an edge by themselves: the subgraphs that a GraphQL gateway puts together, and the clients of one endpoint
 * (GraphQL, tRPC), whose calls stand in components and hooks that say nothing of where they go.
 */
import type { Library } from "../../catalog/library.ts";
import type { CallValue, CodeSummary, NewValue, ObjectValue, Value } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import type { Text } from "../text.ts";
import { readOption } from "../trace/options.ts";
import { asText } from "../trace/text-of.ts";
import { type Frame, possibilities, type Traced } from "../trace/traced.ts";
import type { Tracer } from "../trace/tracer.ts";
import { walkInstructions, walkValue, walkValues } from "../trace/walk.ts";
import type { Summaries } from "./manifests.ts";

export interface Upstream {
  readonly path: string;
  readonly place: Place;
  readonly address: Text;
  /** What is said of it: `subgraph users`, `ApolloClient`. */
  readonly by: string;
  /** A path that something unknown is asked for: it counts only in a front end, and where a gateway sends it somewhere. */
  readonly isPath?: true;
}

const SPEAKS_GRAPH = /graphql|apollo|mercurius|federation|trpc|urql/i;
const LISTS = new Set(["subgraphs", "serviceList", "services"]);

export function upstreams(tracer: Tracer, summaries: Summaries): readonly Upstream[] {
  return [...summaries.values()].flatMap((summary) => {
    if (summary.kind !== "code") return [];
    return [...(summary.imports.some(({ specifier }) => SPEAKS_GRAPH.test(specifier)) ? upstreamsIn(tracer, summary) : []), ...pathsAskedFor(tracer, summary)];
  });
}

const VERBS = /^(?:get|post|put|patch|delete|request|fetch)$/;

/** `client.get("/api/orders")` of a client that the page was handed, `useRequest({ url: "/api/orders" })`. */
function pathsAskedFor(tracer: Tracer, summary: CodeSummary): readonly Upstream[] {
  const found: Upstream[] = [];
  for (const fn of summary.functions) {
    const frame = tracer.frame({ path: summary.path, id: fn.id });
    if (frame) walkInstructions(fn.body, (step) => walkValues(step, (value) => {
      if (value.kind !== "call") return;
      const [first] = value.args;
      const asked = first?.kind === "object" ? first.properties.find(({ key }) => key === "url")?.value : value.callee.kind === "member" && VERBS.test(value.callee.name) ? first : undefined;
      if (asked === undefined || !beginsPath(asked)) return;
      const address = asText(tracer.trace(asked, frame));
      const [start] = address;
      if (start?.is === "known" && start.text.startsWith("/")) found.push({ path: frame.path, place: { path: frame.path, at: asked.at, end: asked.end }, address, by: "This path is asked for here", isPath: true });
    }));
  }
  return found;
}

/** Written out as a path, so that few values have to be traced. */
function beginsPath(value: Value): boolean {
  const start = value.kind === "template" ? value.parts[0] : value;
  return start?.kind === "const" && typeof start.value === "string" && /^\/\w/.test(start.value);
}

function upstreamsIn(tracer: Tracer, summary: CodeSummary): readonly Upstream[] {
  const found: Upstream[] = [];
  const look = (value: Value, frame: Frame): void => {
    if (value.kind === "call" || value.kind === "new") found.push(...clientOf(tracer, value, frame));
    else if (value.kind === "object") found.push(...subgraphsOf(tracer, value, frame));
  };
  for (const fn of summary.functions) {
    const frame = tracer.frame({ path: summary.path, id: fn.id });
    if (frame) walkInstructions(fn.body, (step) => walkValues(step, (value) => look(value, frame)));
  }
  const whole = tracer.frame({ path: summary.path, id: 0 });
  for (const decorator of summary.classes.flatMap((fact) => fact.decorators)) for (const arg of decorator.args ?? []) if (whole) walkValue(arg, (value) => look(value, whole));
  return found;
}

/** `subgraphs: [{ name, url }]` of a gateway, whatever puts it together. */
function subgraphsOf(tracer: Tracer, object: ObjectValue, frame: Frame): readonly Upstream[] {
  return object.properties.filter(({ key }) => key !== undefined && LISTS.has(key)).flatMap((property) =>
    listed(tracer, tracer.trace(property.value, frame)).flatMap(({ traced, place }) => {
      const [name, url] = [readOption(tracer, traced, "name"), readOption(tracer, traced, "url")];
      if (name.is !== "set" || url.is !== "set") return [];
      return [{ path: frame.path, place, address: asText(url.value), by: "A subgraph of this gateway is there" }];
    }),
  );
}

function listed(tracer: Tracer, list: Traced): readonly { readonly traced: Traced; readonly place: Place }[] {
  return possibilities(list).flatMap((one) => (one.is === "array" ? one.value.items.slice(0, 40).flatMap((item) => (item.kind === "spread" ? listed(tracer, tracer.trace(item.of, one.frame)) : [{ traced: tracer.trace(item, one.frame), place: { path: one.frame.path, at: item.at, end: item.end } }])) : []));
}

/** `new ApolloClient({ uri })`, `httpBatchLink({ url })` */
function clientOf(tracer: Tracer, call: CallValue | NewValue, frame: Frame): readonly Upstream[] {
  if (call.callee.kind !== "name" && call.callee.kind !== "member") return [];
  return possibilities(tracer.trace(call.callee, frame)).flatMap((callee) => {
    if (callee.is !== "export" || (callee.shape.is !== "class" && callee.shape.is !== "factory") || !isOfOneEndpoint(callee.library)) return [];
    const { target } = callee.shape;
    const arg = target && call.args[target.arg];
    if (!arg) return [];
    const given = tracer.trace(arg, frame);
    const addresses = target.path === undefined ? [given] : target.path.split("|").flatMap((path) => { const read = readOption(tracer, given, path); return read.is === "set" ? [read.value] : []; });
    const [address] = addresses.filter((one) => possibilities(one).some((each) => each.is === "const" || each.is === "text"));
    return address === undefined ? [] : [{ path: frame.path, place: { path: frame.path, at: call.at, end: call.end }, address: asText(address), by: `${callee.library.title ?? callee.library.package} is given this address` }];
  });
}

function isOfOneEndpoint({ category }: Library): boolean {
  return category.includes("graphql-client") || (category.includes("rpc") && category.includes("http-client"));
}
