/** gRPC services that code asks a client for by name, and those that a class serves by a generated decorator. */
import type { CodeSummary } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import type { Text } from "../text.ts";
import { textIn } from "../trace/text-of.ts";
import type { Tracer } from "../trace/tracer.ts";
import { walkInstructions, walkValues } from "../trace/walk.ts";
import type { Handler } from "./handlers.ts";
import type { Summaries } from "./manifests.ts";

export interface GrpcClient {
  readonly path: string;
  readonly place: Place;
  /** Name of the gRPC service. */
  readonly service: Text;
}

/** `client.getService("Orders")`: the edge is there even where no call of a method could be followed. */
export function grpcClients(tracer: Tracer, summaries: Summaries): readonly GrpcClient[] {
  const clients: GrpcClient[] = [];
  for (const summary of summaries.values()) {
    if (summary.kind !== "code" || !speaksGrpc(summary)) continue;
    for (const fn of summary.functions) {
      if (!fn.calls.some((callee) => callee.endsWith(".getService") || callee.endsWith(".getClientByServiceName"))) continue;
      const frame = tracer.frame({ path: summary.path, id: fn.id });
      walkInstructions(fn.body, (step) => {
        walkValues(step, (value) => {
          const [name] = value.kind === "call" ? value.args : [];
          if (frame === undefined || name === undefined || value.kind !== "call" || value.callee.kind !== "member" || !/^get(?:Service|ClientByServiceName)$/.test(value.callee.name)) return;
          clients.push({ path: summary.path, place: { path: summary.path, at: value.callee.nameAt, end: value.callee.nameAt + value.callee.name.length }, service: textIn(tracer, name, frame) });
        });
      });
    }
  }
  return clients;
}

function speaksGrpc(summary: CodeSummary): boolean {
  return summary.imports.some((fact) => /^Client(?:Grpc|GrpcProxy)$/.test(fact.imported));
}

/** ts-proto's `@OrdersControllerMethods()`: each method of the class is one of the gRPC service `Orders`. */
export function generatedHandlers(summaries: Summaries): readonly Handler[] {
  return [...summaries.values()].flatMap((summary) =>
    summary.kind !== "code" ? [] : summary.classes.flatMap((fact) => {
      const decorator = fact.decorators.find((each) => /^\w+ControllerMethods$/.test(each.name));
      if (decorator === undefined) return [];
      const base = decorator.name.replace(/ControllerMethods$/, "");
      return fact.members.flatMap((id): readonly Handler[] => {
        const fn = summary.functions[id];
        if (fn === undefined || fn.kind !== "method" || fn.isStatic) return [];
        return [{ kind: "grpc-method", path: summary.path, place: { path: summary.path, at: fn.nameAt, end: fn.nameEnd }, base: [{ is: "known", text: base }], target: [{ is: "known", text: `${fn.name.charAt(0).toUpperCase()}${fn.name.slice(1)}` }], library: decorator.name }];
      });
    }),
  ); // prettier-ignore
}
