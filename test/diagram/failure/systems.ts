/** Small systems for the failure tests, written as one would sketch them. */
import { bareGuard, type FailureEdge, type FailureNode, type FailureSystem, type Guard } from "../../../src/diagram/failure/system.ts";

export const bare: Guard = bareGuard;

export function guard(parts: Partial<Guard>): Guard {
  return { ...bareGuard, ...parts };
}

export function call(from: string, to: string, parts: Partial<Guard> = {}): FailureEdge {
  return { id: `${from}>${to}`, from, to, way: "call", guard: guard(parts), findings: [] };
}

export function publish(from: string, to: string, parts: Partial<Guard> = {}): FailureEdge {
  return { ...call(from, to, parts), way: "publish" };
}

export function deliver(from: string, to: string): FailureEdge {
  return { ...call(from, to), way: "deliver" };
}

/** Nodes are services, save for those whose name tells otherwise. */
export function system(...edges: readonly FailureEdge[]): FailureSystem {
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort();
  return { nodes: ids.map((id): FailureNode => ({ id, name: id, kind: kindOf(id), ...(id.startsWith("topic") ? { broker: "broker" } : {}) })).concat(ids.some((id) => id.startsWith("topic")) ? [{ id: "broker", name: "broker", kind: "broker" }] : []), edges };
}

function kindOf(id: string): FailureNode["kind"] {
  if (id.startsWith("topic")) return "channel";
  return id.startsWith("db") ? "store" : id.startsWith("cache") ? "cache" : "service";
}
